/** The gamma function, for the means of Weibull distributions. */

/** Coefficients of the approximation for g = 7, n = 9 (Lanczos, SIAM J. Numer. Anal. B 1, 1964, 86-96). */
const G = 7;
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** Gamma(x) for x >= 1/2, to some 15 digits; (n - 1)! for whole n. */
export function gamma(x: number): number {
  const [first, ...rest] = COEFFICIENTS;
  const z = x - 1;
  const sum = rest.reduce((sum, coefficient, i) => sum + coefficient / (z + i + 1), first as number);
  const t = z + G + 0.5;
  return Math.sqrt(2 * Math.PI) * Math.pow(t, z + 0.5) * Math.exp(-t) * sum;
}
