/** What is measured of a long recording (`scripts/bench-recording.mjs`). */
import { encodeText } from '../protocol/text.ts';
import { Selection } from '../recording/filter.ts';
import type { ExchangeFilter } from '../recording/filter.ts';
import type { ByteSource } from '../recording/heap.ts';
import { importFile } from '../recording/import.ts';
import { formatLine } from '../recording/line.ts';
import { NDJSON_HEADER } from '../recording/ndjson.ts';
import { sortRows } from '../recording/order.ts';
import type { SortColumn } from '../recording/order.ts';
import type { ImportReport } from '../recording/problem.ts';
import { searchLines } from '../recording/search.ts';
import { ExchangeStore } from '../recording/store.ts';
import { recordedTraffic } from './recorded.ts';

/** A file of so many exchanges, in pieces of about a hundred kilobytes. */
export function* trafficFile(count: number): Generator<Uint8Array> {
  yield encodeText(`${NDJSON_HEADER}\n`);
  for (let from = 0; from < count; from += 64) {
    const lines = Array.from({ length: Math.min(64, count - from) }, (_, i) =>
      formatLine(recordedTraffic(from + i)),
    );
    yield encodeText(`${lines.join('\n')}\n`);
  }
}

export async function loadRecording(
  name: string,
  source: ByteSource,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly store: ExchangeStore; readonly report: ImportReport }> {
  const store = new ExchangeStore();
  return { store, report: await importFile(store, { name, source, chunks }) };
}

/** Every criterion alone, and many together. */
export const FILTERS: readonly { readonly name: string; readonly filter: ExchangeFilter }[] = [
  { name: 'none', filter: {} },
  { name: 'peer', filter: { peers: ['peer-7919-0123456789abcdef'] } },
  { name: 'swarm', filter: { swarms: ['swarm 7', 'swarm 8'] } },
  { name: 'method', filter: { methods: ['FIND'] } },
  { name: 'edition', filter: { editions: ['gu-04', 'base-1.0'] } },
  { name: 'status', filter: { status: { from: 400 } } },
  { name: 'error', filter: { troubles: ['forbidden', 'timeout'] } },
  { name: 'sender', filter: { from: ['foreign'] } },
  { name: 'size of the response', filter: { direction: 'response', size: { from: 500, to: 900 } } },
  { name: 'latency', filter: { took: { from: 200 } } },
  { name: 'time', filter: { time: { from: 100_000, to: 600_000 } } },
  { name: 'findings', filter: { findings: true } },
  { name: 'text in IDs', filter: { id: '99' } },
  { name: 'text in IDs, nowhere', filter: { id: 'nothing like it' } },
  {
    name: 'all together',
    filter: {
      methods: ['FIND', 'CONNECT'],
      editions: ['rfc7846'],
      status: { to: 399 },
      from: ['simulated'],
      size: { from: 10 },
      took: { to: 350 },
      findings: false,
      id: '1',
    },
  },
];

export const SORTS: readonly SortColumn[] = [
  'time',
  'took',
  'peerId',
  'transactionId',
  'responseBytes',
  'method',
];

export const select = (store: ExchangeStore, filter: ExchangeFilter): Uint32Array =>
  new Selection(store, filter).rows;

export const sort = (store: ExchangeStore, column: SortColumn): Uint32Array =>
  sortRows(store, select(store, {}), column, true);

/** How many rows have it. */
export async function search(store: ExchangeStore, text: string): Promise<number> {
  let found = 0;
  for await (const piece of searchLines(store, select(store, {}), text)) found += piece.found.length;
  return found;
}
