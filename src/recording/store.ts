/**
 * Many exchanges, compactly: columns for what is sorted and filtered by, and each exchange's line where it is, in
 * our memory or in the file that it was loaded from. A row never changes, and moves only in `forget`.
 */
import { EDITIONS, METHODS } from '../protocol/message.ts';
import type { EditionId, Method } from '../protocol/message.ts';
import { growColumns, makeColumns, TROUBLES, writeFacts } from './columns.ts';
import type { Columns, Trouble } from './columns.ts';
import { ByteHeap } from './heap.ts';
import type { ByteSource } from './heap.ts';
import { encodeLine, parseLine } from './line.ts';
import type { LinePlace } from './ndjson.ts';
import { SENDERS, VERDICTS } from './record.ts';
import type { RecordedExchange, Sender, Verdict } from './record.ts';
import { SetTable, StringTable, TextColumn } from './tables.ts';

/** What a row of the table shows without its line being read. */
export interface ExchangeRow {
  readonly row: number;
  readonly id: number;
  readonly time: number;
  readonly clock: 'run' | 'absolute';
  readonly took: number | undefined;
  readonly from: Sender;
  readonly peerId: string | undefined;
  readonly swarms: readonly string[];
  readonly edition: EditionId | undefined;
  readonly method: Method | undefined;
  readonly transactionId: string;
  readonly attempt: number;
  readonly verdict: Verdict;
  readonly trouble: Trouble | undefined;
  /** `undefined`: no answer. */
  readonly status: number | undefined;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly requestFindings: number;
  readonly responseFindings: number;
}

export interface StoreLimits {
  /** Rows at the most; what is appended then is not kept. */
  readonly rows: number;
  /** Bytes of lines held in memory; beyond it the oldest lines are let go and their rows stay. */
  readonly bytes: number;
}

const DEFAULT_LIMITS: StoreLimits = { rows: 8_000_000, bytes: 1024 ** 3 };
const FIRST_CAPACITY = 4096;
/** Numbers of sources are bytes; 0 is the memory. */
const MAX_SOURCES = 255;
const MEMORY = 0;
const DECODER = new TextDecoder();

export class ExchangeStore {
  readonly peers = new StringTable();
  readonly swarms = new StringTable();
  readonly swarmSets = new SetTable();
  readonly transactions = new TextColumn();
  readonly #limits: StoreLimits;
  readonly #heap: ByteHeap;
  readonly #sources: ByteSource[];
  #columns = makeColumns(FIRST_CAPACITY);
  #capacity = FIRST_CAPACITY;
  #length = 0;
  #refused = 0;

  constructor(limits: Partial<StoreLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#heap = new ByteHeap(this.#limits.bytes);
    this.#sources = [this.#heap];
  }

  get length(): number {
    return this.#length;
  }

  /** Exchanges that were not kept for want of rows. */
  get refused(): number {
    return this.#refused;
  }

  /** Replaced when they grow: take them anew after appending. Only the first `length` rows count. */
  get columns(): Columns {
    return this.#columns;
  }

  /** A file whose lines stay where they are; `undefined` when there are too many already. */
  attach(source: ByteSource): number | undefined {
    return this.#sources.length > MAX_SOURCES ? undefined : this.#sources.push(source) - 1;
  }

