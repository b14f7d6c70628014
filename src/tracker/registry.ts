/**
 * The tracker's registrations, their timers and the tracker's own state machine. Every change of a peer's
 * state goes through `step`, so through the table of transitions.
 */
import type { PeerId } from '../protocol/ids.ts';
import type { EditionId } from '../protocol/message.ts';
import type { EditionRules } from '../protocol/rules.ts';
import type { RequestContext, TrackerEvent, TrackerOptions } from './api.ts';
import { periodAt } from './listed.ts';
import { Registration } from './registration.ts';
import type { PeerView } from './registration.ts';
import { Roster } from './roster.ts';
import { invalidRequest, peerTransition, trackerTransition } from './states.ts';
import type { PeerEvent, TimerAction, TrackerState, TrackerTrigger } from './states.ts';
import type { Grouping } from './swarm.ts';
import { Swarms } from './swarms.ts';
import type { NoRoom } from './swarms.ts';
import { TimerQueue } from './timers.ts';
import type { Action } from './validity.ts';

type Deregistered = Extract<TrackerEvent, { kind: 'deregistered' }>['reason'];

/** What `/events` and the recordings call the end of a registration. */
const REASONS: Partial<Record<PeerEvent, Deregistered>> = {
  'left last swarm': 'left',
  disconnected: 'disconnected',
  'init timer expired': 'expired',
  'track timer expired': 'expired',
  'invalid request, terminate': 'error',
};

export class Registry {
  readonly swarms: Swarms;
  readonly roster = new Roster<Registration>();
  readonly #maxPeers: number;
  readonly #registrations = new Map<PeerId, Registration>();
  readonly #initTimer: TimerQueue<Registration>;
  readonly #trackTimer: TimerQueue<Registration>;
  readonly #keepsEntries: boolean;
  /** In which entries were looked through last. */
  #period: number | undefined;
  #state: TrackerState = 'INIT';

  constructor(options: TrackerOptions, grouping?: Grouping<PeerView>) {
    this.swarms = new Swarms(options, grouping);
    this.#maxPeers = options.maxPeers;
    this.#keepsEntries = options.keepEntries > 0;
    this.#initTimer = new TimerQueue(options.initTimer);
    this.#trackTimer = new TimerQueue(options.trackTimer);
  }

  get peers(): number {
    return this.#registrations.size;
  }

  find(peerId: PeerId): Registration | undefined {
    return this.#registrations.get(peerId);
  }

  /** The state machine of a peer ID, in START; nothing is held until `register`. */
  create(peerId: PeerId, edition: EditionId, context: RequestContext): Registration {
    return new Registration(peerId, edition, context.remote, context);
  }

  /** The state machine of a peer ID that does not come to be registered: instantiated and destroyed at once. */
  turnAway(peer: Registration, why: 'registration error' | 'swarm actions invalid', now: number): void {
    this.step(peer, 'CONNECT received', now);
    this.step(peer, why, now);
  }

  /** Why there is no room for a request, or `undefined` when there is. */
  problem(peer: Registration, actions: readonly Action[]): NoRoom | undefined {
    const crowded = peer.state === 'START' && this.peers >= this.#maxPeers;
    const problem = this.swarms.problem(peer, actions);
    if (problem?.error === 'forbidden' || !crowded) return problem;
    return { error: 'overloaded', detail: 'too many peers' };
  }

  /** From START to PEER REGISTERED, where the init timer runs. */
  register(peer: Registration, now: number, events: TrackerEvent[]): void {
    if (this.#state === 'INIT') this.#move('first registration', events);
    this.#registrations.set(peer.peerId, peer);
    this.roster.add(peer);
    this.step(peer, 'CONNECT received', now);
    events.push({ kind: 'registered', peerId: peer.peerId, serial: peer.serial });
  }

  /** An invalid request of a registered peer. */
  invalid(peer: Registration, rules: EditionRules, now: number, events: TrackerEvent[]): void {
    const event = invalidRequest(rules, peer.state);
    if (peerTransition(peer.state, event).to === 'TERMINATE') this.deregister(peer, event, now, events);
    else this.step(peer, event, now);
  }

  deregister(peer: Registration, event: PeerEvent, now: number, events: TrackerEvent[]): void {
    const reason = REASONS[event];
    if (reason === undefined) throw new Error(`${event} ends no registration`);
    this.step(peer, event, now);
    for (const membership of [...peer.joined.values()]) this.swarms.leave(membership, 'deregistered', events);
    this.#registrations.delete(peer.peerId);
    this.roster.drop(peer);
    events.push({ kind: 'deregistered', peerId: peer.peerId, reason });
    if (this.#registrations.size > 0) return;
    this.#move('last de-registration', events);
    this.#move('at once', events);
  }

  /** Everything whose time has come by `now`, in the order of the times. */
  expire(now: number): TrackerEvent[] {
    const events: TrackerEvent[] = [];
    while (this.#expireNext(now, events));
    if (this.#keepsEntries) this.#tidyEntries(periodAt(now));
    return events;
  }

  /** Once a period, all of them: what that costs is nothing beside the lists of a period. */
  #tidyEntries(period: number): void {
    if (this.#period === period) return;
    this.#period = period;
    this.swarms.forgetListed(period - 1);
  }

  #expireNext(now: number, events: TrackerEvent[]): boolean {
    const leaving = this.swarms.firstToExpire;
    const due = leaving?.due ?? Number.POSITIVE_INFINITY;
    const soonest = Math.min(this.#initTimer.due, this.#trackTimer.due, due);
    if (soonest > now) return false;
    if (leaving !== undefined && due === soonest) {
      this.step(leaving.peer, 'JOIN expired', now);
      this.swarms.leave(leaving, 'expired', events);
      return true;
    }
    const [queue, event] =
      this.#initTimer.due === soonest
        ? ([this.#initTimer, 'init timer expired'] as const)
        : ([this.#trackTimer, 'track timer expired'] as const);
    const peer = queue.expired(now);
    if (peer !== undefined) this.deregister(peer, event, now, events);
    return peer !== undefined;
  }

  step(peer: Registration, event: PeerEvent, now: number): void {
    const { to, timers } = peerTransition(peer.state, event);
    for (const action of timers) this.#drive(action, peer, now);
    peer.state = to;
  }

  #drive(action: TimerAction, peer: Registration, now: number): void {
    switch (action) {
      case 'start init timer':
        return this.#initTimer.start(peer, now);
      case 'reset init timer':
        return this.#initTimer.reset(peer, now);
      case 'stop init timer':
        return this.#initTimer.stop(peer);
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
}
