/** What the tracker knows of its peers, as plain data for an operator: it goes into JSON as it is. */
import type { PeerId, SwarmId } from '../protocol/ids.ts';
import type { EditionId, JoinMode, PeerAddress, Property, StreamStats } from '../protocol/message.ts';
import type { PeerState } from '../protocol/rules.ts';
import type { Remote } from './addresses.ts';
import type { Membership, Registration } from './registration.ts';
import { joinMode } from './swarm.ts';

/** Longest page. */
export const MAX_PAGE = 1000;

/** As reported last, in decimal: byte counts reach 2^64 - 1, beyond what a number holds. */
export type StatsRecord = Readonly<Partial<Record<Exclude<keyof StreamStats, 'swarmId'>, string>>>;

export interface SwarmRecord {
  readonly swarmId: SwarmId;
  readonly mode: JoinMode;
  /** Absent: it has reported none. */
  readonly stats?: StatsRecord;
}

export interface PeerRecord {
  readonly peerId: PeerId;
  /** ISO 8601, UTC; absent when the host told no `Moment.origin`. */
  readonly connectTime?: string;
  readonly state: PeerState;
  /** Spoken last. */
  readonly edition: EditionId;
  /** As declared. */
  readonly addresses: readonly PeerAddress[];
  /** Where it was seen last. */
  readonly remote: Remote;
  readonly swarms: readonly SwarmRecord[];
  readonly properties: readonly Property[];
}

export interface PeerPage {
  readonly peers: readonly PeerRecord[];
  /** `after` of the next page; absent: this was the last. */
  readonly next?: number;
}

export function recordOf(peer: Registration): PeerRecord {
  const { peerId, origin, connectedAt, state, edition, declared, remote, joined, properties } = peer;
  return {
    peerId,
    // base-01 §2.3.2, gu -06 §4.4: the tracker records the connect-time, "referenced to the absolute time".
    // oxlint-disable-next-line no-restricted-globals -- writes down a time that came in, reads no clock
    ...(origin !== undefined && { connectTime: new Date(origin + connectedAt).toISOString() }),
    state,
    edition,
    addresses: declared,
    remote,
    swarms: [...joined.values()].map(swarmRecord),
    properties: [...properties].map(([name, value]) => ({ name, value })),
  };
}

const COUNTERS = ['uploadedBytes', 'downloadedBytes', 'availableBandwidth', 'concurrentLinks'] as const;

function swarmRecord(membership: Membership): SwarmRecord {
  const { swarm, stats } = membership;
  const record = { swarmId: swarm.id, mode: joinMode(membership) };
  if (stats === undefined) return record;
  const told = COUNTERS.flatMap((name) => {
    const value = stats[name];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return { ...record, stats: Object.fromEntries(told) };
}
