/** Geometry of the matrix: where its squares, its sums and its margins lie, and what is under a point. Lengths are pixels. */
import type { MatrixAnswer, MatrixSide, Share } from '../../dashboard/observed.ts';
import type { Size } from './edge-layout.ts';

export interface MatrixPlan {
  /** The squares. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Thickness of the strip of modes, and of the sums. */
  readonly strip: number;
  readonly sums: number;
}

export function matrixPlan({ width, height, rem }: Size): MatrixPlan {
  const [before, sums, strip] = [2.6 * rem, 2.4 * rem, Math.max(4, 0.35 * rem)];
  const side = Math.max(10, Math.min(width, height * 1.6) - before - sums - 0.4 * rem);
  const tall = Math.max(10, height - before - sums);
  return {
    left: before,
    top: before,
    width: Math.min(side, width - before - sums),
    height: tall,
    strip,
    sums,
  };
}

/** How many cells have room on a side: two pixels each at least. */
export const roomFor = ({ width, height }: MatrixPlan): number =>
  Math.max(8, Math.min(400, Math.floor(Math.max(width, height) / 2)));

export interface MatrixPlace {
  readonly row: number;
  readonly column: number;
}

/** The cell under a point; undefined: it is beside them. */
export function cellAt(
  plan: MatrixPlan,
  { rows, columns }: Pick<MatrixAnswer, 'rows' | 'columns'>,
  x: number,
  y: number,
): MatrixPlace | undefined {
  const column = Math.floor(((x - plan.left) / plan.width) * columns.cells);
  const row = Math.floor(((y - plan.top) / plan.height) * rows.cells);
  if (!(column >= 0 && column < columns.cells && row >= 0 && row < rows.cells)) return undefined;
  return { row, column };
}

/** Peers of one cell of a side: places from (inclusive) to (exclusive) in the order. */
export const peersOfCell = (side: MatrixSide, cell: number): readonly [from: number, to: number] => [
  Math.min(side.to, side.from + cell * side.step),
  Math.min(side.to, side.from + (cell + 1) * side.step),
];

/** The part of all peers between two cells of a side, both inclusive. */
export function shareOf(side: MatrixSide, a: number, b: number, count: number): Share {
  const [low, high] = a <= b ? [a, b] : [b, a];
  const [from] = peersOfCell(side, low);
  const [, to] = peersOfCell(side, high);
  return count === 0 ? { from: 0, to: 1 } : { from: from / count, to: to / count };
}

/** Where a place in the order lies along a side, 0 to 1; beyond these it is not in sight. */
export const alongSide = (side: MatrixSide, place: number): number =>
  (place - side.from) / Math.max(1, side.cells * side.step);

/** Times that are as strong as can be: nine of ten cells are no darker, so that one favourite does not pale the rest. */
export function strongest(times: ArrayLike<number>): number {
  // Some thousand of them tell.
  const step = Math.max(1, Math.floor(times.length / 4000));
  const sorted = Uint32Array.from(
    { length: Math.ceil(times.length / step) },
    (_, at) => times[at * step] ?? 0,
  ).sort();
  return sorted.length === 0 ? 1 : Math.max(2, sorted[Math.floor(0.98 * (sorted.length - 1))] ?? 1);
}
