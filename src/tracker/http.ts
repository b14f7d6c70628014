/**
 * The tracker behind HTTP, as plain data: which requests are messages at all, in which form they are
 * answered, and what is answered a second time. Any host (Worker, Node, test) puts its own transport
 * around `answer`.
 */
import type { Codec } from '../protocol/codec.ts';
import { codecOf, mediaTypeKind, readRequest } from '../protocol/editions/index.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import type { HttpRequest, HttpResponse } from '../protocol/http.ts';
import type { EditionId, Method, Request, Response } from '../protocol/message.ts';
import { refuseFindings } from '../protocol/strict.ts';
import { decodeText } from '../protocol/text.ts';
import { readStranger, strangerResponse } from './access.ts';
import type { Access, Identity } from './access.ts';
import { AnswerBook } from './answers.ts';
import type { Handled, Moment, RequestContext, Tracker, TrackerEvent } from './api.ts';
import type { TrackerExchange } from './exchange.ts';
import {
  failureResponse,
  formOf,
  httpResponse,
  HTTP_FAILURES,
  mediaTypeFailure,
  unread,
} from './failures.ts';
import type { FailureStatus, Form } from './failures.ts';

export interface EndpointOptions {
  /** Longest body read, in bytes. */
  readonly maxBody: number;
  /** Longest Request-URI, in bytes. */
  readonly maxTarget: number;
  /** Bytes held for repeated transactions, of all peers together. */
  readonly maxAnswerBytes: number;
  /** The same of one peer. */
  readonly maxPeerAnswerBytes: number;
  /** Milliseconds for which they are held; never longer than the track timer. */
  readonly answerPeriod: number;
  /** Request bodies are copied where they are held; `false` where nobody writes to them, or hands them on, later. */
  readonly copiesBodies: boolean;
  /** Seconds told to a peer that meets an overloaded tracker. */
  readonly retryAfter: number;
  /** Refuses what departs from an edition's text, where it is read with a finding otherwise. */
  readonly strict: boolean;
  /** Told of bugs of ours that a request brought to light; the request is answered as an internal error. */
  readonly onFault: (fault: unknown) => void;
}

export const DEFAULT_ENDPOINT_OPTIONS: EndpointOptions = {
  maxBody: 1 << 20,
  maxTarget: 8 << 10,
  maxAnswerBytes: 64 << 20,
  maxPeerAnswerBytes: 256 << 10,
  answerPeriod: Infinity,
  copiesBodies: true,
  retryAfter: 10,
  strict: false,
  onFault: () => undefined,
};

export interface Answered {
  readonly response: HttpResponse;
  readonly exchange: TrackerExchange;
}

export interface TrackerEndpoint {
  /** `access`: who asks; left out where everybody may. */
  answer(request: HttpRequest, moment: Moment, access?: Access): Answered;
  /** For what the host has to refuse by itself (a request that does not come to its end): same forms, counted. */
  failure(status: FailureStatus, contentType: string | undefined, detail?: string): HttpResponse;
  /** What hosts call between requests, so that silent peers and old answers go. */
  expire(now: number): readonly TrackerEvent[];
}

export function createTrackerEndpoint(
  tracker: Tracker,
  options: Partial<EndpointOptions> = {},
): TrackerEndpoint {
  return new Endpoint(tracker, { ...DEFAULT_ENDPOINT_OPTIONS, ...options });
}

/** What was found out about a request by the time it was answered. */
interface Result {
  readonly response: HttpResponse;
  readonly edition?: EditionId;
  readonly method?: Method;
  readonly peerId?: string;
  readonly transactionId?: string;
  readonly error?: ErrorName | undefined;
  readonly repeated?: boolean;
  readonly events?: readonly TrackerEvent[];
}

/** A kept answer; the Content-Type is that of whoever asks again. */
interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly error: ErrorName | undefined;
}

class Endpoint implements TrackerEndpoint {
  readonly #tracker: Tracker;
  readonly #options: EndpointOptions;
  readonly #answers: AnswerBook<Answer>;

