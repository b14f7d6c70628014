/** What the tracker knows of one registered peer: the "per-Peer-ID" state machine's data (RFC 7846 §2.3). */
import type { PeerId, SwarmId } from '../protocol/ids.ts';
import type {
  EditionId,
  JoinMode,
  PeerAddress,
  PeerNum,
  Property,
  StreamStats,
} from '../protocol/message.ts';
import type { PeerState } from '../protocol/rules.ts';
import type { Remote } from './addresses.ts';
import type { Moment } from './api.ts';
import type { Due } from './deadlines.ts';
import type { ListedPeer } from './listed.ts';
import type { PeerQueries } from './queries.ts';
import type { Member, Swarm } from './swarm.ts';
import type { Timed } from './timers.ts';

/** What of a peer a selection policy may look at. */
export interface PeerView {
  readonly peerId: PeerId;
  /** As declared; empty when none was. */
  readonly declared: readonly PeerAddress[];
  readonly remote: Remote;
  readonly connectedAt: number;
  /** From the latest STAT_REPORT, of whatever swarm; upload, bit/s. */
  readonly availableBandwidth: number | undefined;
  readonly concurrentLinks: number | undefined;
  /** Its latest PeerNum, for policies that read it as the asker's own state (RFC 7846 §3.2.2). */
  readonly peerNum: PeerNum | undefined;
  /** What it said of itself by name (gu-04). */
  readonly properties: ReadonlyMap<string, string>;
  /** Its number in the order of registration. */
  readonly serial: number;
}

/** Membership of one peer in one swarm; its deadline is its ExpireTime. */
export interface Membership extends Member, Due {
  readonly peer: Registration;
  readonly swarm: Swarm<Membership>;
  stats: StreamStats | undefined;
  listed: ListedPeer | undefined;
}

/** The memberships of a peer. */
type Memberships = Pick<ReadonlyMap<SwarmId, Membership>, 'size' | 'get' | 'has' | 'values'>;

const NOWHERE: Memberships = new Map();

const inSeveral = (memberships: readonly Membership[]): Memberships =>
  new Map(memberships.map((membership) => [membership.swarm.id, membership]));

/** Nearly all peers are in one swarm, and a map of one takes as much as all else there is of a peer. */
class InOne implements Memberships {
  readonly #only: Membership;

  constructor(only: Membership) {
    this.#only = only;
  }

  get size(): number {
    return 1;
  }

  get(swarmId: SwarmId): Membership | undefined {
    return this.has(swarmId) ? this.#only : undefined;
  }

  has(swarmId: SwarmId): boolean {
    return this.#only.swarm.id === swarmId;
  }

  values(): MapIterator<Membership> {
    return [this.#only].values();
  }
}

/** Named values remembered of one peer; the oldest name goes first. */
export const MAX_PROPERTIES = 64;
/** Longest name, and longest value, remembered; in UTF-16 units. */
export const MAX_PROPERTY_LENGTH = 1024;

const NO_PROPERTIES: ReadonlyMap<string, string> = new Map();

export class Registration implements PeerView, Timed {
  // First what a list takes of a peer, together: in a large swarm none of it is in the processor's caches.
  readonly peerId: PeerId;
  /** Number in the order of registration. */
  serial = -1;
  #declared: readonly PeerAddress[] = [];
  #remote: Remote;
  readonly connectedAt: number;
  /** As `Moment.origin` had it. */
  readonly origin: number | undefined;
  /** By swarm, in the order of joining. */
  joined: Memberships = NOWHERE;
  state: PeerState = 'START';
  /** Spoken last. */
  edition: EditionId;
  availableBandwidth: number | undefined;
  concurrentLinks: number | undefined;
  peerNum: PeerNum | undefined;
  /** When it told statistics last, or else connected. */
  reportedAt: number;
  queries: PeerQueries | undefined;
  #properties: Map<string, string> | undefined;
  /** Of whichever timer runs, init or track: when it was started, and its place in the queue. */
  startedAt: number;
  earlier: this | undefined;
  later: this | undefined;

  constructor(
    peerId: PeerId,
    edition: EditionId,
    remote: Remote,
    { now, origin }: Pick<Moment, 'now' | 'origin'>,
  ) {
    this.peerId = peerId;
    this.edition = edition;
    this.#remote = remote;
    this.connectedAt = now;
    this.origin = origin;
    this.reportedAt = now;
    this.startedAt = now;
  }

  /** As declared; the array itself never changes. */
  get declared(): readonly PeerAddress[] {
    return this.#declared;
  }

  set declared(addresses: readonly PeerAddress[]) {
    this.#declared = addresses;
    this.#looksDifferent();
  }

  get remote(): Remote {
    return this.#remote;
  }

  set remote(remote: Remote) {
    this.#remote = remote;
    // Lists show it of those who declared nothing.
    if (this.#declared.length === 0) this.#looksDifferent();
  }

  /** On lists: what was kept of how it looked there is void. */
  #looksDifferent(): void {
    for (const membership of this.joined.values()) membership.listed = undefined;
  }

  get properties(): ReadonlyMap<string, string> {
    return this.#properties ?? NO_PROPERTIES;
  }

  join(swarm: Swarm<Membership>, mode: JoinMode): Membership {
    const membership: Membership = {
      peer: this,
      swarm,
      mode: mode === 'LEECH' ? 'LEECH' : 'SEED',
      live: mode === 'LIVESEED',
      livePlace: -1,
      slot: -1,
      group: undefined,
      place: -1,
      due: 0,
      heapPlace: -1,
      stats: undefined,
      listed: undefined,
    };
    swarm.join(membership);
    this.joined =
      this.joined.size === 0 ? new InOne(membership) : inSeveral([...this.joined.values(), membership]);
    return membership;
  }

  leave(membership: Membership): void {
    membership.swarm.leave(membership);
    const others = [...this.joined.values()].filter((other) => other !== membership);
    const [first] = others;
    if (first === undefined) this.joined = NOWHERE;
    else this.joined = others.length === 1 ? new InOne(first) : inSeveral(others);
  }

  /** What policies look at has changed: O(swarms it is in), and those are bounded. */
  regroup(): void {
    for (const membership of this.joined.values()) membership.swarm.regroup(membership);
  }

  /** The membership that a report speaks of: without a swarm (base-01 table 5) the only one the peer is in. */
  membership(swarmId: SwarmId | undefined): Membership | undefined {
    if (swarmId !== undefined) return this.joined.get(swarmId);
    const [only] = this.joined.values();
    return this.joined.size === 1 ? only : undefined;
  }

  report(stats: StreamStats): void {
    this.availableBandwidth = stats.availableBandwidth ?? this.availableBandwidth;
    this.concurrentLinks = stats.concurrentLinks ?? this.concurrentLinks;
    const membership = this.membership(stats.swarmId);
    if (membership !== undefined) membership.stats = stats;
  }

  tell(properties: readonly Property[]): void {
    for (const { name, value } of properties) {
      if (name.length > MAX_PROPERTY_LENGTH || value.length > MAX_PROPERTY_LENGTH) continue;
      this.#properties ??= new Map();
      this.#properties.delete(name);
      this.#properties.set(name, value);
      const [oldest] = this.#properties.keys();
      if (this.#properties.size > MAX_PROPERTIES && oldest !== undefined) this.#properties.delete(oldest);
    }
  }
}
