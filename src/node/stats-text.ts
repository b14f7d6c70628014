/**
 * `GET /stats` as bytes. Up to a hundred thousand swarms with names of a kilobyte are in it: a long one is
 * made at most a few times a second and shared, however many ask. The page asks once a second, so it
 * never sees it older than what it asked for before.
 */
import type { TrackerStats } from '../tracker/api.ts';

/** Bytes; what is shorter costs less than a request and is always made afresh. */
const LONG = 64 * 1024;
/** Milliseconds a long one is given again. */
const KEPT = 250;

export class StatsText {
  readonly #read: (now: number) => TrackerStats;
  readonly #now: () => number;
  #long: { readonly bytes: Buffer; readonly madeAt: number } | undefined;

  constructor(read: (now: number) => TrackerStats, now: () => number) {
    this.#read = read;
    this.#now = now;
  }

  bytes(): Buffer {
    const asked = this.#now();
    if (this.#long !== undefined && asked - this.#long.madeAt < KEPT) return this.#long.bytes;
    const bytes = Buffer.from(JSON.stringify(this.#read(asked)));
    // From when it was done: making it may take as long as it is kept.
    this.#long = bytes.length < LONG ? undefined : { bytes, madeAt: this.#now() };
    return bytes;
  }
}
