/** The Transport port: one request out, one answer or one failure back. It never throws and never hangs. */

export interface WireRequest {
  readonly url: string;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Milliseconds from sending to the last byte of the answer. */
  readonly timeout: number;
}

/**
 * `unreachable`: no connection. `blocked`: a server is there, but the browser may not read its answers
 * (no CORS headers). `too-large`: the answer passed the limit. `invalid-url`: nothing was sent.
 */
export type TransportFailure = 'unreachable' | 'blocked' | 'timeout' | 'too-large' | 'invalid-url';

export type WireAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Empty where the HTTP version has none. */
      readonly reason: string;
      readonly contentType: string | undefined;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'failed'; readonly failure: TransportFailure; readonly detail: string };

export interface Transport {
  send(request: WireRequest): Promise<WireAnswer>;
}

/** Longest answer read, in bytes: thirty peers in many swarms fit many times over. */
export const MAX_ANSWER = 1024 * 1024;
