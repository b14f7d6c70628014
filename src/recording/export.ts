/** A choice of rows out: as a file of our own, whose lines are those that the store keeps, or exchange by exchange. */
import { encodeText } from '../protocol/text.ts';
import { parseLine } from './line.ts';
import { NDJSON_HEADER } from './ndjson.ts';
import type { RecordedExchange } from './record.ts';
import type { ExchangeStore } from './store.ts';

const LINE_FEED = encodeText('\n');
const DECODER = new TextDecoder();

/** The file, piece by piece. Exchanges whose lines were let go are not in it. */
export async function* exportNdjson(store: ExchangeStore, rows: Uint32Array): AsyncGenerator<Uint8Array> {
  yield encodeText(`${NDJSON_HEADER}\n`);
  for await (const { line } of store.lines(rows)) {
    yield line;
    yield LINE_FEED;
  }
}

/** For `writeHar`. */
export async function* exchangesOf(
  store: ExchangeStore,
  rows: Uint32Array,
): AsyncGenerator<RecordedExchange> {
  for await (const { row, line } of store.lines(rows)) {
    const read = parseLine(DECODER.decode(line), row);
    if (read.ok) yield read.exchange;
  }
}
