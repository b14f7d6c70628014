/**
 * Sums over time in bounded memory: bins of one width, each with the same fields. When a run outgrows them, every two
 * neighbours become one bin of twice the width; sums stay what they were.
 */
interface Store {
  readonly length: number;
  [index: number]: number;
  set(values: ArrayLike<number>): void;
  fill(value: number, from: number, to: number): unknown;
}

/** Of time, in milliseconds since the run began; `to` is not in it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Columns of one width, the first begins at `from`; milliseconds. */
export interface Grid {
  readonly from: number;
  readonly width: number;
  readonly columns: number;
}

/** Bins that there is room for at first. */
const FIRST = 64;

export class Bins<Of extends Store> {
  readonly fields: number;
  /** Milliseconds. */
  width: number;
  /** Bins so far: the last one that anything was added to, and all before it. */
  count = 0;
  readonly #most: number;
  readonly #make: (length: number) => Of;
  #sums: Of;

  /** `most`: an even number of bins; `width`: of a bin at first, in milliseconds. */
  constructor(
    make: (length: number) => Of,
    shape: { readonly fields: number; readonly width: number; readonly most: number },
  ) {
    this.fields = shape.fields;
    this.width = shape.width;
    this.#most = shape.most;
    this.#make = make;
    this.#sums = make(Math.min(FIRST, shape.most) * shape.fields);
  }

  /** `at`: milliseconds since the run began, 0 or later. */
  add(at: number, field: number, value: number): void {
    const place = this.#binOf(at) * this.fields + field;
    this.#sums[place] = (this.#sums[place] ?? 0) + value;
  }

  /** Adds to all fields of the bin from `first` on. */
  addAll(at: number, first: number, values: ArrayLike<number>): void {
    const place = this.#binOf(at) * this.fields + first;
    for (let i = 0; i < values.length; i++)
      this.#sums[place + i] = (this.#sums[place + i] ?? 0) + (values[i] ?? 0);
  }

  /**
   * As few columns of whole bins as hold the range, at most `columns`; a column is 2^k bins and begins at a multiple of
   * its width, so that columns stay as they are while the range moves on.
   */
  grid(range: Range, columns: number): Grid {
    let { width } = this;
    const gridAt = (): Grid => {
      const from = Math.floor(range.from / width) * width;
      return { from, width, columns: Math.max(1, Math.ceil((range.to - from) / width)) };
    };
    let grid = gridAt();
    while (grid.columns > Math.max(1, columns)) {
      width *= 2;
      grid = gridAt();
    }
    return grid;
  }

  /** Begin of the latest bin before `at`, and not before `since`, that something was added to; undefined: there is none. */
  latestBefore(at: number, since: number): number | undefined {
    for (let bin = Math.min(this.count, Math.floor(at / this.width)) - 1; bin * this.width >= since; bin--) {
      const begin = bin * this.fields;
      for (let place = begin; place < begin + this.fields; place++)
        if (this.#sums[place] !== 0) return bin * this.width;
    }
    return undefined;
  }

  /** Sums of a field, a number per column of a grid of these bins. */
  columns(grid: Grid, field: number): Float64Array<ArrayBuffer> {
    const sums = new Float64Array(grid.columns);
    const bins = grid.width / this.width;
    const first = grid.from / this.width;
    const end = Math.min(this.count, first + grid.columns * bins);
    for (let bin = first; bin < end; bin++) {
      const column = Math.floor((bin - first) / bins);
      sums[column] = (sums[column] ?? 0) + (this.#sums[bin * this.fields + field] ?? 0);
    }
    return sums;
  }

  /** Sums of all fields over one column of a grid of these bins, into a row of as many places. */
  column(grid: Grid, column: number, into: Float64Array<ArrayBuffer>): void {
    into.fill(0);
    const { fields } = this;
    const bins = grid.width / this.width;
    const first = grid.from / this.width + column * bins;
    const sums = this.#sums;
    for (let bin = first; bin < Math.min(this.count, first + bins); bin++) {
      const begin = bin * fields;
      for (let field = 0; field < fields; field++) {
        const sum = sums[begin + field] ?? 0;
        if (sum !== 0) into[field] = (into[field] ?? 0) + sum;
      }
    }
  }

  /** Sum of a field over all bins before that moment, a multiple of the width. */
  before(at: number, field: number): number {
    const end = Math.min(this.count, at / this.width);
    let sum = 0;
    for (let bin = 0; bin < end; bin++) sum += this.#sums[bin * this.fields + field] ?? 0;
    return sum;
  }

  #binOf(at: number): number {
    while (at >= this.width * this.#most) this.#merge();
    const bin = Math.floor(at / this.width);
    if (bin >= this.count) {
      this.count = bin + 1;
      this.#makeRoom();
    }
    return bin;
  }

  #makeRoom(): void {
    const needed = this.count * this.fields;
    if (needed <= this.#sums.length) return;
    const bins = Math.min(this.#most, Math.max(this.count, (2 * this.#sums.length) / this.fields));
    const larger = this.#make(bins * this.fields);
    larger.set(this.#sums);
    this.#sums = larger;
  }

  #merge(): void {
    const { fields } = this;
    const sums = this.#sums;
    const half = Math.ceil(this.count / 2);
    for (let bin = 0; bin < half; bin++)
      for (let field = 0; field < fields; field++) {
        const second = 2 * bin + 1 < this.count ? (sums[(2 * bin + 1) * fields + field] ?? 0) : 0;
        sums[bin * fields + field] = (sums[2 * bin * fields + field] ?? 0) + second;
      }
    sums.fill(0, half * fields, this.count * fields);
    this.count = half;
    this.width *= 2;
  }
}
