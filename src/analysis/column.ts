/** One number for each peer, by its index: cells of a typed array that doubles, so that a peer costs bytes. */
type Cells = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

export class Column {
  #cells: Cells;
  readonly #empty: number;

  /** `empty`: what a cell reads before it is set. */
  constructor(of: 'float64' | 'uint32' | 'uint8' = 'float64', empty = 0) {
    this.#empty = empty;
    this.#cells = (
      of === 'float64' ? new Float64Array(64) : of === 'uint32' ? new Uint32Array(64) : new Uint8Array(64)
    ).fill(empty);
  }

  get(index: number): number {
    return this.#cells[index] ?? this.#empty;
  }

  set(index: number, value: number): void {
    if (index >= this.#cells.length) this.#grow(index);
    this.#cells[index] = value;
  }

  add(index: number, value: number): void {
    this.set(index, this.get(index) + value);
  }

  #grow(index: number): void {
    const old = this.#cells;
    const length = Math.max(2 * old.length, index + 1);
    const cells =
      old instanceof Float64Array
        ? new Float64Array(length)
        : old instanceof Uint32Array
          ? new Uint32Array(length)
          : new Uint8Array(length);
    cells.set(old);
    this.#cells = cells.fill(this.#empty, old.length);
  }
}
