/**
 * Telling neighbours what has come: at once, but at most every `INTERVAL`; what comes in between goes together. So a
 * neighbour's picture of this peer is up to 200 ms old, and the number of messages does not follow the number of chunks.
 */

/** Milliseconds. */
const INTERVAL = 200;

export class News {
  #chunks: number[] = [];
  #toldAt = -Infinity;

  /** When there is something to tell; undefined: nothing. */
  get dueAt(): number | undefined {
    return this.#chunks.length === 0 ? undefined : this.#toldAt + INTERVAL;
  }

  add(chunk: number): void {
    this.#chunks.push(chunk);
  }

  /** What is to be told at `now`. */
  take(now: number): readonly number[] {
    const { dueAt } = this;
    if (dueAt === undefined || dueAt > now) return [];
    this.#toldAt = now;
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks;
  }
}
