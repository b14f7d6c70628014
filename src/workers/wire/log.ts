/**
 * One log of exchanges, live or from a file, and what is shown of it: filtered, searched, sorted, or held still while
 * it grows. Knows no worker: whoever owns it calls `update` now and then, and asks for the rows in sight.
 */
import { Selection } from '../../recording/filter.ts';
import { sortRows } from '../../recording/order.ts';
import type { RecordedExchange } from '../../recording/record.ts';
import { relatedTo, rowsNamed, rowsOfId } from '../../recording/related.ts';
import { searchLines } from '../../recording/search.ts';
import { stepsOf } from '../../recording/steps.ts';
import { ExchangeStore } from '../../recording/store.ts';
import type { ExchangeRow, LogId, RowsWanted, WireQuery, WireStatus, WireSteps } from '../messages.ts';
import { countBefore, forgotten, Rows } from './rows.ts';
import { Tally } from './tally.ts';

export interface LogLimits {
  /** Exchanges kept at the least; older ones are let go some time after there are more. */
  readonly rows: number;
  /** Bytes of their lines. */
  readonly bytes: number;
}

export const EVERYTHING: WireQuery = { filter: {}, text: '', scope: 'everything', sort: undefined };

/** Rows beyond the limit, as a share of it, before some are let go: it moves all the others. */
const SLACK = 0.1;
/** Sorting anew takes at most this share of the time. */
const SORTING = 0.2;
/** Steps of a sequence told at once: more arrows than anybody follows. */
const MAX_STEPS = 4000;
/** Rows offered for a comparison, or for a text. */
const MAX_FOUND = 20;
/** Rows searched between two looks at whether the search is still wanted. */
const SEARCH_PIECE = 20_000;

export class Log {
  readonly id: LogId;
  readonly store: ExchangeStore;
  readonly #limits: LogLimits | undefined;
  readonly #tally: Tally;
  #dropped = 0;
  #turn = 0;
  #query: WireQuery = EVERYTHING;
  #selection: Selection;
  /** What the search found so far, and how many rows of the selection it went through; without a search: none. */
  #found: { rows: Rows; searched: number } | undefined;
  #searching = false;
  #sorted: Uint32Array | undefined;
  #sortCost = 0;
  #sortedAt = -Infinity;
  /** Rows shown while the view is held. */
  #held: number | undefined;
  #version = 0;
  /** Readers of rows by their numbers in the store, which must not move meanwhile. */
  #readers = 0;

  /** Without limits all is kept that the store takes. */
  constructor(id: LogId, limits?: LogLimits) {
    this.id = id;
    this.#limits = limits;
    // Rows are let go here, in good time, so that the store refuses none.
    this.store = new ExchangeStore(
      limits === undefined ? {} : { rows: limits.rows * 2, bytes: limits.bytes },
    );
    this.#tally = new Tally(this.store);
    this.#selection = new Selection(this.store, {});
  }

