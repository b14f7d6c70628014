/**
 * Mutual repulsion by Barnes and Hut's tree (Nature 324, 1986) on typed arrays: the law of d3's `forceManyBody`, at a
 * fraction of its cost. A tick pushes only a part of many nodes, that much harder, and
 * the tree is built once a round: what moves slowly is pushed as well by a slightly old tree.
 */
import { AT_ONE_PLACE, type Bodies, type Force } from './simulation.ts';

export interface ChargeOptions {
  /** Negative pushes apart, as in `forceManyBody`. */
  readonly strength: number;
  /** A cell narrower than `theta` times its distance acts as one. */
  readonly theta: number;
  /** Beyond this distance, in world units, nothing acts. */
  readonly reach: number;
  /** Nodes pushed in one tick, about: a round takes as many ticks as it needs. */
  readonly share: number;
}

/** Nodes nearer than this count as this far apart: the law has a pole at 0. */
const LEAST_DISTANCE = 4;
/** Cells are split so often at most; what is nearer still shares a leaf. */
const DEEPEST = 20;

/** A quadtree of points with the number and mean place of what each cell holds. Grows with its content, never shrinks. */
class Tree {
  /** Four a cell: 0 = empty, c > 0 = cell c, p < 0 = first point of a leaf, -p - 1. */
  child = new Int32Array(0);
  count = new Float64Array(0);
  x = new Float64Array(0);
  y = new Float64Array(0);
  /** Chains the points of one leaf; -1 ends it. */
  next = new Int32Array(0);
  /** Where the points were when it was built. */
  px = new Float64Array(0);
  py = new Float64Array(0);
  width = 0;
  #cells = 0;

  build(xs: Float64Array, ys: Float64Array, points: number): void {
    let left = Infinity;
    let top = Infinity;
    let right = -Infinity;
    let bottom = -Infinity;
    for (let i = 0; i < points; i++) {
      const x = xs[i] as number;
      const y = ys[i] as number;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    this.width = Math.max(right - left, bottom - top, 1) * 1.000001;
    this.#cells = 0;
    if (this.next.length < points) {
      this.next = new Int32Array(2 * points);
      this.px = new Float64Array(2 * points);
      this.py = new Float64Array(2 * points);
    }
    this.px.set(xs.subarray(0, points));
    this.py.set(ys.subarray(0, points));
    this.#cell();
    for (let i = 0; i < points; i++) this.#insert(i, xs, ys, left, top);
    this.#sum(xs, ys);
  }

  #cell(): number {
    const cell = this.#cells++;
    if (this.#cells * 4 > this.child.length) {
      const room = Math.max(1024, 2 * this.#cells);
      this.child = grown(this.child, new Int32Array(4 * room));
      this.count = grown(this.count, new Float64Array(room));
      this.x = grown(this.x, new Float64Array(room));
      this.y = grown(this.y, new Float64Array(room));
    }
    this.child.fill(0, cell * 4, cell * 4 + 4);
    return cell;
  }

  #insert(point: number, xs: Float64Array, ys: Float64Array, left: number, top: number): void {
    const x = xs[point] as number;
    const y = ys[point] as number;
    this.next[point] = -1;
    let cell = 0;
    let half = this.width / 2;
    let l = left;
    let t = top;
    for (let depth = 1; ; depth++) {
      const east = x >= l + half ? 1 : 0;
      const south = y >= t + half ? 1 : 0;
      const place = cell * 4 + east + 2 * south;
      const held = this.child[place] as number;
      if (held === 0) {
        this.child[place] = -point - 1;
        return;
      }
      l += east * half;
      t += south * half;
      half /= 2;
      if (held > 0) {
        cell = held;
        continue;
      }
      const other = -held - 1;
      const ox = xs[other] as number;
      const oy = ys[other] as number;
      if (depth >= DEEPEST || (ox === x && oy === y)) {
        this.next[point] = other;
        this.child[place] = -point - 1;
        return;
      }
      // The leaf becomes a cell, its chain (all at one place) goes one level down, and the point tries again there.
      const split = this.#cell();
      this.child[place] = split;
      this.child[split * 4 + (ox >= l + half ? 1 : 0) + (oy >= t + half ? 2 : 0)] = held;
      cell = split;
    }
  }

