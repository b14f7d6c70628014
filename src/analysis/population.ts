/**
 * Who is in a swarm, in which mode, for how long: one swarm's levels and counts. The true population (from arrival to
 * departure) and the tracker's (from joined to unjoined) are told apart: between them lie the crashed.
 */
import type { Micros } from '../simulation/virtual/events.ts';
import { batchMeans } from './confidence.ts';
import type { SeriesRow } from './csv.ts';
import type { Measures } from './measures.ts';
import { Sample } from './sample.ts';
import { mser5 } from './warm-up.ts';
import { inSeconds, Level, Tally, type Window } from './window.ts';

export class Population {
  readonly id: string;
  readonly leeches: Level;
  readonly seeds: Level;
  readonly registeredLeeches: Level;
  readonly registeredSeeds: Level;
  /** Bytes/s that its LEECHes' uplinks could carry. */
  readonly #leechCapacity: Level;
  readonly #arrivals: Tally;
  readonly #leechArrivals: Tally;
  readonly #leechDepartures: Tally;
  readonly requests: Tally;
  readonly errors: Tally;
  readonly #departures: Tally;
  /** Seconds, of those that completed in the window. */
  readonly downloads = new Sample();
  /** Seconds as LEECH, summed. */
  readonly #leechSeconds: Tally;
  readonly #window: Window;
  #told = { arrivals: 0, departures: 0, requests: 0, errors: 0 };
  readonly #sizes = new Sample();

  constructor(id: string, window: Window) {
    this.id = id;
    this.#window = window;
    const level = () => new Level(window);
    const tally = () => new Tally(window);
    this.leeches = level();
    this.seeds = level();
    this.registeredLeeches = level();
    this.registeredSeeds = level();
    this.#leechCapacity = level();
    this.#arrivals = tally();
    this.#leechArrivals = tally();
    this.#leechDepartures = tally();
    this.#departures = tally();
    this.requests = tally();
    this.errors = tally();
    this.#leechSeconds = tally();
  }

  /** `upload`: bytes/s of its uplink. */
  arrive(at: Micros, asLeech: boolean, upload: number): void {
    this.#arrivals.add(at);
    (asLeech ? this.leeches : this.seeds).change(at, 1);
    if (!asLeech) return;
    this.#leechArrivals.add(at);
    this.#leechCapacity.change(at, upload);
  }

  /** `since`: when it arrived. */
  depart(at: Micros, asLeech: boolean, upload: number, since: Micros): void {
    this.#departures.add(at);
    (asLeech ? this.leeches : this.seeds).change(at, -1);
    if (!asLeech) return;
    this.#leechCapacity.change(at, -upload);
    this.#leechDepartures.add(at);
    this.#leechSeconds.add(at, inSeconds(at - since));
  }

  /** `took`: since it arrived. */
  complete(at: Micros, upload: number, took: Micros): void {
    this.leeches.change(at, -1);
    this.seeds.change(at, 1);
    this.#leechCapacity.change(at, -upload);
    this.#leechSeconds.add(at, inSeconds(took));
    if (this.#window.has(at)) this.downloads.add(inSeconds(took));
  }

  /** The row at `time` seconds, of everything told so far. */
  sample(time: number): SeriesRow {
    const now = {
      arrivals: this.#arrivals.all,
      departures: this.#departures.all,
      requests: this.requests.all,
      errors: this.errors.all,
    };
    const row: SeriesRow = {
      time,
      swarm: this.id,
      leeches: this.leeches.value,
      seeds: this.seeds.value,
      arrivals: now.arrivals - this.#told.arrivals,
      departures: now.departures - this.#told.departures,
      requests: now.requests - this.#told.requests,
      errors: now.errors - this.#told.errors,
    };
    this.#told = now;
    this.#sizes.add(row.leeches + row.seeds);
    return row;
  }

  /** `bytes`: that its LEECHes sent in the window. */
  tellEffectiveness(measures: Measures, now: Micros, bytes: number): void {
    const carried = inSeconds(this.#leechCapacity.integral(now));
    measures.tell('swarms.*.effectiveness', bytes / carried, { of: this.id });
  }

  /** `every`: seconds between samples; `now`: the run's end. */
  tell(measures: Measures, now: Micros, every: number): void {
    const of = this.id;
    const leeches = this.leeches.batchMeans(now);
    const seeds = this.seeds.batchMeans(now);
    const meanLeeches = this.leeches.mean(now);
    const meanSeeds = this.seeds.mean(now);
    measures.tell('swarms.*.meanLeeches', meanLeeches, { of, interval: batchMeans(leeches) });
    measures.tell('swarms.*.meanSeeds', meanSeeds, { of, interval: batchMeans(seeds) });
    measures.tell('swarms.*.meanPeers', meanLeeches + meanSeeds, {
      of,
      interval: batchMeans(leeches.map((count, batch) => count + (seeds[batch] ?? 0))),
    });
    for (const [key, level] of [
      ['swarms.*.meanRegisteredLeeches', this.registeredLeeches],
      ['swarms.*.meanRegisteredSeeds', this.registeredSeeds],
    ] as const)
      measures.tell(key, level.mean(now), { of, interval: batchMeans(level.batchMeans(now)) });
    measures.tell('swarms.*.arrivalRate', this.#arrivals.rate(now), {
      of,
      interval: batchMeans(this.#arrivals.batchRates(now)),
    });
    const completed = this.downloads.count;
    const settled = completed + this.#leechDepartures.measured;
    measures.tell('swarms.*.completionShare', completed / settled, { of, observations: settled });
    measures.tell('swarms.*.meanDownloadSeconds', this.downloads.mean, {
      of,
      interval: this.downloads.interval(),
      observations: completed,
    });
    const meanLeechSeconds = this.#leechSeconds.measured / settled;
    measures.tell('swarms.*.meanLeechSeconds', meanLeechSeconds, { of, observations: settled });
    measures.tell('swarms.*.littleRatio', meanLeeches / (this.#leechArrivals.rate(now) * meanLeechSeconds), {
      of,
    });
    const settles = mser5(this.#sizes.values);
    if (settles !== undefined) measures.tell('swarms.*.warmUpSeconds', settles * every, { of });
  }
}
