/** Peers in a row: by arrival, or by what they have in common and then by arrival. */
import type { PeerOrder } from './list-questions.ts';
import type { Directory } from './observer.ts';

/** Rows are fewer; keys have up to 32 bits. */
const MOST_ROWS = 2 ** 21;

/** Sorts rows in place. */
export function inOrder(rows: Uint32Array<ArrayBuffer>, order: PeerOrder, directory: Directory): void {
  // Rows are numbered by arrival.
  rows.sort();
  if (order === 'age') return;
  // The key before the row: both fit a double's 53 bits, and numbers are sorted fast.
  const keyed = Float64Array.from(rows, (row) => keyOf(row, order, directory) * MOST_ROWS + row).sort();
  keyed.forEach((key, place) => {
    rows[place] = key % MOST_ROWS;
  });
}

function keyOf(row: number, order: Exclude<PeerOrder, 'age'>, directory: Directory): number {
  if (order === 'swarm') return directory.swarmAt(row);
  if (order === 'asn') return directory.asnAt(row);
  // SEEDs first: they are the few.
  return directory.modeAt(row) === 1 ? 0 : 1;
}

function nameOf(row: number, order: Exclude<PeerOrder, 'age'>, directory: Directory): string {
  if (order === 'swarm') {
    const swarm = directory.swarmAt(row);
    return directory.run.swarms[swarm]?.id ?? `swarm ${swarm + 1}`;
  }
  if (order === 'asn') return directory.asnAt(row) === 0 ? 'no AS' : `AS ${directory.asnAt(row)}`;
  return directory.modeAt(row) === 1 ? 'SEED' : 'LEECH';
}

/** Where groups begin in sorted rows. */
export function groupsOf(
  rows: Uint32Array<ArrayBuffer>,
  order: PeerOrder,
  directory: Directory,
): { at: number; name: string }[] {
  if (order === 'age') return [];
  const groups: { at: number; name: string }[] = [];
  let before: number | undefined;
  rows.forEach((row, at) => {
    const key = keyOf(row, order, directory);
    if (key === before) return;
    before = key;
    groups.push({ at, name: nameOf(row, order, directory) });
  });
  return groups;
}
