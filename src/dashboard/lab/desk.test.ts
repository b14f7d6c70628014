import { expect, test } from 'vitest';
import type { LabReport, RunOutcome, Scenario, Sweep } from '../../workers/messages.ts';
import { createLabDesk } from './desk.ts';
import { sweepIn, sweepOf, valuesIn } from './sweep-form.ts';

const SMALL = {
  name: 'small',
  seed: 7,
  duration: 60,
  swarms: [
    {
      id: 'film',
      kind: 'vod',
      chunks: 4,
      chunkBytes: 1000,
      arrivals: { process: 'poisson', rate: 1 },
      upload: { distribution: 'constant', value: 1000 },
      download: { distribution: 'constant', value: 1000 },
    },
  ],
};

/** A desk, and its workers' part to play. */
function open() {
  const given: { readonly scenarios: readonly Scenario[]; readonly alone: boolean }[] = [];
  let hear: (run: number, report: LabReport) => void = () => undefined;
  let again: (run: number, reason: string) => void = () => undefined;
  let ended: () => void = () => undefined;
  let cancelled = 0;
  const desk = createLabDesk({
    processors: 2,
    userAgent: 'a browser',
    now: () => 0,
    connect(_, listener) {
      hear = (run, report) => listener.hear(run, report);
      again = (run, reason) => listener.again(run, reason);
      ended = () => listener.ended();
      return {
        run: (scenarios, alone) => given.push({ scenarios, alone }),
        cancel: () => cancelled++,
      };
    },
  });
  return {
    desk,
    given,
    state: () => desk.store.getState(),
    hear: (run: number, report: LabReport) => hear(run, report),
    again: (run: number, reason: string) => again(run, reason),
    ended: () => ended(),
    cancelled: () => cancelled,
  };
}

const outcome = (seed: number, value: number): RunOutcome => ({
  seed,
  scenarioSha256: '',
  eventsSha256: `hash of ${seed}`,
  started: '2026-01-02T03:04:05.000Z',
  reached: 60,
  wallSeconds: 1,
  summary: { messages: 1, peers: { arrived: 1, completed: 1, crashed: 0 }, swarms: [] },
  result: {
    window: { from: 0, to: 60 },
    measures: { 'swarms.film.meanPeers': { value } },
    curves: {},
    absent: [],
  },
  series: [],
});

async function written(value: unknown) {
  const lab = open();
  lab.desk.write(JSON.stringify(value));
  await expect.poll(() => lab.state().read).toBeDefined();
  return lab;
}

test('a scenario is judged as it is written; what cannot be run is not', async () => {
  const lab = await written({ ...SMALL, sed: 1 });
  expect(lab.state().read).toMatchObject({ ok: false, problems: [{ path: '$.sed' }] });
  await lab.desk.runOnce();
  expect(lab.given).toEqual([]);
});

test('a run, whatever clock it names, is on the virtual one; its measures come with what they are', async () => {
  const lab = await written({ ...SMALL, clock: 'real', tracker: { url: 'http://127.0.0.1/' } });
  await lab.desk.runOnce();
  await lab.desk.runOnce();
  expect(lab.given).toMatchObject([
    { scenarios: [{ clock: 'virtual', tracker: { url: 'embedded' } }], alone: true },
  ]);
  lab.hear(0, { kind: 'progress', time: 15, duration: 60, events: 10 });
  expect(lab.state().run?.share).toBe(0.25);
  lab.hear(0, { kind: 'done', outcome: outcome(7, 3), log: undefined });
  lab.ended();
  expect(lab.state()).toMatchObject({
    run: undefined,
    outcome: {
      measures: [{ name: 'swarms.film.meanPeers', value: 3, unit: 'peers', description: /present/ }],
    },
  });
  expect(lab.state().files.map(({ name }) => name)).toEqual(['series.csv', 'summary.json']);
});

test('a sweep is planned as by the command line, and its table does not hang on which run ends first', async () => {
  const lab = await written(SMALL);
  lab.desk.writeSweep({
    rows: [{ path: 'peers.peerCount', values: '5, 10' }],
    paired: [],
    replications: '2',
  });
  await lab.desk.runSweep();
  const scenarios = lab.given[0]?.scenarios ?? [];
  expect(scenarios.map(({ peers }) => peers.peerCount)).toEqual([5, 5, 10, 10]);
  expect(new Set(scenarios.map(({ seed }) => seed)).size).toBe(2);
  for (const [run, value] of [
    [3, 8],
    [0, 1],
    [1, 3],
  ] as const)
    lab.hear(run, { kind: 'done', outcome: outcome(0, value), log: undefined });
  lab.hear(2, { kind: 'fault', message: 'gone' });
  lab.ended();
  expect(lab.state()).toMatchObject({
    run: undefined,
    table: {
      complete: false,
      points: [
        { parameters: { 'peers.peerCount': 5 }, measures: [{ mean: 2, n: 2 }] },
        { runs: [{ failed: 'gone' }, {}], measures: [{ mean: 8, n: 1 }] },
      ],
    },
    tableMeasures: [{ name: 'swarms.film.meanPeers', unit: 'peers' }],
  });
  const [csv] = await lab.desk.tableFiles();
  expect((await csv?.blob.text())?.split('\r\n')[0]).toBe(
    'point,peers.peerCount,measure,mean,halfWidth,deviation,n',
  );
});

