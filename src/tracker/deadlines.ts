/**
 * Deadlines of different lengths: a binary heap in which every entry knows its place, so setting, moving and
 * dropping one are O(log n) and the next to come is O(1). (Timers of one length need less: `timers.ts`.)
 */

/** The heap writes both fields, nobody else does. */
export interface Due {
  /** Milliseconds. */
  due: number;
  /** Place in the heap, -1 when it is in none. */
  heapPlace: number;
}

export class Deadlines<T extends Due> {
  readonly #heap: T[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** Who comes next. */
  get first(): T | undefined {
    return this.#heap[0];
  }

  /** Whatever was set for it before no longer holds. */
  set(item: T, due: number): void {
    item.due = due;
    if (item.heapPlace < 0) this.#put(item, this.#heap.length);
    this.#settle(item);
  }

  /** Does nothing to one that has none. */
  drop(item: T): void {
    const { heapPlace } = item;
    if (heapPlace < 0) return;
    item.heapPlace = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === item) return;
    this.#put(last, heapPlace);
    this.#settle(last);
  }

  #settle(item: T): void {
    this.#rise(item);
    this.#sink(item);
  }

  #rise(item: T): void {
    for (;;) {
      const place = item.heapPlace;
      const parentPlace = (place - 1) >> 1;
      const parent = this.#heap[parentPlace];
      if (place === 0 || parent === undefined || parent.due <= item.due) return;
      this.#put(parent, place);
      this.#put(item, parentPlace);
    }
  }

  #sink(item: T): void {
    for (;;) {
      const place = item.heapPlace;
      const left = this.#heap[2 * place + 1];
      const right = this.#heap[2 * place + 2];
      const child = right !== undefined && left !== undefined && right.due < left.due ? right : left;
      if (child === undefined || child.due >= item.due) return;
      this.#put(item, child.heapPlace);
      this.#put(child, place);
    }
  }

  #put(item: T, place: number): void {
    this.#heap[place] = item;
    item.heapPlace = place;
  }
}
