/** Our own peers before the suite, in the worker's memory: real codecs and real bytes, and no network. */
import { transportTo } from '../../conformance/memory-door.ts';
import type { PeerSource } from '../../conformance/peer-source.ts';
import type { Clock } from '../../conformance/case.ts';
import { LonePeer } from '../../simulation/lone-peer.ts';

/** Seconds. */
const REPORT_INTERVAL = 30;
/** Milliseconds: two report intervals. */
export const PATIENCE = 2 * REPORT_INTERVAL * 1000;

/** `fault` is told of a bug in one of them. */
export function ownPeers(clock: Clock, fault: (cause: unknown) => void): PeerSource {
  let peers = 0;
  return {
    bring({ edition, mode }, arrive) {
      const number = ++peers;
      const peer = new LonePeer({
        edition,
        mode,
        url: 'http://tracker.example/',
        name: `peer ${number}`,
        seed: number,
        transport: transportTo(arrive, clock),
        clock,
        reportInterval: REPORT_INTERVAL,
        swarm: 'conformance',
        fault,
      });
      peer.begin();
      return Promise.resolve(peer);
    },
  };
}
