import { expect, test } from 'vitest';
import { EVENTFUL, scenarioOf } from '../testing/eventful.ts';
import { MeasuredRun } from './measured-run.ts';

test('every measure is the same whatever the log holds', async () => {
  const resultOf = async (detail: 'full' | 'protocol') => {
    const run = new MeasuredRun({
      scenario: scenarioOf(EVENTFUL, { measure: { from: 10, until: 100, detail } }),
    });
    await run.toEnd();
    return run.analysis.result();
  };
  const [full, plain] = [await resultOf('full'), await resultOf('protocol')];
  expect(plain).toEqual(full);
  expect(plain.absent).toEqual([]);
  for (const name of ['uploads.jain', 'uploads.gini', 'uploads.bytesPerSecond', 'swarms.film.effectiveness'])
    expect(plain.measures[name]?.value, name).toBeGreaterThan(0);
  // What does harm is told apart from what does not.
  for (const behaviour of ['regular', 'sybil', 'invented'])
    expect(plain.measures[`behaviours.${behaviour}.listShare`]?.value, behaviour).toBeGreaterThan(0);
  for (const why of ['nat', 'dead', 'silent'])
    expect(plain.measures[`links.failures.${why}.share`]?.value, why).toBeGreaterThan(0);
});
