/**
 * What is still to happen, soonest first: a binary heap over typed arrays. The key of an event is complete (time,
 * who meets it, whose it is, the how manieth of its own), so the order in which an entity meets its events is the same
 * whichever worker runs it.
 */
import type { Micros } from './events.ts';

/** 0 is the tracker; peer number n is n + 1. */
export type Entity = number;

/** An event as it is asked for; `item` goes with it untouched. */
export interface Happening<T> {
  readonly at: Micros;
  readonly to: Entity;
  readonly from: Entity;
  /** The how manieth event of `from`'s making: no two of one `from` are alike. */
  readonly count: number;
  readonly item: T;
}

const FIRST_CAPACITY = 1024;

export class EventQueue<T> {
  #capacity = FIRST_CAPACITY;
  /** The heap: times, and the slots where the rest of each event stands. */
  #at = new Float64Array(FIRST_CAPACITY);
  #slot = new Uint32Array(FIRST_CAPACITY);
  #size = 0;
  /** By slot. */
  #to = new Uint32Array(FIRST_CAPACITY);
  #from = new Uint32Array(FIRST_CAPACITY);
  #count = new Float64Array(FIRST_CAPACITY);
  readonly #items: (T | undefined)[] = [];
  #free: number[] = [];

  get size(): number {
    return this.#size;
  }

  /** When the next event is; `Infinity` when there is none. */
  get next(): Micros {
    return this.#size === 0 ? Infinity : (this.#at[0] ?? Infinity);
  }

  put(at: Micros, to: Entity, from: Entity, count: number, item: T): void {
    if (this.#size === this.#capacity) this.#grow();
    const slot = this.#free.pop() ?? this.#size;
    this.#to[slot] = to;
    this.#from[slot] = from;
    this.#count[slot] = count;
    this.#items[slot] = item;
    this.#rise(this.#size++, at, slot);
  }

  take(): Happening<T> | undefined {
    if (this.#size === 0) return undefined;
    const [at, slot] = [this.#at[0] ?? 0, this.#slot[0] ?? 0];
    const taken: Happening<T> = {
      at,
      to: this.#to[slot] ?? 0,
      from: this.#from[slot] ?? 0,
      count: this.#count[slot] ?? 0,
      item: this.#items[slot] as T,
    };
    this.#items[slot] = undefined;
    this.#free.push(slot);
    this.#size--;
    if (this.#size > 0) this.#sink(this.#at[this.#size] ?? 0, this.#slot[this.#size] ?? 0);
    return taken;
  }

  /** Whether (at, slot) comes before what stands at `place`. */
  #before(at: Micros, slot: number, place: number): boolean {
    const other = this.#at[place] ?? 0;
    return at !== other ? at < other : this.#wins(slot, this.#slot[place] ?? 0);
  }

  /** Of two at the same time. */
  #wins(slot: number, other: number): boolean {
    const to = (this.#to[slot] ?? 0) - (this.#to[other] ?? 0);
    if (to !== 0) return to < 0;
    const from = (this.#from[slot] ?? 0) - (this.#from[other] ?? 0);
    return from !== 0 ? from < 0 : (this.#count[slot] ?? 0) < (this.#count[other] ?? 0);
  }

  #rise(from: number, at: Micros, slot: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#before(at, slot, parent)) break;
      this.#at[place] = this.#at[parent] ?? 0;
      this.#slot[place] = this.#slot[parent] ?? 0;
      place = parent;
    }
    this.#at[place] = at;
    this.#slot[place] = slot;
  }

  /** Puts what stood last in the place of the first, and lets it sink. */
  #sink(at: Micros, slot: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (right < this.#size && this.#before(this.#at[right] ?? 0, this.#slot[right] ?? 0, child))
        child = right;
      if (this.#before(at, slot, child)) break;
      this.#at[place] = this.#at[child] ?? 0;
      this.#slot[place] = this.#slot[child] ?? 0;
      place = child;
    }
    this.#at[place] = at;
    this.#slot[place] = slot;
  }

  #grow(): void {
    // By a quarter: most of what waits are peers, one event each, and empty room is theirs to pay.
    this.#capacity += this.#capacity >> 2;
    const wider = (old: Float64Array<ArrayBuffer>) => {
      const wide = new Float64Array(this.#capacity);
      wide.set(old);
      return wide;
    };
    const widened = (old: Uint32Array<ArrayBuffer>) => {
      const wide = new Uint32Array(this.#capacity);
      wide.set(old);
      return wide;
    };
    this.#at = wider(this.#at);
    this.#count = wider(this.#count);
    this.#slot = widened(this.#slot);
    this.#to = widened(this.#to);
    this.#from = widened(this.#from);
  }
}
