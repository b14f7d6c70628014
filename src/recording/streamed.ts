/** What a tracker's `/events` tells of an exchange (src/node/exchange-line.ts), as a record: of somebody else's peer. */
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { EDITIONS, METHODS } from '../protocol/message.ts';
import { codecOf, detectEdition } from '../protocol/editions/index.ts';
import { present } from '../protocol/reading.ts';
import { encodeText } from '../protocol/text.ts';
import { objectOf } from './line.ts';
import { meaningOf } from './meaning.ts';
import type { Meaning } from './meaning.ts';
import type { RecordedAnswer, RecordedExchange, RecordedMessage } from './record.ts';

type Line = Readonly<Record<string, unknown>>;

const text = (line: Line, name: string): string | undefined => {
  const value = line[name];
  return typeof value === 'string' ? value : undefined;
};
const number = (line: Line, name: string): number | undefined => {
  const value = line[name];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
};
const word = <Word extends string>(words: readonly Word[], value: string | undefined): Word | undefined =>
  words.find((one) => one === value);

const ERROR_NAMES = Object.keys(ERRORS) as ErrorName[];

/** A body that the line holds only the beginning of says nothing of the whole. */
const isWhole = ({ body = '', bytes }: RecordedMessage): boolean =>
  (typeof body === 'string' ? encodeText(body) : body).length >= bytes;

/** As the tracker itself read it, where the bytes are not all there. */
function told(line: Line, status: number): Meaning {
  const error = word(ERROR_NAMES, text(line, 'error'));
  const swarms = line['swarms'];
  return {
    ...present('peerId', text(line, 'peerId')),
    swarms: Array.isArray(swarms) ? swarms.filter((swarm) => typeof swarm === 'string') : [],
    ...present('edition', word(EDITIONS, text(line, 'edition'))),
    ...present('method', word(METHODS, text(line, 'method'))),
    ...present('transactionId', text(line, 'transactionId')),
    verdict: error === undefined ? (status < 400 ? 'ok' : 'unknown') : 'error',
    ...present('error', error),
    findings: { request: 0, response: 0 },
  };
}

/** `time`: milliseconds of the run at which it was heard. `url`: of the tracker. `undefined`: it is no such line. */
export function recordOfStreamed(
  value: unknown,
  { id, time, url }: Pick<RecordedExchange, 'id' | 'time' | 'url'>,
): RecordedExchange | undefined {
  const line = objectOf(value);
  const status = line && number(line, 'status');
  if (line === undefined || status === undefined) return undefined;
  const sent = text(line, 'request');
  const received = text(line, 'response');
  if (sent === undefined || received === undefined) return undefined;
  const request: RecordedMessage = { body: sent, bytes: number(line, 'requestBytes') ?? 0 };
  const edition = detectEdition(encodeText(sent));
  const result: RecordedAnswer = {
    // The line tells no headers; the tracker that streams it answers in the media type of the edition.
    ...(received === '' || edition === undefined ? {} : { contentType: codecOf(edition).mediaType }),
    kind: 'answered',
    status,
    reason: text(line, 'reason') ?? '',
    body: received,
    bytes: number(line, 'responseBytes') ?? 0,
  };
  const meaning = isWhole(request) && isWhole(result) ? meaningOf(request, result) : told(line, status);
  return {
    id,
    time,
    clock: 'run',
    from: 'foreign',
    ...present('remote', text(line, 'remote')),
    ...meaning,
    url,
    attempt: 1,
    request,
    result,
  };
}
