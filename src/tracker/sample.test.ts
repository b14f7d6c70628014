import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleIndices } from './sample.ts';
import { dice } from './testing.ts';

/** Pearson's statistic against equal expected counts. */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('sampleIndices', () => {
  it('draws different indices in range, as many as there are, never the excluded one', () => {
    fc.assert(
      fc.property(
        fc.nat(130),
        fc.nat(130),
        fc.integer({ min: -1, max: 140 }),
        fc.nat(),
        (k, n, exclude, seed) => {
          const drawn = sampleIndices(k, n, dice(seed), exclude);
          const size = exclude >= 0 && exclude < n ? n - 1 : n;
          expect(drawn).toHaveLength(Math.min(k, size));
          expect(new Set(drawn).size).toBe(drawn.length);
          expect(drawn.every((index) => index >= 0 && index < n && index !== exclude)).toBe(true);
        },
      ),
    );
  });

  it.each([
    { name: 'without exclusion', exclude: -1 },
    { name: 'excluding the first', exclude: 0 },
    { name: 'excluding one in the middle', exclude: 4 },
    { name: 'excluding the last', exclude: 9 },
  ])('is uniform over sets and places, $name', ({ exclude }) => {
    const n = 10;
    const k = 3;
    const random = dice(20_160_501);
    const ordered = new Map<string, number>();
    const draws = 72_000;
    for (let i = 0; i < draws; i++) {
      const drawn = sampleIndices(k, n, random, exclude).join(',');
      ordered.set(drawn, (ordered.get(drawn) ?? 0) + 1);
    }
    // Every ordered triple must be equally likely: uniform as a set and uniform in order.
    const size = exclude < 0 ? n : n - 1;
    const triples = size * (size - 1) * (size - 2);
    expect(ordered.size).toBe(triples);
    // Mean `triples - 1`, standard deviation sqrt(2 (triples - 1)): four of them is one run in 10,000s.
    const freedom = triples - 1;
    expect(Math.abs(chiSquare([...ordered.values()]) - freedom)).toBeLessThan(4 * Math.sqrt(2 * freedom));
  });

  it('costs k dice whatever n is', () => {
    for (const n of [31, 1_000, 1_000_000_000]) {
      let thrown = 0;
      const random = dice(7);
      sampleIndices(30, n, () => (thrown++, random()), 5);
      expect(thrown).toBe(30);
    }
  });
});
