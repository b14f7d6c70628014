/** Tests of goodness of fit, for what is drawn from dice. Seeds are fixed: a test passes always or never. */

/** Quantile of Kolmogorov's distribution (Kolmogorov, Giornale dell'Istituto Italiano degli Attuari 4, 1933) at 1 - 0.001. */
const KOLMOGOROV = 1.9495;
/** The normal distribution's at 1 - 0.001. */
const NORMAL = 3.0902;

/** Kolmogorov and Smirnov's statistic sqrt(n) D of a sample against a continuous distribution, as a part of what 1 in 1000 samples exceeds. */
export function kolmogorovSmirnov(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let most = 0;
  for (const [i, x] of sorted.entries()) {
    const expected = cdf(x);
    most = Math.max(most, Math.abs(expected - i / n), Math.abs((i + 1) / n - expected));
  }
  return (Math.sqrt(n) * most) / KOLMOGOROV;
}

/** Pearson's statistic of counts against what was expected, as a part of what 1 in 1000 exceeds (Wilson and Hilferty, PNAS 17, 1931). */
export function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  const statistic = counts.reduce(
    (sum, count, i) => sum + (count - (expected[i] ?? 0)) ** 2 / (expected[i] ?? 0),
    0,
  );
  const freedom = counts.length - 1;
  const step = 2 / (9 * freedom);
  return statistic / (freedom * (1 - step + NORMAL * Math.sqrt(step)) ** 3);
}

/** Distance of a count of `n` trials of probability `p` from what is expected, in standard deviations. */
export const deviations = (count: number, n: number, p: number): number =>
  Math.abs(count - n * p) / Math.sqrt(n * p * (1 - p));
