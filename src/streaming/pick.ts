/**
 * Which chunk to ask for next.
 * - `rarest-first`: one that the fewest neighbours hold, ties by lot: local rarest first (Legout, Urvoy-Keller,
 *   Michiardi, IMC 2006, §2.1).
 * - `in-order`: the first.
 * - `random`: one by lot.
 * - `window`: the first within `window` chunks from the playhead, else rarest first: BiToS (Vlavianos, Iliofotou,
 *   Faloutsos, IEEE Global Internet Symposium 2006, §III) with its high-priority set always asked first (p = 1).
 * Where playing sets the order, the chunk is chosen first, of all that any neighbour holds (`pickInOrder`); where it does
 * not, the neighbour is, and the chunk of those that it holds (`pickOf`), as a client does who keeps each connection busy
 * (Cohen 2003, §2.3). Only chunks that nobody is asked for yet. `pickOf` is O(1) where a neighbour holds most of them; at
 * most `MAX_LOOKS` chunks are looked at else.
 */
import type { Chunks } from './chunks.ts';
import type { Selection } from './options.ts';
import type { Rarity } from './rarity.ts';

const MAX_LOOKS = 256;
const DEFAULT_WINDOW = 16;
/** Few are so many that their square is this many times the number of chunks. */
const FEW = 4;

export interface PickFrom {
  readonly chunks: Chunks;
  readonly rarity: Rarity;
  readonly selection?: Selection | undefined;
  readonly window?: number | undefined;
  /** Chunk that is played next; undefined: the first that is missing counts as such. */
  readonly playhead: number | undefined;
  readonly random: () => number;
}

/** The chunk that playing needs next, of those that somebody would serve us, as `can` says; undefined: no such. */
export function pickInOrder(from: PickFrom, can: (chunk: number) => boolean): number | undefined {
  const { rarity, chunks, selection, playhead } = from;
  if (rarity.size === rarity.unheld) return undefined;
  if (selection === 'in-order') return first(from, chunks.firstLacking(), chunks.base + chunks.size, can);
  if (selection !== 'window') return undefined;
  const start = chunks.firstLacking(playhead);
  return first(from, start, (playhead ?? start ?? 0) + (from.window ?? DEFAULT_WINDOW), can);
}

/** The chunk to ask a neighbour for that holds `theirs`; undefined: none of them, or only playing tells which. */
export function pickOf(from: PickFrom, theirs: Chunks): number | undefined {
  const { rarity, selection = 'rarest-first' } = from;
  if (rarity.size === rarity.unheld || selection === 'in-order') return undefined;
  const rarestFirst = selection !== 'random';
  // Of a few it is less work to look at each than to look for them among all that are wanted.
  if (theirs.count ** 2 <= FEW * theirs.size) return ofFew(from, theirs, rarestFirst);
  const can = (chunk: number) => theirs.has(chunk);
  return rarestFirst ? rarest(from, can) : byLot(from, rarity.unheld, rarity.size, can, MAX_LOOKS);
}

function ofFew(
  { chunks, rarity, random }: PickFrom,
  theirs: Chunks,
  rarestFirst: boolean,
): number | undefined {
  let best: number[] = [];
  let fewest = Infinity;
  theirs.visit((chunk) => {
    const slot = chunk % chunks.size;
    if (!chunks.inWindow(chunk) || !rarity.wants(slot)) return;
    const holders = rarestFirst ? rarity.holders(slot) : 0;
    if (holders < fewest) best = [];
    fewest = Math.min(fewest, holders);
    if (holders === fewest) best.push(chunk);
  });
  return best.length <= 1 ? best[0] : best[Math.floor(random() * best.length)];
}

function rarest(from: PickFrom, can: (chunk: number) => boolean): number | undefined {
  const { rarity } = from;
  let looks = MAX_LOOKS;
  for (let place = rarity.unheld; place < rarity.size && looks > 0;) {
    const end = rarity.endOfEqual(place);
    const chunk = byLot(from, place, end, can, looks);
    if (chunk !== undefined) return chunk;
    looks -= end - place;
    place = end;
  }
  return undefined;
}

/** From any place between the two on, round. */
function byLot(
  { rarity, chunks, random }: PickFrom,
  start: number,
  end: number,
  can: (chunk: number) => boolean,
  looks: number,
): number | undefined {
  const count = end - start;
  const offset = count === 1 ? 0 : Math.floor(random() * count);
  for (let i = 0; i < Math.min(count, looks); i++) {
    const slot = rarity.order[start + ((offset + i) % count)] ?? 0;
    const chunk = chunks.chunkIn(slot);
    if (can(chunk)) return chunk;
  }
  return undefined;
}

function first(
  { rarity, chunks }: PickFrom,
  start: number | undefined,
  end: number,
  can: (chunk: number) => boolean,
): number | undefined {
  const last = Math.min(end, chunks.base + chunks.size);
  for (let chunk = start ?? last; chunk < last; chunk++) {
    const slot = chunk % chunks.size;
    if (rarity.wants(slot) && rarity.holders(slot) > 0 && can(chunk)) return chunk;
  }
  return undefined;
}
