/**
 * Which chunk to ask for next.
 * - `rarest-first`: one that the fewest neighbours hold, ties by lot: local rarest first (Legout, Urvoy-Keller,
 *   Michiardi, IMC 2006, §2.1).
 * - `in-order`: the first.
 * - `random`: any, by lot.
 * - `window`: the first within `window` chunks from the playhead, else rarest first: BiToS (Vlavianos, Iliofotou,
 *   Faloutsos, IEEE Global Internet Symposium 2006, §III) with its high-priority set always asked first (p = 1).
 * Only chunks that some neighbour holds and nobody is asked for yet. O(1) for rarest-first and random where whoever
 * holds a chunk serves us; at most `MAX_LOOKS` chunks are looked at else.
 */
import type { Chunks } from './chunks.ts';
import type { Selection } from './options.ts';
import type { Rarity } from './rarity.ts';

const MAX_LOOKS = 256;
const DEFAULT_WINDOW = 16;

interface PickFrom {
  readonly chunks: Chunks;
  readonly rarity: Rarity;
  readonly selection?: Selection | undefined;
  readonly window?: number | undefined;
  /** Chunk that is played next; undefined: the first that is missing counts as such. */
  readonly playhead: number | undefined;
  readonly random: () => number;
}

/** `can`: whether somebody who holds the chunk would serve us. */
export function pick(from: PickFrom, can: (chunk: number) => boolean): number | undefined {
  const { rarity, chunks, selection = 'rarest-first' } = from;
  if (rarity.size === rarity.unheld) return undefined;
  switch (selection) {
    case 'rarest-first':
      return rarest(from, can);
    case 'random':
      return byLot(from, rarity.unheld, rarity.size, can, MAX_LOOKS);
    case 'in-order':
      return first(from, chunks.firstLacking(), chunks.base + chunks.size, can);
    case 'window': {
      const start = chunks.firstLacking(from.playhead);
      const end = (from.playhead ?? start ?? 0) + (from.window ?? DEFAULT_WINDOW);
      return first(from, start, end, can) ?? rarest(from, can);
    }
    default:
      return selection satisfies never;
  }
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
    const chunk = chunks.base + ((slot - (chunks.base % chunks.size) + chunks.size) % chunks.size);
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
