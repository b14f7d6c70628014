/** Every continuous distribution against its definition, by Kolmogorov and Smirnov's test at 0.001. */
import { dice } from '../../simulation/models/dice.ts';
import { times } from '../../simulation/models/distributions.ts';
import type { Distribution } from '../../simulation/scenario/schema.ts';
import { SECOND } from '../../simulation/virtual/events.ts';
import { kolmogorovSmirnov } from '../goodness.ts';
import type { Check, Size } from './check.ts';

const SIZES = { quick: 20_000, full: 1_000_000 } as const;
const SEED = 42;

/** Error function to 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - tail * Math.exp(-x * x));
}

const from0 = (cdf: (x: number) => number) => (x: number) => (x <= 0 ? 0 : cdf(x));
const weibull = (shape: number, scale: number) => from0((x) => -Math.expm1(-((x / scale) ** shape)));

/** Continuous distributions of the scenario, and what is known of them. */
export const CASES: readonly (readonly [Distribution, (x: number) => number])[] = [
  [{ distribution: 'uniform', min: 20, max: 60 }, (x) => Math.min(1, Math.max(0, (x - 20) / 40))],
  [{ distribution: 'exponential', mean: 300 }, from0((x) => -Math.expm1(-x / 300))],
  // The sessions of Stutzbach and Rejaie, in minutes; and a shape above 1.
  [{ distribution: 'weibull', shape: 0.38, scale: 42.4 * 60 }, weibull(0.38, 42.4 * 60)],
  [{ distribution: 'weibull', shape: 0.34, scale: 21.3 * 60 }, weibull(0.34, 21.3 * 60)],
  [{ distribution: 'weibull', shape: 0.59, scale: 41.9 * 60 }, weibull(0.59, 41.9 * 60)],
  [{ distribution: 'weibull', shape: 2.5, scale: 100 }, weibull(2.5, 100)],
  [{ distribution: 'pareto', shape: 1.2, min: 30 }, (x) => (x <= 30 ? 0 : 1 - (30 / x) ** 1.2)],
  [
    { distribution: 'lognormal', median: 40, sigma: 0.5 },
    from0((x) => (1 + erf(Math.log(x / 40) / 0.5 / Math.SQRT2)) / 2),
  ],
];

/** One value of each of many peers, in seconds. */
export function sample(from: Distribution, seed: number, count: number): number[] {
  const time = times(from);
  return Array.from({ length: count }, (_, peer) => time(dice(seed, 'stays', peer)) / SECOND);
}

/** The statistic as a part of the one that 1 in 1000 samples exceeds: below 1 there is nothing against it. */
export function distributions(size: Size): Check[] {
  return CASES.map(([from, cdf]) => {
    const { distribution, ...parameters } = from;
    const values = Object.values(parameters).map((value) => Math.round(Number(value) * 100) / 100);
    return {
      what: `${distribution}(${values.join(', ')}), sqrt(n) D / critical value`,
      expected: 0,
      measured: kolmogorovSmirnov(sample(from, SEED, SIZES[size]), cdf),
      allowed: 1,
    };
  });
}
