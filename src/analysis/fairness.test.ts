import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { giniCoefficient, jainIndex } from './fairness.ts';

describe('fairness', () => {
  it('is that of examples worked by hand', () => {
    // (1+2+3)^2 / (3 * 14); (-2*1 + 0*2 + 2*3) / (3 * 6)
    expect(jainIndex([3, 1, 2])).toBeCloseTo(36 / 42, 12);
    expect(giniCoefficient([3, 1, 2])).toBeCloseTo(4 / 18, 12);
    expect(jainIndex([5, 5, 5, 5])).toBeCloseTo(1, 12);
    expect(giniCoefficient([5, 5, 5, 5])).toBeCloseTo(0, 12);
    expect(jainIndex([0, 0, 0, 8])).toBeCloseTo(0.25, 12);
    expect(giniCoefficient([0, 8, 0, 0])).toBeCloseTo(0.75, 12);
    expect(jainIndex([])).toBeNaN();
    expect(giniCoefficient([0, 0])).toBeNaN();
  });

  it('stays in its bounds, whatever the scale and the order', () => {
    const values = fc
      .array(fc.nat({ max: 1e6 }), { minLength: 1, maxLength: 50 })
      .filter((all) => all.some((x) => x > 0));
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 1000 }), (all, scale) => {
        const [jain, gini] = [jainIndex(all), giniCoefficient(all)];
        expect(jain).toBeGreaterThanOrEqual(1 / all.length - 1e-12);
        expect(jain).toBeLessThanOrEqual(1 + 1e-12);
        expect(gini).toBeGreaterThanOrEqual(-1e-12);
        expect(gini).toBeLessThanOrEqual(1 - 1 / all.length + 1e-12);
        const changed = all.map((x) => x * scale).reverse();
        expect(jainIndex(changed)).toBeCloseTo(jain, 9);
        expect(giniCoefficient(changed)).toBeCloseTo(gini, 9);
      }),
    );
  });
});
