/** The tracker among the entities: the real core behind the real endpoint, bytes in and bytes out. */
import type { HttpResponse } from '../../protocol/http.ts';
import type { Tracker, TrackerEvent } from '../../tracker/api.ts';
import type { TrackerEndpoint } from '../../tracker/http.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { selectionOf } from '../../tracker/policies.ts';
import { createTracker } from '../../tracker/tracker.ts';
import { Concern, type Dice } from '../models/dice.ts';
import { times } from '../models/distributions.ts';
import type { Directory } from './directory.ts';
import type { ListFacts, Observing } from '../observing.ts';
import { GrowingLongs } from '../growing.ts';
import { answerRoom } from './answer-room.ts';
import { SECOND, type Micros, type PeerIndex, type RunEvent, type SwarmIndex } from './events.ts';
import type { PeerIds } from './homes.ts';
import { TRACKER, WAKE, type Asked, type Item, type TrackerRequest } from './item.ts';
import type { Entity } from './queue.ts';
import { isNothing } from './script.ts';
import { Troubles } from './troubles.ts';
import type { World } from './world.ts';

type Handled = Extract<RunEvent, { kind: 'handled' }>;

/** Between two looks at whose timer has run out while nobody asks anything. */
const TICK: Micros = SECOND;

/** Milliseconds for which answers are kept: as long as a peer of ours may ask the same again after losing one. */
const ANSWER_PERIOD = 25_000;
/** Peers whose entries on lists are kept, while they are on lists: some 75 MB of them. */
const MOST_ENTRIES = 250_000;
/** Stands for a registration under a peer ID that is no peer's of the run. */
const NOBODY = 2 ** 32 - 1;
/** Registrations looked at in one go when all of them are forgotten. */
const PAGE = 1000;

export class TrackerEntity {
  readonly #world: World;
  readonly #ids: PeerIds;
  readonly #observing: Observing | undefined;
  readonly #swarms: ReadonlyMap<string, SwarmIndex>;
  readonly #moment: { now: number; readonly random: Dice };
  readonly #nextCount: () => number;
  readonly #serviceTime: ((dice: Dice) => Micros) | undefined;
  readonly #tosses: Tosses;
  readonly #serviceDice: Dice;
  readonly #errorDice: Dice;
  readonly #slow: Troubles<'tracker-slow'>;
  readonly #errors: Troubles<'tracker-errors'>;
  /** The peer of each registration that the tracker made since it was started, in their order. */
  readonly #registered = new GrowingLongs();
  #tracker: Tracker;
  #endpoint: TrackerEndpoint;
  #count = 0;
  /** Outages in force: one may begin before another ends. */
  #down = 0;
  /** It works on one request at a time. */
  #busyUntil: Micros = 0;

