/** The bench over a transport: sends, reads the answer with both readers, and records the exchange. */
import { readAnswer } from '../protocol/answer.ts';
import { askedBy } from '../protocol/codec.ts';
import { codecOf } from '../protocol/editions/index.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../protocol/ids.ts';
import type { EditionId, Method, Request } from '../protocol/message.ts';
import { refuseFindings } from '../protocol/strict.ts';
import { encodeText } from '../protocol/text.ts';
import type { Transport } from '../transport/transport.ts';
import { Stop } from './case.ts';
import type { Clock, Exchange } from './case.ts';
import { joined, parseHttpAnswer } from './http-answer.ts';
import type { RawHeard, RawHttp } from './raw-http.ts';
import { writeRaw } from './raw-request.ts';
import type { Recorder } from './run.ts';
import { headerOf } from './tracker-bench.ts';
import type { RawRequest, SendOptions, Sent, TrackerBench } from './tracker-bench.ts';
import { trackerUrl, withPath } from './tracker-url.ts';
import type { TrackerUrl } from './tracker-url.ts';

export interface TrackerTarget {
  /** `http:` or `https:`. */
  readonly url: string;
  readonly transport: Transport;
  /** Absent where the host has no sockets. */
  readonly rawHttp?: RawHttp | undefined;
  readonly clock: Clock;
  /** Names this run: letters and digits that no other run uses. */
  readonly run: string;
  /** Seconds, when known. */
  readonly trackTimer?: number | undefined;
  /** Milliseconds an answer may take. */
  readonly timeout: number;
}

/** @throws {RangeError} When `url` is neither `http:` nor `https:`. */
export function createTrackerBench(
  target: TrackerTarget,
  edition: EditionId,
  index: number,
  record: Recorder,
): TrackerBench {
  const url = trackerUrl(target.url);
  if (url === undefined) throw new RangeError('not an http or https URL');
  return new HttpTrackerBench(target, url, edition, index, record);
}

class HttpTrackerBench implements TrackerBench {
  readonly edition: EditionId;
  readonly url: string;
  readonly #target: TrackerTarget;
  readonly #parts: TrackerUrl;
  readonly #prefix: string;
  readonly #record: Recorder;
  readonly #start: number;
  #names = 0;

  constructor(target: TrackerTarget, parts: TrackerUrl, edition: EditionId, index: number, record: Recorder) {
    this.edition = edition;
    this.url = target.url;
    this.#target = target;
    this.#parts = parts;
    this.#prefix = `${target.run}-${index}`;
    this.#record = record;
    this.#start = target.clock.now();
  }

  get codec(): TrackerBench['codec'] {
    return codecOf(this.edition);
  }

