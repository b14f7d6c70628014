import { expect, test } from 'vitest';
import { sweepTable, sweepTableCsv, type SweepRun } from './sweep-table.ts';

const done = (seed: number, value: number): SweepRun => ({
  kind: 'done',
  seed,
  eventsSha256: `hash of ${seed}`,
  measures: { 'peers.arrived': { value } },
});

test('every combination has its measures over the runs that are done, and says which are not', () => {
  const table = sweepTable([
    { parameters: { 'peers.crash': 0 }, runs: [done(1, 10), done(2, 14)] },
    {
      parameters: { 'peers.crash': 0.5 },
      runs: [done(1, 8), { kind: 'failed', seed: 2, reason: 'no memory' }],
    },
    { parameters: { 'peers.crash': 1 }, runs: [{ kind: 'missing', seed: 1 }] },
  ]);
  expect(table.complete).toBe(false);
  // t(0.975, 1) = 12.7062, s = 2.8284, n = 2.
  expect(table.points[0]?.measures).toEqual([
    expect.objectContaining({ name: 'peers.arrived', mean: 12, n: 2 }),
  ]);
  expect(table.points[0]?.measures[0]?.interval?.halfWidth).toBeCloseTo(12.7062 * 2, 3);
  expect(table.points.slice(1)).toEqual([
    {
      parameters: { 'peers.crash': 0.5 },
      runs: [
        { seed: 1, eventsSha256: 'hash of 1' },
        { seed: 2, failed: 'no memory' },
      ],
      measures: [{ name: 'peers.arrived', mean: 8, n: 1 }],
    },
    { parameters: { 'peers.crash': 1 }, runs: [{ seed: 1 }], measures: [] },
  ]);
  expect(sweepTable([{ parameters: {}, runs: [done(1, 1)] }]).complete).toBe(true);
  const unfinished = [done(1, 1), { kind: 'missing', seed: 2 } as const];
  expect(sweepTable([{ parameters: {}, runs: unfinished }]).complete).toBe(false);
});

test('as CSV a record has combination, parameters and measure', () => {
  const table = sweepTable([
    {
      parameters: { 'peers.incentive': 'none', 'swarms[film].patience': { distribution: 'never' } },
      runs: [done(1, 8)],
    },
  ]);
  expect(sweepTableCsv(table).split('\r\n')).toEqual([
    'point,peers.incentive,swarms[film].patience,measure,mean,halfWidth,deviation,n',
    '0,none,"{""distribution"":""never""}",peers.arrived,8,,,1',
    '',
  ]);
});
