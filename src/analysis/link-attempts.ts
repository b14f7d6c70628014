/** Links that peers tried to open: how many came about, and why the others did not. */
import type { LinkFailure, Micros } from '../simulation/virtual/events.ts';
import type { Measures } from './measures.ts';
import type { EventOf } from './peers.ts';
import { shareOf, Tally, type Window } from './window.ts';

export class LinkAttempts {
  readonly #all: Tally;
  readonly #failed: Tally;
  readonly #byReason: Readonly<Record<LinkFailure, Tally>>;

  constructor(window: Window) {
    const tally = () => new Tally(window);
    this.#all = tally();
    this.#failed = tally();
    this.#byReason = { nat: tally(), dead: tally(), silent: tally(), refused: tally() };
  }

  /** A link came about. */
  opened(at: Micros): void {
    this.#all.add(at);
  }

  failed({ at, why }: EventOf<'unlinked'>): void {
    this.#all.add(at);
    this.#failed.add(at);
    this.#byReason[why].add(at);
  }

  get measured(): number {
    return this.#all.measured;
  }

  tell(measures: Measures, now: Micros): void {
    const observations = this.#all.measured;
    if (observations === 0) return;
    measures.tell('links.attemptsPerSecond', this.#all.rate(now), { observations });
    const failed = shareOf(this.#failed, this.#all, now);
    measures.tell('links.failedShare', failed.value, { interval: failed.interval, observations });
    for (const [of, tally] of Object.entries(this.#byReason)) {
      const share = shareOf(tally, this.#all, now);
      measures.tell('links.failures.*.share', share.value, { of, interval: share.interval, observations });
    }
  }
}