test('a sweep that was cut short goes on with what is left, and what failed is tried once more', async () => {
  const lab = await written(SMALL);
  lab.desk.writeSweep({
    rows: [{ path: 'peers.peerCount', values: '5, 10' }],
    paired: [],
    replications: '2',
  });
  await lab.desk.runSweep();
  lab.again(1, 'out of memory');
  expect(lab.state().run?.again).toEqual({ times: 1, reason: 'out of memory' });
  lab.hear(1, { kind: 'done', outcome: outcome(0, 4), log: undefined });
  lab.hear(2, { kind: 'fault', message: 'gone' });
  lab.desk.cancel();
  expect(lab.state()).toMatchObject({ run: undefined, left: { runs: 3, failed: 1 } });

  // Whatever has been written since: it is the sweep of the table.
  lab.desk.writeSweep({ rows: [], paired: [], replications: '1' });
  lab.desk.resumeSweep();
  const [first, rest] = lab.given;
  const whole = first?.scenarios ?? [];
  expect(rest?.scenarios).toEqual([whole[0], whole[2], whole[3]]);
  expect(lab.state().run).toMatchObject({ done: 1, all: 4, share: 0.25 });
  for (const [run, value] of [
    [0, 2],
    [2, 8],
    [1, 6],
  ] as const)
    lab.hear(run, { kind: 'done', outcome: outcome(0, value), log: undefined });
  lab.ended();
  expect(lab.state()).toMatchObject({
    left: undefined,
    table: { complete: true, points: [{ measures: [{ mean: 3, n: 2 }] }, { measures: [{ mean: 7, n: 2 }] }] },
  });
  lab.desk.resumeSweep();
  expect(lab.given).toHaveLength(2);
});

test('what is wrong with a sweep is said at its path, and nothing runs', async () => {
  const lab = await written(SMALL);
  lab.desk.writeSweep({ rows: [{ path: 'peers.peerCout', values: '5' }], paired: [], replications: '0' });
  await lab.desk.runSweep();
  expect(lab.state().sweepProblems).toMatchObject([{ path: '$.replications' }]);
  lab.desk.writeSweep({ rows: [{ path: 'peers.peerCout', values: '5' }], paired: [], replications: '1' });
  await lab.desk.runSweep();
  expect(lab.state().sweepProblems).toMatchObject([{ path: '$.peers.peerCout' }]);
  expect(lab.given).toEqual([]);
});

test('a sweep’s file is written, opened again, and cancelled', async () => {
  const lab = await written(SMALL);
  lab.desk.writeSweep({
    rows: [{ path: 'edition', values: 'rfc7846, gu-04' }],
    paired: [],
    replications: '4',
  });
  const file = lab.desk.sweepFile();
  if (file === undefined) throw new Error('There is a scenario.');
  const other = open();
  await other.desk.open(new File([file.blob], 'sweep.json'), () => Promise.reject(new Error('none')));
  await expect.poll(() => other.state().read?.ok).toBe(true);
  expect(other.state().sweep).toEqual({
    rows: [{ path: 'edition', values: '"rfc7846", "gu-04"' }],
    paired: [],
    replications: '4',
  });
  await other.desk.runSweep();
  expect(other.given[0]?.scenarios).toHaveLength(8);
  other.desk.cancel();
  expect([other.cancelled(), other.state().run]).toEqual([1, undefined]);
});

test('fields that go together are a group of rows, there and back', () => {
  const form = {
    rows: [],
    paired: [
      [
        { path: 'peers.peerCount', values: '5, 10' },
        { path: 'peers.reportInterval', values: '60, 30' },
      ],
    ],
    replications: '1',
  };
  const sweep = sweepOf({ ...form, paired: [...form.paired, [{ path: ' ', values: '' }]] }, {});
  expect(sweep).toMatchObject({
    paired: [{ 'peers.peerCount': [5, 10], 'peers.reportInterval': [60, 30] }],
  });
  expect(sweepIn(sweep as Sweep)).toEqual(form);
});

test('values are JSON where they are that, else words', () => {
  expect(valuesIn('1, 0.5, "a,b"')).toEqual([1, 0.5, 'a,b']);
  expect(valuesIn('none, tit-for-tat, 3')).toEqual(['none', 'tit-for-tat', 3]);
  expect(sweepOf({ rows: [{ path: ' ', values: '1' }], paired: [], replications: '2' }, {})).toMatchObject({
    parameters: {},
    replications: 2,
  });
});
