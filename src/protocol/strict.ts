/**
 * The strict reader: what the tolerant one lets pass with a finding, this one refuses. One reading stands
 * behind both, so they cannot come to differ in anything else.
 */
import type { Codec, Decoded } from './codec.ts';

/** The same codec, whose reader refuses every finding. */
export function strictly(codec: Codec): Codec {
  return {
    edition: codec.edition,
    mediaType: codec.mediaType,
    version: codec.version,
    encodeRequest: (request) => codec.encodeRequest(request),
    encodeResponse: (response) => codec.encodeResponse(response),
    decodeRequest: (body) => refuseFindings(codec.decodeRequest(body)),
    decodeResponse: (body, answers, asked) => refuseFindings(codec.decodeResponse(body, answers, asked)),
  };
}

/** A message with findings as a `bad-request` at the first of them, with all of them in it. */
export function refuseFindings<M extends { readonly transactionId: string }>(
  decoded: Decoded<M>,
): Decoded<M> {
  if (!decoded.ok) return decoded;
  const { findings, message } = decoded;
  const [first] = findings;
  if (first === undefined) return decoded;
  return {
    ok: false,
    error: {
      error: 'bad-request',
      path: first.path,
      problem: `is not as the text asks: ${first.expected}`,
      section: first.section,
      findings,
      // A failure may carry none (digest, "Errors").
      ...(message.transactionId === '' ? {} : { transactionId: message.transactionId }),
    },
  };
}
