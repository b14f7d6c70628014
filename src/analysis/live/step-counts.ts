/** How often each step was taken, by swarm and edition: in all, and lately. */
import { EDITIONS } from '../../protocol/message.ts';

/** Milliseconds of a bin; that many make the while that rates are taken over. */
const BIN = 1000;
const BINS = 10;

interface Tally {
  /** At `edition * steps + step`. */
  readonly total: Float64Array;
  /** A ring of bins, each like `total`; which bin of the run each holds. */
  readonly lately: Uint32Array;
  readonly bin: Float64Array;
}

export interface StepSums {
  readonly steps: Float64Array<ArrayBuffer>;
  /** Each second. */
  readonly rates: Float32Array<ArrayBuffer>;
}

export class StepCounts {
  readonly #size: number;
  readonly #perEdition: number;
  readonly #swarms = new Map<number, Tally>();

  /** `steps`: how many kinds of them there are. */
  constructor(steps: number) {
    this.#perEdition = steps;
    this.#size = steps * EDITIONS.length;
  }

  /** `at`: milliseconds since the run began; what is long past counts in the total only. */
  add(swarm: number, edition: number, step: number, at: number): void {
    const tally = this.#tallyOf(swarm);
    const place = edition * this.#perEdition + step;
    tally.total[place] = (tally.total[place] ?? 0) + 1;
    const bin = Math.floor(at / BIN);
    const slot = bin % BINS;
    const held = tally.bin[slot] ?? 0;
    if (held > bin) return;
    if (held < bin) {
      tally.lately.fill(0, slot * this.#size, (slot + 1) * this.#size);
      tally.bin[slot] = bin;
    }
    const lately = slot * this.#size + place;
    tally.lately[lately] = (tally.lately[lately] ?? 0) + 1;
  }

  /** As of `at`; without a swarm or an edition: of all of them. */
  sums(at: number, swarm?: number, edition?: number): StepSums {
    const steps = new Float64Array(this.#size);
    const rates = new Float32Array(this.#size);
    const latest = Math.floor(at / BIN);
    const seconds = Math.min(at, BINS * BIN) / 1000;
    const [from, to] =
      edition === undefined
        ? [0, this.#size]
        : [edition * this.#perEdition, (edition + 1) * this.#perEdition];
    for (const { total, lately, bin } of this.#meant(swarm))
      for (let place = from; place < to; place++) {
        steps[place] = (steps[place] ?? 0) + (total[place] ?? 0);
        for (let slot = 0; slot < BINS; slot++)
          if ((bin[slot] ?? 0) > latest - BINS)
            rates[place] = (rates[place] ?? 0) + (lately[slot * this.#size + place] ?? 0);
      }
    // The bin at hand is not over: the ten bins are as long as it is so far and nine more.
    const span = Math.min(seconds, BINS - 1 + (at % BIN) / BIN);
    if (span > 0) for (let place = from; place < to; place++) rates[place] = (rates[place] ?? 0) / span;
    return { steps, rates };
  }

  /** Of these ways together. */
  total(ways: readonly { readonly edition: number; readonly step: number }[], swarm?: number): number {
    let sum = 0;
    for (const { total } of this.#meant(swarm))
      for (const { edition, step } of ways) sum += total[edition * this.#perEdition + step] ?? 0;
    return sum;
  }

  #meant(swarm: number | undefined): Iterable<Tally> {
    if (swarm === undefined) return this.#swarms.values();
    const tally = this.#swarms.get(swarm);
    return tally === undefined ? [] : [tally];
  }

  #tallyOf(swarm: number): Tally {
    let tally = this.#swarms.get(swarm);
    if (tally === undefined) {
      tally = {
        total: new Float64Array(this.#size),
        lately: new Uint32Array(this.#size * BINS),
        bin: new Float64Array(BINS).fill(-1),
      };
      this.#swarms.set(swarm, tally);
    }
    return tally;
  }
}
