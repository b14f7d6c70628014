/** The overview's geometry: all of the map in a corner, and in it the frame of what is seen. */
import { fit, toScreen, toWorld, type Bounds, type Camera, type Point, type Viewport } from './camera.ts';

/** CSS pixels; the style sheet has the same. */
export const OVERVIEW: Viewport = { width: 184, height: 124 };
const PADDING = 6;
const INSETS = { top: PADDING, right: PADDING, bottom: PADDING, left: PADDING } as const;
/** CSS pixels that may lie outside of the view before it counts as not all of it. */
const SLACK = 8;
/** A frame smaller than this is drawn this large: it must be found. */
const LEAST_FRAME = 6;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const overviewCamera = (bounds: Bounds): Camera => fit(bounds, OVERVIEW, INSETS);

/** Where a point of the overview is in the world. */
export const worldAt = (bounds: Bounds, at: Point): Point => toWorld(overviewCamera(bounds), OVERVIEW, at);

/** Something of `bounds` is out of sight. */
export function exceeds(bounds: Bounds, camera: Camera, viewport: Viewport): boolean {
  const first = toScreen(camera, viewport, { x: bounds.left, y: bounds.top });
  const last = toScreen(camera, viewport, { x: bounds.right, y: bounds.bottom });
  return (
    first.x < -SLACK ||
    first.y < -SLACK ||
    last.x > viewport.width + SLACK ||
    last.y > viewport.height + SLACK
  );
}

/** What of the world is seen, as a frame within the overview. */
export function frameIn(bounds: Bounds, camera: Camera, viewport: Viewport): Rectangle {
  const own = overviewCamera(bounds);
  const first = toScreen(own, OVERVIEW, toWorld(camera, viewport, { x: 0, y: 0 }));
  const last = toScreen(own, OVERVIEW, toWorld(camera, viewport, { x: viewport.width, y: viewport.height }));
  const [x, width] = clipped(first.x, last.x, OVERVIEW.width);
  const [y, height] = clipped(first.y, last.y, OVERVIEW.height);
  return { x, y, width, height };
}

/** Begin and length of what lies within 0 to `most`, at least as long as can be seen. */
function clipped(from: number, to: number, most: number): [number, number] {
  const inside = (value: number): number => Math.min(most - 1, Math.max(1, value));
  const [begin, end] = [inside(from), inside(to)];
  if (end - begin >= LEAST_FRAME) return [begin, end - begin];
  const middle = (begin + end) / 2;
  return [Math.min(most - 1 - LEAST_FRAME, Math.max(1, middle - LEAST_FRAME / 2)), LEAST_FRAME];
}
