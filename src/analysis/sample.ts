/** Observations of one quantity: kept one by one, in the order in which they were made (at most one per peer). */
import { meanOf, observationMeans, type Interval } from './confidence.ts';

/** Points of a curve: x and y of the same length. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const MOST_POINTS = 200;

/**
 * Quantile of sorted values by linear interpolation between order statistics (Hyndman and Fan: Sample quantiles in
 * statistical packages, The American Statistician 50 (1996), type 7).
 */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}

export class Sample {
  #values = new Float64Array(16);
  #count = 0;

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const grown = new Float64Array(2 * this.#count);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#count++] = value;
  }

  get count(): number {
    return this.#count;
  }

  /** In the order in which they came. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#count);
  }

  /** NaN of none. */
  get mean(): number {
    return meanOf(this.values);
  }

  sorted(): Float64Array {
    return this.values.slice().sort();
  }

  /** By batch means over consecutive observations. */
  interval(): Interval | undefined {
    return observationMeans(this.values);
  }

  /**
   * Empirical distribution function F(x) = share of observations <= x, at up to 200 of the order statistics: first and
   * last among them, x never decreasing, y ending at 1.
   */
  ecdf(): Curve {
    const sorted = this.sorted();
    const points = Math.min(MOST_POINTS, sorted.length);
    const x: number[] = [];
    const y: number[] = [];
    for (let i = 0; i < points; i++) {
      const rank = points === 1 ? 0 : Math.round((i * (sorted.length - 1)) / (points - 1));
      // Of equal observations the last one's share holds for all.
      let last = rank;
      while (last + 1 < sorted.length && sorted[last + 1] === sorted[rank]) last++;
      const share = (last + 1) / sorted.length;
      if (y.at(-1) === share) continue;
      x.push(sorted[rank] ?? 0);
      y.push(share);
    }
    return { x, y };
  }
}
