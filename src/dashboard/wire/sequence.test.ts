import { expect, test } from 'vitest';
import type { LogId, SequenceStep, WireSteps } from '../../workers/messages.ts';
import { createSequence, MAX_LIFELINES } from './sequence.ts';

const step = (id: number, peerId: string, time: number): SequenceStep =>
  ({ id, peerId, time }) as SequenceStep;

/** A log in which steps are added by hand; `settled`: after all answers were taken in. */
function desk() {
  const rows: SequenceStep[] = [];
  let log: LogId = 0;
  const sequence = createSequence({
    active: () => log,
    steps: (_log, peers, from): Promise<WireSteps> => {
      const steps = rows.slice(from).filter(({ peerId }) => peers.includes(peerId ?? ''));
      return Promise.resolve({ steps, omitted: 0, next: rows.length });
    },
    peers: () => Promise.resolve(['cy', 'bob']),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const ids = () => sequence.store.getState().steps.map(({ id }) => id);
  return { rows, sequence, settled, ids, go: (to: LogId) => (log = to) };
}

test('what came since is added, in order of time and none twice', async () => {
  const { rows, sequence, settled, ids } = desk();
  rows.push(step(1, 'ann', 500), step(2, 'bob', 100));
  sequence.choose(['ann', 'ann']);
  await settled();
  expect(ids()).toEqual([1]);
  rows.push(step(3, 'ann', 200));
  sequence.refresh();
  sequence.refresh();
  await settled();
  expect(ids()).toEqual([3, 1]);
  expect(sequence.store.getState()).toMatchObject({ peers: ['ann'], asking: false, chosen: true });
});

test('an answer to an older choice is not taken in', async () => {
  const { rows, sequence, settled, ids } = desk();
  rows.push(step(1, 'ann', 0), step(2, 'bob', 1));
  sequence.choose(['ann']);
  sequence.choose(['bob']);
  await settled();
  expect(ids()).toEqual([2]);
});

test('another log begins anew, and so does the live one with a new run', async () => {
  const { rows, sequence, settled, ids, go } = desk();
  rows.push(step(1, 'bob', 0));
  await sequence.chooseNewest(2);
  await settled();
  expect(sequence.store.getState().peers).toEqual(['cy', 'bob']);
  expect(ids()).toEqual([1]);
  sequence.restart();
  expect(sequence.store.getState()).toMatchObject({ peers: [], steps: [], chosen: false });
  sequence.choose(['bob']);
  go(1);
  sequence.refresh();
  await settled();
  expect(sequence.store.getState()).toMatchObject({ log: 1, peers: [], steps: [] });
});

test('no more lifelines than can be told apart', () => {
  const { sequence } = desk();
  sequence.choose(Array.from({ length: 40 }, (_, at) => `peer ${at}`));
  expect(sequence.store.getState().peers).toHaveLength(MAX_LIFELINES);
});

test('what chosen peers say to each other is kept in order, bounded, and for as long as both are chosen', () => {
  const { sequence } = desk();
  const said = (from: string, to: string, time: number) =>
    ({ from, to, time, kind: 'have', chunk: 1 }) as const;
  const times = () => sequence.store.getState().links.map(({ time }) => time);
  sequence.takeLinks({ steps: [said('ann', 'bob', 1)], omitted: 0 });
  expect(times()).toEqual([]);
  sequence.choose(['ann', 'bob', 'cy']);
  sequence.takeLinks({
    steps: [said('ann', 'bob', 5), said('bob', 'cy', 7), said('dan', 'ann', 8)],
    omitted: 2,
  });
  sequence.takeLinks({ steps: [said('cy', 'ann', 6)], omitted: 0 });
  expect(times()).toEqual([5, 6, 7]);
  expect(sequence.store.getState()).toMatchObject({
    linksOmitted: 2,
    links: [{ id: -1 }, { id: -3 }, { id: -2 }],
  });
  sequence.choose(['ann', 'bob', 'dan']);
  expect(times()).toEqual([5]);
  sequence.takeLinks({
    steps: Array.from({ length: 7000 }, (_, at) => said('bob', 'ann', 10 + at)),
    omitted: 0,
  });
  expect(times()).toHaveLength(6000);
  expect(times().at(-1)).toBe(7009);
  expect(sequence.store.getState().linksOmitted).toBe(2 + 1001);
  sequence.restart();
  expect(sequence.store.getState()).toMatchObject({ links: [], linksOmitted: 0 });
});
