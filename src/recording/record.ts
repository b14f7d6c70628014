/** One exchange as it is recorded: what the wire view shows and what files hold, whoever had it. */
import { encodeText } from '../protocol/text.ts';
import type { ErrorName } from '../protocol/errors.ts';
import type { EditionId, Method } from '../protocol/message.ts';
import type { TransportFailure } from '../simulation/report.ts';

/**
 * What came of the request. `ok`: a successful answer; `error`: an answer that carries an error; `unreadable`: an
 * answer that is no PPSP-TP; `failed`: no answer; `unknown`: an answer whose body was not recorded, or is compressed.
 */
export const VERDICTS = ['ok', 'error', 'unreadable', 'failed', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `no-answer`: the recording holds none, whatever the peer saw. */
export const FAILURES = [
  'unreachable',
  'blocked',
  'timeout',
  'too-large',
  'invalid-url',
  'no-answer',
] as const satisfies readonly (TransportFailure | 'no-answer')[];
export type FailureKind = (typeof FAILURES)[number];

/** `simulated`: a peer of ours sent it; `composer`: a person did, by the page's composer; `foreign`: anybody else. */
export const SENDERS = ['simulated', 'foreign', 'composer'] as const;
export type Sender = (typeof SENDERS)[number];

/** `run`: milliseconds since the run began; `absolute`: since the epoch. */
export type Clock = 'run' | 'absolute';

export type Header = readonly [name: string, value: string];

/** Text where the bytes are UTF-8 without loss, else the bytes. */
export type Body = string | Uint8Array;

export interface RecordedMessage {
  readonly contentType?: string;
  /** As recorded, in their order; absent when the recording had none. */
  readonly headers?: readonly Header[];
  /** Absent when it was not recorded; may be cut at its end, which `bytes` tells. */
  readonly body?: Body;
  /** True length of the body on the wire. */
  readonly bytes: number;
}

export interface RecordedAnswer extends RecordedMessage {
  readonly kind: 'answered';
  readonly status: number;
  /** Empty over HTTP/2, which has none. */
  readonly reason: string;
}

export type RecordedResult =
  RecordedAnswer | { readonly kind: 'failed'; readonly failure: FailureKind; readonly detail: string };

export interface RecordedExchange {
  /** Unique within its recording. */
  readonly id: number;
  /** Milliseconds by `clock` when the request was sent. */
  readonly time: number;
  readonly clock: Clock;
  /** Milliseconds from sending to the end of the answer or of the waiting; absent when unknown. */
  readonly took?: number;
  readonly from: Sender;
  /** Address and port that the request came from, where it was seen: `192.0.2.1:6881`. */
  readonly remote?: string;
  readonly peerId?: string;
  /** Swarms that the request is about. */
  readonly swarms: readonly string[];
  /** Absent when the request is in no edition. */
  readonly edition?: EditionId;
  /** Absent when the request could not be read. */
  readonly method?: Method;
  readonly transactionId?: string;
  readonly url: string;
  /** 1 = first try. */
  readonly attempt: number;
  /** It takes the peer out of a swarm, or out of the tracker. */
  readonly leaves?: true;
  /** What a simulated peer sent it for: `JOIN as LEECH`. */
  readonly purpose?: string;
  readonly verdict: Verdict;
  /** With verdict `error`. */
  readonly error?: ErrorName;
  /** Departures from the edition's text; a message that cannot be read counts at least one. */
  readonly findings: { readonly request: number; readonly response: number };
  /** The file it was imported from, and its line, entry or packet there. */
  readonly origin?: { readonly file: string; readonly line: number };
  readonly request: RecordedMessage;
  readonly result: RecordedResult;
}

const LOSSLESS = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes in the form that records hold. */
export function bodyOf(bytes: Uint8Array): Body {
  try {
    return LOSSLESS.decode(bytes);
  } catch {
    return bytes;
  }
}

export const bytesOf = (body: Body): Uint8Array => (typeof body === 'string' ? encodeText(body) : body);
