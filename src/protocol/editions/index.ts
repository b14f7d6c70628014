/** Which edition bytes are in, and who reads and writes it. */
import type { Codec, Decoded } from '../codec.ts';
import type { EditionId, Request } from '../message.ts';
import { decodeEitherRequest } from './base/canonical-request.ts';
import { MAX_ELEMENTS } from './base/read-request.ts';
import { base10 } from './base10.ts';
import { detectXml } from './detect-xml.ts';
import { extended11 } from './extended11.ts';
import { gu04 } from './gu04.ts';
import { rfc7846 } from './rfc7846.ts';

const CODECS: Readonly<Record<EditionId, Codec>> = {
  rfc7846,
  'extended-1.1': extended11,
  'base-1.0': base10,
  'gu-04': gu04,
};

export function codecOf(edition: EditionId): Codec {
  return CODECS[edition];
}

/** Skipped before the first significant byte: UTF-8 byte order mark, tab, line feed, carriage return, space. */
const INSIGNIFICANT: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf, 0x09, 0x0a, 0x0d, 0x20]);

function firstSignificant(body: Uint8Array): number | undefined {
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    if (!INSIGNIFICANT.has(byte)) return byte;
  }
  return undefined;
}

/**
 * The edition of a request; `undefined` when it is in none. Bytes that are a response instead have an edition
 * too, as far as the texts differ there: its codec then says what is wrong with them as a request. Costs one
 * pass over XML, and nothing over JSON.
 */
export function detectEdition(body: Uint8Array): EditionId | undefined {
  switch (firstSignificant(body)) {
    case 0x7b: // {
      return 'rfc7846';
    case 0x3c: // <
      return detectXml(body)?.edition;
    default:
      return undefined;
  }
}

/**
 * The edition of a request and what it says, for whoever is sent all of them; `undefined` when it is in none. The same as
 * `detectEdition` and then the codec's `decodeRequest`, but XML in the form that our own writers give it is gone
 * through once.
 */
export function readRequest(
  body: Uint8Array,
): { readonly edition: EditionId; readonly decoded: Decoded<Request> } | undefined {
  const plain = decodeEitherRequest(body, MAX_ELEMENTS);
  if (plain?.ok === true) return { edition: plain.message.edition, decoded: plain };
  const edition = detectEdition(body);
  return edition === undefined ? undefined : { edition, decoded: CODECS[edition].decodeRequest(body) };
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

/** Whether it is one of them to the letter: with no parameters, in small letters. */
export const isKnownMediaType = (contentType: string): boolean => MEDIA_TYPES.has(contentType);

/** What a `Content-Type` announces, whatever its parameters. */
export function mediaTypeKind(contentType: string | undefined): 'json' | 'xml' | 'missing' | 'other' {
  // Nearly always it is just one of these, and it is looked at several times for every message.
  const kind = MEDIA_TYPES.get(contentType ?? '');
  if (kind !== undefined) return kind;
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === '' ? 'missing' : (MEDIA_TYPES.get(type) ?? 'other');
}
