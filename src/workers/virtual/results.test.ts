import { expect, test } from 'vitest';
import { checkScenario } from '../../simulation/scenario/read.ts';
import { VirtualRun } from '../../simulation/virtual/run.ts';
import { LogKeeper } from './log-keeper.ts';
import { Outcome, outcomeOf, resultFiles } from './results.ts';

test('the files of a run: its log byte for byte, its series, a summary with the contract’s fields', async () => {
  const read = checkScenario({
    name: 'small',
    seed: 3,
    duration: 40,
    swarms: [
      {
        id: 'film',
        kind: 'vod',
        chunks: 4,
        chunkBytes: 10_000,
        arrivals: { process: 'poisson', rate: 1 },
        upload: { distribution: 'constant', value: 50_000 },
        download: { distribution: 'constant', value: 50_000 },
      },
    ],
  });
  if (!read.ok) throw new Error(read.problems[0]?.problem);
  const { scenario } = read;
  const kept = new LogKeeper();
  const streamed = new Outcome(scenario, true);
  const run = new VirtualRun({
    scenario,
    onLog(bytes) {
      kept.take(bytes);
      streamed.read(bytes);
    },
  });
  await run.advance({ until: Infinity });
  const facts = {
    started: '2026-01-02T03:04:05.000Z',
    reached: scenario.duration,
    scenarioSha256: run.scenarioSha256,
    eventsSha256: run.eventsSha256(),
    wallSeconds: 1,
  };
  const log = kept.blob();
  if (log === undefined) throw new Error('There is room for it.');
  const outcome = await outcomeOf(log, scenario, facts);
  expect(outcome).toEqual(streamed.finish(facts));

  const times = outcome.series.map(({ time }) => time);
  expect([times, times.at(-1)]).toEqual([[...times].sort((a, b) => a - b), 40]);

  const files = new Map(
    resultFiles(scenario, outcome, log, { userAgent: 'a browser', hardwareConcurrency: 2 }).map(
      ({ name, blob }) => [name, blob],
    ),
  );
  const text = async (name: string): Promise<string> => (await files.get(name)?.text()) ?? '';
  const bytes = new Uint8Array((await files.get('events.ndjson')?.arrayBuffer()) ?? new ArrayBuffer());
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  expect(digest).toBe(facts.eventsSha256);
  expect((await text('series.csv')).split('\r\n')[0]).toBe(
    'time,swarm,leeches,seeds,arrivals,departures,requests,errors',
  );
  expect(JSON.parse(await text('summary.json'))).toMatchObject({
    seed: 3,
    scenarioSha256: facts.scenarioSha256,
    eventsSha256: facts.eventsSha256,
    duration: 40,
    wallSeconds: 1,
    complete: true,
    deterministic: true,
    reached: 40,
    provenance: {
      version: expect.stringMatching(/^\d+\./),
      schema: 'swarmscope-events/1',
      started: facts.started,
      browser: 'a browser',
      machine: { cpus: 2 },
    },
    scenario: { name: 'small', seed: 3 },
    peers: { arrived: expect.any(Number) },
    swarms: [{ id: 'film' }],
  });
});

test('a log beyond its room is let go, and said to be', async () => {
  const keeper = new LogKeeper(10);
  keeper.take(new Uint8Array(8));
  expect([keeper.kept, keeper.blob()?.size]).toEqual([true, 8]);
  keeper.take(new Uint8Array(8));
  expect([keeper.kept, keeper.blob(), keeper.bytes]).toEqual([false, undefined, 16]);
});
