/**
 * The recording proxy: stands between any peers and one tracker, passes on what they say byte for byte, and shows and
 * records every exchange. It has no opinion on either side.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { meaningOf } from '../recording/meaning.ts';
import { bodyOf } from '../recording/record.ts';
import type { Header, RecordedExchange, RecordedMessage, RecordedResult } from '../recording/record.ts';
import { RELAY_FAILURES } from '../transport/relay.ts';
import { drain, readBody } from './body.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import type { CorsPolicy } from './cors.ts';
import { EventStream } from './event-stream.ts';
import { recordedLine } from './exchange-line.ts';
import type { Told } from './exchange-line.ts';
import { endpointText, remoteOf, targetOf } from './plain-request.ts';
import { pairsOf, passedOn, recordable, VIA } from './proxy-headers.ts';
import { RecordFile } from './record-file.ts';
import type { RecordTotals } from './record-file.ts';
import { listen, urlOf } from './server.ts';
import { causeOf, Upstream } from './upstream.ts';

export interface ProxyLimits {
  /** Bytes of a request's body: it is held until it is whole. */
  readonly maxBody: number;
  /** Bytes of an answer that are recorded; all of it is passed on. */
  readonly maxRecorded: number;
  /** Milliseconds from the end of a request's headers to the end of its body. */
  readonly bodyTimeout: number;
  /** Milliseconds that the tracker gets for its whole answer. */
  readonly answerTimeout: number;
  /** Requests under way at once. */
  readonly maxInFlight: number;
  /** Readers of `/events` at once, and milliseconds between signs of life to them. */
  readonly maxSubscribers: number;
  readonly heartbeat: number;
  /** Milliseconds that an idle connection is kept, and until a peer that reads no answer is cut. */
  readonly keepAlive: number;
  readonly silence: number;
  /** Milliseconds that requests in flight get when the proxy stops. */
  readonly grace: number;
}

const LIMITS: ProxyLimits = {
  maxBody: 8 * 1024 * 1024,
  maxRecorded: 1024 * 1024,
  bodyTimeout: 15_000,
  answerTimeout: 30_000,
  maxInFlight: 512,
  maxSubscribers: 64,
  heartbeat: 15_000,
  // A peer's next report finds its connection still there.
  keepAlive: 65_000,
  silence: 60_000,
  grace: 5_000,
};

export interface ProxyOptions {
  /** The tracker's origin. */
  readonly target: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly cors: CorsPolicy;
  /** File that every exchange goes to; it must not be there yet. */
  readonly record?: string | undefined;
  readonly limits?: Partial<ProxyLimits>;
}

/** What the command adds: where the page is that shows the exchanges. */
export interface ProxyCommand extends ProxyOptions {
  readonly page: string;
}

/** URL of the page that listens to the proxy of this URL. */
export function pageUrl(page: string, proxyUrl: string): string {
  const url = new URL(page);
  url.searchParams.set('events', new URL('/events', proxyUrl).href);
  return url.href;
}

export interface RunningProxy {
  /** Ends in `/`. */
  readonly url: string;
  readonly port: number;
  /** Answers what is in flight, within bounds, and finishes the recording; undefined without one. */
  stop(): Promise<RecordTotals | undefined>;
}

export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const limits = { ...LIMITS, ...options.limits };
  const server = createServer({ keepAliveTimeout: limits.keepAlive });
  server.timeout = limits.silence;
  // Before the file is made: a port that is taken leaves no empty recording behind.
  const { port } = await listen(server, options.host, options.port);
  let record: RecordFile | undefined;
  try {
    record = options.record === undefined ? undefined : await RecordFile.create(options.record);
  } catch (error) {
    server.close();
    throw error;
  }
  const proxy = new RecordingProxy(options, limits, record);
  let stopping = false;
  server.on('request', (request, response) => {
    response.on('close', () => {
      if (stopping) server.closeIdleConnections();
    });
    proxy.answer(request, response).catch(() => response.destroy());
  });
  // Running out of file descriptors is met at accept; the proxy goes on.
  server.on('error', (error) => console.error('swarmscope:', error));
  return {
    url: urlOf({ host: options.host }, port),
    port,
    async stop() {
      stopping = true;
      proxy.stop();
      const cut = setTimeout(() => server.closeAllConnections(), limits.grace);
      await new Promise((resolve) => server.close(resolve));
      clearTimeout(cut);
      await proxy.idle();
      return record?.close();
    },
  };
}

