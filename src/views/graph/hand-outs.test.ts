import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HandOuts, LATELY } from './hand-outs.ts';

const told = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 20_000 }),
    pairs: fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 40 })), { maxLength: 6 }),
  }),
  { maxLength: 40 },
);

test('all is counted, and of late what a minute holds, give or take a step of it', () => {
  fc.assert(
    fc.property(told, (tellings) => {
      const counts = new HandOuts();
      const all: { at: number; peer: number; times: number }[] = [];
      let at = 0;
      for (const { after, pairs } of tellings) {
        at += after;
        counts.note(Uint32Array.from(pairs.flat()), at);
        for (const [peer, times] of pairs) all.push({ at, peer, times });
      }
      const sum = (peer: number, since: number): number =>
        all.filter((one) => one.peer === peer && one.at > since).reduce((total, one) => total + one.times, 0);
      for (let peer = 0; peer <= 5; peer++) {
        expect(counts.total(peer)).toBe(sum(peer, -1));
        expect(counts.lately(peer)).toBeLessThanOrEqual(sum(peer, at - LATELY - 1));
        expect(counts.lately(peer)).toBeGreaterThanOrEqual(sum(peer, at - LATELY + LATELY / 12));
      }
    }),
  );
});

test('what was told late counts in all, and not as of late', () => {
  const counts = new HandOuts();
  counts.noteBefore(Uint32Array.of(1, 30));
  counts.note(Uint32Array.of(1, 2), 100_000);
  expect([counts.total(1), counts.lately(1)]).toEqual([32, 2]);
});

test('who is gone counts no more', () => {
  const counts = new HandOuts();
  counts.note(Uint32Array.of(1, 3, 2, 4), 0);
  counts.forget(1);
  counts.note(new Uint32Array(), 200_000);
  expect([counts.total(1), counts.lately(1), counts.total(2), counts.lately(2)]).toEqual([0, 0, 4, 0]);
});
