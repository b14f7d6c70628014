/**
 * Answers to requests that never reach the core, in the form the request calls for (digest, table
 * "Errors"): JSON and gu-04 have a body that says what was wrong, the other editions say it all in the status line.
 */
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { codecOf, detectEdition, isKnownMediaType, mediaTypeKind } from '../protocol/editions/index.ts';
import type { HttpResponse } from '../protocol/http.ts';
import { idProblem } from '../protocol/ids.ts';
import type { TransactionId } from '../protocol/ids.ts';
import type { EditionId, FailureResponse } from '../protocol/message.ts';

interface HttpFailure {
  readonly error: ErrorName;
  readonly phrase: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The HTTP statuses beyond those of `ERRORS`. */
export const HTTP_FAILURES = {
  400: { error: 'bad-request', phrase: 'Bad Request' },
  401: { error: 'authentication-required', phrase: 'Authentication Required' },
  404: { error: 'not-found', phrase: 'Not Found' },
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
  if (isKnownMediaType(contentType)) return contentType;
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

/** How a refusal is written: in which edition, if that is known, and with which Content-Type. */
export interface Form {
  readonly edition: EditionId | undefined;
  readonly contentType: string | undefined;
}

/**
 * The form of a refusal. The media type sent decides, and where that says nothing, the body. JSON is one
 * edition; XML is three, which only the body tells apart: XML that is in none of them has no form to be refused in
 * but the status line (digest, top).
 */
export function formOf(contentType: string | undefined, body?: Uint8Array): Form {
  const edition = body && detectEdition(body);
  const mediaType = edition && codecOf(edition).mediaType;
  const kind = mediaTypeKind(contentType);
  if (kind === 'missing' || kind === 'other') return { edition, contentType: mediaType };
  if (edition !== undefined && mediaTypeKind(mediaType) === kind) return { edition, contentType };
  return { edition: kind === 'json' ? 'rfc7846' : undefined, contentType };
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

/** A refusal in the form of the request. */
export function failureResponse(
  status: FailureStatus,
  { edition, contentType }: Form,
  retry: Retry,
  detail?: string,
): HttpResponse {
  const failure: HttpFailure = HTTP_FAILURES[status];
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
