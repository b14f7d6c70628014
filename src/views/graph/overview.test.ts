import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fit, toScreen, type Bounds, type Camera } from './camera.ts';
import { exceeds, frameIn, OVERVIEW, overviewCamera, worldAt } from './overview.ts';

const VIEWPORT = { width: 900, height: 500 };
const INSETS = { top: 16, right: 26, bottom: 58, left: 26 };
const coordinate = fc.integer({ min: -3000, max: 3000 });
const size = fc.integer({ min: 50, max: 4000 });
const bounds = fc
  .tuple(coordinate, coordinate, size, size)
  .map(([left, top, width, height]): Bounds => ({ left, top, right: left + width, bottom: top + height }));
const camera = fc
  .record({ x: coordinate, y: coordinate, k: fc.double({ min: 0.05, max: 5, noNaN: true }) })
  .map((one): Camera => one);

test('all of the map lies within the overview, and a point of it leads back to where it shows', () => {
  fc.assert(
    fc.property(bounds, fc.double({ min: 0, max: 1, noNaN: true }), (all, part) => {
      const point = {
        x: all.left + (all.right - all.left) * part,
        y: all.bottom - (all.bottom - all.top) * part,
      };
      const at = toScreen(overviewCamera(all), OVERVIEW, point);
      expect(at.x).toBeGreaterThan(0);
      expect(at.y).toBeGreaterThan(0);
      expect(at.x).toBeLessThan(OVERVIEW.width);
      expect(at.y).toBeLessThan(OVERVIEW.height);
      const back = worldAt(all, at);
      expect(back.x).toBeCloseTo(point.x, 6);
      expect(back.y).toBeCloseTo(point.y, 6);
    }),
  );
});

test('the frame stays within the overview, large enough to be found, wherever the view is', () => {
  fc.assert(
    fc.property(bounds, camera, (all, view) => {
      const frame = frameIn(all, view, VIEWPORT);
      expect(Math.min(frame.width, frame.height)).toBeGreaterThanOrEqual(6 - 1e-9);
      expect(Math.min(frame.x, frame.y)).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(frame.x + frame.width).toBeLessThanOrEqual(OVERVIEW.width - 1 + 1e-9);
      expect(frame.y + frame.height).toBeLessThanOrEqual(OVERVIEW.height - 1 + 1e-9);
    }),
  );
});

test('the frame is around the middle of the view as long as both are within the map', () => {
  const all = { left: -1000, top: -800, right: 1000, bottom: 800 };
  const view = { x: 300, y: -200, k: 2 };
  const frame = frameIn(all, view, VIEWPORT);
  const middle = toScreen(overviewCamera(all), OVERVIEW, view);
  expect(frame.x + frame.width / 2).toBeCloseTo(middle.x, 6);
  expect(frame.y + frame.height / 2).toBeCloseTo(middle.y, 6);
  expect(frame.width / OVERVIEW.width).toBeCloseTo((900 / 2) * (overviewCamera(all).k / OVERVIEW.width), 6);
});

test('a view that was made to hold all exceeds nothing, one from much nearer does', () => {
  fc.assert(
    fc.property(bounds, (all) => {
      const fitted = fit(all, VIEWPORT, INSETS);
      expect(exceeds(all, fitted, VIEWPORT)).toBe(false);
      const tight = Math.min(
        VIEWPORT.width / (all.right - all.left),
        VIEWPORT.height / (all.bottom - all.top),
      );
      expect(exceeds(all, { ...fitted, k: tight * 1.2 }, VIEWPORT)).toBe(true);
    }),
  );
});
