/** What an exchange of somebody else's says, read from its bytes: tolerantly, in the edition that they are in. */
import { readAnswer } from '../protocol/answer.ts';
import { askedBy } from '../protocol/codec.ts';
import { codecOf, detectEdition } from '../protocol/editions/index.ts';
import type { Request } from '../protocol/message.ts';
import { present } from '../protocol/reading.ts';
import { headerIn } from './headers.ts';
import { Needle } from './needle.ts';
import { bytesOf } from './record.ts';
import type { RecordedExchange, RecordedMessage, RecordedResult } from './record.ts';

/** What the bytes themselves say. */
export type Meaning = Pick<
  RecordedExchange,
  'peerId' | 'swarms' | 'leaves' | 'edition' | 'method' | 'transactionId' | 'verdict' | 'error' | 'findings'
>;

const ROOT = new Needle('PPSPTrackerProtocol');
const OWN_MEDIA_TYPE = /^\s*application\/ppsp-tracker\+/i;
/** Longest list of swarms kept of one request. */
const MAX_SWARMS = 64;
const NOTHING = new Uint8Array();

/**
 * Whether a POST is PPSP-TP, well-formed or not: it has a body with the root's name in it, which all editions share, or
 * a media type that nothing else has. Any JSON would be of some edition otherwise.
 */
export function isPpsp(httpMethod: string, { contentType, body }: RecordedMessage): boolean {
  if (httpMethod !== 'POST') return false;
  return OWN_MEDIA_TYPE.test(contentType ?? '') || (body !== undefined && ROOT.isIn(bytesOf(body)));
}

export function meaningOf(request: RecordedMessage, result: RecordedResult): Meaning {
  const body = request.body === undefined ? NOTHING : bytesOf(request.body);
  const edition = detectEdition(body);
  const decoded = edition && codecOf(edition).decodeRequest(body);
  const message = decoded?.ok === true ? decoded.message : undefined;
  const answer = answerOf(edition, message, result);
  const requestFindings = decoded?.ok === true ? decoded.findings.length : request.body === undefined ? 0 : 1;
  return {
    ...present('peerId', message?.peerId),
    swarms: message ? swarmsOf(message) : [],
    ...(message && isLeaving(message) ? { leaves: true as const } : {}),
    ...present('edition', edition),
    ...present('method', message?.method),
    ...present(
      'transactionId',
      message?.transactionId ?? (decoded?.ok === false ? decoded.error.transactionId : undefined),
    ),
    verdict: answer.verdict,
    ...present('error', answer.error),
    findings: { request: requestFindings, response: answer.findings },
  };
}

function swarmsOf(request: Request): readonly string[] {
  return [...new Set(namedBy(request))].slice(0, MAX_SWARMS);
}

function namedBy(request: Request): readonly string[] {
  switch (request.method) {
    case 'CONNECT':
      return request.actions.map(({ swarmId }) => swarmId);
    case 'DISCONNECT':
      return request.swarmIds;
    case 'STAT_REPORT':
    case 'STAT_QUERY':
      return [...request.stats, ...request.contentMaps].flatMap(({ swarmId }) => swarmId ?? []);
    case 'KEEPALIVE':
      return [];
    default:
      return [request.swarmId];
  }
}

/** In the editions whose CONNECT carries actions, one of those may be a LEAVE. */
const isLeaving = (request: Request): boolean =>
  request.method === 'LEAVE' ||
  request.method === 'DISCONNECT' ||
  (request.method === 'CONNECT' && request.actions.some(({ action }) => action === 'LEAVE'));

interface AnswerMeaning extends Pick<Meaning, 'verdict' | 'error'> {
  readonly findings: number;
}

/** Without a request that can be read there is no telling how its answer is to be; an error is one all the same. */
function answerOf(
  edition: Meaning['edition'],
  request: Request | undefined,
  result: RecordedResult,
): AnswerMeaning {
  if (result.kind === 'failed') return { verdict: 'failed', findings: 0 };
  const isKnown = result.body !== undefined || result.bytes === 0;
  if (!isKnown || isCompressed(result)) return { verdict: 'unknown', findings: 0 };
  const codec = codecOf(edition ?? 'rfc7846');
  const { status, reason, contentType } = result;
  const body = result.body === undefined ? NOTHING : bytesOf(result.body);
  const read = readAnswer(
    codec,
    request?.method ?? 'CONNECT',
    { status, reason, contentType, body },
    request && askedBy(request),
  );
  if (!read.ok) return { verdict: request ? 'unreadable' : 'unknown', findings: request ? 1 : 0 };
  const { message, findings } = read;
  if (message.outcome === 'failure')
    return { verdict: 'error', error: message.error, findings: findings.length };
  return request ? { verdict: 'ok', findings: findings.length } : { verdict: 'unknown', findings: 0 };
}

/** Content codings are undone by browsers, not by captures. */
const isCompressed = ({ headers }: RecordedMessage): boolean =>
  !/^\s*(?:identity)?\s*$/i.test(headerIn(headers, 'content-encoding') ?? '');
