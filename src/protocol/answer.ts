/** What a peer makes of an HTTP answer: the body where there is one, else the status (digest, "Errors"). */
import type { Asked, Codec, DecodeError, Decoded, Finding } from './codec.ts';
import { mediaTypeKind } from './editions/index.ts';
import { ERRORS } from './errors.ts';
import type { ErrorName } from './errors.ts';
import type { EditionId, Method, Response } from './message.ts';

export interface HttpAnswer {
  readonly status: number;
  /** Empty over HTTP/2, which has none. */
  readonly reason: string;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

/** Enough for any Reason-Phrase worth showing. */
const MAX_DETAIL = 200;
const HTML = /^<(?:!doctype html|html|head|body)\b/i;
const HTML_TYPE = /^\s*text\/html\b/i;
const [LESS, BRACE, BRACKET] = [0x3c, 0x7b, 0x5b];
/** `!`, `h` and `b`, as they are when made small. */
const HTML_SECONDS: ReadonlySet<number> = new Set([0x21, 0x68, 0x62]);

/** Where each text says what its bodies are; the drafts name no media type (digest, table of editions). */
const SECTIONS: Readonly<Record<EditionId, string>> = {
  rfc7846: 'RFC 7846 §4',
  'extended-1.1': 'extended-04 §4.4',
  'base-1.0': 'base-01 §4.3',
  'gu-04': 'gu -06 §4.1',
};

/** `answers` and `asked`: what is known of the request, as `Codec.decodeResponse` takes it. */
export function readAnswer(
  codec: Codec,
  answers: Method,
  http: HttpAnswer,
  asked?: Asked,
): Decoded<Response> {
  if (http.body.length === 0) return readStatus(codec, answers, http);
  const foreign = foreignBody(codec, http);
  if (foreign !== undefined) return refused(`answers with ${foreign}, not PPSP-TP`, http.status);

  const decoded = codec.decodeResponse(http.body, answers, asked);
  if (!decoded.ok) return refused(decoded.error.problem, http.status, decoded.error);
  const { message, findings } = decoded;
  if (message.outcome === 'success' && http.status !== 200)
    return refused('answers with a successful response', http.status);
  return {
    ok: true,
    message: withStatus(message, http.status),
    findings: [...findings, ...contentTypeFinding(codec, http.contentType)],
  };
}

/** RFC 7846 has one code for what is forbidden and what is not there; the status tells them apart. */
function withStatus(message: Response, status: number): Response {
  const missing = ERRORS['not-found'];
  if (message.outcome === 'success' || status !== missing.status) return message;
  return ERRORS[message.error].code === missing.code ? { ...message, error: 'not-found' } : message;
}

/** What the body is, when it is plainly no message of that codec's: proxies and portals answer too. */
function foreignBody(codec: Codec, { contentType, body }: HttpAnswer): string | undefined {
  const start = startOf(body);
  const [first, second] = [body[start], body[start + 1]];
  // Only what begins like it is looked at more closely: `<!`, `<h` and `<b`, in capitals or not.
  const mayBeHtml = first === LESS && second !== undefined && HTML_SECONDS.has(second | 0x20);
  if (
    (mayBeHtml && HTML.test(String.fromCharCode(...body.subarray(start, start + 256)))) ||
    (contentType !== undefined && HTML_TYPE.test(contentType))
  )
    return 'HTML';
  const kind = mediaTypeKind(codec.mediaType);
  if (kind === 'json' && first === LESS) return 'XML';
  if (kind === 'xml' && (first === BRACE || first === BRACKET)) return 'JSON';
  return first === BRACE || first === LESS ? undefined : 'something else';
}

/** Where the text begins: after a byte order mark and what `\s` means in one byte. */
function startOf(body: Uint8Array): number {
  let at = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
  const end = Math.min(body.length, at + 256);
  while (at < end && isSpace(body[at] ?? 0)) at++;
  return at;
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0xa0;

/** The header is advice only: trackers mislabel bodies more often than they mix up editions. */
function contentTypeFinding(codec: Codec, contentType: string | undefined): Finding[] {
  if (mediaTypeKind(contentType) === mediaTypeKind(codec.mediaType)) return [];
  return [{ path: 'Content-Type', expected: codec.mediaType, section: SECTIONS[codec.edition] }];
}

/** The drafts' errors have no body; JSON's may lose theirs on the way. */
function readStatus(codec: Codec, method: Method, { status, reason }: HttpAnswer): Decoded<Response> {
  const error = errorOfStatus(status, reason);
  if (error === undefined) return refused('answers with no body', status);
  const detail = reason.replace(/[^\x20-\x7e]/g, '').slice(0, MAX_DETAIL);
  return {
    ok: true,
    findings: [],
    message: {
      edition: codec.edition,
      version: codec.version,
      method,
      outcome: 'failure',
      transactionId: '',
      error,
      ...(detail === '' ? {} : { detail }),
    },
  };
}

/** base-01 §4.3, read backwards; what it does not list goes by its class. */
function errorOfStatus(status: number, reason: string): ErrorName | undefined {
  switch (status) {
    case 400:
      return /unsupported|ppsp.version/i.test(reason) ? 'unsupported-version' : 'bad-request';
    case 401:
      return 'authentication-required';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 429: // a rate limit before the tracker
    case 503:
      return 'overloaded';
    default:
      if (status >= 500 && status <= 599) return 'internal';
      return status >= 400 && status <= 499 ? 'bad-request' : undefined;
  }
}

function refused(problem: string, status: number, error?: DecodeError): Decoded<Response> {
  return {
    ok: false,
    error: {
      ...(error ?? { error: 'bad-request', path: '' }),
      problem: status === 200 ? problem : `${problem} (HTTP ${status})`,
    },
  };
}
