/** What the server answers to which request (contracts: "HTTP"). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpResponse } from '../protocol/http.ts';
import type { Moment, Tracker } from '../tracker/api.ts';
import type { TrackerExchange } from '../tracker/exchange.ts';
import { HTTP_FAILURES, mediaTypeFailure } from '../tracker/failures.ts';
import type { FailureStatus } from '../tracker/failures.ts';
import type { TrackerEndpoint } from '../tracker/http.ts';
import type { Gate, Verdict } from './access-gate.ts';
import { readBody } from './body.ts';
import type { BodyLimits } from './body.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import type { CorsPolicy } from './cors.ts';
import { exchangeLine } from './exchange-line.ts';
import type { EventStream } from './event-stream.ts';
import type { Relay } from './relay.ts';
import { isOperators, OPERATOR_HEADERS } from './operator.ts';
import type { OperatorApi } from './operator.ts';
import { pathOf, plainRequest, targetOf } from './plain-request.ts';
import { sendAnswer, sendRefusal } from './send-answer.ts';
import { StatsText } from './stats-text.ts';

/** Answers from the dashboard's files, or calls `otherwise`. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void;

export interface RouteContext {
  readonly tracker: Tracker;
  readonly endpoint: TrackerEndpoint;
  readonly events: EventStream;
  readonly operator: OperatorApi;
  readonly files: StaticFiles | undefined;
  /** There when it was asked for. */
  readonly relay: Relay | undefined;
  /** There when not everybody may use the tracker. */
  readonly gate: Gate | undefined;
  readonly cors: CorsPolicy;
  readonly limits: BodyLimits & { readonly maxTarget: number };
  readonly moment: () => Moment;
  /** Milliseconds since the epoch, for people. */
  readonly wallClock: () => number;
  readonly isStopping: () => boolean;
}

const ALLOWED = 'GET, HEAD, POST, OPTIONS';
const NO_STORE = { 'cache-control': 'no-store' };

/** What stands in for a body that was not read. */
const NO_BODY = new Uint8Array();

export class Routes {
  readonly #context: RouteContext;
  readonly #stats: StatsText;

