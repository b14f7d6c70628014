/** A recorded request as it is passed on: without what lets others in, and without what a client sets by itself. */
import { withoutSecrets } from '../../protocol/secrets.ts';
import { headerIn, WITHHELD } from '../headers.ts';
import { bodyOf, bytesOf } from '../record.ts';
import type { Header, RecordedExchange } from '../record.ts';

export interface RequestToCopy {
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** The body where it is UTF-8, without loss. */
  readonly text: string | undefined;
  /** What was taken out of it: `Authorization`, `AuthToken`. */
  readonly withheld: readonly string[];
  /** The recording holds all of the body. */
  readonly whole: boolean;
}

export type Snippet = {
  readonly text: string;
  readonly withheld: readonly string[];
  readonly whole: boolean;
};

/** Of the connection rather than the request, or counted anew by whoever sends it. */
const SET_BY_CLIENTS = new Set([
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'accept-encoding',
  'te',
  'upgrade',
  'expect',
  'proxy-connection',
]);
const PROTECTED = new Set(['authorization', 'proxy-authorization', 'cookie']);
/** RFC 9110 §5.6.2. HTTP/2 begins its own with a colon; they are no headers of the request. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

export function requestToCopy(exchange: RecordedExchange): RequestToCopy {
  const { request } = exchange;
  const { body, masked } = withoutSecrets(bytesOf(request.body ?? ''));
  const withheld: string[] = masked ? ['AuthToken'] : [];
  const headers: Header[] = [];
  for (const [name, value] of request.headers ?? []) {
    const key = name.toLowerCase();
    if (SET_BY_CLIENTS.has(key) || !TOKEN.test(name)) continue;
    if (PROTECTED.has(key) || value === WITHHELD) {
      withheld.push(name);
      continue;
    }
    headers.push([name, value.replace(/[\r\n\0]+/g, ' ')]);
  }
  if (request.contentType !== undefined && headerIn(headers, 'content-type') === undefined)
    headers.unshift(['Content-Type', request.contentType.replace(/[\r\n\0]+/g, ' ')]);
  const kept = bodyOf(body);
  return {
    url: withoutUser(exchange.url, withheld),
    headers,
    body,
    text: typeof kept === 'string' ? kept : undefined,
    withheld,
    whole: bytesOf(request.body ?? '').length === request.bytes,
  };
}

/** `https://user:password@host/`: neither of the two. */
function withoutUser(url: string, withheld: string[]): string {
  const kept = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
  if (kept !== url) withheld.push('user and password in the URL');
  return kept.replace(/[\r\n\0]+/g, '');
}

/** Sentences for the head of a snippet. */
export function remarksOn({ withheld, whole }: RequestToCopy): readonly string[] {
  return [
    ...(withheld.length === 0 ? [] : [`Withheld, for you to put in again: ${withheld.join(', ')}.`]),
    ...(whole ? [] : ['The recording holds only a part of the body.']),
  ];
}

export const snippetOf = ({ withheld, whole }: RequestToCopy, text: string): Snippet => ({
  text,
  withheld,
  whole,
});
