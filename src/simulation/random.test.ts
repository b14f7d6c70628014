import { describe, expect, test } from 'vitest';
import { stream } from './random.ts';

describe('random numbers', () => {
  test('are uniform: chi-square over 100 cells', () => {
    const random = stream(42, 'cells');
    const cells = new Array<number>(100).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const cell = Math.floor(random() * 100);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    const chi2 = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 99 degrees of freedom: 0.001 quantiles at 60.1 and 148.2.
    expect(chi2).toBeGreaterThan(60);
    expect(chi2).toBeLessThan(149);
  });

  test('differ by concern and are the same again for the same seed', () => {
    const take = (seed: number, concern: string) => {
      const random = stream(seed, concern);
      return Array.from({ length: 5 }, random);
    };
    expect(take(1, 'a')).toEqual(take(1, 'a'));
    expect(take(1, 'a')).not.toEqual(take(1, 'b'));
    expect(take(1, 'a')).not.toEqual(take(2, 'a'));
  });
});
