/** Rows that belong together, found without their lines being read: for comparing one exchange with another. */
import { Selection } from './filter.ts';
import type { ExchangeRow, ExchangeStore } from './store.ts';

/**
 * The exchanges of the row's peer that are nearest to it, at most `most` on either side, and the latest one before it
 * of the same method by somebody else.
 */
export function relatedTo(store: ExchangeStore, row: number, most: number): readonly ExchangeRow[] {
  const { length, columns } = store;
  const { peer, method } = columns;
  if (row < 0 || row >= length) return [];
  const whose = peer[row] ?? 0;
  const before: number[] = [];
  let ofOthers: number | undefined;
  for (let at = row - 1; at >= 0 && (before.length < most || ofOthers === undefined); at--) {
    const ofPeer = whose !== 0 && peer[at] === whose;
    if (ofPeer && before.length < most) before.push(at);
    if (!ofPeer && method[at] === method[row]) ofOthers ??= at;
  }
  const after: number[] = [];
  // A sender that told no ID is nobody's peer.
  const end = whose === 0 ? row : length;
  for (let at = row + 1; at < end && after.length < most; at++) if (peer[at] === whose) after.push(at);
  const rows = [...before, ...after, ...(ofOthers === undefined ? [] : [ofOthers])];
  return rows.map((one) => store.row(one));
}

/**
 * Exchanges whose peer, swarm or transaction has the text in it, the latest first; before them the one of that number
 * and those of exactly that transaction.
 */
export function rowsNamed(store: ExchangeStore, text: string, most: number): readonly ExchangeRow[] {
  const wanted = text.trim();
  if (wanted === '') return [];
  const exact = rowsOfId(store, wanted, most);
  const known = new Set(exact.map(({ row }) => row));
  const found = [...exact];
  const { rows } = new Selection(store, { id: wanted });
  for (let at = rows.length - 1; at >= 0 && found.length < most; at--) {
    const row = rows[at] ?? 0;
    if (!known.has(row)) found.push(store.row(row));
  }
  return found;
}

/** The exchange of that number, then those of exactly that transaction, the first try first. */
export function rowsOfId(store: ExchangeStore, id: string, most: number): readonly ExchangeRow[] {
  const { length, columns, transactions } = store;
  const named: number[] = [];
  const { rows } = new Selection(store, { id });
  for (const row of rows) if (transactions.textOf(row) === id && named.length < most) named.push(row);
  const numbered = /^\d{1,16}$/.test(id) ? columns.id.subarray(0, length).indexOf(Number(id)) : -1;
  const found = new Set(numbered < 0 ? named : [numbered, ...named]);
  return [...found].slice(0, most).map((row) => store.row(row));
}
