/** Who was handed to whom, everybody with everybody: a cell is of one asker and one listed, or of several where there is no room. */
import { UNKNOWN, type HandOuts } from './hand-outs.ts';
import type { ListsAsk, MatrixAnswer, MatrixSide, Share } from './list-questions.ts';
import type { Directory } from './observer.ts';
import { groupsOf, inOrder } from './peer-order.ts';

type MatrixAsk = Extract<ListsAsk, { about: 'matrix' }>;

const MOST_CELLS = 1024;
/** Not in sight. */
const NOWHERE = -1;

export function matrixOf(
  handOuts: HandOuts,
  lists: readonly number[],
  directory: Directory,
  ask: MatrixAsk,
): Omit<MatrixAnswer, 'about' | 'looked'> {
  // A row's place in the order, plus one.
  const places = new Uint32Array(directory.count);
  let unknown = 0;
  for (const list of lists) {
    places[handOuts.asker(list)] = 1;
    for (const row of handOuts.rows(list))
      if (row === UNKNOWN) unknown++;
      else places[row] = 1;
  }
  const rows = Uint32Array.from(present(places));
  inOrder(rows, ask.order, directory);
  rows.forEach((row, place) => (places[row] = place + 1));

  const most = Math.min(MOST_CELLS, Math.max(1, Math.floor(ask.cells)));
  const side = (share: Share): MatrixSide => sideOf(rows.length, share, most);
  const askers = side(ask.askers);
  const listed = side(ask.listed);
  const times = new Uint32Array(askers.cells * listed.cells);
  const stale = new Uint32Array(times.length);
  const last = new Float64Array(times.length);
  const rowSums = new Uint32Array(askers.cells);
  const columnSums = new Uint32Array(listed.cells);
  const columnOf = new Int32Array(directory.count).fill(NOWHERE);
  rows.forEach((row, place) => (columnOf[row] = cellOf(place, listed)));
  for (const list of lists) {
    const row = cellOf((places[handOuts.asker(list)] ?? 0) - 1, askers);
    if (row === NOWHERE) continue;
    const at = handOuts.at(list);
    for (const other of handOuts.rows(list)) {
      const column = columnOf[other] ?? NOWHERE;
      if (column === NOWHERE) continue;
      const cell = row * listed.cells + column;
      times[cell] = (times[cell] ?? 0) + 1;
      if (directory.departedAt(other) <= at) stale[cell] = (stale[cell] ?? 0) + 1;
      last[cell] = at;
      rowSums[row] = (rowSums[row] ?? 0) + 1;
      columnSums[column] = (columnSums[column] ?? 0) + 1;
    }
  }
  const cell = Uint32Array.from(present(times));
  return {
    peers: rows.map((row) => directory.handleAt(row)),
    mode: Uint8Array.from(rows, (row) => directory.modeAt(row)),
    groups: groupsOf(rows, ask.order, directory),
    rows: askers,
    columns: listed,
    cell,
    times: cell.map((at) => times[at] ?? 0),
    stale: cell.map((at) => stale[at] ?? 0),
    last: Float64Array.from(cell, (at) => last[at] ?? 0),
    rowSums,
    columnSums,
    unknown,
  };
}

/** Places with anything in them. */
function* present(values: Uint32Array<ArrayBuffer>): Generator<number> {
  for (let at = 0; at < values.length; at++) if (values[at] !== 0) yield at;
}

/** That share of `count` peers, in as few to a cell as `most` cells allow. */
export function sideOf(count: number, share: Share, most: number): MatrixSide {
  const from = Math.min(Math.max(0, count - 1), Math.max(0, Math.floor(share.from * count)));
  const to = Math.max(Math.min(count, from + 1), Math.min(count, Math.ceil(share.to * count)));
  const step = Math.max(1, Math.ceil((to - from) / most));
  return { from, to, step, cells: Math.ceil((to - from) / step) };
}

const cellOf = (place: number, { from, to, step }: MatrixSide): number =>
  place < from || place >= to ? NOWHERE : Math.floor((place - from) / step);
