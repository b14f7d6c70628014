/**
 * Who was registered in which swarm when, as far as the watched peers believe it: what the tracker could have listed.
 * Kept are the latest changes, and how things stood before them, so that any recent moment can be had again.
 */
import { Column } from '../column.ts';
import { LEECH, SEED } from '../peers.ts';

/** A peer's part in its swarm, as in `analysis/peers.ts`: `LEECH`, `SEED`, or one of these. */
export const OUT = 0;
/** A live seed of gu-04 is on every list (gu -06 §4.6): no chance in it. */
export const ALWAYS = 3;
const MOST_CHANGES = 200_000;

export class Membership {
  readonly #at: Float64Array;
  readonly #row: Uint32Array;
  readonly #part: Uint8Array;
  #first = 0;
  #next = 0;
  /** As of the oldest change that is kept, and as of now. */
  readonly #before = new Column('uint8');
  readonly #now = new Column('uint8');
  #rows = 0;
  #since = 0;

  constructor(mostChanges = MOST_CHANGES) {
    this.#at = new Float64Array(mostChanges);
    this.#row = new Uint32Array(mostChanges);
    this.#part = new Uint8Array(mostChanges);
  }

  /** From this time on (milliseconds) all changes are kept. */
  get since(): number {
    return this.#since;
  }

  partOf(row: number): number {
    return this.#now.get(row);
  }

  /** What it was before. */
  change(at: number, row: number, part: number): number {
    const was = this.#now.get(row);
    if (was === part) return was;
    if (this.#next - this.#first === this.#at.length) {
      const oldest = this.#first++ % this.#at.length;
      this.#before.set(this.#row[oldest] ?? 0, this.#part[oldest] ?? OUT);
      this.#since = this.#at[oldest] ?? 0;
    }
    const slot = this.#next++ % this.#at.length;
    this.#at[slot] = at;
    this.#row[slot] = row;
    this.#part[slot] = part;
    this.#now.set(row, part);
    this.#rows = Math.max(this.#rows, row + 1);
    return was;
  }

  /** Begins at the oldest moment that is known. To be gone through before the next change. */
  replay(): Replay {
    const parts = new Uint8Array(this.#rows);
    for (let row = 0; row < parts.length; row++) parts[row] = this.#before.get(row);
    return new Replay(parts, this.#at, this.#row, this.#part, this.#first, this.#next);
  }
}

/** Goes through the changes in order; `parts` is how things stand there, by row. */
export class Replay {
  readonly parts: Uint8Array;
  readonly #at: Float64Array;
  readonly #row: Uint32Array;
  readonly #part: Uint8Array;
  #change: number;
  readonly #end: number;

  constructor(
    parts: Uint8Array,
    at: Float64Array,
    row: Uint32Array,
    part: Uint8Array,
    first: number,
    end: number,
  ) {
    this.parts = parts;
    this.#at = at;
    this.#row = row;
    this.#part = part;
    this.#change = first;
    this.#end = end;
  }

  /** Up to `time`, inclusive; each change is told after it is made. */
  until(time: number, changed?: (row: number, was: number, part: number) => void): void {
    for (; this.#change < this.#end; this.#change++) {
      const slot = this.#change % this.#at.length;
      if ((this.#at[slot] ?? 0) > time) return;
      const row = this.#row[slot] ?? 0;
      const part = this.#part[slot] ?? OUT;
      const was = this.parts[row] ?? OUT;
      this.parts[row] = part;
      changed?.(row, was, part);
    }
  }
}

/** Whether somebody of that part can be on a list for an asker of that part: a SEED is handed no SEED (digest, "Peer list"). */
export const isCandidate = (part: number, asker: number): boolean =>
  part === LEECH || (part === SEED && asker === LEECH);
