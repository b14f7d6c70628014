/**
 * A swarm's outline as distances from its centre at even angles: such an outline can be smoothed along the
 * edge and in time, so that a peer that comes or goes never makes the edge jump.
 */
import { polygonHull } from 'd3';
import type { Point } from './camera.ts';

export const OUTLINE_STEPS = 56;
/** However few are in it, a swarm is a round thing. */
const LEAST = 24;
/** Rounds of averaging with the neighbours. */
const SMOOTHING = 6;

const ANGLES = Array.from({ length: OUTLINE_STEPS }, (_, i) => (2 * Math.PI * i) / OUTLINE_STEPS);
export const COSINES = ANGLES.map(Math.cos);
export const SINES = ANGLES.map(Math.sin);
const CORE = COSINES.map((cosine, i): [number, number] => [cosine * LEAST, (SINES[i] as number) * LEAST]);

/** Distance from the origin to the edge of a convex polygon that holds it, in direction (cosine, sine). */
function edgeDistance(polygon: readonly [number, number][], cosine: number, sine: number): number {
  let far = 0;
  for (const [i, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(i + 1) % polygon.length] as [number, number];
    const [ex, ey] = [bx - ax, by - ay];
    const determinant = cosine * ey - sine * ex;
    if (Math.abs(determinant) < 1e-12) continue;
    const along = (ax * ey - ay * ex) / determinant;
    const onEdge = (ax * sine - ay * cosine) / determinant;
    if (onEdge >= -1e-9 && onEdge <= 1 + 1e-9 && along > far) far = along;
  }
  return far;
}

/** Parts of the round of which each tells its farthest point: the others can be no corners to speak of. */
const SECTORS = 3 * OUTLINE_STEPS;

/** The farthest of `points` in each direction, relative to `centre`. */
function farthest(points: Iterable<Point>, centre: Point): [number, number][] {
  const squares = new Float64Array(SECTORS);
  const corners: ([number, number] | undefined)[] = new Array<undefined>(SECTORS).fill(undefined);
  for (const { x, y } of points) {
    const [dx, dy] = [x - centre.x, y - centre.y];
    const square = dx * dx + dy * dy;
    const sector = Math.floor(((Math.atan2(dy, dx) + Math.PI) / (2 * Math.PI)) * SECTORS) % SECTORS;
    if (square <= (squares[sector] as number)) continue;
    squares[sector] = square;
    corners[sector] = [dx, dy];
  }
  return corners.filter((corner) => corner !== undefined);
}

/** The outline of `points`, relative to `centre`, `padding` outside of them. */
export function outline(points: Iterable<Point>, centre: Point, padding: number): Float64Array {
  const relative = [...CORE, ...farthest(points, centre)];
  const polygon = polygonHull(relative) ?? CORE;
  let edge = Float64Array.from(COSINES, (cosine, i) => edgeDistance(polygon, cosine, SINES[i] as number));
  for (let pass = 0; pass < SMOOTHING; pass++) {
    const before = edge;
    edge = before.map((distance, i) => {
      const previous = before[(i + OUTLINE_STEPS - 1) % OUTLINE_STEPS] as number;
      const next = before[(i + 1) % OUTLINE_STEPS] as number;
      return distance / 2 + (previous + next) / 4;
    });
  }
  return edge.map((distance) => distance + padding);
}

/** Moves `current` a part of the way to `goal`; true while there is way left. */
export function ease(current: Float64Array, goal: Float64Array, part: number): boolean {
  let moving = false;
  for (let i = 0; i < current.length; i++) {
    const way = (goal[i] as number) - (current[i] as number);
    current[i] = (current[i] as number) + way * part;
    if (Math.abs(way) > 0.15) moving = true;
  }
  return moving;
}

/** Distance of the edge in the direction of (dx, dy). */
export function edgeTowards(edge: Float64Array, dx: number, dy: number): number {
  const turn = (Math.atan2(dy, dx) / (2 * Math.PI) + 1) * OUTLINE_STEPS;
  const before = Math.floor(turn);
  const a = edge[before % OUTLINE_STEPS] as number;
  const b = edge[(before + 1) % OUTLINE_STEPS] as number;
  return a + (b - a) * (turn - before);
}
