/** A file of any kind that is read here, told by its first bytes. */
import { CaptureReader } from './capture/capture.ts';
import { pcapForm } from './capture/pcap-file.ts';
import { isPcapng } from './capture/pcapng-file.ts';
import { HarReader } from './har/har.ts';
import { joined } from './joined.ts';
import { NdjsonReader } from './ndjson.ts';
import type { ImportReader, ImportReport } from './problem.ts';
import type { ExchangeStore } from './store.ts';
import type { ByteSource } from './heap.ts';

/** Bytes that tell the format. */
const SIGNATURE = 256;
const DECODER = new TextDecoder();

/** By the beginning of the file. What begins like nothing known is read as NDJSON, which then says what is wrong. */
export function formatOf(start: Uint8Array): ImportReport['format'] {
  if (isPcapng(start)) return 'pcapng';
  if (pcapForm(start)) return 'pcap';
  const text = DECODER.decode(start.subarray(0, SIGNATURE)).replace(/^\ufeff/, '');
  return /^\s*\{\s*(?:"log"|$)/.test(text) ? 'har' : 'ndjson';
}

export interface ImportFile {
  /** For the exchanges' origin. */
  readonly name: string;
  /** Exchanges of our own format stay in it: only their places are kept. */
  readonly source: ByteSource;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Reads a file into the store. `onProgress`: bytes read so far, after every chunk. */
export async function importFile(
  store: ExchangeStore,
  file: ImportFile,
  onProgress?: (bytes: number) => void,
): Promise<ImportReport> {
  let reader: ImportReader | undefined;
  let read = 0;
  let start: Uint8Array[] = [];
  for await (const chunk of file.chunks) {
    read += chunk.length;
    if (reader) reader.push(chunk);
    else {
      start.push(new Uint8Array(chunk));
      if (read >= SIGNATURE) {
        reader = begin(store, file, joined(start, read));
        start = [];
      }
    }
    onProgress?.(read);
  }
  return (reader ?? begin(store, file, joined(start, read))).end();
}

function begin(store: ExchangeStore, file: ImportFile, start: Uint8Array): ImportReader {
  const reader = readerFor(store, file, start);
  reader.push(start);
  return reader;
}

function readerFor(store: ExchangeStore, { name, source }: ImportFile, start: Uint8Array): ImportReader {
  const format = formatOf(start);
  switch (format) {
    case 'ndjson': {
      const attached = store.attach(source);
      return new NdjsonReader((exchange, place) => {
        // Too many files are open already: the line is kept in memory then.
        if (attached === undefined) store.append(exchange);
        else store.appendAt(exchange, attached, place);
      });
    }
    case 'har':
      return new HarReader(name, (exchange) => store.append(exchange));
    case 'pcap':
    case 'pcapng':
      return new CaptureReader(format, name, (exchange) => store.append(exchange));
    default:
      return format satisfies never;
  }
}
