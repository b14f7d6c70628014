/** What every peer of a part has, in typed arrays: a row costs bytes, not objects. Rows are used again. */
import type { Micros, PeerIndex } from './events.ts';

type Column =
  Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
export type Row = number;

const FIRST_CAPACITY = 256;

function widened<C extends Column>(old: C, wide: C): C {
  wide.set(old);
  return wide;
}

export class PeerTable {
  #capacity = FIRST_CAPACITY;
  #used = 0;
  readonly #free: Row[] = [];
  #size = 0;
  /** Row + 1 of a viewer's first life, by its number among the part's own; 0 while it is not here. */
  readonly #first: Uint32Array<ArrayBuffer>;
  /** Of further lives. */
  readonly #later = new Map<PeerIndex, Row>();
  readonly #viewers: number;
  readonly #parts: number;

  peer = new Uint32Array(FIRST_CAPACITY);
  swarm = new Uint16Array(FIRST_CAPACITY);
  /** Index into EDITIONS: it came with, it speaks now. */
  edition = new Uint8Array(FIRST_CAPACITY);
  speaks = new Uint8Array(FIRST_CAPACITY);
  /** Index into WISHES, and into REGISTERED. */
  wish = new Uint8Array(FIRST_CAPACITY);
  registered = new Uint8Array(FIRST_CAPACITY);
  /** See FLAGS. */
  flags = new Uint8Array(FIRST_CAPACITY);
  refusals = new Uint16Array(FIRST_CAPACITY);
  transactions = new Uint32Array(FIRST_CAPACITY);
  /** Milliseconds; NaN for none. */
  reportAt = new Float64Array(FIRST_CAPACITY);
  quietUntil = new Float64Array(FIRST_CAPACITY);
  /** What the tracker was told last; NaN: nothing. */
  reportedUp = new Float64Array(FIRST_CAPACITY);
  reportedDown = new Float64Array(FIRST_CAPACITY);
  bornAt = new Float64Array(FIRST_CAPACITY);
  departAt = new Float64Array(FIRST_CAPACITY);
  /** When it goes on to another swarm. */
  zapAt = new Float64Array(FIRST_CAPACITY);
  /** Not before this does it ask for more neighbours again. */
  nextAskAt = new Float64Array(FIRST_CAPACITY);
  /** When it asks for a fresh list, whatever neighbours it has. */
  refreshAt = new Float64Array(FIRST_CAPACITY);
  /** When its earliest wake stands in the queue. */
  wakeAt = new Float64Array(FIRST_CAPACITY);
  /** Bytes. */
  uploaded = new Float64Array(FIRST_CAPACITY);
  downloaded = new Float64Array(FIRST_CAPACITY);
  /** Of these: sent of chunks that were given up half-way, and got of polluted ones. Of most peers nothing. */
  readonly aborted = new Map<Row, number>();
  readonly polluted = new Map<Row, number>();
  /** Bytes/s of its line. */
  upload = new Float64Array(FIRST_CAPACITY);
  download = new Float64Array(FIRST_CAPACITY);
  /** Events of its own making so far, and numbers drawn of each concern. */
  count = new Uint32Array(FIRST_CAPACITY);
  drawnProtocol = new Uint32Array(FIRST_CAPACITY);
  drawnChunks = new Uint32Array(FIRST_CAPACITY);

  /** `viewers`: peers of the run that come by themselves, of which every `parts`-th is in this part. */
  constructor(viewers: number, parts: number) {
    this.#viewers = viewers;
    this.#parts = parts;
    this.#first = new Uint32Array(Math.ceil(viewers / parts));
  }

  get size(): number {
    return this.#size;
  }

  rowOf(peer: PeerIndex): Row | undefined {
    if (peer >= this.#viewers) return this.#later.get(peer);
    const row = (this.#first[Math.floor(peer / this.#parts)] ?? 0) - 1;
    // Of a peer of another part the place is somebody else's.
    return row >= 0 && this.peer[row] === peer ? row : undefined;
  }

  /** Of all who are here. */
  *rows(): Generator<Row, void> {
    for (let row = 0; row < this.#used; row++) if (this.rowOf(this.peer[row] ?? 0) === row) yield row;
  }

  add(peer: PeerIndex, now: Micros): Row {
    if (this.#free.length === 0 && this.#used === this.#capacity) this.#grow();
    const row = this.#free.pop() ?? this.#used++;
    this.#size++;
    if (peer >= this.#viewers) this.#later.set(peer, row);
    else this.#first[Math.floor(peer / this.#parts)] = row + 1;
    this.peer[row] = peer;
    this.flags[row] = 0;
    this.refusals[row] = 0;
    this.transactions[row] = 0;
    this.registered[row] = 0;
    this.reportAt[row] = NaN;
    this.quietUntil[row] = 0;
    this.reportedUp[row] = NaN;
    this.reportedDown[row] = NaN;
    this.bornAt[row] = now;
    this.departAt[row] = Infinity;
    this.zapAt[row] = Infinity;
    this.nextAskAt[row] = 0;
    this.refreshAt[row] = Infinity;
    this.wakeAt[row] = Infinity;
    this.uploaded[row] = 0;
    this.downloaded[row] = 0;
    this.count[row] = 0;
    this.drawnProtocol[row] = 0;
    this.drawnChunks[row] = 0;
    return row;
  }

  drop(row: Row): void {
    const peer = this.peer[row] ?? 0;
    this.#size--;
    this.aborted.delete(row);
    this.polluted.delete(row);
    if (peer >= this.#viewers) this.#later.delete(peer);
    else this.#first[Math.floor(peer / this.#parts)] = 0;
    this.#free.push(row);
  }

  has(row: Row, flag: number): boolean {
    return ((this.flags[row] ?? 0) & flag) !== 0;
  }

  set(row: Row, flag: number, on: boolean): void {
    const flags = this.flags[row] ?? 0;
    this.flags[row] = on ? flags | flag : flags & ~flag;
  }

  #grow(): void {
    // By a quarter: of the room that doubling leaves empty each peer would pay its share.
    const capacity = (this.#capacity += this.#capacity >> 2);
    for (const name of ['swarm', 'refusals'] as const)
      this[name] = widened(this[name], new Uint16Array(capacity));
    for (const name of ['edition', 'speaks', 'wish', 'registered', 'flags'] as const)
      this[name] = widened(this[name], new Uint8Array(capacity));
    for (const name of ['peer', 'transactions', 'count', 'drawnProtocol', 'drawnChunks'] as const)
      this[name] = widened(this[name], new Uint32Array(capacity));
    for (const name of [
      'reportAt',
      'quietUntil',
      'reportedUp',
      'reportedDown',
      'bornAt',
      'departAt',
      'zapAt',
      'nextAskAt',
      'refreshAt',
      'wakeAt',
      'uploaded',
      'downloaded',
      'upload',
      'download',
    ] as const)
      this[name] = widened(this[name], new Float64Array(capacity));
  }
}

export const FLAGS = {
  /** Vanishes without LEAVE when its time is up. */
  crashes: 1,
  /** Has every chunk. */
  completed: 2,
  /** Complete, but not yet registered as SEED. */
  switching: 4,
  /** Was given a list at least once, or needs none. */
  listed: 8,
  publisher: 16,
  /** Takes no part in the streaming, whatever it says. */
  mute: 32,
} as const;
