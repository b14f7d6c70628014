/** What a peer does with answers that say no. */
import { ERRORS } from '../../../protocol/errors.ts';
import type { ErrorName } from '../../../protocol/errors.ts';
import type { FailureResponse } from '../../../protocol/message.ts';
import { Desk, read } from '../../desk.ts';
import type { PeerBody } from '../../peer-body.ts';
import type { PlainAnswer, Received } from '../../peer-bench.ts';
import { expect, suppose } from '../../verify.ts';

const saying = (received: Received, error: ErrorName): FailureResponse => {
  const { edition, version, method, transactionId } = read(received);
  return { edition, version, method, outcome: 'failure', transactionId, error };
};

/** Milliseconds of looking, and requests that a calm peer has no need of in them. */
const LOOK = 10_000;
const CALM = 10;

const calmAfter = (error: ErrorName, why: string): PeerBody => [
  `calm-after-${ERRORS[error].status}`,
  `A peer whose CONNECT is refused with ${ERRORS[error].status} (${why}) does not hammer the tracker.`,
  'Give up, or pause longer after each refusal: what was refused once will be refused again.',
  async (bench) => {
    const desk = new Desk(bench);
    await bench.begin();
    const first = await desk.next();
    first.answer(saying(first, error));
    const until = bench.now() + LOOK;
    let count = 1;
    for (let left = LOOK; left > 0 && count <= CALM; left = until - bench.now()) {
      const again = await bench.next(left);
      if (again === undefined) break;
      count++;
      again.answer(saying(again, error));
    }
    const seconds = LOOK / 1000;
    expect(count <= CALM, `${CALM} requests at most within ${seconds} s`, `${count} of them in less`);
  },
];

export const CALM_AFTER_400 = calmAfter('bad-request', 'bad request');
export const CALM_AFTER_401 = calmAfter('authentication-required', 'authentication required');
export const CALM_AFTER_403 = calmAfter('forbidden', 'forbidden');
export const CALM_AFTER_404 = calmAfter('not-found', 'no such object');

const comesBackAfter = (error: 'overloaded' | 'internal'): PeerBody => [
  `comes-back-after-${ERRORS[error].status}`,
  `A peer that is answered ${ERRORS[error].status} tries again later.`,
  'Take it as a passing state of the tracker: repeat the request after a pause.',
  async (bench) => {
    const desk = new Desk(bench);
    const asked = await desk.arriving();
    asked.answer(saying(asked, error));
    const again = await bench.next();
    expect(again !== undefined, 'another try', 'the peer came no more');
  },
];
export const COMES_BACK_AFTER_500 = comesBackAfter('internal');
export const COMES_BACK_AFTER_503 = comesBackAfter('overloaded');

/** Seconds: longer than any first pause. */
const RETRY_AFTER = 15;

export const RETRY_AFTER_HONOURED: PeerBody = [
  'retry-after',
  'A 503 with Retry-After is obeyed: no request before that time (RFC 9110 §10.2.3).',
  'Read Retry-After, and wait that long at least before the next try.',
  async (bench) => {
    const desk = new Desk(bench);
    const asked = await desk.arriving();
    const { edition } = bench;
    const body = bench.codec.encodeResponse({ ...saying(asked, 'overloaded'), edition });
    const headers = { 'retry-after': String(RETRY_AFTER), 'content-type': bench.codec.mediaType };
    const busy: PlainAnswer = { status: 503, headers, body };
    asked.answer(busy);
    const answered = bench.now();
    const again = await bench.next(bench.patience + RETRY_AFTER * 1000);
    suppose(again !== undefined, 'the peer came no more');
    const waited = (again.at - answered) / 1000;
    expect(
      waited >= RETRY_AFTER - 0.5,
      `${RETRY_AFTER} s of silence`,
      `a request after ${waited.toFixed(1)} s`,
    );
  },
];

const registersAnew = (
  name: string,
  how: string,
  answer: (received: Received) => FailureResponse | PlainAnswer,
): PeerBody => [
  name,
  `A peer whose STAT_REPORT is refused as forbidden (${how}) registers anew: the tracker does not know it any more.`,
  'Go back to START on 403: CONNECT, and JOIN again what the peer is in.',
  async (bench) => {
    const desk = new Desk(bench);
    await desk.joined();
    const report = await desk.report();
    report.answer(answer(report));
    const next = await bench.next();
    expect(next !== undefined, 'CONNECT', 'the peer came no more');
    const { method } = read(next);
    expect(method === 'CONNECT', 'CONNECT', method);
  },
];

export const REGISTERS_ANEW = registersAnew('registers-anew', 'HTTP 403', (report) =>
  saying(report, 'forbidden'),
);

export const REGISTERS_ANEW_AFTER_200 = registersAnew(
  'registers-anew-after-200',
  'error_code 3 under HTTP 200, as some trackers answer',
  (report) => ({
    status: 200,
    headers: { 'content-type': 'application/ppsp-tracker+json' },
    body: JSON.stringify({
      PPSPTrackerProtocol: {
        version: 1,
        response_type: 1,
        error_code: ERRORS.forbidden.code,
        transaction_id: read(report).transactionId,
      },
    }),
  }),
);
