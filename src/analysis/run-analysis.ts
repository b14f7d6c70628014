/**
 * The measures of one run, from its events one by one, in the order of the log. What is kept is a few numbers for each
 * peer that ever arrived, the links that are open and the lists that are under way: never the events.
 */
import type { Micros, RunEvent, SwarmIndex } from '../simulation/virtual/events.ts';
import { batchMeans } from './confidence.ts';
import type { SeriesRow } from './csv.ts';
import { InDegree } from './in-degree.ts';
import { Measures } from './measures.ts';
import { OpenLinks } from './open-links.ts';
import { LinkAttempts } from './link-attempts.ts';
import { OverlaySeries } from './overlay-series.ts';
import { PeerLists } from './peer-lists.ts';
import { LEECH, Peers, type EventOf } from './peers.ts';
import { Playback } from './playback.ts';
import { Population } from './population.ts';
import { modeOfJoin, Registrations } from './registrations.ts';
import type { Absence, MeasuredScenario, RunResult, RunSummary } from './result.ts';
import { Sample, type Curve } from './sample.ts';
import { isFailure, TrackerLoad } from './tracker-load.ts';
import { Uploads } from './uploads.ts';
import { inMicros, inSeconds, Level, Window } from './window.ts';

/** Peers, in the whole run. */
type Counts = Record<'arrived' | 'completed' | 'crashed' | 'left' | 'gaveUp' | 'switched', number>;

export class RunAnalysis {
  readonly #every: number;
  readonly #isPlayed: boolean;
  readonly #window: Window;
  readonly #end: Micros;
  readonly #peers = new Peers();
  readonly #registrations = new Registrations();
  readonly #populations: readonly Population[];
  readonly #playback: Playback;
  readonly #load: TrackerLoad;
  readonly #lists: PeerLists;
  readonly #uploads: Uploads;
  readonly #links: OpenLinks;
  readonly #attempts: LinkAttempts;
  readonly #overlays: OverlaySeries;
  /** What the tracker holds of each behaviour, by its index. */
  readonly #registeredOf: Level[] = [];
  #present = 0;
  #inDegree: readonly InDegree[];
  readonly #downloads = new Sample();
  readonly #byBehaviour: Sample[] = [];
  readonly #count: Counts = { arrived: 0, completed: 0, crashed: 0, left: 0, gaveUp: 0, switched: 0 };
  #rows: SeriesRow[] = [];
  #samples = 0;
  #now: Micros = 0;
  #phase: 'before' | 'measured' | 'after' = 'before';

  /** `random`: uniform in [0, 1), seeded by the caller; draws the samples of the overlay's measures, nothing else. */
  constructor(scenario: MeasuredScenario, random: () => number) {
    const { duration, measure, swarms } = scenario;
    this.#every = measure.every;
    this.#isPlayed = swarms.some(({ playback }) => playback !== undefined);
    this.#end = inMicros(duration);
    this.#window = new Window(
      inMicros(measure.from),
      Math.min(this.#end, inMicros(measure.until ?? duration)),
    );
    this.#populations = swarms.map(({ id }) => new Population(id, this.#window));
    this.#inDegree = swarms.map(() => new InDegree());
    this.#playback = new Playback(this.#window);
    this.#load = new TrackerLoad(this.#window);
    this.#lists = new PeerLists(this.#window, this.#peers);
    this.#uploads = new Uploads(this.#window, this.#peers);
    this.#links = new OpenLinks(this.#peers);
    this.#attempts = new LinkAttempts(this.#window);
    const ids = swarms.map(({ id }) => id);
    this.#overlays = new OverlaySeries(this.#window, ids, this.#peers, this.#links, random);
  }

