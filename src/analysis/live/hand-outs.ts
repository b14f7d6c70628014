/**
 * The latest peer lists that were handed out, in rings of typed arrays: so many lists and so many entries, whatever the
 * length of the run. Lists are numbered from 0 in the order they came; peers are rows of the directory.
 */

/** In place of a row: somebody that nobody here knows. */
export const UNKNOWN = 0xffff_ffff;

const MOST_LISTS = 20_000;
const MOST_ENTRIES = 600_000;

export interface HandOut {
  /** Milliseconds since the run began: when the asker had it. */
  readonly at: number;
  readonly asker: number;
  readonly swarm: number;
  /** Index into METHODS. */
  readonly method: number;
  /** Peers asked for; 0: it was not said. */
  readonly wanted: number;
  /** How often somebody had joined that swarm by then. */
  readonly joins: number;
  /** Number of the asker's list before; -1: none. */
  readonly before: number;
}

export class HandOuts {
  readonly #at: Float64Array;
  readonly #asker: Uint32Array;
  readonly #swarm: Uint16Array;
  readonly #method: Uint8Array;
  readonly #wanted: Uint8Array;
  readonly #joins: Float64Array;
  readonly #before: Float64Array;
  /** Where its entries begin in the ring, and how many there are. */
  readonly #start: Uint32Array;
  readonly #size: Uint32Array;
  readonly #entries: Uint32Array;
  #first = 0;
  #next = 0;
  #end = 0;
  #kept = 0;

  constructor(mostLists = MOST_LISTS, mostEntries = MOST_ENTRIES) {
    this.#at = new Float64Array(mostLists);
    this.#asker = new Uint32Array(mostLists);
    this.#swarm = new Uint16Array(mostLists);
    this.#method = new Uint8Array(mostLists);
    this.#wanted = new Uint8Array(mostLists);
    this.#joins = new Float64Array(mostLists);
    this.#before = new Float64Array(mostLists);
    this.#start = new Uint32Array(mostLists);
    this.#size = new Uint32Array(mostLists);
    this.#entries = new Uint32Array(mostEntries);
  }

  /** Number of the oldest list that is kept. */
  get first(): number {
    return this.#first;
  }

  /** One more than the number of the newest: how many there were in all. */
  get next(): number {
    return this.#next;
  }

  has(list: number): boolean {
    return list >= this.#first && list < this.#next;
  }

  /** Its number. Rows beyond what all lists together may have are cut off. */
  add({ at, asker, swarm, method, wanted, joins, before }: HandOut, rows: Uint32Array): number {
    const most = this.#entries.length;
    const size = Math.min(rows.length, most);
    while (
      this.#first < this.#next &&
      (this.#next - this.#first === this.#at.length || this.#kept + size > most)
    )
      this.#kept -= this.size(this.#first++);
    const list = this.#next++;
    const slot = list % this.#at.length;
    this.#at[slot] = at;
    this.#asker[slot] = asker;
    this.#swarm[slot] = swarm;
    this.#method[slot] = method;
    this.#wanted[slot] = wanted;
    this.#joins[slot] = joins;
    this.#before[slot] = before;
    this.#start[slot] = this.#end;
    this.#size[slot] = size;
    const room = Math.min(size, most - this.#end);
    this.#entries.set(rows.subarray(0, room), this.#end);
    this.#entries.set(rows.subarray(room, size), 0);
    this.#end = (this.#end + size) % most;
    this.#kept += size;
    return list;
  }

  at(list: number): number {
    return this.#at[list % this.#at.length] ?? 0;
  }

  asker(list: number): number {
    return this.#asker[list % this.#at.length] ?? UNKNOWN;
  }

  swarm(list: number): number {
    return this.#swarm[list % this.#at.length] ?? 0;
  }

  method(list: number): number {
    return this.#method[list % this.#at.length] ?? 0;
  }

  wanted(list: number): number {
    return this.#wanted[list % this.#at.length] ?? 0;
  }

  joins(list: number): number {
    return this.#joins[list % this.#at.length] ?? 0;
  }

  /** Undefined: there was none, or it is forgotten. */
  before(list: number): number | undefined {
    const before = this.#before[list % this.#at.length] ?? -1;
    return this.has(before) ? before : undefined;
  }

  size(list: number): number {
    return this.#size[list % this.#at.length] ?? 0;
  }

  /** The peers on it, in order: to be read at once, not kept. */
  rows(list: number): Uint32Array {
    const slot = list % this.#at.length;
    const start = this.#start[slot] ?? 0;
    const end = start + (this.#size[slot] ?? 0);
    const most = this.#entries.length;
    if (end <= most) return this.#entries.subarray(start, end);
    // Round the ring's end.
    const rows = new Uint32Array(end - start);
    rows.set(this.#entries.subarray(start));
    rows.set(this.#entries.subarray(0, end - most), most - start);
    return rows;
  }
}
