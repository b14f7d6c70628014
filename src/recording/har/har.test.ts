import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codecOf } from '../../protocol/editions/index.ts';
import { EDITIONS } from '../../protocol/message.ts';
import { encodeText } from '../../protocol/text.ts';
import { arbitraryRequest } from '../../testing/arbitraries.ts';
import { recordedTraffic } from '../../testing/recorded.ts';
import { meaningOf } from '../meaning.ts';
import type { ImportReport } from '../problem.ts';
import { bodyOf } from '../record.ts';
import type { RecordedExchange } from '../record.ts';
import { HarReader } from './har.ts';
import { writeHar } from './write-har.ts';

function load(text: string | Uint8Array, chunk = 4096) {
  const bytes = typeof text === 'string' ? encodeText(text) : text;
  const exchanges: RecordedExchange[] = [];
  const reader = new HarReader('page.har', (exchange) => exchanges.push(exchange));
  for (let at = 0; at < bytes.length; at += chunk) {
    // Memory that is used again: what the reader keeps must be its own.
    const piece = Buffer.from(bytes.slice(at, at + chunk));
    reader.push(piece);
    piece.fill(0x20);
  }
  return { exchanges, report: reader.end() };
}

const said = ({ problems }: ImportReport): string[] =>
  problems.map(({ unit, number, problem }) => `${unit} ${number} ${problem}`);

async function written(exchanges: readonly RecordedExchange[]): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeHar(exchanges, { version: '1.0', runBegan: 1_795_000_000_000 }))
    pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** As an import of foreign traffic makes them, with bodies of every kind. */
const importable = fc
  .tuple(
    fc.constantFrom(...EDITIONS).chain((edition) => arbitraryRequest(edition)),
    fc.option(fc.uint8Array({ minLength: 1, maxLength: 30 }), { nil: undefined }),
    fc.integer({ min: 0, max: 4e15 }),
    fc.constantFrom(200, 403, 0),
    fc.constantFrom('run' as const, 'absolute' as const),
  )
  .map(([request, response, micros, status, clock]): RecordedExchange => {
    const { mediaType } = codecOf(request.edition);
    const bytes = codecOf(request.edition).encodeRequest(request);
    const sent = {
      contentType: mediaType,
      headers: [['Content-Type', mediaType] as const],
      body: bodyOf(bytes),
      bytes: bytes.length,
    };
    const result =
      status === 0
        ? { kind: 'failed' as const, failure: 'no-answer' as const, detail: 'net::ERR_FAILED' }
        : {
            kind: 'answered' as const,
            status,
            reason: 'Reason',
            contentType: 'text/plain',
            headers: [['content-type', 'text/plain'] as const],
            ...(response === undefined ? {} : { body: bodyOf(response) }),
            bytes: response?.length ?? 7,
          };
    return {
      id: 1,
      time: clock === 'run' ? micros / 1e9 : micros / 1000,
      clock,
      took: 12.5,
      from: 'foreign',
      url: 'http://127.0.0.1:7846/announce?a=b&c',
      attempt: 2,
      purpose: 'JOIN as LEECH',
      remote: '192.0.2.1:5',
      ...meaningOf(sent, result),
      request: sent,
      result,
    };
  });

test('what is exported is imported, exactly', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(importable, { maxLength: 5 }),
      fc.integer({ min: 1, max: 5000 }),
      async (all, chunk) => {
        const { exchanges, report } = load(await written(all), chunk);
        expect(exchanges).toEqual(
          all.map((exchange, i) => ({ ...exchange, origin: { file: 'page.har', line: i + 2 } })),
        );
        expect(report).toMatchObject({ format: 'har', exchanges: all.length, problems: [], skipped: [] });
      },
    ),
  );
});

test('the export is a HAR 1.2 to others', async () => {
  const { log } = JSON.parse(await written([recordedTraffic(1)]));
  expect(log).toMatchObject({ version: '1.2', creator: { name: 'swarmscope', version: '1.0' } });
  expect(log.entries[0]).toMatchObject({
    startedDateTime: '2026-11-18T11:06:40.001250Z',
    time: 31,
    request: {
      method: 'POST',
      headers: [{ name: 'Content-Type', value: 'application/ppsp-tracker+json' }],
      queryString: [],
      postData: { mimeType: 'application/ppsp-tracker+json', text: recordedTraffic(1).request.body },
    },
    response: { status: 200, statusText: 'OK' },
    timings: { send: 0, wait: 31, receive: 0 },
  });
  const query = JSON.parse(await written([{ ...recordedTraffic(1), url: 'http://a/b?c=d=e&f#g' }]));
  expect(query.log.entries[0].request.queryString).toEqual([
    { name: 'c', value: 'd=e' },
    { name: 'f', value: '' },
  ]);
});

const CHROMIUM = Uint8Array.from(readFileSync(new URL('../fixtures/chromium.har', import.meta.url)));
const TEXT = new TextDecoder().decode(CHROMIUM);
const chromium = JSON.parse(TEXT);

