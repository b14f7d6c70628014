/** Each distribution against its definition, by Kolmogorov and Smirnov's test at 0.001 with 20,000 values. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquare, kolmogorovSmirnov } from '../../testing/goodness.ts';
import { CASES, sample } from '../../testing/theory/distributions.ts';
import { SECOND } from '../virtual/events.ts';
import { dice } from './dice.ts';
import { amounts, draw, times } from './distributions.ts';
import { gamma } from './gamma.ts';

const COUNT = 20_000;
const SEED = 42;

describe.each(CASES)('%j', (from, cdf) => {
  test('one value of each of many peers', () => {
    expect(kolmogorovSmirnov(sample(from, SEED, COUNT), cdf)).toBeLessThan(1);
  });

  test('many values of one peer', () => {
    const [time, own] = [times(from), dice(SEED, 'stays', 5)];
    const values = Array.from({ length: COUNT }, () => time(own) / SECOND);
    expect(kolmogorovSmirnov(values, cdf)).toBeLessThan(1);
  });

  test('times are whole microseconds, amounts whole, neither below 0', () => {
    fc.assert(
      fc.property(fc.nat(), (peer) => {
        for (const draw of [times(from), amounts(from)]) {
          const value = draw(dice(SEED, 'x', peer));
          expect(Number.isSafeInteger(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('what one peer draws depends on nobody else\u2019s draws between', () => {
    const time = times(from);
    const alone = Array.from(
      { length: 9 },
      (
        (own) => () =>
          time(own)
      )(dice(SEED, 'stays', 1)),
    );
    const [mine, theirs] = [dice(SEED, 'stays', 1), dice(SEED, 'stays', 2)];
    const among = Array.from({ length: 9 }, () => {
      time(theirs);
      return time(mine);
    });
    expect(among).toEqual(alone);
  });
});

test('empirical: each observed value as often as it was observed', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const amount = amounts({ distribution: 'empirical', values });
  const counts = new Map<number, number>();
  for (let peer = 0; peer < COUNT; peer++) {
    const value = amount(dice(SEED, 'stays', peer));
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const seen = [...counts.keys()].sort((a, b) => a - b);
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 9]);
  const expected = seen.map(
    (value) => (COUNT * values.filter((one) => one === value).length) / values.length,
  );
  expect(
    chiSquare(
      seen.map((value) => counts.get(value) ?? 0),
      expected,
    ),
  ).toBeLessThan(1);
});

test('constant is constant, never is never, and a mean of 0 is 0', () => {
  expect(draw({ distribution: 'constant', value: 3.5 }, () => 0.3)).toBe(3.5);
  expect(times({ distribution: 'never' })(() => 0.3)).toBe(Infinity);
  expect(draw({ distribution: 'exponential', mean: 0 }, () => 0.3)).toBe(0);
});

test('what no clock holds becomes the last moment that it has', () => {
  const endless = times({ distribution: 'pareto', shape: 0.05, min: 1e9 });
  expect(endless(() => 1 - 2 ** -32)).toBe(3e15);
});

test.each([
  [0.5, Math.sqrt(Math.PI)],
  [1, 1],
  [1.5, Math.sqrt(Math.PI) / 2],
  [5, 24],
  [11, 3_628_800],
])('gamma(%d) = %d', (x, known) => {
  expect(gamma(x) / known).toBeCloseTo(1, 12);
});
