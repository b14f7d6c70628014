/**
 * Lists over the whole run: sums by bins of time whose width doubles when there are too many, so that a run of any
 * length has its beginning and its end in one picture. All swarms together, and each of the first few hundred by itself.
 */
import type { SeriesAnswer } from './list-questions.ts';

const MOST_BINS = 300;
const NARROWEST = 1000;
const MOST_SWARMS = 256;

const FIELDS = [
  'lists',
  'entries',
  'asking',
  'wanted',
  'gone',
  'unknown',
  'own',
  'ownOverlap',
  'ownExpected',
  'others',
  'othersOverlap',
  'othersExpected',
] as const;
type Field = (typeof FIELDS)[number];
export type ListSums = Readonly<Record<Field, number>>;

type Sums = Record<Field, Float64Array<ArrayBuffer>>;

const empty = (length: number): Sums => ({
  lists: new Float64Array(length),
  entries: new Float64Array(length),
  asking: new Float64Array(length),
  wanted: new Float64Array(length),
  gone: new Float64Array(length),
  unknown: new Float64Array(length),
  own: new Float64Array(length),
  ownOverlap: new Float64Array(length),
  ownExpected: new Float64Array(length),
  others: new Float64Array(length),
  othersOverlap: new Float64Array(length),
  othersExpected: new Float64Array(length),
});

export class ListSeries {
  readonly #all = empty(MOST_BINS);
  readonly #bySwarm = new Map<number, Sums>();
  #width = NARROWEST;
  #bins = 0;

  add(at: number, swarm: number, sums: ListSums): void {
    while (at >= this.#width * MOST_BINS) this.#widen();
    const bin = Math.max(0, Math.floor(at / this.#width));
    this.#bins = Math.max(this.#bins, bin + 1);
    let own = this.#bySwarm.get(swarm);
    if (own === undefined && this.#bySwarm.size < MOST_SWARMS)
      this.#bySwarm.set(swarm, (own = empty(MOST_BINS)));
    for (const field of FIELDS) {
      const all = this.#all[field];
      all[bin] = (all[bin] ?? 0) + sums[field];
      if (own !== undefined) own[field][bin] = (own[field][bin] ?? 0) + sums[field];
    }
  }

  /** `until`: where the run stands, milliseconds; bins go up to there. */
  answer(
    swarm: number | undefined,
    until: number,
    rest: Pick<SeriesAnswer, 'omitted' | 'gaps'>,
  ): SeriesAnswer {
    const sums = swarm === undefined ? this.#all : (this.#bySwarm.get(swarm) ?? empty(MOST_BINS));
    while (until >= this.#width * MOST_BINS) this.#widen();
    const bins = Math.max(this.#bins, Math.floor(until / this.#width) + 1);
    const cut = empty(bins);
    for (const field of FIELDS) cut[field].set(sums[field].subarray(0, bins));
    return { about: 'series', width: this.#width, ...cut, ...rest };
  }

  #widen(): void {
    for (const sums of [this.#all, ...this.#bySwarm.values()])
      for (const field of FIELDS) {
        const bins = sums[field];
        for (let bin = 0; bin < MOST_BINS / 2; bin++)
          bins[bin] = (bins[2 * bin] ?? 0) + (bins[2 * bin + 1] ?? 0);
        bins.fill(0, MOST_BINS / 2);
      }
    this.#width *= 2;
    this.#bins = Math.ceil(this.#bins / 2);
  }
}