/** What came of passing a request on. */
interface Outcome {
  readonly result: RecordedResult;
  readonly told: Told;
}

class RecordingProxy {
  readonly #options: ProxyOptions;
  readonly #limits: ProxyLimits;
  readonly #record: RecordFile | undefined;
  readonly #upstream: Upstream;
  readonly #events: EventStream;
  readonly #underWay = new Set<Promise<void>>();
  #serial = 0;

  constructor(options: ProxyOptions, limits: ProxyLimits, record: RecordFile | undefined) {
    this.#options = options;
    this.#limits = limits;
    this.#record = record;
    this.#upstream = new Upstream(options.target);
    this.#events = new EventStream(limits);
  }

  answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const work = this.#answer(request, response);
    this.#underWay.add(work);
    return work.finally(() => this.#underWay.delete(work));
  }

  stop(): void {
    this.#events.end();
  }

  /** Resolves when all that was under way has come to its end. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    this.#upstream.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const cors = Object.entries(corsHeaders(this.#options.cors, headers.origin));
    const path = targetOf(request).split('?', 1)[0];
    if (path === '/events' && (method === 'GET' || method === 'HEAD')) {
      this.#subscribe(method, response, Object.fromEntries(cors));
      return;
    }
    if (method === 'OPTIONS' && headers['access-control-request-method'] !== undefined) {
      response.writeHead(204, { ...Object.fromEntries(cors), ...preflightHeaders(headers) }).end();
      return;
    }
    await this.#pass(request, response, cors);
  }

  #subscribe(method: string, response: ServerResponse, cors: Record<string, string>): void {
    if (method === 'HEAD') response.writeHead(200, { ...cors, 'content-type': 'text/event-stream' }).end();
    else if (this.#events.isFull) response.writeHead(503, { ...cors, 'retry-after': '30' }).end();
    else this.#events.subscribe(response, cors);
  }

  async #pass(request: IncomingMessage, response: ServerResponse, cors: readonly Header[]): Promise<void> {
    const [time, started] = [Date.now(), performance.now()];
    const target = targetOf(request);
    const remote = endpointText(remoteOf(request));
    const read =
      this.#underWay.size >= this.#limits.maxInFlight
        ? ({ kind: 'busy' } as const)
        : await readBody(request, this.#limits);
    const body = read.kind === 'body' ? read.body : new Uint8Array();
    const outcome =
      read.kind === 'body'
        ? await this.#forward(request, target, body, response, cors)
        : await this.#refuse(read.kind, request, response, cors);
    // Questions by GET, such as for figures, are no PPSP-TP.
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const { result, told } = outcome;
    const asked = { ...messageOf(pairsOf(request.rawHeaders), body, body.length) };
    const exchange: RecordedExchange = {
      id: ++this.#serial,
      time,
      clock: 'absolute',
      took: performance.now() - started,
      from: 'foreign',
      remote,
      ...meaningOf(asked, result),
      url: this.#options.target + target,
      attempt: 1,
      request: asked,
      result,
    };
    this.#record?.write(exchange);
    this.#events.publish(() => recordedLine(exchange, target, told));
  }

  async #forward(
    request: IncomingMessage,
    target: string,
    body: Uint8Array,
    response: ServerResponse,
    cors: readonly Header[],
  ): Promise<Outcome> {
    const late = AbortSignal.timeout(this.#limits.answerTimeout);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const signal = AbortSignal.any([late, gone.signal]);
    try {
      const answer = await this.#upstream.send(
        {
          method: request.method ?? '',
          path: target,
          headers: [
            ['Host', this.#upstream.host] as const,
            ...passedOn(pairsOf(request.rawHeaders), 'host', 'content-length', 'expect'),
            ...(carriesBody(request) ? [['Content-Length', String(body.length)] as const] : []),
            VIA,
          ].flat(),
          body,
        },
        signal,
      );
      return await this.#answerOf(answer, response, cors, signal);
    } catch (error) {
      if (gone.signal.aborted && !response.writableFinished)
        return {
          result: {
            kind: 'failed',
            failure: 'no-answer',
            detail: 'The peer went away before the answer was whole.',
          },
          told: { status: 499, reason: 'Peer Went Away' },
        };
      const { status, failure, detail } = RELAY_FAILURES[late.aborted ? 'no-answer' : causeOf(error)];
      const told = { status, reason: `The tracker behind this proxy: ${detail}` };
      tell(response, told, cors);
      return { result: { kind: 'failed', failure, detail }, told };
    }
  }

  /** Passes the answer on as it comes, keeping what is recorded of it. */
  async #answerOf(
    answer: IncomingMessage,
    response: ServerResponse,
    cors: readonly Header[],
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { statusCode: status = 502, statusMessage: reason = '' } = answer;
    const headers = pairsOf(answer.rawHeaders);
    const own = cors.map(([name]) => name);
    response.writeHead(status, reason, [...passedOn(headers, ...own), ...cors, VIA].flat());
    const kept: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of answer as AsyncIterable<Uint8Array>) {
      const room = this.#limits.maxRecorded - bytes;
      if (room > 0) kept.push(part.subarray(0, room));
      bytes += part.length;
      if (!response.write(part)) await once(response, 'drain', { signal });
    }
    response.end();
    const told = { status, reason };
    return {
      result: { kind: 'answered', ...told, ...messageOf(headers, Buffer.concat(kept), bytes) },
      told,
    };
  }

  /** What never went to the tracker. */
  async #refuse(
    kind: keyof typeof REFUSALS,
    request: IncomingMessage,
    response: ServerResponse,
    cors: readonly Header[],
  ): Promise<Outcome> {
    const told = REFUSALS[kind];
    response.shouldKeepAlive = false;
    tell(response, told, cors, false);
    // The answer is out; ending it closes the connection, which must wait for the peer's bytes.
    await drain(request);
    response.end();
    const failure = kind === 'too-large' ? 'too-large' : kind === 'too-slow' ? 'timeout' : 'no-answer';
    return { result: { kind: 'failed', failure, detail: `${told.reason}.` }, told };
  }
}

const REFUSALS = {
  'too-large': { status: 413, reason: 'The request is larger than this proxy passes on' },
  'too-slow': { status: 408, reason: 'The request did not come to its end in time' },
  gone: { status: 499, reason: 'The peer went away before its request was whole' },
  busy: { status: 503, reason: 'This proxy has too many requests under way' },
} as const satisfies Record<string, Told>;

const carriesBody = ({ headers, method }: IncomingMessage): boolean =>
  method === 'POST' || headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

function messageOf(headers: readonly Header[], body: Uint8Array, bytes: number): RecordedMessage {
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    ...(contentType === undefined ? {} : { contentType }),
    headers: recordable(headers),
    body: bodyOf(body),
    bytes,
  };
}

/** An answer of the proxy's own. One that broke off half-way cannot be told any more: it ends as it did. */
function tell(
  response: ServerResponse,
  { status, reason }: Told,
  cors: readonly Header[],
  whole = true,
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = Buffer.from(`${reason}\n`);
  response.writeHead(status, reason, {
    ...Object.fromEntries(cors),
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
  });
  if (whole) response.end(body);
  else response.write(body);
}
