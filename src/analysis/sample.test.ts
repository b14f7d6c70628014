import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogLinearHistogram } from './log-linear-histogram.ts';
import { quantile, Sample } from './sample.ts';

const sampleOf = (values: readonly number[]): Sample => {
  const sample = new Sample();
  for (const value of values) sample.add(value);
  return sample;
};

describe('a sample', () => {
  it('has quantiles by linear interpolation (type 7)', () => {
    const sorted = [1, 2, 3, 4];
    expect([0, 0.25, 0.5, 0.9, 1].map((p) => quantile(sorted, p))).toEqual([1, 1.75, 2.5, 3.7, 4]);
    expect(quantile([5], 0.95)).toBe(5);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('has mean and distribution function, equal observations at once', () => {
    const sample = sampleOf([4, 1, 2, 1]);
    expect(sample.mean).toBe(2);
    expect([...sample.values]).toEqual([4, 1, 2, 1]);
    expect(sample.ecdf()).toEqual({ x: [1, 2, 4], y: [0.5, 0.75, 1] });
    expect(sampleOf([]).mean).toBeNaN();
    expect(sampleOf([]).ecdf()).toEqual({ x: [], y: [] });
  });

  it('draws its distribution function with at most 200 true points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 1500 }), (values) => {
        const { x, y } = sampleOf(values).ecdf();
        expect(x.length).toBeLessThanOrEqual(200);
        expect(x[0]).toBe(Math.min(...values));
        expect([x.at(-1), y.at(-1)]).toEqual([Math.max(...values), 1]);
        x.forEach((value, i) =>
          expect(y[i]).toBeCloseTo(values.filter((other) => other <= value).length / values.length, 12),
        );
      }),
    );
  });
});

describe('the log-linear histogram', () => {
  it('has every quantile within 1/128, mean and greatest exactly', () => {
    const value = fc.oneof(fc.nat({ max: 300 }), fc.nat(), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
        const histogram = new LogLinearHistogram();
        for (const one of values) histogram.add(one);
        const sorted = values.toSorted((a, b) => a - b);
        for (const p of [0.01, 0.5, 0.95, 1]) {
          const exact = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
          expect(Math.abs(histogram.quantile(p) - exact)).toBeLessThanOrEqual(exact / 128);
        }
        expect(histogram.max).toBe(sorted.at(-1));
        expect(histogram.count).toBe(values.length);
      }),
    );
    expect(new LogLinearHistogram().quantile(0.5)).toBeNaN();
  });
});
