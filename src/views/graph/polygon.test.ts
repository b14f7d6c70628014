import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from './camera.ts';
import { boundsOfPoints, holds, within } from './polygon.ts';

const coordinate = fc.integer({ min: -1000, max: 1000 });
const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 60 });

/** A line drawn by hand: corners about a middle, each as far from it as it likes. */
const around = fc
  .record({
    x: coordinate,
    y: coordinate,
    reaches: fc.array(fc.integer({ min: 20, max: 500 }), { minLength: 3, maxLength: 80 }),
  })
  .map(({ x, y, reaches }) => ({
    middle: { x, y },
    least: Math.min(...reaches),
    most: Math.max(...reaches),
    corners: reaches.map((reach, i): Point => {
      const turn = (2 * Math.PI * i) / reaches.length;
      return { x: x + reach * Math.cos(turn), y: y + reach * Math.sin(turn) };
    }),
  }));

test('what a line goes around is inside, what lies beyond it is not', () => {
  fc.assert(
    fc.property(around, fc.integer({ min: 0, max: 359 }), ({ middle, least, most, corners }, degrees) => {
      const at = (distance: number): Point => ({
        x: middle.x + distance * Math.cos((degrees * Math.PI) / 180),
        y: middle.y + distance * Math.sin((degrees * Math.PI) / 180),
      });
      // Between corners the line comes nearer to the middle than they are.
      expect(holds(corners, at(least * Math.cos(Math.PI / corners.length) * 0.9))).toBe(true);
      expect(holds(corners, at(most * 1.01 + 1))).toBe(false);
      expect(holds(corners, middle)).toBe(true);
    }),
  );
});

test('the direction and the first corner of a line do not matter, and moving all moves what it holds', () => {
  fc.assert(
    fc.property(around, points, fc.nat(100), coordinate, ({ corners }, all, turn, far) => {
      const found = within(all, corners);
      const turned = [...corners.slice(turn % corners.length), ...corners.slice(0, turn % corners.length)];
      expect(within(all, turned)).toEqual(found);
      expect(within(all, corners.toReversed())).toEqual(found);
      expect(found).toEqual(all.filter((point) => holds(corners, point)));
      const moved = ({ x, y }: Point): Point => ({ x: x + far, y: y + far });
      const kept = within(all, corners).length;
      expect(within(all.map(moved), corners.map(moved)).length).toBe(kept);
    }),
  );
});

test('a line of fewer than three corners holds nobody', () => {
  fc.assert(
    fc.property(
      points,
      fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 2 }),
      (all, line) => {
        expect(within(all, line)).toEqual([]);
      },
    ),
  );
});

test('bounds hold every point and touch some on each side; nobody has none', () => {
  expect(boundsOfPoints([])).toBeUndefined();
  fc.assert(
    fc.property(points, (all) => {
      fc.pre(all.length > 0);
      const bounds = boundsOfPoints(all);
      const xs = all.map(({ x }) => x);
      const ys = all.map(({ y }) => y);
      expect(bounds).toEqual({
        left: Math.min(...xs),
        right: Math.max(...xs),
        top: Math.min(...ys),
        bottom: Math.max(...ys),
      });
    }),
  );
});
