/** How evenly a quantity is shared. Both have no unit, and do not change when all values are scaled alike. */

/**
 * Jain's index (Jain, Chiu, Hawe: A quantitative measure of fairness and discrimination for resource allocation in
 * shared computer systems, DEC TR-301, 1984): (sum x)^2 / (n sum x^2), from 1/n (one has all) to 1 (all the same).
 * `values` >= 0; NaN of none, or of zeros only.
 */
export function jainIndex(values: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    sum += value;
    squares += value * value;
  }
  return (sum * sum) / (values.length * squares);
}

/**
 * Gini coefficient (Gini 1912; in this form Sen: On Economic Inequality, 1973, §2.8): of x_1 <= ... <= x_n,
 * sum_i (2i - n - 1) x_i / (n sum x), from 0 (all the same) to 1 - 1/n (one has all).
 * `values` >= 0; NaN of none, or of zeros only.
 */
export function giniCoefficient(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let sum = 0;
  let weighted = 0;
  sorted.forEach((value, i) => {
    sum += value;
    weighted += (2 * (i + 1) - n - 1) * value;
  });
  return weighted / (n * sum);
}
