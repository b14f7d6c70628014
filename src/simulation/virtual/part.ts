/**
 * One worker's share of a run on the virtual clock: its peers, and in the first part the tracker. No I/O, no clock, no
 * dice but its own; whoever drives it (`run.ts`) carries its mail and its log.
 */
import { Concern } from '../models/dice.ts';
import { toMicros } from '../models/distributions.ts';
import type { Witness } from '../exchange-log.ts';
import type { Observation } from '../observation.ts';
import { Observing } from '../observing.ts';
import type { PeerDetail, Snapshot } from '../report.ts';
import type { Scenario } from '../scenario/schema.ts';
import { ArrivalQueue, faultName } from './arrivals.ts';
import { Cast } from './cast.ts';
import { Directory } from './directory.ts';
import type { Micros, PeerIndex, RunEvent } from './events.ts';
import { PeerIds } from './homes.ts';
import { TRACKER, type Item, type Mail } from './item.ts';
import { LogBook, type LogBatch, type LogDetail } from './log.ts';
import { entityOf } from './crowd.ts';
import { Peers } from './peers.ts';
import { EventQueue, type Entity } from './queue.ts';
import { scriptOf, type Script } from './script.ts';
import { FLAGS, PeerTable } from './table.ts';
import { TrackerEntity } from './tracker-entity.ts';
import { endOf, Troubles } from './troubles.ts';
import { Stories } from './story.ts';
import type { World } from './world.ts';

/** Counts of the faults' events: above all that the tracker counts of its own. */
const FAULT_COUNT = 2 ** 40;
/** And of the measured window's two: above these. */
const EDGE_COUNT = 2 ** 41;

export interface PartOptions {
  readonly scenario: Scenario;
  /** From 0; the tracker is in part 0. */
  readonly part: number;
  readonly parts: number;
  readonly detail?: LogDetail;
  /** Somebody will look: keeps what `snapshot` and `detail` tell besides the columns. */
  readonly watched?: boolean;
}

/** How far a part has come. */
export interface PartProgress {
  /** Of the next event; `Infinity`: there is none. */
  readonly next: Micros;
  /** Events met, and messages to and from the tracker, since the run began. */
  readonly events: number;
  readonly messages: number;
}

export class Part implements World {
  readonly script: Script;
  now: Micros = 0;
  readonly #part: number;
  readonly #parts: number;
  readonly #queue = new EventQueue<Item>();
  readonly #arrivals: ArrivalQueue;
  readonly #log: LogBook;
  readonly #peers: Peers;
  readonly #tracker: TrackerEntity | undefined;
  readonly #directory: Directory;
  readonly #stories: Stories | undefined;
  readonly #observing: Observing | undefined;
  readonly #cast: Cast;
  readonly #bursts: Troubles<'loss-burst'>;
  readonly #cuts: Troubles<'partition'>;
  #mail: Mail[] = [];
  #events = 0;
  #messages = 0;

  constructor(
    { scenario, part, parts, detail = 'protocol', watched = false }: PartOptions,
    witness?: Witness,
  ) {
    this.script = scriptOf(scenario);
    this.#part = part;
    this.#parts = parts;
    this.#bursts = new Troubles(scenario.faults, 'loss-burst');
    this.#cuts = new Troubles(scenario.faults, 'partition');
    this.#log = new LogBook(detail, parts > 1);
    this.#directory = new Directory(this.script);
    this.#arrivals = new ArrivalQueue(this.script);
    this.#cast = new Cast(this.script, this.#directory);
    const ids = new PeerIds(this.script.seed, this.#directory);
    if (watched || witness !== undefined) this.#stories = new Stories(part, parts, witness);
    if (watched) this.#observing = new Observing();
    const table = new PeerTable(this.#directory.viewers, parts);
    this.#peers = new Peers(this, this.#cast, ids, table, {
      stories: this.#stories,
      observing: this.#observing,
    });
    if (part === 0) this.#tracker = new TrackerEntity(this, ids, this.#directory, this.#observing);
    this.#planFaults();
    this.#planEdges();
    this.#skipOthers();
  }

