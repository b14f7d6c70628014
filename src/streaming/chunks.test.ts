import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chunks } from './chunks.ts';

test('behaves as a set of chunk numbers inside a window, however the window moves', () => {
  const action = fc.oneof(
    fc.record({ add: fc.integer({ min: 0, max: 60 }) }),
    fc.record({ advance: fc.integer({ min: 0, max: 25 }) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(action, { maxLength: 60 }), (size, actions) => {
      const chunks = new Chunks(size);
      let model = new Set<number>();
      let base = 0;
      for (const step of actions) {
        if ('add' in step) {
          const fits = step.add >= base && step.add < base + size;
          expect(chunks.add(step.add)).toBe(fits && !model.has(step.add));
          if (fits) model.add(step.add);
        } else {
          base += step.advance;
          chunks.advance(base);
          model = new Set([...model].filter((chunk) => chunk >= base));
        }
        expect(chunks.count).toBe(model.size);
        for (let chunk = 0; chunk < base + size + 3; chunk++)
          expect(chunks.has(chunk)).toBe(model.has(chunk));
        expect(chunks.complete).toBe(model.size === size);
        const visited: number[] = [];
        chunks.visit((chunk) => visited.push(chunk));
        expect(visited.toSorted((a, b) => a - b)).toEqual([...model].toSorted((a, b) => a - b));
        const counts = new Uint32Array(size).fill(7);
        chunks.tally(counts);
        expect([...counts]).toEqual(Array.from(counts, (_, place) => (model.has(base + place) ? 8 : 7)));
      }
    }),
  );
});

test('the bitmap of a window has a bit per chunk from its first, most significant bit first, padding 0', () => {
  const chunks = new Chunks(10);
  chunks.advance(25);
  for (const chunk of [25, 27, 34]) chunks.add(chunk);
  expect([...chunks.bitmap()]).toEqual([0b1010_0000, 0b0100_0000]);
});

test('the first chunk lacking is the first not held, from a place on', () => {
  const chunks = new Chunks(4);
  chunks.add(0);
  chunks.add(2);
  expect([chunks.firstLacking(), chunks.firstLacking(2), chunks.firstLacking(4)]).toEqual([1, 3, undefined]);
  chunks.fill();
  expect(chunks.firstLacking()).toBeUndefined();
});

test('what was shown to others stays as it was shown', () => {
  const mine = new Chunks(12);
  mine.add(3);
  const theirs = new Chunks(12);
  theirs.copy(0, mine.share());
  mine.add(4);
  theirs.add(5);
  const held = (chunks: Chunks) => [3, 4, 5].map((chunk) => chunks.has(chunk));
  expect([held(mine), held(theirs)]).toEqual([
    [true, true, false],
    [true, false, true],
  ]);
  expect([mine.offers(theirs), new Chunks(12).offers(mine)]).toEqual([true, false]);
});
