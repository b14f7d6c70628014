/** An exchange that somebody witnessed, as a record, so that it can be kept and inspected like any other. */
import type { EditionId } from '../protocol/message.ts';
import { encodeText } from '../protocol/text.ts';
import { headerIn } from './headers.ts';
import type { Meaning } from './meaning.ts';
import { joined } from './joined.ts';
import { encodeLine } from './line.ts';
import { meaningOf } from './meaning.ts';
import { NDJSON_HEADER } from './ndjson.ts';
import { bodyOf } from './record.ts';
import type { Header, RecordedExchange, RecordedMessage, RecordedResult, Sender } from './record.ts';

interface WitnessedMessage {
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface WitnessedExchange {
  /** What it is for, in a few words. */
  readonly step: string;
  /** Milliseconds since the run began, and from there to the end of the answer. */
  readonly at: number;
  readonly took: number;
  readonly request: WitnessedMessage & { readonly target: string };
  readonly answer?: WitnessedMessage & { readonly status: number; readonly reason: string };
  /** Why there is no answer. */
  readonly failure?: string;
}

const messageOf = ({ headers, body }: WitnessedMessage): RecordedMessage => {
  const contentType = headerIn(headers, 'content-type');
  return { ...(contentType !== undefined && { contentType }), body: bodyOf(body), bytes: body.length };
};

export const requestOf = ({ request }: WitnessedExchange): RecordedMessage => messageOf(request);

export const resultOf = ({ answer, failure }: WitnessedExchange): RecordedResult =>
  answer === undefined
    ? { kind: 'failed', failure: 'no-answer', detail: failure ?? '' }
    : { kind: 'answered', status: answer.status, reason: answer.reason, ...messageOf(answer) };

/** `id`: its place in the run. A message in no edition is judged by the run's. */
export function recordOf(
  exchange: WitnessedExchange,
  meaning: Meaning,
  id: number,
  edition: EditionId,
  from: Sender = 'simulated',
): RecordedExchange {
  const { step, at, took, request } = exchange;
  return {
    id,
    time: at,
    clock: 'run',
    took,
    from,
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

/** A whole run as a file of ours; each exchange's number is its place in the run, from 1. */
export function recordingOf(
  exchanges: readonly WitnessedExchange[],
  edition: EditionId,
  from: Sender,
): Uint8Array<ArrayBuffer> {
  const lines = exchanges.map((exchange, place) => {
    const meaning = meaningOf(requestOf(exchange), resultOf(exchange));
    return encodeLine(recordOf(exchange, meaning, place + 1, edition, from));
  });
  const all = [encodeText(`${NDJSON_HEADER}\n`), ...lines];
  return new Uint8Array(
    joined(
      all,
      all.reduce((sum, { length }) => sum + length, 0),
    ),
  );
}
