/** Forms and texts, each made of the other by the edition's own codec. */
import { codecOf, detectEdition } from '../../protocol/editions/index.ts';
import { pretty } from '../../protocol/pretty.ts';
import type { Request } from '../../protocol/message.ts';
import { encodeText } from '../../protocol/text.ts';
import { formOf, requestOf } from './form.ts';
import type { FormProblem, MessageForm } from './form.ts';

export type Written =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly FormProblem[] };

const DECODER = new TextDecoder();

/** What the codec writes, with line breaks and indents between its tokens. */
export function textOf(request: Request): string {
  const codec = codecOf(request.edition);
  const text = DECODER.decode(codec.encodeRequest(request));
  const laidOut = pretty(codec.mediaType.includes('json') ? 'json' : 'xml', text)
    .map((line) => line.map((piece) => piece.text).join(''))
    .join('\n');
  // Laying out ends at a bound, and takes white space at the ends of a value for its own: only the same message passes.
  const again = codec.decodeRequest(encodeText(laidOut));
  const isSame = again.ok && DECODER.decode(codec.encodeRequest(again.message)) === text;
  return isSame ? laidOut : text;
}

export function write(form: MessageForm): Written {
  const read = requestOf(form);
  return read.ok ? { ok: true, text: textOf(read.request) } : read;
}

export type ReadForm =
  | { readonly ok: true; readonly form: MessageForm }
  /** Why there is none, in words. */
  | { readonly ok: false; readonly why: string };

export function read(body: Uint8Array): ReadForm {
  const edition = detectEdition(body);
  if (edition === undefined) return { ok: false, why: 'It is in none of the editions.' };
  const decoded = codecOf(edition).decodeRequest(body);
  if (decoded.ok) return { ok: true, form: formOf(decoded.message) };
  const { path, problem } = decoded.error;
  return { ok: false, why: `${path === '' ? 'The body' : path} ${problem}.` };
}
