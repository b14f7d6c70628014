import { expect, test } from 'vitest';
import { comparableWith, type Comparable } from './inspector.ts';

const one = (
  id: number,
  peerId: string,
  transactionId: string,
  method = 'FIND',
  attempt = 1,
): Comparable => ({
  id,
  time: id * 10,
  peerId,
  transactionId,
  method,
  attempt,
});

const names = (exchange: Comparable, others: readonly Comparable[]): [string, number][] =>
  comparableWith(exchange, others).map(({ name, one: found }) => [name, found.id]);

test('the try before comes first, then what the peer asked before, then others of the method', () => {
  const others = [
    one(1, 'a', 't1'),
    one(2, 'b', 't1'),
    one(3, 'a', 't2', 'CONNECT'),
    one(4, 'a', 't3'),
    one(6, 'b', 't9'),
  ];
  expect(names(one(5, 'a', 't3', 'FIND', 2), others)).toEqual([
    ['the try before', 4],
    ['this peer’s request before', 3],
    ['this peer’s FIND before', 1],
    ['the latest FIND before, of another peer', 2],
  ]);
});

test('of a first try the next one is found, though it came later', () => {
  expect(names(one(5, 'a', 't3'), [one(7, 'a', 't3', 'FIND', 2)])).toEqual([['the next try', 7]]);
  expect(comparableWith(one(5, 'a', 't3'), [one(7, 'a', 't3', 'FIND', 2)])[0]?.retry).toBe(true);
});

test('the same transaction of another peer is no retry, and no exchange comes twice, nor the exchange itself', () => {
  expect(names(one(5, 'a', 't', 'FIND', 2), [one(4, 'b', 't', 'FIND'), one(5, 'a', 't', 'FIND', 2)])).toEqual(
    [['the latest FIND before, of another peer', 4]],
  );
  expect(names(one(5, 'a', 't2'), [one(4, 'a', 't1')])).toEqual([['this peer’s request before', 4]]);
});

test('peers that are not told are not taken for the same one', () => {
  const nobody = { id: 1, time: 0, attempt: 1 };
  expect(names({ id: 2, time: 5, attempt: 1 }, [nobody])).toEqual([]);
});
