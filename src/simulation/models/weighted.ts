/** One of several by weight: systems, classes of NAT, lines, channels. */

/** @returns Index for a uniform number in [0, 1): i with the probability weights[i] / sum. O(log n) each. */
export function weighted(weights: readonly number[]): (uniform: number) => number {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (const [i, weight] of weights.entries()) sums[i] = sum += weight;
  // A last one without weight is never chosen, not even by rounding.
  const last = weights.findLastIndex((weight) => weight > 0);
  return (uniform) => {
    const sought = uniform * sum;
    let [low, high] = [0, last];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) > sought) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Weight of the first rank: the others' are rounded, as powers may differ in their last bit between engines. */
const FIRST_RANK = 1e12;

/**
 * Weights of `count` channels by rank: 1 / rank^exponent (Zipf's law; for IPTV channels: Cha, Rodriguez, Crowcroft,
 * Moon, Amatriain: Watching television over an IP network, IMC 2008, §4.3).
 */
export const zipf = (count: number, exponent: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => Math.round(FIRST_RANK * (i + 1) ** -exponent));
