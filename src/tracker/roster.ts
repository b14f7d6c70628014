/**
 * Registrations in the order in which they were made, for reading page by page while peers come and go: who
 * stays is on exactly one page, and a page costs what is on it. Who left leaves a gap; gaps are closed when
 * they are half of it, so dropping costs a search, O(log n), and its share of that.
 */

export interface Numbered {
  /** Its number, ascending; the roster writes it, nobody else does. */
  serial: number;
}

export class Roster<T extends Numbered> {
  #list: (T | number)[] = [];
  #next = 0;
  #gaps = 0;

  add(item: T): void {
    item.serial = this.#next++;
    this.#list.push(item);
  }

  drop(item: T): void {
    const place = this.#placeAfter(item.serial - 1);
    if (this.#list[place] !== item) throw new Error('not on the roster');
    // A gap keeps its number, so that the list stays in order.
    this.#list[place] = item.serial;
    this.#gaps++;
    if (this.#gaps * 2 <= this.#list.length) return;
    this.#list = this.#list.filter((entry) => typeof entry !== 'number');
    this.#gaps = 0;
  }

  /** Up to `limit` whose number is above `after`. */
  page(after: number, limit: number): T[] {
    const page: T[] = [];
    for (let place = this.#placeAfter(after); place < this.#list.length && page.length < limit; place++) {
      const entry = this.#list[place];
      if (entry !== undefined && typeof entry !== 'number') page.push(entry);
    }
    return page;
  }

  /** The first place whose number is above `after`: the list is in order of numbers. */
  #placeAfter(after: number): number {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#numberAt(middle) > after) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #numberAt(place: number): number {
    const entry = this.#list[place];
    return typeof entry === 'number' ? entry : (entry?.serial ?? this.#next);
  }
}
