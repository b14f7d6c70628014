/** The Transport port: one request out, one answer or one failure back. It never throws and never hangs. */
import type { RelayCause } from './relay.ts';

export interface WireRequest {
  readonly url: string;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Value of the header Authorization; goes to the tracker and nowhere else. */
  readonly authorization?: string;
  /** Milliseconds from sending to the last byte of the answer. */
  readonly timeout: number;
}

/**
 * `unreachable`: no connection. `blocked`: a server is there, but the browser may not read its answers
 * (no CORS headers). `too-large`: the answer passed the limit. `invalid-url`: nothing was sent.
 */
export type TransportFailure = 'unreachable' | 'blocked' | 'timeout' | 'too-large' | 'invalid-url';

/**
 * Why it failed, as far as could be found out. `no-cors`: no answer may be read; `preflight`: plain answers may be,
 * those to PPSP-TP requests not; `no-relay`: the relay that was to be used is not there; the others are the relay's.
 */
export type FailureCause = 'no-cors' | 'preflight' | 'no-relay' | RelayCause;

export type WireAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Empty where the HTTP version has none. */
      readonly reason: string;
      readonly contentType: string | undefined;
      /** Seconds for which no further request is wanted (RFC 9110 §10.2.3), where the answer said so in seconds. */
      readonly retryAfter?: number;
      readonly body: Uint8Array;
      /** The header WWW-Authenticate, where it was sent and may be read. */
      readonly authenticate?: string;
      /** What a relay in between says of the answer (`RELAY_MARK`). */
      readonly relay?: string;
    }
  | {
      readonly kind: 'failed';
      readonly failure: TransportFailure;
      readonly cause?: FailureCause;
      readonly detail: string;
    };

export interface Transport {
  send(request: WireRequest): Promise<WireAnswer>;
}

/** Seconds out of a `Retry-After`; a date is left alone, for a transport has no calendar. */
export const retryAfterOf = (header: string | null | undefined): { readonly retryAfter?: number } =>
  /^\s*\d{1,9}\s*$/.test(header ?? '') ? { retryAfter: Number(header) } : {};

/** Longest answer read, in bytes: thirty peers in many swarms fit many times over. */
export const MAX_ANSWER = 1024 * 1024;
