import { expect, test } from 'vitest';
import { explainTrouble } from './tracker-problem.ts';
import type { TrackerSight } from '../workers/messages.ts';

const PAGE = 'http://127.0.0.1:7846/';
const explain = (
  failure: Extract<TrackerSight, { state: 'trouble' }>['failure'],
  tracker: string,
  page = PAGE,
) =>
  explainTrouble(
    { state: 'trouble', at: 0, failure, detail: 'forbidden: <b>what the tracker said</b>' },
    tracker,
    page,
    5000,
  );

test.each([
  ['unreachable', PAGE, PAGE, 'unreachable', /gone.*127\.0\.0\.1:7846/],
  ['unreachable', 'http://tracker.example/', PAGE, 'unreachable', /Nothing answers at tracker\.example/],
  ['unreachable', 'http://tracker.example/', 'https://scope.example/', 'mixed-content', /will not let/],
  // Browsers take loopback for secure, so that is not the reason there.
  ['unreachable', 'http://127.0.0.1:1/', 'https://scope.example/', 'unreachable', /Nothing answers/],
  ['blocked', 'http://tracker.example/', PAGE, 'blocked', /does not let this page read/],
  ['refuses', 'http://tracker.example/', PAGE, 'refuses', /every request with an error/],
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
