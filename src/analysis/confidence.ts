/**
 * Confidence intervals of means, and which observations they rest on. References: Law: Simulation Modeling and
 * Analysis, 5th ed., §9.5; Schmeiser: Batch size effects in the analysis of simulation output, Operations Research
 * 30 (1982): 10 to 30 batches, whatever the length of the run.
 */
import { tQuantile } from './special-functions.ts';

export const LEVEL = 0.95;
/** Batches a measured window is cut into. */
export const BATCHES = 20;
/** Fewer say nothing about the spread between them. */
const LEAST_BATCHES = 5;
/** Observations a batch must have, so that its mean is near normal. */
const LEAST_PER_BATCH = 5;

export interface Interval {
  /** value ± halfWidth, in the measure's unit. */
  readonly halfWidth: number;
  readonly level: typeof LEVEL;
  readonly method: 'batch means' | 'replications';
  /** Batches or replications. */
  readonly count: number;
  /**
   * Lag-1 autocorrelation of the batch means: where it is over 2/sqrt(count), batches are too short (or the run not
   * yet steady), and the true interval is wider. Only of batch means.
   */
  readonly lag1?: number;
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
}

/** Sample standard deviation, with n - 1. */
export function deviationOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Half of the width of the 95% interval of a mean of independent values: t(0.975, n - 1) s / sqrt(n). */
function halfWidthOf(values: ArrayLike<number>): number {
  const n = values.length;
  return (tQuantile((1 + LEVEL) / 2, n - 1) * deviationOf(values)) / Math.sqrt(n);
}

/** r1 = sum (x_i - m)(x_{i+1} - m) / sum (x_i - m)^2; 0 of values that are all the same. */
export function lag1Of(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let products = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const off = (values[i] ?? 0) - mean;
    squares += off * off;
    if (i > 0) products += off * ((values[i - 1] ?? 0) - mean);
  }
  return squares === 0 ? 0 : products / squares;
}

/** The interval of a mean from the means of batches of equal length; `undefined` of fewer than 5 batches. */
export function batchMeans(means: ArrayLike<number>): Interval | undefined {
  if (means.length < LEAST_BATCHES) return undefined;
  return {
    halfWidth: halfWidthOf(means),
    level: LEVEL,
    method: 'batch means',
    count: means.length,
    lag1: lag1Of(means),
  };
}

/**
 * The same for observations in the order in which they were made, cut into up to 20 batches of equal number; those
 * left over at the end count for the mean alone. `undefined` of fewer than 25 observations.
 */
export function observationMeans(observations: ArrayLike<number>): Interval | undefined {
  const batches = Math.min(BATCHES, Math.floor(observations.length / LEAST_PER_BATCH));
  const size = Math.floor(observations.length / batches);
  const means = new Float64Array(batches);
  for (let i = 0; i < batches * size; i++) {
    const batch = Math.floor(i / size);
    means[batch] = (means[batch] ?? 0) + (observations[i] ?? 0) / size;
  }
  return batchMeans(means);
}

/** The interval of the mean over independent runs, one value of each; `undefined` of a single run. */
export function acrossRuns(values: ArrayLike<number>): Interval | undefined {
  if (values.length < 2) return undefined;
  return { halfWidth: halfWidthOf(values), level: LEVEL, method: 'replications', count: values.length };
}
