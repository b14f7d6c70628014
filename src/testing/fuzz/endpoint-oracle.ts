/** What must hold of the tracker's answer, whatever was posted. */
import { codecOf, detectEdition, mediaTypeKind } from '../../protocol/editions/index.ts';
import type { HttpResponse } from '../../protocol/http.ts';
import type { Request } from '../../protocol/message.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { createTracker } from '../../tracker/tracker.ts';
import { demand } from './complaint.ts';
import type { Dice } from './dice.ts';
import { MARKER } from './hostile.ts';
import { isLasting } from './losses.ts';

/** Of the digest's table "Errors"; what only a host can find out (404, 408, 411) is not among them, 404 of gu-04 is. */
const STATUSES: ReadonlySet<number> = new Set([200, 400, 401, 403, 404, 405, 413, 414, 415, 503]);
const PRINTABLE = /^[\x20-\x7e]{1,200}$/;
const TYPES = [
  ...['application/ppsp-tracker+json', 'application/json', 'text/json; charset=utf-8'],
  ...['application/xml', 'text/xml; charset=UTF-8', 'application/ppsp-tracker+xml'],
  ...[
    undefined,
    '',
    `text/${MARKER}`,
    `application/xml; a="${MARKER}"`,
    'application/xml\r\nx: y',
    'TEXT/XML',
  ],
];
const DECODER = new TextDecoder();

/** The message as it was, then spoiled, then the same again, all to a tracker that has met nobody else. @throws {Complaint} */
export function judgeAnswer(whole: Uint8Array, body: Uint8Array, mediaType: string, dice: Dice): void {
  const faults: unknown[] = [];
  const endpoint = createTrackerEndpoint(createTracker({}, 0), { onFault: (fault) => faults.push(fault) });
  const contentType = dice.chance(0.9) ? mediaType : dice.pick(TYPES);
  const post = (bytes: Uint8Array): HttpResponse =>
    endpoint.answer(
      {
        method: dice.chance(0.99) ? 'POST' : MARKER,
        target: dice.chance(0.99) ? '/' : `/${MARKER.repeat(3000)}`,
        contentType,
        body: bytes,
        remote: { address: '198.51.100.7', port: 40_000 },
      },
      { now: 0, random: dice.random },
    ).response;
  post(whole);
  const answer = post(body);
  judgeHttp(answer);
  judgeBody(answer, body);
  const [fault] = faults;
  demand(
    faults.length === 0,
    `the tracker met a fault of its own: ${fault instanceof Error ? fault.stack : ''}`,
  );
}

function judgeHttp({ status, reason, headers, body }: HttpResponse): void {
  demand(STATUSES.has(status), `status ${status}`);
  demand(PRINTABLE.test(reason), 'a Reason-Phrase that is not printable ASCII');
  demand(!reason.includes(MARKER), 'a Reason-Phrase that repeats input');
  for (const [name, value] of Object.entries(headers)) {
    demand(/^[a-z-]+$/.test(name) && PRINTABLE.test(value), 'a header that is not printable ASCII');
    demand(!value.includes(MARKER), 'a header that repeats input');
  }
  demand(
    (headers['content-type'] === undefined) === (body.length === 0),
    'a body without its type, or a type without a body',
  );
  if (body.length > 0)
    demand(mediaTypeKind(headers['content-type']) !== 'other', 'a type that is none of the protocol');
}

/** Readable in the edition it was asked in, with the request's transaction ID or none, and with nothing unescaped. */
function judgeBody({ status, body }: HttpResponse, asked: Uint8Array): void {
  if (body.length === 0) return;
  const text = DECODER.decode(body);
  const xml = text.startsWith('<');
  demand(!xml || !text.includes('<script'), 'a body that repeats markup');
  const edition = xml ? detectEdition(asked) : 'rfc7846';
  demand(edition !== undefined, 'a body in answer to XML of no edition');
  const codec = codecOf(edition);
  const question = codec.decodeRequest(asked);
  const method = question.ok ? question.message.method : 'CONNECT';
  const response = codec.decodeResponse(body, method, question.ok ? { peerId: question.message.peerId } : {});
  demand(response.ok, `an answer that its edition cannot read: ${response.ok ? '' : response.error.problem}`);
  const odd = response.findings.find((finding) => !isLasting(finding));
  demand(odd === undefined, `an answer that departs from the grammar: ${odd?.path} ${odd?.expected}`);
  const { message } = response;
  demand((status === 200) === (message.outcome === 'success'), 'a status that is not that of the body');
  const own = transactionOf(question);
  demand(
    message.transactionId === own || (status !== 200 && message.transactionId === ''),
    'an answer to another transaction',
  );
}

const transactionOf = (
  question: ReturnType<ReturnType<typeof codecOf>['decodeRequest']>,
): Request['transactionId'] | string | undefined =>
  question.ok ? question.message.transactionId : question.error.transactionId;
