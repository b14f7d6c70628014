import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bins } from './bins.ts';
import { Gaps } from './gaps.ts';
import { LatencyBins } from './latency.ts';

const make = (most: number, fields = 1) =>
  new Bins((length) => new Float64Array(length), { fields, width: 1000, most });

const events = fc.array(
  fc.record({ at: fc.double({ min: 0, max: 1e6, noNaN: true }), field: fc.nat(2), value: fc.integer() }),
  { maxLength: 60 },
);

test('sums stay what they are, in whatever order they come and however often bins are merged', () => {
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 40 }), (all, columns) => {
      const bins = make(16, 3);
      for (const { at, field, value } of all) bins.add(at, field, value);
      const range = { from: 0, to: 1_000_001 };
      const grid = bins.grid(range, columns);
      expect(grid.columns).toBeLessThanOrEqual(columns);
      expect(bins.count).toBeLessThanOrEqual(16);
      for (const wanted of [0, 1, 2]) {
        const brute = new Float64Array(grid.columns);
        for (const { at, field, value } of all)
          if (field === wanted) {
            const column = Math.floor((at - grid.from) / grid.width);
            brute[column] = (brute[column] ?? 0) + value;
          }
        expect([...bins.columns(grid, wanted)]).toEqual([...brute]);
      }
    }),
  );
});

test('columns stay where they are while the range moves on, and begin before it by less than one', () => {
  fc.assert(
    fc.property(fc.nat(500_000), fc.integer({ min: 1000, max: 500_000 }), (from, span) => {
      const bins = make(4096);
      const grid = bins.grid({ from, to: from + span }, 50);
      expect(grid.from % grid.width).toBe(0);
      expect(from - grid.from).toBeLessThan(grid.width);
      expect(from - grid.from).toBeGreaterThanOrEqual(0);
      expect(grid.from + grid.columns * grid.width).toBeGreaterThanOrEqual(from + span);
    }),
  );
});

test('what was before a range is the sum of all bins before it', () => {
  const bins = make(8);
  for (let second = 0; second < 30; second++) bins.add(second * 1000, 0, 1);
  expect(bins.width).toBe(4000);
  expect(bins.before(12_000, 0)).toBe(12);
  expect(bins.before(400_000, 0)).toBe(30);
});

test('percentiles of latency are within 1/64, or 0.05 ms, of the true ones, over merged bins too', () => {
  const took = fc.double({ min: 0, max: 200_000, noNaN: true });
  fc.assert(
    fc.property(fc.array(took, { minLength: 1, maxLength: 200 }), (all) => {
      const bins = new LatencyBins({ width: 1000, most: 4 });
      all.forEach((some, i) => bins.add(i * 500, some));
      const { p50, p90, p99, count } = bins.answer({ from: 0, to: all.length * 500 }, 1, 60_000);
      expect(count[0]).toBe(all.length);
      const sorted = all.toSorted((one, other) => one - other);
      for (const [value, probability] of [
        [p50[0], 0.5],
        [p90[0], 0.9],
        [p99[0], 0.99],
      ] as const) {
        const truth = sorted[Math.ceil(probability * sorted.length) - 1] ?? Number.NaN;
        expect(Math.abs((value ?? Number.NaN) - truth)).toBeLessThanOrEqual(0.101 + truth / 60);
      }
    }),
  );
});

test('gaps are told once, those that touch as one; of too many the nearest become one and none is lost', () => {
  const gaps = new Gaps();
  gaps.add({ from: 10, to: 20 });
  gaps.add({ from: 40, to: 50 });
  gaps.add({ from: 20, to: 25 });
  expect(gaps.within({ from: 0, to: 45 })).toEqual([
    { from: 10, to: 25 },
    { from: 40, to: 50 },
  ]);
  expect(gaps.within({ from: 25, to: 40 })).toEqual([]);
  const many = new Gaps();
  for (let i = 0; i < 300; i++) many.add({ from: i * 100, to: i * 100 + 50 - (i % 7) });
  const kept = many.within({ from: 0, to: Infinity });
  expect(kept).toHaveLength(256);
  for (let i = 0; i < 300; i++)
    expect(kept.some(({ from, to }) => from <= i * 100 && to >= i * 100 + 50 - (i % 7))).toBe(true);
});
