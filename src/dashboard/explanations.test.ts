import { expect, test } from 'vitest';
import type { Explainer } from '../workers/client.ts';
import type { MessageToExplain, RecordedExchange } from '../workers/messages.ts';
import { createExplanations, messageOf } from './explanations.ts';

const exchange: RecordedExchange = {
  id: 7,
  time: 0,
  clock: 'run',
  from: 'foreign',
  swarms: [],
  edition: 'base-1.0',
  method: 'STAT_REPORT',
  url: 'http://127.0.0.1/',
  attempt: 1,
  verdict: 'error',
  findings: { request: 0, response: 0 },
  request: { body: '<request/>', bytes: 10 },
  result: { kind: 'answered', status: 403, reason: 'Forbidden', contentType: '', body: '', bytes: 0 },
};

test('a request is judged by the edition it was written in', () => {
  expect(messageOf(exchange, 'request')).toEqual({
    body: '<request/>',
    context: { kind: 'request', edition: 'base-1.0' },
  });
});

test('a response is judged with its request, its status and its reason', () => {
  expect(messageOf(exchange, 'response')).toEqual({
    body: '',
    context: {
      kind: 'response',
      edition: 'base-1.0',
      answers: 'STAT_REPORT',
      http: { status: 403, reason: 'Forbidden', contentType: undefined },
    },
    request: '<request/>',
  });
});

test('what is not recorded is not judged', () => {
  const failed: RecordedExchange = {
    ...exchange,
    request: { bytes: 10 },
    result: { kind: 'failed', failure: 'timeout', detail: '' },
  };
  expect(messageOf(failed, 'request')).toBeUndefined();
  expect(messageOf(failed, 'response')).toBeUndefined();
  const bare: RecordedExchange = {
    ...exchange,
    result: { kind: 'answered', status: 200, reason: '', bytes: 9 },
  };
  expect(messageOf(bare, 'response')).toBeUndefined();
});

test('the earlier of two is what the later is compared with; a missing one is not asked about', async () => {
  const asked: MessageToExplain[][] = [];
  const fault = { kind: 'fault', message: 'worker gone' } as const;
  const explainer: Explainer = {
    explain: async () => fault,
    measure: async () => fault,
    compare: async (before, after) => {
      asked.push([before, after]);
      return fault;
    },
  };
  const explanations = createExplanations(explainer);
  const later: RecordedExchange = { ...exchange, request: { body: '<later/>', bytes: 8 } };
  expect(await explanations.compare(exchange, later, 'request')).toBe(fault);
  expect(asked.map((pair) => pair.map(({ body }) => body))).toEqual([['<request/>', '<later/>']]);
  expect(
    await explanations.compare(exchange, { ...later, request: { bytes: 8 } }, 'request'),
  ).toBeUndefined();
  expect(await explanations.sizes(exchange, 'request')).toBeUndefined();
  expect(asked).toHaveLength(1);
});
