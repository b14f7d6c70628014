/**
 * The run over time: who is there, who comes and goes, what is asked and answered how fast, who holds what. All of it is
 * sums in bins that widen as the run grows, so that hours take no more room than minutes.
 */
import { METHODS, type Method } from '../../protocol/message.ts';
import { DEPARTURES, OUTCOMES, type Outcome } from '../../simulation/observation.ts';
import type { Directory, Observer, ObserverOf, Resolved } from './observer.ts';
import { Pieces } from './pieces.ts';
import { AvailabilityBins, type Availability } from './time/availability.ts';
import { Bins, type Grid, type Range } from './time/bins.ts';
import { Gaps } from './time/gaps.ts';
import { LatencyBins, type Latency } from './time/latency.ts';
import { PopulationBins, type Population } from './time/population.ts';
import { ProgressBins, type Progress } from './time/progress.ts';

export type { Availability, Grid, Latency, Population, Progress, Range };

/** What there is a chart of. */
export type TimePart =
  'population' | 'churn' | 'requests' | 'latency' | 'errors' | 'availability' | 'progress';

export interface TimeAsk {
  readonly parts: readonly TimePart[];
  /** Milliseconds since the run began, or the latest so many of them: Infinity for the whole run. */
  readonly range: Range | { readonly latest: number };
  /** Columns at the most, 1 to 4,096. */
  readonly columns: number;
  /** Swarms that are shown by themselves, the largest ones of the range; the others are taken together. */
  readonly swarms: number;
  /** Whose chunks are told; one of `TimeAnswer.apart`. */
  readonly availabilityOf: number;
  /** Whose progress is; undefined: that of everybody who downloads something with an end. */
  readonly progressOf: number | undefined;
  /** Over how long each has been there, or over run time. */
  readonly progressBy: 'age' | 'run';
}

export type Departure = (typeof DEPARTURES)[number];

/** How many there were of one kind, in each column. */
export interface Counted<Kind extends string> {
  readonly kind: Kind;
  readonly count: Float64Array<ArrayBuffer>;
}

/** How many came, and how many went in which way. */
export interface Churn extends Grid {
  readonly arrivals: Float64Array<ArrayBuffer>;
  readonly departures: readonly Counted<Departure>[];
}

/** Requests that ended, of every kind seen in the run so far; errors are all outcomes but `ok`. */
export interface Requests<Kind extends string> extends Grid {
  readonly kinds: readonly Counted<Kind>[];
  /** However they ended. */
  readonly all: Float64Array<ArrayBuffer>;
}

export interface TimeAnswer {
  /** What was asked for, in milliseconds since the run began. */
  readonly range: Range;
  /** Everything up to here is known. */
  readonly told: number;
  /** Milliseconds: the narrowest column there is by now. */
  readonly finest: number;
  /** Of these whiles somebody told nothing, or only some did; only those in the range. */
  readonly gaps: readonly Range[];
  /** Swarms whose chunks and progress are kept apart. */
  readonly apart: readonly number[];
  /** Some swarm has an end that downloads come to: else there is no progress. */
  readonly ends: boolean;
  /** Those that were asked for, and of which there is anything. */
  readonly population?: Population;
  readonly churn?: Churn;
  readonly requests?: Requests<Method>;
  readonly latency?: Latency;
  readonly errors?: Requests<Exclude<Outcome, 'ok'>>;
  readonly availability?: Availability;
  readonly progress?: Progress;
}

/** Milliseconds of a bin at first, and bins at the most. */
const BIN = { width: 1000, most: 4096 };
/** The same for what is only looked at now and then. */
const LOOK = { width: 1000, most: 1024 };
/** Swarms whose chunks and progress are kept apart: the scenario's first ones; and bins of each where there are many. */
const MOST_APART = 64;
const FEW_APART = 8;
const BINS_OF_MANY = 256;
const MOST_COLUMNS = 4096;

const ARRIVALS = 0;
const DEPARTED = 1;
const METHOD = DEPARTED + DEPARTURES.length;
const OUTCOME = METHOD + METHODS.length;
const COUNTED = OUTCOME + OUTCOMES.length;

const OK = OUTCOMES.indexOf('ok');
const FAILURES = OUTCOMES.filter((outcome) => outcome !== 'ok');
/** The tracker's answer came and could be read: what it took is the latency. */
const ANSWERED = OUTCOMES.indexOf('unreadable');

