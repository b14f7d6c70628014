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

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** 1 to `most`, each power of two as likely as the next. */
  size(most: number): number {
    return Math.floor(Math.exp(this.next() * Math.log(most)));
  }
}
