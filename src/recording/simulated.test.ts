import { expect, test } from 'vitest';
import type { Exchange } from '../simulation/report.ts';
import { recordOfSimulated } from './simulated.ts';

const EXCHANGE: Exchange = {
  id: 7,
  peer: 1,
  peerId: 'p',
  swarm: 1,
  edition: 'rfc7846',
  method: 'CONNECT',
  purpose: 'JOIN as LEECH',
  transactionId: 't',
  at: 12.5,
  took: 3,
  attempt: 1,
  url: 'http://127.0.0.1/',
  requestType: 'application/ppsp-tracker+json',
  requestText: '{}',
  requestBytes: 2,
  result: {
    kind: 'answered',
    status: 403,
    reason: 'Forbidden Action',
    contentType: 'application/ppsp-tracker+json',
    responseText: '[]',
    responseBytes: 2,
    verdict: 'error',
    detail: 'forbidden: not in that swarm',
    listed: 0,
    findings: ['a', 'b'],
  },
};

test('an answered exchange', () => {
  expect(recordOfSimulated(EXCHANGE, ['live', 'film'])).toEqual({
    id: 7,
    time: 12.5,
    clock: 'run',
    took: 3,
    from: 'simulated',
    peerId: 'p',
    swarms: ['film'],
    edition: 'rfc7846',
    method: 'CONNECT',
    transactionId: 't',
    url: 'http://127.0.0.1/',
    attempt: 1,
    purpose: 'JOIN as LEECH',
    verdict: 'error',
    error: 'forbidden',
    findings: { request: 0, response: 2 },
    request: { contentType: 'application/ppsp-tracker+json', body: '{}', bytes: 2 },
    result: {
      kind: 'answered',
      status: 403,
      reason: 'Forbidden Action',
      contentType: 'application/ppsp-tracker+json',
      body: '[]',
      bytes: 2,
    },
  });
});

test('one that failed, and one that leaves', () => {
  const result = { kind: 'failed', failure: 'timeout', detail: 'No answer within 5 s.' } as const;
  const record = recordOfSimulated({ ...EXCHANGE, result, purpose: 'LEAVE, to return as SEED' }, []);
  expect(record).toMatchObject({ verdict: 'failed', result, leaves: true, swarms: [] });
  expect(record.error).toBeUndefined();
});
