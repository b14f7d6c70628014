/** Which part of each column is known. */
import type { Grid, TimeRange } from '../../dashboard/observed.ts';

/** As far as it is known, and of which whiles it is not. */
export interface Known {
  readonly told: number;
  readonly gaps: readonly TimeRange[];
}

const beginOf = (column: number, grid: Grid): number => grid.from + column * grid.width;

/** The column that a moment is in; undefined: none. */
export function columnAt(time: number, grid: Grid): number | undefined {
  const column = Math.floor((time - grid.from) / grid.width);
  return column >= 0 && column < grid.columns ? column : undefined;
}

/** Milliseconds of the column that are known. */
export function covered(column: number, grid: Grid, { told, gaps }: Known): number {
  const from = beginOf(column, grid);
  const to = Math.min(told, from + grid.width);
  let known = Math.max(0, to - from);
  for (const gap of gaps) known -= Math.max(0, Math.min(to, gap.to) - Math.max(from, gap.from));
  return known;
}

/** Whether nothing of the column is known: not yet, or because nobody told. */
export function isUnknown(column: number, grid: Grid, { told, gaps }: Known): boolean {
  const begin = beginOf(column, grid);
  const end = Math.min(begin + grid.width, told);
  return begin >= told || gaps.some(({ from, to }) => from <= begin && end <= to);
}

/** For each column the latest one with a look in it: what was seen stands until the next look, but not across a gap; -1: none. */
export function held(isLook: (column: number) => boolean, grid: Grid, { told, gaps }: Known): Int32Array {
  const from = new Int32Array(grid.columns).fill(-1);
  let latest = -1;
  for (let column = 0; column < grid.columns; column++) {
    const begin = beginOf(column, grid);
    if (begin >= told) break;
    if (gaps.some((gap) => gap.from < begin + grid.width && gap.to > begin)) latest = -1;
    if (isLook(column)) latest = column;
    from[column] = latest;
  }
  return from;
}