  /** Events in the order of the log. */
  take(event: RunEvent): void {
    this.#passTo(event.at);
    switch (event.kind) {
      case 'arrived':
        this.#arrived(event);
        return;
      case 'departed':
        this.#departed(event);
        return;
      case 'completed':
        this.#completed(event);
        return;
      case 'request':
        this.#load.take(event);
        this.#populationOf(event.peer)?.requests.add(event.at);
        return;
      case 'handled':
        this.#load.take(event);
        if (isFailure(event)) this.#populationOf(event.peer)?.errors.add(event.at);
        this.#listed(event);
        return;
      case 'answered':
        this.#load.take(event);
        this.#lists.answered(event);
        return;
      case 'unanswered':
        this.#load.take(event);
        this.#lists.unanswered(event);
        return;
      case 'joined':
        this.#registered(event, modeOfJoin(event.mode));
        return;
      case 'unjoined':
        this.#registered(event, 0);
        return;
      case 'totals':
        this.#uploads.take(event);
        return;
      case 'invented':
        this.#peers.invent(event);
        return;
      case 'unlinked':
        this.#attempts.failed(event);
        return;
      case 'link':
        if (event.open) this.#attempts.opened(event.at);
        if (this.#phase !== 'after') this.#links.take(event.peer, event.to, event.open);
        return;
      case 'playback':
        this.#playback.take(event.at, event.peer, event.state, this.#peers.arrivedAt(event.peer));
        return;
      case 'switched':
        this.#count.switched++;
        return;
      case 'phase':
      case 'fault':
      case 'tracker':
      case 'network':
      case 'chunk':
        return;
      default:
        event satisfies never;
    }
  }

  /** The run ended at `at`, in microseconds: before its time where it was cut short. */
  finish(at: Micros): void {
    // An event at the very end is in no row and no window before this.
    this.#passTo(at);
    while (this.#nextSample <= Math.min(at, this.#end)) this.#sample();
    this.#closeWindow(Math.min(at, this.#window.to));
  }

  /** Rows of the series that became final since the last call, over the whole run; every row is given once. */
  series(): readonly SeriesRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** After `finish`. */
  summary(): RunSummary {
    const { arrived, completed, crashed } = this.#count;
    const known = (value: number): number => (Number.isFinite(value) ? value : 0);
    return {
      messages: this.#load.messages,
      peers: { arrived, completed, crashed },
      swarms: this.#populations.map((swarm) => ({
        id: swarm.id,
        meanLeeches: known(swarm.leeches.mean(this.#now)),
        meanSeeds: known(swarm.seeds.mean(this.#now)),
        meanDownloadSeconds: swarm.downloads.count === 0 ? null : swarm.downloads.mean,
      })),
    };
  }

  /** After `finish`. */
  result(): RunResult {
    const now = this.#now;
    const measures = new Measures();
    for (const [name, count] of Object.entries(this.#count) as [keyof Counts, number][])
      measures.tell(`peers.${name}`, count);
    for (const population of this.#populations) population.tell(measures, now, this.#every);
    measures.tellSpread('downloads.seconds', this.#downloads);
    this.#playback.tell(measures, now);
    this.#uploads.tell(measures, now);
    if (this.#uploads.absence(now) === undefined)
      this.#populations.forEach((population, swarm) =>
        population.tellEffectiveness(measures, now, this.#uploads.leechBytesOf(swarm)),
      );
    this.#attempts.tell(measures, now);
    this.#byBehaviour.forEach((sample, index) =>
      measures.tell('behaviours.*.meanDownloadSeconds', sample.mean, {
        of: this.#peers.behaviours[index] ?? '',
        interval: sample.interval(),
        observations: sample.count,
      }),
    );
    this.#load.tell(measures, now);
    this.#lists.tell(measures, now);
    this.#registeredOf.forEach((level, index) =>
      measures.tell('behaviours.*.meanRegistered', level.mean(now), {
        of: this.#peers.behaviours[index] ?? '',
        interval: batchMeans(level.batchMeans(now)),
      }),
    );
    const curves: Record<string, Curve> = {};
    if (this.#downloads.count > 0) curves['downloads.seconds'] = this.#downloads.ecdf();
    if (this.#playback.startUp.count > 0) curves['startUp.seconds'] = this.#playback.startUp.ecdf();
    this.#inDegree.forEach((inDegree, swarm) => {
      const id = this.#idOf(swarm);
      inDegree.tell(measures, id);
      const { observed, expected } = inDegree.curves();
      if (observed.x.length === 0) return;
      curves[`inDegree.${id}.observed`] = observed;
      curves[`inDegree.${id}.expected`] = expected;
    });
    return {
      window: {
        from: inSeconds(this.#window.from),
        to: inSeconds(this.#window.from + this.#window.passed(now)),
      },
      measures: { ...measures.all(), ...this.#overlays.measures() },
      curves: { ...curves, ...this.#overlays.curves() },
      absent: [...this.#absent()],
    };
  }

  *#absent(): Generator<Absence, void> {
    const [now, ids] = [this.#now, this.#populations.map(({ id }) => id)];
    if (this.#window.passed(now) === 0) {
      yield { measures: 'all but peers.*', why: 'the run ended before its measured window began' };
      return;
    }
    const uploads = this.#uploads.absence(now);
    if (uploads !== undefined)
      for (const measures of ['uploads.*', 'swarms.*.effectiveness', 'behaviours.*.meanUploadRate'])
        yield { measures, why: uploads };
    if (this.#downloads.count === 0)
      yield { measures: 'downloads.*', why: 'no LEECH got its last chunk in the window' };
    if (this.#playback.startUp.count === 0)
      yield {
        measures: 'startUp.*',
        why: this.#isPlayed
          ? 'nobody began to play in the window'
          : 'no swarm of the scenario says how it is played',
      };
    if (this.#lists.isEmpty) yield { measures: 'peerLists.*', why: 'no list was handed out in the window' };
    if (this.#attempts.measured === 0)
      yield { measures: 'links.*', why: 'nobody tried to open a link in the window' };
    for (const id of ids) {
      const why = this.#overlays.absence(id);
      if (why !== undefined) yield { measures: `overlay.${id}.*`, why };
    }
  }

  #idOf(swarm: SwarmIndex): string {
    return this.#populations[swarm]?.id ?? '';
  }

  #populationOf(peer: number): Population | undefined {
    return this.#populations[this.#peers.swarmOf(peer)];
  }

  get #nextSample(): Micros {
    return inMicros(this.#samples * this.#every);
  }

  /** Everything before `at` has been told: samples taken before it are final, the window may begin or end. */
  #passTo(at: Micros): void {
    // Whatever happens at the time of a sample belongs to it, in whichever order it is told.
    while (this.#nextSample < at && this.#nextSample <= this.#end) this.#sample();
    if (this.#phase === 'before' && at >= this.#window.from) this.#openWindow();
    while (this.#phase === 'measured' && this.#overlays.next <= at) this.#overlays.pass(this.#present);
    if (at >= this.#window.to) this.#closeWindow(this.#window.to);
    this.#now = Math.max(this.#now, at);
  }

  #sample(): void {
    const time = inSeconds(this.#nextSample);
    for (const population of this.#populations) this.#rows.push(population.sample(time));
    this.#samples++;
  }

  #openWindow(): void {
    this.#phase = 'measured';
    // Whoever is registered by now is on lists from here on.
    for (let peer = 0; peer < this.#peers.count; peer++) {
      const mode = this.#registrations.modeOf(peer);
      if (mode !== 0) this.#inDegree[this.#peers.swarmOf(peer)]?.begin(peer, mode);
    }
  }

  #closeWindow(at: Micros): void {
    if (this.#phase !== 'measured') return;
    this.#phase = 'after';
    const { count } = this.#peers;
    for (let peer = 0; peer < count; peer++) this.#inDegree[this.#peers.swarmOf(peer)]?.end(peer);
    this.#playback.closeWindow(at, count);
    this.#overlays.close();
  }

  #arrived(event: EventOf<'arrived'>): void {
    this.#count.arrived++;
    this.#present++;
    this.#peers.arrive(event);
    this.#populations[event.swarm]?.arrive(event.at, event.mode === 'LEECH', event.upload);
  }

  #departed(event: EventOf<'departed'>): void {
    const { at, peer, how } = event;
    if (!this.#peers.isPresent(peer)) return;
    this.#present--;
    this.#uploads.take(event);
    this.#count[how === 'gave up' ? 'gaveUp' : how]++;
    const asLeech = this.#peers.modeOf(peer) === LEECH;
    const since = this.#peers.arrivedAt(peer);
    this.#populationOf(peer)?.depart(at, asLeech, this.#peers.uploadOf(peer), since);
    this.#playback.end(at, peer);
    this.#lists.departed(peer);
    this.#peers.depart(peer, at);
  }

  #completed(event: EventOf<'completed'>): void {
    const { at, peer, took } = event;
    if (!this.#peers.isPresent(peer) || this.#peers.modeOf(peer) !== LEECH) return;
    this.#uploads.take(event);
    this.#count.completed++;
    this.#peers.complete(peer);
    this.#populationOf(peer)?.complete(at, this.#peers.uploadOf(peer), took);
    if (!this.#window.has(at)) return;
    const seconds = inSeconds(took);
    this.#downloads.add(seconds);
    const behaviour = this.#peers.behaviourOf(peer);
    while (this.#byBehaviour.length <= behaviour) this.#byBehaviour.push(new Sample());
    this.#byBehaviour[behaviour]?.add(seconds);
  }

  #registered({ at, peer, swarm }: EventOf<'joined' | 'unjoined'>, mode: number): void {
    const own = this.#peers.swarmOf(peer) === swarm;
    const was = this.#registrations.change(peer, swarm, own, mode);
    if (was === mode) return;
    const population = this.#populations[swarm];
    if (was !== 0) levelOf(population, was)?.change(at, -1);
    if (mode !== 0) levelOf(population, mode)?.change(at, 1);
    if ((was === 0) !== (mode === 0)) {
      const behaviour = this.#peers.behaviourOf(peer);
      while (this.#registeredOf.length <= behaviour) this.#registeredOf.push(new Level(this.#window));
      this.#registeredOf[behaviour]?.change(at, mode === 0 ? -1 : 1);
    }
    if (!own || this.#phase !== 'measured') return;
    this.#inDegree[swarm]?.end(peer);
    if (mode !== 0) this.#inDegree[swarm]?.begin(peer, mode);
  }

  #listed(event: EventOf<'handled'>): void {
    const { peer, listed, method } = event;
    if (listed === undefined || this.#phase !== 'measured') return;
    this.#lists.handOut(event);
    const swarm = this.#peers.swarmOf(peer);
    const population = this.#populations[swarm];
    // Who holds a chunk is no sample of the swarm.
    if (population === undefined || method === 'FIND_CHUNK') return;
    const registered = this.#registrations.modeOf(peer);
    const mode = registered === 0 ? this.#peers.modeOf(peer) : registered;
    const leeches = population.registeredLeeches.value - (registered === LEECH ? 1 : 0);
    const seeds = population.registeredSeeds.value;
    const own = listed.filter((other) => this.#peers.swarmOf(other) === swarm);
    const { length } = listed.filter((other) => this.#peers.swarmOfName(other) === swarm);
    this.#inDegree[swarm]?.handOut(peer, mode, own, length, mode === LEECH ? leeches + seeds : leeches);
  }
}

const levelOf = (population: Population | undefined, mode: number) =>
  mode === LEECH ? population?.registeredLeeches : population?.registeredSeeds;
