import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquare } from '../../testing/goodness.ts';
import { dice } from './dice.ts';
import { weighted, zipf } from './weighted.ts';

const COUNT = 50_000;

function counted(weights: readonly number[]): number[] {
  const [choose, next] = [weighted(weights), dice(42, 'channels', 0)];
  const counts = weights.map(() => 0);
  for (let n = 0; n < COUNT; n++) {
    const chosen = choose(next());
    counts[chosen] = (counts[chosen] ?? 0) + 1;
  }
  return counts;
}

test.each([0.5, 1, 2])('ranks by Zipf\u2019s law of exponent %d: chi-square', (exponent) => {
  const sum = Array.from({ length: 30 }, (_, i) => (i + 1) ** -exponent).reduce((all, one) => all + one, 0);
  const expected = Array.from({ length: 30 }, (_, i) => (COUNT * (i + 1) ** -exponent) / sum);
  expect(chiSquare(counted(zipf(30, exponent)), expected)).toBeLessThan(1);
});

test('Zipf with exponent 0 knows no ranks', () => {
  expect(new Set(zipf(9, 0)).size).toBe(1);
});

test('what has no weight is never chosen, whatever is drawn', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0, 0, 1e-9, 1, 1e9), { minLength: 1, maxLength: 9 }),
      fc.constantFrom(0, 2 ** -32, 0.5, 1 - 2 ** -32),
      (weights, uniform) => {
        fc.pre(weights.some((weight) => weight > 0));
        expect(weights[weighted(weights)(uniform)]).toBeGreaterThan(0);
      },
    ),
  );
});
