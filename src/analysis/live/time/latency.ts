/**
 * How long answers took, over time: a log-linear histogram per bin (the idea of HdrHistogram, G. Tene), in tenths of a
 * millisecond, each power of two in 32 equal cells: a quantile is within 1/64 of the true one, or within 0.05 ms.
 */
import { cellOf, middleOf } from '../../log-linear-histogram.ts';
import { Bins, type Grid, type Range } from './bins.ts';

const BITS = 5;
/** Tenths of a millisecond: 209 s, longer than any request is waited for. */
const LONGEST = 2 ** 21 - 1;
const ALL_CELLS = cellOf(LONGEST, BITS) + 1;

/** Milliseconds: a column by itself may be too short to say anything. */
const LATELY = 10_000;

export interface Latency extends Grid {
  /** Milliseconds; NaN where nothing was answered. */
  readonly p50: Float32Array<ArrayBuffer>;
  readonly p90: Float32Array<ArrayBuffer>;
  readonly p99: Float32Array<ArrayBuffer>;
  /** The same over the last ten seconds of what is told, or the last column where columns are longer by then. */
  readonly lately: { readonly p50: number; readonly p90: number; readonly p99: number };
  /** Answers. */
  readonly count: Float64Array<ArrayBuffer>;
}

export class LatencyBins {
  readonly #bins: Bins<Uint32Array<ArrayBuffer>>;

  constructor(shape: { readonly width: number; readonly most: number }) {
    this.#bins = new Bins((length) => new Uint32Array(length), { ...shape, fields: ALL_CELLS });
  }

  /** `took` in milliseconds. */
  add(at: number, took: number): void {
    const tenths = Math.min(LONGEST, Math.max(0, Math.round(took * 10)));
    this.#bins.add(at, cellOf(tenths, BITS), 1);
  }

  /** `told`: everything up to here is known. */
  answer(range: Range, columns: number, told: number): Latency {
    const grid = this.#bins.grid(range, columns);
    const quantiles = () => new Float32Array(grid.columns).fill(Number.NaN);
    const [p50, p90, p99] = [quantiles(), quantiles(), quantiles()];
    const count = new Float64Array(grid.columns);
    const cells = new Float64Array(ALL_CELLS);
    for (let column = 0; column < grid.columns; column++) {
      this.#bins.column(grid, column, cells);
      let all = 0;
      for (const some of cells) all += some;
      count[column] = all;
      if (all === 0) continue;
      p50[column] = quantileOf(cells, all, 0.5);
      p90[column] = quantileOf(cells, all, 0.9);
      p99[column] = quantileOf(cells, all, 0.99);
    }
    return { ...grid, p50, p90, p99, count, lately: this.#lately(Math.min(told, range.to)) };
  }

  #lately(to: number): Latency['lately'] {
    const grid = this.#bins.grid({ from: Math.max(0, to - LATELY), to }, Infinity);
    const cells = new Float64Array(ALL_CELLS);
    const sums = new Float64Array(ALL_CELLS);
    let all = 0;
    for (let column = 0; column < grid.columns; column++) {
      this.#bins.column(grid, column, cells);
      cells.forEach((some, cell) => {
        sums[cell] = (sums[cell] ?? 0) + some;
        all += some;
      });
    }
    const of = (probability: number): number => (all === 0 ? Number.NaN : quantileOf(sums, all, probability));
    return { p50: of(0.5), p90: of(0.9), p99: of(0.99) };
  }
}

/** The middle of the cell in which the quantile lies, in milliseconds. */
function quantileOf(cells: Float64Array, count: number, probability: number): number {
  const rank = Math.max(1, Math.ceil(probability * count));
  let seen = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    seen += cells[cell] ?? 0;
    if (seen >= rank) return middleOf(cell, BITS) / 10;
  }
  return Number.NaN;
}
