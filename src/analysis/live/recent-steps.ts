/** Who took each step lately: the latest thousand of each kind and edition. */

const KEPT = 1024;

interface Ring {
  readonly rows: Uint32Array;
  readonly at: Float64Array;
  /** Ever added. */
  count: number;
}

export class RecentSteps {
  readonly #rings: (Ring | undefined)[] = [];
  readonly #perEdition: number;

  /** `steps`: how many kinds of them there are. */
  constructor(steps: number) {
    this.#perEdition = steps;
  }

  add(edition: number, step: number, row: number, at: number): void {
    const place = edition * this.#perEdition + step;
    const ring = (this.#rings[place] ??= {
      rows: new Uint32Array(KEPT),
      at: new Float64Array(KEPT),
      count: 0,
    });
    const slot = ring.count++ % KEPT;
    ring.rows[slot] = row;
    ring.at[slot] = at;
  }

  /** Latest first, each row once, with the time of its latest. */
  latest(
    ways: readonly { readonly edition: number; readonly step: number }[],
    isMeant: (row: number) => boolean,
  ): { readonly rows: readonly number[]; readonly since: readonly number[] } {
    const latest = new Map<number, number>();
    for (const { edition, step } of ways) {
      const ring = this.#rings[edition * this.#perEdition + step];
      if (ring === undefined) continue;
      for (let slot = 0; slot < Math.min(ring.count, KEPT); slot++) {
        const [row, at] = [ring.rows[slot] ?? 0, ring.at[slot] ?? 0];
        if (isMeant(row) && at >= (latest.get(row) ?? 0)) latest.set(row, at);
      }
    }
    const sorted = [...latest].sort((a, b) => b[1] - a[1]);
    return { rows: sorted.map(([row]) => row), since: sorted.map(([, at]) => at) };
  }
}
