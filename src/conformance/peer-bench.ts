/** What a case about peers works with: the suite is the tracker, and what it answers is the case's to choose. */
import type { Codec, Decoded } from '../protocol/codec.ts';
import type { EditionId, Request, Response } from '../protocol/message.ts';
import type { Case, Headers } from './case.ts';

export type PeerCase = Case<PeerBench>;

/** What a peer sent, waiting for its answer. */
export interface Received {
  /** Milliseconds from the beginning of the case to the last byte of the request. */
  readonly at: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly tolerant: Decoded<Request>;
  readonly strict: Decoded<Request>;
  /** Answers, once: with a message in its edition's form, or with anything at all. The exchange is recorded. */
  answer(response: Response | PlainAnswer): void;
  /** Closes the connection with no answer. */
  drop(): void;
}

/** An HTTP answer as it goes out. */
export interface PlainAnswer {
  readonly status: number;
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | string;
  /** Milliseconds to hold it back. */
  readonly after?: number;
}

export interface PeerBench {
  readonly edition: EditionId;
  readonly codec: Codec;
  /** The peer's next request, `undefined` when none comes within so many milliseconds. */
  next(timeout: number): Promise<Received | undefined>;
  wait(milliseconds: number): Promise<void>;
}
