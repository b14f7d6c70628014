/**
 * Answers to requests that never reach the core, in the form the request's media type calls for
 * (digest, table "Errors"): JSON has a body with its error_code, XML says it all in the status line.
 */
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { codecOf, detectEdition, mediaTypeKind } from '../protocol/editions/index.ts';
import type { HttpResponse } from '../protocol/http.ts';
import { idProblem } from '../protocol/ids.ts';
import type { TransactionId } from '../protocol/ids.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId, FailureResponse } from '../protocol/message.ts';

interface HttpFailure {
  readonly error: ErrorName;
  readonly phrase: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The HTTP statuses beyond those of `ERRORS`. */
export const HTTP_FAILURES = {
  400: { error: 'bad-request', phrase: 'Bad Request' },
  404: { error: 'forbidden', phrase: 'Not Found' },
  405: { error: 'bad-request', phrase: 'Method Not Allowed', headers: { allow: 'POST' } },
  408: { error: 'bad-request', phrase: 'Request Timeout' },
  411: { error: 'bad-request', phrase: 'Length Required' },
  413: { error: 'bad-request', phrase: 'Content Too Large' },
  414: { error: 'bad-request', phrase: 'URI Too Long' },
  415: { error: 'bad-request', phrase: 'Unsupported Media Type' },
  500: { error: 'internal', phrase: 'Internal Server Error' },
  // A transfer coding other than chunked (RFC 9112 §6.1).
  501: { error: 'bad-request', phrase: 'Not Implemented' },
  503: { error: 'overloaded', phrase: 'Service Unavailable' },
} as const satisfies Record<number, HttpFailure>;

export type FailureStatus = keyof typeof HTTP_FAILURES;

/** Printable ASCII of bounded length: a Reason-Phrase can carry no header and no script. */
export function reasonPhrase(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}

/** The media type alone, one of the known ones: parameters are not echoed. */
export function bareMediaType(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** What is wrong with a Content-Type, if anything: known before the body is. */
export function mediaTypeFailure(contentType: string | undefined): 400 | 415 | undefined {
  switch (mediaTypeKind(contentType)) {
    case 'missing':
      return 400;
    case 'other':
      return 415;
    default:
      return undefined;
  }
}

/** The media type whose form a refusal takes: the one sent, or where that says nothing, the body's own. */
export function formOf(contentType: string | undefined, body: Uint8Array): string | undefined {
  if (mediaTypeFailure(contentType) === undefined) return contentType;
  const edition = detectEdition(body);
  return edition && codecOf(edition).mediaType;
}

/** Seconds after which a peer may try again (RFC 9110 §10.2.3). */
export interface Retry {
  readonly retryAfter: number;
}

/** Headers and body of one answer. No Content-Type on an empty body. */
export function httpResponse(
  status: number,
  reason: string,
  body: Uint8Array<ArrayBuffer>,
  contentType: string | undefined,
  { retryAfter }: Retry,
  extra: Readonly<Record<string, string>> = {},
): HttpResponse {
  const headers: Record<string, string> = { ...extra };
  if (body.byteLength > 0 && contentType !== undefined) headers['content-type'] = bareMediaType(contentType);
  if (status === ERRORS.overloaded.status) headers['retry-after'] = String(retryAfter);
  return { status, reason: reasonPhrase(reason), headers, body };
}

/** The edition whose form a media type calls for; `undefined` when it is none of ours. */
function editionFor(contentType: string | undefined): EditionId | undefined {
  const kind = mediaTypeKind(contentType);
  return EDITIONS.find((edition) => mediaTypeKind(codecOf(edition).mediaType) === kind);
}

/** A refusal in the form of the request's media type; `transactionId` only when the request could be read so far. */
export function failureResponse(
  status: FailureStatus,
  contentType: string | undefined,
  retry: Retry,
  detail?: string,
): HttpResponse {
  const failure: HttpFailure = HTTP_FAILURES[status];
  const edition = editionFor(contentType);
  const body = edition ? codecOf(edition).encodeResponse(unread(edition, failure.error)) : new Uint8Array();
  const reason = detail === undefined ? failure.phrase : `${failure.phrase}: ${detail}`;
  return httpResponse(status, reason, body, contentType, retry, failure.headers);
}

/** The response to a request that could not be read, or not to its end. */
export function unread(edition: EditionId, error: ErrorName, transactionId = ''): FailureResponse {
  return {
    edition,
    version: codecOf(edition).version,
    // A failure looks the same whatever it answers.
    method: 'CONNECT',
    outcome: 'failure',
    transactionId: idProblem(transactionId) === undefined ? (transactionId as TransactionId) : '',
    error,
  };
}