test('a HAR of our page by a real Chromium', () => {
  const posts = chromium.log.entries.filter(
    (entry: { request: { method: string } }) => entry.request.method === 'POST',
  );
  expect(posts.length).toBeGreaterThan(5);
  const { exchanges, report } = load(CHROMIUM, 1000);
  expect(report).toMatchObject({
    exchanges: posts.length,
    problems: [],
    skipped: [{ what: 'entries that are no PPSP-TP', count: 2 }],
  });
  exchanges.forEach((exchange, i) => {
    const { request, response, startedDateTime, time } = posts[i];
    expect(exchange).toMatchObject({
      time: Date.parse(startedDateTime),
      clock: 'absolute',
      took: time,
      url: request.url,
      edition: 'rfc7846',
      method: 'CONNECT',
      verdict: 'ok',
      findings: { request: 0, response: 0 },
      transactionId: JSON.parse(request.postData.text).PPSPTrackerProtocol.transaction_id,
      request: { body: request.postData.text, contentType: 'application/ppsp-tracker+json' },
      result: { status: 200, reason: 'OK', body: response.content.text },
    });
  });
});

describe('a broken file gives the rest', () => {
  const lines = TEXT.split('\n');
  const whole = load(CHROMIUM).exchanges.length;

  test('cut off anywhere: what is whole before it loads', () => {
    for (let length = 0; length < CHROMIUM.length; length += 997) {
      const { exchanges, report } = load(CHROMIUM.subarray(0, length));
      expect(report.problems).toHaveLength(1);
      expect(exchanges.length).toBeLessThanOrEqual(whole);
    }
    const most = load(CHROMIUM.subarray(0, CHROMIUM.length - 40));
    expect(most.exchanges).toHaveLength(whole - 1);
    expect(said(most.report)[0]).toMatch(/^line \d+ begins an entry that does not end: the file is cut off$/);
  });

  test.each([
    ['a brace that is missing', (line: string) => line.replace('{', ''), 'no JSON|does not end'],
    ['a quote that is missing', (line: string) => line.replace('"', ''), 'line feed inside a string'],
    ['a brace too many', (line: string) => line.replace('{', '{{'), 'no JSON|does not end'],
    ['a word that is no JSON', () => '        nonsense', 'no JSON'],
  ])('%s', (_, damage, problem) => {
    // Something within every entry in turn.
    for (const [i, line] of lines.entries()) {
      if (!line.startsWith('        "request": {')) continue;
      const { exchanges, report } = load(lines.with(i, damage(line)).join('\n'));
      expect(said(report).join('\n')).toMatch(
        new RegExp(`^line ${lines.lastIndexOf('      {', i) + 1} .*(?:${problem})`),
      );
      expect(exchanges.length).toBeGreaterThanOrEqual(whole - 2);
    }
  });

  test('no HAR at all', () => {
    expect(said(load('{"log": {"version": "1.2"}}').report)).toEqual([
      'line 1 begins no HAR: there is no list log.entries',
    ]);
    // A list of that name elsewhere is not it.
    expect(load('{"entries": [{}], "a": {"b": {"entries": [{}]}}}').report.skipped).toEqual([]);
  });

  test('bytes changed anywhere: never a throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(CHROMIUM.length - 1), fc.nat(255)), { maxLength: 30 }),
        (changes) => {
          const copy = Uint8Array.from(CHROMIUM);
          for (const [at, byte] of changes) copy[at] = byte;
          load(copy);
        },
      ),
      { numRuns: 50 },
    );
  });
});

const entry = (change: object, request: object = {}): string => {
  const one = structuredClone(chromium.log.entries.at(-1));
  return JSON.stringify({
    log: { entries: [{ ...one, ...change, request: { ...one.request, ...request } }] },
  });
};

test('times and bodies in whatever form browsers write them', () => {
  expect(said(load(entry({ startedDateTime: 'now' })).report)).toEqual([
    'line 1 begins an entry without a valid startedDateTime',
  ]);
  expect(said(load(entry({}, { method: 5 })).report)).toEqual(['line 1 begins an entry without a request']);
  expect(load(entry({ time: -1 })).exchanges[0]?.took).toBeUndefined();
  const body = chromium.log.entries.at(-1).response.content.text;
  const inBase64 = { status: 200, content: { text: btoa(body), encoding: 'base64' } };
  expect(load(entry({ response: inBase64 })).exchanges[0]).toMatchObject({ verdict: 'ok', result: { body } });
  const without = load(entry({ response: { status: 200, content: { size: 266 } } })).exchanges[0];
  expect(without).toMatchObject({ verdict: 'unknown', result: { bytes: 266 } });
  const blocked = load(entry({ response: { status: 0, _error: 'net::ERR_FAILED' } })).exchanges[0];
  expect(blocked).toMatchObject({
    verdict: 'failed',
    result: { kind: 'failed', failure: 'no-answer', detail: 'net::ERR_FAILED' },
  });
  const cookie = { headers: [{ name: 'Cookie', value: 'a=b' }, { name: 'x' }, 5] };
  expect(load(entry({}, cookie)).exchanges[0]?.request.headers).toEqual([
    ['Cookie', '(withheld)'],
    ['x', ''],
  ]);
});
