import { expect, test } from 'vitest';
import { toExchange, type ExchangeRecord } from './exchange-log.ts';

const record = (response: Uint8Array): ExchangeRecord => ({
  id: 1,
  peer: 1,
  peerId: 'p',
  swarm: 0,
  edition: 'rfc7846',
  method: 'FIND',
  purpose: 'more neighbours',
  transactionId: 't',
  at: 0,
  took: 1,
  attempt: 1,
  url: 'http://127.0.0.1/',
  requestType: 'application/json',
  request: new Uint8Array(),
  response,
  result: {
    kind: 'answered',
    status: 200,
    reason: 'OK',
    contentType: '',
    verdict: 'unreadable',
    detail: '',
    listed: 0,
    findings: [],
  },
});

test('text stands for its bytes, a byte order mark included', () => {
  const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0xc3, 0xbc);
  const { result } = toExchange(record(bytes));
  expect(result).toMatchObject({ responseText: '\ufeff{ü', responseBytes: 6 });
  expect(result).not.toHaveProperty('responseRaw');
});

test('where it does not, the bytes go along, of their own and no more', () => {
  const answer = Uint8Array.of(1, 2, 3, 0x7b, 0xff, 0x7d).subarray(3);
  const { result } = toExchange(record(answer));
  expect(result).toMatchObject({ responseText: '{\ufffd}', responseRaw: Uint8Array.of(0x7b, 0xff, 0x7d) });
  expect(result.kind === 'answered' && result.responseRaw?.buffer.byteLength).toBe(3);
});
