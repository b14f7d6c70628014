import { expect, test } from 'vitest';
import { Chunks } from './chunks.ts';
import type { Selection } from './options.ts';
import { pick } from './pick.ts';
import { Rarity } from './rarity.ts';

/** Holders of each chunk; what is held already is left out of the wanted. */
function choose(
  selection: Selection,
  holders: readonly number[],
  {
    held = [] as number[],
    playhead = undefined as number | undefined,
    window = 3,
    servable = (): boolean => true,
  } = {},
): Set<number | undefined> {
  const chunks = new Chunks(holders.length);
  for (const chunk of held) chunks.add(chunk);
  const rarity = new Rarity(holders.length);
  holders.forEach((count, chunk) => {
    if (!chunks.has(chunk)) rarity.renew(chunk, count);
  });
  const chosen = new Set<number | undefined>();
  for (let i = 0; i < 50; i++) {
    const random = () => i / 50;
    chosen.add(pick({ chunks, rarity, selection, window, playhead, random }, servable));
  }
  return chosen;
}

test('rarest first: any of those that fewest hold, never one that nobody holds', () => {
  expect(choose('rarest-first', [3, 1, 0, 2, 1])).toEqual(new Set([1, 4]));
  expect(choose('rarest-first', [3, 1, 0, 2, 1], { held: [1, 4] })).toEqual(new Set([3]));
  expect(choose('rarest-first', [0, 0])).toEqual(new Set([undefined]));
  expect(choose('rarest-first', [3, 1], { servable: () => false })).toEqual(new Set([undefined]));
});

test('in order: the first that somebody holds', () => {
  expect(choose('in-order', [2, 0, 3, 1], { held: [0] })).toEqual(new Set([2]));
});

test('random: every one that somebody holds', () => {
  expect(choose('random', [2, 0, 3, 1])).toEqual(new Set([0, 2, 3]));
});

test('window: in order up to the window from the playhead, rarest first beyond', () => {
  const holders = [5, 5, 5, 5, 2, 1, 3];
  expect(choose('window', holders, { playhead: 1 })).toEqual(new Set([1]));
  expect(choose('window', holders, { playhead: 1, held: [1, 2, 3] })).toEqual(new Set([5]));
  // Without a player the first missing chunk counts as the playhead.
  expect(choose('window', holders, { held: [0, 1] })).toEqual(new Set([2]));
});
