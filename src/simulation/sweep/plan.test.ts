import { describe, expect, test } from 'vitest';
import { checkScenario } from '../scenario/read.ts';
import { planSweep, scenarioOf } from './plan.ts';
import { readSweep, runsOf } from './read.ts';

const SCENARIO = {
  name: 'least',
  seed: 3,
  duration: 60,
  swarms: [
    { id: 'film', kind: 'vod', chunks: 8, chunkBytes: 1000, arrivals: { process: 'poisson', rate: 1 } },
  ],
};

function sweepOf(fields: object) {
  const read = readSweep(JSON.stringify({ name: 'sweep', scenario: SCENARIO, ...fields }));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.sweep;
}

const problemsOf = (fields: object) => {
  const read = readSweep(JSON.stringify({ name: 'sweep', scenario: 'least', ...fields }));
  return read.ok ? [] : read.problems.map(({ path, problem }) => [path, problem]);
};

function planOf(fields: object) {
  const scenario = checkScenario(SCENARIO);
  if (!scenario.ok) throw new Error('The scenario is one.');
  return planSweep(sweepOf(fields), scenario.scenario);
}

describe('the sweep file', () => {
  test('may leave out all but name and scenario', () => {
    expect(sweepOf({})).toMatchObject({ parameters: {}, paired: [], replications: 1 });
    expect(runsOf(sweepOf({}))).toBe(1);
  });

  test.each<[object, readonly (readonly string[])[]]>([
    [{ parameters: { 'peers.': [1] } }, [['$.parameters["peers."]', 'This is no path.']]],
    [{ parameters: { 'peers.crash': [] } }, [['$.parameters["peers.crash"]', 'This is too short.']]],
    [
      { parameters: { a: [1] }, paired: [{ a: [2] }] },
      [['$.paired[0].a', 'This parameter is in the sweep twice.']],
    ],
    [
      { paired: [{ a: [1, 2], b: [1] }] },
      [['$.paired[0].b', 'The lists of this group are not of one length.']],
    ],
    [{ replications: 100_000, parameters: { a: [1, 2] } }, [['$.replications', 'These are too many runs.']]],
    [{ sed: 1 }, [['$.sed', 'There is no such field here.']]],
    [{ replications: 0 }, [['$.replications', 'This is too small.']]],
  ])('%j is refused', (fields, problems) => {
    expect(problemsOf(fields)).toEqual(problems);
  });

  test('that is no JSON is told where', () => {
    expect(readSweep('{\n "name": }')).toMatchObject({ ok: false, problems: [{ line: 2, column: 10 }] });
  });
});

describe('the plan', () => {
  test('has every value with every other, pairs together, the last fastest', () => {
    const planned = planOf({
      parameters: { 'peers.crash': [0, 0.5], 'swarms[film].chunks': [1, 2] },
      paired: [{ 'peers.maxLinks': [4, 8], 'peers.peerCount': [10, 20] }],
    });
    if (!planned.ok) throw new Error('It is a plan.');
    const rows = planned.plan.points.map(({ scenario: { peers, swarms } }) => [
      peers.crash,
      swarms[0]?.chunks,
      peers.maxLinks,
      peers.peerCount,
    ]);
    expect(rows).toEqual(
      [0, 0.5].flatMap((crash) =>
        [1, 2].flatMap((chunks) => [
          [crash, chunks, 4, 10],
          [crash, chunks, 8, 20],
        ]),
      ),
    );
  });

  test('gives each replication a seed of its own, from the seed of sweep or scenario', () => {
    const seedsOf = (fields: object) => {
      const planned = planOf(fields);
      return planned.ok ? planned.plan.seeds : [];
    };
    const seeds = seedsOf({ replications: 1000 });
    expect(new Set(seeds).size).toBe(1000);
    expect(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)).toBe(true);
    // More of them change none of the first.
    expect(seedsOf({ replications: 10 })).toEqual(seeds.slice(0, 10));
    expect(seedsOf({ replications: 10, seed: 3 })).toEqual(seeds.slice(0, 10));
    expect(seedsOf({ replications: 10, seed: 4 })).not.toEqual(seeds.slice(0, 10));
    const planned = planOf({ replications: 2 });
    if (!planned.ok) throw new Error('It is a plan.');
    const [point] = planned.plan.points;
    expect(point && scenarioOf(point, 77).seed).toBe(77);
  });

  test.each<[object, string, string]>([
    [{ 'swarms[news].chunks': [1] }, 'swarms[news].chunks', 'The scenario has nothing at "news".'],
    [{ 'peers.crash': [0, 2] }, '$.peers.crash', 'This is too large.'],
    [{ clock: ['real'] }, '$.clock', 'A sweep runs on the virtual clock.'],
  ])('of %j is none', (parameters, path, problem) => {
    expect(planOf({ parameters })).toMatchObject({ ok: false, problems: [{ path, problem }] });
  });
});
