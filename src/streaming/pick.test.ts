import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chunks } from './chunks.ts';
import type { Selection } from './options.ts';
import { pickInOrder, pickOf } from './pick.ts';
import { Rarity } from './rarity.ts';

function holding(size: number, chunks: readonly number[]): Chunks {
  const made = new Chunks(size);
  for (const chunk of chunks) made.add(chunk);
  return made;
}

/** What may be chosen. `holders`: of each chunk; what is held already is left out of the wanted. */
function choices(
  selection: Selection,
  holders: readonly number[],
  {
    held = [] as number[],
    playhead = undefined as number | undefined,
    theirs = holders.map((_, chunk) => chunk),
  } = {},
) {
  const size = holders.length;
  const chunks = holding(size, held);
  const neighbour = holding(size, theirs);
  const rarity = new Rarity(size);
  holders.forEach((count, chunk) => {
    if (!chunks.has(chunk)) rarity.renew(chunk, count);
  });
  const [inOrder, ofIt] = [new Set<number | undefined>(), new Set<number | undefined>()];
  for (let i = 0; i < 50; i++) {
    const from = { chunks, rarity, selection, window: 3, playhead, random: () => i / 50 };
    inOrder.add(pickInOrder(from, (chunk) => neighbour.has(chunk)));
    ofIt.add(pickOf(from, neighbour));
  }
  return { inOrder, ofIt };
}

const NONE = new Set([undefined]);

test('rarest first: one of those that fewest hold, never one that nobody holds', () => {
  const { inOrder, ofIt } = choices('rarest-first', [3, 1, 0, 2, 1], { theirs: [0, 1, 3, 4] });
  expect([inOrder, ofIt]).toEqual([NONE, new Set([1, 4])]);
  expect(choices('rarest-first', [3, 1, 1, 2, 1], { held: [1, 2, 4] }).ofIt).toEqual(new Set([3]));
  expect(choices('rarest-first', [0, 0], { theirs: [] }).ofIt).toEqual(NONE);
});

test('what a neighbour holds is chosen from, whatever is rarer elsewhere', () => {
  expect(choices('rarest-first', [1, 1, 3, 2, 1], { theirs: [2, 3] }).ofIt).toEqual(new Set([3]));
  expect(choices('rarest-first', [1, 1, 3, 2, 1], { theirs: [2, 3], held: [3, 2] }).ofIt).toEqual(NONE);
  expect(choices('random', [1, 1, 3, 2, 1], { theirs: [2, 3] }).ofIt).toEqual(new Set([2, 3]));
});

test('in order: the first that somebody holds', () => {
  const { inOrder, ofIt } = choices('in-order', [2, 0, 3, 1], { held: [0] });
  expect([inOrder, ofIt]).toEqual([new Set([2]), NONE]);
  expect(choices('in-order', [2, 1, 3, 1], { held: [0], theirs: [0, 3] }).inOrder).toEqual(new Set([3]));
});

test('random: every one that somebody holds', () => {
  const { inOrder, ofIt } = choices('random', [2, 0, 3, 1], { theirs: [0, 2, 3] });
  expect([inOrder, ofIt]).toEqual([NONE, new Set([0, 2, 3])]);
});

test('window: in order up to the window from the playhead, rarest first beyond', () => {
  const holders = [5, 5, 5, 5, 2, 1, 3];
  expect(choices('window', holders, { playhead: 1 }).inOrder).toEqual(new Set([1]));
  const beyond = choices('window', holders, { playhead: 1, held: [1, 2, 3] });
  expect([beyond.inOrder, beyond.ofIt]).toEqual([NONE, new Set([5])]);
  // Without a player the first missing chunk counts as the playhead.
  expect(choices('window', holders, { held: [0, 1] }).inOrder).toEqual(new Set([2]));
});

test('of any neighbour, with many chunks or few, one of the rarest that it holds and we want is chosen', () => {
  const chunk = fc.nat(39);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 }),
      fc.array(chunk, { maxLength: 60 }),
      fc.array(chunk, { maxLength: 60 }),
      (holders, held, theirs) => {
        const useful = theirs.filter((each) => !held.includes(each));
        const rarest = Math.min(...useful.map((each) => holders[each] ?? 0));
        const best = useful.filter((each) => holders[each] === rarest);
        const { ofIt } = choices('rarest-first', holders, { held, theirs });
        expect(best.length === 0 ? [undefined] : best).toEqual(expect.arrayContaining([...ofIt]));
      },
    ),
  );
});
