/** A closed line drawn by hand around some of the peers. */
import type { Bounds, Point } from './camera.ts';

/** Inside by the even-odd rule: what is drawn around twice is outside. A polygon of less than three corners holds nothing. */
export function holds(corners: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  let before = corners.at(-1);
  for (const corner of corners) {
    if (before === undefined) break;
    if (corner.y > y !== before.y > y) {
      const crossing = corner.x + ((y - corner.y) / (before.y - corner.y)) * (before.x - corner.x);
      if (x < crossing) inside = !inside;
    }
    before = corner;
  }
  return inside;
}

export function boundsOfPoints(points: Iterable<Point>): Bounds | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return left > right ? undefined : { left, top, right, bottom };
}

/** Those of `points` that the line goes around, in their order. */
export function within<One extends Point>(points: readonly One[], corners: readonly Point[]): readonly One[] {
  const box = boundsOfPoints(corners);
  if (box === undefined) return [];
  return points.filter(
    (point) =>
      point.x >= box.left &&
      point.x <= box.right &&
      point.y >= box.top &&
      point.y <= box.bottom &&
      holds(corners, point),
  );
}
