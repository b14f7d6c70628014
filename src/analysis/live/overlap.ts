/** How alike two lists are, and how alike two random ones would be. */

/** Jaccard index: |both| / |either|, 0 to 1; undefined of two empty lists. Entries of one list are told apart. */
export function jaccard(a: Iterable<number>, b: Iterable<number>): number | undefined {
  const inA = new Set(a);
  const inB = new Set(b);
  let both = 0;
  for (const one of inB) if (inA.has(one)) both++;
  const either = inA.size + inB.size - both;
  return either === 0 ? undefined : both / either;
}

/**
 * Expectation of the Jaccard index of two independent uniform samples of `a` and `b` of the same `candidates`: the number
 * on both is hypergeometric. Undefined where samples of that size cannot be, or are empty.
 */
export function expectedJaccard(a: number, b: number, candidates: number): number | undefined {
  if (a > candidates || b > candidates || a + b === 0) return undefined;
  const least = Math.max(0, a + b - candidates);
  // Weights relative to that of the least overlap, each from the one before.
  let weight = 1;
  let sum = 0;
  let mean = 0;
  for (let both = least; both <= Math.min(a, b); both++) {
    sum += weight;
    mean += (weight * both) / (a + b - both);
    weight *= ((a - both) * (b - both)) / ((both + 1) * (candidates - a - b + both + 1));
  }
  return mean / sum;
}