  constructor(world: World, ids: PeerIds, directory: Directory, observing: Observing | undefined) {
    this.#world = world;
    this.#ids = ids;
    this.#observing = observing;
    const { seed, scenario, phases } = world.script;
    this.#swarms = new Map(scenario.swarms.map(({ id }, index) => [id, index]));
    this.#tosses = new Tosses(seed, directory);
    this.#serviceDice = this.#tosses.of('service time');
    this.#errorDice = this.#tosses.of('tracker errors');
    this.#moment = { now: 0, random: this.#tosses.of('tracker') };
    this.#nextCount = () => this.#count++;
    const { serviceTime } = scenario.tracker;
    this.#serviceTime = isNothing(serviceTime) ? undefined : times(serviceTime);
    this.#slow = new Troubles(scenario.faults, 'tracker-slow');
    this.#errors = new Troubles(scenario.faults, 'tracker-errors');
    for (const { at, phase } of phases) world.schedule(at, TRACKER, this.#count++, { kind: 'phase', phase });
    [this.#tracker, this.#endpoint] = this.#open();
    world.tell(TRACKER, { at: 0, kind: 'tracker', state: 'started', kept: false });
    this.#tick(TICK);
  }

  /** `count`: of the sender's events. */
  meet(from: Entity, item: Item, count: number): void {
    const { now } = this.#world;
    this.#moment.now = now / 1000;
    switch (item.kind) {
      case 'wake':
        if (this.#down === 0) this.#follow(this.#endpoint.expire(this.#moment.now));
        this.#tick(now + TICK);
        return;
      case 'request':
        this.#receive({ from, count }, item);
        return;
      case 'serve':
        if (this.#down === 0) this.#answer(item.asked, item.request);
        return;
      case 'phase':
        this.#world.tell(TRACKER, { at: now, kind: 'phase', phase: item.phase });
        return;
      case 'fault':
        this.#suffer(item.fault, item.on);
        return;
      case 'answer':
      case 'link':
      case 'edge':
      case 'struck':
      case 'life':
        return;
      default:
        item satisfies never;
    }
  }

  #open(): [Tracker, TrackerEndpoint] {
    const { scenario, reportInterval } = this.#world.script;
    const { trackTimer, initTimer, policy } = scenario.tracker;
    const maxAnswerBytes = answerRoom(scenario);
    const options = {
      trackTimer: trackTimer * 1000,
      initTimer: initTimer * 1000,
      reportInterval,
      maxPeers: Number.MAX_SAFE_INTEGER,
      maxSwarms: Number.MAX_SAFE_INTEGER,
      keepEntries: MOST_ENTRIES,
    };
    const tracker = createTracker(options, this.#moment.now, selectionOf(policy));
    // A request's bytes stay as its peer wrote them: whoever is told of an exchange only reads them.
    const room = { answerPeriod: ANSWER_PERIOD, maxAnswerBytes, copiesBodies: false };
    return [tracker, createTrackerEndpoint(tracker, room)];
  }

  #tick(at: Micros): void {
    this.#world.schedule(at, TRACKER, this.#count++, WAKE);
  }

  #suffer(index: number, on: boolean): void {
    const { script, now } = this.#world;
    const fault = script.scenario.faults[index];
    if (fault === undefined) return;
    this.#world.tell(TRACKER, { at: now, kind: 'fault', fault: index, what: fault.kind, on });
    if (fault.kind !== 'tracker-down' && fault.kind !== 'tracker-restart') return;
    const kept = fault.kind === 'tracker-down' || fault.keepsState;
    this.#down += on ? 1 : -1;
    this.#world.tell(TRACKER, { at: now, kind: 'tracker', state: on ? 'down' : 'restarted', kept });
    this.#busyUntil = now;
    if (kept || !on) return;
    this.#forget();
    this.#registered.cut(0);
    [this.#tracker, this.#endpoint] = this.#open();
  }

  /** What it held of its peers is lost with it. */
  #forget(): void {
    for (let after: number | undefined; ;) {
      const { peers, next } = this.#tracker.peersPage(after, PAGE);
      for (const { peerId, swarms } of peers)
        this.#follow(
          swarms.map(({ swarmId, mode }) => ({
            kind: 'left',
            peerId,
            swarmId,
            mode,
            reason: 'deregistered',
          })),
        );
      if (next === undefined) return;
      after = next;
    }
  }

  /** At once, or when its turn has come and the work is done. */
  #receive(asked: Asked, request: TrackerRequest): void {
    if (this.#down > 0) return;
    const { now } = this.#world;
    this.#tosses.begin(asked);
    let work = this.#serviceTime?.(this.#serviceDice) ?? 0;
    for (const { delay } of this.#slow.at(now)) work += times(delay)(this.#serviceDice);
    if (work === 0 && this.#busyUntil <= now) {
      this.#answer(asked, request);
      return;
    }
    this.#busyUntil = Math.max(now, this.#busyUntil) + work;
    this.#world.schedule(this.#busyUntil, TRACKER, this.#count++, { kind: 'serve', asked, request });
  }

  #answer(asked: Asked, { body, contentType, remote }: TrackerRequest): void {
    this.#tosses.begin(asked);
    for (const { share, error } of this.#errors.at(this.#world.now))
      if (this.#errorDice() < share) {
        this.#reply(asked, this.#endpoint.failure(error === 'internal' ? 500 : 503, contentType), {
          method: 'none',
          error,
          listed: undefined,
        });
        return;
      }
    const request = { method: 'POST', target: '/', contentType, body, remote };
    const { response, exchange } = this.#endpoint.answer(request, this.#moment);
    this.#follow(exchange.events);
    const { method, error } = exchange;
    const listed = this.#listed(exchange.events);
    if (this.#observing !== undefined && method !== undefined && listed !== undefined)
      this.#observing.listed(
        this.#moment.now,
        { asker: asked.from - 1, ...this.#listedOf(exchange.events), method },
        listed,
      );
    this.#reply(asked, response, { method: method ?? 'none', error, listed });
  }

  #reply(
    { from, count }: Asked,
    { status, reason, headers, body }: HttpResponse,
    { method, error, listed }: Pick<Handled, 'method' | 'error' | 'listed'>,
  ): void {
    const { now } = this.#world;
    const bytes = body.length;
    const peer = from - 1;
    this.#world.tell(TRACKER, { at: now, kind: 'handled', peer, method, status, bytes, error, listed });
    const contentType = headers['content-type'];
    const retryAfter = headers['retry-after'];
    const answer: Item =
      retryAfter === undefined
        ? { kind: 'answer', status, reason, contentType, body }
        : { kind: 'answer', status, reason, contentType, retryAfter: Number(retryAfter), body };
    this.#world.send(TRACKER, from, answer, this.#nextCount, count);
  }

