/** Sends a composed message as often as asked, one way or another, and tells of every exchange as it ends. */
import { meaningOf } from '../../recording/meaning.ts';
import { bodyOf, bytesOf } from '../../recording/record.ts';
import type { Body, RecordedExchange, RecordedMessage, RecordedResult } from '../../recording/record.ts';
import { stream } from '../../simulation/random.ts';
import type { FailureCause, Transport, WireAnswer } from '../../transport/transport.ts';
import { deform, withValue } from './deform.ts';
import type { DeformationName, Spoilt } from './deform.ts';

export interface SendPlan {
  readonly url: string;
  readonly contentType: string;
  readonly body: Body;
  /** 1 to `MAX_TIMES`. */
  readonly times: number;
  /** Milliseconds between two requests, or one whenever the one before was answered. */
  readonly pace: number | 'answers';
  /**
   * What each request after the first has of its own: nothing, so that it is the same transaction again; another
   * transaction ID; another peer ID too. Where the message has no such place, nothing.
   */
  readonly renew: 'nothing' | 'transaction' | 'peer';
  readonly deformations: readonly DeformationName[];
  /** Of what deformations leave to chance: the same seed, the same bytes. */
  readonly seed: number;
}

/** One request that was sent, and what came of it. */
export interface Sent {
  /** `absolute` in its clock: a composer knows of no run. */
  readonly exchange: RecordedExchange;
  /** Asked for, but the message had nothing of the kind to spoil. */
  readonly without: readonly DeformationName[];
  /** Of a failure, as far as it could be found out. */
  readonly cause?: FailureCause;
}

export interface SendHost {
  readonly transport: Transport;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or at once when the sending is called off. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** An ID that nobody else has. */
  readonly newId: () => string;
  /** For an exchange that nobody else's has. */
  readonly newNumber: () => number;
  readonly isCancelled: () => boolean;
  /** Before each request goes out. */
  readonly sending: (request: RecordedMessage) => void;
  readonly sent: (sent: Sent) => void;
}

export const MAX_TIMES = 10_000;
/** Requests under way at once when they go out by the clock: a tracker that does not answer is not buried. */
const MAX_UNDER_WAY = 32;
/** Milliseconds that an answer may take. */
const TIMEOUT = 15_000;

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The body of the request at that place in the row, 0 first. */
function renewed({ body, renew }: SendPlan, place: number, newId: () => string): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(bytesOf(body));
  if (place === 0 || renew === 'nothing') return bytes;
  let text: string;
  try {
    text = STRICT.decode(bytes);
  } catch {
    return bytes;
  }
  text = withValue(text, 'transaction', newId()) ?? text;
  if (renew === 'peer') text = withValue(text, 'peer', newId()) ?? text;
  return Uint8Array.from(bytesOf(text));
}

export async function send(plan: SendPlan, host: SendHost): Promise<void> {
  const times = Math.min(Math.max(1, Math.floor(plan.times)), MAX_TIMES);
  const random = stream(plan.seed, 'deform');
  const underWay = new Set<Promise<void>>();
  const begin = (place: number): Promise<void> => {
    const message = { body: renewed(plan, place, host.newId), contentType: plan.contentType };
    return one(deform(message, plan.deformations, random), plan.url, host);
  };
  for (let place = 0; place < times && !host.isCancelled(); place++) {
    const sending = begin(place);
    if (plan.pace === 'answers') {
      await sending;
      continue;
    }
    underWay.add(sending);
    void sending.then(() => underWay.delete(sending));
    if (underWay.size >= MAX_UNDER_WAY) await Promise.race(underWay);
    if (place < times - 1) await host.wait(plan.pace);
  }
  await Promise.all(underWay);
}

async function one(spoilt: Spoilt, url: string, host: SendHost): Promise<void> {
  const { body, contentType, without } = spoilt;
  const request: RecordedMessage = { contentType, body: bodyOf(body), bytes: body.length };
  host.sending(request);
  const time = host.now();
  const answer = await host.transport.send({ url, contentType, body, timeout: TIMEOUT });
  const took = Math.max(0, host.now() - time);
  const result = resultOf(answer);
  host.sent({
    exchange: {
      id: host.newNumber(),
      time,
      clock: 'absolute',
      took,
      from: 'composer',
      ...meaningOf(request, result),
      url,
      attempt: 1,
      request,
      result,
    },
    without,
    ...(answer.kind === 'failed' && answer.cause !== undefined && { cause: answer.cause }),
  });
}

function resultOf(answer: WireAnswer): RecordedResult {
  if (answer.kind === 'failed') return { kind: 'failed', failure: answer.failure, detail: answer.detail };
  const { status, reason, contentType, body } = answer;
  return {
    kind: 'answered',
    status,
    reason,
    ...(contentType !== undefined && { contentType }),
    body: bodyOf(body),
    bytes: body.length,
  };
}
