import { describe, expect, test } from 'vitest';
import type { EdgesAnswer, PairAnswer, SpreadAnswer } from '../../dashboard/observed.ts';
import {
  ago,
  edgesWords,
  figuresWords,
  lookedWords,
  NO_LISTS,
  pairWords,
  percent,
  spreadNotes,
  spreadWords,
} from './words.ts';

const LOOKED = { from: 30_000, to: 60_000, lists: 40, entries: 800, cut: false, omitted: 0 };

const SPREAD: SpreadAnswer = {
  about: 'spread',
  looked: LOOKED,
  swarm: 0,
  least: 0,
  observed: new Float64Array(3),
  expected: new Float64Array(3),
  spells: 60,
  mean: 13.31,
  dispersion: 1.04,
  pValue: 0.43,
  fit: undefined,
  favoured: [],
  always: 0,
};

const EDGES: EdgesAnswer = {
  about: 'edges',
  looked: LOOKED,
  peer: undefined,
  peers: Uint32Array.of(7, 8, 9),
  mode: new Uint8Array(3),
  gone: new Uint8Array(3),
  asker: Uint32Array.of(0, 0),
  listed: Uint32Array.of(1, 2),
  times: Uint32Array.of(3, 1),
  last: Float64Array.of(59_000, 31_000),
  stale: Uint8Array.of(0, 1),
  entriesLeft: 1,
};

describe('how often each was listed', () => {
  test.each([
    [{}, 'As uniform random lists would give: dispersion 1.04, p = 0.43.'],
    [{ dispersion: 3.2, pValue: 1e-9 }, 'Some peers are favoured beyond chance: dispersion 3.20, p < 0.001.'],
    [
      { dispersion: 0.3, pValue: 0.9999 },
      'Spread more evenly than chance would: dispersion 0.30, p > 0.999.',
    ],
    [{ pValue: undefined }, 'Too few lists in this time to say.'],
    [{ spells: 5 }, 'Too few lists in this time to say.'],
    [{ looked: { ...LOOKED, lists: 0 } }, NO_LISTS],
  ])('%o', (given, words) => expect(spreadWords({ ...SPREAD, ...given })).toBe(words));

  test('live seeds of gu-04 are named where there are any', () => {
    expect(spreadNotes(SPREAD)).not.toContain('gu-04');
    expect(spreadNotes({ ...SPREAD, always: 1 })).toContain(
      '1 live seed of gu-04 left out: on every list by rule',
    );
  });
});

test('what was looked at, and what could not be', () => {
  expect(lookedWords(LOOKED)).toBe('40 lists with 800 entries, 0:30 to 1:00.');
  expect(lookedWords({ ...LOOKED, cut: true, omitted: 12 })).toBe(
    '40 lists with 800 entries, 0:30 to 1:00; earlier lists are not kept any more; 12 lists of the run were left out before they came here.',
  );
});

test('edges, of everybody and of one', () => {
  expect(edgesWords(EDGES)).toBe(
    '2 pairs of asker and listed among 3 peers, 1 gone when last listed. 1 earlier entry not drawn. 40 lists with 800 entries, 0:30 to 1:00.',
  );
  expect(edgesWords({ ...EDGES, peer: 7 })).toBe(
    'Was handed 2 peers, stood on the lists of 0 peers; 1 gone when last listed.',
  );
  expect(edgesWords({ ...EDGES, looked: { ...LOOKED, lists: 0 } })).toBe(NO_LISTS);
});

test('two lists', () => {
  const facts = {
    list: 1,
    at: 0,
    asker: 7,
    swarm: 0,
    method: 'FIND',
    size: 20,
    wanted: undefined,
    gone: 0,
    unknown: 0,
    before: undefined,
    overlap: undefined,
  };
  const pair: PairAnswer = {
    about: 'pair',
    a: facts,
    b: facts,
    peers: Uint32Array.of(1, 2),
    on: Uint8Array.of(3, 1),
    mode: new Uint8Array(2),
    age: new Float64Array(2),
    gone: new Uint8Array(2),
    overlap: 0.08,
    expected: 0.0612,
    candidates: 159,
  };
  expect(pairWords(pair)).toBe(
    '1 peer on both of 20 and 20. Of the 159 that could be on both, 8.0\u00a0% alike; random lists: 6.1\u00a0%.',
  );
  expect(pairWords({ ...pair, expected: undefined })).toContain('No telling what chance would give');
  expect(pairWords({ ...pair, a: undefined })).toBe('One of the two is not kept any more: choose another.');
});

test('figures', () => {
  expect(percent(0)).toBe('0\u00a0%');
  expect(percent(0.0123)).toBe('1.2\u00a0%');
  expect(percent(0.5)).toBe('50\u00a0%');
  expect(ago(4000)).toBe('4\u00a0s\u00a0ago');
  expect(ago(130_000)).toBe('2:10\u00a0ago');
  const nothing = {
    size: undefined,
    wanted: undefined,
    gone: undefined,
    unknown: undefined,
    own: undefined,
    ownExpected: undefined,
    others: undefined,
    othersExpected: undefined,
  };
  expect(figuresWords({ ...nothing, lists: 0 })).toBe('no lists');
  expect(
    figuresWords({
      ...nothing,
      lists: 2,
      size: 20,
      wanted: 21.5,
      gone: 0.05,
      unknown: 0.5,
      own: 0.1,
      ownExpected: 0.2,
    }),
  ).toBe(
    '2 lists of 20.0 peers (21.5 asked for), 5.0\u00a0% gone, 50\u00a0% unknown. One peer’s lists 10\u00a0% alike (random: 20\u00a0%).',
  );
});
