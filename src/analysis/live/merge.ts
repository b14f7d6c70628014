/** Rows of several sources as one, in order of time: which row of which of them comes next, and columns read in that order. */

/** Some rows of one source's table. */
export interface Rows<Table> {
  readonly table: Table;
  readonly from: number;
  /** Before this one. */
  readonly to: number;
}

/** The way through rows of several tables. */
export interface Order {
  /** Which of them. */
  readonly which: Uint16Array<ArrayBuffer>;
  readonly row: Uint32Array<ArrayBuffer>;
}

interface Timed {
  readonly at: ArrayLike<number>;
}

/** Of one time, the earlier source's rows come first. */
export function orderOf(parts: readonly Rows<Timed>[]): Order {
  const length = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  const which = new Uint16Array(length);
  const row = new Uint32Array(length);
  const next = parts.map(({ from }) => from);
  const heads = parts.map(({ table, from, to }) => (from < to ? (table.at[from] ?? Infinity) : Infinity));
  for (let place = 0; place < length; place++) {
    let first = -1;
    for (let part = 0; part < heads.length; part++) {
      const left = (next[part] ?? 0) < (parts[part]?.to ?? 0);
      if (left && (first < 0 || (heads[part] ?? 0) < (heads[first] ?? 0))) first = part;
    }
    const at = next[first] ?? 0;
    which[place] = first;
    row[place] = at;
    next[first] = at + 1;
    heads[first] = parts[first]?.table.at[at + 1] ?? Infinity;
  }
  return { which, row };
}

/** The numbers of a column of each part, in this order, in `into`. */
export function gather<Column extends { [place: number]: number }>(
  { which, row }: Order,
  columns: readonly ArrayLike<number>[],
  into: Column,
): Column {
  for (let place = 0; place < row.length; place++)
    into[place] = columns[which[place] ?? 0]?.[row[place] ?? 0] ?? 0;
  return into;
}

/** The first row, from `from` on, that is later than `until`. */
export function firstAfter(at: ArrayLike<number>, from: number, until: number): number {
  let [low, high] = [from, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? Infinity) <= until) low = middle + 1;
    else high = middle;
  }
  return low;
}