  /** The row, or `undefined` when the store is full. */
  append(exchange: RecordedExchange): number | undefined {
    if (this.#isFull()) return undefined;
    const line = encodeLine(exchange);
    return this.#add(exchange, MEMORY, { offset: this.#heap.append(line), length: line.length - 1 });
  }

  /** The same of an exchange whose line an attached source holds. */
  appendAt(exchange: RecordedExchange, source: number, place: LinePlace): number | undefined {
    return this.#isFull() ? undefined : this.#add(exchange, source, place);
  }

  /** How many of the first rows had their lines in memory and have them no more. */
  get lost(): number {
    const { source, offset } = this.#columns;
    const { start } = this.#heap;
    let rows = 0;
    while (rows < this.#length && source[rows] === MEMORY && (offset[rows] ?? 0) < start) rows++;
    return rows;
  }

  /** Lets go the first rows; those that stay move to the front: what was row `count` is row 0 from now on. */
  forget(count: number): void {
    for (const column of Object.values(this.#columns)) column.copyWithin(0, count, this.#length);
    this.transactions.forget(count);
    this.#length -= count;
  }

  row(row: number): ExchangeRow {
    const columns = this.#columns;
    const at = (column: ArrayLike<number>): number => column[row] ?? 0;
    const took = at(columns.took);
    return {
      row,
      id: at(columns.id),
      time: at(columns.time),
      clock: at(columns.absolute) === 1 ? 'absolute' : 'run',
      took: Number.isNaN(took) ? undefined : took,
      from: SENDERS[at(columns.from)] ?? 'foreign',
      peerId: this.peers.textOf(at(columns.peer)),
      swarms: this.swarmSets
        .membersOf(at(columns.swarms))
        .map((swarm) => this.swarms.textOf(swarm))
        .filter((swarm) => swarm !== undefined),
      edition: EDITIONS[at(columns.edition) - 1],
      method: METHODS[at(columns.method) - 1],
      transactionId: this.transactions.textOf(row),
      attempt: at(columns.attempt),
      verdict: VERDICTS[at(columns.verdict)] ?? 'unknown',
      trouble: TROUBLES[at(columns.trouble) - 1],
      status: at(columns.status) || undefined,
      requestBytes: at(columns.requestBytes),
      responseBytes: at(columns.responseBytes),
      requestFindings: at(columns.requestFindings),
      responseFindings: at(columns.responseFindings),
    };
  }

  /** The line as it is kept, without its line feed; `undefined` when it was let go. */
  async line(row: number): Promise<Uint8Array | undefined> {
    const { source, offset, length } = this.#columns;
    if (row < 0 || row >= this.#length) return undefined;
    return this.#sources[source[row] ?? MEMORY]?.read(offset[row] ?? 0, length[row] ?? 0);
  }

  /** The whole exchange, bodies and all. */
  async exchange(row: number): Promise<RecordedExchange | undefined> {
    const line = await this.line(row);
    const read = line && parseLine(DECODER.decode(line), this.#columns.id[row] ?? 0);
    return read?.ok === true ? read.exchange : undefined;
  }

  /**
   * The lines of rows, one by one, for searching and for export; those that stand together in a file are read
   * together. Lines that were let go are left out.
   */
  async *lines(rows: Uint32Array): AsyncGenerator<{ readonly row: number; readonly line: Uint8Array }> {
    const { source, offset, length } = this.#columns;
    for (let at = 0; at < rows.length;) {
      const first = rows[at] ?? 0;
      const from = offset[first] ?? 0;
      const whose = source[first] ?? MEMORY;
      const next = whose === MEMORY ? at + 1 : this.#runEnd(rows, at);
      const last = rows[next - 1] ?? first;
      const end = (offset[last] ?? 0) + (length[last] ?? 0);
      // Our memory answers at once: waiting for each of a million lines would cost more than reading them.
      const read = this.#sources[whose]?.read(from, end - from);
      const span = read instanceof Uint8Array || read === undefined ? read : await read;
      for (; at < next; at++) {
        const row = rows[at] ?? 0;
        const start = (offset[row] ?? 0) - from;
        if (span) yield { row, line: span.subarray(start, start + (length[row] ?? 0)) };
      }
    }
  }

  /** Behind the rows from `at` on whose lines stand one after the other in one file, near enough to be read at once. */
  #runEnd(rows: Uint32Array, at: number): number {
    const { source, offset, length } = this.#columns;
    const first = rows[at] ?? 0;
    const from = offset[first] ?? 0;
    let end = from + (length[first] ?? 0);
    let next = at + 1;
    for (; next < rows.length; next++) {
      const row = rows[next] ?? 0;
      const start = offset[row] ?? 0;
      const stop = start + (length[row] ?? 0);
      if (source[row] !== source[first] || start < end || stop - from > SPAN) break;
      end = stop;
    }
    return next;
  }

  #isFull(): boolean {
    if (this.#length < this.#limits.rows) return false;
    this.#refused++;
    return true;
  }

  #add(exchange: RecordedExchange, source: number, place: LinePlace): number {
    const row = this.#length;
    if (row === this.#capacity) {
      this.#capacity *= 2;
      this.#columns = growColumns(this.#columns, this.#capacity);
    }
    const columns = this.#columns;
    writeFacts(columns, row, exchange);
    columns.peer[row] = this.peers.numberOf(exchange.peerId);
    columns.swarms[row] = this.swarmSets.numberOf(
      exchange.swarms.map((swarm) => this.swarms.numberOf(swarm)),
    );
    this.transactions.append(exchange.transactionId ?? '');
    columns.source[row] = source;
    columns.offset[row] = place.offset;
    columns.length[row] = place.length;
    this.#length++;
    return row;
  }
}

/** Bytes of a file read at once. */
const SPAN = 4 * 1024 * 1024;
