import { expect, it } from 'vitest';
import { replications, replicationsCsv } from './replications.ts';

const run = (measures: Record<string, number>) => ({
  measures: Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, { value }])),
});

it('has mean, deviation and interval of each measure over the runs that have it', () => {
  const rows = replications([run({ a: 1, b: 5 }), run({ a: 2 }), run({ a: 3, c: 4 })]);
  expect(rows.map(({ name, mean, n }) => [name, mean, n])).toEqual([
    ['a', 2, 3],
    ['b', 5, 1],
    ['c', 4, 1],
  ]);
  // t(0.975, 2) = 4.303, s = 1, n = 3.
  expect(rows[0]?.interval?.halfWidth).toBeCloseTo(4.302653 / Math.sqrt(3), 5);
  expect(rows[0]).toMatchObject({ deviation: 1, interval: { method: 'replications', count: 3 } });
  expect(rows[1]).not.toHaveProperty('interval');
  expect(replications([])).toEqual([]);
  const [header, first, second] = replicationsCsv(rows).split('\r\n');
  expect(header).toBe('measure,mean,halfWidth,deviation,n');
  expect(first).toMatch(/^a,2,2\.484\d+,1,3$/);
  expect(second).toBe('b,5,,,1');
});
