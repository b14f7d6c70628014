/**
 * The tracker's state: registrations, swarms, the track timer and the tracker's own state machine. Every
 * change of a peer's state goes through `step`, so through the table of transitions.
 */
import type { PeerId, SwarmId } from '../protocol/ids.ts';
import type { PeerMode, SwarmAction } from '../protocol/message.ts';
import type { RequestContext, TrackerEvent, TrackerOptions, TrackerStats } from './api.ts';
import { Registration } from './registration.ts';
import type { Membership, PeerView } from './registration.ts';
import type { Candidate } from './selection.ts';
import { peerTransition, trackerTransition } from './states.ts';
import type { PeerEvent, TimerAction, TrackerState, TrackerTrigger } from './states.ts';
import { Swarm } from './swarm.ts';
import type { Grouping } from './swarm.ts';
import { TimerQueue } from './timers.ts';

type Deregistered = Extract<TrackerEvent, { kind: 'deregistered' }>['reason'];

interface NoRoom {
  readonly error: 'forbidden' | 'overloaded';
  /** For people. */
  readonly detail: string;
}

/** What `/events` and the recordings call the end of a registration. */
const REASONS: Partial<Record<PeerEvent, Deregistered>> = {
  'left last swarm': 'left',
  'track timer expired': 'expired',
  'invalid request, terminate': 'error',
};

export class Registry {
  readonly #limits: Pick<TrackerOptions, 'maxPeers' | 'maxSwarms' | 'maxJoined'>;
  readonly #registrations = new Map<PeerId, Registration>();
  readonly #swarms = new Map<SwarmId, Swarm<Membership>>();
  readonly #trackTimer: TimerQueue<Registration>;
  readonly #grouping: Grouping<Membership> | undefined;
  /** Of all swarms together. */
  #memberships = 0;
  #state: TrackerState = 'INIT';

  constructor(options: TrackerOptions, grouping?: Grouping<PeerView>) {
    this.#limits = options;
    this.#grouping = grouping && ofMembers(grouping);
    this.#trackTimer = new TimerQueue(options.trackTimer);
  }

  get peers(): number {
    return this.#registrations.size;
  }

