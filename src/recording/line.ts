/**
 * A recorded exchange as one line of JSON, and back. The line is the only stored form: files hold lines, and so
 * does the memory of a live recording. Member names are those of `RecordedExchange`, except that `time` tells its
 * clock by its form (a number of milliseconds of the run, or an ISO 8601 text), a body that is no text stands in
 * `base64`, and the result is `response` or `failure`. Version 1.
 */
import { decodeBase64, encodeBase64 } from '../protocol/base64.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { EDITIONS, METHODS } from '../protocol/message.ts';
import { present } from '../protocol/reading.ts';
import { encodeText } from '../protocol/text.ts';
import { formatInstant, parseInstant } from './instant.ts';
import { bytesOf, FAILURES, SENDERS, VERDICTS } from './record.ts';
import type { Body, Header, RecordedExchange, RecordedMessage, RecordedResult } from './record.ts';

const ERROR_NAMES = Object.keys(ERRORS) as ErrorName[];

/** Without the line feed. */
export function formatLine(exchange: RecordedExchange): string {
  const { time, clock, findings, request, result, ...facts } = exchange;
  return JSON.stringify({
    ...facts,
    time: clock === 'absolute' ? formatInstant(time) : time,
    findings: [findings.request, findings.response],
    request: formatMessage(request),
    ...(result.kind === 'answered'
      ? { response: { status: result.status, reason: result.reason, ...formatMessage(result) } }
      : { failure: { kind: result.failure, detail: result.detail } }),
  });
}

const formatMessage = ({ contentType, headers, body, bytes }: RecordedMessage): object => ({
  ...present('contentType', contentType),
  ...present('headers', headers),
  bytes,
  ...(body === undefined ? {} : typeof body === 'string' ? { body } : { base64: encodeBase64(body) }),
});

export type ReadLine =
  | { readonly ok: true; readonly exchange: RecordedExchange }
  | { readonly ok: false; readonly problem: string };

/** `number`: of the line, the exchange's ID where it names none. Unknown members are passed over. */
export function parseLine(text: string, number: number): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'is no JSON: it is cut off or damaged' };
  }
  const object = objectOf(value);
  return object ? readExchange(object, number) : { ok: false, problem: 'is no JSON object' };
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
const OPTIONAL_TEXTS = ['remote', 'peerId', 'transactionId', 'purpose'] as const;

type Members = Readonly<Record<string, unknown>>;

export const objectOf = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;

/** The first refusal settles the line. */
class LineReading {
  problem: string | undefined;

  refuse(name: string, expected: string): undefined {
    this.problem ??= `"${name}" is not ${expected}`;
  }

  text(members: Members, name: string): string | undefined {
    const value = members[name];
    if (value === undefined || typeof value === 'string') return value;
    return this.refuse(name, 'a string');
  }

  number(members: Members, name: string): number | undefined {
    const value = members[name];
    if (value === undefined || (typeof value === 'number' && value >= 0)) return value;
    return this.refuse(name, 'a number from 0');
  }

  word<const Word extends string>(members: Members, name: string, words: readonly Word[]): Word | undefined {
    const value = members[name];
    if (value === undefined) return undefined;
    for (const word of words) if (word === value) return word;
    return this.refuse(name, `one of ${words.join(', ')}`);
  }

  message(message: Members): RecordedMessage {
    const body = this.body(message);
    const read: Writable<RecordedMessage> = {
      bytes: this.number(message, 'bytes') ?? (body === undefined ? 0 : bytesOf(body).length),
    };
    const contentType = this.text(message, 'contentType');
    const headers = this.headers(message);
    if (contentType !== undefined) read.contentType = contentType;
    if (headers !== undefined) read.headers = headers;
    if (body !== undefined) read.body = body;
    return read;
  }

  request(members: Members): RecordedMessage | undefined {
    const request = objectOf(members['request']);
    return request ? this.message(request) : this.refuse('request', 'an object');
  }

  private body(message: Members): Body | undefined {
    const base64 = this.text(message, 'base64');
    if (base64 === undefined) return this.text(message, 'body');
    return decodeBase64(base64)?.bytes ?? this.refuse('base64', 'Base64');
  }

