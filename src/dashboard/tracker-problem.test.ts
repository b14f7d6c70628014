import { expect, test } from 'vitest';
import { explainTrouble } from './tracker-problem.ts';
import type { TrackerSight } from '../workers/messages.ts';
import type { TrackerProblem } from './state.ts';

type Trouble = Extract<TrackerSight, { state: 'trouble' }>;

const PAGE = 'http://127.0.0.1:7846/';
const PUBLIC = 'https://scope.example/';
const SAID = 'forbidden: <b>what the tracker said</b>';

interface Seen {
  readonly tracker?: string;
  readonly page?: string;
  readonly relayTarget?: string;
  readonly via?: 'direct' | 'relay';
  readonly authentication?: 'none' | 'bearer' | 'digest';
  readonly cause?: Trouble['cause'];
  readonly detail?: string;
}

const explain = (failure: Trouble['failure'], seen: Seen = {}): TrackerProblem => {
  const {
    tracker = 'https://tracker.example/announce',
    page = PAGE,
    via = 'direct',
    cause,
    detail = SAID,
  } = seen;
  const trouble = {
    state: 'trouble',
    at: 0,
    failure,
    ...(cause === undefined ? {} : { cause }),
    detail,
  } as const;
  return explainTrouble(
    trouble,
    { trackerUrl: tracker, via, authentication: seen.authentication ?? 'none' },
    page,
    seen.relayTarget,
    5000,
  );
};

test.each([
  ['unreachable', PAGE, PAGE, 'unreachable', /gone.*127\.0\.0\.1:7846/],
  ['unreachable', 'http://tracker.example/', PAGE, 'unreachable', /Nothing answers at tracker\.example/],
  ['unreachable', 'http://127.0.0.1:1/', PAGE, 'unreachable', /Nothing answers/],
  ['unreachable', 'http://tracker.example/', PUBLIC, 'mixed-content', /will not let/],
  ['unreachable', 'http://192.168.1.9/', PUBLIC, 'mixed-content', /will not let/],
  // Browsers take loopback for secure, so that is not the reason there.
  ['unreachable', 'http://127.0.0.1:1/', PUBLIC, 'local-network', /or the browser forbids it/],
  ['unreachable', 'https://10.0.0.8/', PUBLIC, 'local-network', /or the browser forbids it/],
  ['unreachable', 'https://[fd00::1]/', 'https://192.0.2.1/', 'local-network', /or the browser forbids it/],
  ['unreachable', 'http://localhost:1/', 'http://192.168.1.2/', 'local-network', /or the browser forbids it/],
  ['unreachable', 'https://10.0.0.8/', PAGE, 'unreachable', /Nothing answers/],
  ['blocked', 'http://tracker.example/', PAGE, 'blocked', /does not let this page read/],
  ['refuses', 'http://tracker.example/', PAGE, 'refuses', /every request with an error/],
  ['timeout', 'http://tracker.example/', PAGE, 'timeout', /not answer in time/],
  ['unreadable', 'http://tracker.example/', PAGE, 'not-a-tracker', /not in PPSP-TP$/],
  ['too-large', 'http://tracker.example/', PAGE, 'not-a-tracker', /beyond 1 MiB/],
  ['invalid-url', 'http://tracker.example/', PAGE, 'other', /cannot be used/],
] as const)('%s at %s from %s is explained as %s', (failure, tracker, page, kind, title) => {
  const problem = explain(failure, { tracker, page });
  expect(problem.kind).toBe(kind);
  expect(problem.title).toMatch(title);
  expect(problem.remedies.length).toBeGreaterThan(0);
  expect(problem.since).toBe(5000);
  expect(JSON.stringify(problem)).not.toContain('what the tracker said');
});

test('CORS: what a tracker must send is there to copy', () => {
  const { snippets } = explain('blocked', { cause: 'no-cors' });
  expect(snippets[0]?.text.split('\n')).toEqual([
    'Access-Control-Allow-Origin: http://127.0.0.1:7846',
    'Access-Control-Allow-Methods: GET, POST',
    'Access-Control-Allow-Headers: Content-Type, Authorization',
    'Access-Control-Expose-Headers: Retry-After, WWW-Authenticate',
  ]);
  expect(explain('blocked', { tracker: 'http://127.0.0.1:1/', page: PUBLIC }).snippets[0]?.text).toContain(
    'Access-Control-Allow-Private-Network: true',
  );
});

test('a refused preflight is told from answers that may not be read at all', () => {
  expect(explain('blocked', { cause: 'preflight' }).title).toMatch(/refuses what the browser asks before/);
  expect(explain('blocked', { cause: 'preflight' }).remedies.join()).toMatch(/OPTIONS with 200 or 204/);
});

