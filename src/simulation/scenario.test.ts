import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SCENARIO } from './default-scenario.ts';
import { draw, scaled, type Distribution } from './distribution.ts';
import { poisson, stream } from './random.ts';
import {
  arrivalRate,
  arrivalsPerMinute,
  configured,
  defaultSettings,
  initialPeers,
  meanArrivalRate,
  scaledTo,
  type Arrivals,
} from './scenario.ts';

test('a scenario scaled to a number of peers has about that many, and a publisher in each swarm', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 5000 }), (peers) => {
      const sized = scaledTo(DEFAULT_SCENARIO, peers);
      expect(Math.abs(initialPeers(sized) - peers)).toBeLessThanOrEqual(DEFAULT_SCENARIO.swarms.length);
      for (const swarm of sized.swarms) expect(swarm.seeds).toBeGreaterThanOrEqual(1);
    }),
  );
});

test('the default settings leave the scenario as it is', () => {
  const settings = defaultSettings(DEFAULT_SCENARIO, 'http://127.0.0.1:7846/');
  const same = configured(DEFAULT_SCENARIO, settings);
  expect(same.swarms.map(({ seeds, population }) => ({ seeds, population }))).toEqual(
    DEFAULT_SCENARIO.swarms.map(({ seeds, population }) => ({ seeds, population })),
  );
  expect(arrivalsPerMinute(same)).toBeCloseTo(settings.arrivalsPerMinute, 6);
  expect(same.swarms.map(({ patience }) => patience)).toEqual(
    DEFAULT_SCENARIO.swarms.map(({ patience }) => patience),
  );
});

test('arrivals per minute and the leave rate are taken as set', () => {
  const settings = { ...defaultSettings(DEFAULT_SCENARIO, 'http://127.0.0.1:7846/'), arrivalsPerMinute: 500 };
  expect(arrivalsPerMinute(configured(DEFAULT_SCENARIO, settings))).toBeCloseTo(500, 6);
  const still = configured(DEFAULT_SCENARIO, { ...settings, arrivalsPerMinute: 0, leaveFactor: 0 });
  expect(arrivalsPerMinute(still)).toBe(0);
  for (const { patience, seedTime } of still.swarms)
    expect([patience, seedTime]).toEqual([{ distribution: 'never' }, { distribution: 'never' }]);
});

test('the rate of a flash crowd, summed over time, is the mean that is promised', () => {
  const crowd: Arrivals = { process: 'flash-crowd', rate: 0.2, at: 10, every: 200, peers: 80, decay: 12 };
  let sum = 0;
  const step = 0.01;
  for (let time = 10; time < 1010; time += step) sum += arrivalRate(crowd, time) * step;
  expect(sum / 1000).toBeCloseTo(meanArrivalRate(crowd), 2);
});

describe('distributions', () => {
  const mean = (from: Distribution): number => {
    const random = stream(7, from.distribution);
    let sum = 0;
    for (let i = 0; i < 50_000; i++) sum += draw(from, random);
    return sum / 50_000;
  };

  test.each<[Distribution, number]>([
    [{ distribution: 'constant', value: 3 }, 3],
    [{ distribution: 'uniform', min: 2, max: 6 }, 4],
    [{ distribution: 'exponential', mean: 5 }, 5],
    // The mean of a lognormal is median * exp(sigma^2 / 2).
    [{ distribution: 'lognormal', median: 10, sigma: 0.5 }, 10 * Math.exp(0.125)],
  ])('%j has the mean %d', (from, expected) => {
    expect(mean(from) / expected).toBeCloseTo(1, 1);
    expect(mean(scaled(from, 3)) / (3 * expected)).toBeCloseTo(1, 1);
  });

  test('never is never', () => {
    expect(draw({ distribution: 'never' }, () => 0.5)).toBe(Infinity);
  });
});

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

  test.each([0.05, 3, 40])('Poisson counts of mean %d have that mean and variance', (mean) => {
    const random = stream(9, `poisson ${mean}`);
    const counts = Array.from({ length: 100_000 }, () => poisson(mean, random));
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length;
    // Four standard errors of the mean.
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / counts.length));
    expect(variance / mean).toBeCloseTo(1, 1);
  });
});
