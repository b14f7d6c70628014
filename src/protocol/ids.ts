/**
 * Identifiers are opaque strings, compared byte for byte (RFC 7846 §3.3.3; digest, "Addresses"):
 * `000123`, `1e5` and `0x1F` are three different strings, never numbers.
 */
declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

export type PeerId = Brand<'PeerId'>;
export type SwarmId = Brand<'SwarmId'>;
export type TransactionId = Brand<'TransactionId'>;
/** gu-04: names one chunk of a swarm. */
export type ChunkId = Brand<'ChunkId'>;

/** Longest identifier read or written, in bytes of UTF-8 (our bound, digest "Addresses"). */
export const MAX_ID_BYTES = 1024;
/** The same of informative text: an AS number, an access type, the name of a peer protocol. */
export const MAX_NOTE_BYTES = 64;

// C0 controls, DEL and C1 controls: forbidden in every identifier.
// eslint-disable-next-line no-control-regex -- control characters are exactly what this looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
// XML 1.0 §2.2 has no way to carry these two, so one such name would spoil the lists XML peers get.
const NOT_IN_XML = /[\ufffe\uffff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** UTF-8 length of a string without allocating its bytes. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit <= 0xdbff) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

/** Nothing to find fault with but its length, which is its length in bytes: most identifiers are like this. */
const PLAIN = /^[ -~]+$/;

/** Why a string cannot be an identifier, or `undefined` when it can. */
export function idProblem(text: string, maxBytes = MAX_ID_BYTES): string | undefined {
  if (text.length <= maxBytes && PLAIN.test(text)) return undefined;
  if (text.length === 0) return 'is empty';
  if (text.length > maxBytes || utf8Length(text) > maxBytes) return `is longer than ${maxBytes} bytes`;
  if (CONTROL.test(text)) return 'holds a control character';
  if (LONE_SURROGATE.test(text)) return 'is not valid Unicode';
  if (NOT_IN_XML.test(text)) return 'holds a noncharacter';
  return undefined;
}

export const asPeerId = (text: string): PeerId => text as PeerId;
export const asSwarmId = (text: string): SwarmId => text as SwarmId;
export const asTransactionId = (text: string): TransactionId => text as TransactionId;
export const asChunkId = (text: string): ChunkId => text as ChunkId;
