/**
 * Counter-based randomness: Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as
 * easy as 1, 2, 3, SC'11, §3.2). A stream is named by (seed, concern, realm, entity) and has no state but how many numbers
 * were drawn: so nothing that one peer or one concern draws ever shifts another's, whichever worker it lives in.
 */

/** Uniform in [0, 1), in steps of 2^-32; what d3-random takes as `.source(...)`. */
export type Dice = () => number;

const PARITY = 0x1bd11bda;
const UNIT = 2 ** -32;

/**
 * One block of two words, into `block`. Five groups of four rounds, two sets of rotations in turn, and after each
 * group the next two of the key's three words.
 */
export function threefry(
  counter0: number,
  counter1: number,
  key0: number,
  key1: number,
  block: Uint32Array,
): void {
  const key2 = PARITY ^ key0 ^ key1;
  let a = (counter0 + key0) | 0;
  let b = (counter1 + key1) | 0;
  let [now, next, after] = [key1, key2, key0];
  for (let group = 1; group <= 5; group++) {
    if ((group & 1) === 1) {
      a = (a + b) | 0;
      b = ((b << 13) | (b >>> 19)) ^ a;
      a = (a + b) | 0;
      b = ((b << 15) | (b >>> 17)) ^ a;
      a = (a + b) | 0;
      b = ((b << 26) | (b >>> 6)) ^ a;
      a = (a + b) | 0;
      b = ((b << 6) | (b >>> 26)) ^ a;
    } else {
      a = (a + b) | 0;
      b = ((b << 17) | (b >>> 15)) ^ a;
      a = (a + b) | 0;
      b = ((b << 29) | (b >>> 3)) ^ a;
      a = (a + b) | 0;
      b = ((b << 16) | (b >>> 16)) ^ a;
      a = (a + b) | 0;
      b = ((b << 24) | (b >>> 8)) ^ a;
    }
    a = (a + now) | 0;
    b = (b + next + group) | 0;
    const used = now;
    now = next;
    next = after;
    after = used;
  }
  block[0] = a;
  block[1] = b;
}

/** FNV-1a over UTF-16 units: a 32-bit word for a name. */
export function wordOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/**
 * All dice of one concern, for whoever keeps the counters itself: `at(entity, n, realm)` is the number that
 * `dice(seed, concern, entity, realm)` gives as its n-th, n from 0. `realm`: a 32-bit word; an entity of another realm has
 * other dice, so that each source of peers may count its own from 0.
 */
export class Concern {
  readonly #key0: number;
  readonly #key1: number;
  readonly #block = new Uint32Array(2);

  /** `seed`: a whole number up to 2^53. */
  constructor(seed: number, concern: string) {
    this.#key0 = seed | 0;
    // What a seed has beyond 32 bits goes where it meets the concern.
    this.#key1 = wordOf(concern) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b1);
  }

  at(entity: number, n: number, realm = 0): number {
    threefry(n >>> 1, entity, this.#key0, this.#key1 ^ Math.imul(realm, 0x85ebca6b), this.#block);
    return (this.#block[n & 1] ?? 0) * UNIT;
  }
}

/** `entity`: a whole number below 2^32. */
export function dice(seed: number, concern: string, entity: number, realm = 0): Dice {
  const all = new Concern(seed, concern);
  let n = 0;
  return () => all.at(entity, n++, realm);
}
