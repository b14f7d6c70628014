import { expect, test } from 'vitest';
import { recordOfStreamed } from './streamed.ts';

const at = { id: 7, time: 1234, url: 'http://127.0.0.1:7846/' };
const connect = JSON.stringify({
  PPSPTrackerProtocol: {
    version: 1,
    request_type: 'FIND',
    transaction_id: 't1',
    peer_id: 'p1',
    swarm_id: 'film',
  },
});
const answer = JSON.stringify({
  PPSPTrackerProtocol: { version: 1, response_type: 0, transaction_id: 't1', peer_group: { peer_info: [] } },
});
const line = (change: object = {}): object => ({
  time: 1e12,
  remote: '192.0.2.1:6881',
  target: '/',
  edition: 'rfc7846',
  method: 'FIND',
  peerId: 'p1',
  transactionId: 't1',
  status: 200,
  reason: 'OK',
  error: null,
  repeated: false,
  requestBytes: connect.length,
  responseBytes: answer.length,
  request: connect,
  response: answer,
  swarms: ['film'],
  ...change,
});

test('what a tracker tells of an exchange becomes a record of a foreign peer, read from its bytes', () => {
  expect(recordOfStreamed(line(), at)).toMatchObject({
    ...at,
    clock: 'run',
    from: 'foreign',
    remote: '192.0.2.1:6881',
    peerId: 'p1',
    swarms: ['film'],
    edition: 'rfc7846',
    method: 'FIND',
    transactionId: 't1',
    request: { body: connect, bytes: connect.length },
    result: { kind: 'answered', status: 200, body: answer },
  });
});

test('departures are counted from the bytes, whatever the line claims', () => {
  const request = '{"PPSPTrackerProtocol":{"request_type":"FIND"}}';
  const read = recordOfStreamed(line({ request, requestBytes: request.length }), at);
  expect(read?.findings.request).toBeGreaterThan(0);
});

test('where bodies are cut, the word of the tracker is taken', () => {
  const cut = recordOfStreamed(line({ requestBytes: 100_000, error: 'forbidden', status: 403 }), at);
  expect(cut).toMatchObject({ peerId: 'p1', method: 'FIND', verdict: 'error', error: 'forbidden' });
  expect(cut?.findings).toEqual({ request: 0, response: 0 });
});

test.each([null, 7, 'x', [], {}, { status: 200 }, line({ status: 'x' }), line({ request: 5 })])(
  'anything else is no exchange: %j',
  (value) => {
    expect(recordOfStreamed(value, at)).toBeUndefined();
  },
);
