/** Base64 of RFC 4648 §4, as chunk maps are written (extended-04 §4.4.1, table 3; gu -06 §4.9). */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const OUTSIDE = 0xff;
/** By character code. */
const SEXTETS = new Uint8Array(128).fill(OUTSIDE);
for (let value = 0; value < ALPHABET.length; value++) SEXTETS[ALPHABET.charCodeAt(value)] = value;

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const sextet = (shift: number): string => ALPHABET.charAt((group >> shift) & 63);
    text +=
      sextet(18) + sextet(12) + (b === undefined ? '=' : sextet(6)) + (c === undefined ? '=' : sextet(0));
  }
  return text;
}

export interface FromBase64 {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Padded with "=" to groups of four, and no bit set after the last byte (RFC 4648 §3.2, §3.5). */
  readonly exact: boolean;
}

/** `undefined` when it holds anything else than the alphabet with padding at its end, or half a byte. */
export function decodeBase64(text: string): FromBase64 | undefined {
  let length = text.length;
  while (length > 0 && text.length - length < 2 && text[length - 1] === '=') length--;
  if (length % 4 === 1 || (length === 0 && text !== '')) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let held = 0;
  let to = 0;
  for (let at = 0; at < length; at++) {
    const sextet = SEXTETS[text.charCodeAt(at)] ?? OUTSIDE;
    if (sextet === OUTSIDE) return undefined;
    bits = (bits << 6) | sextet;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[to++] = bits >> held;
      bits &= (1 << held) - 1;
    }
  }
  return { bytes, exact: text.length % 4 === 0 && bits === 0 };
}
