/**
 * Where rows stand, and how a scrollbar of limited length moves through millions of them. Browsers cut elements off
 * at 17 (Firefox) to 33 million pixels: beyond `TALLEST` the scrollbar is shorter than the rows are high, small
 * movements still go row by row, and large ones (a drag of its thumb) go by proportion.
 */

/** Pixels. */
export const TALLEST = 8_000_000;
/** Rows drawn above and below those in sight. */
const BESIDE = 6;

export interface Geometry {
  readonly rows: number;
  /** Pixels of one row. */
  readonly rowHeight: number;
  /** Pixels in which rows are seen. */
  readonly viewport: number;
}

/** Where the view stands: `scrollTop` is the scrollbar's, `top` the pixel of the rows at the upper edge. */
export interface Position {
  readonly scrollTop: number;
  readonly top: number;
}

const height = ({ rows, rowHeight }: Geometry): number => rows * rowHeight;

/** Pixels that the scrollbar is told the rows have. */
export const extentOf = (geometry: Geometry): number => Math.min(TALLEST, height(geometry));

export const lastTop = (geometry: Geometry): number => Math.max(0, height(geometry) - geometry.viewport);

/** The scrollbar's last place. */
const lastScroll = (geometry: Geometry): number => Math.max(0, extentOf(geometry) - geometry.viewport);

/** Pixels of rows for a pixel of the scrollbar; 1 as long as all fit. */
function ratio(geometry: Geometry): number {
  const scroll = lastScroll(geometry);
  return scroll === 0 ? 1 : lastTop(geometry) / scroll;
}

const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/** The scrollbar was moved. */
export function scrolledTo(geometry: Geometry, before: Position, scrollTop: number): Position {
  const factor = ratio(geometry);
  const moved = scrollTop - before.scrollTop;
  if (factor === 1) return { scrollTop, top: scrollTop };
  const small = Math.abs(moved) < geometry.viewport * 2;
  return { scrollTop, top: within(small ? before.top + moved : scrollTop * factor, lastTop(geometry)) };
}

/** So that this pixel of the rows stands at the upper edge. */
export function positionAt(geometry: Geometry, top: number): Position {
  const wanted = within(top, lastTop(geometry));
  return { scrollTop: Math.round(wanted / ratio(geometry)), top: wanted };
}

/** Whether the scrollbar tells of another place than where the rows stand: it then has to be put right. */
export function isAdrift(geometry: Geometry, { scrollTop, top }: Position): boolean {
  return Math.abs(positionAt(geometry, top).scrollTop - scrollTop) > 1;
}

/** With room for so many pixels at either end, the scrollbar need not be put right while it moves. */
export function isNearEdge(geometry: Geometry, { scrollTop }: Position): boolean {
  const room = geometry.viewport;
  return scrollTop < room || scrollTop > lastScroll(geometry) - room;
}

export const isAtEnd = (geometry: Geometry, { top }: Position): boolean =>
  top >= lastTop(geometry) - geometry.rowHeight / 2;

/** The rows to draw: from `first` to before `end`. */
export function rowsInSight(
  { rows, rowHeight, viewport }: Geometry,
  top: number,
): { first: number; end: number } {
  const first = Math.max(0, Math.floor(top / rowHeight) - BESIDE);
  const end = Math.min(rows, Math.ceil((top + viewport) / rowHeight) + BESIDE);
  return { first: Math.min(first, end), end };
}

/** Moved no further than needed for the row to be seen whole. */
export function topShowing({ rowHeight, viewport }: Geometry, top: number, row: number): number {
  const from = row * rowHeight;
  if (from < top) return from;
  return Math.max(top, from + rowHeight - viewport);
}

/** Where a key takes the row in hand; `undefined`: the key is none of the table's. */
export function rowAfter(
  key: string,
  row: number,
  { rows, rowHeight, viewport }: Geometry,
): number | undefined {
  const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: rows - 1,
  };
  const next = steps[key];
  return next === undefined || rows === 0 ? undefined : within(next, rows - 1);
}
