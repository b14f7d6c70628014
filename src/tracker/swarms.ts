/** The swarms of a tracker, who is in them, and the time at which a membership ends by itself (gu -06 §4.6). */
import type { ChunkId, SwarmId } from '../protocol/ids.ts';
import type { ContentMap, JoinMode } from '../protocol/message.ts';
import type { TrackerEvent, TrackerOptions, TrackerStats } from './api.ts';
import { Deadlines } from './deadlines.ts';
import { Holdings } from './holdings.ts';
import type { Room } from './holdings.ts';
import type { Membership, PeerView, Registration } from './registration.ts';
import { joinMode, Swarm } from './swarm.ts';
import type { Grouping } from './swarm.ts';
import type { Candidate } from './selection.ts';
import type { Action } from './validity.ts';

type Left = Extract<TrackerEvent, { kind: 'left' }>['reason'];

export interface NoRoom {
  readonly error: 'forbidden' | 'overloaded';
  /** For people. */
  readonly detail: string;
}

export class Swarms {
  readonly #limits: Pick<TrackerOptions, 'maxSwarms' | 'maxJoined'>;
  readonly #swarms = new Map<SwarmId, Swarm<Membership>>();
  readonly #grouping: Grouping<Membership> | undefined;
  readonly #deadlines = new Deadlines<Membership>();
  readonly #room: Room;
  /** Of all swarms together. */
  #memberships = 0;

  constructor(options: TrackerOptions, grouping?: Grouping<PeerView>) {
    this.#limits = options;
    this.#grouping = grouping && ofMembers(grouping);
    this.#room = { left: options.maxHoldings };
  }

  get(swarmId: SwarmId): Swarm<Membership> | undefined {
    return this.#swarms.get(swarmId);
  }

  stats(): TrackerStats['swarms'] {
    return [...this.#swarms.values()].map(({ id, seeds, leeches }) => ({ id, seeds, leeches }));
  }

  /** Size of a swarm over the mean size of the others: O(1). */
  importance(swarmId: SwarmId): number {
    const size = this.#swarms.get(swarmId)?.size ?? 0;
    const others = this.#memberships - size;
    // No swarm is empty, so without others there is none to compare with.
    return others === 0 ? 1 : (size * (this.#swarms.size - 1)) / others;
  }

  /** Why there is no room for these actions, or `undefined` when there is. */
  problem(peer: Registration, actions: readonly Action[]): NoRoom | undefined {
    const { maxSwarms, maxJoined } = this.#limits;
    let joined = peer.joined.size;
    let fresh = 0;
    let emptied = 0;
    for (const { action, swarmId } of actions) {
      const swarm = this.#swarms.get(swarmId);
      if (action === 'LEAVE') joined--;
      else if (!peer.joined.has(swarmId)) joined++;
      if (action === 'JOIN' && swarm === undefined) fresh++;
      if (action === 'LEAVE' && swarm?.size === 1) emptied++;
    }
    // To try again later helps against the other only (RFC 7846 §4.3: 03 forbidden, 05 overloaded).
    if (joined > maxJoined) return { error: 'forbidden', detail: `more than ${maxJoined} swarms` };
    if (fresh > 0 && this.#swarms.size + fresh - emptied > maxSwarms)
      return { error: 'overloaded', detail: 'too many swarms' };
    return undefined;
  }

  /** A JOIN of a swarm the peer is in takes over the mode it names. */
  join(peer: Registration, swarmId: SwarmId, mode: JoinMode, events: TrackerEvent[]): Membership {
    const known = peer.joined.get(swarmId);
    if (known !== undefined && joinMode(known) === mode) return known;
    if (known !== undefined) {
      known.swarm.setMode(known, mode);
      known.listed = undefined;
      // A seed holds everything; what it declared before says less.
      if (mode !== 'LEECH') this.#forget(known);
    } else this.#memberships++;
    events.push({ kind: 'joined', peerId: peer.peerId, swarmId, mode });
    return known ?? peer.join(this.#open(swarmId), mode);
  }

  leave(membership: Membership, reason: Left, events: TrackerEvent[]): void {
    const { peer, swarm } = membership;
    this.#forget(membership);
    this.#deadlines.drop(membership);
    peer.leave(membership);
    this.#memberships--;
    if (swarm.size === 0) this.#swarms.delete(swarm.id);
    events.push({ kind: 'left', peerId: peer.peerId, swarmId: swarm.id, mode: joinMode(membership), reason });
  }

  /** `seconds` from now it leaves by itself; 0: it does not (gu -06 §4.6). */
  expireAfter(membership: Membership, seconds: number, now: number): void {
    if (seconds > 0) this.#deadlines.set(membership, now + seconds * 1000);
    else this.#deadlines.drop(membership);
  }

  /** Whose time comes next, if anyone's. */
  get firstToExpire(): Membership | undefined {
    return this.#deadlines.first;
  }

  declareChunk(membership: Membership, chunkId: ChunkId): void {
    this.#holdings(membership)?.declare(membership, chunkId);
    this.#tidy(membership);
  }

  report(membership: Membership, content: ContentMap): void {
    this.#holdings(membership)?.report(membership, content);
    this.#tidy(membership);
  }

  /** Whom a list was given: for policies that count. */
  handedOut(
    chosen: readonly Candidate[],
    swarmId: SwarmId,
    find: (peer: PeerView) => Registration | undefined,
  ): void {
    if (this.#grouping?.by !== 'hand-outs') return;
    for (const { peer } of chosen) {
      const membership = find(peer)?.joined.get(swarmId);
      membership?.swarm.handedOut(membership);
    }
  }

  /** How members look on lists, of those who were on none since before `period`. */
  forgetListed(period: number): void {
    for (const swarm of this.#swarms.values())
      for (const member of swarm.members())
        if (member.listed !== undefined && member.listed.period < period) member.listed = undefined;
  }

  #open(swarmId: SwarmId): Swarm<Membership> {
    const known = this.#swarms.get(swarmId);
    if (known) return known;
    const swarm = new Swarm<Membership>(swarmId, this.#grouping);
    this.#swarms.set(swarmId, swarm);
    return swarm;
  }

  #holdings({ swarm, mode }: Membership): Holdings<Membership> | undefined {
    return mode === 'SEED' ? undefined : (swarm.holdings ??= new Holdings<Membership>(this.#room));
  }

  #forget(membership: Membership): void {
    membership.swarm.holdings?.forget(membership);
    this.#tidy(membership);
  }

  #tidy({ swarm }: Membership): void {
    if (swarm.holdings?.empty === true) swarm.holdings = undefined;
  }
}

function ofMembers(grouping: Grouping<PeerView>): Grouping<Membership> {
  switch (grouping.by) {
    case 'key':
      return { by: 'key', keyOf: ({ peer }) => grouping.keyOf(peer) };
    case 'class':
      return { by: 'class', keyOf: ({ peer }) => grouping.keyOf(peer) };
    case 'hand-outs':
      return grouping;
    default:
      return grouping satisfies never;
  }
}
