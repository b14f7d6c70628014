/** Our own files: a line that says what it is, then one exchange a line. */
import { joined } from './joined.ts';
import { objectOf, parseLine } from './line.ts';
import { ImportNotes } from './problem.ts';
import type { ImportReader, ImportReport } from './problem.ts';
import type { RecordedExchange } from './record.ts';

const FORMAT_NAME = 'exchanges';
const VERSION = 1;
export const NDJSON_HEADER = JSON.stringify({ swarmscope: FORMAT_NAME, version: VERSION });
/** Two bodies of a mebibyte, every character of them escaped, and headers. */
const MAX_LINE = 16 * 1024 * 1024;
const LINE_FEED = 0x0a;
// Not fatal: what is not UTF-8 shows as U+FFFD in its line, and the line still loads.
const DECODER = new TextDecoder();

/** Where an exchange's line stands in the file, in bytes. */
export interface LinePlace {
  readonly offset: number;
  readonly length: number;
}

export class NdjsonReader implements ImportReader {
  readonly #onExchange: (exchange: RecordedExchange, place: LinePlace) => void;
  readonly #notes = new ImportNotes('ndjson');
  /** What came of a line that is not whole yet. */
  #parts: Uint8Array[] = [];
  #held = 0;
  #line = 1;
  /** Where the line begins. */
  #offset = 0;
  /** The header was met, or found missing. */
  #begun = false;
  /** A file of another kind or version: nothing more is read of it. */
  #refused = false;

  constructor(onExchange: (exchange: RecordedExchange, place: LinePlace) => void) {
    this.#onExchange = onExchange;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    while (!this.#refused) {
      const end = chunk.indexOf(LINE_FEED, from);
      if (end < 0) break;
      this.#take(chunk.subarray(from, end));
      this.#finishLine(1);
      from = end + 1;
    }
    // A copy, for the caller may use its memory again; `slice` of Node's buffers would not be one.
    if (!this.#refused && from < chunk.length) this.#take(new Uint8Array(chunk.subarray(from)));
  }

  end(): ImportReport {
    if (this.#held > 0 && !this.#refused) this.#finishLine(0);
    if (!this.#begun) this.#notes.problem('line', 1, 'is not there: the file is empty');
    return this.#notes.report();
  }

  #take(part: Uint8Array): void {
    this.#held += part.length;
    if (this.#held <= MAX_LINE) this.#parts.push(part);
    else this.#parts = [];
  }

  #finishLine(feed: number): void {
    const place = { offset: this.#offset, length: this.#held };
    if (this.#held > MAX_LINE) this.#notes.problem('line', this.#line, `is longer than ${MAX_LINE} bytes`);
    else if (this.#held > 0) this.#read(DECODER.decode(joined(this.#parts, this.#held)), place);
    this.#parts = [];
    this.#offset += this.#held + feed;
    this.#held = 0;
    this.#line++;
  }

  #read(text: string, place: LinePlace): void {
    if (text.trim() === '') return;
    if (!this.#begun) {
      this.#begun = true;
      if (this.#readHeader(text)) return;
    }
    const read = parseLine(text, this.#line);
    if (!read.ok) {
      this.#notes.problem('line', this.#line, read.problem);
      return;
    }
    this.#notes.exchanges++;
    this.#onExchange(read.exchange, place);
  }

  /** Whether the line is a header, be it one that is refused. */
  #readHeader(text: string): boolean {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return false;
    }
    const header = objectOf(value);
    if (header?.['swarmscope'] === undefined) {
      this.#notes.problem('line', this.#line, `is no header; the file is read as version ${VERSION}`);
      return false;
    }
    const refusal =
      header['swarmscope'] !== FORMAT_NAME
        ? 'announces another kind of swarmscope file: a recording of exchanges is wanted here'
        : header['version'] !== VERSION
          ? `announces a version of the format that is not known here (${VERSION} is): open the file with the swarmscope that wrote it, or a newer one`
          : undefined;
    if (refusal !== undefined) {
      this.#refused = true;
      this.#notes.problem('line', this.#line, refusal);
    }
    return true;
  }
}