  private headers(message: Members): readonly Header[] | undefined {
    const value = message['headers'];
    if (value === undefined) return undefined;
    const isPair = (pair: unknown): pair is Header =>
      Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
    return Array.isArray(value) && value.every(isPair)
      ? value
      : this.refuse('headers', 'a list of names with their values');
  }

  texts(members: Members, name: string): readonly string[] | undefined {
    const value = members[name] ?? [];
    return Array.isArray(value) && value.every((one): one is string => typeof one === 'string')
      ? value
      : this.refuse(name, 'a list of strings');
  }

  /** Of the request and of the response. */
  findings(members: Members): RecordedExchange['findings'] | undefined {
    const value = members['findings'] ?? [0, 0];
    const isCount = (one: unknown): one is number => Number.isInteger(one) && Number(one) >= 0;
    if (!Array.isArray(value) || value.length !== 2 || !value.every(isCount))
      return this.refuse('findings', 'two counts');
    return { request: Number(value[0]), response: Number(value[1]) };
  }

  time(members: Members): Pick<RecordedExchange, 'time' | 'clock'> | undefined {
    const value = members['time'];
    if (typeof value === 'number' && value >= 0) return { time: value, clock: 'run' };
    const time = typeof value === 'string' ? parseInstant(value) : undefined;
    if (time !== undefined) return { time, clock: 'absolute' };
    return this.refuse('time', 'a number of milliseconds or an ISO 8601 time');
  }

  result(members: Members): RecordedResult | undefined {
    const response = objectOf(members['response']);
    if (response) {
      const status = response['status'];
      if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 999)
        return this.refuse('status', 'an HTTP status');
      const reason = this.text(response, 'reason') ?? '';
      return { kind: 'answered', status, reason, ...this.message(response) };
    }
    const failure = objectOf(members['failure']);
    if (!failure) return this.refuse('response', 'there, nor "failure"');
    const kind = this.word(failure, 'kind', FAILURES) ?? 'no-answer';
    return { kind: 'failed', failure: kind, detail: this.text(failure, 'detail') ?? '' };
  }

  origin(members: Members): RecordedExchange['origin'] {
    const value = objectOf(members['origin']);
    if (!value) return undefined;
    return { file: this.text(value, 'file') ?? '', line: this.number(value, 'line') ?? 0 };
  }
}

/** Members that may be left out are assigned one by one: a million lines are read, and spreading objects takes its time. */
function readExchange(members: Members, number: number): ReadLine {
  const reading = new LineReading();
  const time = reading.time(members);
  const request = reading.request(members);
  const result = reading.result(members);
  const swarms = reading.texts(members, 'swarms');
  const findings = reading.findings(members);
  if (!time || !request || !result || !swarms || !findings)
    return { ok: false, problem: reading.problem ?? 'is no exchange' };
  const exchange: Writable<RecordedExchange> = {
    id: reading.number(members, 'id') ?? number,
    time: time.time,
    clock: time.clock,
    from: reading.word(members, 'from', SENDERS) ?? 'foreign',
    swarms,
    url: reading.text(members, 'url') ?? '',
    attempt: reading.number(members, 'attempt') ?? 1,
    verdict: reading.word(members, 'verdict', VERDICTS) ?? 'unknown',
    findings,
    request,
    result,
  };
  for (const name of OPTIONAL_TEXTS) {
    const text = reading.text(members, name);
    if (text !== undefined) exchange[name] = text;
  }
  const took = reading.number(members, 'took');
  const edition = reading.word(members, 'edition', EDITIONS);
  const method = reading.word(members, 'method', METHODS);
  const error = reading.word(members, 'error', ERROR_NAMES);
  const origin = reading.origin(members);
  if (took !== undefined) exchange.took = took;
  if (edition !== undefined) exchange.edition = edition;
  if (method !== undefined) exchange.method = method;
  if (error !== undefined) exchange.error = error;
  if (origin !== undefined) exchange.origin = origin;
  if (members['leaves'] === true) exchange.leaves = true;
  return reading.problem === undefined ? { ok: true, exchange } : { ok: false, problem: reading.problem };
}

export const encodeLine = (exchange: RecordedExchange): Uint8Array => encodeText(`${formatLine(exchange)}\n`);
