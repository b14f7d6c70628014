import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer as createPlainServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TrackerCase } from '../conformance/tracker-bench.ts';
import { TRACKER_CASES } from '../conformance/trackers/index.ts';
import { createTrackerEndpoint } from '../tracker/http.ts';
import { createTracker } from '../tracker/tracker.ts';
import { runConformance } from './conformance.ts';
import type { ConformanceOptions } from './conformance.ts';
import { startServer } from './server.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'swarmscope-conformance-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const ALL: Omit<ConformanceOptions, 'url'> = {
  edition: undefined,
  only: undefined,
  section: undefined,
  level: undefined,
  trackTimer: undefined,
  // Client and tracker share one process here, and that its processor with other tests.
  timeout: 30,
  concurrency: 4,
  junit: undefined,
  json: undefined,
  html: undefined,
  list: false,
};

interface Ran {
  readonly code: number;
  readonly lines: readonly string[];
}

async function ran(
  url: string | undefined,
  options: Partial<ConformanceOptions> = {},
  signal?: AbortSignal,
): Promise<Ran> {
  const lines: string[] = [];
  const code = await runConformance(
    { ...ALL, url: url === undefined ? undefined : new URL(url), ...options },
    { print: (line) => lines.push(line), tool: 'swarmscope 0.0.0', signal },
  );
  return { code, lines };
}

/** What did not pass, as the lines of progress have it: `FAIL id`, and `skip id: why`. */
const bad = ({ lines }: Ran): readonly string[] =>
  lines.flatMap((line) => {
    const [, word, rest] = /^ *\d+\/\d+ {2}(\w+) +(.*)/.exec(line) ?? [];
    return word === undefined || word === 'pass' ? [] : [`${word} ${rest}`];
  });

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function ourTracker(trackTimer: number): Promise<string> {
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    tracker: { trackTimer: trackTimer * 1000, reportInterval: trackTimer * 250 },
    // Sooner than it has to, for the sake of the two cases that wait for it.
    limits: { headersTimeout: 3000, bodyTimeout: 3000 },
  });
  cleanups.push(() => server.stop());
  return server.url;
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Our rules behind a front that knows nothing of HTTP but POST-like bodies: whatever comes is a message. */
function carelessTracker(): RequestListener {
  const endpoint = createTrackerEndpoint(createTracker({}, 0), { maxBody: Number.POSITIVE_INFINITY });
  return (request, response) => {
    const answer = async (): Promise<void> => {
      const body = await bodyOf(request);
      const remote = { address: '127.0.0.1', port: 1 };
      const plain = { method: 'POST', target: '/', contentType: 'application/json', body, remote };
      const moment = { now: performance.now(), random: Math.random };
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'peer=1' });
      response.end(endpoint.answer(plain, moment).response.body);
    };
    // Some of the cases go before their request is in.
    answer().catch(() => response.destroy());
  };
}

describe('our own tracker, over HTTP', () => {
  const idsOf = (chosen: (one: TrackerCase) => boolean): readonly string[] =>
    TRACKER_CASES.filter(chosen).map(({ id }) => id);
  const clean = (cases: number, skipped: number): string =>
    `${cases - skipped} passed, 0 failed (0 MUST, 0 SHOULD), 0 inconclusive, ${skipped} skipped`;

  it(
    'passes every case that waits for nothing, but for those about https',
    { timeout: 120_000 },
    async () => {
      const only = idsOf(({ takes }) => takes === undefined);
      const result = await ran(await ourTracker(90), { only, trackTimer: 90 });
      expect(bad(result)).toEqual([
        'skip rfc7846/tls/https: the URL is not https',
        'skip rfc7846/tls/https-by-socket: the URL is not https',
      ]);
      expect([result.code, result.lines.at(-1)]).toEqual([0, clean(only.length, 2)]);
    },
  );

  // By itself: registrations that last seconds do not outlast what the other cases make the tracker do.
  it('passes every case that waits, with a short track timer', { timeout: 120_000 }, async () => {
    const only = idsOf(({ takes }) => takes !== undefined);
    const result = await ran(await ourTracker(4), { only, trackTimer: 4, concurrency: only.length });
    expect(bad(result)).toEqual([]);
    expect([result.code, result.lines.at(-1)]).toEqual([0, clean(only.length, 0)]);
  });

  it('skips what outwaits the track timer when that is not known', async () => {
    const { code, lines } = await ran(await ourTracker(90), { only: ['rfc7846/2.3.2-d/*'] });
    expect(code).toBe(0);
    expect(lines.slice(0, -1).filter((line) => !line.includes('track timer is not known'))).toEqual([]);
    expect(lines).toHaveLength(5);
  });
});

