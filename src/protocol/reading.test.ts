import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asPeerId, asSwarmId, asTransactionId } from './ids.ts';
import { askedBy } from './codec.ts';
import type { SwarmAction } from './message.ts';
import { MAX_COUNTER, Reading } from './reading.ts';

function counter(value: unknown): { readonly counter: bigint | undefined; readonly findings: number } {
  const reading = new Reading();
  return { counter: reading.counter(value, 'here', 'there'), findings: reading.findings.length };
}

test('counters of 64 bits, as numbers, bigints and strings of digits', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: MAX_COUNTER }), (value) => {
      expect(counter(value)).toEqual({ counter: value, findings: 0 });
      expect(counter(String(value))).toEqual({ counter: value, findings: 1 });
      expect(new Reading().counterDigits(String(value), 'here')).toBe(value);
    }),
  );
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      expect(counter(value)).toEqual({ counter: BigInt(value), findings: 0 });
    }),
  );
  // Its last digits are lost already.
  expect(counter(2 ** 60)).toEqual({ counter: 2n ** 60n, findings: 1 });
});

test.each([
  -1,
  1.5,
  Number.NaN,
  2 ** 64,
  -1n,
  MAX_COUNTER + 1n,
  '',
  ' 1',
  '-1',
  '1e3',
  '0x1',
  '1'.repeat(33),
  null,
])('no counter: %s', (value) => {
  const reading = new Reading();
  expect(reading.counter(value, 'here', 'there')).toBeUndefined();
  expect(reading.finish('message')).toMatchObject({
    error: { path: 'here', problem: 'is not a whole number from 0 to 2^64 - 1' },
  });
});

test('a missing counter is missing', () => {
  const reading = new Reading();
  reading.counter(undefined, 'here', 'there');
  expect(reading.finish('message')).toMatchObject({ error: { path: 'here', problem: 'is missing' } });
});

test('the only swarm a request asked peers of', () => {
  const head = {
    edition: 'extended-1.1',
    version: '1.1',
    transactionId: asTransactionId('t'),
    peerId: asPeerId('p'),
  } as const;
  const action = (swarm: string, kind: SwarmAction['action']): SwarmAction => ({
    swarmId: asSwarmId(swarm),
    action: kind,
    mode: 'LEECH',
  });
  const connect = (...actions: SwarmAction[]): unknown =>
    askedBy({ ...head, method: 'CONNECT', addresses: [], actions });
  expect(connect(action('a', 'JOIN'))).toEqual({ peerId: 'p', swarmId: 'a' });
  expect(connect(action('b', 'LEAVE'), action('a', 'JOIN'))).toEqual({ peerId: 'p', swarmId: 'a' });
  expect(connect(action('a', 'JOIN'), action('b', 'JOIN'))).toEqual({ peerId: 'p' });
  expect(connect(action('a', 'LEAVE'))).toEqual({ peerId: 'p' });
  expect(
    askedBy({ ...head, method: 'FIND', swarmId: asSwarmId('a'), addresses: [], properties: [] }),
  ).toEqual({ peerId: 'p', swarmId: 'a' });
  expect(askedBy({ ...head, method: 'KEEPALIVE' })).toEqual({ peerId: 'p' });
});
