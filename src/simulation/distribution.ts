/** Distributions of the scenario file, drawn from a given source of randomness. */

export type Distribution =
  | { readonly distribution: 'constant'; readonly value: number }
  | { readonly distribution: 'uniform'; readonly min: number; readonly max: number }
  | { readonly distribution: 'exponential'; readonly mean: number }
  | { readonly distribution: 'lognormal'; readonly median: number; readonly sigma: number }
  | { readonly distribution: 'never' };

/** One value; `Infinity` for `never`. `random` is uniform in [0, 1). */
export function draw(from: Distribution, random: () => number): number {
  switch (from.distribution) {
    case 'constant':
      return from.value;
    case 'uniform':
      return from.min + (from.max - from.min) * random();
    case 'exponential':
      return -from.mean * Math.log1p(-random());
    case 'lognormal':
      return from.median * Math.exp(from.sigma * standardNormal(random));
    case 'never':
      return Infinity;
    default:
      return from satisfies never;
  }
}

/** Box and Muller's transform (1958); the second value is thrown away to keep one draw independent of the last. */
function standardNormal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log1p(-random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** The same shape with every value multiplied: how "twice as fast" is applied to a stay. */
export function scaled(from: Distribution, factor: number): Distribution {
  switch (from.distribution) {
    case 'constant':
      return { ...from, value: from.value * factor };
    case 'uniform':
      return { ...from, min: from.min * factor, max: from.max * factor };
    case 'exponential':
      return { ...from, mean: from.mean * factor };
    case 'lognormal':
      return { ...from, median: from.median * factor };
    case 'never':
      return from;
    default:
      return from satisfies never;
  }
}
