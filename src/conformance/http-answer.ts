/** An HTTP/1.1 answer out of raw bytes (RFC 9112): for cases that look below what `fetch` shows. */
import type { Exchange, Headers } from './case.ts';
import { headerOf } from './tracker-bench.ts';

export type HttpAnswerRead = NonNullable<Exchange['answer']>;

export interface HttpAnswerParsed {
  readonly answer: HttpAnswerRead;
  /** Bytes that it took, so that what follows is the next answer. */
  readonly length: number;
}

const LATIN1 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** Longest head looked at. */
const MAX_HEAD = 64 * 1024;

/** Index after the blank line that ends the head; -1 while it is not in. */
function headEnd(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + MAX_HEAD);
  for (let i = from; i + 3 < limit; i++) {
    if (bytes[i] === 13 && bytes[i + 1] === 10 && bytes[i + 2] === 13 && bytes[i + 3] === 10) return i + 4;
  }
  return -1;
}

/**
 * The first final answer in `bytes`, `undefined` while it is not complete (or never will be HTTP). `ended`: no
 * more will come. `method`: of the request, since answers to HEAD have no body.
 */
export function parseHttpAnswer(
  bytes: Uint8Array,
  method: string,
  ended: boolean,
): HttpAnswerParsed | undefined {
  let at = 0;
  for (;;) {
    const end = headEnd(bytes, at);
    if (end < 0) return undefined;
    const [statusLine = '', ...lines] = LATIN1(bytes.subarray(at, end - 4)).split('\r\n');
    const match = /^HTTP\/1\.\d (\d{3})(?: (.*))?$/.exec(statusLine);
    if (match === null) return undefined;
    const status = Number(match[1]);
    at = end;
    // An interim answer (100 Continue) has no body, and the final one follows (RFC 9110 §15.2).
    if (status < 200) continue;
    const headers = lines.map((line): readonly [string, string] => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
    const body = parseBody(
      bytes.subarray(end),
      headers,
      method === 'HEAD' || status === 204 || status === 304,
      ended,
    );
    return (
      body && {
        answer: { status, reason: match[2] ?? '', headers, body: body.bytes },
        length: end + body.length,
      }
    );
  }
}

interface Body {
  readonly bytes: Uint8Array;
  readonly length: number;
}

function parseBody(rest: Uint8Array, headers: Headers, none: boolean, ended: boolean): Body | undefined {
  if (none) return { bytes: new Uint8Array(), length: 0 };
  if (/\bchunked\s*$/i.test(headerOf(headers, 'transfer-encoding') ?? '')) return parseChunks(rest);
  const announced = headerOf(headers, 'content-length');
  if (announced === undefined) return ended ? { bytes: rest, length: rest.length } : undefined;
  const length = Number(announced);
  if (Number.isSafeInteger(length) && length >= 0 && rest.length >= length)
    return { bytes: rest.subarray(0, length), length };
  return undefined;
}

function parseChunks(rest: Uint8Array): Body | undefined {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = rest.indexOf(10, at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(LATIN1(rest.subarray(at, lineEnd)), 16);
    if (!(size >= 0)) return undefined;
    at = lineEnd + 1;
    if (size === 0) {
      // The trailer ends with an empty line.
      if (rest[at] === 13 && rest[at + 1] === 10) return { bytes: joined(parts), length: at + 2 };
      const end = headEnd(rest, at);
      return end < 0 ? undefined : { bytes: joined(parts), length: end };
    }
    if (rest.length < at + size + 2) return undefined;
    parts.push(rest.subarray(at, at + size));
    at += size + 2;
  }
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
