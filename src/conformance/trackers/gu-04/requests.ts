/** Requests of gu-04, one swarm at a time, and the peers that its cases suppose. */
import { asChunkId } from '../../../protocol/ids.ts';
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import type {
  DisconnectRequest,
  FindRequest,
  JoinMode,
  JoinRequest,
  KeepaliveRequest,
  LeaveRequest,
  StatAnswer,
} from '../../../protocol/message.ts';
import { connect, find, head } from '../../requests.ts';
import type { ConnectOptions } from '../../requests.ts';
import type { TrackerBench } from '../../tracker-bench.ts';
import { given } from '../../verify.ts';

export function joinAs(
  bench: TrackerBench,
  peerId: PeerId,
  swarmId: SwarmId,
  mode: JoinMode = 'LEECH',
  more: Partial<Pick<JoinRequest, 'expireTime' | 'peerNum' | 'scope'>> = {},
): JoinRequest {
  return { ...head(bench, peerId), method: 'JOIN', swarmId, mode, expireTime: 0, properties: [], ...more };
}

/** JOIN_CHUNK: joins and declares to hold that chunk. */
export const joinChunk = (
  bench: TrackerBench,
  peerId: PeerId,
  swarmId: SwarmId,
  chunk: string,
): JoinRequest => ({
  ...joinAs(bench, peerId, swarmId),
  method: 'JOIN_CHUNK',
  chunkId: asChunkId(chunk),
});

export const findChunk = (
  bench: TrackerBench,
  peerId: PeerId,
  swarmId: SwarmId,
  chunk: string,
): FindRequest => ({
  ...find(bench, peerId, swarmId),
  method: 'FIND_CHUNK',
  chunkId: asChunkId(chunk),
});

export const leaveSwarm = (bench: TrackerBench, peerId: PeerId, swarmId: SwarmId): LeaveRequest => ({
  ...head(bench, peerId),
  method: 'LEAVE',
  swarmId,
});

export const keepAlive = (bench: TrackerBench, peerId: PeerId): KeepaliveRequest => ({
  ...head(bench, peerId),
  method: 'KEEPALIVE',
});

export const disconnect = (bench: TrackerBench, peerId: PeerId): DisconnectRequest => ({
  ...head(bench, peerId),
  method: 'DISCONNECT',
  swarmIds: [],
});

/** The answer to a tracker's question of that transaction. */
export const statAnswer = (
  bench: TrackerBench,
  peerId: PeerId,
  transactionId: StatAnswer['transactionId'],
): StatAnswer => ({
  ...head(bench, peerId),
  transactionId,
  method: 'STAT_QUERY',
  stats: [],
  contentMaps: [],
  properties: [{ name: 'NAT', value: 'false' }],
});

/** A new peer that has connected, and is in no swarm. */
export async function connected(bench: TrackerBench, options: ConnectOptions = {}): Promise<PeerId> {
  const peerId = bench.peerId();
  given(await bench.send(connect(bench, peerId, [], options), { step: 'CONNECT' }));
  return peerId;
}

/** A new peer that has connected and joined. */
export async function entered(
  bench: TrackerBench,
  swarm: SwarmId,
  mode: JoinMode = 'LEECH',
  options: ConnectOptions = {},
): Promise<PeerId> {
  const peerId = await connected(bench, options);
  given(await bench.send(joinAs(bench, peerId, swarm, mode), { step: `JOIN as ${mode}` }));
  return peerId;
}

/** A new LEECH that has declared to hold that chunk. */
export async function chunkHolder(bench: TrackerBench, swarm: SwarmId, chunk: string): Promise<PeerId> {
  const peerId = await connected(bench);
  given(await bench.send(joinChunk(bench, peerId, swarm, chunk)));
  return peerId;
}
