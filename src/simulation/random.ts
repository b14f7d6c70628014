/** Seeded randomness: the same seed gives the same numbers on every platform. */

/**
 * SFC32 (Chris Doty-Humphrey, PractRand): 128 bits of state, uniform in [0, 1). The words of the seed are
 * mixed in by running the generator before the first number is used.
 */
export function sfc32(a: number, b: number, c: number): () => number {
  let counter = 1;
  let [x, y, z] = [a | 0, b | 0, c | 0];
  const next = (): number => {
    const sum = (((x + y) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    x = y ^ (y >>> 9);
    y = (z + (z << 3)) | 0;
    z = (z << 21) | (z >>> 11);
    z = (z + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** FNV-1a over UTF-16 units: a 32-bit word for a name. */
export function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** An independent stream per seed and concern, so that one concern's draws never shift another's. */
export const stream = (seed: number, concern: string): (() => number) =>
  sfc32(seed, hashName(concern), 0x9e3779b9);
