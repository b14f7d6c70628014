/** One exchange as `/events` streams it: a line of JSON, bounded whatever the peers send. */
import { withoutSecrets } from '../protocol/secrets.ts';
import { bytesOf } from '../recording/record.ts';
import type { RecordedExchange } from '../recording/record.ts';
import type { TrackerExchange } from '../tracker/exchange.ts';
import { endpointText } from './plain-request.ts';

/** Longest message text in a line; `requestBytes` and `responseBytes` tell the true size. */
const MAX_TEXT = 16 * 1024;
const MAX_TARGET = 1024;
const MAX_SWARMS = 64;

/** What a reader of `/events` gets. */
export interface ExchangeLine {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly remote: string;
  readonly target: string;
  readonly edition: string | null;
  readonly method: string | null;
  readonly peerId: string | null;
  readonly transactionId: string | null;
  readonly status: number;
  readonly reason: string;
  readonly error: string | null;
  readonly repeated: boolean;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly request: string;
  readonly response: string;
  /** Swarms that the request joined, left or got a list of. */
  readonly swarms: readonly string[];
}

// Not fatal: hostile bytes show as U+FFFD.
const decoder = new TextDecoder();

/**
 * What a peer authenticates with is nobody else's. A cut may fall within a character; decoding makes that U+FFFD too.
 */
const textOf = (body: Uint8Array): string => decoder.decode(withoutSecrets(body.subarray(0, MAX_TEXT)).body);

/** Nor is a token anybody else's that a client put into its URI (RFC 6750 §2.3), which no tracker of ours reads there. */
const shownTarget = (target: string): string =>
  target.replace(/([?&]access_token=)[^&]*/gi, '$1***').slice(0, MAX_TARGET);

export function exchangeLine(exchange: TrackerExchange, time: number): ExchangeLine {
  const { request, response } = exchange;
  const swarms = new Set<string>();
  for (const event of exchange.events) {
    // Peers that were cleaned out on the way are in the events too, and swarms whose ExpireTime came.
    if (!('swarmId' in event) || event.peerId !== exchange.peerId) continue;
    if (event.kind === 'left' && event.reason === 'expired') continue;
    if (swarms.size < MAX_SWARMS) swarms.add(event.swarmId);
  }
  return {
    time,
    remote: endpointText(request.remote),
    target: shownTarget(request.target),
    edition: exchange.edition ?? null,
    method: exchange.method ?? null,
    peerId: exchange.peerId ?? null,
    transactionId: exchange.transactionId ?? null,
    status: response.status,
    reason: response.reason,
    error: exchange.error ?? null,
    repeated: exchange.repeated,
    requestBytes: request.body.length,
    responseBytes: response.body.length,
    request: textOf(request.body),
    response: textOf(response.body),
    swarms: [...swarms],
  };
}

/** What the peer was told when the exchange has no answer of the tracker's. */
export interface Told {
  readonly status: number;
  readonly reason: string;
}

/** The same of an exchange between others. */
export function recordedLine(exchange: RecordedExchange, target: string, told: Told): ExchangeLine {
  const { request, result } = exchange;
  const answered = result.kind === 'answered' ? result : undefined;
  const { status, reason } = answered ?? told;
  return {
    time: exchange.time,
    remote: exchange.remote ?? '',
    target: shownTarget(target),
    edition: exchange.edition ?? null,
    method: exchange.method ?? null,
    peerId: exchange.peerId ?? null,
    transactionId: exchange.transactionId ?? null,
    status,
    reason,
    error: exchange.error ?? null,
    repeated: false,
    requestBytes: request.bytes,
    responseBytes: answered?.bytes ?? 0,
    request: textOf(bytesOf(request.body ?? '')),
    response: textOf(bytesOf(answered?.body ?? '')),
    swarms: exchange.swarms.slice(0, MAX_SWARMS),
  };
}
