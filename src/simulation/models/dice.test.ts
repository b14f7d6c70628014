import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Concern, dice, threefry } from './dice.ts';

const hex = (words: Uint32Array): string =>
  [...words].map((word) => word.toString(16).padStart(8, '0')).join(' ');

describe('Threefry-2x32-20', () => {
  // The known answers that the paper's authors publish with their code (Random123, kat_vectors).
  test.each([
    [[0, 0], [0, 0], '6b200159 99ba4efe'],
    [[0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], '1cb996fc bb002be7'],
    [[0x243f6a88, 0x85a308d3], [0x13198a2e, 0x03707344], 'c4923a9c 483df7a0'],
  ] as const)('counter %j under key %j', ([c0, c1], [k0, k1], known) => {
    const block = new Uint32Array(2);
    threefry(c0, c1, k0, k1, block);
    expect(hex(block)).toBe(known);
  });
});

test('a stream is what its concern says at each count, and nobody else\u2019s draws shift it', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.string(), fc.nat(1e9), fc.nat(1e9), (seed, concern, one, other) => {
      const [mine, theirs] = [dice(seed, concern, one), dice(seed, concern, other)];
      const all = new Concern(seed, concern);
      for (let n = 0; n < 9; n++) {
        expect(mine()).toBe(all.at(one, n));
        theirs();
      }
    }),
  );
});

test('seeds, concerns and entities next to each other have nothing in common', () => {
  const drawn = new Set<number>();
  let count = 0;
  for (const seed of [0, 1, 2 ** 32, 2 ** 32 + 1])
    for (const concern of ['stays', 'lines'])
      for (let entity = 0; entity < 50; entity++) {
        const next = dice(seed, concern, entity);
        for (let n = 0; n < 20; n++, count++) drawn.add(next());
      }
  // 8,000 of 2^32: seven in a thousand such sets hold one pair.
  expect(drawn.size).toBeGreaterThanOrEqual(count - 1);
});

/** Pearson's statistic over `cells` equal cells; its mean is cells - 1, its deviation sqrt(2 cells). */
function chiSquare(draws: number, cells: number, next: (n: number) => number): number {
  const counts = new Uint32Array(cells);
  for (let n = 0; n < draws; n++) {
    const cell = Math.floor(next(n) * cells);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const expected = draws / cells;
  return counts.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
}

test.each([
  ['along one stream', (n: number, all: Concern) => all.at(7, n)],
  ['across entities, the first number of each', (n: number, all: Concern) => all.at(n, 0)],
])('uniform %s', (_, at) => {
  const all = new Concern(42, 'arrivals');
  const statistic = chiSquare(200_000, 1000, (n) => at(n, all));
  // Four deviations either side.
  expect(Math.abs(statistic - 999)).toBeLessThan(4 * Math.sqrt(2 * 999));
});

test('pairs of successive numbers fill the square evenly', () => {
  const next = dice(42, 'stays', 3);
  const statistic = chiSquare(200_000, 1024, () => (Math.floor(next() * 32) + next()) / 32);
  expect(Math.abs(statistic - 1023)).toBeLessThan(4 * Math.sqrt(2 * 1023));
});