  constructor(tracker: Tracker, options: EndpointOptions) {
    this.#tracker = tracker;
    this.#options = options;
    const { trackTimer, maxAnswers } = tracker.options;
    this.#answers = new AnswerBook({
      period: Math.min(trackTimer, options.answerPeriod),
      perPeer: maxAnswers,
      bytesPerPeer: options.maxPeerAnswerBytes,
      bytes: options.maxAnswerBytes,
      copiesBodies: options.copiesBodies,
    });
  }

  answer(request: HttpRequest, moment: Moment, access?: Access): Answered {
    const expired = this.expire(moment.now);
    const result = this.#admit(request, moment, access);
    const { response, edition, method, peerId, transactionId, error, repeated = false, events = [] } = result;
    return {
      response,
      exchange: {
        request,
        response,
        edition,
        method,
        peerId,
        transactionId,
        error,
        repeated,
        events: expired.length === 0 ? events : [...expired, ...events],
      },
    };
  }

  failure(status: FailureStatus, contentType: string | undefined, detail?: string): HttpResponse {
    return this.#failure(status, formOf(contentType), detail);
  }

  #failure(status: FailureStatus, form: Form, detail?: string): HttpResponse {
    this.#tracker.count({ error: HTTP_FAILURES[status].error });
    return failureResponse(status, form, this.#options, detail);
  }

  expire(now: number): readonly TrackerEvent[] {
    const events = this.#tracker.expire(now);
    this.#answers.expire(now);
    this.#answers.follow(events);
    return events;
  }

  #admit(request: HttpRequest, moment: Moment, access: Access | undefined): Result {
    const { method, target, body } = request;
    const { maxTarget, maxBody } = this.#options;
    if (method !== 'POST') return this.#refused(405, request);
    if (target.length > maxTarget) return this.#refused(414, request);
    if (body.byteLength > maxBody) return this.#refused(413, request);
    try {
      if (access?.kind !== 'unknown') return this.#read(request, moment, access?.identity);
      const stranger = readStranger(request);
      const { claims, authToken } = stranger;
      const identity = authToken === undefined ? undefined : access.byToken?.(authToken);
      if (identity !== undefined) return this.#read(request, moment, identity);
      const error = 'authentication-required';
      this.#tracker.count({ edition: claims.edition, method: claims.method, error });
      return { ...claims, response: strangerResponse(stranger, request, this.#options), error };
    } catch (fault) {
      this.#options.onFault(fault);
      return this.#refused(500, request);
    }
  }

  #read(request: HttpRequest, moment: Moment, asker: Identity | undefined): Result {
    const { contentType, body } = request;
    const mistyped = mediaTypeFailure(contentType);
    if (mistyped !== undefined)
      return this.#refused(mistyped, request, mistyped === 400 ? 'no Content-Type' : undefined);
    const read = readRequest(body);
    if (read === undefined) return this.#refused(400, request, foreign(body));
    const codec = codecOf(read.edition);
    if (mediaTypeKind(codec.mediaType) !== mediaTypeKind(contentType))
      return this.#refused(400, request, 'body is not of its Content-Type');
    const decoded = this.#options.strict ? refuseFindings(read.decoded) : read.decoded;
    if (decoded.ok) return this.#message(decoded.message, codec, request, moment, asker);
    return this.#undecodable(decoded.error, codec, request);
  }

  #refused(status: FailureStatus, { contentType, body }: HttpRequest, detail?: string): Result {
    return {
      response: this.#failure(status, formOf(contentType, body), detail),
      error: HTTP_FAILURES[status].error,
    };
  }

  #undecodable(
    {
      error,
      problem,
      path,
      section,
      transactionId,
    }: Extract<ReturnType<Codec['decodeRequest']>, { ok: false }>['error'],
    codec: Codec,
    { contentType }: HttpRequest,
  ): Result {
    const { edition, version } = codec;
    this.#tracker.count({ edition, error });
    const { status, phrase } = ERRORS[error];
    const body = codec.encodeResponse(unread(edition, error, transactionId));
    // base-01 §4.3: the Reason-Phrase says what is wrong, and as "PPSP Version #.#" which would be right.
    const detail =
      error === 'unsupported-version'
        ? `PPSP Version ${version} is spoken here`
        : `${path === '' ? 'body' : path} ${problem}${section === undefined ? '' : ` (${plain(section)})`}`;
    return {
      response: httpResponse(status, `${phrase}: ${detail}`, body, contentType, this.#options),
      edition,
      ...(transactionId !== undefined && { transactionId }),
      error,
    };
  }

  #message(
    message: Request,
    codec: Codec,
    request: HttpRequest,
    moment: Moment,
    asker: Identity | undefined,
  ): Result {
    const { edition, version, method, peerId, transactionId } = message;
    const { body, contentType, remote } = request;
    const known = { edition, method, peerId, transactionId };

    if (asker !== undefined && !asker.mayActAs(peerId)) {
      const error = 'forbidden';
      this.#tracker.count({ edition, method, error });
      const detail = 'this peer ID is not of who authenticated';
      const refusal = { edition, version, method, transactionId, outcome: 'failure', error, detail } as const;
      return { ...known, response: this.#write(toAnswer(refusal, codec), contentType), error };
    }

    const before = this.#answers.find(peerId, transactionId, body, asker?.name);
    if (before) {
      const { error } = before;
      this.#tracker.count({ edition, method, error });
      return { ...known, response: this.#write(before, contentType), error, repeated: true };
    }

    const { answer, events } = this.#handle(message, codec, contextOf(moment, remote));
    this.#answers.follow(events);
    const ended = events.some((event) => event.kind === 'deregistered' && event.peerId === peerId);
    // To strangers the tracker says the same again anyway; holding nothing for invented peer IDs leaves a
    // flood of them no hold. "Try again later" is no answer to give again to who does.
    if (isFinal(answer) && (ended || this.#tracker.registered(peerId))) {
      const { byteLength } = answer.body;
      this.#answers.keep(peerId, transactionId, body, answer, byteLength, moment.now, asker?.name);
      if (ended) this.#answers.end(peerId);
    }
    // Member by member, as nearly all requests come by here: members added to a copy cost V8 far more.
    const response = this.#write(answer, contentType);
    return { edition, method, peerId, transactionId, response, error: answer.error, events };
  }

  /** Whatever goes wrong inside is answered as an internal error (RFC 7846 §4.3, 04), never thrown. */
  #handle(
    message: Request,
    codec: Codec,
    context: RequestContext,
  ): { answer: Answer; events: readonly TrackerEvent[] } {
    const { edition, version, method, transactionId } = message;
    let handled: Handled | undefined;
    try {
      handled = this.#tracker.handle(message, context);
      return { answer: toAnswer(handled.response, codec), events: handled.events };
    } catch (fault) {
      this.#options.onFault(fault);
      const error = 'internal';
      if (!handled) this.#tracker.count({ edition, method, error });
      const response: Response = { edition, version, method, transactionId, outcome: 'failure', error };
      return { answer: toAnswer(response, codec), events: handled?.events ?? [] };
    }
  }

  #write({ status, reason, body }: Answer, contentType: string | undefined): HttpResponse {
    return httpResponse(status, reason, body, contentType, this.#options);
  }
}

const contextOf = ({ now, random, origin }: Moment, remote: RequestContext['remote']): RequestContext =>
  origin === undefined ? { now, random, remote } : { now, random, origin, remote };

/** What a body is that is in no edition. */
function foreign(body: Uint8Array): string {
  const text = decodeText(body);
  return text.ok ? 'no PPSP-TP message' : `body ${text.problem}`;
}

/** A section as a Reason-Phrase can name it: in ASCII. */
const plain = (section: string): string => section.replaceAll('§', 'section ');

function toAnswer(response: Response, codec: Codec): Answer {
  const body = codec.encodeResponse(response);
  if (response.outcome === 'success') return { status: 200, reason: 'OK', body, error: undefined };
  const { error, detail } = response;
  const { status, phrase } = ERRORS[error];
  return { status, reason: detail === undefined ? phrase : `${phrase}: ${detail}`, body, error };
}

function isFinal({ error }: Answer): boolean {
  return error !== 'overloaded' && error !== 'internal';
}
