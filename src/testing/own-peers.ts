/** Our own peers before the conformance suite, without a network: real codecs, real bytes, a wound clock. */
import { transportTo } from '../conformance/memory-door.ts';
import type { PeerSource } from '../conformance/peer-source.ts';
import { LonePeer } from '../simulation/lone-peer.ts';
import type { LonePeerOptions } from '../simulation/lone-peer.ts';
import type { Transport } from '../transport/transport.ts';
import type { WoundClock } from './wound-clock.ts';

const REPORT_INTERVAL = 30;
/** Milliseconds: two report intervals. */
export const PATIENCE = 2 * REPORT_INTERVAL * 1000;

/** A peer with one thing wrong with it, in its mind or in what it puts on the wire. */
export interface Wrong {
  readonly step?: LonePeerOptions['step'];
  readonly transport?: (inner: Transport, clock: WoundClock) => Transport;
}

let names = 0;

/** Peers in memory; `wrong`: what is the matter with them. */
export function ownPeers(clock: WoundClock, wrong: Wrong = {}): PeerSource {
  return {
    bring: ({ edition, mode }, arrive) => {
      const inner = transportTo(arrive, clock);
      const peer = new LonePeer({
        edition,
        mode,
        url: 'http://tracker.example/announce',
        name: `peer ${++names}`,
        seed: names,
        transport: wrong.transport?.(inner, clock) ?? inner,
        clock,
        reportInterval: REPORT_INTERVAL,
        swarm: 'film',
        fault: (cause) => {
          throw cause;
        },
        ...(wrong.step === undefined ? {} : { step: wrong.step }),
      });
      peer.begin();
      return Promise.resolve(peer);
    },
  };
}
