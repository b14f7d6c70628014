import { expect, test } from 'vitest';
import { Once } from './once.ts';

const line = { peerId: 'p', transactionId: 't', status: 200, request: '{}', response: '{}', remote: '::1' };

test('what a tracker and the proxy before it tell is told once, whoever is first', () => {
  const once = new Once(() => 0);
  expect(once.isNew(line, 'tracker')).toBe(true);
  expect(once.isNew({ ...line, remote: '192.0.2.1:1' }, 'proxy')).toBe(false);
  expect(once.isNew({ ...line, transactionId: 'u' }, 'proxy')).toBe(true);
});

test('what one of them tells twice happened twice', () => {
  const once = new Once(() => 0);
  const told = ['tracker', 'tracker', 'proxy', 'proxy', 'proxy'].map((source) => once.isNew(line, source));
  expect(told).toEqual([true, true, false, false, true]);
});

test('it is forgotten after a while', () => {
  let now = 0;
  const once = new Once(() => now);
  once.isNew(line, 'tracker');
  now = 60_000;
  expect(once.isNew(line, 'proxy')).toBe(true);
});