const LEECH = 0;
const SEED = 1;
/** Codes of how somebody came, and what it is now; 0: nobody has come. */
const CAME = 1;

class TimeObserver implements Observer<TimeAsk, TimeAnswer> {
  readonly #directory: Directory;
  readonly #counts = new Bins((length) => new Float64Array(length), { ...BIN, fields: COUNTED });
  /** Of the whole run, by field. */
  readonly #ever = new Float64Array(COUNTED);
  readonly #population: PopulationBins;
  readonly #latency = new LatencyBins(BIN);
  readonly #progress: ProgressBins;
  readonly #availability = new Map<number, AvailabilityBins>();
  readonly #apart: readonly number[];
  readonly #gaps = new Gaps();
  readonly #came = new Pieces((size) => new Uint8Array(size));
  readonly #mode = new Pieces((size) => new Uint8Array(size));
  #told = 0;

  constructor(directory: Directory) {
    this.#directory = directory;
    const { swarms } = directory.run;
    this.#population = new PopulationBins(swarms.length, BIN);
    this.#apart = swarms.slice(0, MOST_APART).map((_, swarm) => swarm);
    const mostApart = this.#apart.length > FEW_APART ? BINS_OF_MANY : LOOK.most;
    const ending = this.#apart.filter((swarm) => swarms[swarm]?.kind === 'vod');
    this.#progress = new ProgressBins(ending, { ...LOOK, mostApart });
    for (const swarm of this.#apart)
      this.#availability.set(
        swarm,
        new AvailabilityBins(swarm, swarms[swarm]?.chunks ?? 1, { ...LOOK, most: mostApart }),
      );
  }

  take(batch: Resolved): void {
    this.#takeArrivals(batch);
    this.#takeTurns(batch);
    this.#takeDepartures(batch);
    this.#takeRequests(batch);
    this.#takeStanding(batch);
    for (const gap of batch.gaps ?? []) this.#gaps.add(gap);
    this.#told = Math.max(this.#told, batch.at);
  }

