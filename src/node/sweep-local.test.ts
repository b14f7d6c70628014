import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkScenario } from '../simulation/scenario/read.ts';
import { runLocally, type Outcomes } from './sweep-local.ts';
import { jobOf, type SweepJob } from './sweep-run.ts';

/** Threads that fail as the seed says: 1 once, 2 always, 3 by ending, 4 never answers. */
const THREAD = `
import { parentPort } from 'node:worker_threads';
let tried = 0;
parentPort.on('message', ({ seed }) => {
  tried++;
  if (seed === 3) process.exit(9);
  if (seed === 4) return;
  if (seed === 2 || (seed === 1 && tried === 1)) parentPort.postMessage({ kind: 'failed', reason: 'no luck' });
  else parentPort.postMessage({ kind: 'done', outcome: { eventsSha256: String(seed), measures: {} } });
});`;

let folder: string;
let thread: URL;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'swarmscope-threads-'));
  const file = join(folder, 'thread.mjs');
  writeFileSync(file, THREAD);
  thread = pathToFileURL(file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function job(seed: number): SweepJob {
  const arrivals = { process: 'poisson', rate: 1 };
  const swarms = [{ id: 'film', kind: 'vod', chunks: 8, chunkBytes: 1000, arrivals }];
  const read = checkScenario({ name: 'least', seed, duration: 60, swarms });
  if (!read.ok) throw new Error('It is a scenario.');
  return jobOf(read.scenario, { 'peers.crash': 0 }, '1');
}

function told() {
  const lines: string[] = [];
  const outcomes: Outcomes = {
    done: ({ label }, { eventsSha256 }) => lines.push(`done ${label}: ${eventsSha256}`),
    failed: ({ label }, reason) => lines.push(`failed ${label}: ${reason}`),
    again: ({ label }, reason) => lines.push(`again ${label}: ${reason}`),
  };
  return { lines, outcomes };
}

test('a run that fails is tried once more, and named when it fails again; the others go on', async () => {
  const { lines, outcomes } = told();
  const { signal } = new AbortController();
  await runLocally([job(1), job(2), job(3), job(5)], { thread, workers: 1, signal }, outcomes);
  expect(lines).toEqual([
    'again peers.crash = 0, seed 1: no luck',
    'done peers.crash = 0, seed 1: 1',
    'again peers.crash = 0, seed 2: no luck',
    'failed peers.crash = 0, seed 2: no luck',
    'again peers.crash = 0, seed 3: its thread ended',
    'failed peers.crash = 0, seed 3: its thread ended',
    'done peers.crash = 0, seed 5: 5',
  ]);
});

test('the signal ends runs that are under way: they have not failed, and no other begins', async () => {
  const { lines, outcomes } = told();
  const stop = new AbortController();
  const running = runLocally(
    [job(5), job(4), job(5)],
    { thread, workers: 1, signal: stop.signal },
    {
      ...outcomes,
      done: (...done) => {
        outcomes.done(...done);
        setImmediate(() => stop.abort());
      },
    },
  );
  await running;
  expect(lines).toEqual(['done peers.crash = 0, seed 5: 5']);
});

test('the same run has the same id, another version or seed another', () => {
  expect(job(1).id).toBe(job(1).id);
  expect(job(1).id).not.toBe(job(2).id);
  expect(jobOf(job(1).scenario, {}, '2').id).not.toBe(job(1).id);
});
