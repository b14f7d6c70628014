/**
 * A timer whose period is the same for everyone: whoever was started first runs out first, so a linked
 * list in order of start is the whole data structure. Starting, stopping and finding the next to
 * run out are O(1) each. (A `Map` kept in that order looks the same but is not: V8 leaves the place of a
 * deleted key behind, and finding the first key walks over all of them.)
 */

export interface Timed {
  /** When it was last started. */
  startedAt: number;
  earlier: this | undefined;
  later: this | undefined;
}

export class TimerQueue<T extends Timed> {
  readonly #period: number;
  #first: T | undefined;
  #last: T | undefined;

  constructor(period: number) {
    this.#period = period;
  }

  /** Who was started longest ago. */
  get first(): T | undefined {
    return this.#first;
  }

  start(item: T, now: number): void {
    item.startedAt = now;
    item.earlier = this.#last;
    item.later = undefined;
    if (this.#last === undefined) this.#first = item;
    else this.#last.later = item;
    this.#last = item;
  }

  stop(item: T): void {
    if (item.earlier === undefined) this.#first = item.later;
    else item.earlier.later = item.later;
    if (item.later === undefined) this.#last = item.earlier;
    else item.later.earlier = item.earlier;
    item.earlier = undefined;
    item.later = undefined;
  }

  reset(item: T, now: number): void {
    this.stop(item);
    this.start(item, now);
  }

  /** When the first runs out; never, when nobody's timer runs. */
  get due(): number {
    return this.#first === undefined ? Number.POSITIVE_INFINITY : this.#first.startedAt + this.#period;
  }

  /** Whoever has run out by `now`, exactly at the period included; the caller stops it. */
  expired(now: number): T | undefined {
    return this.due <= now ? this.#first : undefined;
  }
}