  /** What the tracker holds of its peers has changed. */
  #follow(events: readonly TrackerEvent[]): void {
    for (const event of events) {
      if (event.kind === 'registered') {
        if (event.serial !== this.#registered.length) throw new Error('A registration was not told.');
        this.#registered.push(this.#ids.peerOf(event.peerId) ?? NOBODY);
      }
      if (event.kind !== 'joined' && event.kind !== 'left') continue;
      const peer = this.#ids.peerOf(event.peerId);
      const swarm = this.#swarms.get(event.swarmId);
      if (peer === undefined || swarm === undefined) continue;
      const told = { at: this.#world.now, peer, swarm, mode: event.mode };
      if (event.kind === 'joined') this.#world.tell(TRACKER, { ...told, kind: 'joined' });
      else this.#world.tell(TRACKER, { ...told, kind: 'unjoined', reason: event.reason });
    }
  }

  #listedOf(events: readonly TrackerEvent[]): Pick<ListFacts, 'swarm' | 'wanted'> {
    for (const event of events)
      if (event.kind === 'listed')
        return { swarm: this.#swarms.get(event.swarmId) ?? 0, wanted: event.wanted };
    return { swarm: 0, wanted: undefined };
  }

  #listed(events: readonly TrackerEvent[]): readonly PeerIndex[] | undefined {
    let listed: PeerIndex[] | undefined;
    for (const event of events) {
      if (event.kind !== 'listed') continue;
      listed ??= [];
      for (const serial of event.serials) {
        const peer = this.#registered.at(serial);
        if (peer !== NOBODY) listed.push(peer);
      }
    }
    return listed;
  }
}

/** The tracker's dice, request by request: those of who asks, so that nobody else's request shifts them. */
class Tosses {
  readonly #seed: number;
  readonly #directory: Directory;
  #number = 0;
  #realm = 0;
  #n = 0;

  constructor(seed: number, directory: Directory) {
    this.#seed = seed;
    this.#directory = directory;
  }

  begin({ from, count }: Asked): void {
    const peer = from - 1;
    this.#number = this.#directory.numberOf(peer);
    this.#realm = this.#directory.realmOf(peer) ^ Math.imul(count, 0xc2b2ae35);
    this.#n = 0;
  }

  /** Of the request last begun. */
  of(concern: string): Dice {
    const all = new Concern(this.#seed, concern);
    return () => all.at(this.#number, this.#n++, this.#realm);
  }
}
