/** XML requests changed by hand, for cases about what our writer never writes. */
import { askedBy } from '../../protocol/codec.ts';
import type { Request } from '../../protocol/message.ts';
import { decodePiece } from '../../protocol/text.ts';
import type { Sent, TrackerBench } from '../tracker-bench.ts';

/** What is looked for in the text, and what is put in its place. */
export type Change = readonly [from: string | RegExp, to: string];

/** The request as text, after the changes. @throws {Error} When one of them changes nothing. */
export function rewritten(bench: TrackerBench, request: Request, ...changes: readonly Change[]): string {
  let text = decodePiece(bench.codec.encodeRequest(request));
  for (const [from, to] of changes) {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error('the request has nothing to change there');
    text = changed;
  }
  return text;
}

/** Sends it so, and reads the answer as that of `request`. */
export function sendRewritten(
  bench: TrackerBench,
  request: Request,
  step: string,
  ...changes: readonly Change[]
): Promise<Sent> {
  const text = rewritten(bench, request, ...changes);
  return bench.send(text, { step, answers: request.method, asked: askedBy(request) });
}

/** An element that holds text, with its tags; `''` takes it out, as the second part of a `Change`. */
export const elementOf = (name: string): RegExp => new RegExp(`<${name}(?: [^>]*)?>[^<]*</${name}>`);

/** The body that came back, as text; what is no UTF-8 in it shows as such. */
export const bodyOf = ({ answer }: Sent): string =>
  answer === undefined ? '' : Array.from(answer.body, (byte) => String.fromCharCode(byte)).join('');
