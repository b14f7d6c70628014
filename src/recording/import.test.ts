import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { encodeText } from '../protocol/text.ts';
import { pcapngOf } from '../testing/capture-writer.ts';
import { recordedTraffic } from '../testing/recorded.ts';
import { formatOf, importFile } from './import.ts';
import { formatLine } from './line.ts';
import { NDJSON_HEADER } from './ndjson.ts';
import { ExchangeStore } from './store.ts';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const OWN = encodeText(`${NDJSON_HEADER}\n${formatLine(recordedTraffic(1))}\n`);

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    chunk.set(piece);
    yield chunk.subarray(0, piece.length);
  }
}

test.each([
  ['har', fixture('chromium.har')],
  ['pcap', fixture('loopback.pcap')],
  ['pcapng', pcapngOf([])],
  ['ndjson', OWN],
  ['ndjson', encodeText('hello')],
  ['har', encodeText('\ufeff{"log":')],
])('%s is known by its beginning', (format, bytes) => {
  expect(formatOf(bytes)).toBe(format);
});

test.each([
  ['har', fixture('chromium.har')],
  ['pcap', fixture('loopback.pcap')],
  ['ndjson', OWN],
])('%s, byte by byte, with progress', async (format, bytes) => {
  const store = new ExchangeStore();
  let progress = 0;
  const source = { read: (offset: number, length: number) => bytes.subarray(offset, offset + length) };
  const report = await importFile(store, { name: 'a', source, chunks: inChunks(bytes, 1) }, (read) => {
    expect(read).toBe(++progress);
  });
  expect(report.format).toBe(format);
  expect(report.problems).toEqual([]);
  expect(progress).toBe(bytes.length);
  expect(store.length).toBe(report.exchanges);
  expect(store.length).toBeGreaterThan(0);
  expect(await store.exchange(0)).toMatchObject({ id: 1, edition: 'rfc7846' });
});

test('an empty file', async () => {
  const source = { read: () => undefined };
  const report = await importFile(new ExchangeStore(), {
    name: 'a',
    source,
    chunks: inChunks(new Uint8Array(), 1),
  });
  expect(report.problems).toEqual([{ unit: 'line', number: 1, problem: 'is not there: the file is empty' }]);
});