  answer(ask: TimeAsk): TimeAnswer {
    const range = rangeOf(ask.range, this.#told);
    const columns = Math.min(MOST_COLUMNS, Math.max(1, Math.floor(ask.columns)));
    // What was seen last before the range holds on in it, unless something was missed in between.
    const since = this.#gaps.knownSince(range.from, range.to - range.from);
    const wants = (part: TimePart): boolean => ask.parts.includes(part);
    const availability = this.#availability.get(ask.availabilityOf);
    const progress = wants('progress')
      ? this.#progress.answer({ by: ask.progressBy, swarm: ask.progressOf }, range, columns, since)
      : undefined;
    return {
      range,
      told: this.#told,
      finest: this.#counts.width,
      gaps: this.#gaps.within(range),
      apart: this.#apart,
      ends: this.#directory.run.swarms.some((_, swarm) => this.#ends(swarm)),
      ...(wants('population') ? { population: this.#population.answer(range, columns, ask.swarms) } : {}),
      ...(wants('churn') ? { churn: this.#churn(range, columns) } : {}),
      ...(wants('requests') ? { requests: this.#requests(range, columns, METHOD, METHODS) } : {}),
      ...(wants('latency') ? { latency: this.#latency.answer(range, columns, this.#told) } : {}),
      ...(wants('errors') ? { errors: this.#requests(range, columns, OUTCOME + 1, FAILURES) } : {}),
      ...(wants('availability') && availability !== undefined
        ? { availability: availability.answer(range, columns, since) }
        : {}),
      ...(progress === undefined ? {} : { progress }),
    };
  }

  #count(at: number, field: number): void {
    this.#counts.add(at, field, 1);
    this.#ever[field] = (this.#ever[field] ?? 0) + 1;
  }

  #takeArrivals({ arrivals }: Resolved): void {
    arrivals.at.forEach((at, i) => {
      this.#count(at, ARRIVALS);
      const row = this.#directory.rowOf(arrivals.peer[i] ?? 0);
      if (row === undefined || this.#came.at(row) !== 0) return;
      const mode = arrivals.mode[i] ?? LEECH;
      this.#came.set(row, CAME + mode);
      this.#mode.set(row, mode);
      this.#population.add(at, arrivals.swarm[i] ?? 0, mode, 1);
    });
  }

  #takeTurns({ turns }: Resolved): void {
    turns.at.forEach((at, i) => {
      const row = this.#directory.rowOf(turns.peer[i] ?? 0);
      const mode = turns.mode[i] ?? LEECH;
      if (row === undefined || this.#came.at(row) === 0 || this.#mode.at(row) === mode) return;
      const swarm = this.#directory.swarmAt(row);
      this.#population.add(at, swarm, this.#mode.at(row), -1);
      this.#population.add(at, swarm, mode, 1);
      this.#mode.set(row, mode);
    });
  }

  #takeDepartures({ departures }: Resolved): void {
    departures.at.forEach((at, i) => {
      this.#count(at, DEPARTED + (departures.how[i] ?? 0));
      const row = this.#directory.rowOf(departures.peer[i] ?? 0);
      const came = row === undefined ? 0 : this.#came.at(row);
      if (row === undefined || came === 0) return;
      const swarm = this.#directory.swarmAt(row);
      const mode = this.#mode.at(row);
      this.#population.add(at, swarm, mode, -1);
      this.#came.set(row, 0);
      if (came === CAME + LEECH && mode === SEED && this.#ends(swarm))
        this.#progress.leave(swarm, this.#directory.arrivedAt(row));
    });
  }

  #takeRequests({ requests }: Resolved): void {
    requests.at.forEach((at, i) => {
      const outcome = requests.outcome[i] ?? OK;
      this.#count(at, METHOD + (requests.method[i] ?? 0));
      this.#count(at, OUTCOME + outcome);
      const took = requests.took[i] ?? Number.NaN;
      // Of peers of others nobody knows it at times.
      if (outcome < ANSWERED && !Number.isNaN(took)) this.#latency.add(at, took);
    });
  }

  #takeStanding({ at, standing }: Resolved): void {
    if (standing === undefined) return;
    const peers = new Map<number, number>();
    standing.peer.forEach((peer, i) => {
      const row = this.#directory.rowOf(peer);
      if (row === undefined) return;
      const swarm = this.#directory.swarmAt(row);
      peers.set(swarm, (peers.get(swarm) ?? 0) + 1);
      if (this.#came.at(row) === CAME + LEECH && this.#ends(swarm))
        this.#progress.look(at, swarm, this.#directory.arrivedAt(row), standing.share[i] ?? 0);
    });
    this.#progress.lookBack(at);
    for (const { swarm, chunks } of standing.holders)
      this.#availability.get(swarm)?.look(at, peers.get(swarm) ?? 0, chunks);
  }

  /** A live stream never does. */
  #ends(swarm: number): boolean {
    return this.#directory.run.swarms[swarm]?.kind === 'vod';
  }

  #churn(range: Range, columns: number): Churn {
    const grid = this.#counts.grid(range, columns);
    return {
      ...grid,
      arrivals: this.#counts.columns(grid, ARRIVALS),
      departures: this.#counted(grid, DEPARTED, DEPARTURES),
    };
  }

  #requests<Kind extends string>(
    range: Range,
    columns: number,
    first: number,
    kinds: readonly Kind[],
  ): Requests<Kind> {
    const grid = this.#counts.grid(range, columns);
    const all = new Float64Array(grid.columns);
    for (const { count } of this.#counted(grid, METHOD, METHODS))
      count.forEach((some, column) => {
        all[column] = (all[column] ?? 0) + some;
      });
    return { ...grid, kinds: this.#counted(grid, first, kinds), all };
  }

  #counted<Kind extends string>(grid: Grid, first: number, kinds: readonly Kind[]): Counted<Kind>[] {
    return kinds.flatMap((kind, i) =>
      this.#ever[first + i] === 0 ? [] : [{ kind, count: this.#counts.columns(grid, first + i) }],
    );
  }
}

/** Within what is known; never empty. */
function rangeOf(range: TimeAsk['range'], told: number): Range {
  if ('latest' in range) {
    const to = Math.max(told, BIN.width);
    return { from: Math.max(0, to - Math.max(BIN.width, range.latest)), to };
  }
  const from = Math.max(0, range.from);
  return { from, to: Math.max(range.to, from + BIN.width) };
}

export const observeTime: ObserverOf<TimeAsk, TimeAnswer> = (directory) => new TimeObserver(directory);
