/**
 * How many neighbours hold each chunk that is still wanted: the availability counts of local rarest first (Legout,
 * Urvoy-Keller, Michiardi: Rarest first and choke algorithms are enough, IMC 2006, §2.1). Slots wanted lie in one
 * array in the order of their counts, so that a count goes up or down, and the rarest is found, in O(1).
 */
export class Rarity {
  /** Slots wanted, fewest holders first. */
  readonly order: Uint32Array;
  /** Where in `order`; -1: held, or asked for. */
  readonly #place: Int32Array;
  readonly #counts: Uint16Array;
  /** Where in `order` those with so many holders begin; one more than there are counts. */
  readonly #starts: number[] = [0, 0];
  /** Slots wanted. */
  size = 0;

  constructor(slots: number) {
    this.order = new Uint32Array(slots);
    this.#place = new Int32Array(slots).fill(-1);
    this.#counts = new Uint16Array(slots);
  }

  /** Slots that nobody holds: the first so many of `order`. */
  get unheld(): number {
    return this.#starts[1] ?? 0;
  }

  /** End of the slots that have as many holders as the one at `place` in `order`. */
  endOfEqual(place: number): number {
    return this.#starts[this.#count(this.order[place] ?? 0) + 1] ?? this.size;
  }

  wants(slot: number): boolean {
    return (this.#place[slot] ?? -1) >= 0;
  }

  holders(slot: number): number {
    return this.#count(slot);
  }

  /** The slot is wanted, and neither held nor asked for. */
  put(slot: number): void {
    if (this.wants(slot)) return;
    const count = this.#count(slot);
    while (this.#starts.length < count + 2) this.#starts.push(this.size);
    // The gap at the end moves down to its bucket: the first of each bucket above goes to that bucket's end.
    let gap = this.size++;
    for (let above = this.#starts.length - 1; above > count; above--) {
      const start = this.#starts[above] ?? 0;
      if (start !== gap) this.#set(gap, this.order[start] ?? 0);
      gap = start;
      this.#starts[above] = start + 1;
    }
    this.#set(gap, slot);
  }

  /** The slot is held now, or asked for. */
  take(slot: number): void {
    let gap = this.#place[slot] ?? -1;
    if (gap < 0) return;
    this.#place[slot] = -1;
    for (let above = this.#count(slot) + 1; above < this.#starts.length; above++) {
      const last = (this.#starts[above] ?? 0) - 1;
      if (last !== gap) this.#set(gap, this.order[last] ?? 0);
      gap = last;
      this.#starts[above] = last;
    }
    this.size--;
  }

  /** One more neighbour holds it (+1), or one fewer (-1). */
  change(slot: number, by: 1 | -1): void {
    const wanted = this.wants(slot);
    const count = this.#count(slot) + by;
    if (count < 0) return;
    if (wanted && by === 1) {
      // It changes places with the last of its bucket, which then begins the next.
      const last = (this.#starts[count] ?? this.size) - 1;
      this.#swap(this.#place[slot] ?? 0, last);
      this.#counts[slot] = count;
      this.#starts[count] = last;
      if (this.#starts.length < count + 2) this.#starts.push(this.size);
    } else if (wanted) {
      const first = this.#starts[count + 1] ?? 0;
      this.#swap(this.#place[slot] ?? 0, first);
      this.#counts[slot] = count;
      this.#starts[count + 1] = first + 1;
    } else this.#counts[slot] = count;
  }

  /** Another chunk is in the slot from now on. */
  renew(slot: number, holders: number): void {
    this.take(slot);
    this.#counts[slot] = holders;
    this.put(slot);
  }

  #count(slot: number): number {
    return this.#counts[slot] ?? 0;
  }

  #set(place: number, slot: number): void {
    this.order[place] = slot;
    this.#place[slot] = place;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.order[a] ?? 0, this.order[b] ?? 0];
    this.#set(a, second);
    this.#set(b, first);
  }
}
