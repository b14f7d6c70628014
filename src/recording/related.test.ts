import { expect, test } from 'vitest';
import { recordedTraffic } from '../testing/recorded.ts';
import type { RecordedExchange } from './record.ts';
import { relatedTo, rowsNamed, rowsOfId } from './related.ts';
import { ExchangeStore } from './store.ts';

const PEERS = ['ann', 'bob'] as const;

/** Rows 0 to 9: ann's at even places, bob's at odd ones; every third is a FIND. */
function storeOfTen(): ExchangeStore {
  const store = new ExchangeStore();
  for (let at = 0; at < 10; at++)
    store.append({
      ...recordedTraffic(at),
      id: 100 + at,
      peerId: PEERS[at % 2] ?? '',
      method: at % 3 === 0 ? 'FIND' : 'STAT_REPORT',
      transactionId: `t${at}`,
    } satisfies RecordedExchange);
  return store;
}

const places = (rows: readonly { readonly row: number }[]): number[] => rows.map(({ row }) => row);

test("a row's peer is found before and after it, and the latest of the same method by another", () => {
  const store = storeOfTen();
  expect(places(relatedTo(store, 6, 2))).toEqual([4, 2, 8, 3]);
  expect(places(relatedTo(store, 6, 9))).toEqual([4, 2, 0, 8, 3]);
  expect(relatedTo(store, 99, 2)).toEqual([]);
});

test('a sender that told no ID belongs to nobody', () => {
  const store = storeOfTen();
  const nobody: Partial<RecordedExchange> = recordedTraffic(3);
  delete (nobody as { peerId?: string }).peerId;
  const row = store.append({ ...nobody, id: 7, method: 'FIND' } as RecordedExchange) ?? -1;
  expect(places(relatedTo(store, row, 5))).toEqual([9]);
});

test('text finds the latest first, the exact one before all others; nothing finds nothing', () => {
  const store = storeOfTen();
  expect(places(rowsNamed(store, 'ANN', 3))).toEqual([8, 6, 4]);
  expect(places(rowsNamed(store, 't3', 3))).toEqual([3]);
  store.append({ ...recordedTraffic(1), id: 1, peerId: 'not3', transactionId: 'x' });
  expect(places(rowsNamed(store, 't3', 3))).toEqual([3, 10]);
  expect(places(rowsNamed(store, '104', 3))).toEqual([4]);
  expect(rowsNamed(store, '  ', 3)).toEqual([]);
});

test('an ID is a number or a whole transaction, never a part of one', () => {
  const store = storeOfTen();
  expect(places(rowsOfId(store, '105', 3))).toEqual([5]);
  expect(places(rowsOfId(store, 't5', 3))).toEqual([5]);
  expect(rowsOfId(store, 't', 3)).toEqual([]);
  expect(rowsOfId(store, 'ann', 3)).toEqual([]);
});
