/** What of a message is never shown and never copied: AuthToken and Credentials of gu -06 §4.1 and §4.4. */
import { encodeText } from './text.ts';

export const SECRET_ELEMENTS: ReadonlySet<string> = new Set(['AuthToken', 'Credentials']);

/** What stands in their place in a copy. */
export const WITHHELD_TEXT = '(withheld)';

export interface SecretSpan {
  readonly start: number;
  readonly end: number;
}

/** Whatever the case: names of XML have one, but who writes another has the same to hide. */
const MARKUP = new RegExp(String.raw`<(?:[^\s<>/:]*:)?(${[...SECRET_ELEMENTS].join('|')})(?=[\s>])`, 'gi');
/** Text of one character per byte, so that places in it are places in the body. */
const LATIN = new TextDecoder('latin1');

/**
 * Byte spans of secret contents. Goes by the tags alone, so that it finds them in a document that breaks off or breaks
 * down before them too; where the end tag is missing all that follows is secret.
 */
export function secretSpans(body: Uint8Array): readonly SecretSpan[] {
  const text = LATIN.decode(body);
  const spans: SecretSpan[] = [];
  MARKUP.lastIndex = 0;
  for (let tag = MARKUP.exec(text); tag !== null; tag = MARKUP.exec(text)) {
    const close = text.indexOf('>', MARKUP.lastIndex);
    if (close < 0) break;
    const start = close + 1;
    MARKUP.lastIndex = start;
    if (text[close - 1] === '/') continue;
    const ending = new RegExp(String.raw`</(?:[^\s<>/:]*:)?${tag[1]}\s*>`, 'gi');
    ending.lastIndex = start;
    const end = ending.exec(text)?.index ?? text.length;
    if (end > start) spans.push({ start, end });
    MARKUP.lastIndex = end;
  }
  return spans;
}

export interface Masked {
  readonly body: Uint8Array;
  /** Something was taken out. */
  readonly masked: boolean;
}

/** The body with `(withheld)` in place of what is secret in it. */
export function withoutSecrets(body: Uint8Array): Masked {
  const spans = secretSpans(body);
  if (spans.length === 0) return { body, masked: false };
  const instead = encodeText(WITHHELD_TEXT);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(body.subarray(from, start), instead);
    from = end;
  }
  parts.push(body.subarray(from));
  const masked = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    masked.set(part, at);
    at += part.length;
  }
  return { body: masked, masked: true };
}
