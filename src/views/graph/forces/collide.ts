/**
 * Keeps discs of one size apart: the law of d3's `forceCollide`, with a grid of one disc's width in place of its tree.
 * Peers lie evenly, so that a cell holds one or two of them.
 */
import { AT_ONE_PLACE, type Bodies, type Force } from './simulation.ts';

/** Cells at most; where nodes are strewn wider, cells become larger. */
const MOST_CELLS = 1 << 18;

/** `strength`: the part of an overlap that a tick undoes. */
export function forceApart(radius: number, strength: number): Force {
  let bodies: Bodies | undefined;
  let random: () => number = () => 0.5;
  /** Where each will be after this tick, as `forceCollide` looks at it. */
  let xs = new Float64Array(0);
  let ys = new Float64Array(0);
  /** Cell of each node; nodes in the order of their cells; where each cell's begin. */
  let cellOf = new Int32Array(0);
  let order = new Int32Array(0);
  let begin = new Int32Array(0);
  let fill = new Int32Array(0);
  const nearest = 4 * radius * radius;

  function part({ vx, vy }: Bodies, i: number, j: number): void {
    let dx = (xs[i] as number) - (xs[j] as number);
    let dy = (ys[i] as number) - (ys[j] as number);
    let square = dx * dx + dy * dy;
    if (square >= nearest) return;
    if (square < AT_ONE_PLACE) {
      dx = (random() - 0.5) * 1e-3;
      dy = (random() - 0.5) * 1e-3;
      square = dx * dx + dy * dy;
    }
    const distance = Math.sqrt(square);
    const push = (((2 * radius - distance) / distance) * strength) / 2;
    vx[i] = (vx[i] as number) + dx * push;
    vy[i] = (vy[i] as number) + dy * push;
    vx[j] = (vx[j] as number) - dx * push;
    vy[j] = (vy[j] as number) - dy * push;
  }

  /** Sorts nodes into cells; returns the number of columns and of cells. */
  function sort({ count, x, y, vx, vy }: Bodies): { columns: number; cells: number } {
    let left = Infinity;
    let top = Infinity;
    let right = -Infinity;
    let bottom = -Infinity;
    for (let i = 0; i < count; i++) {
      const px = (x[i] as number) + (vx[i] as number);
      const py = (y[i] as number) + (vy[i] as number);
      xs[i] = px;
      ys[i] = py;
      if (px < left) left = px;
      if (px > right) right = px;
      if (py < top) top = py;
      if (py > bottom) bottom = py;
    }
    const [across, down] = [right - left, bottom - top];
    const side = Math.max(2 * radius, Math.sqrt((across * down) / MOST_CELLS), (across + down) / MOST_CELLS);
    const columns = Math.floor(across / side) + 1;
    const cells = columns * (Math.floor(down / side) + 1);
    if (begin.length <= cells) {
      begin = new Int32Array(2 * cells + 2);
      fill = new Int32Array(2 * cells + 2);
    }
    begin.fill(0, 0, cells + 1);
    for (let i = 0; i < count; i++) {
      const column = Math.floor(((xs[i] as number) - left) / side);
      const cell = column + columns * Math.floor(((ys[i] as number) - top) / side);
      cellOf[i] = cell;
      begin[cell + 1] = (begin[cell + 1] as number) + 1;
    }
    for (let cell = 0; cell < cells; cell++) {
      fill[cell] = begin[cell] as number;
      begin[cell + 1] = (begin[cell + 1] as number) + (begin[cell] as number);
    }
    for (let i = 0; i < count; i++) {
      const cell = cellOf[i] as number;
      const place = fill[cell] as number;
      fill[cell] = place + 1;
      order[place] = i;
    }
    return { columns, cells };
  }

  function force(): void {
    if (bodies === undefined || bodies.count < 2) return;
    const { columns, cells } = sort(bodies);
    for (let i = 0; i < bodies.count; i++) {
      const cell = cellOf[i] as number;
      const column = cell % columns;
      const last = column + 1 < columns;
      // Its own cell's later nodes and those of the next; then three cells of the next row. The other half of its
      // neighbours meets it from their side.
      const end = begin[cell + (last ? 2 : 1)] as number;
      for (let k = begin[cell] as number; k < end; k++) {
        const j = order[k] as number;
        if (j > i || cellOf[j] !== cell) part(bodies, i, j);
      }
      const below = cell + columns;
      if (below >= cells) continue;
      const until = begin[below + (last ? 2 : 1)] as number;
      for (let k = begin[below - (column > 0 ? 1 : 0)] as number; k < until; k++)
        part(bodies, i, order[k] as number);
    }
  }
  force.initialize = (all: Bodies, dice: () => number): void => {
    bodies = all;
    random = dice;
    if (xs.length >= all.count) return;
    const size = 2 * all.count;
    xs = new Float64Array(size);
    ys = new Float64Array(size);
    cellOf = new Int32Array(size);
    order = new Int32Array(size);
  };
  return force;
}
