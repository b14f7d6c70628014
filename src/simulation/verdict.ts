/** What an answer of the tracker, or its absence, means to the peer that asked, and what is told of it. */
import { readAnswer } from '../protocol/answer.ts';
import { askedBy } from '../protocol/codec.ts';
import { codecOf } from '../protocol/editions/index.ts';
import type { Request, Response } from '../protocol/message.ts';
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

type Answered = Extract<BareResult, { kind: 'answered' }>;

export interface Verdict {
  readonly result: BareResult;
  readonly event: PeerEvent;
}

export function judge(pending: Pending, answer: WireAnswer): Verdict {
  if (answer.kind === 'failed') return { result: answer, event: { kind: 'no-answer' } };
  const { edition, method } = pending.request;
  const read = readAnswer(codecOf(edition), method, answer, askedBy(pending.request));
  const unreadable = (detail: string): Verdict => ({
    result: resultOf(answer, 'unreadable', detail, 0, []),
    event: { kind: 'no-answer' },
  });
  if (!read.ok) {
    const { path, problem } = read.error;
    return unreadable(path === '' ? problem : `${path}: ${problem}`);
  }
  const response = read.message;
  if (!answers(pending.request, response)) return unreadable('answers another transaction');
  const findings = read.findings.map(({ path, expected, section }) => `${path}: ${expected} (${section})`);
  const { retryAfter } = answer;
  const event: PeerEvent =
    retryAfter === undefined
      ? { kind: 'answer', response }
      : { kind: 'answer', response, retryAfter: retryAfter * 1000 };
  if (response.outcome === 'failure') {
    const detail = response.detail === undefined ? response.error : `${response.error}: ${response.detail}`;
    return { result: resultOf(answer, 'error', detail, 0, findings), event };
  }
  const listed = response.peerLists.reduce((sum, list) => sum + list.peers.length, 0);
  return { result: resultOf(answer, 'ok', 'ok', listed, findings), event };
}

/** Member by member, as it is made for every answer: members added to a copy cost V8 far more. */
const resultOf = (
  { status, reason, contentType }: Extract<WireAnswer, { kind: 'answered' }>,
  verdict: Answered['verdict'],
  detail: string,
  listed: number,
  findings: readonly string[],
): Answered => ({
  kind: 'answered',
  status,
  reason,
  contentType: contentType ?? '',
  verdict,
  detail,
  listed,
  findings,
});
