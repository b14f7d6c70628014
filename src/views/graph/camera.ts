/** Where the viewer stands. Pure: world units to CSS pixels and back. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x`, `y`: the world point in the middle of the viewport; `k`: CSS pixels per world unit. */
export interface Camera extends Point {
  readonly k: number;
}

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export const MAX_SCALE = 5;
/** A handful of peers is not blown up to fill a wall. */
const MAX_FIT_SCALE = 2.2;
/** How far out one can go, relative to seeing all. */
const FARTHEST = 0.4;

export const toScreen = (camera: Camera, viewport: Viewport, point: Point): Point => ({
  x: (point.x - camera.x) * camera.k + viewport.width / 2,
  y: (point.y - camera.y) * camera.k + viewport.height / 2,
});

export const toWorld = (camera: Camera, viewport: Viewport, point: Point): Point => ({
  x: (point.x - viewport.width / 2) / camera.k + camera.x,
  y: (point.y - viewport.height / 2) / camera.k + camera.y,
});

/** The picture moves with the hand: by `dx`, `dy` pixels. */
export const pan = (camera: Camera, dx: number, dy: number): Camera => ({
  x: camera.x - dx / camera.k,
  y: camera.y - dy / camera.k,
  k: camera.k,
});

/** What lies under the screen point stays there. */
export function zoomAbout(camera: Camera, viewport: Viewport, about: Point, k: number): Camera {
  const fixed = toWorld(camera, viewport, about);
  return {
    x: fixed.x - (about.x - viewport.width / 2) / k,
    y: fixed.y - (about.y - viewport.height / 2) / k,
    k,
  };
}

/** All of `bounds` within the viewport less its insets, in their middle. */
export function fit(bounds: Bounds, viewport: Viewport, insets: Insets): Camera {
  const width = Math.max(1, viewport.width - insets.left - insets.right);
  const height = Math.max(1, viewport.height - insets.top - insets.bottom);
  const worldWidth = Math.max(1, bounds.right - bounds.left);
  const worldHeight = Math.max(1, bounds.bottom - bounds.top);
  const k = Math.min(width / worldWidth, height / worldHeight, MAX_FIT_SCALE);
  return {
    x: (bounds.left + bounds.right) / 2 + (insets.right - insets.left) / 2 / k,
    y: (bounds.top + bounds.bottom) / 2 + (insets.bottom - insets.top) / 2 / k,
    k,
  };
}

export function clampScale(k: number, fitted: number): number {
  return Math.min(MAX_SCALE, Math.max(fitted * FARTHEST, k));
}

/** Something of the scene stays in sight, however far the hand drags. */
export function clampCamera(camera: Camera, bounds: Bounds, fitted: number): Camera {
  return {
    x: Math.min(bounds.right, Math.max(bounds.left, camera.x)),
    y: Math.min(bounds.bottom, Math.max(bounds.top, camera.y)),
    k: clampScale(camera.k, fitted),
  };
}

const SETTLED = 0.2;

/**
 * A step of `elapsed` milliseconds towards `goal`, `unhurried` being the time constant; undefined once there.
 * The scale goes geometrically, so that zooming in and out feel alike.
 */
export function approach(
  camera: Camera,
  goal: Camera,
  elapsed: number,
  unhurried: number,
): Camera | undefined {
  const off = Math.max(Math.abs(goal.x - camera.x), Math.abs(goal.y - camera.y)) * goal.k;
  if (off < SETTLED && Math.abs(Math.log(goal.k / camera.k)) < 0.0005) return undefined;
  const part = 1 - Math.exp(-elapsed / unhurried);
  const k = camera.k * (goal.k / camera.k) ** part;
  // The same part of the way on the screen as of the scale: the goal is approached on a straight line.
  const drawn =
    Math.abs(goal.k - camera.k) < 1e-9 ? part : (1 / camera.k - 1 / k) / (1 / camera.k - 1 / goal.k);
  return { x: camera.x + (goal.x - camera.x) * drawn, y: camera.y + (goal.y - camera.y) * drawn, k };
}
