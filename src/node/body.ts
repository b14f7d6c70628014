/** Reads a request's body within its bounds: bytes and time. */
import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  readonly maxBody: number;
  /** Milliseconds from the end of the headers to the end of the body. */
  readonly bodyTimeout: number;
}

export type BodyOutcome =
  | { readonly kind: 'body'; readonly body: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-slow' }
  /** The client went away: nobody is left to answer. */
  | { readonly kind: 'gone' };

export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<BodyOutcome> {
  return new Promise((settle) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (outcome: BodyOutcome): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      // Late errors of an aborted request have nobody left to tell.
      request.on('error', () => undefined);
      settle(outcome);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limits.maxBody) finish({ kind: 'too-large' });
      else chunks.push(chunk);
    };
    const onEnd = (): void => finish({ kind: 'body', body: Buffer.concat(chunks, size) });
    const onGone = (): void => finish({ kind: 'gone' });
    const timer = setTimeout(() => finish({ kind: 'too-slow' }), limits.bodyTimeout);
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

/** How much of a refused body is read and thrown away, so that the client comes to read the answer. */
const DRAIN_BYTES = 16 * 1024 * 1024;
const DRAIN_MS = 2_000;

/**
 * Swallows what is left of a refused body, within bounds. Closing a socket with unread bytes in it resets the
 * connection, and the client would see the reset instead of the answer (RFC 9112 §9.6).
 */
export function drain(request: IncomingMessage): Promise<void> {
  return new Promise((settle) => {
    let size = 0;
    const finish = (): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', finish).off('close', finish);
      settle();
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > DRAIN_BYTES) finish();
    };
    const timer = setTimeout(finish, DRAIN_MS);
    if (request.complete || request.destroyed) return finish();
    request.on('data', onData).on('end', finish).on('close', finish);
    request.resume();
  });
}
