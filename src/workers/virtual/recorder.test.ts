import { expect, test } from 'vitest';
import type { ExchangeRecord } from '../../simulation/exchange-log.ts';
import type { RecordedBatch } from '../messages.ts';
import { Recorder } from './recorder.ts';

const exchange = (id: number): ExchangeRecord => ({
  id,
  peer: 1,
  peerId: 'peer',
  swarm: 0,
  edition: 'rfc7846',
  method: 'STAT_REPORT',
  purpose: 'report',
  transactionId: 't',
  at: 1,
  took: 2,
  attempt: 1,
  url: 'embedded',
  requestType: 'application/json',
  request: new TextEncoder().encode('{}'),
  response: new Uint8Array(),
  result: { kind: 'failed', failure: 'timeout', detail: '' },
});

test('exchanges go in batches of at most 500, with the peers born since; what is left out is counted', () => {
  const batches: RecordedBatch[] = [];
  const recorder = new Recorder({ postMessage: (batch: RecordedBatch) => batches.push(batch) });
  recorder.born('peer');
  for (let id = 0; id < 502; id++) recorder.exchanged(exchange(id));
  recorder.flush(125);
  recorder.flush(250);
  expect(batches.map(({ at, born, exchanges }) => [at, born, exchanges.length])).toEqual([
    [125, ['peer'], 500],
    [250, [], 0],
  ]);
  expect(batches[0]?.exchanges[0]).toMatchObject({ id: 0, requestText: '{}', requestBytes: 2 });
  expect(recorder.omitted).toBe(2);
});
