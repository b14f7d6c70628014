/**
 * Quantiles of any number of whole numbers in bounded memory: cells of a constant relative width (the idea of
 * HdrHistogram, G. Tene): each power of two in 128 equal cells, so that a quantile is within 1/128 of the true one.
 * Whole-number arithmetic only, so that every engine counts alike.
 */
const BITS = 7;

export class LogLinearHistogram {
  readonly #cells: number[] = [];
  #count = 0;
  #sum = 0;
  #max = 0;

  /** `value`: a whole number >= 0, under 2^53. */
  add(value: number): void {
    const cell = cellOf(value, BITS);
    while (this.#cells.length <= cell) this.#cells.push(0);
    this.#cells[cell] = (this.#cells[cell] ?? 0) + 1;
    this.#count++;
    this.#sum += value;
    if (value > this.#max) this.#max = value;
  }

  get count(): number {
    return this.#count;
  }
  /** NaN of none. */
  get mean(): number {
    return this.#sum / this.#count;
  }
  get max(): number {
    return this.#max;
  }

  /** The middle of the cell in which the `probability` quantile lies; NaN of none. */
  quantile(probability: number): number {
    const rank = Math.max(1, Math.ceil(probability * this.#count));
    let seen = 0;
    for (let cell = 0; cell < this.#cells.length; cell++) {
      seen += this.#cells[cell] ?? 0;
      if (seen >= rank) return Math.min(this.#max, middleOf(cell, BITS));
    }
    return Number.NaN;
  }
}

/** The cell that a whole number >= 0, under 2^53, falls into, with 2^bits cells in each power of two. */
export function cellOf(value: number, bits: number): number {
  const cells = 2 ** bits;
  if (value < cells) return value;
  const high = Math.floor(value / 4_294_967_296);
  const exponent = high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(value >>> 0);
  const group = exponent - bits;
  return cells * (group + 1) + Math.floor(value / 2 ** group) - cells;
}

/** The middle of a cell. */
export function middleOf(cell: number, bits: number): number {
  const cells = 2 ** bits;
  if (cell < cells) return cell;
  const group = Math.floor(cell / cells) - 1;
  return ((cell % cells) + cells) * 2 ** group + (2 ** group - 1) / 2;
}