  swarms(): TrackerStats['swarms'] {
    return [...this.#swarms.values()].map(({ id, seeds, leeches }) => ({ id, seeds, leeches }));
  }

  swarm(swarmId: SwarmId): Swarm<Membership> | undefined {
    return this.#swarms.get(swarmId);
  }

  /** Size of a swarm over the mean size of the others: O(1). */
  importance(swarmId: SwarmId): number {
    const size = this.#swarms.get(swarmId)?.size ?? 0;
    const others = this.#memberships - size;
    // No swarm is empty, so without others there is none to compare with.
    return others === 0 ? 1 : (size * (this.#swarms.size - 1)) / others;
  }

  /** Whom a list was given: for policies that count. */
  handedOut(swarmId: SwarmId, chosen: readonly Candidate[]): void {
    if (this.#grouping?.by !== 'hand-outs') return;
    for (const { peer } of chosen) {
      const membership = this.find(peer.peerId)?.joined.get(swarmId);
      membership?.swarm.handedOut(membership);
    }
  }

  find(peerId: PeerId): Registration | undefined {
    return this.#registrations.get(peerId);
  }

  /** The state machine of a new peer ID, in PEER REGISTERED; nothing is held until `register`. */
  create(peerId: PeerId, { remote, now }: RequestContext): Registration {
    const peer = new Registration(peerId, remote, now);
    this.step(peer, 'CONNECT received', now);
    return peer;
  }

  /** The state machine of a peer ID that never registers: instantiated and destroyed at once. */
  strayed(peerId: PeerId, { remote, now }: RequestContext): void {
    this.step(new Registration(peerId, remote, now), 'request from unregistered peer', now);
  }

  /** Why there is no room for a CONNECT, or `undefined` when there is. */
  problem(peer: Registration, actions: readonly SwarmAction[]): NoRoom | undefined {
    const { maxPeers, maxSwarms, maxJoined } = this.#limits;
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
    // To try again later helps against the other two only (RFC 7846 §4.3: 03 forbidden, 05 overloaded).
    if (joined > maxJoined) return { error: 'forbidden', detail: `more than ${maxJoined} swarms` };
    if (!this.#registrations.has(peer.peerId) && this.peers >= maxPeers)
      return { error: 'overloaded', detail: 'too many peers' };
    if (fresh > 0 && this.#swarms.size + fresh - emptied > maxSwarms)
      return { error: 'overloaded', detail: 'too many swarms' };
    return undefined;
  }

  register(peer: Registration, now: number, events: TrackerEvent[]): void {
    if (this.#state === 'INIT') this.#move('first registration', events);
    this.#registrations.set(peer.peerId, peer);
    this.step(peer, 'swarm actions valid', now);
    events.push({ kind: 'registered', peerId: peer.peerId });
  }

  /** A JOIN of a swarm the peer is in takes over the mode it names. */
  join(peer: Registration, swarmId: SwarmId, mode: PeerMode, events: TrackerEvent[]): void {
    const membership = peer.joined.get(swarmId);
    if (membership?.mode === mode) return;
    if (membership) membership.swarm.setMode(membership, mode);
    else {
      peer.join(this.#open(swarmId), mode);
      this.#memberships++;
    }
    events.push({ kind: 'joined', peerId: peer.peerId, swarmId, mode });
  }

  leave(peer: Registration, swarmId: SwarmId, events: TrackerEvent[]): void {
    const membership = peer.joined.get(swarmId);
    if (membership) this.#leave(membership, events);
  }

  /** An invalid request while TRACKING. */
  invalid(peer: Registration, event: PeerEvent, now: number, events: TrackerEvent[]): void {
    if (peerTransition(peer.state, event).to === 'TERMINATE') this.deregister(peer, event, now, events);
    else this.step(peer, event, now);
  }

  deregister(peer: Registration, event: PeerEvent, now: number, events: TrackerEvent[]): void {
    const reason = REASONS[event];
    if (reason === undefined) throw new Error(`${event} ends no registration`);
    this.step(peer, event, now);
    for (const membership of [...peer.joined.values()]) this.#leave(membership, events);
    this.#registrations.delete(peer.peerId);
    events.push({ kind: 'deregistered', peerId: peer.peerId, reason });
    if (this.#registrations.size > 0) return;
    this.#move('last de-registration', events);
    this.#move('at once', events);
  }

  expire(now: number): TrackerEvent[] {
    const events: TrackerEvent[] = [];
    for (let peer = this.#trackTimer.expired(now); peer; peer = this.#trackTimer.expired(now))
      this.deregister(peer, 'track timer expired', now, events);
    return events;
  }

  step(peer: Registration, event: PeerEvent, now: number): void {
    const { to, timers } = peerTransition(peer.state, event);
    for (const action of timers) this.#drive(action, peer, now);
    peer.state = to;
  }

  #drive(action: TimerAction, peer: Registration, now: number): void {
    switch (action) {
      case 'start init timer':
      case 'stop init timer':
        // PEER REGISTERED is entered and left within one call here, so the init timer has no time to run.
        return;
      case 'start track timer':
        return this.#trackTimer.start(peer, now);
      case 'reset track timer':
        return this.#trackTimer.reset(peer, now);
      case 'stop track timer':
        return this.#trackTimer.stop(peer);
      default:
        return action satisfies never;
    }
  }

  #move(event: TrackerTrigger, events: TrackerEvent[]): void {
    this.#state = trackerTransition(this.#state, event).to;
    events.push({ kind: 'tracker', state: this.#state });
  }

  #open(swarmId: SwarmId): Swarm<Membership> {
    const known = this.#swarms.get(swarmId);
    if (known) return known;
    const swarm = new Swarm<Membership>(swarmId, this.#grouping);
    this.#swarms.set(swarmId, swarm);
    return swarm;
  }

  #leave(membership: Membership, events: TrackerEvent[]): void {
    const { peer, swarm, mode } = membership;
    peer.leave(membership);
    this.#memberships--;
    if (swarm.size === 0) this.#swarms.delete(swarm.id);
    events.push({ kind: 'left', peerId: peer.peerId, swarmId: swarm.id, mode });
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
