import { expect, test } from 'vitest';
import { Witnesses } from './witnesses.ts';

const WORKERS = [{}, {}] as const;

function watching(): { readonly seen: string[]; readonly witnesses: Witnesses<string> } {
  const seen: string[] = [];
  const witnesses = new Witnesses<string>((told) => seen.push(told));
  for (const worker of WORKERS) witnesses.batch(worker, [], 0);
  return { seen, witnesses };
}

test('an exchange of a peer that no worker has is foreign once all have spoken twice', () => {
  const { seen, witnesses } = watching();
  witnesses.tell('foreign', 'stranger', 10);
  for (const at of [100, 200]) {
    expect(seen).toEqual([]);
    for (const worker of WORKERS) witnesses.batch(worker, [], at);
  }
  expect(seen).toEqual(['foreign']);
});

test('a peer that is born while its exchange waits is ours', () => {
  const { seen, witnesses } = watching();
  witnesses.tell('ours', 'newborn', 10);
  witnesses.batch(WORKERS[0], [], 100);
  witnesses.batch(WORKERS[1], [], 100);
  // The second batch of its worker tells of it.
  witnesses.batch(WORKERS[1], ['newborn'], 200);
  witnesses.batch(WORKERS[0], [], 200);
  witnesses.settle(10_000);
  expect(seen).toEqual([]);
});

test('a request without a peer ID is foreign: ours always have one', () => {
  const { seen, witnesses } = watching();
  witnesses.tell('nobody', undefined, 10);
  for (const at of [100, 200]) for (const worker of WORKERS) witnesses.batch(worker, [], at);
  expect(seen).toEqual(['nobody']);
});

test('a worker that says nothing any more is not waited for', () => {
  const { seen, witnesses } = watching();
  witnesses.tell('foreign', 'stranger', 10);
  witnesses.batch(WORKERS[0], [], 1000);
  witnesses.batch(WORKERS[0], [], 2900);
  expect(seen).toEqual([]);
  witnesses.batch(WORKERS[0], [], 3100);
  expect(seen).toEqual(['foreign']);
});

test('a worker that is starting up is waited for before it has said anything', () => {
  const seen: string[] = [];
  const witnesses = new Witnesses<string>((told) => seen.push(told));
  for (const worker of WORKERS) witnesses.expect(worker, 0);
  witnesses.tell('ours', 'newborn', 10);
  witnesses.batch(WORKERS[0], [], 900);
  witnesses.batch(WORKERS[0], [], 1000);
  witnesses.batch(WORKERS[1], ['newborn'], 1900);
  witnesses.settle(10_000);
  expect(seen).toEqual([]);
});

test('without any run every exchange is foreign, at once and in order', () => {
  const seen: string[] = [];
  const witnesses = new Witnesses<string>((told) => seen.push(told));
  witnesses.tell('first', 'a', 0);
  witnesses.tell('second', 'b', 1);
  expect(seen).toEqual(['first', 'second']);
});

test('peers of the run before are still ours while they say good-bye', () => {
  const { seen, witnesses } = watching();
  witnesses.batch(WORKERS[0], ['old'], 10);
  witnesses.reset();
  witnesses.tell('good-bye', 'old', 20);
  witnesses.settle(10_000);
  expect(seen).toEqual([]);
});
