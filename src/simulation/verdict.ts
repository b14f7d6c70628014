/** What an answer of the tracker, or its absence, means to the peer that asked, and what is told of it. */
import { readAnswer } from '../protocol/answer.ts';
import { askedBy } from '../protocol/codec.ts';
import { codecOf } from '../protocol/editions/index.ts';
import type { Request, Response } from '../protocol/message.ts';
import { present } from '../protocol/reading.ts';
import { RULES } from '../protocol/rules.ts';
import type { PeerEvent, Pending } from '../peer/state.ts';
import type { WireAnswer } from '../transport/transport.ts';
import type { BareResult } from './exchange-log.ts';

/**
 * A response has its request's transaction ID (RFC 7846 §4.2, base-01 §4.1); a failure may have none. The examples of
 * extended-04 §5.1 answer `12345.0`, the root of a CONNECT, as `12345`.
 */
const answers = ({ transactionId }: Request, response: Response): boolean =>
  response.transactionId === transactionId ||
  (response.outcome === 'failure' && response.transactionId === '') ||
  (RULES[response.edition].actionTransactions && `${response.transactionId}.0` === transactionId);

export interface Verdict {
  readonly result: BareResult;
  readonly event: PeerEvent;
}

export function judge(pending: Pending, answer: WireAnswer): Verdict {
  if (answer.kind === 'failed') return { result: answer, event: { kind: 'no-answer' } };
  const { status, reason, contentType, retryAfter, body } = answer;
  const { edition, method } = pending.request;
  const http = { status, reason, contentType, body };
  const read = readAnswer(codecOf(edition), method, http, askedBy(pending.request));
  const seen = { kind: 'answered', status, reason, contentType: contentType ?? '' } as const;
  const unreadable = (detail: string): Verdict => ({
    result: { ...seen, verdict: 'unreadable', detail, listed: 0, findings: [] },
    event: { kind: 'no-answer' },
  });
  if (!read.ok) {
    const { path, problem } = read.error;
    return unreadable(path === '' ? problem : `${path}: ${problem}`);
  }
  const response = read.message;
  if (!answers(pending.request, response)) return unreadable('answers another transaction');
  const findings = read.findings.map(({ path, expected, section }) => `${path}: ${expected} (${section})`);
  const event: PeerEvent = {
    kind: 'answer',
    response,
    ...present('retryAfter', retryAfter === undefined ? undefined : retryAfter * 1000),
  };
  if (response.outcome === 'failure') {
    const detail = response.detail === undefined ? response.error : `${response.error}: ${response.detail}`;
    return { result: { ...seen, verdict: 'error', detail, listed: 0, findings }, event };
  }
  const listed = response.peerLists.reduce((sum, list) => sum + list.peers.length, 0);
  return { result: { ...seen, verdict: 'ok', detail: 'ok', listed, findings }, event };
}
