import { expect, test } from 'vitest';
import { codecOf } from '../protocol/editions/index.ts';
import type { EditionId, Request } from '../protocol/message.ts';
import type { PeerId, SwarmId, TransactionId } from '../protocol/ids.ts';
import { bodyOf } from './record.ts';
import type { RecordedExchange } from './record.ts';
import { effectOf, peersIn, stepsOf } from './steps.ts';
import { ExchangeStore } from './store.ts';

const FILM = 'film' as SwarmId;
const head = (edition: EditionId, peer: string) => ({
  edition,
  version: edition === 'rfc7846' ? '1' : edition === 'extended-1.1' ? '1.1' : '1.0',
  transactionId: 't' as TransactionId,
  peerId: peer as PeerId,
});
const connect = (edition: EditionId, action: 'JOIN' | 'LEAVE', peer = 'ann'): Request => ({
  ...head(edition, peer),
  method: 'CONNECT',
  addresses: [],
  actions: [{ swarmId: FILM, action, mode: 'SEED' }],
});

let ids = 0;
function exchange(request: Request, facts: Partial<RecordedExchange> = {}): RecordedExchange {
  const bytes = codecOf(request.edition).encodeRequest(request);
  return {
    id: ++ids,
    time: ids * 100,
    clock: 'run',
    from: 'simulated',
    peerId: request.peerId,
    swarms: [],
    edition: request.edition,
    method: request.method,
    url: 'http://tracker.example/',
    attempt: 1,
    verdict: 'ok',
    findings: { request: 0, response: 0 },
    request: { body: bodyOf(bytes), bytes: bytes.length },
    result: { kind: 'answered', status: 200, reason: 'OK', bytes: 0 },
    ...facts,
  };
}

test.each(['rfc7846', 'base-1.0', 'extended-1.1'] as const)('%s: what a CONNECT changes', (edition) => {
  expect(effectOf(exchange(connect(edition, 'JOIN')))).toEqual({
    joins: [{ swarm: 'film', mode: 'SEED' }],
    leaves: [],
    ends: false,
    stays: false,
  });
  expect(effectOf(exchange(connect(edition, 'LEAVE')))).toMatchObject({ joins: [], leaves: ['film'] });
  // No answer, no change.
  expect(effectOf(exchange(connect(edition, 'JOIN'), { verdict: 'failed' })).joins).toEqual([]);
});

test('a forbidden action ends the registration in the drafts, not in RFC 7846', () => {
  const ends = (edition: EditionId): boolean =>
    effectOf(exchange(connect(edition, 'JOIN'), { verdict: 'error', error: 'forbidden' })).ends;
  expect([ends('rfc7846'), ends('base-1.0'), ends('extended-1.1')]).toEqual([false, true, true]);
  expect(
    effectOf(exchange(connect('base-1.0', 'JOIN'), { verdict: 'error', error: 'overloaded' })).ends,
  ).toBe(false);
});

test('gu-04: DISCONNECT ends it, the last LEAVE does not', () => {
  const leave: Request = { ...head('gu-04', 'ann'), method: 'LEAVE', swarmId: FILM };
  expect(effectOf(exchange(leave))).toEqual({ joins: [], leaves: ['film'], ends: false, stays: true });
  const disconnect: Request = { ...head('gu-04', 'ann'), method: 'DISCONNECT', swarmIds: [] };
  expect(effectOf(exchange(disconnect)).ends).toBe(true);
});

test('the steps of the peers asked for, from a row on, the latest of them', async () => {
  const store = new ExchangeStore();
  for (const peer of ['ann', 'bob', 'ann', 'cy', 'ann', 'bob'])
    store.append(exchange(connect('rfc7846', 'JOIN', peer), { purpose: 'JOIN as SEED' }));
  const rowsOf = async (peers: readonly string[], from: number, most: number) => {
    const { steps, omitted } = await stepsOf(store, peers, from, most);
    return [steps.map(({ row }) => row), omitted];
  };
  expect(await rowsOf(['ann', 'bob'], 0, 9)).toEqual([[0, 1, 2, 4, 5], 0]);
  expect(await rowsOf(['ann', 'bob'], 2, 9)).toEqual([[2, 4, 5], 0]);
  expect(await rowsOf(['ann'], 0, 2)).toEqual([[2, 4], 1]);
  expect(await rowsOf(['nobody'], 0, 9)).toEqual([[], 0]);
  const { steps } = await stepsOf(store, ['cy'], 0, 9);
  expect(steps[0]).toMatchObject({
    purpose: 'JOIN as SEED',
    effect: { joins: [{ swarm: 'film', mode: 'SEED' }] },
  });
});

test('peers by a part of their IDs, the newest first', () => {
  const store = new ExchangeStore();
  for (const peer of ['Anna', 'bob', 'hanna']) store.append(exchange(connect('rfc7846', 'JOIN', peer)));
  expect(peersIn(store, 'ANN', 9)).toEqual(['hanna', 'Anna']);
  expect(peersIn(store, '', 2)).toEqual(['hanna', 'bob']);
});
