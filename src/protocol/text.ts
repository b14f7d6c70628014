/** Bytes to text: UTF-8 only, checked. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

export type Text =
  | { readonly ok: true; readonly text: string; readonly byteOrderMark: boolean }
  | { readonly ok: false; readonly problem: string };

/**
 * A byte order mark is taken off. UTF-16 is named for what it is: as UTF-8 it would be full of NULs or
 * invalid, and neither says what went wrong.
 */
export function decodeText(body: Uint8Array): Text {
  if (body.length === 0) return { ok: false, problem: 'is empty' };
  const [first, second] = body;
  const mark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (mark || (body.length > 1 && (first === 0 || second === 0)))
    return { ok: false, problem: 'is UTF-16 or UTF-32, not UTF-8' };
  try {
    const text = UTF8.decode(body);
    const byteOrderMark = text.startsWith('\ufeff');
    return { ok: true, text: byteOrderMark ? text.slice(1) : text, byteOrderMark };
  } catch {
    return { ok: false, problem: 'is not valid UTF-8' };
  }
}

/** A piece of a text that `decodeText` took. */
export const decodePiece = (piece: Uint8Array): string => UTF8.decode(piece);

export const encodeText = (text: string): Uint8Array<ArrayBuffer> => ENCODER.encode(text);

/** V8 copies pieces shorter than 13 units, and makes views of longer ones. */
const COPIED = 12;

/**
 * The same text in memory of its own. A piece cut out of a text is a mere view of it in V8, so that whoever
 * keeps an identifier of sixteen bytes would keep the message of a megabyte that it came in. Put together of
 * pieces too short to be views, for going by way of bytes takes ten times as long; the long ones go that way.
 */
export function detached(text: string): string {
  if (text.length <= COPIED) return text;
  if (text.length > 8 * COPIED) return UTF8.decode(ENCODER.encode(text));
  let copy = '';
  for (let at = 0; at < text.length; at += COPIED) copy += text.slice(at, at + COPIED);
  return copy;
}
