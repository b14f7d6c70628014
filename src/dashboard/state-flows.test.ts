import { describe, expect, test } from 'vitest';
import { STEPS } from '../workers/client.ts';
import type { StatesAnswer, Step } from '../workers/messages.ts';
import { ASIDE, asideOf, EDITIONS, flowsOf, PEER_TRANSITIONS, rowsOf } from './state-flows.ts';

function answerOf(counts: Partial<Record<Step, number>>, edition = 0): StatesAnswer {
  const steps = new Float64Array(EDITIONS.length * STEPS.length);
  for (const [step, count] of Object.entries(counts))
    steps[edition * STEPS.length + STEPS.indexOf(step as Step)] = count;
  return {
    at: 10_000,
    present: new Uint32Array(4),
    silent: new Uint32Array(4),
    steps,
    rates: Float32Array.from(steps, (count) => count / 10),
    tracker: { held: 0, since: 0, starts: 0, ends: 0 },
  };
}

/** Rows that no peer can tell of, by edition. */
const UNTOLD = {
  rfc7846: ['PEER REGISTERED init timer expired'],
  'extended-1.1': [],
  'base-1.0': [],
  'gu-04': ['TRACKING JOIN expired'],
} as const;

describe('steps and rows', () => {
  test.each(EDITIONS)('%s: every row is told by some step, or known not to be', (edition) => {
    const told = new Set(STEPS.flatMap((step) => rowsOf(step, edition).rows));
    const missing = PEER_TRANSITIONS.filter(
      ({ sections }, index) => sections[edition] !== undefined && !told.has(index),
    ).map(({ from, event }) => `${from} ${event}`);
    expect(missing).toEqual(UNTOLD[edition].filter((name) => name.startsWith('TRACKING')));
  });

  test('only rows that the edition has, from where the peer was', () => {
    for (const edition of EDITIONS)
      for (const step of STEPS) {
        const rows = rowsOf(step, edition).rows.map((index) => PEER_TRANSITIONS[index]);
        for (const row of rows) expect(row?.sections[edition]).toBeDefined();
        if (step.endsWith('while TRACKING') && !step.startsWith('is '))
          expect(rows.every((row) => row?.from === 'TRACKING')).toBe(true);
        if (step in ASIDE) expect(rows).toEqual([]);
      }
  });

  test('a CONNECT that joins is two rows at once; PEER REGISTERED is transient', () => {
    const flows = flowsOf(answerOf({ 'registers and joins': 30 }), 'rfc7846');
    const moved = flows.filter(({ total }) => total > 0);
    expect(moved.map(({ from, to, total, rate }) => [from, to, total, rate])).toEqual([
      ['START', 'PEER REGISTERED', 30, 3],
      ['PEER REGISTERED', 'TRACKING', 30, 3],
    ]);
    expect(moved.every(({ perhaps }) => perhaps === 0)).toBe(true);
  });

  test('a timer that ran out is its own row, for sure', () => {
    const flows = flowsOf(answerOf({ 'track timer ran out': 5, 'gives up its farewell': 2 }), 'rfc7846');
    const expired = flows.find(({ event }) => event === 'track timer expired');
    expect([expired?.total, expired?.perhaps]).toEqual([5, 2]);
  });

  test('where a peer cannot know, the rows get it as perhaps, and none for sure', () => {
    const flows = flowsOf(
      answerOf({ 'is refused while TRACKING': 4 }, EDITIONS.indexOf('base-1.0')),
      undefined,
    );
    expect(flows.reduce((sum, { total }) => sum + total, 0)).toBe(0);
    expect(
      flows.filter(({ perhaps }) => perhaps > 0).map(({ from, event, perhaps }) => [from, event, perhaps]),
    ).toEqual([
      ['START', 'request from unregistered peer', 4],
      ['TRACKING', 'invalid request, terminate', 4],
    ]);
  });

  test('sections are those of the edition, or of all', () => {
    const [one] = flowsOf(undefined, 'base-1.0');
    expect(one?.sections).toEqual(['base-01 §2.4.1 (1)']);
    const [all] = flowsOf(undefined, undefined);
    expect(all?.sections).toHaveLength(4);
    expect(flowsOf(undefined, 'rfc7846').some(({ event }) => event === 'disconnected')).toBe(false);
  });

  test('an edition alone counts its own peers only', () => {
    const answer = answerOf({ 'FIND while TRACKING': 7 }, EDITIONS.indexOf('gu-04'));
    const finds = (edition?: (typeof EDITIONS)[number]) =>
      flowsOf(answer, edition).find(({ event }) => event === 'FIND valid')?.total;
    expect([finds(), finds('gu-04'), finds('rfc7846')]).toEqual([7, 7, 0]);
  });

  test('what moves no machine is told beside them', () => {
    expect(asideOf(answerOf({ 'has no answer': 3, 'is sent away for now': 2 }))).toEqual([
      ['no answer came', 3],
      ['sent away for now (errors 4 and 5)', 2],
      ['gone before it registered', 0],
    ]);
  });
});
