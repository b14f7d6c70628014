/** The suite's door without a network: what a peer sends arrives as it is, and what it is answered is as `fetch` gives it. */
import { encodeText } from '../protocol/text.ts';
import { MAX_ANSWER, retryAfterOf } from '../transport/transport.ts';
import type { Transport, WireAnswer } from '../transport/transport.ts';
import type { Clock } from './case.ts';
import type { PlainAnswer } from './peer-bench.ts';
import type { Arrival } from './peer-source.ts';

const REMOTE = { address: '127.0.0.1', port: 50_000 };
const CLOSED: WireAnswer = { kind: 'failed', failure: 'unreachable', detail: 'the connection was closed' };

function wireAnswer({ status, reason = '', headers = {}, body = '', missing = 0 }: PlainAnswer): WireAnswer {
  const bytes = typeof body === 'string' ? encodeText(body) : body;
  if (missing > 0) return CLOSED;
  if (bytes.length > MAX_ANSWER) return { kind: 'failed', failure: 'too-large', detail: 'too long' };
  return {
    kind: 'answered',
    status,
    reason,
    contentType: headers['content-type'],
    ...retryAfterOf(headers['retry-after']),
    body: bytes,
  };
}

export const transportTo = (arrive: (arrival: Arrival) => void, clock: Clock): Transport => ({
  send: ({ url, contentType, body, timeout }) =>
    new Promise((resolve) => {
      const callOff = clock.after(timeout, () =>
        resolve({ kind: 'failed', failure: 'timeout', detail: 'no answer' }),
      );
      const settle = (answer: WireAnswer): void => {
        callOff();
        resolve(answer);
      };
      arrive({
        method: 'POST',
        target: url.replace(/^https?:\/\/[^/]*/, ''),
        headers: [['Content-Type', contentType]],
        body,
        remote: REMOTE,
        answer: (answer) => settle(wireAnswer(answer)),
        drop: () => settle(CLOSED),
      });
    }),
});
