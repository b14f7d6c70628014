/**
 * `/relay`: lets our own page speak to one tracker that browsers keep it from (no CORS, mixed content, local
 * networks). It is there only when asked for, on loopback, for one origin.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_ANSWER } from '../transport/transport.ts';
import { RELAY_ANSWERED, RELAY_FAILURES, RELAY_MARK, RELAY_PATH } from '../transport/relay.ts';
import type { RelayCause } from '../transport/relay.ts';
import { drain, readBody } from './body.ts';
import type { BodyLimits } from './body.ts';
import { allowedPath, isOurPage } from './relay-access.ts';
import { causeOf, Upstream } from './upstream.ts';

export interface RelayOptions {
  /** The allowed origin: scheme, host and port as `URL.origin` writes them. */
  readonly target: string;
  /** Of requests. */
  readonly limits: BodyLimits & { readonly maxTarget: number };
  /** Milliseconds that the tracker gets for its whole answer. */
  readonly timeout?: number;
  /** Bytes of an answer that are passed on. */
  readonly maxAnswer?: number;
  /** Requests under way at once. */
  readonly maxInFlight?: number;
}

/** A little more than the page itself waits. */
const TIMEOUT = 10_000;
const MAX_IN_FLIGHT = 64;

/** What is passed on of a request's and of an answer's headers; Location is not, so nobody is led elsewhere. */
const TO_TRACKER = ['content-type', 'accept', 'authorization'] as const;
const TO_PAGE = ['content-type', 'retry-after', 'www-authenticate'] as const;

/** Whatever the tracker sends stands under our own origin: it must stay data. */
const INERT = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

export class Relay {
  readonly #options: Required<RelayOptions>;
  readonly #upstream: Upstream;
  #inFlight = 0;

  constructor(options: RelayOptions) {
    this.#options = { timeout: TIMEOUT, maxAnswer: MAX_ANSWER, maxInFlight: MAX_IN_FLIGHT, ...options };
    this.#upstream = new Upstream(options.target);
  }

  /** Whether the request is the relay's to answer, be it with a refusal. */
  claims({ url = '' }: IncomingMessage): boolean {
    return url === RELAY_PATH || url.startsWith(`${RELAY_PATH}/`) || url.startsWith(`${RELAY_PATH}?`);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket, headers, url = '', method = '' } = request;
    const { target, limits, maxInFlight } = this.#options;
    const secure = 'encrypted' in socket;
    if (!isOurPage({ headers, address: socket.remoteAddress, port: socket.localPort, secure }))
      return refuse(request, response, 'not-ours');
    if (method !== 'GET' && method !== 'POST') return refuse(request, response, 'method');
    if (url === RELAY_PATH) return tell(response, 200, RELAY_ANSWERED, { target });
    const path = url.length > limits.maxTarget ? undefined : allowedPath(url, target);
    if (path === undefined) return refuse(request, response, 'not-allowed');
    if (this.#inFlight >= maxInFlight) return refuse(request, response, 'busy');
    this.#inFlight++;
    try {
      const body = await readBody(request, limits);
      if (body.kind === 'too-large') return await refuse(request, response, 'request-too-large');
      if (body.kind === 'too-slow') return await refuse(request, response, 'request-too-slow');
      if (body.kind === 'body') await this.#relay(request, response, path, body.body);
    } finally {
      this.#inFlight--;
    }
    return undefined;
  }

  close(): void {
    this.#upstream.close();
  }

  async #relay(
    { method = '', headers }: IncomingMessage,
    response: ServerResponse,
    path: string,
    body: Uint8Array,
  ): Promise<void> {
    const { timeout, maxAnswer } = this.#options;
    const passed = TO_TRACKER.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [name, value];
    });
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const late = AbortSignal.timeout(timeout);
    try {
      const answer = await this.#upstream.send(
        {
          method,
          path,
          headers: [
            ...[
              'host',
              this.#upstream.host,
              'content-length',
              String(body.length),
              'accept-encoding',
              'identity',
            ],
            ...passed,
          ],
          body,
        },
        AbortSignal.any([late, gone.signal]),
      );
      const whole = await readBody(answer, { maxBody: maxAnswer, bodyTimeout: timeout });
      if (whole.kind === 'body') {
        passOn(answer, whole.body, response);
        return;
      }
      answer.destroy();
      const cause = whole.kind === 'too-large' ? 'answer-too-large' : late.aborted ? 'no-answer' : 'broken';
      fail(response, cause);
    } catch (error) {
      fail(response, late.aborted ? 'no-answer' : causeOf(error));
    }
  }
}

/** The tracker's answer: its status as it is, a redirect too, which nobody follows. */
function passOn(answer: IncomingMessage, body: Uint8Array, response: ServerResponse): void {
  const headers: Record<string, string> = { ...INERT, [RELAY_MARK]: RELAY_ANSWERED };
  for (const name of TO_PAGE) {
    const value = answer.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  const { statusCode = 502, statusMessage = '' } = answer;
  const bodiless = statusCode === 204 || statusCode === 304;
  // Bytes beyond ASCII would not pass as a reason phrase.
  response.writeHead(statusCode, statusMessage.replaceAll(/[^\x20-\x7e]/g, '?'), {
    ...headers,
    ...(bodiless ? {} : { 'content-length': body.length }),
  });
  response.end(bodiless ? undefined : body);
}

function fail(response: ServerResponse, cause: RelayCause): void {
  const { status, detail } = RELAY_FAILURES[cause];
  tell(response, status, cause, { failure: cause, detail });
}

/** Refuses without having read the whole body. */
async function refuse(request: IncomingMessage, response: ServerResponse, cause: RelayCause): Promise<void> {
  const { status, detail } = RELAY_FAILURES[cause];
  response.shouldKeepAlive = false;
  begin(response, status, cause, { failure: cause, detail });
  // The answer is out; ending it closes the connection, which must wait for the client's bytes.
  await drain(request);
  response.end();
}

function tell(response: ServerResponse, status: number, mark: string, members: object): void {
  if (response.headersSent || response.destroyed) return;
  begin(response, status, mark, members);
  response.end();
}

/** An answer of the relay's own, all but its end. */
function begin(response: ServerResponse, status: number, mark: string, members: object): void {
  const body = Buffer.from(`${JSON.stringify(members)}\n`);
  response.writeHead(status, {
    ...INERT,
    [RELAY_MARK]: mark,
    ...(status === RELAY_FAILURES.method.status ? { allow: 'GET, POST' } : {}),
    'content-type': 'application/json',
    'content-length': body.length,
  });
  response.write(body);
}