  #name(kind: string): string {
    return `${this.#prefix}-${kind}${++this.#names}`;
  }
  peerId(): ReturnType<TrackerBench['peerId']> {
    return asPeerId(this.#name('peer'));
  }
  swarmId(): ReturnType<TrackerBench['swarmId']> {
    return asSwarmId(this.#name('swarm'));
  }
  transactionId(): ReturnType<TrackerBench['transactionId']> {
    return asTransactionId(this.#name('t'));
  }

  trackTimer(): number {
    const { trackTimer } = this.#target;
    if (trackTimer !== undefined) return trackTimer;
    throw new Stop({ verdict: 'skipped', why: 'the tracker’s track timer is not known' });
  }

  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#target.clock.after(milliseconds, resolve);
    });
  }

  async send(message: Request | Uint8Array<ArrayBuffer> | string, options: SendOptions = {}): Promise<Sent> {
    const { clock, transport, timeout } = this.#target;
    const codec = codecOf(options.edition ?? this.edition);
    const { body, method, asked, step } = written(message, codec);
    const contentType = options.contentType ?? codec.mediaType;
    const url = `${this.#parts.secure ? 'https' : 'http'}://${this.#parts.authority}${withPath(this.#parts, options.path)}`;
    const at = clock.now();
    const answer = await transport.send({ url, contentType, body, timeout });
    const exchange: Exchange = {
      step: options.step ?? step,
      at: at - this.#start,
      took: clock.now() - at,
      request: { method: 'POST', target: url, headers: [['Content-Type', contentType]], body },
      ...(answer.kind === 'failed'
        ? { failure: answer.detail }
        : {
            answer: {
              status: answer.status,
              reason: answer.reason,
              headers: answer.contentType === undefined ? [] : [['Content-Type', answer.contentType]],
              body: answer.body,
            },
          }),
    };
    this.#note(exchange);
    return understood(exchange, codec, options.answers ?? method, options.asked ?? asked);
  }

  /** A case that was let go ends at its next exchange. */
  #note(exchange: Exchange): void {
    if (!this.#record(exchange))
      throw new Stop({ verdict: 'inconclusive', why: 'the case was over already' });
  }

  async raw(request: RawRequest): Promise<Sent> {
    const { clock, rawHttp, timeout } = this.#target;
    if (rawHttp === undefined) throw new Stop({ verdict: 'skipped', why: 'needs a raw socket' });
    const { method, target, headers, parts } = writeRaw(request, this.#parts, this.codec.mediaType);
    const at = clock.now();
    const heard = await rawHttp.talk({
      parts,
      complete: (read, ended) => parseHttpAnswer(read, method, ended) !== undefined,
      timeout: request.timeout ?? timeout,
    });
    const parsed = parseHttpAnswer(heard.read, method, heard.how === 'ended');
    const exchange: Exchange = {
      step: request.step,
      at: at - this.#start,
      took: clock.now() - at,
      request: {
        method,
        target,
        headers,
        body: joined(
          request.bodyParts?.filter((part) => typeof part !== 'number') ?? [request.body ?? new Uint8Array()],
        ),
      },
      ...(parsed === undefined ? { failure: silence(heard) } : { answer: parsed.answer }),
    };
    this.#note(exchange);
    return understood(exchange, this.codec, request.answers ?? 'CONNECT', {});
  }
}

/** Why there is no answer, when bytes came or did not. */
function silence({ how, read, detail }: RawHeard): string {
  if (how === 'unreachable') return detail ?? 'nobody is there';
  const came = read.length === 0 ? 'nothing came back' : 'what came back is no whole HTTP answer';
  return how === 'timeout' ? `${came} in time` : `${came} before the connection was closed`;
}

type Written = { readonly body: Uint8Array<ArrayBuffer>; readonly step: string } & Required<
  Pick<SendOptions, 'asked'>
> & { readonly method: Method };

function written(message: Request | Uint8Array<ArrayBuffer> | string, codec: TrackerBench['codec']): Written {
  if (typeof message === 'string' || message instanceof Uint8Array) {
    const body = typeof message === 'string' ? encodeText(message) : message;
    return { body, method: 'CONNECT', asked: {}, step: 'written by hand' };
  }
  const { method } = message;
  const actions =
    method === 'CONNECT' ? message.actions.map(({ action, mode }) => `${action} as ${mode}`) : [];
  return {
    body: codec.encodeRequest(message),
    method,
    asked: askedBy(message),
    step: actions.length > 0 && actions.length < 4 ? `${method}: ${actions.join(', ')}` : method,
  };
}

function understood(
  exchange: Exchange,
  codec: TrackerBench['codec'],
  answers: Method,
  asked: NonNullable<SendOptions['asked']>,
): Sent {
  const header = (name: string): string | undefined =>
    exchange.answer && headerOf(exchange.answer.headers, name);
  const { answer } = exchange;
  if (answer === undefined) return { ...exchange, header };
  const contentType = header('content-type');
  const tolerant = readAnswer(codec, answers, { ...answer, contentType }, asked);
  return { ...exchange, header, tolerant, strict: refuseFindings(tolerant) };
}
