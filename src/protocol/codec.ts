/** What every edition's codec offers: Message to bytes, bytes to Message. No clock, no dice, no I/O. */
import type { EditionId, Method, Request, Response } from './message.ts';

/** A departure from the grammar that tolerant reading let pass. */
export interface Finding {
  /** Where, as a path: `PPSPTrackerProtocol.connect.peer_addr[0].type`. */
  readonly path: string;
  /** What the text asks for. */
  readonly expected: string;
  /** Section cited: `RFC 7846 §3.2.4`. */
  readonly section: string;
}

/** Why bytes are no message: what is wrong, and where. Holds no input text, so it can be shown anywhere. */
export interface DecodeError {
  readonly error: 'bad-request' | 'unsupported-version';
  readonly path: string;
  readonly problem: string;
  /** Read before the problem was met, so that the answer can echo it (digest, "Errors"). */
  readonly transactionId?: string;
}

export type Decoded<M> =
  | { readonly ok: true; readonly message: M; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly error: DecodeError };

export interface Codec {
  readonly edition: EditionId;
  /** Written in `Content-Type`. */
  readonly mediaType: string;
  /** Value of `version` in requests of our own. */
  readonly version: string;
  encodeRequest(request: Request): Uint8Array<ArrayBuffer>;
  /** Empty for the failures whose body the edition leaves empty. */
  encodeResponse(response: Response): Uint8Array<ArrayBuffer>;
  decodeRequest(body: Uint8Array): Decoded<Request>;
  /** `answers`: the method of the request this responds to. */
  decodeResponse(body: Uint8Array, answers: Method): Decoded<Response>;
}
