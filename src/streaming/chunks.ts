/**
 * The chunks a peer holds: a fixed set (video on demand) or a window that moves with time (live).
 * Chunk numbers count from 0; a live chunk's slot is its number modulo the window.
 */

export class Chunks {
  /** One byte per slot: 1 = held. */
  readonly held: Uint8Array<ArrayBuffer>;
  /** First chunk of the window; 0 for video on demand. */
  base = 0;
  count = 0;
  readonly size: number;

  constructor(size: number) {
    this.size = size;
    this.held = new Uint8Array(size);
  }

  has(chunk: number): boolean {
    return this.inWindow(chunk) && this.held[chunk % this.size] === 1;
  }

  inWindow(chunk: number): boolean {
    return chunk >= this.base && chunk < this.base + this.size;
  }

  /** False when it was held already or lies outside the window. */
  add(chunk: number): boolean {
    if (!this.inWindow(chunk) || this.held[chunk % this.size] === 1) return false;
    this.held[chunk % this.size] = 1;
    this.count++;
    return true;
  }

  /** Takes over another peer's slots, whose window begins at `base`. */
  copy(base: number, slots: Uint8Array): void {
    this.base = base;
    this.count = 0;
    for (let i = 0; i < this.size; i++) {
      const held = slots[i] === 1 ? 1 : 0;
      this.held[i] = held;
      this.count += held;
    }
  }

  /** Moves the window so that `base` is its first chunk; what falls out is forgotten, what comes in is not held. */
  advance(base: number): void {
    const steps = Math.min(this.size, base - this.base);
    for (let i = 0; i < steps; i++) {
      const slot = (base - 1 - i + this.size * 2) % this.size;
      if (this.held[slot] === 1) this.count--;
      this.held[slot] = 0;
    }
    this.base = base;
  }

  /** Moves the window on when the chunk lies beyond its end: whoever has it is that far. */
  follow(chunk: number): void {
    if (chunk >= this.base + this.size) this.advance(chunk - this.size + 1);
  }

  /** The first chunk of the window that is not held and that `others` do not hold either. */
  firstLacking(others: readonly Chunks[] = []): number | undefined {
    for (let chunk = this.base; chunk < this.base + this.size; chunk++)
      if (!this.has(chunk) && !others.some((other) => other.has(chunk))) return chunk;
    return undefined;
  }

  /** One bit per chunk of the window, most significant bit first, as PPSP-TP's chunk maps have it. */
  bitmap(): Uint8Array<ArrayBuffer> {
    const bits = new Uint8Array(Math.ceil(this.size / 8));
    for (let i = 0; i < this.size; i++)
      if (this.has(this.base + i)) bits[i >> 3] = (bits[i >> 3] ?? 0) | (0x80 >> (i & 7));
    return bits;
  }

  get complete(): boolean {
    return this.count === this.size;
  }
}
