/**
 * HAR 1.2 in: what the network panels of browsers export. An entry becomes an exchange when it is a POST of PPSP-TP;
 * all others are counted. The file may be of any length, cut off or damaged.
 */
import { decodeBase64 } from '../../protocol/base64.ts';
import { present } from '../../protocol/reading.ts';
import { headerIn, recordedHeaders } from '../headers.ts';
import { parseInstant } from '../instant.ts';
import { objectOf } from '../line.ts';
import { isPpsp, meaningOf } from '../meaning.ts';
import { ImportNotes } from '../problem.ts';
import type { ImportReader, ImportReport } from '../problem.ts';
import { bodyOf, bytesOf, SENDERS } from '../record.ts';
import type { Body, Header, RecordedExchange, RecordedMessage, RecordedResult } from '../record.ts';
import { EntryScanner } from './entries.ts';

type Members = Readonly<Record<string, unknown>>;

const NONE: Members = {};
const DECODER = new TextDecoder();
/** Member of an entry that our own export adds; HAR 1.2 leaves names with an underscore to everybody. */
export const OWN_MEMBER = '_swarmscope';

const textIn = (members: Members, name: string): string | undefined => {
  const value = members[name];
  return typeof value === 'string' ? value : undefined;
};

/** HAR writes -1 where it does not know. */
const countIn = (members: Members, name: string): number | undefined => {
  const value = members[name];
  return typeof value === 'number' && value >= 0 ? value : undefined;
};

const inside = (members: Members, name: string): Members => objectOf(members[name]) ?? NONE;

export class HarReader implements ImportReader {
  readonly #file: string;
  readonly #onExchange: (exchange: RecordedExchange) => void;
  readonly #notes = new ImportNotes('har');
  readonly #scanner: EntryScanner;

  /** `file`: its name, for the exchanges' origin. */
  constructor(file: string, onExchange: (exchange: RecordedExchange) => void) {
    this.#file = file;
    this.#onExchange = onExchange;
    this.#scanner = new EntryScanner({
      entry: (bytes, line) => this.#entry(bytes, line),
      broken: (line, problem) => this.#notes.problem('line', line, problem),
    });
  }

  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk);
  }

  end(): ImportReport {
    this.#scanner.end();
    if (!this.#scanner.hasList) this.#notes.problem('line', 1, 'begins no HAR: there is no list log.entries');
    return this.#notes.report();
  }

  #entry(bytes: Uint8Array, line: number): void {
    let entry: Members;
    try {
      // The scanner found braces around it, so that it is an object or nothing.
      entry = objectOf(JSON.parse(DECODER.decode(bytes))) ?? NONE;
    } catch {
      this.#notes.problem('line', line, 'begins an entry that is no JSON');
      return;
    }
    const request = inside(entry, 'request');
    if (textIn(request, 'method') === undefined) {
      this.#notes.problem('line', line, 'begins an entry without a request');
      return;
    }
    const sent = requestOf(request);
    if (!isPpsp(textIn(request, 'method') ?? '', sent)) {
      this.#notes.skip('entries that are no PPSP-TP');
      return;
    }
    const time = parseInstant(textIn(entry, 'startedDateTime') ?? '');
    if (time === undefined) {
      this.#notes.problem('line', line, 'begins an entry without a valid startedDateTime');
      return;
    }
    this.#notes.exchanges++;
    const own = inside(entry, OWN_MEMBER);
    const result = resultOf(entry);
    const runTime = countIn(own, 'runTime');
    this.#onExchange({
      id: countIn(own, 'id') ?? this.#notes.exchanges,
      time: runTime ?? time,
      clock: runTime === undefined ? 'absolute' : 'run',
      ...present('took', countIn(entry, 'time')),
      from: SENDERS.find((sender) => sender === own['from']) ?? 'foreign',
      url: textIn(request, 'url') ?? '',
      attempt: countIn(own, 'attempt') ?? 1,
      ...present('purpose', textIn(own, 'purpose')),
      ...present('remote', textIn(own, 'remote')),
      ...meaningOf(sent, result),
      origin: { file: this.#file, line },
      request: sent,
      result,
    });
  }
}

/** A list of `{name, value}`; `undefined` when there is none. */
function headersOf(message: Members): readonly Header[] | undefined {
  const list = message['headers'];
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const headers = list.flatMap((one: unknown): Header[] => {
    const header = objectOf(one);
    const name = header && textIn(header, 'name');
    return name === undefined ? [] : [[name, (header && textIn(header, 'value')) ?? '']];
  });
  return recordedHeaders(headers);
}

function bodyIn(content: Members): Body | undefined {
  const text = textIn(content, 'text');
  const isBase64 = content['encoding'] === 'base64' || content['_encoding'] === 'base64';
  if (text === undefined || !isBase64) return text;
  const decoded = decodeBase64(text);
  return decoded && bodyOf(decoded.bytes);
}

function messageOf(
  headers: readonly Header[] | undefined,
  contentType: string | undefined,
  body: Body | undefined,
  size: number | undefined,
): RecordedMessage {
  return {
    ...present('contentType', contentType),
    ...present('headers', headers),
    ...present('body', body),
    bytes: body === undefined ? (size ?? 0) : bytesOf(body).length,
  };
}

function requestOf(request: Members): RecordedMessage {
  const headers = headersOf(request);
  const postData = inside(request, 'postData');
  const contentType = headerIn(headers, 'content-type') ?? textIn(postData, 'mimeType');
  return messageOf(headers, contentType, bodyIn(postData), countIn(request, 'bodySize'));
}

function resultOf(entry: Members): RecordedResult {
  const response = inside(entry, 'response');
  const status = countIn(response, 'status') ?? 0;
  // Chromium writes status 0 where no answer came, and says why beside it.
  if (!Number.isInteger(status) || status < 100 || status > 999)
    return {
      kind: 'failed',
      failure: 'no-answer',
      detail: textIn(response, '_error') ?? textIn(response, '_failureText') ?? '',
    };
  const headers = headersOf(response);
  const content = inside(response, 'content');
  const mimeType = textIn(content, 'mimeType');
  // What the browser puts there when the header is missing.
  const contentType = headerIn(headers, 'content-type') ?? (mimeType === 'x-unknown' ? undefined : mimeType);
  return {
    kind: 'answered',
    status,
    reason: textIn(response, 'statusText') ?? '',
    ...messageOf(headers, contentType || undefined, bodyIn(content), countIn(content, 'size')),
  };
}
