/**
 * Who asks, and how whoever is not known is refused (digest, "Security the texts ask for"): 401 for who is not known, 403 for
 * who may not. How a peer proves who it is concerns the host alone.
 */
import { codecOf } from '../protocol/editions/index.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { HttpRequest, HttpResponse } from '../protocol/http.ts';
import type { PeerId } from '../protocol/ids.ts';
import type { EditionId, Method } from '../protocol/message.ts';
import { formOf, httpResponse, unread } from './failures.ts';
import type { Retry } from './failures.ts';

export interface Identity {
  /** Tells it apart from all others. */
  readonly name: string;
  readonly mayActAs: (peerId: PeerId) => boolean;
}

/** What the host found out from a request's headers. */
export type Access =
  | { readonly kind: 'known'; readonly identity: Identity }
  | {
      readonly kind: 'unknown';
      /** There when the message itself may still say who asks: by its AuthToken (gu -06 §4.1). */
      readonly byToken?: (token: string) => Identity | undefined;
    };

/** What an unknown asker's message says; nothing of it is believed. */
export interface Stranger {
  readonly claims: {
    readonly edition?: EditionId;
    readonly method?: Method;
    readonly peerId?: PeerId;
    readonly transactionId?: string;
  };
  readonly authToken?: string | undefined;
}

/** Reads as much as the refusal needs: its edition and the transaction ID to echo (digest, "Errors"). */
export function readStranger({ contentType, body }: HttpRequest): Stranger {
  const { edition } = formOf(contentType, body);
  if (edition === undefined) return { claims: {} };
  const decoded = codecOf(edition).decodeRequest(body);
  if (decoded.ok) {
    const { method, peerId, transactionId, authToken } = decoded.message;
    return { claims: { edition, method, peerId, transactionId }, authToken };
  }
  const { transactionId } = decoded.error;
  return { claims: { edition, ...(transactionId !== undefined && { transactionId }) } };
}

/** The refusal; which proof is wanted (WWW-Authenticate) the host adds. */
export function strangerResponse(
  { claims: { edition, transactionId } }: Stranger,
  { contentType, body }: HttpRequest,
  retry: Retry,
): HttpResponse {
  const error = 'authentication-required';
  const { status, phrase } = ERRORS[error];
  const refusal =
    edition === undefined
      ? new Uint8Array()
      : codecOf(edition).encodeResponse(unread(edition, error, transactionId));
  return httpResponse(status, phrase, refusal, formOf(contentType, body).contentType, retry);
}
