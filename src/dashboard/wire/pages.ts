/**
 * The rows that the page knows of a view of millions: pages of them, asked for when they come into sight. A page of
 * an older version stands in until the newer one is there, so that nothing flickers.
 */
import type { ExchangeRow, WireRows } from '../../workers/messages.ts';

export const PAGE = 64;
/** Pages kept: far more than are in sight. */
const KEPT = 128;

interface Page {
  readonly version: number;
  readonly rows: readonly ExchangeRow[];
}

/** What the view is now. */
export interface ViewMark {
  readonly turn: number;
  readonly version: number;
  /** Rows of it. */
  readonly shown: number;
}

export class RowPages {
  readonly #ask: (from: number, to: number) => Promise<WireRows>;
  readonly #onRows: () => void;
  /** In the order of their use, latest last. */
  readonly #pages = new Map<number, Page>();
  /** Pages asked for, with how many rows they are to have. */
  readonly #asked = new Map<number, { readonly version: number; readonly rows: number }>();
  #turn = -1;
  #epoch = 0;

  constructor(ask: (from: number, to: number) => Promise<WireRows>, onRows: () => void) {
    this.#ask = ask;
    this.#onRows = onRows;
  }

  /** The row at a place of the view, as far as it is known. */
  at(index: number): ExchangeRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.rows[index % PAGE];
  }

  /** Another log: nothing that is known is of it. */
  clear(): void {
    this.#pages.clear();
    this.#asked.clear();
    this.#epoch++;
  }

  /** Asks for what is missing from `first` to before `end`, and for a page on either side. */
  want(first: number, end: number, mark: ViewMark): void {
    if (mark.turn !== this.#turn) {
      this.#turn = mark.turn;
      this.#asked.clear();
    }
    const last = Math.max(0, Math.ceil(mark.shown / PAGE) - 1);
    const from = Math.max(0, Math.floor(first / PAGE) - 1);
    const to = Math.min(last, Math.floor(Math.max(first, end - 1) / PAGE) + 1);
    for (let page = from; page <= to; page++) this.#wantPage(page, mark);
  }

  #wantPage(page: number, { turn, version, shown }: ViewMark): void {
    const rows = Math.min(PAGE, shown - page * PAGE);
    const meets = (one: { readonly version: number; readonly rows: number } | undefined): boolean =>
      one !== undefined && one.version >= version && one.rows >= rows;
    const known = this.#pages.get(page);
    if (rows <= 0 || meets(known && { version: known.version, rows: known.rows.length })) return;
    if (meets(this.#asked.get(page))) return;
    this.#asked.set(page, { version, rows });
    const epoch = this.#epoch;
    void this.#ask(page * PAGE, (page + 1) * PAGE).then((answer) => {
      if (epoch !== this.#epoch || answer.turn < turn) return;
      if (answer.turn === this.#turn) this.#asked.delete(page);
      this.#keep(page, answer);
      this.#onRows();
    });
  }

  #keep(page: number, { version, rows }: WireRows): void {
    this.#pages.delete(page);
    this.#pages.set(page, { version, rows });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > KEPT && oldest !== undefined) this.#pages.delete(oldest);
  }
}