  constructor(context: RouteContext) {
    this.#context = context;
    const { tracker, moment } = context;
    this.#stats = new StatsText(
      (now) => tracker.stats(now),
      () => moment().now,
    );
  }

  /** The headers that stand on every answer to `request`. */
  commonHeaders(request: IncomingMessage | undefined): Readonly<Record<string, string>> {
    if (request !== undefined && isOperators(request)) return OPERATOR_HEADERS;
    return {
      ...corsHeaders(this.#context.cors, request?.headers.origin),
      'x-content-type-options': 'nosniff',
    };
  }

  /** A failure in the form of the request's media type; without a request, in none. */
  refusal(status: FailureStatus, request: IncomingMessage | undefined): HttpResponse {
    const failure = this.#context.endpoint.failure(status, request?.headers['content-type']);
    // The endpoint knows of POST only.
    const response =
      status === 405 ? { ...failure, headers: { ...failure.headers, allow: ALLOWED } } : failure;
    if (request !== undefined) {
      this.#publish({
        request: plainRequest(request, NO_BODY),
        response,
        edition: undefined,
        method: undefined,
        peerId: undefined,
        transactionId: undefined,
        error: HTTP_FAILURES[status].error,
        repeated: false,
        events: [],
      });
    }
    return response;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { limits, relay } = this.#context;
    // Before the CORS headers: the relay is for our own page alone.
    if (relay?.claims(request) === true) return relay.answer(request, response);
    for (const [name, value] of Object.entries(this.commonHeaders(request))) response.setHeader(name, value);
    // Once stopping, a connection is not kept for further requests.
    if (this.#context.isStopping()) response.shouldKeepAlive = false;
    if ((request.url ?? '').length > limits.maxTarget) return this.#refuse(request, response, 414);
    // RFC 9112 §3.2; node:http would answer it without the CORS headers.
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      return this.#refuse(request, response, 400);
    }
    if (isOperators(request)) return this.#context.operator.answer(request, response);
    switch (request.method) {
      case 'POST':
        return this.#post(request, response);
      case 'GET':
      case 'HEAD':
        return this.#get(request, response);
      case 'OPTIONS':
        response.writeHead(204, { ...preflightHeaders(request.headers), allow: ALLOWED }).end();
        return undefined;
      default:
        return this.#refuse(request, response, 405);
    }
  }

  /** The answer to a request that failed in our own code. */
  async fail(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (response.headersSent) response.destroy();
    else await this.#refuse(request, response, 500);
  }

  async #post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { limits, endpoint, gate, moment } = this.#context;
    const { 'content-length': length, 'transfer-encoding': encoding, 'content-type': type } = request.headers;
    // RFC 9112 §6.1.
    if (encoding !== undefined && encoding.toLowerCase() !== 'chunked')
      return this.#refuse(request, response, 501);
    // RFC 9110 §8.4 and §15.5.16.
    if ((request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
      return this.#refuse(request, response, 415, { 'accept-encoding': 'identity' });
    if (length === undefined && encoding === undefined) return this.#refuse(request, response, 411);
    if (length !== undefined && Number(length) > limits.maxBody) return this.#refuse(request, response, 413);
    const verdict = gate?.judge(request, moment().now);
    if (request.headers.expect?.toLowerCase() === '100-continue') {
      // Nothing in the body could tell more.
      if (verdict?.access.kind === 'unknown' && verdict.access.byToken === undefined) {
        challenge(response, verdict);
        return this.#refuse(request, response, 401);
      }
      const mistyped = mediaTypeFailure(type);
      if (mistyped !== undefined) return this.#refuse(request, response, mistyped);
      // Only now is a client that asked first (RFC 9110 §10.1.1) told to send its body.
      response.writeContinue();
    }

    const outcome = await readBody(request, limits);
    switch (outcome.kind) {
      case 'gone':
        return undefined;
      case 'too-large':
        return this.#refuse(request, response, 413);
      case 'too-slow':
        return this.#refuse(request, response, 408);
      case 'body': {
        const asked = plainRequest(request, outcome.body);
        const { response: answer, exchange } = endpoint.answer(asked, moment(), verdict?.access);
        this.#publish(exchange);
        if (answer.status === 401 && verdict !== undefined) challenge(response, verdict);
        sendAnswer(response, answer);
        return undefined;
      }
    }
  }

  async #get(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { events, files, isStopping } = this.#context;
    switch (pathOf(request)) {
      case '/stats':
        return this.#text(response, 200, this.#stats.bytes(), 'application/json');
      case '/healthz':
        return this.#text(response, 200, 'ok\n');
      case '/readyz':
        return isStopping()
          ? this.#text(response, 503, 'stopping\n', 'text/plain; charset=utf-8', { 'retry-after': '5' })
          : this.#text(response, 200, 'ok\n');
      case '/events':
        if (request.method === 'HEAD') {
          response.writeHead(200, { ...NO_STORE, 'content-type': 'text/event-stream' }).end();
        } else if (isStopping() || events.isFull) {
          this.#text(response, 503, 'no more readers\n', 'text/plain; charset=utf-8', {
            'retry-after': '30',
          });
        } else events.subscribe(response, {});
        return undefined;
      default: {
        const missing = (): void => this.#text(response, 404, 'not found\n');
        if (files === undefined) return missing();
        request.url = targetOf(request);
        return files(request, response, missing);
      }
    }
  }

  /** Sends a failure in the form of the request's edition, without having read the body. */
  async #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    status: FailureStatus,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const answer = this.refusal(status, request);
    await sendRefusal(request, response, { ...answer, headers: { ...answer.headers, ...headers } });
  }

  #text(
    response: ServerResponse,
    status: number,
    text: string | Buffer,
    type = 'text/plain; charset=utf-8',
    headers: Readonly<Record<string, string>> = {},
  ): void {
    const body = typeof text === 'string' ? Buffer.from(text) : text;
    sendAnswer(response, { status, headers: { ...NO_STORE, ...headers, 'content-type': type }, body });
  }

  #publish(exchange: TrackerExchange): void {
    this.#context.events.publish(() => exchangeLine(exchange, this.#context.wallClock()));
  }
}

/** A header line for each: not every client finds a second challenge in one (RFC 9110 §11.6.1). */
function challenge(response: ServerResponse, verdict: Verdict): void {
  response.setHeader('www-authenticate', [...verdict.challenges()]);
}