describe('a tracker with a careless front', () => {
  it('fails the cases about HTTP, each for its own reason', async () => {
    const url = await listen(carelessTracker());
    // All but those that wait for half a minute to be answered.
    const http = TRACKER_CASES.map(({ id }) => id).filter((id) => /^rfc7846\/http\/(?!slow-)/.test(id));
    // It waits in vain for one body that never comes.
    const result = await ran(url, { only: http, timeout: 5 });
    expect(bad(result).toSorted()).toEqual(
      [
        'FAIL rfc7846/http/media-type-of-failure',
        'FAIL rfc7846/http/media-type-of-success',
        'warn rfc7846/http/announced-too-large',
        'warn rfc7846/http/chunked-too-large',
        'warn rfc7846/http/cors-on-failure',
        'warn rfc7846/http/cors-on-success',
        'warn rfc7846/http/cors-preflight',
        'warn rfc7846/http/get-joins-nobody',
        'warn rfc7846/http/json-labelled-xml',
        'warn rfc7846/http/long-uri',
        'warn rfc7846/http/method-delete',
        'warn rfc7846/http/method-patch',
        'warn rfc7846/http/method-put',
        'warn rfc7846/http/no-cookies',
        'warn rfc7846/http/no-length',
        'warn rfc7846/http/no-media-type',
        'warn rfc7846/http/other-media-type',
        'warn rfc7846/http/xml-of-no-edition',
      ].toSorted(),
    );
    expect(result.code).toBe(1);
  }, 30_000);

  it('is told with what was expected and what came, and reported in every form', async () => {
    const url = await listen(carelessTracker());
    const [junit, json, html] = ['r.xml', 'r.json', 'r.html'].map((name) => join(folder, name));
    const only = ['rfc7846/http/media-type-of-*', 'rfc7846/http/no-cookies', 'rfc7846/4.1.1/join-from-start'];
    const { code, lines } = await ran(url, { only, junit, json, html });
    expect(code).toBe(1);
    expect(lines.join('\n')).toMatch(
      /FAIL {2}rfc7846\/http\/media-type-of-success\n {4}MUST, RFC 7846 §4: .*\n {4}expected: application\/ppsp-tracker\+json\n {4}actual: {3}"application\/json"\n {4}advice: /,
    );
    expect(lines.at(-1)).toBe('1 passed, 3 failed (2 MUST, 1 SHOULD), 0 inconclusive, 0 skipped');
    expect(readFileSync(junit ?? '', 'utf8')).toMatch(/tests="4" failures="2" errors="0" skipped="1"/);
    expect(readFileSync(html ?? '', 'utf8')).toContain('id="rfc7846/http/no-cookies" open>');
    const report = JSON.parse(readFileSync(json ?? '', 'utf8')) as {
      readonly results: readonly { id: string }[];
    };
    expect(report).toMatchObject({ subject: url, counts: { fail: 3, failedMusts: 2 } });
    // In the order of the suite, whatever ended first, with the bytes of every exchange.
    const order = TRACKER_CASES.map(({ id }) => id).filter((id) =>
      report.results.some((each) => each.id === id),
    );
    expect(report.results.map(({ id }) => id)).toEqual(order);
    expect(report.results[0]).toMatchObject({
      verdict: 'pass',
      exchanges: [{ request: { body: { form: 'text', shown: expect.stringContaining('"CONNECT"') } } }, {}],
    });
  });
});

describe('a tracker that is not as it should be reached', () => {
  it('is told apart: nobody there', async () => {
    const holder = createPlainServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    holder.close();
    await once(holder, 'close');
    await expect(ran(`http://127.0.0.1:${port}/`)).rejects.toThrow(
      `Nobody can be reached at http://127.0.0.1:${port}/: the connection was refused; is the tracker running?`,
    );
  });

  it('fails when it never answers, for each case by itself', async () => {
    const url = await listen(() => undefined);
    const { code, lines } = await ran(url, { only: ['rfc7846/4.3/version-2'], timeout: 0.2 });
    expect([code, lines[3]]).toEqual([1, '    actual:   no answer: No answer within 0.2 s.']);
  });

  it('fails when it speaks no HTTP', async () => {
    const server = createPlainServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-x\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const { code, lines } = await ran(`http://127.0.0.1:${port}/`, { only: ['rfc7846/http/chunked-body'] });
    expect(code).toBe(1);
    expect(lines[3]).toBe(
      '    actual:   no answer: what came back is no whole HTTP answer before the connection was closed',
    );
  });
});

it('lists cases without running any', async () => {
  const { code, lines } = await ran(undefined, {
    list: true,
    edition: 'rfc7846',
    section: '4.1.2',
    level: 'MUST',
  });
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/^rfc7846\/4\.1\.2\/[\w-]+ {2}MUST {2}RFC 7846 §4\.1\.2\n {4}\w.*\.$/);
  expect(lines.every((line) => line.startsWith('rfc7846/4.1.2/'))).toBe(true);
});

it('ends early at the signal, and says how much was not run', async () => {
  const stop = new AbortController();
  let asked = 0;
  const url = await listen((request, response) => {
    if (++asked === 3) stop.abort();
    request.resume().on('end', () => response.writeHead(400).end());
  });
  const { code, lines } = await ran(url, { edition: 'rfc7846', level: 'MUST', concurrency: 1 }, stop.signal);
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatch(/, \d+ not run$/);
  expect(asked).toBeLessThan(6);
});

it('refuses a selection of nothing, and a report that cannot be written', async () => {
  await expect(ran('http://127.0.0.1:9/', { only: ['rfc7847/*'] })).rejects.toThrow(/^No case is of that/);
  const url = await listen(carelessTracker());
  const json = join(folder, 'missing', 'r.json');
  await expect(ran(url, { only: ['*/version-2'], json })).rejects.toThrow(/^--json: cannot write .*missing/);
});
