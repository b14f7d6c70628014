/** An answer as a table: to be read on the page, or taken along as CSV. */
import { csvTable } from '../../dashboard/csv.ts';
import type { PeerHandle } from '../../dashboard/feed.ts';
import type {
  EdgesAnswer,
  MatrixAnswer,
  PairAnswer,
  RecentAnswer,
  SeriesAnswer,
  SpreadAnswer,
} from '../../dashboard/observed.ts';
import type { Names } from './names.ts';

/** A peer is named by its ID where that is known. */
export type SheetCell = string | number | { readonly peer: PeerHandle };

export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
}

const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000;
const at = (values: ArrayLike<number>, place: number): number => values[place] ?? 0;
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
/** Nothing, where there was nothing to divide by. */
const ratio = (sum: number, count: number): SheetCell => (count > 0 ? rounded(sum / count) : '');

export async function csvOf(sheet: Sheet, names: Names): Promise<string> {
  if (sheet.rows.length === 0) return '';
  await names.learn(peersIn(sheet));
  const { columns, rows } = sheet;
  return csvTable(
    columns,
    rows.map((row) =>
      Object.fromEntries(
        columns.map((column, place) => {
          const cell = row[place] ?? '';
          return [column, typeof cell === 'object' ? names.full(cell.peer) : cell];
        }),
      ),
    ),
  );
}

export const peersIn = ({ rows }: Sheet): PeerHandle[] =>
  rows.flatMap((row) => row.flatMap((cell) => (typeof cell === 'object' ? [cell.peer] : [])));

export const edgeSheet = (answer: EdgesAnswer): Sheet => ({
  columns: ['asker', 'listed', 'times', 'last_s', 'listed_mode', 'gone_when_listed'],
  rows: Array.from(answer.asker, (asker, edge) => {
    const listed = at(answer.listed, edge);
    return [
      { peer: at(answer.peers, asker) },
      { peer: at(answer.peers, listed) },
      at(answer.times, edge),
      seconds(at(answer.last, edge)),
      at(answer.mode, listed) === 1 ? 'SEED' : 'LEECH',
      at(answer.stale, edge) === 1 ? 'yes' : 'no',
    ];
  }),
});

/** Of cells of several peers the first stands for them, and their number. */
export const matrixSheet = ({ peers, rows, columns, ...cells }: MatrixAnswer): Sheet => ({
  columns: ['asker', 'askers', 'listed', 'listed_peers', 'times', 'gone_when_listed', 'last_s'],
  rows: Array.from(cells.cell, (cell, index) => {
    const row = Math.floor(cell / columns.cells);
    const [asker, listed] = [
      rows.from + row * rows.step,
      columns.from + (cell % columns.cells) * columns.step,
    ];
    return [
      { peer: at(peers, asker) },
      Math.min(rows.step, rows.to - asker),
      { peer: at(peers, listed) },
      Math.min(columns.step, columns.to - listed),
      at(cells.times, index),
      at(cells.stale, index),
      seconds(at(cells.last, index)),
    ];
  }),
});

export const spreadSheet = ({ least, observed, expected }: SpreadAnswer): Sheet => ({
  columns: ['times_listed', 'peers', 'expected_peers'],
  rows: Array.from(observed, (peers, place) => [least + place, peers, rounded(at(expected, place))]),
});

export const seriesSheet = (answer: SeriesAnswer): Sheet => ({
  columns: [
    'from_s',
    'to_s',
    'lists',
    'mean_size',
    'mean_asked_for',
    'gone_share',
    'unknown_share',
    'own_overlap',
    'own_expected',
    'others_overlap',
    'others_expected',
  ],
  rows: Array.from(answer.lists, (lists, bin) => {
    const [entries, own, others] = [at(answer.entries, bin), at(answer.own, bin), at(answer.others, bin)];
    return [
      seconds(bin * answer.width),
      seconds((bin + 1) * answer.width),
      lists,
      ratio(entries, lists),
      ratio(at(answer.wanted, bin), at(answer.asking, bin)),
      ratio(at(answer.gone, bin), entries),
      ratio(at(answer.unknown, bin), entries),
      ratio(at(answer.ownOverlap, bin), own),
      ratio(at(answer.ownExpected, bin), own),
      ratio(at(answer.othersOverlap, bin), others),
      ratio(at(answer.othersExpected, bin), others),
    ];
  }),
});

export const recentSheet = ({ lists }: RecentAnswer): Sheet => ({
  columns: [
    'list',
    'at_s',
    'asker',
    'method',
    'asked_for',
    'size',
    'gone',
    'unknown',
    'overlap_with_own_before',
  ],
  rows: lists.map((list) => [
    list.list,
    seconds(list.at),
    { peer: list.asker },
    list.method,
    list.wanted ?? '',
    list.size,
    list.gone,
    list.unknown,
    list.overlap === undefined ? '' : rounded(list.overlap),
  ]),
});

export const GONE_WORDS = ['no', 'when first listed', 'when last listed', 'since'] as const;
export const ON_WORDS = ['', 'only A', 'only B', 'both'] as const;

export const pairSheet = (answer: PairAnswer): Sheet => ({
  columns: ['peer', 'on', 'mode', 'age_s', 'gone'],
  rows: Array.from(answer.peers, (peer, place) => [
    { peer },
    ON_WORDS[at(answer.on, place)] ?? '',
    at(answer.mode, place) === 1 ? 'SEED' : 'LEECH',
    seconds(at(answer.age, place)),
    GONE_WORDS[at(answer.gone, place)] ?? '',
  ]),
});
