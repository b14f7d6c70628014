/** Row numbers that only ever grow at the end. */
export class Rows {
  #rows = new Uint32Array(1024);
  #length = 0;

  /** A view that holds until the next `append`. */
  get all(): Uint32Array {
    return this.#rows.subarray(0, this.#length);
  }

  append(rows: Uint32Array): void {
    const needed = this.#length + rows.length;
    if (needed > this.#rows.length) {
      const larger = new Uint32Array(Math.max(needed, this.#rows.length * 2));
      larger.set(this.all);
      this.#rows = larger;
    }
    this.#rows.set(rows, this.#length);
    this.#length = needed;
  }
}

/** How many of ascending rows lie before `limit`. */
export function countBefore(rows: Uint32Array, limit: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is left of ascending rows when the first `count` rows of the store are let go and the others move to the front. */
export function forgotten(rows: Uint32Array, count: number): Uint32Array<ArrayBuffer> {
  return rows.slice(countBefore(rows, count)).map((row) => row - count);
}
