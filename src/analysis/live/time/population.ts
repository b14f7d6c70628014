/** SEEDs and LEECHes of every swarm, over time: by how many they became more or fewer in each bin. */
import { Bins, type Grid, type Range } from './bins.ts';

/** Of one swarm, or of several together; at the end of each column. */
export interface SwarmLevels {
  /** As peers have it; undefined: all swarms that are not shown by themselves. */
  readonly swarm: number | undefined;
  readonly seeds: Float64Array<ArrayBuffer>;
  readonly leeches: Float64Array<ArrayBuffer>;
}

export interface Population extends Grid {
  /** The largest ones, the largest first, then the others together. */
  readonly swarms: readonly SwarmLevels[];
  /** How many are together in the last one. */
  readonly others: number;
}

/** Places of peers of others that are counted by themselves. */
const FURTHER = 32;
/** Swarms times bins at the most: 8 MiB. */
const MOST_CELLS = 2 ** 20;
const FEWEST_BINS = 64;

const LEECH = 0;
const SEED = 1;

export class PopulationBins {
  readonly #bins: Bins<Int32Array<ArrayBuffer>>;
  readonly #swarms: number;
  /** Swarms that anybody was ever in. */
  readonly #seen = new Set<number>();

  /** `swarms`: of the scenario. Many of them share the memory of a few, by wider bins. */
  constructor(swarms: number, { width, most }: { readonly width: number; readonly most: number }) {
    this.#swarms = swarms + FURTHER + 1;
    const room = 2 * Math.floor(MOST_CELLS / this.#swarms / 2);
    this.#bins = new Bins((length) => new Int32Array(length), {
      fields: 2 * this.#swarms,
      width,
      most: Math.min(most, Math.max(FEWEST_BINS, room)),
    });
  }

  /** `mode`: 0 LEECH, 1 SEED; `by`: 1 one more, -1 one fewer. */
  add(at: number, swarm: number, mode: number, by: 1 | -1): void {
    const place = Math.min(swarm, this.#swarms - 1);
    this.#seen.add(place);
    this.#bins.add(at, 2 * place + mode, by);
  }

  answer(range: Range, columns: number, apart: number): Population {
    const grid = this.#bins.grid(range, columns);
    const all = [...this.#seen].map((swarm) => {
      const seeds = this.#levels(grid, 2 * swarm + SEED);
      const leeches = this.#levels(grid, 2 * swarm + LEECH);
      const most = seeds.reduce((top, some, i) => Math.max(top, some + (leeches[i] ?? 0)), 0);
      return { swarm, seeds, leeches, most };
    });
    all.sort((one, other) => other.most - one.most || one.swarm - other.swarm);
    const last = this.#swarms - 1;
    const shown = all.filter(({ swarm }) => swarm !== last).slice(0, apart);
    const rest = all.filter((one) => !shown.includes(one));
    const swarms: SwarmLevels[] = shown.map(({ swarm, seeds, leeches }) => ({ swarm, seeds, leeches }));
    if (rest.length > 0) {
      const [seeds, leeches] = [new Float64Array(grid.columns), new Float64Array(grid.columns)];
      for (const one of rest)
        for (let i = 0; i < grid.columns; i++) {
          seeds[i] = (seeds[i] ?? 0) + (one.seeds[i] ?? 0);
          leeches[i] = (leeches[i] ?? 0) + (one.leeches[i] ?? 0);
        }
      swarms.push({ swarm: undefined, seeds, leeches });
    }
    return { ...grid, swarms, others: rest.length };
  }

  #levels(grid: Grid, field: number): Float64Array<ArrayBuffer> {
    const levels = this.#bins.columns(grid, field);
    let level = this.#bins.before(grid.from, field);
    for (let i = 0; i < levels.length; i++) {
      level += levels[i] ?? 0;
      levels[i] = level;
    }
    return levels;
  }
}
