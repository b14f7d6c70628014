import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText } from '../protocol/text.ts';
import { arbitraryExchange, recordedTraffic } from '../testing/recorded.ts';
import { exchangesOf, exportNdjson } from './export.ts';
import { ByteHeap } from './heap.ts';
import { formatLine } from './line.ts';
import { importFile } from './import.ts';
import { NDJSON_HEADER } from './ndjson.ts';
import type { RecordedExchange } from './record.ts';
import { searchLines } from './search.ts';
import { ExchangeStore } from './store.ts';

const rowsOf = (store: ExchangeStore): Uint32Array =>
  Uint32Array.from({ length: store.length }, (_, row) => row);

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function load(store: ExchangeStore, bytes: Uint8Array): Promise<void> {
  const source = {
    read: (offset: number, length: number) => Promise.resolve(bytes.slice(offset, offset + length)),
  };
  await importFile(store, { name: 'test', source, chunks: chunksOf(bytes, 1000) });
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const bytesFrom = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> =>
  new Uint8Array(Buffer.concat(await collect(pieces)));

async function found(store: ExchangeStore, text: string): Promise<number[]> {
  const pieces = await collect(searchLines(store, rowsOf(store), text));
  return pieces.flatMap(({ found }) => [...found]);
}

test('an exchange comes out as it went in, from memory and from a file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryExchange, { minLength: 1, maxLength: 8 }), async (all) => {
      const store = new ExchangeStore();
      for (const exchange of all) store.append(exchange);
      await load(store, await bytesFrom(exportNdjson(store, rowsOf(store))));
      const twice = [...all, ...all];
      expect(await Promise.all(twice.map((_, row) => store.exchange(row)))).toEqual(twice);
      expect(await collect(exchangesOf(store, rowsOf(store)))).toEqual(twice);
    }),
    { numRuns: 50 },
  );
});

test('a row shows the facts of its exchange', () => {
  fc.assert(
    fc.property(arbitraryExchange, (exchange) => {
      const store = new ExchangeStore();
      expect(store.append(exchange)).toBe(0);
      const { result, request, findings, transactionId = '' } = exchange;
      const answered = result.kind === 'answered';
      expect(store.row(0)).toEqual({
        row: 0,
        id: exchange.id,
        time: exchange.time,
        clock: exchange.clock,
        took: exchange.took,
        from: exchange.from,
        peerId: exchange.peerId,
        swarms: exchange.swarms,
        edition: exchange.edition,
        method: exchange.method,
        transactionId: new TextDecoder('utf-8').decode(encodeText(transactionId)),
        attempt: exchange.attempt,
        verdict: exchange.verdict,
        trouble: answered ? exchange.error : result.failure,
        status: answered ? result.status : undefined,
        requestBytes: request.bytes,
        responseBytes: answered ? result.bytes : 0,
        requestFindings: findings.request,
        responseFindings: findings.response,
      });
    }),
  );
});

test('rows beyond the first capacity', () => {
  const store = new ExchangeStore();
  for (let i = 0; i < 10_000; i++) store.append(recordedTraffic(i));
  for (const row of [0, 4095, 4096, 9999])
    expect(store.row(row)).toMatchObject({ id: row, transactionId: recordedTraffic(row).transactionId });
});

test('bounded: the oldest lines are let go, their rows stay; rows beyond the limit are counted', async () => {
  const store = new ExchangeStore({ rows: 12_000, bytes: 8 * 1024 * 1024 });
  store.append({ ...recordedTraffic(0), purpose: 'the very first' });
  expect(await found(store, 'very first')).toEqual([0]);
  for (let i = 1; i < 12_010; i++) store.append(recordedTraffic(i));
  expect(store.length).toBe(12_000);
  expect(store.refused).toBe(10);
  expect(await store.exchange(0)).toBeUndefined();
  expect(store.row(0)).toMatchObject({ id: 0, method: 'FIND' });
  expect(await store.exchange(11_999)).toEqual(recordedTraffic(11_999));
  expect(await found(store, 'very first')).toEqual([]);
});

test('the heap keeps bytes of any length apart', () => {
  const heap = new ByteHeap(Infinity);
  const lengths = [10, 4 * 1024 * 1024, 5 * 1024 * 1024, 0, 3, 4 * 1024 * 1024 - 3, 7];
  const places = lengths.map((length, i) => heap.append(new Uint8Array(length).fill(i + 1)));
  lengths.forEach((length, i) => {
    const read = heap.read(places[i] ?? 0, length);
    expect(read?.length).toBe(length);
    expect(read?.every((byte) => byte === i + 1)).toBe(true);
  });
  expect(heap.read(places.at(-1) ?? 0, 8)).toBeUndefined();
});

const exchange = (change: Partial<RecordedExchange>): RecordedExchange => ({
  ...recordedTraffic(1),
  ...change,
});

test('free text: bodies, headers and facts, whatever the case; never the names of members', async () => {
  const store = new ExchangeStore();
  store.append(exchange({ request: { body: '{"a": "Grüße/\\"quoted\\""}', bytes: 30 } }));
  store.append(exchange({ request: { headers: [['X-Client', 'Thing 2']], bytes: 0 } }));
  store.append(exchange({ purpose: 'more neighbours' }));
  expect(await found(store, 'GRüßE/')).toEqual([0]);
  expect(await found(store, '"a": "')).toEqual([0]);
  expect(await found(store, 'x-client')).toEqual([1]);
  expect(await found(store, 'NEIGHBOURS')).toEqual([2]);
  expect(await found(store, 'contentType')).toEqual([]);
  expect(await found(store, 'ppsptracker')).toEqual([0, 1, 2]);
});

test('free text in a file that escapes more than ours', async () => {
  const store = new ExchangeStore();
  const line = formatLine(exchange({ purpose: 'caf\u00e9/bar' })).replace('\u00e9/', '\\u00e9\\/');
  await load(store, encodeText(`${NDJSON_HEADER}\n${line}\n`));
  expect(await found(store, 'CAF\u00e9/B')).toEqual([0]);
});

test('lines of one file are read together', async () => {
  const all = Array.from({ length: 3000 }, (_, i) => recordedTraffic(i));
  const bytes = encodeText([NDJSON_HEADER, ...all.map(formatLine)].join('\n'));
  let reads = 0;
  const source = {
    read(offset: number, length: number): Uint8Array {
      reads++;
      return bytes.subarray(offset, offset + length);
    },
  };
  const store = new ExchangeStore();
  await importFile(store, { name: 'test', source, chunks: chunksOf(bytes, 65_536) });
  const ids = (await collect(exchangesOf(store, rowsOf(store)))).map(({ id }) => id);
  expect(ids).toEqual(all.map(({ id }) => id));
  expect(reads).toBeLessThan(5);
  const backwards = (await collect(exchangesOf(store, rowsOf(store).reverse()))).map(({ id }) => id);
  expect(backwards).toEqual(ids.toReversed());
});
