import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chunks } from './chunks.ts';
import { Playback } from './playback.ts';

function player(size: number, { live = false, chunkSeconds = 1, startUp = 2 } = {}) {
  const chunks = new Chunks(size);
  const told: [string, number][] = [];
  const playback = new Playback(chunks, live, { chunkSeconds, startUp }, (state, at) =>
    told.push([state, at]),
  );
  return { chunks, told, playback };
}

test('begins with the start-up buffer, stalls at a gap, goes on when as much lies ready, ends after the last', () => {
  const { chunks, told, playback } = player(5);
  chunks.add(0);
  playback.advance(100);
  expect(told).toEqual([]);
  chunks.add(1);
  playback.advance(200);
  expect([told, playback.wakeAt]).toEqual([[['started', 200]], 1200]);
  playback.advance(2300);
  expect(told.slice(1)).toEqual([['stalled', 2200]]);
  chunks.add(2);
  playback.advance(2500);
  chunks.add(3);
  playback.advance(3200);
  expect(told.slice(2)).toEqual([['resumed', 3200]]);
  chunks.add(4);
  playback.advance(60_000);
  expect(told.slice(3)).toEqual([['ended', 6200]]);
  expect(playback.continuity(60_000)).toBeCloseTo(5 / 6, 9);
});

test('from start to end, time is what was played and what was stalled', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 0, max: 5 }), (arrivals, startUp) => {
      const { chunks, told, playback } = player(8, { startUp, chunkSeconds: 0.7 });
      let now = 0;
      arrivals.forEach((gap, chunk) => {
        now += gap;
        playback.advance(now);
        chunks.add(chunk);
        playback.advance(now);
      });
      playback.advance(now + 60_000);
      const [started, ended] = [playback.startedAt ?? NaN, playback.endedAt ?? NaN];
      expect(playback.played).toBe(8);
      expect(ended - started).toBeCloseTo(8 * 700 + playback.stalledFor, 6);
      const states = told.map(([state]) => state);
      expect(states.filter((state) => state === 'stalled')).toHaveLength(playback.stalls);
      expect(states.filter((state) => state === 'resumed')).toHaveLength(playback.stalls);
      expect([states[0], states.at(-1)]).toEqual(['started', 'ended']);
    }),
  );
});

test('live: begins in the middle of the window, and skips what the window has passed', () => {
  const { chunks, told, playback } = player(10, { live: true });
  for (let chunk = 0; chunk < 10; chunk++) chunks.add(chunk);
  playback.advance(0);
  expect([told, playback.playhead]).toEqual([[['started', 0]], 5]);
  playback.advance(5000);
  expect(told.at(-1)).toEqual(['stalled', 5000]);
  chunks.advance(20);
  playback.advance(20_000);
  expect([playback.playhead, playback.skipped, playback.played]).toEqual([25, 15, 5]);
  for (let chunk = 25; chunk < 27; chunk++) chunks.add(chunk);
  playback.advance(21_000);
  expect(told.at(-1)).toEqual(['resumed', 21_000]);
  expect(playback.stalledFor).toBe(16_000);
});
