/** What a case about peers works with: the suite is the tracker, and what it answers is the case's to choose. */
import type { Codec, Decoded } from '../protocol/codec.ts';
import type { EditionId, PeerMode, Request, Response } from '../protocol/message.ts';
import type { Case, Headers } from './case.ts';
import type { Life } from './peer-life.ts';

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
  /** What a tolerant tracker makes of it; departures are in its `findings`. */
  readonly tolerant: Decoded<Request>;
  /** What a strict one makes of it: every finding refuses. */
  readonly strict: Decoded<Request>;
  /** Answers, once: with a message in its edition's form, or with anything at all. The exchange is recorded. */
  answer(response: Response | PlainAnswer, options?: AnswerOptions): void;
  /** Closes the connection with no answer. */
  drop(): void;
}

export interface AnswerOptions {
  /** Milliseconds to hold it back; nothing when left out. */
  readonly after?: number;
}

/** An HTTP answer as it goes out. */
export interface PlainAnswer {
  readonly status: number;
  /** The status's usual words when left out. */
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  /** Bytes of the body that its Content-Length promises and that never come: the connection is closed instead. */
  readonly missing?: number;
}

/** What only a peer's owner can make it do. */
export type Urge =
  /** It has all the content: a LEECH becomes SEED. */
  | 'complete'
  /** It wants other neighbours than it has. */
  | 'ask anew'
  /** It wants no more of the swarm. */
  | 'leave';

export interface PeerBench {
  readonly edition: EditionId;
  readonly codec: Codec;
  /** Milliseconds a peer may take until its next request, whatever it waits for: more than its report interval. */
  readonly patience: number;
  /** Brings a peer that the tracker does not know. Once for each case. */
  begin(mode?: PeerMode): Promise<void>;
  /** The peer's next request, `undefined` when none comes within so many milliseconds ({@link patience} when left out). */
  next(timeout?: number): Promise<Received | undefined>;
  /** `false` when it was asked of somebody who may not have done it. */
  urge(urge: Urge): Promise<boolean>;
  /** What a peer did before a tracker that found no fault with it; the same for all cases that ask. */
  life(mode: PeerMode): Promise<Life>;
  /** Milliseconds from the beginning of the case. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
}