  /** Cells were made from the root down: counted backwards, children come before their parents. */
  #sum(xs: Float64Array, ys: Float64Array): void {
    for (let cell = this.#cells - 1; cell >= 0; cell--) {
      let count = 0;
      let x = 0;
      let y = 0;
      for (let place = cell * 4; place < cell * 4 + 4; place++) {
        const held = this.child[place] as number;
        if (held > 0) {
          const inside = this.count[held] as number;
          count += inside;
          x += inside * (this.x[held] as number);
          y += inside * (this.y[held] as number);
        } else if (held < 0)
          for (let point = -held - 1; point >= 0; point = this.next[point] as number) {
            count++;
            x += xs[point] as number;
            y += ys[point] as number;
          }
      }
      this.count[cell] = count;
      this.x[cell] = count > 0 ? x / count : 0;
      this.y[cell] = count > 0 ? y / count : 0;
    }
  }
}

function grown<A extends Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

export function forceCharge({ strength, theta, reach, share }: ChargeOptions): Force {
  const tree = new Tree();
  const cells = new Int32Array(4 * DEEPEST + 4);
  const widths = new Float64Array(4 * DEEPEST + 4);
  const [theta2, reach2] = [theta * theta, reach * reach];
  let bodies: Bodies | undefined;
  let random: () => number = () => 0.5;
  /** As of the building of the tree; -1: there is none for these bodies. */
  let points = -1;
  let turns = 1;
  let turn = 0;

  function push({ x: xs, y: ys, vx, vy }: Bodies, i: number, weight: number): void {
    const x = xs[i] as number;
    const y = ys[i] as number;
    let right = 0;
    let down = 0;
    let top = 0;
    cells[0] = 0;
    widths[0] = tree.width;
    while (top >= 0) {
      const cell = cells[top] as number;
      const width = widths[top--] as number;
      const dx = (tree.x[cell] as number) - x;
      const dy = (tree.y[cell] as number) - y;
      const square = dx * dx + dy * dy;
      if (width * width < theta2 * square) {
        if (square > reach2) continue;
        const push = ((tree.count[cell] as number) * weight) / softened(square);
        right += dx * push;
        down += dy * push;
        continue;
      }
      // Its diagonal keeps all of it out of reach.
      const far = reach + width * Math.SQRT2;
      if (square > far * far) continue;
      for (let place = cell * 4; place < cell * 4 + 4; place++) {
        const held = tree.child[place] as number;
        if (held > 0) {
          cells[++top] = held;
          widths[top] = width / 2;
        } else if (held < 0)
          for (let point = -held - 1; point >= 0; point = tree.next[point] as number) {
            if (point === i) continue;
            let ox = (tree.px[point] as number) - x;
            let oy = (tree.py[point] as number) - y;
            if (ox * ox + oy * oy < AT_ONE_PLACE) {
              ox = (random() - 0.5) * 1e-3;
              oy = (random() - 0.5) * 1e-3;
            }
            const apart = ox * ox + oy * oy;
            if (apart > reach2) continue;
            const push = weight / softened(apart);
            right += ox * push;
            down += oy * push;
          }
      }
    }
    vx[i] = (vx[i] as number) + right;
    vy[i] = (vy[i] as number) + down;
  }

  function force(alpha: number): void {
    if (bodies === undefined || bodies.count === 0) return;
    if (turn === 0 || points !== bodies.count) {
      points = bodies.count;
      tree.build(bodies.x, bodies.y, points);
    }
    for (let i = turn; i < points; i += turns) push(bodies, i, strength * alpha * turns);
    turn = (turn + 1) % turns;
  }
  force.initialize = (all: Bodies, dice: () => number): void => {
    bodies = all;
    random = dice;
    // Another order: the tree of the last round has other points' numbers.
    points = -1;
    turns = Math.max(1, Math.ceil(all.count / share));
    turn %= turns;
  };
  return force;
}

/** The square of the distance, kept from the pole. */
function softened(square: number): number {
  return square < LEAST_DISTANCE * LEAST_DISTANCE ? Math.sqrt(square) * LEAST_DISTANCE + 1e-6 : square;
}
