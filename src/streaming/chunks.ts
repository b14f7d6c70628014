/**
 * The chunks a peer holds: a fixed set (video on demand) or a window that moves with time (live).
 * Chunk numbers count from 0; a live chunk's slot is its number modulo the window.
 */

/** All maps of one size that hold nothing, or everything, share their bits until one of them is written. */
const SHARED = new Map<
  number,
  { readonly none: Uint8Array<ArrayBuffer>; readonly all: Uint8Array<ArrayBuffer> }
>();

function sharedOf(size: number) {
  let shared = SHARED.get(size);
  if (shared === undefined) {
    const all = new Uint8Array((size + 7) >> 3).fill(0xff);
    // Padding 0, as PPSP-TP's chunk maps have it.
    if (size % 8 !== 0) all[all.length - 1] = (0xff00 >> (size % 8)) & 0xff;
    shared = { none: new Uint8Array(all.length), all };
    SHARED.set(size, shared);
  }
  return shared;
}

export class Chunks {
  /** First chunk of the window; 0 for video on demand. */
  base = 0;
  count = 0;
  readonly size: number;
  /** One bit per slot, most significant first. */
  #bits: Uint8Array<ArrayBuffer>;
  /** Nobody else has these bits. */
  #own = false;

  constructor(size: number) {
    this.size = size;
    this.#bits = sharedOf(size).none;
  }

  has(chunk: number): boolean {
    return this.inWindow(chunk) && this.#hasSlot(chunk % this.size);
  }

  inWindow(chunk: number): boolean {
    return chunk >= this.base && chunk < this.base + this.size;
  }

  /** The chunk of the window that lies in the slot. */
  chunkIn(slot: number): number {
    return this.base + ((slot - (this.base % this.size) + this.size) % this.size);
  }

  #hasSlot(slot: number): boolean {
    return ((this.#bits[slot >> 3] ?? 0) & (0x80 >> (slot & 7))) !== 0;
  }

  #write(): Uint8Array<ArrayBuffer> {
    if (!this.#own) {
      this.#bits = this.#bits.slice();
      this.#own = true;
    }
    return this.#bits;
  }

  /** False when it was held already or lies outside the window. */
  add(chunk: number): boolean {
    const slot = chunk % this.size;
    if (!this.inWindow(chunk) || this.#hasSlot(slot)) return false;
    this.count++;
    if (this.count === this.size) this.fill();
    else {
      const bits = this.#write();
      bits[slot >> 3] = (bits[slot >> 3] ?? 0) | (0x80 >> (slot & 7));
    }
    return true;
  }

  /** Holds the whole window. */
  fill(): void {
    this.count = this.size;
    this.#bits = sharedOf(this.size).all;
    this.#own = false;
  }

  /** The slots, to be sent to others: whoever has them only reads them, and so does this from now on. */
  share(): Uint8Array<ArrayBuffer> {
    this.#own = false;
    return this.#bits;
  }

  /** Takes over another peer's slots, whose window begins at `base`. Slots that are not there are not held. */
  copy(base: number, slots: Uint8Array<ArrayBuffer>): void {
    const { none, all } = sharedOf(this.size);
    this.base = base;
    this.count = 0;
    this.#own = false;
    this.#bits = slots.length === none.length ? slots : none;
    for (let slot = 0; slot < this.size; slot++) if (this.#hasSlot(slot)) this.count++;
    if (this.count === this.size) this.#bits = all;
  }

  /** Moves the window so that `base` is its first chunk; what falls out is forgotten, what comes in is not held. */
  advance(base: number): void {
    const steps = Math.min(this.size, base - this.base);
    for (let i = 0; i < steps; i++) {
      const slot = (base - 1 - i + this.size * 2) % this.size;
      if (!this.#hasSlot(slot)) continue;
      this.count--;
      const bits = this.#write();
      bits[slot >> 3] = (bits[slot >> 3] ?? 0) & ~(0x80 >> (slot & 7));
    }
    this.base = base;
  }

  /** Whether the chunk lies beyond the window's end: whoever has it is that far. */
  behind(chunk: number): boolean {
    return chunk >= this.base + this.size;
  }

  /** The first chunk of the window, from `from` on, that is not held. */
  firstLacking(from = this.base): number | undefined {
    if (this.count === this.size) return undefined;
    for (let chunk = Math.max(from, this.base); chunk < this.base + this.size; chunk++)
      if (!this.has(chunk)) return chunk;
    return undefined;
  }

  /** Each chunk held, in the order of their slots. O(chunks / 8 + held). */
  visit(see: (chunk: number) => void): void {
    for (let at = 0; at < this.#bits.length; at++) {
      const bits = this.#bits[at] ?? 0;
      for (let bit = 0; (bits << bit) & 0xff; bit++)
        if (bits & (0x80 >> bit)) see(this.chunkIn(at * 8 + bit));
    }
  }

  /** Whether it holds anything that the other lacks. O(chunks / 8) where both windows begin alike. */
  offers(other: Chunks): boolean {
    if (this.count === 0 || other.count === other.size) return false;
    if (this.base === other.base) {
      const theirs = other.#bits;
      return this.#bits.some((bits, at) => (bits & ~(theirs[at] ?? 0)) !== 0);
    }
    for (let chunk = this.base; chunk < this.base + this.size; chunk++)
      if (this.has(chunk) && other.inWindow(chunk) && !other.has(chunk)) return true;
    return false;
  }

  /** One bit per chunk of the window, most significant bit first, as PPSP-TP's chunk maps have it. */
  bitmap(): Uint8Array<ArrayBuffer> {
    if (this.base === 0) return this.#bits.slice();
    const bits = new Uint8Array((this.size + 7) >> 3);
    for (let i = 0; i < this.size; i++)
      if (this.has(this.base + i)) bits[i >> 3] = (bits[i >> 3] ?? 0) | (0x80 >> (i & 7));
    return bits;
  }

  /** One more of each chunk of the window that is held, the oldest first. */
  tally(counts: Uint32Array): void {
    const shift = this.base % this.size;
    for (let at = 0; at < this.#bits.length; at++) {
      const bits = this.#bits[at] ?? 0;
      if (bits === 0) continue;
      for (let slot = at * 8, bit = 0x80; bit > 0; slot++, bit >>= 1) {
        if ((bits & bit) === 0) continue;
        const place = slot < shift ? slot - shift + this.size : slot - shift;
        counts[place] = (counts[place] ?? 0) + 1;
      }
    }
  }

  get complete(): boolean {
    return this.count === this.size;
  }
}
