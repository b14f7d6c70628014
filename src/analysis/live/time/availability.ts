/** Who holds what, over time: how many peers of a swarm hold each chunk, neighbouring chunks taken together. */
import { Bins, type Grid, type Range } from './bins.ts';

/** Rows of the picture at the most. */
const MOST_ROWS = 128;
/** Fields before the rows': peers looked at, looks. */
const PEERS = 0;
const LOOKS = 1;
const ROWS = 2;

export interface Availability extends Grid {
  readonly swarm: number;
  readonly chunks: number;
  readonly rows: number;
  /** Chunks in each row; the last may have fewer. */
  readonly chunksPerRow: number;
  /**
   * Share of the swarm's peers that hold a chunk, mean over a row's chunks: 0 to 1, column by column, the first chunk first;
   * NaN where nobody looked, or nobody was there.
   */
  readonly share: Float32Array<ArrayBuffer>;
  /** Peers there, mean over the looks in a column; NaN where nobody looked. */
  readonly peers: Float32Array<ArrayBuffer>;
}

export class AvailabilityBins {
  readonly #swarm: number;
  readonly #chunks: number;
  readonly #perRow: number;
  readonly #rows: number;
  readonly #bins: Bins<Float64Array<ArrayBuffer>>;
  readonly #look: Float64Array<ArrayBuffer>;

  constructor(swarm: number, chunks: number, shape: { readonly width: number; readonly most: number }) {
    this.#swarm = swarm;
    this.#chunks = Math.max(1, chunks);
    this.#perRow = Math.ceil(this.#chunks / MOST_ROWS);
    this.#rows = Math.ceil(this.#chunks / this.#perRow);
    this.#look = new Float64Array(ROWS + this.#rows);
    this.#bins = new Bins((length) => new Float64Array(length), { ...shape, fields: this.#look.length });
  }

  /** `holders`: of each chunk among `peers` peers. */
  look(at: number, peers: number, holders: ArrayLike<number>): void {
    const sums = this.#look.fill(0);
    sums[PEERS] = peers;
    sums[LOOKS] = 1;
    for (let chunk = 0; chunk < Math.min(this.#chunks, holders.length); chunk++) {
      const row = ROWS + Math.floor(chunk / this.#perRow);
      sums[row] = (sums[row] ?? 0) + (holders[chunk] ?? 0);
    }
    this.#bins.addAll(at, 0, sums);
  }

  /** With the latest look before the range, if there is one `since` then. */
  answer({ from, to }: Range, columns: number, since: number): Availability {
    const grid = this.#bins.grid({ from: this.#bins.latestBefore(from, since) ?? from, to }, columns);
    const rows = this.#rows;
    const share = new Float32Array(grid.columns * rows).fill(Number.NaN);
    const peers = new Float32Array(grid.columns).fill(Number.NaN);
    const sums = new Float64Array(ROWS + rows);
    for (let column = 0; column < grid.columns; column++) {
      this.#bins.column(grid, column, sums);
      const [there = 0, looks = 0] = sums;
      if (looks > 0) peers[column] = there / looks;
      if (there === 0) continue;
      for (let row = 0; row < rows; row++) {
        const chunks = Math.min(this.#perRow, this.#chunks - row * this.#perRow);
        share[column * rows + row] = (sums[ROWS + row] ?? 0) / (there * chunks);
      }
    }
    return {
      ...grid,
      swarm: this.#swarm,
      chunks: this.#chunks,
      rows,
      chunksPerRow: this.#perRow,
      share,
      peers,
    };
  }
}
