/** An exchange of a case as a record, so that it can be inspected like any other. */
import { bodyOf } from '../../recording/record.ts';
import type { RecordedExchange, RecordedMessage, RecordedResult } from '../../recording/record.ts';
import { headerOf } from '../../conformance/tracker-bench.ts';
import type { Exchange, Headers } from '../../conformance/case.ts';
import type { EditionId } from '../../protocol/message.ts';
import type { Meaning } from '../../recording/meaning.ts';

const messageOf = ({
  headers,
  body,
}: {
  readonly headers: Headers;
  readonly body: Uint8Array;
}): RecordedMessage => {
  const contentType = headerOf(headers, 'content-type');
  return { ...(contentType !== undefined && { contentType }), body: bodyOf(body), bytes: body.length };
};

export const requestOf = ({ request }: Exchange): RecordedMessage => messageOf(request);

export const resultOf = ({ answer, failure }: Exchange): RecordedResult =>
  answer === undefined
    ? { kind: 'failed', failure: 'no-answer', detail: failure ?? '' }
    : { kind: 'answered', status: answer.status, reason: answer.reason, ...messageOf(answer) };

/** `id`: its place in the case. A message in no edition is judged by that of its case. */
export function recordOfCase(
  exchange: Exchange,
  meaning: Meaning,
  id: number,
  edition: EditionId,
): RecordedExchange {
  const { step, at, took, request } = exchange;
  return {
    id,
    time: at,
    clock: 'run',
    took,
    from: 'simulated',
    edition,
    ...meaning,
    url: request.target,
    attempt: 1,
    // A step that is called by its method alone says nothing more.
    ...(step !== meaning.method && { purpose: step }),
    request: requestOf(exchange),
    result: resultOf(exchange),
  };
}
