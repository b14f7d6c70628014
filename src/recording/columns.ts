/** The facts of every exchange that the wire view sorts and filters by: a typed array per fact, a row per exchange. */
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { EDITIONS, METHODS } from '../protocol/message.ts';
import { FAILURES, SENDERS, VERDICTS } from './record.ts';
import type { RecordedExchange } from './record.ts';

/** What went wrong, in one list: the errors trackers answer with, then why there was no answer. */
export const TROUBLES = [...(Object.keys(ERRORS) as ErrorName[]), ...FAILURES] as const;
export type Trouble = (typeof TROUBLES)[number];

const MAKE = {
  id: (rows: number) => new Float64Array(rows),
  time: (rows: number) => new Float64Array(rows),
  /** 1: `time` is absolute. */
  absolute: (rows: number) => new Uint8Array(rows),
  /** NaN: unknown. */
  took: (rows: number) => new Float32Array(rows),
  /** 0: no answer. */
  status: (rows: number) => new Uint16Array(rows),
  requestBytes: (rows: number) => new Uint32Array(rows),
  responseBytes: (rows: number) => new Uint32Array(rows),
  /** Codes: 0 is "none", else 1 + the index into the list of words. */
  method: (rows: number) => new Uint8Array(rows),
  edition: (rows: number) => new Uint8Array(rows),
  trouble: (rows: number) => new Uint8Array(rows),
  /** Index into VERDICTS. */
  verdict: (rows: number) => new Uint8Array(rows),
  /** Index into SENDERS. */
  from: (rows: number) => new Uint8Array(rows),
  /** At most 255. */
  requestFindings: (rows: number) => new Uint8Array(rows),
  responseFindings: (rows: number) => new Uint8Array(rows),
  attempt: (rows: number) => new Uint8Array(rows),
  /** Numbers in the store's tables. */
  peer: (rows: number) => new Uint32Array(rows),
  swarms: (rows: number) => new Uint32Array(rows),
  /** Bit 0: the request's body was recorded, bit 1: its headers, bits 2 and 3: the same of the answer, bit 4: `leaves`. */
  parts: (rows: number) => new Uint8Array(rows),
  /** Where the whole line is kept: number of the source, and its place there. */
  source: (rows: number) => new Uint8Array(rows),
  offset: (rows: number) => new Float64Array(rows),
  length: (rows: number) => new Uint32Array(rows),
};

export type ColumnName = keyof typeof MAKE;
export type Columns = { readonly [Name in ColumnName]: ReturnType<(typeof MAKE)[Name]> };

export const COLUMN_NAMES = Object.keys(MAKE) as ColumnName[];

export const REQUEST_BODY = 1;
export const REQUEST_HEADERS = 2;
export const RESPONSE_BODY = 4;
export const RESPONSE_HEADERS = 8;
export const LEAVES = 16;

export function makeColumns(rows: number): Columns {
  return Object.fromEntries(COLUMN_NAMES.map((name) => [name, MAKE[name](rows)])) as Columns;
}

/** The same rows, with room for more. */
export function growColumns(columns: Columns, rows: number): Columns {
  const larger = makeColumns(rows);
  for (const name of COLUMN_NAMES) larger[name].set(columns[name]);
  return larger;
}

/** Code of a word in a column where 0 is "none". */
export const codeOf = <Word extends string>(words: readonly Word[], word: Word | undefined): number =>
  word === undefined ? 0 : words.indexOf(word) + 1;

const UINT8 = 0xff;
const UINT32 = 0xffff_ffff;

/** Writes all but the table's numbers and the place of the line. */
export function writeFacts(columns: Columns, row: number, exchange: RecordedExchange): void {
  const { request, result, findings } = exchange;
  const answered = result.kind === 'answered';
  columns.id[row] = exchange.id;
  columns.time[row] = exchange.time;
  columns.absolute[row] = exchange.clock === 'absolute' ? 1 : 0;
  columns.took[row] = exchange.took ?? NaN;
  columns.status[row] = answered ? result.status : 0;
  columns.requestBytes[row] = Math.min(request.bytes, UINT32);
  columns.responseBytes[row] = answered ? Math.min(result.bytes, UINT32) : 0;
  columns.method[row] = codeOf(METHODS, exchange.method);
  columns.edition[row] = codeOf(EDITIONS, exchange.edition);
  columns.trouble[row] = codeOf(TROUBLES, answered ? exchange.error : result.failure);
  columns.verdict[row] = VERDICTS.indexOf(exchange.verdict);
  columns.from[row] = SENDERS.indexOf(exchange.from);
  columns.requestFindings[row] = Math.min(findings.request, UINT8);
  columns.responseFindings[row] = Math.min(findings.response, UINT8);
  columns.attempt[row] = Math.min(exchange.attempt, UINT8);
  columns.parts[row] =
    (request.body === undefined ? 0 : REQUEST_BODY) |
    (request.headers === undefined ? 0 : REQUEST_HEADERS) |
    (!answered || result.body === undefined ? 0 : RESPONSE_BODY) |
    (!answered || result.headers === undefined ? 0 : RESPONSE_HEADERS) |
    (exchange.leaves === true ? LEAVES : 0);
}
