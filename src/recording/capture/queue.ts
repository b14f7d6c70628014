/** Bytes waiting to be read: appended at the end, taken from the front. */
export class ByteQueue {
  #bytes = new Uint8Array(1024);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** Holds until the next `push`. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  push(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#bytes.length) this.#makeRoom(chunk.length);
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  skip(count: number): void {
    this.#start += Math.min(count, this.length);
    if (this.#start === this.#end) this.#start = this.#end = 0;
  }

  /** Lets its memory go too. */
  clear(): void {
    this.#bytes = new Uint8Array(0);
    this.#start = this.#end = 0;
  }

  #makeRoom(count: number): void {
    const { bytes } = this;
    const needed = bytes.length + count;
    // Moving to the front is enough when half of the room is free.
    if (needed * 2 <= this.#bytes.length) this.#bytes.copyWithin(0, this.#start, this.#end);
    else {
      const larger = new Uint8Array(Math.max(1024, needed * 2));
      larger.set(bytes);
      this.#bytes = larger;
    }
    this.#start = 0;
    this.#end = bytes.length;
  }
}
