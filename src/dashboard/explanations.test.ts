import { expect, test } from 'vitest';
import { questionOf } from './explanations.ts';
import type { Exchange } from './state.ts';

const exchange: Exchange = {
  id: 7,
  peer: 1,
  peerId: 'p',
  swarm: 0,
  edition: 'base-1.0',
  method: 'STAT_REPORT',
  purpose: 'keep-alive',
  transactionId: 't',
  at: 0,
  took: 1,
  attempt: 1,
  url: 'http://127.0.0.1/',
  requestType: 'application/xml',
  requestText: '<request/>',
  requestBytes: 10,
  result: {
    kind: 'answered',
    status: 403,
    reason: 'Forbidden',
    contentType: '',
    responseText: '',
    responseBytes: 0,
    verdict: 'error',
    detail: 'forbidden',
    listed: 0,
    findings: [],
  },
};

test('a request is judged by the edition it was written in', () => {
  expect(questionOf(exchange, 'request')).toEqual({
    text: '<request/>',
    context: { kind: 'request', edition: 'base-1.0' },
  });
});

test('a response is judged with its request, its status and its reason', () => {
  expect(questionOf(exchange, 'response')).toEqual({
    text: '',
    context: {
      kind: 'response',
      edition: 'base-1.0',
      answers: 'STAT_REPORT',
      http: { status: 403, reason: 'Forbidden', contentType: undefined },
    },
    request: '<request/>',
  });
});

test('where no answer came there is nothing to judge', () => {
  const failed: Exchange = { ...exchange, result: { kind: 'failed', failure: 'timeout', detail: '' } };
  expect(questionOf(failed, 'response')).toBeUndefined();
});
