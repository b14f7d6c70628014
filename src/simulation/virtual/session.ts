/**
 * A peer that has something under way, as objects: its protocol state, its streaming side. A peer that only waits
 * is a row of the table and nothing else; what it is made of anew, when it wakes, is here.
 */
import { asSwarmId } from '../../protocol/ids.ts';
import { EDITIONS, type PeerAddress, type PeerMode } from '../../protocol/message.ts';
import type { PeerIdentity, PeerState } from '../../peer/state.ts';
import type { StreamingNode } from '../../streaming/node.ts';
import type { FaultSpec } from '../scenario/schema.ts';
import type { Cast } from './cast.ts';
import { entityOf } from './crowd.ts';
import type { Micros, PeerIndex } from './events.ts';
import { ipv4Of, ipv6Of, type PeerIds } from './homes.ts';
import type { Script } from './script.ts';
import { FLAGS, type PeerTable, type Row } from './table.ts';

export const WISHES = ['LEECH', 'SEED', 'gone'] as const satisfies readonly PeerState['wish'][];
const REGISTERED = [
  undefined,
  'connected',
  'LEECH',
  'SEED',
  'unknown',
] as const satisfies readonly PeerState['registered'][];

/** What a hostile peer is at. */
export interface Hostility {
  readonly behaviour: Extract<FaultSpec, { kind: 'hostile' }>['behaviour'];
  readonly every: Micros;
  sent: number;
}

export class Session {
  readonly row: Row;
  readonly peer: PeerIndex;
  readonly identity: PeerIdentity;
  state: PeerState;
  node: StreamingNode | undefined;
  /** Bytes of the pending request: a retry sends the very same. */
  body: Uint8Array<ArrayBuffer> | undefined;
  sentAt: Micros = 0;
  /** When the pending request counts as unanswered. */
  timeoutAt: Micros = Infinity;
  hostility: Hostility | undefined;
  /** Its first event has been. */
  arrived = false;
  /** Gone on to another swarm, under another number. */
  switched = false;
  /** When the streaming side was last stepped. */
  steppedAt: Micros = 0;

  constructor(row: Row, peer: PeerIndex, identity: PeerIdentity, state: PeerState) {
    this.row = row;
    this.peer = peer;
    this.identity = identity;
    this.state = state;
  }
}

/** Whom a row stands for. */
export function identityOf(
  script: Script,
  ids: PeerIds,
  table: PeerTable,
  row: Row,
  cast: Cast,
): PeerIdentity {
  const { scenario } = script;
  const peer = table.peer[row] ?? 0;
  const spec = scenario.swarms[table.swarm[row] ?? 0];
  const seed = table.wish[row] === WISHES.indexOf('SEED');
  return {
    edition: EDITIONS[table.edition[row] ?? 0] ?? EDITIONS[0],
    peerId: ids.of(peer),
    swarmId: asSwarmId(spec?.id ?? ''),
    liveSource: spec?.kind === 'live' && seed && !table.has(row, FLAGS.mute),
    addresses: addressesOf(peer, cast),
    reportInterval: script.reportInterval,
    peerCount: script.peerCount,
  };
}

function addressesOf(peer: PeerIndex, cast: Cast): readonly PeerAddress[] {
  const { address, port } = ipv4Of(peer);
  const asn = cast.network.asnOf(entityOf(peer));
  const first = homeOf('ipv4', address, port, 1, asn);
  return cast.isDualStack(peer) ? [first, homeOf('ipv6', ipv6Of(peer), port, 2, asn)] : [first];
}

/** Not made as those are that are read: V8 takes what is made in one place to live equally long, and these stay. */
function homeOf(
  addressType: PeerAddress['addressType'],
  address: string,
  port: number,
  priority: number,
  asn: number,
): PeerAddress {
  const [type, connection, peerProtocol] = ['HOST', 'wired', 'PPSP-PP'] as const;
  return asn > 0
    ? { addressType, address, port, priority, type, connection, asn: String(asn), peerProtocol }
    : { addressType, address, port, priority, type, connection, peerProtocol };
}

/** What a row remembers of the protocol, for a peer that nothing is under way for. */
export function stateOf(table: PeerTable, row: Row, identity: PeerIdentity): PeerState {
  const reportAt = table.reportAt[row] ?? NaN;
  const uploadedBytes = table.reportedUp[row] ?? NaN;
  return {
    edition: EDITIONS[table.speaks[row] ?? 0] ?? identity.edition,
    wish: WISHES[table.wish[row] ?? 0] ?? 'LEECH',
    registered: registeredOf(table, row),
    pending: undefined,
    asking: undefined,
    queries: [],
    reportAt: Number.isNaN(reportAt) ? undefined : reportAt,
    authToken: undefined,
    reported: Number.isNaN(uploadedBytes)
      ? undefined
      : {
          swarmId: identity.swarmId,
          uploadedBytes: BigInt(uploadedBytes),
          downloadedBytes: BigInt(table.reportedDown[row] ?? 0),
        },
    refusals: table.refusals[row] ?? 0,
    quietUntil: table.quietUntil[row] ?? 0,
    transactions: table.transactions[row] ?? 0,
  };
}

/** Whether all there is of the state fits the table. */
export const atRest = ({ pending, asking, queries, authToken }: PeerState): boolean =>
  pending === undefined && asking === undefined && queries.length === 0 && authToken === undefined;

export function keepState(table: PeerTable, row: Row, state: PeerState): void {
  table.speaks[row] = EDITIONS.indexOf(state.edition);
  table.wish[row] = WISHES.indexOf(state.wish);
  table.registered[row] = REGISTERED.indexOf(state.registered);
  table.reportAt[row] = state.reportAt ?? NaN;
  table.refusals[row] = Math.min(0xffff, state.refusals);
  table.quietUntil[row] = state.quietUntil;
  table.transactions[row] = state.transactions;
  table.reportedUp[row] = state.reported === undefined ? NaN : Number(state.reported.uploadedBytes);
  table.reportedDown[row] = state.reported === undefined ? NaN : Number(state.reported.downloadedBytes);
}

export const registeredOf = (table: PeerTable, row: Row): PeerState['registered'] =>
  REGISTERED[table.registered[row] ?? 0];

export const modeOf = ({ registered }: Pick<PeerState, 'registered'>, completed: boolean): PeerMode => {
  if (registered === 'SEED' || registered === 'LEECH') return registered;
  return completed ? 'SEED' : 'LEECH';
};
