/** How far those are who came to download: how many hold which share, over run time and by how long they have been there. */
import { Pieces } from '../pieces.ts';
import { Bins, type Grid, type Range } from './bins.ts';

/** Shares by the hundredth, rounded down: the last cell has those only who hold everything. */
const CELLS = 101;
const WHOLE = CELLS - 1;

/** Percentiles of the fan, in the order of `Progress.quantiles`. */
const PERCENTILES = [0.05, 0.25, 0.5, 0.75, 0.95];

type Cells = Bins<Uint32Array<ArrayBuffer>>;

export interface Progress extends Grid {
  /** What is along the columns: how long each has been there, or run time. */
  readonly by: 'age' | 'run';
  /** Share held by the 5th, 25th, 50th, 75th and 95th percentile, 0 to 1; NaN where nobody was looked at. */
  readonly quantiles: readonly Float32Array<ArrayBuffer>[];
  /** Looks at a peer. */
  readonly looks: Float64Array<ArrayBuffer>;
}

interface Fan {
  readonly byRun: Cells;
  readonly byAge: Cells;
}

export class ProgressBins {
  readonly #all: Fan;
  readonly #bySwarm = new Map<number, Fan>();
  /** Those who completed and are gone, a row each: they still count among those who came when they did. */
  readonly #goneSwarm = new Pieces((size) => new Uint16Array(size));
  readonly #goneArrived = new Pieces((size) => new Float64Array(size));
  #gone = 0;
  #latest = 0;

  /** `swarms`: those that are kept apart. */
  constructor(
    swarms: readonly number[],
    shape: { readonly width: number; readonly most: number; readonly mostApart: number },
  ) {
    const { width, most, mostApart } = shape;
    const cells = (bins: number): Cells =>
      new Bins((length) => new Uint32Array(length), { fields: CELLS, width, most: bins });
    this.#all = { byRun: cells(most), byAge: cells(most) };
    for (const swarm of swarms)
      this.#bySwarm.set(swarm, { byRun: cells(mostApart), byAge: cells(mostApart) });
  }

  /** Somebody who is there holds that share (0 to 1), having come at `arrived`. */
  look(at: number, swarm: number, arrived: number, share: number): void {
    const cell = Math.min(WHOLE, Math.max(0, Math.floor(share * WHOLE + 1e-6)));
    for (const fan of this.#fansOf(swarm)) {
      fan.byRun.add(at, cell, 1);
      fan.byAge.add(Math.max(0, at - arrived), cell, 1);
    }
    this.#latest = Math.max(this.#latest, at);
  }

  /** After everybody there was looked at: those who have everything and are gone. */
  lookBack(at: number): void {
    for (let row = 0; row < this.#gone; row++)
      for (const fan of this.#fansOf(this.#goneSwarm.at(row)))
        fan.byAge.add(Math.max(0, at - this.#goneArrived.at(row)), WHOLE, 1);
  }

  leave(swarm: number, arrived: number): void {
    this.#goneSwarm.set(this.#gone, swarm);
    this.#goneArrived.set(this.#gone, arrived);
    this.#gone++;
  }

  /** `swarm`: undefined for all. With the latest look before the range, if there is one `since` then. Undefined: it is not kept apart. */
  answer(
    { by, swarm }: { readonly by: Progress['by']; readonly swarm: number | undefined },
    range: Range,
    columns: number,
    since: number,
  ): Progress | undefined {
    const fan = swarm === undefined ? this.#all : this.#bySwarm.get(swarm);
    if (fan === undefined) return undefined;
    const bins = by === 'age' ? fan.byAge : fan.byRun;
    const shown =
      by === 'age'
        ? { from: 0, to: bins.count * bins.width }
        : { from: bins.latestBefore(range.from, since) ?? range.from, to: range.to };
    const grid = bins.grid(shown, columns);
    const quantiles = PERCENTILES.map(() => new Float32Array(grid.columns).fill(Number.NaN));
    const looks = new Float64Array(grid.columns);
    const cells = new Float64Array(CELLS);
    for (let column = 0; column < grid.columns; column++) {
      bins.column(grid, column, cells);
      let all = 0;
      for (const some of cells) all += some;
      looks[column] = all;
      if (all === 0) continue;
      let seen = 0;
      let next = 0;
      for (let cell = 0; cell < CELLS; cell++) {
        seen += cells[cell] ?? 0;
        while (next < PERCENTILES.length && seen >= Math.max(1, Math.ceil((PERCENTILES[next] ?? 1) * all))) {
          const quantile = quantiles[next];
          if (quantile !== undefined) quantile[column] = cell / WHOLE;
          next++;
        }
      }
    }
    return { ...grid, by, quantiles, looks };
  }

  *#fansOf(swarm: number): Iterable<Fan> {
    yield this.#all;
    const own = this.#bySwarm.get(swarm);
    if (own !== undefined) yield own;
  }
}
