import fc from 'fast-check';
import { expect, it } from 'vitest';
import { approach, clampCamera, fit, MAX_SCALE, pan, toScreen, toWorld, zoomAbout } from './camera.ts';

const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const scale = fc.double({ min: 0.02, max: MAX_SCALE, noNaN: true });
const camera = fc.record({ x: coordinate, y: coordinate, k: scale });
const viewport = fc.record({
  width: fc.integer({ min: 100, max: 4000 }),
  height: fc.integer({ min: 100, max: 3000 }),
});
const bounds = fc
  .record({
    x: coordinate,
    y: coordinate,
    w: fc.integer({ min: 1, max: 9000 }),
    h: fc.integer({ min: 1, max: 9000 }),
  })
  .map(({ x, y, w, h }) => ({ left: x, top: y, right: x + w, bottom: y + h }));
const INSETS = { top: 16, right: 26, bottom: 52, left: 10 };

function expectNear(a: { x: number; y: number }, b: { x: number; y: number }, tolerance: number): void {
  expect(Math.abs(a.x - b.x)).toBeLessThan(tolerance);
  expect(Math.abs(a.y - b.y)).toBeLessThan(tolerance);
}

it('takes a point to the screen and back', () => {
  fc.assert(
    fc.property(camera, viewport, point, (camera, viewport, point) => {
      expectNear(toWorld(camera, viewport, toScreen(camera, viewport, point)), point, 1e-6);
    }),
  );
});

it('keeps the point under the pointer when zooming', () => {
  fc.assert(
    fc.property(camera, viewport, point, scale, (camera, viewport, about, k) => {
      const before = toWorld(camera, viewport, about);
      expectNear(toScreen(zoomAbout(camera, viewport, about, k), viewport, before), about, 1e-5);
    }),
  );
});

it('moves the picture with the hand', () => {
  fc.assert(
    fc.property(camera, viewport, point, coordinate, coordinate, (camera, viewport, thing, dx, dy) => {
      const before = toScreen(camera, viewport, thing);
      const after = toScreen(pan(camera, dx, dy), viewport, thing);
      expectNear(after, { x: before.x + dx, y: before.y + dy }, 1e-5);
    }),
  );
});

it('fits all bounds into the viewport less its insets', () => {
  fc.assert(
    fc.property(bounds, viewport, (bounds, viewport) => {
      const fitted = fit(bounds, viewport, INSETS);
      const first = toScreen(fitted, viewport, { x: bounds.left, y: bounds.top });
      const last = toScreen(fitted, viewport, { x: bounds.right, y: bounds.bottom });
      expect(first.x).toBeGreaterThan(INSETS.left - 0.01);
      expect(first.y).toBeGreaterThan(INSETS.top - 0.01);
      expect(last.x).toBeLessThan(viewport.width - INSETS.right + 0.01);
      expect(last.y).toBeLessThan(viewport.height - INSETS.bottom + 0.01);
    }),
  );
});

it('never leaves the scene', () => {
  fc.assert(
    fc.property(camera, bounds, scale, (camera, bounds, fitted) => {
      const clamped = clampCamera(camera, bounds, fitted);
      expect(clamped.x).toBeGreaterThanOrEqual(bounds.left);
      expect(clamped.x).toBeLessThanOrEqual(bounds.right);
      expect(clamped.y).toBeGreaterThanOrEqual(bounds.top);
      expect(clamped.y).toBeLessThanOrEqual(bounds.bottom);
      expect(clamped.k).toBeLessThanOrEqual(MAX_SCALE);
      expect(clamped.k).toBeGreaterThan(0);
    }),
  );
});

it('reaches its goal in finite time from anywhere', () => {
  fc.assert(
    fc.property(camera, camera, (from, goal) => {
      let at = from;
      let steps = 0;
      for (let next = approach(at, goal, 16, 120); next !== undefined; next = approach(at, goal, 16, 120)) {
        at = next;
        if (++steps > 600) break;
      }
      expect(steps).toBeLessThanOrEqual(600);
      expect(Math.abs(at.x - goal.x) * goal.k).toBeLessThan(0.5);
      expect(Math.abs(at.k / goal.k - 1)).toBeLessThan(0.01);
    }),
  );
});
