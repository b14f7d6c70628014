import { expect, test } from 'vitest';
import { recordedTraffic } from '../testing/recorded.ts';
import { hintsFor } from './hints.ts';
import type { Hint } from './hints.ts';
import type { ImportReport } from './problem.ts';
import type { RecordedExchange } from './record.ts';
import { ExchangeStore } from './store.ts';

function hints(exchanges: readonly RecordedExchange[], report?: ImportReport): readonly Hint[] {
  const store = new ExchangeStore();
  for (const exchange of exchanges) store.append(exchange);
  return hintsFor(store, report);
}
const ids = (...all: Parameters<typeof hints>): string[] => hints(...all).map(({ id }) => id);

/** Nothing is lacking in these. */
const COMPLETE = Array.from({ length: 60 }, (_, i): RecordedExchange => {
  const exchange = recordedTraffic(i);
  const { request, result } = exchange;
  return {
    ...exchange,
    ...(i === 50 ? { leaves: true } : {}),
    request: { ...request, headers: [] },
    ...(result.kind === 'answered' ? { result: { ...result, headers: [] } } : {}),
  };
});
const [first = recordedTraffic(0)] = COMPLETE;
/** Without one member. */
function less(exchange: RecordedExchange, name: keyof RecordedExchange): RecordedExchange {
  const copy = { ...exchange };
  Reflect.deleteProperty(copy, name);
  return copy;
}
const untimed = less(first, 'took');

test('a complete log lacks nothing', () => {
  expect(ids(COMPLETE)).toEqual([]);
});

const answer = { kind: 'answered' as const, status: 200, reason: '', headers: [] };

test.each<[Hint['id'], RecordedExchange]>([
  ['no-request-bodies', { ...first, request: { headers: [], bytes: 9 } }],
  ['no-response-bodies', { ...first, result: { ...answer, bytes: 9 } }],
  ['no-timings', untimed],
  ['no-headers', { ...first, request: { body: '', bytes: 0 } }],
  ['no-answers', { ...first, result: { kind: 'failed', failure: 'no-answer', detail: '' } }],
  ['unknown-answers', { ...first, verdict: 'unknown' }],
  ['two-clocks', { ...first, clock: 'absolute', time: 1e12 }],
])('%s', (id, lacking) => {
  const all = hints([lacking, ...COMPLETE]);
  expect(all.map((hint) => hint.id)).toEqual([id]);
  expect(all[0]?.lacks).toMatch(/\b1 of 6[01]\b/);
  expect(all[0]?.todo).not.toBe('');
});

test('an answer that has no body lacks none', () => {
  expect(ids([{ ...first, result: { ...answer, bytes: 0 } }, ...COMPLETE])).toEqual([]);
});

test('what never happens in it', () => {
  const only = (method: RecordedExchange['method']): RecordedExchange[] =>
    COMPLETE.filter((exchange) => exchange.method === method);
  expect(ids(only('FIND'))).toEqual(['no-joins', 'no-leaves', 'no-reports']);
  expect(ids(COMPLETE.map((exchange) => less(exchange, 'leaves')))).toEqual(['no-leaves']);
  expect(ids(COMPLETE.map((exchange) => ({ ...exchange, edition: 'gu-04' })))).toEqual(['one-edition']);
  expect(ids(COMPLETE.map((exchange) => less(exchange, 'peerId')))).toEqual(['no-peers']);
});

test('a clock that was set back is one jump', () => {
  const shifted = COMPLETE.map((exchange, i) => ({
    ...exchange,
    time: exchange.time + (i < 30 ? 70_000 : 0),
  }));
  const all = hints(shifted);
  expect(all.map(({ id }) => id)).toEqual(['clock-jumps']);
  expect(all[0]?.lacks).toContain(' 1 times');
});

test('what a capture could not read', () => {
  const report = {
    format: 'pcap' as const,
    exchanges: 0,
    problems: [
      { unit: 'packet' as const, number: 3, problem: 'begins a message of which bytes are missing' },
    ],
    moreProblems: 0,
    skipped: [{ what: 'connections over TLS', count: 4 }],
  };
  const all = hints([], report);
  expect(all.map(({ id }) => id)).toEqual(['over-tls', 'cut-packets', 'nothing']);
  expect(all[0]?.lacks).toContain('4 connections');
});
