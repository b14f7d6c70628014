/** What a fuzzer draws, from one seeded stream. */
import { stream } from '../../simulation/random.ts';

export class Dice {
  private readonly next: () => number;

  /** The same seed and concern: the same draws. */
  constructor(seed: number, concern: string) {
    this.next = stream(seed, concern);
  }

  /** Uniform in [0, 1). */
  readonly random = (): number => this.next();

  /** A whole number from 0 to `end` - 1. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Of at least one. */
  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** 1 to `most`; the larger the rarer, so that many small ones and a few of the largest take the same time. */
  size(most: number): number {
    return Math.floor(Math.exp(this.next() ** 3 * Math.log(most)));
  }
}
