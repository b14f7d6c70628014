/** Who was handed to whom, as edges from askers to listed peers: of one peer, or of the latest lists. */
import { UNKNOWN, type HandOuts } from './hand-outs.ts';
import type { EdgesAnswer, PeerOrder } from './list-questions.ts';
import type { Directory } from './observer.ts';
import { inOrder } from './peer-order.ts';

interface Edge {
  readonly asker: number;
  readonly listed: number;
  times: number;
  readonly last: number;
  readonly stale: boolean;
}

type Edges = Omit<EdgesAnswer, 'about' | 'looked' | 'peer'>;

/** `lists` in order of time; `peer`: a row, or undefined for everybody's. From the newest back until there are `most` edges. */
export function edgesOf(
  handOuts: HandOuts,
  lists: readonly number[],
  directory: Directory,
  {
    peer,
    order,
    most,
  }: { readonly peer: number | undefined; readonly order: PeerOrder; readonly most: number },
): Edges {
  const edges = new Map<number, Edge>();
  let entries = 0;
  let drawn = 0;
  for (let place = lists.length - 1; place >= 0; place--) {
    const list = lists[place] ?? 0;
    const asker = handOuts.asker(list);
    const isOwn = asker === peer;
    const listed = handOuts.rows(list);
    if (peer !== undefined && !isOwn && !listed.includes(peer)) continue;
    const counts = peer === undefined || isOwn ? listed : [peer];
    entries += counts.length;
    // Of everybody: not every list of the window has to be looked at.
    if (edges.size + counts.length > most) {
      if (peer === undefined) break;
      continue;
    }
    const at = handOuts.at(list);
    for (const row of counts) {
      if (row === UNKNOWN) continue;
      drawn++;
      // Rows count up to two millions: both fit a double's 53 bits.
      const key = asker * 0x400_0000 + row;
      const edge = edges.get(key);
      if (edge !== undefined) edge.times++;
      else edges.set(key, { asker, listed: row, times: 1, last: at, stale: directory.departedAt(row) <= at });
    }
  }
  if (peer === undefined) entries = lists.reduce((sum, list) => sum + handOuts.size(list), 0);
  const all = [...edges.values()];
  const rows = new Uint32Array(
    new Set([...all.flatMap(({ asker, listed }) => [asker, listed]), ...(peer === undefined ? [] : [peer])]),
  );
  inOrder(rows, order, directory);
  const places = new Map<number, number>();
  rows.forEach((row, place) => places.set(row, place));
  return {
    peers: rows.map((row) => directory.handleAt(row)),
    mode: Uint8Array.from(rows, (row) => directory.modeAt(row)),
    gone: Uint8Array.from(rows, (row) => (directory.departedAt(row) === Infinity ? 0 : 1)),
    asker: Uint32Array.from(all, (edge) => places.get(edge.asker) ?? 0),
    listed: Uint32Array.from(all, (edge) => places.get(edge.listed) ?? 0),
    times: Uint32Array.from(all, (edge) => edge.times),
    last: Float64Array.from(all, (edge) => edge.last),
    stale: Uint8Array.from(all, (edge) => (edge.stale ? 1 : 0)),
    entriesLeft: entries - drawn,
  };
}
