/** What every edition's codec offers: Message to bytes, bytes to Message. No clock, no dice, no I/O. */
import type { PeerId, SwarmId } from './ids.ts';
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
  /** Strict reading only: the section that asks for it. */
  readonly section?: string;
  /** Strict reading only: every departure of the message, the first of which is told above. At least one. */
  readonly findings?: readonly Finding[];
}

export type Decoded<M> =
  | { readonly ok: true; readonly message: M; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly error: DecodeError };

/**
 * What else is known of the request that a response answers. Texts whose lists do not name their swarm
 * (the examples of extended-04 §5, gu-04's JOIN) cannot be read without it.
 */
export interface Asked {
  readonly peerId?: PeerId;
  /** The only swarm the request asked peers of; absent when it asked of none or of several. */
  readonly swarmId?: SwarmId;
}

/** What a request's response needs to be read. */
export function askedBy(request: Request): Asked {
  const { peerId } = request;
  switch (request.method) {
    case 'CONNECT': {
      const [first, ...others] = request.actions.filter(({ action }) => action === 'JOIN');
      return first && others.length === 0 ? { peerId, swarmId: first.swarmId } : { peerId };
    }
    case 'JOIN':
    case 'JOIN_CHUNK':
    case 'FIND':
    case 'FIND_CHUNK':
      return { peerId, swarmId: request.swarmId };
    default:
      return { peerId };
  }
}

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
  /** `answers`: the method of the request this responds to; `asked`: the rest of it, where it is known. */
  decodeResponse(body: Uint8Array, answers: Method, asked?: Asked): Decoded<Response>;
}