test.each([
  ['blocked', 'https://tracker.example:8443/x', PAGE],
  ['unreachable', 'http://tracker.example/', 'https://127.0.0.1:7846/'],
  ['unreachable', 'http://127.0.0.1:9000/', PUBLIC],
] as const)('%s at %s from %s: the relay is the way out', (failure, tracker, page) => {
  const { origin } = new URL(tracker);
  expect(explain(failure, { tracker, page, relayTarget: origin })).toMatchObject({ relay: 'offered' });
  // For another origin it is of no use: the host, the scheme and the port count.
  for (const relayTarget of [
    undefined,
    'https://tracker.example',
    `${origin}0`,
    origin.replace(/^http/, 'ws'),
  ]) {
    const problem = explain(failure, {
      tracker,
      page,
      ...(relayTarget === undefined ? {} : { relayTarget }),
    });
    expect(problem.relay).toBe('possible');
    expect(problem.snippets.at(-1)).toEqual({
      what: 'relay command',
      text: `npm start -- --relay ${origin}`,
    });
  }
});

test('the relay command starts it where the page is', () => {
  const at = (page: string): string | undefined => explain('blocked', { page }).snippets.at(-1)?.text;
  expect(at('http://127.0.0.1:9001/')).toBe('npm start -- --relay https://tracker.example --port 9001');
  expect(at('https://scope.example:9001/')).toBe('npm start -- --relay https://tracker.example');
});

test.each(['unreachable', 'refuses', 'timeout', 'unreadable', 'too-large', 'invalid-url'] as const)(
  '%s is not the browser: no relay helps',
  (failure) => {
    expect(explain(failure).relay).toBeUndefined();
  },
);

test('what the browser does not tell is said, and how to find out', () => {
  const secure = explain('unreachable');
  expect(secure.explanation).toMatch(/certificate is not accepted, the browser does not tell/);
  expect(secure.remedies.join()).toMatch(/open https:\/\/tracker\.example in a tab/);
  expect(secure.snippets).toEqual([{ what: 'command', text: 'curl -v https://tracker.example/announce' }]);
  expect(explain('unreachable', { tracker: 'http://tracker.example/' }).explanation).toMatch(
    /speaks https: only/,
  );
});

test('a web page and a redirect in the place of a tracker are told', () => {
  expect(explain('unreadable', { cause: 'html' }).title).toMatch(/it sends a web page/);
  expect(explain('unreadable', { cause: 'html' }).remedies.join()).toMatch(/path of the tracker URL/);
  const redirect = explain('unreadable', { cause: 'redirect' });
  expect(redirect.title).toMatch(/answers with a redirect/);
  expect(redirect.snippets[0]?.text).toMatch(/^curl .*https:\/\/tracker\.example\/announce/);
});

test('through the relay the reason is known, and the page does not go another way by itself', () => {
  const refused = explain('unreachable', {
    via: 'relay',
    cause: 'refused',
    detail: 'The connection was refused.',
  });
  expect(refused).toMatchObject({ kind: 'unreachable', relay: undefined });
  expect(refused.explanation).toMatch(/^The connection was refused\. That is what this server's relay met/);
  expect(
    explain('unreachable', { via: 'relay', cause: 'tls', detail: 'TLS failed.' }).remedies.join(),
  ).toMatch(/NODE_EXTRA_CA_CERTS/);
  const gone = explain('unreachable', { via: 'relay', cause: 'no-relay', detail: 'There is none.' });
  expect(gone).toMatchObject({
    kind: 'relay',
    title: expect.stringContaining('has no relay to https://tracker.example'),
  });
  expect(gone.snippets[0]?.text).toBe('npm start -- --relay https://tracker.example');
  // Mixed content and the like do not concern it.
  expect(explain('timeout', { via: 'relay', tracker: 'http://tracker.example/', page: PUBLIC }).kind).toBe(
    'timeout',
  );
});

test('401 is told by what was given, from the tracker itself and from a gate before it', () => {
  const detail = 'authentication-required: <b>said</b>';
  expect(explain('refuses', { detail }).title).toBe('tracker.example wants to know who asks');
  expect(explain('unreadable', { cause: 'unauthorized' }).title).toBe(
    'tracker.example wants to know who asks',
  );
  const bearer = explain('refuses', { detail, authentication: 'bearer' });
  expect(bearer.title).toBe('tracker.example does not accept the credentials');
  expect(bearer.remedies.join()).toMatch(/token is still valid/);
  const digest = explain('refuses', { detail, authentication: 'digest' });
  expect(digest.remedies.join()).toMatch(/Access-Control-Expose-Headers: WWW-Authenticate/);
  expect(explain('refuses', { detail, authentication: 'digest', tracker: PAGE }).remedies.join()).not.toMatch(
    /Expose/,
  );
  expect(JSON.stringify([bearer, digest])).not.toContain('said');
});
