/** Which edition bytes are in, and who reads and writes it. */
import type { Codec } from '../codec.ts';
import type { EditionId } from '../message.ts';
import { base10 } from './base10.ts';
import { rfc7846 } from './rfc7846.ts';

const CODECS: Readonly<Record<EditionId, Codec>> = { rfc7846, 'base-1.0': base10 };

export function codecOf(edition: EditionId): Codec {
  return CODECS[edition];
}

/** Skipped before the first significant byte: UTF-8 byte order mark, tab, line feed, carriage return, space. */
const INSIGNIFICANT: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf, 0x09, 0x0a, 0x0d, 0x20]);

/** The edition of a request, by its first significant byte; `undefined` when it is in none. */
export function detectEdition(body: Uint8Array): EditionId | undefined {
  switch (body.find((byte) => !INSIGNIFICANT.has(byte))) {
    case 0x7b: // {
      return 'rfc7846';
    case 0x3c: // <
      // The one edition in XML so far; others are told from it by their elements (digest, top).
      return 'base-1.0';
    default:
      return undefined;
  }
}

/** RFC 7846 §4 and what deployed clients send beside it; the XML drafts name no media type (digest). */
const MEDIA_TYPES: ReadonlyMap<string, 'json' | 'xml'> = new Map([
  ['application/ppsp-tracker+json', 'json'],
  ['application/json', 'json'],
  ['text/json', 'json'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
  ['application/ppsp-tracker+xml', 'xml'],
]);

/** What a `Content-Type` announces, whatever its parameters. */
export function mediaTypeKind(contentType: string | undefined): 'json' | 'xml' | 'missing' | 'other' {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === '' ? 'missing' : (MEDIA_TYPES.get(type) ?? 'other');
}
