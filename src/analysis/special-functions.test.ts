import { describe, expect, it } from 'vitest';
import {
  chiSquareSurvival,
  logBinomial,
  logGamma,
  regularisedBeta,
  tDistribution,
  tQuantile,
} from './special-functions.ts';

describe("quantiles of Student's t", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, §1.3.6.7.2, columns 0.95, 0.975 and 0.995.
  it.each([
    [1, 6.314, 12.706, 63.657],
    [2, 2.92, 4.303, 9.925],
    [3, 2.353, 3.182, 5.841],
    [4, 2.132, 2.776, 4.604],
    [5, 2.015, 2.571, 4.032],
    [9, 1.833, 2.262, 3.25],
    [19, 1.729, 2.093, 2.861],
    [30, 1.697, 2.042, 2.75],
    [60, 1.671, 2, 2.66],
    [100, 1.66, 1.984, 2.626],
  ])('are those of the published table for %i degrees of freedom', (degrees, p95, p975, p995) => {
    expect(tQuantile(0.95, degrees)).toBeCloseTo(p95, 3);
    expect(tQuantile(0.975, degrees)).toBeCloseTo(p975, 3);
    expect(tQuantile(0.995, degrees)).toBeCloseTo(p995, 3);
  });

  it('have closed forms for 1 and 2 degrees of freedom', () => {
    for (const p of [0.01, 0.2, 0.5, 0.6, 0.9, 0.999]) {
      expect(tQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 8);
      expect(tQuantile(p, 2)).toBeCloseTo((2 * p - 1) / Math.sqrt(2 * p * (1 - p)), 8);
    }
  });

  it('undo the distribution function', () => {
    for (const degrees of [1, 3, 7, 19, 250, 10_000])
      for (const p of [0.001, 0.3, 0.975])
        expect(tDistribution(tQuantile(p, degrees), degrees)).toBeCloseTo(p, 10);
  });
});

describe('chi-square', () => {
  // NIST/SEMATECH e-Handbook, §1.3.6.7.4, upper critical values.
  it.each([
    [1, 3.841, 6.635],
    [2, 5.991, 9.21],
    [5, 11.07, 15.086],
    [10, 18.307, 23.209],
    [30, 43.773, 50.892],
    [100, 124.342, 135.807],
  ])('has the published critical values for %i degrees of freedom', (degrees, at05, at01) => {
    expect(chiSquareSurvival(at05, degrees)).toBeCloseTo(0.05, 4);
    expect(chiSquareSurvival(at01, degrees)).toBeCloseTo(0.01, 4);
  });

  it('is exponential for 2 degrees of freedom, and certain at 0', () => {
    for (const x of [0.1, 1, 5, 40]) expect(chiSquareSurvival(x, 2)).toBeCloseTo(Math.exp(-x / 2), 12);
    expect(chiSquareSurvival(0, 7)).toBe(1);
  });
});

describe('gamma, beta, binomial', () => {
  it('has the gamma function of whole and half numbers', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(logGamma(101)).toBeCloseTo(363.73937555556347, 9);
  });

  it('has the incomplete beta function where it is a polynomial', () => {
    for (const x of [0, 0.1, 0.5, 0.73, 1]) {
      expect(regularisedBeta(x, 1, 1)).toBeCloseTo(x, 12);
      expect(regularisedBeta(x, 2, 3)).toBeCloseTo(x * x * (6 - 8 * x + 3 * x * x), 12);
    }
  });

  it('has binomial probabilities that sum to 1', () => {
    let sum = 0;
    for (let k = 0; k <= 40; k++) sum += Math.exp(logBinomial(k, 40, 0.3));
    expect(sum).toBeCloseTo(1, 12);
    expect(Math.exp(logBinomial(2, 4, 0.5))).toBeCloseTo(6 / 16, 12);
  });
});
