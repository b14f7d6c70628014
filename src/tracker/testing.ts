/** Requests, dice and contexts for the tests of this folder. */
import { asPeerId, asSwarmId, asTransactionId } from '../protocol/ids.ts';
import type {
  ChunkMap,
  ConnectRequest,
  DisconnectRequest,
  EditionId,
  FindRequest,
  JoinMode,
  JoinRequest,
  KeepaliveRequest,
  LeaveRequest,
  PeerMode,
  PeerNum,
  Request,
  StatAnswer,
  StatReportRequest,
  StreamStats,
  SwarmAction,
} from '../protocol/message.ts';
import { EDITIONS } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import type { RequestContext } from './api.ts';

/** The editions in which CONNECT carries the swarm actions. */
export const CONNECTING = EDITIONS.filter((edition) => RULES[edition].connect === 'with actions');

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

const head = (edition: EditionId, peer: string) => ({
  edition,
  version: RULES[edition].version,
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

export function find(
  edition: EditionId,
  peer: string,
  swarm: string,
  peerNum?: PeerNum,
  more: Partial<FindRequest> = {},
): FindRequest {
  return {
    ...head(edition, peer),
    method: 'FIND',
    swarmId: asSwarmId(swarm),
    addresses: [],
    properties: [],
    ...(peerNum && { peerNum }),
    ...more,
  };
}

export function report(
  edition: EditionId,
  peer: string,
  swarms: readonly string[] = [],
  stats: Omit<StreamStats, 'swarmId'> = {},
  more: Partial<StatReportRequest> = {},
): StatReportRequest {
  return {
    ...head(edition, peer),
    method: 'STAT_REPORT',
    stats: swarms.map((swarm) => ({ ...stats, swarmId: asSwarmId(swarm) })),
    contentMaps: [],
    properties: [],
    ...more,
  };
}

export function disconnect(
  edition: EditionId,
  peer: string,
  swarms: readonly string[] = [],
): DisconnectRequest {
  return { ...head(edition, peer), method: 'DISCONNECT', swarmIds: swarms.map(asSwarmId) };
}

/** A JOIN of gu-04, or with a chunk ID its JOIN_CHUNK. */
export function joinOne(
  peer: string,
  swarm: string,
  mode: JoinMode = 'LEECH',
  more: Partial<JoinRequest> = {},
): JoinRequest {
  return {
    ...head('gu-04', peer),
    method: more.chunkId === undefined ? 'JOIN' : 'JOIN_CHUNK',
    swarmId: asSwarmId(swarm),
    mode,
    expireTime: 0,
    properties: [],
    ...more,
  };
}

export function leaveOne(peer: string, swarm: string): LeaveRequest {
  return { ...head('gu-04', peer), method: 'LEAVE', swarmId: asSwarmId(swarm) };
}

export function keepAlive(edition: EditionId, peer: string): KeepaliveRequest {
  return { ...head(edition, peer), method: 'KEEPALIVE' };
}

export function statAnswer(peer: string, transaction: string, more: Partial<StatAnswer> = {}): StatAnswer {
  return {
    ...head('gu-04', peer),
    method: 'STAT_QUERY',
    transactionId: asTransactionId(transaction),
    stats: [],
    contentMaps: [],
    properties: [],
    ...more,
  };
}

/** Segments as a map of one run. */
export function chunkMap(
  startIndex: number,
  held: readonly number[],
  endIndex = Math.max(...held),
): ChunkMap {
  const bitmap = new Uint8Array(Math.ceil((endIndex - startIndex + 1) / 8));
  for (const segment of held) {
    const bit = segment - startIndex;
    bitmap[bit >> 3] = (bitmap[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return { startIndex, endIndex, bitmap };
}

/** What it takes, in an edition, to come into one swarm: where CONNECT registers alone, a JOIN after it. */
export function entering(
  edition: EditionId,
  peer: string,
  swarm: string,
  mode: PeerMode = 'LEECH',
): Request[] {
  if (RULES[edition].connect === 'with actions') return [connect(edition, peer, [join(swarm, mode)])];
  return [connect(edition, peer, []), joinOne(peer, swarm, mode)];
}
