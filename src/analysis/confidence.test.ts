import { describe, expect, it } from 'vitest';
import { dice } from '../simulation/models/dice.ts';
import { acrossRuns, batchMeans, deviationOf, lag1Of, meanOf, observationMeans } from './confidence.ts';

/** Standard normal numbers (Box and Muller). */
function normals(seed: number): () => number {
  const random = dice(seed, 'confidence test', 0);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

describe('intervals by hand', () => {
  it('is t(0.975, n - 1) s / sqrt(n)', () => {
    // s = sqrt(2.5), n = 5, t = 2.776
    expect(deviationOf([1, 2, 3, 4, 5])).toBeCloseTo(Math.sqrt(2.5), 12);
    const interval = acrossRuns([1, 2, 3, 4, 5]);
    expect(interval).toMatchObject({ method: 'replications', count: 5, level: 0.95 });
    expect(interval?.halfWidth).toBeCloseTo((2.776445 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
    expect(acrossRuns([7])).toBeUndefined();
  });

  it('tells the lag-1 autocorrelation of the batches', () => {
    expect(lag1Of([1, -1, 1, -1])).toBeCloseTo(-0.75, 12);
    expect(lag1Of([3, 3, 3])).toBe(0);
    expect(batchMeans([1, 2, 3, 4, 5])).toMatchObject({ method: 'batch means', count: 5, lag1: 0.4 });
    expect(batchMeans([1, 2, 3, 4])).toBeUndefined();
  });

  it('cuts observations into batches of equal number', () => {
    const observations = Array.from({ length: 101 }, (_, i) => i);
    const means = Array.from({ length: 20 }, (_, batch) => 5 * batch + 2);
    expect(observationMeans(observations)).toEqual(batchMeans(means));
    expect(observationMeans(observations.slice(0, 24))).toBeUndefined();
    expect(observationMeans([])).toBeUndefined();
    expect(observationMeans(observations.slice(0, 25))?.count).toBe(5);
  });
});

/** Share of `trials` intervals that hold the true mean. */
function coverage(
  trials: number,
  interval: () => { mean: number; halfWidth: number },
  truth: number,
): number {
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { mean, halfWidth } = interval();
    if (Math.abs(mean - truth) <= halfWidth) held++;
  }
  return held / trials;
}

describe('about 95% of the intervals hold the true mean', () => {
  // Of 4000 trials the share has a standard deviation of 0.0034.
  const TRIALS = 4000;

  it('over replications', () => {
    const normal = normals(1);
    const share = coverage(
      TRIALS,
      () => {
        const values = Array.from({ length: 8 }, () => 3 + 2 * normal());
        return { mean: meanOf(values), halfWidth: acrossRuns(values)?.halfWidth ?? 0 };
      },
      3,
    );
    expect(share).toBeGreaterThan(0.938);
    expect(share).toBeLessThan(0.962);
  });

  it('over batches of a process that remembers (first-order autoregressive, 0.7)', () => {
    const normal = normals(2);
    const share = coverage(
      TRIALS,
      () => {
        // Begun in its steady state: variance 1 / (1 - 0.49).
        let level = normal() / Math.sqrt(0.51);
        const values = Array.from({ length: 2000 }, () => (level = 0.7 * level + normal()));
        return { mean: meanOf(values), halfWidth: observationMeans(values)?.halfWidth ?? 0 };
      },
      0,
    );
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.962);
  });
});
