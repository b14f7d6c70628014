/**
 * Arrival processes against their definitions. A Poisson process of any rate, its times rescaled by the integral of the
 * rate, is one of rate 1 (Brown, Barbieri, Ventura, Kass, Frank, Neural Computation 14, 2002, 325-346): gaps are
 * tested by Kolmogorov and Smirnov's test at 0.001.
 */
import { describe, expect, test } from 'vitest';
import { kolmogorovSmirnov } from '../../testing/goodness.ts';
import type { Arrivals } from '../scenario/schema.ts';
import { SECOND } from '../virtual/events.ts';
import { arrivalTimes } from './arrivals.ts';
import { dice } from './dice.ts';
import { gamma } from './gamma.ts';
import { arrivalRate, meanArrivalRate } from './rates.ts';

const SEED = 42;
const COUNT = 20_000;
const TURN = 2 * Math.PI;

/** The first `count` times, in seconds; fewer where nobody comes any more. */
function first(arrivals: Arrivals, count: number, swarm = 0): number[] {
  const next = arrivalTimes(arrivals, dice(SEED, 'arrivals', swarm));
  const times: number[] = [];
  for (let time = next(); time < Infinity && times.length < count; time = next()) times.push(time / SECOND);
  return times;
}

const gaps = (times: readonly number[], scale: (time: number) => number): number[] =>
  times.map((time, i) => scale(time) - scale(times[i - 1] ?? 0));

const exponential = (x: number): number => -Math.expm1(-x);

const HOURS = [6, 4, 2, 1, 1, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 6, 7, 9, 12, 14, 14, 12, 10, 0];
const DAY = 2400;
/** Integral of the hours' rate of mean 5. */
const byHours = (time: number): number => {
  const mean = HOURS.reduce((sum, hour) => sum + hour, 0) / HOURS.length;
  const [length, inDay] = [DAY / HOURS.length, time % DAY];
  const hour = Math.floor(inDay / length);
  const before = HOURS.slice(0, hour).reduce((sum, weight) => sum + weight, 0) * length;
  return (
    (5 * (Math.floor(time / DAY) * DAY * mean + before + (HOURS[hour] ?? 0) * (inDay - hour * length))) / mean
  );
};

const CROWD = { process: 'flash-crowd', rate: 0.5, at: 100, every: 1000, peers: 3000, decay: 60 } as const;
/** So few that the rate falls much from one to the next. */
const FEW = { process: 'flash-crowd', rate: 0.002, at: 50, every: 300, peers: 3, decay: 60 } as const;
const crowds =
  ({ rate, at, every, peers, decay }: typeof CROWD | typeof FEW) =>
  (time: number): number => {
    const over = Math.max(0, Math.floor((time - at) / every));
    const crowd = (since: number): number => peers * -Math.expm1(-Math.max(0, since) / decay);
    return rate * time + over * crowd(every) + crowd(time - at - over * every);
  };

describe.each<readonly [Arrivals, (time: number) => number]>([
  [{ process: 'poisson', rate: 0.7 }, (time) => 0.7 * time],
  // 10,000 a second: near where the clock's step begins to show.
  [{ process: 'poisson', rate: 10_000 }, (time) => 10_000 * time],
  [CROWD, crowds(CROWD)],
  [FEW, crowds(FEW)],
  [
    { process: 'diurnal', rate: 5, amplitude: 0.9, peak: 400, day: DAY },
    (time) =>
      5 *
      (time + (0.9 * DAY * (Math.sin((TURN * (time - 400)) / DAY) + Math.sin((TURN * 400) / DAY))) / TURN),
  ],
  [{ process: 'diurnal', rate: 5, amplitude: 0, peak: 0, day: DAY, hours: HOURS }, byHours],
])('%j', (arrivals, integral) => {
  test('gaps, rescaled by the rate, are exponential', () => {
    const times = first(arrivals, COUNT);
    expect(times).toHaveLength(COUNT);
    expect(kolmogorovSmirnov(gaps(times, integral), exponential)).toBeLessThan(1);
  });

  test('as many come as the rate promises', () => {
    const last = first(arrivals, COUNT).at(-1) ?? 0;
    // The integral up to the n-th arrival has mean n and deviation sqrt(n).
    expect(Math.abs(integral(last) - COUNT)).toBeLessThan(4 * Math.sqrt(COUNT));
  });

  test('the rate is the slope of the integral', () => {
    if (
      arrivals.process !== 'poisson' &&
      arrivals.process !== 'flash-crowd' &&
      arrivals.process !== 'diurnal'
    )
      return;
    for (const time of [1, 99, 101, 150, 777, 1150, 1999, 3333]) {
      const slope = (integral(time + 1e-4) - integral(time - 1e-4)) / 2e-4;
      expect(arrivalRate(arrivals, time) / slope).toBeCloseTo(1, 4);
    }
  });

  test('the same dice give the same times, others others', () => {
    expect(first(arrivals, 100)).toEqual(first(arrivals, 100));
    expect(first(arrivals, 100)).not.toEqual(first(arrivals, 100, 1));
  });
});

// The times between arrivals of Stutzbach and Rejaie.
test.each([0.79, 0.53, 0.62])('gaps of a Weibull renewal process of shape %d', (shape) => {
  const arrivals = { process: 'weibull', shape, scale: 40 } as const;
  const times = first(arrivals, COUNT);
  const cdf = (x: number): number => -Math.expm1(-((Math.max(0, x) / 40) ** shape));
  expect(
    kolmogorovSmirnov(
      gaps(times, (time) => time),
      cdf,
    ),
  ).toBeLessThan(1);
  const mean = 40 * gamma(1 + 1 / shape);
  expect(1 / meanArrivalRate(arrivals)).toBeCloseTo(mean, 9);
  const deviation = Math.sqrt((1600 * gamma(1 + 2 / shape) - mean ** 2) / COUNT);
  expect(Math.abs((times.at(-1) ?? 0) / COUNT - mean)).toBeLessThan(4 * deviation);
});

describe('what comes at set times', () => {
  test('batches', () => {
    expect(first({ process: 'batch', at: 5, peers: 2, every: 10 }, 5)).toEqual([5, 5, 15, 15, 25]);
    expect(first({ process: 'batch', at: 5, peers: 2 }, 5)).toEqual([5, 5]);
    expect(first({ process: 'batch', at: 5, peers: 0, every: 10 }, 5)).toEqual([]);
  });

  test('a trace', () => {
    expect(first({ process: 'trace', times: [0, 1.5, 1.5, 7] }, 9)).toEqual([0, 1.5, 1.5, 7]);
  });

  test('a crowd that comes once, and nobody besides', () => {
    const times = first({ process: 'flash-crowd', rate: 0, at: 50, peers: 400, decay: 10 }, COUNT);
    expect(times.every((time) => time >= 50)).toBe(true);
    expect(Math.abs(times.length - 400)).toBeLessThan(4 * Math.sqrt(400));
  });

  test.each<Arrivals>([
    { process: 'poisson', rate: 0 },
    { process: 'diurnal', rate: 0, amplitude: 0.5, peak: 0, day: DAY },
    { process: 'flash-crowd', rate: 0, at: 10, every: 60, peers: 0, decay: 1 },
  ])('nobody: %j', (arrivals) => {
    expect(arrivalTimes(arrivals, dice(SEED, 'arrivals', 0))()).toBe(Infinity);
  });
});
