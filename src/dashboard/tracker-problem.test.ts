import { expect, test } from 'vitest';
import { combinedSight, tally } from './tally.ts';
import { explainTrouble } from './tracker-problem.ts';
import type { Counters, Snapshot, TrackerSight } from '../workers/messages.ts';

const PAGE = 'http://127.0.0.1:7846/';
const explain = (
  failure: Extract<TrackerSight, { state: 'trouble' }>['failure'],
  tracker: string,
  page = PAGE,
) =>
  explainTrouble({ state: 'trouble', failure, detail: '<b>what the tracker said</b>' }, tracker, page, 5000);

test.each([
  ['unreachable', PAGE, PAGE, 'unreachable', /gone.*127\.0\.0\.1:7846/],
  ['unreachable', 'http://tracker.example/', PAGE, 'unreachable', /Nothing answers at tracker\.example/],
  ['unreachable', 'http://tracker.example/', 'https://scope.example/', 'mixed-content', /will not let/],
  // Browsers take loopback for secure, so that is not the reason there.
  ['unreachable', 'http://127.0.0.1:1/', 'https://scope.example/', 'unreachable', /Nothing answers/],
  ['blocked', 'http://tracker.example/', PAGE, 'blocked', /does not let this page read/],
  ['timeout', 'http://tracker.example/', PAGE, 'timeout', /not answer in time/],
  ['unreadable', 'http://tracker.example/', PAGE, 'not-a-tracker', /not in PPSP-TP/],
  ['too-large', 'http://tracker.example/', PAGE, 'not-a-tracker', /beyond 1 MiB/],
  ['invalid-url', 'http://tracker.example/', PAGE, 'other', /cannot be used/],
] as const)('%s at %s from %s is explained as %s', (failure, tracker, page, kind, title) => {
  const problem = explain(failure, tracker, page);
  expect(problem.kind).toBe(kind);
  expect(problem.title).toMatch(title);
  expect(problem.remedies.length).toBeGreaterThan(0);
  expect(JSON.stringify(problem)).not.toContain('what the tracker said');
});

const COUNTERS: Counters = {
  requests: 10,
  answered: 8,
  errors: 1,
  unreadable: 1,
  failures: 2,
  arrived: 0,
  completed: 0,
  left: 0,
  crashed: 0,
  queued: 0,
};

const snapshot = (swarm: number[], mode: number[], tracker: TrackerSight): Snapshot => ({
  at: 0,
  peers: {
    handle: Uint32Array.from(swarm.keys()),
    swarm: Uint16Array.from(swarm),
    mode: Uint8Array.from(mode),
    phase: new Uint8Array(swarm.length),
    share: new Float32Array(swarm.length),
    upload: new Float32Array(swarm.length),
    download: new Float32Array(swarm.length),
  },
  links: new Uint32Array(),
  births: [],
  ends: [],
  exchanges: [],
  exchangesOmitted: 0,
  counters: COUNTERS,
  tracker,
});

test('the tally counts modes per swarm over all workers', () => {
  const one = snapshot([0, 0, 1], [1, 0, 0], { state: 'unknown' });
  const two = snapshot([0, 2, 2], [1, 1, 0], { state: 'unknown' });
  expect(tally([one, two], 3)).toEqual({ seeds: [2, 0, 1], leeches: [1, 1, 1], requests: 20, errors: 8 });
});

test('the tracker is well as soon as one worker is answered, and in trouble when none is', () => {
  const well: TrackerSight = { state: 'ok', latency: 4 };
  const ill: TrackerSight = { state: 'trouble', failure: 'timeout', detail: '' };
  const unknown: TrackerSight = { state: 'unknown' };
  const see = (...sights: TrackerSight[]) => combinedSight(sights.map((sight) => snapshot([], [], sight)));
  expect(see(unknown, unknown)).toEqual(unknown);
  expect(see(ill, unknown)).toEqual(ill);
  expect(see(ill, well)).toEqual(well);
  expect(see(well, { state: 'ok', latency: 8 })).toEqual({ state: 'ok', latency: 6 });
});
