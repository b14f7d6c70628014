/** What a case about trackers works with: names of its own, a way to send, and a record of all it sent. */
import type { Asked, Codec, Decoded } from '../protocol/codec.ts';
import type { PeerId, SwarmId, TransactionId } from '../protocol/ids.ts';
import type { EditionId, Method, Request, Response } from '../protocol/message.ts';
import type { Case, Exchange, Headers } from './case.ts';

export type TrackerCase = Case<TrackerBench>;

export interface SendOptions {
  /** What the step is for, in the record; told from the request when left out. */
  readonly step?: string;
  /** `Content-Type`; the edition's own when left out. */
  readonly contentType?: string;
  /** Added to the URL's path: `/video_1`, `?a=b`. */
  readonly path?: string;
  /** Of bytes: which method's answer is read, and what else reading it takes. CONNECT and nothing when left out. */
  readonly answers?: Method;
  readonly asked?: Asked;
  /** For a message of another edition than the case's own. */
  readonly edition?: EditionId;
}

/** An HTTP request written out. `undefined` for a header leaves out one that is written otherwise. */
export interface RawRequest {
  readonly step: string;
  /** POST when left out. */
  readonly method?: string;
  /** Added to the URL's path. */
  readonly path?: string;
  /** Added to, or in place of, `Host`, `Content-Type`, `Content-Length` and `Connection: close`, by any case. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** None: no body and no Content-Length. */
  readonly body?: Uint8Array;
  /** In place of the body's bytes: chunks of a chunked body, pauses, too few of them. */
  readonly bodyParts?: readonly (Uint8Array | number)[];
  /** Milliseconds to wait after so many bytes of the head, which is all that is sent when `Infinity`. */
  readonly stopHead?: { readonly after: number; readonly milliseconds: number };
  /** Milliseconds; the bench's own when left out. */
  readonly timeout?: number;
  /** Which method's answer is read. */
  readonly answers?: Method;
}

/** An exchange with its answer understood. */
export interface Sent extends Exchange {
  /** What a tolerant peer makes of the answer; departures are in its `findings`. Absent when none came. */
  readonly tolerant?: Decoded<Response>;
  /** What a strict one makes of it: every finding refuses. */
  readonly strict?: Decoded<Response>;
  /** The answer's header of that name, in any case; several are joined by `, `. */
  readonly header: (name: string) => string | undefined;
}

export interface TrackerBench {
  readonly edition: EditionId;
  readonly codec: Codec;
  /** Of the tracker. */
  readonly url: string;
  /** Names that no other case and no other run uses, so that a tracker in service is not disturbed. */
  peerId(): PeerId;
  swarmId(): SwarmId;
  transactionId(): TransactionId;
  /**
   * Sends a message in its edition's form, or bytes or text as they are. Comes back with a `failure` when no
   * answer came.
   */
  send(request: Request | Uint8Array<ArrayBuffer> | string, options?: SendOptions): Promise<Sent>;
  /** Sends what a page may not. @throws {Stop} `skipped` where the host has no sockets. */
  raw(request: RawRequest): Promise<Sent>;
  /** Seconds until a silent peer is cleaned out. @throws {Stop} `skipped` when that is not known. */
  trackTimer(): number;
  /** Lets so many milliseconds go by. */
  wait(milliseconds: number): Promise<void>;
}

/** Value of a header by name in any case, several joined by `, ` (RFC 9110 §5.2). */
export function headerOf(headers: Headers, name: string): string | undefined {
  const values = headers.flatMap(([each, value]) =>
    each.toLowerCase() === name.toLowerCase() ? [value] : [],
  );
  return values.length === 0 ? undefined : values.join(', ');
}
