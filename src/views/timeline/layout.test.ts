import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  axisTop,
  nearest,
  plotOf,
  swarmLayout,
  timeTicks,
  timeToX,
  timeWindow,
  trafficLayout,
  trendOf,
  xToTime,
} from './layout.ts';

const plots = fc
  .record({ width: fc.integer({ min: 40, max: 3000 }), height: fc.integer({ min: 40, max: 600 }) })
  .map(({ width, height }) => plotOf(width, height));

/** One point a second, up to `time`, as the store keeps them. */
const histories = fc
  .array(fc.record({ seeds: fc.nat(5000), leeches: fc.nat(5000) }), { minLength: 1, maxLength: 300 })
  .chain((counts) =>
    fc
      .integer({ min: 0, max: 4000 })
      .map((start) => counts.map((point, second) => ({ ...point, time: start + second }))),
  );

const near = 1e-6;

describe('areas', () => {
  test('stay in their plot, stacked, in order of time', () => {
    fc.assert(
      fc.property(histories, plots, (history, plot) => {
        const window = timeWindow(history.at(-1)?.time ?? 0);
        const { area, top, topY } = swarmLayout(history, window, plot);
        // Never closer than can be told apart, but for the newest, which is always there.
        expect(area.length).toBeLessThanOrEqual((plot.right - plot.left) / 2 + 2);
        expect(area.at(-1)?.time).toBe(history.at(-1)?.time);
        expect(topY).toBeCloseTo(plot.top);
        let before = -Infinity;
        for (const point of area) {
          expect(point.x).toBeGreaterThan(before);
          before = point.x;
          expect(point.x).toBeGreaterThanOrEqual(plot.left - near);
          expect(point.x).toBeLessThanOrEqual(plot.right + near);
          expect(point.base).toBe(plot.bottom);
          expect(point.middle).toBeLessThanOrEqual(point.base + near);
          expect(point.upper).toBeLessThanOrEqual(point.middle + near);
          expect(point.upper).toBeGreaterThanOrEqual(plot.top - near);
          const then = nearest(history, point.time);
          expect(then?.time).toBe(point.time);
          const total = (then?.seeds ?? 0) + (then?.leeches ?? 0);
          const scale = (plot.bottom - plot.top) / top;
          expect(plot.bottom - point.upper).toBeCloseTo(total * scale, 4);
        }
      }),
    );
  });

  test('leave out what lies before the window', () => {
    const history = Array.from({ length: 1200 }, (_, time) => ({ time, seeds: 1, leeches: 1 }));
    const window = timeWindow(1199);
    expect(window).toEqual({ from: 299, to: 1199 });
    const { area } = swarmLayout(history, window, plotOf(300, 100));
    expect(Math.min(...area.map(({ time }) => time))).toBeGreaterThanOrEqual(299);
    expect(area.at(-1)?.time).toBe(1199);
  });
});

describe('bars', () => {
  test('stay in their plot, do not overlap, errors within requests', () => {
    fc.assert(
      fc.property(histories, plots, (history, plot) => {
        const traffic = history.map(({ time, seeds, leeches }) => ({
          time,
          requests: seeds,
          errors: leeches,
        }));
        const { bars } = trafficLayout(traffic, timeWindow(history.at(-1)?.time ?? 0), plot);
        let end = plot.left - 1;
        for (const bar of bars) {
          expect(bar.x).toBeGreaterThanOrEqual(end - near);
          end = bar.x + bar.width;
          expect(end).toBeLessThanOrEqual(plot.right + near);
          expect(bar.y).toBeGreaterThanOrEqual(plot.top - near);
          expect(bar.y + bar.height).toBeCloseTo(plot.bottom);
          expect(bar.errorHeight).toBeLessThanOrEqual(bar.height + near);
        }
      }),
    );
  });

  test('put seconds together on a narrow chart', () => {
    const traffic = Array.from({ length: 900 }, (_, time) => ({ time, requests: 10, errors: 0 }));
    const { bars, seconds } = trafficLayout(traffic, timeWindow(899), plotOf(302, 100));
    expect(seconds).toBe(9);
    expect(bars.length).toBe(100);
  });
});

describe('time', () => {
  test('x and time are each other’s inverse within the window', () => {
    fc.assert(
      fc.property(
        plots,
        fc.integer({ min: 0, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (...given) => {
          const [plot, now, share] = given;
          const window = timeWindow(now);
          const time = window.from + share * (window.to - window.from);
          expect(xToTime(timeToX(time, window, plot), window, plot)).toBeCloseTo(time, 3);
        },
      ),
    );
  });

  test('ticks are round, in order and have room', () => {
    fc.assert(
      fc.property(plots, fc.integer({ min: 0, max: 5000 }), (plot, now) => {
        const window = timeWindow(now);
        const ticks = timeTicks(window, plot);
        for (const [index, tick] of ticks.entries()) {
          expect(tick.value % 5).toBe(0);
          const before = ticks[index - 1];
          if (before !== undefined && plot.right - plot.left > 200)
            expect(tick.at - before.at).toBeGreaterThanOrEqual(40);
        }
      }),
    );
  });

  test('nearest is nearest', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: -10, max: 5000 }), (history, time) => {
        const found = nearest(history, time);
        const least = Math.min(...history.map((point) => Math.abs(point.time - time)));
        expect(Math.abs((found?.time ?? Infinity) - time)).toBe(least);
      }),
    );
    expect(nearest([], 3)).toBeUndefined();
  });
});

describe('axis and trend', () => {
  test.each([
    [0, 5],
    [5, 5],
    [6, 7.5],
    [11, 15],
    [100, 100],
    [101, 150],
    [760, 1000],
    [Number.NaN, 5],
  ])('axis for %d ends at %d', (value, top) => expect(axisTop(value)).toBe(top));

  test('trend compares with half a minute ago', () => {
    const from = (counts: readonly number[]) =>
      counts.map((leeches, index) => ({ time: index * 10, seeds: 0, leeches }));
    expect(trendOf([])).toBe('steady');
    expect(trendOf(from([100, 100, 100, 101]))).toBe('steady');
    expect(trendOf(from([100, 110, 120, 130]))).toBe('rising');
    expect(trendOf(from([100, 90, 80, 70]))).toBe('falling');
  });
});
