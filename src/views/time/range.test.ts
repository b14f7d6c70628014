import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clamped, isWhole, liveRange, moved, wholeOf, zoomed } from './range.ts';
import { PARTS, shifted, toggled } from './state.ts';

const TOLD = 1_000_000;

test('whatever is asked for, what is shown is a part of the run, and never too short to be one', () => {
  fc.assert(
    fc.property(
      fc.record({ from: fc.integer({ min: -5e6, max: 5e6 }), to: fc.integer({ min: -5e6, max: 5e6 }) }),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.integer({ min: -2e6, max: 2e6 }),
      (wanted, factor, by) => {
        for (const range of [
          clamped(wanted, TOLD),
          zoomed(clamped(wanted, TOLD), factor, by, TOLD),
          moved(clamped(wanted, TOLD), by, TOLD),
        ]) {
          expect(range.from).toBeGreaterThanOrEqual(0);
          expect(range.to).toBeLessThanOrEqual(TOLD + 1e-6);
          expect(range.to - range.from).toBeGreaterThanOrEqual(5000 - 1e-6);
        }
      },
    ),
  );
});

test('the moment that is zoomed around stays where it is', () => {
  const range = zoomed({ from: 200_000, to: 400_000 }, 0.5, 250_000, TOLD);
  expect(range).toEqual({ from: 225_000, to: 325_000 });
  expect(zoomed(range, 2, 250_000, TOLD)).toEqual({ from: 200_000, to: 400_000 });
  expect(isWhole(zoomed(range, 100, 250_000, TOLD), TOLD)).toBe(true);
});

test('live is the newest part, and a young run has a minute to grow into', () => {
  expect(liveRange(Infinity, 20_000)).toEqual({ from: 0, to: 60_000 });
  expect(liveRange(Infinity, TOLD)).toEqual(wholeOf(TOLD));
  expect(liveRange(300_000, TOLD)).toEqual({ from: 700_000, to: TOLD });
  expect(liveRange(10_000, 20_000)).toEqual({ from: 10_000, to: 20_000 });
});

test('a chart that is chosen again comes back to where it usually stands', () => {
  const without = toggled(PARTS, 'latency');
  expect(without).not.toContain('latency');
  expect(toggled(without, 'latency')).toEqual(PARTS);
  expect(toggled(['requests'], 'population')).toEqual(['population', 'requests']);
  expect(toggled([], 'errors')).toEqual(['errors']);
  expect(shifted(PARTS, 'churn', -1).slice(0, 2)).toEqual(['churn', 'population']);
  expect(shifted(PARTS, 'population', -1)).toEqual(PARTS);
  expect(shifted(PARTS, 'progress', 1)).toEqual(PARTS);
});
