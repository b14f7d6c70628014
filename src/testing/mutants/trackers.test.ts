import { describe, expect, test } from 'vitest';
import type { CaseResult } from '../../conformance/case.ts';
import { TRACKER_CASES } from '../../conformance/trackers/index.ts';
import { judgeInMemory } from '../memory-conformance.ts';
import { REFUSES_ALL, REFUSES_NOTHING, trackerWith, underRules } from './tracker-faults.ts';
import type { Wrong } from './tracker-faults.ts';
import { CAUGHT } from './trackers-caught.ts';
import type { Caught } from './trackers-caught.ts';
import { TRACKER_MUTANTS } from './trackers.ts';

const judged = (wrong: Wrong): Promise<readonly CaseResult[]> =>
  underRules(wrong.rules, () => judgeInMemory(TRACKER_CASES, trackerWith(wrong)));

const idsOf = (results: readonly CaseResult[], ...verdicts: readonly string[]): readonly string[] =>
  results.filter(({ verdict }) => verdicts.includes(verdict.verdict)).map(({ info }) => info.id);

/** In the order of the names. */
const idsIn = (caught: Caught): readonly string[] =>
  Object.entries(caught)
    .flatMap(([place, names]) => names.split(' ').map((name) => `${place}/${name}`))
    .toSorted();

const MUTANTS = Object.entries(TRACKER_MUTANTS) as [keyof typeof TRACKER_MUTANTS, Wrong][];
/** Milliseconds; the whole suite takes under a second on an idle machine. */
const PATIENCE = 60_000;

describe('our own tracker, in memory', { timeout: PATIENCE }, () => {
  test('passes every case of every edition but those that need a socket', async () => {
    const results = await judged({});
    expect(results).toHaveLength(TRACKER_CASES.length);
    expect(idsOf(results, 'fail', 'inconclusive', 'fault')).toEqual([]);
    const others = results.filter(({ verdict }) => verdict.verdict === 'skipped');
    const reasons = new Set(others.map(({ verdict }) => ('why' in verdict ? verdict.why : '')));
    expect([...reasons].filter((why) => why !== 'needs a raw socket' && !/https/.test(why))).toEqual([]);
  });
});

describe('a tracker of ours with one thing wrong', { timeout: PATIENCE }, () => {
  test.each(MUTANTS)(
    'is caught by the cases that are there for it, and by no other: it %s',
    async (name, wrong) => {
      const results = await judged(wrong);
      expect(idsOf(results, 'fault')).toEqual([]);
      expect(idsOf(results, 'fail').toSorted()).toEqual(idsIn(CAUGHT[name]));
      expect(idsIn(CAUGHT[name])).not.toEqual([]);
    },
  );

  test('finds our own rules untouched afterwards', async () => {
    expect(idsOf(await judged({}), 'fail')).toEqual([]);
  });
});

/** They are about what every answer has, whatever it says. */
const OF_ANY_ANSWER = [
  'rfc7846/3.3.4/version-in-failure',
  'rfc7846/3.3.4/version-in-success',
  'rfc7846/4.2/echo-strange-text',
  'rfc7846/http/media-type-of-failure',
];

test(
  'no case passes both before who refuses everything and before who refuses nothing',
  { timeout: PATIENCE },
  async () => {
    const refusing = new Set(idsOf(await judged(REFUSES_ALL), 'pass'));
    const taking = idsOf(await judged(REFUSES_NOTHING), 'pass');
    expect(taking.filter((id) => refusing.has(id)).toSorted()).toEqual(OF_ANY_ANSWER);
  },
);
