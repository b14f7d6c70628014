/** Rows in the order of any column. Equal ones stay in the order that they came in; what is unknown comes last. */
import { EDITIONS, METHODS } from '../protocol/message.ts';
import { TROUBLES } from './columns.ts';
import type { ColumnName } from './columns.ts';
import { SENDERS, VERDICTS } from './record.ts';
import type { ExchangeStore } from './store.ts';
import type { TextColumn } from './tables.ts';

export const SORT_COLUMNS = [
  'id',
  'time',
  'took',
  'from',
  'peerId',
  'swarms',
  'edition',
  'method',
  'transactionId',
  'attempt',
  'verdict',
  'trouble',
  'status',
  'requestBytes',
  'responseBytes',
  'findings',
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** A new array; `rows` stays as it is. */
export function sortRows(
  store: ExchangeStore,
  rows: Uint32Array,
  column: SortColumn,
  descending = false,
): Uint32Array {
  const sign = descending ? -1 : 1;
  if (column === 'transactionId') return sortTexts(store.transactions, rows, sign);
  const keyOf = keysOf(store, column);
  const keys = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const key = keyOf(rows[i] ?? 0);
    keys[i] = Number.isNaN(key) ? Infinity : key * sign;
  }
  return sortByKeys(rows, keys);
}

/** A number per row that sorts as the column does; NaN: unknown. */
function keysOf(store: ExchangeStore, column: Exclude<SortColumn, 'transactionId'>): (row: number) => number {
  const { columns } = store;
  const ranked = (name: ColumnName, ranks: Float64Array): ((row: number) => number) => {
    const codes = columns[name];
    return (row) => ranks[codes[row] ?? 0] ?? NaN;
  };
  switch (column) {
    case 'peerId':
      return ranked(
        'peer',
        ranksOf(store.peers.size, (peer) => store.peers.textOf(peer)),
      );
    case 'swarms':
      return ranked(
        'swarms',
        ranksOf(store.swarmSets.size, (set) =>
          set === 0
            ? undefined
            : store.swarmSets
                .membersOf(set)
                .map((swarm) => store.swarms.textOf(swarm))
                .join(' '),
        ),
      );
    case 'method':
      return ranked('method', ranksOfWords([undefined, ...METHODS]));
    case 'edition':
      return ranked('edition', ranksOfWords([undefined, ...EDITIONS]));
    case 'trouble':
      return ranked('trouble', ranksOfWords([undefined, ...TROUBLES]));
    case 'verdict':
      return ranked('verdict', ranksOfWords(VERDICTS));
    case 'from':
      return ranked('from', ranksOfWords(SENDERS));
    case 'findings':
      return (row) => (columns.requestFindings[row] ?? 0) + (columns.responseFindings[row] ?? 0);
    case 'status':
      return (row) => columns.status[row] || NaN;
    case 'responseBytes':
      return (row) => (columns.status[row] === 0 ? NaN : (columns.responseBytes[row] ?? NaN));
    default: {
      const values = columns[column];
      return (row) => values[row] ?? NaN;
    }
  }
}

const byUnits = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** By number: the place of its text among all; NaN for none. */
function ranksOf(size: number, textOf: (number: number) => string | undefined): Float64Array {
  const texts = Array.from({ length: size }, (_, number) => ({ number, text: textOf(number) }));
  const ranks = new Float64Array(size).fill(NaN);
  texts
    .filter((one): one is { number: number; text: string } => one.text !== undefined)
    .sort((one, other) => byUnits(one.text, other.text))
    .forEach(({ number }, rank) => {
      ranks[number] = rank;
    });
  return ranks;
}

const ranksOfWords = (words: readonly (string | undefined)[]): Float64Array =>
  ranksOf(words.length, (number) => words[number]);

/** Eleven bits at a time: 64 bits in six passes, those left out in which all keys agree. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Stable, by radix: comparing a million pairs by a function takes several times as long. */
function sortByKeys(rows: Uint32Array, keys: Float64Array): Uint32Array {
  const words = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const [lowAt, highAt] = LITTLE_ENDIAN ? [0, 1] : [1, 0];
  const low = new Uint32Array(keys.length);
  const high = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    // The bits of a double sort as an integer once the negative ones are turned over.
    const upper = words[i * 2 + highAt] ?? 0;
    const flip = upper >>> 31 === 1 ? 0xffff_ffff : 0;
    low[i] = (words[i * 2 + lowAt] ?? 0) ^ flip;
    high[i] = upper ^ (flip === 0 ? 0x8000_0000 : flip);
  }
  let order = new Uint32Array(keys.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  let spare = new Uint32Array(keys.length);
  for (const part of [low, high])
    for (let shift = 0; shift < 32; shift += DIGIT_BITS)
      if (sortDigit(part, shift, order, spare)) [order, spare] = [spare, order];
  for (let i = 0; i < order.length; i++) spare[i] = rows[order[i] ?? 0] ?? 0;
  return spare;
}

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** One pass into `to`; `false` when all keys have the same digit there and nothing was done. */
function sortDigit(part: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): boolean {
  const counts = new Uint32Array(DIGITS);
  for (const word of part) {
    const digit = (word >>> shift) & (DIGITS - 1);
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  if (counts.includes(part.length)) return false;
  let place = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = counts[digit] ?? 0;
    counts[digit] = place;
    place += count;
  }
  for (const index of from) {
    const digit = ((part[index] ?? 0) >>> shift) & (DIGITS - 1);
    const at = counts[digit] ?? 0;
    to[at] = index;
    counts[digit] = at + 1;
  }
  return true;
}

/** Bytes that fit a double's 53 bits. */
const PREFIX = 6;

/** By the first bytes beyond what all share, then by the rest where those are equal. Empty ones come last. */
function sortTexts(texts: TextColumn, rows: Uint32Array, sign: 1 | -1): Uint32Array {
  const shared = sharedPrefix(texts, rows);
  const keyOf = (row: number): number => {
    const from = texts.startOf(row) + shared;
    const end = texts.startOf(row + 1);
    let key = 0;
    for (let at = from; at < from + PREFIX; at++) key = key * 256 + (at < end ? (texts.bytes[at] ?? 0) : 0);
    return texts.isEmpty(row) ? Infinity : key * sign;
  };
  const sorted = sortByKeys(rows, Float64Array.from(rows, keyOf));
  for (let from = 0; from < sorted.length;) {
    const key = keyOf(sorted[from] ?? 0);
    let to = from + 1;
    while (to < sorted.length && keyOf(sorted[to] ?? 0) === key) to++;
    if (to - from > 1 && key !== Infinity)
      sorted.subarray(from, to).sort((one, other) => sign * texts.compare(one, other));
    from = to;
  }
  return sorted;
}

/** Bytes that all texts but the empty ones begin with. */
function sharedPrefix(texts: TextColumn, rows: Uint32Array): number {
  const first = rows.find((row) => !texts.isEmpty(row));
  if (first === undefined) return 0;
  const { bytes } = texts;
  const start = texts.startOf(first);
  let shared = texts.startOf(first + 1) - start;
  for (const row of rows) {
    if (texts.isEmpty(row)) continue;
    const from = texts.startOf(row);
    let same = 0;
    const most = Math.min(shared, texts.startOf(row + 1) - from);
    while (same < most && bytes[from + same] === bytes[start + same]) same++;
    shared = same;
  }
  return shared;
}
