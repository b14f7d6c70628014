/** Requests, dice and contexts for the tests of this folder. */
import { asPeerId, asSwarmId, asTransactionId } from '../protocol/ids.ts';
import type {
  ConnectRequest,
  EditionId,
  FindRequest,
  PeerMode,
  PeerNum,
  StatReportRequest,
  StreamStats,
  SwarmAction,
} from '../protocol/message.ts';
import type { RequestContext } from './api.ts';

/** mulberry32: small, seeded, good enough to test uniformity with. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function at(now: number, random: () => number = dice(1)): RequestContext {
  return { now, random, remote: { address: '198.51.100.7', port: 40_000 } };
}

const VERSIONS: Readonly<Record<EditionId, string>> = { rfc7846: '1', 'base-1.0': '1.0' };

const head = (edition: EditionId, peer: string) => ({
  edition,
  version: VERSIONS[edition],
  transactionId: asTransactionId('t'),
  peerId: asPeerId(peer),
});

export const join = (swarm: string, mode: PeerMode = 'LEECH'): SwarmAction => ({
  swarmId: asSwarmId(swarm),
  action: 'JOIN',
  mode,
});

export const leave = (swarm: string, mode: PeerMode = 'LEECH'): SwarmAction => ({
  swarmId: asSwarmId(swarm),
  action: 'LEAVE',
  mode,
});

export function connect(
  edition: EditionId,
  peer: string,
  actions: readonly SwarmAction[],
  more: Partial<ConnectRequest> = {},
): ConnectRequest {
  return { ...head(edition, peer), method: 'CONNECT', addresses: [], actions, ...more };
}

export function find(edition: EditionId, peer: string, swarm: string, peerNum?: PeerNum): FindRequest {
  const request = { ...head(edition, peer), method: 'FIND' as const, swarmId: asSwarmId(swarm) };
  return peerNum ? { ...request, peerNum } : request;
}

export function report(
  edition: EditionId,
  peer: string,
  swarms: readonly string[] = [],
  stats: Omit<StreamStats, 'swarmId'> = {},
): StatReportRequest {
  return {
    ...head(edition, peer),
    method: 'STAT_REPORT',
    stats: swarms.map((swarm) => ({ ...stats, swarmId: asSwarmId(swarm) })),
  };
}
