/** Requests as cases write them, for every edition; and the peers and swarms that they suppose. */
import type { PeerId, SwarmId } from '../protocol/ids.ts';
import type {
  ConnectRequest,
  FindRequest,
  PeerAddress,
  PeerMode,
  PeerNum,
  StatReportRequest,
  StreamStats,
  SwarmAction,
} from '../protocol/message.ts';
import { asTransactionId } from '../protocol/ids.ts';
import { RULES } from '../protocol/rules.ts';
import type { TrackerBench } from './tracker-bench.ts';
import { given } from './verify.ts';

/** An action without the number that XML gives it. */
export type Action = Omit<SwarmAction, 'transactionId'>;

export const join = (swarmId: SwarmId, mode: PeerMode = 'LEECH'): Action => ({
  swarmId,
  action: 'JOIN',
  mode,
});
export const leave = (swarmId: SwarmId, mode: PeerMode = 'LEECH'): Action => ({
  swarmId,
  action: 'LEAVE',
  mode,
});

/** An address of a network kept for documentation (RFC 5737): nobody's, so that no peer in service is called. */
export const HOST_ADDRESS: PeerAddress = {
  addressType: 'ipv4',
  address: '192.0.2.7',
  port: 7007,
  priority: 1,
  type: 'HOST',
};

/** What every request of `peerId` begins with; a transaction of its own each time. */
export function head(
  bench: TrackerBench,
  peerId: PeerId,
): Pick<ConnectRequest, 'edition' | 'version' | 'transactionId' | 'peerId'> {
  const { edition, codec } = bench;
  return { edition, version: codec.version, transactionId: bench.transactionId(), peerId };
}

export interface ConnectOptions {
  readonly peerNum?: PeerNum;
  /** {@link HOST_ADDRESS} when left out. */
  readonly addresses?: readonly PeerAddress[];
}

export function connect(
  bench: TrackerBench,
  peerId: PeerId,
  actions: readonly Action[],
  { peerNum, addresses = [HOST_ADDRESS] }: ConnectOptions = {},
): ConnectRequest {
  const start = head(bench, peerId);
  const numbered = RULES[bench.edition].actionTransactions
    ? actions.map((action, i) => ({
        ...action,
        transactionId: asTransactionId(`${start.transactionId}.${i}`),
      }))
    : actions;
  return { ...start, method: 'CONNECT', addresses, actions: numbered, ...(peerNum && { peerNum }) };
}

export function find(bench: TrackerBench, peerId: PeerId, swarmId: SwarmId, peerNum?: PeerNum): FindRequest {
  const start = head(bench, peerId);
  return { ...start, method: 'FIND', swarmId, addresses: [], properties: [], ...(peerNum && { peerNum }) };
}

/** With no statistics it is a keep-alive (RFC 7846 §4.1.3). */
export function report(
  bench: TrackerBench,
  peerId: PeerId,
  stats: readonly StreamStats[] = [],
): StatReportRequest {
  return { ...head(bench, peerId), method: 'STAT_REPORT', stats, contentMaps: [], properties: [] };
}

/** A new peer that has joined these swarms. */
export async function joined(
  bench: TrackerBench,
  swarms: SwarmId | readonly SwarmId[],
  mode: PeerMode = 'LEECH',
  options: ConnectOptions = {},
): Promise<PeerId> {
  const peerId = bench.peerId();
  const actions = [swarms].flat().map((swarmId) => join(swarmId, mode));
  given(await bench.send(connect(bench, peerId, actions, options), { step: `CONNECT: JOIN as ${mode}` }));
  return peerId;
}

/** So many new peers in one swarm, which all join at once. */
export function crowd(
  bench: TrackerBench,
  swarmId: SwarmId,
  count: number,
  mode: PeerMode = 'LEECH',
): Promise<readonly PeerId[]> {
  return Promise.all(Array.from({ length: count }, () => joined(bench, swarmId, mode)));
}