  get progress(): PartProgress {
    const next = Math.min(this.#queue.next, this.#arrivals.first?.at ?? Infinity);
    return { next, events: this.#events, messages: this.#messages };
  }

  /** Bytes of log that wait to be taken. */
  get logged(): number {
    return this.#log.length;
  }

  /** Meets events before `until`, at most `most` of them; returns how many. */
  run(until: Micros, most = Infinity): number {
    let met = 0;
    while (met < most) {
      this.#admit(until);
      if (this.#queue.next >= until) break;
      const event = this.#queue.take();
      if (event === undefined) break;
      this.now = event.at;
      const { to, from, count, item } = event;
      if (to === TRACKER) {
        if (item.kind === 'fault') this.#strike(item.fault, item.on);
        if (item.kind === 'edge') this.#peers.reach(item.edge, EDGE_COUNT);
        if (this.#tracker === undefined) continue;
        this.#tracker.meet(from, item, count);
        met++;
      } else if (this.#peers.meet(to, from, count, item)) met++;
    }
    this.#events += met;
    return met;
  }

  /** For other parts, each to the part that `partOf` says. */
  takeMail(): readonly Mail[] {
    const mail = this.#mail;
    this.#mail = [];
    return mail;
  }

  receive({ at, to, from, count, item }: Mail): void {
    this.#queue.put(at, to, from, count, item);
  }

  takeLog(): LogBatch {
    return this.#log.take();
  }

  /** Everything there is to draw, and what has happened since the last look. */
  snapshot(): Snapshot {
    const { exchanges, omitted } = this.#stories?.takeExchanges() ?? { exchanges: [], omitted: 0 };
    const { births, ends } = this.#stories?.takeLives() ?? { births: [], ends: [] };
    return {
      at: this.now / 1000,
      ...this.#peers.look(),
      handedOut: this.#stories?.takeListed() ?? new Uint32Array(),
      births,
      ends,
      exchanges,
      exchangesOmitted: omitted,
      counters: { ...this.#peers.tally, turnedAway: 0, queued: 0 },
      tracker: this.#stories?.sight ?? { state: 'unknown' },
    };
  }

  /** All that has happened since the last time, if anybody watches. `at`: milliseconds up to which the run has come. */
  observe(at: number, standing: boolean): Observation | undefined {
    if (this.#observing === undefined || this.#observing.deaf) return undefined;
    return this.#observing.take(this.#part, at, standing ? this.#peers.standing() : undefined);
  }

  detail(peer: PeerIndex): PeerDetail | undefined {
    return this.#peers.detail(peer);
  }

  /** The part that an entity lives in: a viewer's further lives are where its first was. */
  partOf(entity: Entity): number {
    return entity === TRACKER ? 0 : this.#directory.viewerOf(entity - 1) % this.#parts;
  }

  tell(entity: Entity, event: RunEvent): void {
    this.#log.tell(entity, event);
  }

  tells(kind: RunEvent['kind']): boolean {
    return this.#log.tells(kind);
  }

  schedule(at: Micros, entity: Entity, count: number, item: Item): void {
    this.#queue.put(at, entity, entity, count, item);
  }

  send(from: Entity, to: Entity, item: Item, count: () => number, answered?: number): void {
    if (item.kind !== 'link') this.#messages++;
    const n = count();
    const { network } = this.#cast;
    const cuts = this.#cuts.at(this.now);
    if (cuts.some(({ asns }) => network.isCut(asns, from, to))) {
      this.#tellNetwork('partitioned', from, to);
      return;
    }
    // Of several bursts at once the last of the scenario says how much is lost.
    const delay = network.send(from, to, answered ?? n, this.#bursts.at(this.now).at(-1)?.loss);
    const { again, heldUp } = network;
    if (delay < 0) this.#tellNetwork('lost', from, to);
    else this.#post(delay, from, to, n, item);
    if (heldUp) this.#tellNetwork('reordered', from, to);
    if (again < 0) return;
    this.#tellNetwork('duplicated', from, to);
    this.#post(again, from, to, count(), item);
  }

  #post(delay: Micros, from: Entity, to: Entity, count: number, item: Item): void {
    const at = this.now + delay;
    if (this.partOf(to) === this.#part) this.#queue.put(at, to, from, count, item);
    else this.#mail.push({ at, to, from, count, item });
  }

  #tellNetwork(what: 'lost' | 'duplicated' | 'reordered' | 'partitioned', from: Entity, to: Entity): void {
    const name = (entity: Entity): PeerIndex | 'tracker' => (entity === TRACKER ? 'tracker' : entity - 1);
    this.tell(from, { at: this.now, kind: 'network', what, from: name(from), to: name(to) });
  }

  strike(entity: Entity, count: number, item: Item): void {
    this.#queue.put(this.now, entity, TRACKER, count, item);
  }

  /** Every part sees to its own peers; of the tracker's events these are the first of their time. */
  #planFaults(): void {
    this.script.scenario.faults.forEach((fault, index) => {
      const plan = (at: Micros, on: boolean, count: number) =>
        this.#queue.put(at, TRACKER, TRACKER, FAULT_COUNT + count, { kind: 'fault', fault: index, on });
      plan(toMicros(fault.at), true, 2 * index);
      if ('for' in fault) plan(endOf(fault), false, 2 * index + 1);
    });
  }

  /** Where nobody streams there is nothing to tell. The end is the last moment of the window, or of the run. */
  #planEdges(): void {
    const { peers, measure, duration } = this.script.scenario;
    if (peers.maxLinks === 0) return;
    const plan = (at: Micros, edge: 'begin' | 'end', count: number) =>
      this.#queue.put(at, TRACKER, TRACKER, count, { kind: 'edge', edge });
    if (measure.from > 0) plan(toMicros(measure.from), 'begin', EDGE_COUNT);
    const end = Math.min(toMicros(measure.until ?? duration), this.script.duration) - 1;
    if (end > toMicros(measure.from)) plan(end, 'end', EDGE_COUNT + 1);
  }

  #strike(index: number, on: boolean): void {
    const fault = this.script.scenario.faults[index];
    if (fault === undefined || !on) return;
    const count = FAULT_COUNT + 2 * index;
    const { table } = this.#peers;
    const directory = this.#directory;
    if (fault.kind === 'worker-killed') {
      const machineOf = (peer: PeerIndex): number =>
        ((directory.sourceOf(peer).realm >>> 0) + directory.numberOf(peer)) % fault.of;
      this.#peers.strike((peer) => machineOf(peer) === fault.which, 'crashes', count);
    }
    if (fault.kind !== 'mass-departure') return;
    const lots = new Concern(this.script.seed, faultName(this.script.scenario.faults, index));
    const swarm = this.script.scenario.swarms.findIndex(({ id }) => id === fault.swarm);
    this.#peers.strike(
      (peer, row) =>
        !table.has(row, FLAGS.publisher) &&
        !table.has(row, FLAGS.mute) &&
        (fault.swarm === undefined || table.swarm[row] === swarm) &&
        lots.at(directory.numberOf(peer), 0, directory.realmOf(peer)) < fault.share,
      fault.crash ? 'crashes' : 'leaves',
      count,
    );
  }

  /** Whoever comes before the next event, comes in first. */
  #admit(until: Micros): void {
    for (;;) {
      const { first } = this.#arrivals;
      if (first === undefined || first.at > this.#queue.next || first.at >= until) return;
      this.now = first.at;
      this.#arrivals.take();
      this.#peers.add(first);
      this.#skipOthers();
    }
  }

  #skipOthers(): void {
    for (;;) {
      const { first } = this.#arrivals;
      if (first === undefined || this.partOf(entityOf(first.peer)) === this.#part) return;
      this.#arrivals.take();
    }
  }
}
