/**
 * Are counts as scattered as chance would have it? The sum of (seen - expected)^2 / variance over all that were counted,
 * each against its own expectation, so that unequal exposure does no harm.
 */
import type { Spell } from '../in-degree.ts';
import { chiSquareSurvival } from '../special-functions.ts';

/** No chance in it: every list had every candidate. */
const CERTAIN = 1e-9;

export class Dispersion {
  #count = 0;
  #sum = 0;
  #variance = 0;

  add({ degree, handOuts, mean, variance }: Spell): void {
    if (variance <= CERTAIN) return;
    this.#count++;
    this.#sum += (degree - mean) ** 2 / variance;
    // Of the square of a standardised binomial count: 2, and its excess kurtosis (1 - 6 p q) / (n p q).
    this.#variance += 2 + Math.max(-2, 1 / variance - 6 / handOuts);
  }

  /** 1 by chance. */
  get index(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count;
  }

  /**
   * P(so scattered or more) by chance: a chi-square distribution scaled to the sum's mean and variance (Satterthwaite
   * 1946), since small counts are not normal; a degree of freedom less, for lists of given sizes share out their entries.
   */
  get pValue(): number | undefined {
    if (this.#count < 2 || this.#variance <= 0) return undefined;
    const variance = (this.#variance * this.#count) / (this.#count - 1);
    const scale = variance / (2 * this.#count);
    return chiSquareSurvival(this.#sum / scale, this.#count / scale);
  }
}
