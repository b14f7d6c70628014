import { expect, test } from 'vitest';
import type { TimeAnswer } from '../workers/messages.ts';
import { pastOf } from './history.ts';

const GRID = { from: 2000, width: 2000, columns: 3 };

test('the past by columns: levels at their ends, rates over what is known of them', () => {
  const answer: TimeAnswer = {
    range: { from: 2000, to: 8000 },
    told: 6500,
    finest: 1000,
    gaps: [],
    apart: [0, 1],
    ends: true,
    population: {
      ...GRID,
      swarms: [{ swarm: 1, seeds: Float64Array.of(1, 2, 3), leeches: Float64Array.of(9, 8, 7) }],
      others: 0,
    },
    requests: { ...GRID, kinds: [], all: Float64Array.of(10, 4, 3) },
    errors: {
      ...GRID,
      kinds: [
        { kind: 'timeout', count: Float64Array.of(2, 0, 2) },
        { kind: 'forbidden', count: Float64Array.of(0, 0, 1) },
      ],
      all: Float64Array.of(10, 4, 3),
    },
  };
  expect(pastOf(answer, 2)).toEqual({
    swarms: [
      [4, 6, 6.5].map((time) => ({ time, seeds: 0, leeches: 0 })),
      [
        { time: 4, seeds: 1, leeches: 9 },
        { time: 6, seeds: 2, leeches: 8 },
        { time: 6.5, seeds: 3, leeches: 7 },
      ],
    ],
    // Of the last column a quarter is known.
    traffic: [
      { time: 4, requests: 5, errors: 1 },
      { time: 6, requests: 2, errors: 0 },
    ],
  });
  const more = pastOf({ ...answer, told: 7500 }, 2).traffic.at(-1);
  expect(more).toEqual({ time: 7.5, requests: 2, errors: 2 });
  expect(pastOf({ ...answer, told: 0 }, 1)).toEqual({ swarms: [[]], traffic: [] });
});
