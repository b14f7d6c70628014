/** Tables of one batch read as one story: row by row, in order of time. */

/** One table of a batch, read row by row. */
export class Stream {
  readonly #times: Float64Array<ArrayBuffer>;
  readonly #row: (index: number, at: number) => void;
  #index = 0;
  at: number;

  constructor(times: Float64Array<ArrayBuffer>, row: (index: number, at: number) => void) {
    this.#times = times;
    this.#row = row;
    this.at = times[0] ?? Infinity;
  }

  step(): void {
    this.#row(this.#index++, this.at);
    this.at = this.#times[this.#index] ?? Infinity;
  }
}

/** What happened at the same moment happened in the order of the streams. */
export function readTogether(streams: readonly [Stream, ...Stream[]]): void {
  for (;;) {
    let [soonest] = streams;
    for (const one of streams) if (one.at < soonest.at) soonest = one;
    if (soonest.at === Infinity) return;
    soonest.step();
  }
}