  /** The number of its row, as told by `window`. */
  append(exchange: RecordedExchange): number {
    this.store.append(exchange);
    const row = this.#dropped + this.store.length - 1;
    if (this.#limits === undefined || this.#readers > 0) return row;
    if (this.store.length > this.#limits.rows * (1 + SLACK))
      this.#forget(this.store.length - this.#limits.rows);
    return row;
  }

  /** The rows that match, in the order in which they came in. */
  get matching(): Uint32Array {
    return this.#found?.rows.all ?? this.#selection.rows;
  }

  ask(turn: number, query: WireQuery, now: number): void {
    const sameRows =
      JSON.stringify([query.filter, query.text, query.scope]) ===
      JSON.stringify([this.#query.filter, this.#query.text, this.#query.scope]);
    this.#turn = turn;
    this.#query = query;
    this.#held = this.#held === undefined || sameRows ? this.#held : undefined;
    if (!sameRows) this.#select();
    this.#sortedAt = -Infinity;
    this.#sorted = undefined;
    this.#version++;
    this.update(now);
  }

  /** `now`: milliseconds from any fixed moment. Tells whether the search has something to do. */
  update(now: number): boolean {
    this.#letLinesGo();
    this.#selection.update();
    this.#tally.update();
    this.#sort(now);
    return this.#found !== undefined && this.#found.searched < this.#selection.rows.length;
  }

  /** Still: what is shown stays as it is, whatever comes in. */
  hold(held: boolean, now: number): void {
    this.#held = held ? this.#shown : undefined;
    this.#sortedAt = -Infinity;
    this.update(now);
  }

  /** Goes on until all is searched or something else is wanted. `breathe` lets other work of the thread be done. */
  async search(breathe: () => Promise<void>): Promise<void> {
    if (this.#searching) return;
    this.#searching = true;
    try {
      for (let found = this.#found; found !== undefined; found = this.#found) {
        const piece = this.#selection.rows.slice(found.searched, found.searched + SEARCH_PIECE);
        if (piece.length === 0) return;
        const dropped = this.#dropped;
        const hits: Uint32Array[] = [];
        for await (const progress of searchLines(this.store, piece, this.#query.text))
          hits.push(progress.found);
        await breathe();
        // Another search by now, or the rows have moved: this piece is searched again where it is still wanted.
        if (found !== this.#found || dropped !== this.#dropped) continue;
        for (const rows of hits) found.rows.append(rows);
        found.searched += piece.length;
      }
    } finally {
      this.#searching = false;
    }
  }

  get status(): WireStatus {
    const matching = this.matching.length;
    const found = this.#found;
    const toSearch = this.#selection.rows.length;
    return {
      log: this.id,
      turn: this.#turn,
      version: this.#version,
      total: this.store.length,
      dropped: this.#dropped,
      matching,
      shown: this.#shown,
      ...(found !== undefined && found.searched < toSearch
        ? { search: { done: found.searched, of: toSearch } }
        : {}),
      tally: this.#tally.counts,
    };
  }

  /** Rows as they are shown, by their place in the view. */
  window(from: number, to: number): readonly ExchangeRow[] {
    const rows = this.#sorted ?? this.matching;
    return Array.from(rows.subarray(from, Math.min(to, this.#shown)), (row) => this.#rowOf(row));
  }

  /** Nothing is let go while the rows that match are read. */
  async reading<Result>(read: (rows: Uint32Array) => Promise<Result>): Promise<Result> {
    this.#readers++;
    try {
      this.#selection.update();
      return await read(this.matching.slice());
    } finally {
      this.#readers--;
    }
  }

  /** `row`: as told by `window`. `undefined`: let go since. */
  async exchange(row: number): Promise<RecordedExchange | undefined> {
    return this.store.exchange(row - this.#dropped);
  }

  /** `wanted.row`: as told by `window`. */
  find(wanted: RowsWanted): readonly ExchangeRow[] {
    const found = this.#find(wanted);
    return found.map((row) => ({ ...row, row: row.row + this.#dropped }));
  }

  #find(wanted: RowsWanted): readonly ExchangeRow[] {
    switch (wanted.kind) {
      case 'related':
        return relatedTo(this.store, wanted.row - this.#dropped, MAX_FOUND);
      case 'named':
        return rowsNamed(this.store, wanted.text, MAX_FOUND);
      case 'of ID':
        return rowsOfId(this.store, wanted.id, MAX_FOUND);
      default:
        return wanted satisfies never;
    }
  }

  /** `from`: a row as told by `window`. Nothing is let go while they are read. */
  async steps(peers: readonly string[], from: number): Promise<WireSteps> {
    const next = this.store.length + this.#dropped;
    this.#readers++;
    try {
      const { steps, omitted } = await stepsOf(this.store, peers, from - this.#dropped, MAX_STEPS);
      return { steps: steps.map((step) => ({ ...step, row: step.row + this.#dropped })), omitted, next };
    } finally {
      this.#readers--;
    }
  }

  get #shown(): number {
    return this.#held ?? this.#sorted?.length ?? this.matching.length;
  }

  /** Numbers of rows that stay the same when older ones are let go. */
  #rowOf(row: number): ExchangeRow {
    return { ...this.store.row(row), row: row + this.#dropped };
  }

  #select(): void {
    const { filter, text, scope } = this.#query;
    const sought = text !== '' && scope === 'ids' ? { id: text } : {};
    this.#selection = new Selection(this.store, { ...filter, ...sought });
    this.#found = text !== '' && scope === 'everything' ? { rows: new Rows(), searched: 0 } : undefined;
  }

  #sort(now: number): void {
    const { sort } = this.#query;
    if (sort === undefined) return;
    const rows = this.matching;
    if (this.#sorted !== undefined) {
      if (this.#held !== undefined || this.#sorted.length === rows.length) return;
      if (now - this.#sortedAt < this.#sortCost / SORTING) return;
    }
    const began = performance.now();
    this.#sorted = sortRows(this.store, rows, sort.column, sort.descending);
    this.#sortCost = performance.now() - began;
    this.#sortedAt = now;
    this.#version++;
  }

  /** A row without its line cannot be read any more: it goes too. */
  #letLinesGo(): void {
    if (this.#limits === undefined || this.#readers > 0) return;
    const { lost } = this.store;
    if (lost > this.store.length * SLACK) this.#forget(lost);
  }

  #forget(count: number): void {
    this.#tally.forget(count);
    const shownBefore = this.#shown;
    const before = this.matching;
    const gone = countBefore(before, count);
    const found = this.#found;
    if (found !== undefined) {
      const rows = new Rows();
      rows.append(forgotten(found.rows.all, count));
      const searched = found.searched - countBefore(this.#selection.rows.subarray(0, found.searched), count);
      this.#found = { rows, searched };
    }
    const { filter, text, scope } = this.#query;
    const judged = this.store.length;
    this.store.forget(count);
    this.#dropped += count;
    this.#selection = new Selection(this.store, {
      ...filter,
      ...(text !== '' && scope === 'ids' ? { id: text } : {}),
    });
    if (this.#sorted !== undefined)
      this.#sorted = this.#sorted.filter((row) => row >= count && row < judged).map((row) => row - count);
    if (this.#held !== undefined)
      this.#held = this.#sorted === undefined ? Math.max(0, shownBefore - gone) : this.#sorted.length;
    this.#version++;
  }
}
