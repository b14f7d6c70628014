import { expect, test } from 'vitest';
import type { RecordedExchange } from '../../recording/record.ts';
import { recordedTraffic } from '../../testing/recorded.ts';
import type { WireQuery } from '../messages.ts';
import { EVERYTHING, Log } from './log.ts';

const breathe = (): Promise<void> => Promise.resolve();

function exchange(id: number, change: Partial<RecordedExchange> = {}): RecordedExchange {
  return {
    ...recordedTraffic(id),
    id,
    peerId: `wanted-${id}`,
    method: id % 2 === 0 ? 'CONNECT' : 'FIND',
    ...change,
  };
}

function logOf(count: number, limits?: { rows: number; bytes: number }): Log {
  const log = new Log(0, limits);
  for (let id = 0; id < count; id++) log.append(exchange(id));
  return log;
}

const asking = (change: Partial<WireQuery>): WireQuery => ({ ...EVERYTHING, ...change });
const peersIn = (log: Log, from = 0, to = 1000): (string | undefined)[] =>
  log.window(from, to).map(({ peerId }) => peerId);
const peers = (...ids: number[]): string[] => ids.map((id) => `wanted-${id}`);

test('rows come in as they were told, and are there to be seen once it is updated', () => {
  const log = logOf(3);
  log.update(0);
  expect(log.status).toMatchObject({ total: 3, matching: 3, shown: 3, dropped: 0 });
  log.append(exchange(3));
  expect(log.status.shown).toBe(3);
  log.update(1);
  expect(peersIn(log, 2)).toEqual(peers(2, 3));
});

test('a filter holds for what comes later too', () => {
  const log = logOf(5);
  log.ask(1, asking({ filter: { methods: ['FIND'] } }), 0);
  expect(peersIn(log)).toEqual(peers(1, 3));
  log.append(exchange(5));
  log.append(exchange(6));
  log.update(1);
  expect(peersIn(log)).toEqual(peers(1, 3, 5));
  expect(log.status).toMatchObject({ turn: 1, total: 7, matching: 3, shown: 3 });
});

test('held, the view stands still while rows are kept, and goes on with all of them', () => {
  const log = logOf(3);
  log.ask(1, EVERYTHING, 0);
  log.hold(true, 0);
  log.append(exchange(3));
  log.update(1);
  expect(log.status).toMatchObject({ total: 4, matching: 4, shown: 3 });
  expect(peersIn(log)).toEqual(peers(0, 1, 2));
  log.hold(false, 2);
  expect(peersIn(log)).toEqual(peers(0, 1, 2, 3));
});

test('held, an order of its own stands still too', () => {
  const log = logOf(3);
  const byPeer = asking({ sort: { column: 'peerId', descending: true } });
  log.ask(1, byPeer, 0);
  log.hold(true, 0);
  log.append(exchange(9));
  log.update(100_000);
  expect(peersIn(log)).toEqual(peers(2, 1, 0));
  log.hold(false, 100_000);
  expect(peersIn(log)).toEqual(peers(9, 2, 1, 0));
});

test('sorted, what comes later takes its place, and the version tells that rows have moved', () => {
  const log = logOf(3);
  log.ask(1, asking({ sort: { column: 'peerId', descending: true } }), 0);
  const { version } = log.status;
  log.append(exchange(7));
  log.update(100_000);
  expect(peersIn(log)).toEqual(peers(7, 2, 1, 0));
  expect(log.status.version).toBeGreaterThan(version);
});

test('a search finds in what is there and in what comes', async () => {
  const log = logOf(30);
  log.ask(1, asking({ text: 'WANTED-2' }), 0);
  expect(log.status.search).toEqual({ done: 0, of: 30 });
  await log.search(breathe);
  expect(peersIn(log)).toEqual(peers(2, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29));
  expect(log.status.search).toBeUndefined();
  log.append(exchange(200));
  expect(log.update(1)).toBe(true);
  await log.search(breathe);
  expect(log.status.matching).toBe(12);
});

test('a search that is replaced finds nothing for the one after it', async () => {
  const log = logOf(30);
  log.ask(1, asking({ text: 'wanted-2' }), 0);
  const first = log.search(async () => {
    if (log.status.turn === 1) log.ask(2, asking({ text: 'wanted-3' }), 0);
    return Promise.resolve();
  });
  await first;
  expect(peersIn(log)).toEqual(peers(3));
});

test('beyond its limit the oldest are let go, and the newest are all there under the numbers they had', async () => {
  const log = logOf(105, { rows: 100, bytes: 1e9 });
  log.ask(1, EVERYTHING, 0);
  const kept = log.window(104, 105)[0];
  for (let id = 105; id < 400; id++) log.append(exchange(id));
  log.update(1);
  const { total, dropped } = log.status;
  expect(total + dropped).toBe(400);
  expect(total).toBeGreaterThanOrEqual(100);
  expect(total).toBeLessThanOrEqual(111);
  expect(peersIn(log).at(-1)).toBe('wanted-399');
  expect(log.window(0, 1)[0]?.row).toBe(dropped);
  expect(await log.exchange(399)).toMatchObject({ peerId: 'wanted-399' });
  expect(await log.exchange(kept?.row ?? 0)).toBeUndefined();
  expect(log.status.tally.methods.reduce((sum, [, count]) => sum + count, 0)).toBe(total);
});

test('filter, search, order and a held view stay true when the oldest are let go', async () => {
  const log = logOf(100, { rows: 100, bytes: 1e9 });
  log.ask(
    1,
    asking({ filter: { methods: ['FIND'] }, text: 'wanted', sort: { column: 'id', descending: true } }),
    0,
  );
  await log.search(breathe);
  log.update(1);
  log.hold(true, 1);
  for (let id = 100; id < 111; id++) log.append(exchange(id));
  await log.search(breathe);
  const { dropped } = log.status;
  expect(dropped).toBe(11);
  expect(peersIn(log)).toEqual(peers(...Array.from({ length: 45 }, (_, at) => 99 - at * 2)));
  log.hold(false, 2);
  await log.search(breathe);
  log.update(100_000);
  expect(peersIn(log)[0]).toBe('wanted-109');
  expect(log.status.matching).toBe(peersIn(log).length);
});

test('nothing is let go while rows are read', async () => {
  const log = logOf(100, { rows: 100, bytes: 1e9 });
  await log.reading(async (rows) => {
    for (let id = 100; id < 150; id++) log.append(exchange(id));
    expect(rows.length).toBe(100);
    expect((await log.store.exchange(rows[0] ?? -1))?.peerId).toBe('wanted-0');
  });
  log.append(exchange(150));
  expect(log.status.dropped).toBeGreaterThan(0);
});

test('rows found have the numbers that they keep when older ones are let go', () => {
  const log = logOf(400, { rows: 100, bytes: 1e9 });
  expect(log.status.dropped).toBeGreaterThan(100);
  expect(log.find({ kind: 'named', text: 'wanted-39' }).map(({ row }) => row)).toEqual([
    399, 398, 397, 396, 395, 394, 393, 392, 391, 390,
  ]);
  expect(log.find({ kind: 'of ID', id: '350' }).map(({ row }) => row)).toContain(350);
  // Nobody else's before it is of the same method but the one two rows before.
  expect(log.find({ kind: 'related', row: 399 }).map(({ row }) => row)).toEqual([397]);
});
