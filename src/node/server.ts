/** The tracker behind a port: HTTP in and out, the real clock and real dice. The rules are all in `tracker/`. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerOptions as HttpOptions, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Moment, Tracker, TrackerOptions } from '../tracker/api.ts';
import type { FailureStatus } from '../tracker/failures.ts';
import { createTrackerEndpoint } from '../tracker/http.ts';
import { selectionOf } from '../tracker/policies.ts';
import type { SelectionName } from '../tracker/policies.ts';
import { createTracker } from '../tracker/tracker.ts';
import type { AccessList } from './access-file.ts';
import { gateOf } from './access-gate.ts';
import type { CorsPolicy } from './cors.ts';
import { dashboardFiles } from './dashboard-files.ts';
import { EventStream } from './event-stream.ts';
import { boundedLog } from './fault-log.ts';
import { OperatorApi } from './operator.ts';
import { answerRaw, cutLater, statusOf } from './raw-answer.ts';
import { isLoopbackHost } from './relay-access.ts';
import { Relay } from './relay.ts';
import { Routes } from './routes.ts';
import { listenProblem, StartError } from './start-error.ts';

/** Bounds on what one client can take; the first four are the digest's ("Errors"). */
export interface ServerLimits {
  /** Bytes of a request's body. */
  readonly maxBody: number;
  /** Bytes of a Request-URI. */
  readonly maxTarget: number;
  /** Milliseconds until the headers must be in. */
  readonly headersTimeout: number;
  /** Milliseconds from there until the body must be in. */
  readonly bodyTimeout: number;
  /** Bytes of a request's head; more than `maxTarget`, so that a long URI is told apart. */
  readonly maxHead: number;
  /** Milliseconds an idle connection is kept. */
  readonly keepAlive: number;
  /** Milliseconds without a byte either way, until a client that reads no answer is cut; more than `heartbeat`. */
  readonly silence: number;
  /** How often connections are looked over for time-outs, in milliseconds. */
  readonly checkEvery: number;
  /** Readers of `/events` at once. */
  readonly maxSubscribers: number;
  /** Milliseconds between signs of life on `/events`. */
  readonly heartbeat: number;
  /** Milliseconds that requests in flight get when the server stops. */
  readonly grace: number;
}

const LIMITS: ServerLimits = {
  maxBody: 1024 * 1024,
  maxTarget: 8 * 1024,
  headersTimeout: 10_000,
  bodyTimeout: 15_000,
  maxHead: 32 * 1024,
  // Twice a report interval: a peer's next report finds its connection still there.
  keepAlive: 65_000,
  silence: 60_000,
  checkEvery: 1_000,
  maxSubscribers: 64,
  heartbeat: 15_000,
  grace: 5_000,
};

/** How often peers whose timer ran out are cleaned out, in milliseconds. */
const EXPIRE_EVERY = 1_000;

export interface ServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly tracker?: Partial<TrackerOptions>;
  /** Refuses what departs from an edition's text, where it is read tolerantly otherwise. */
  readonly strict?: boolean;
  /** Who is put on a peer list first; `random` unless told otherwise. */
  readonly policy?: SelectionName;
  readonly cors?: CorsPolicy;
  /** Who may speak to the tracker; everybody when left out. */
  readonly access?: AccessList | undefined;
  /** PEM texts; with them it speaks HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Folder of the built dashboard; without it the tracker is alone. */
  readonly dashboard?: string | undefined;
  /** Origin that `/relay` reaches for the dashboard; without it there is no relay. */
  readonly relay?: string | undefined;
  readonly limits?: Partial<ServerLimits>;
  /** Clock and dice; the real ones unless told otherwise. */
  readonly moment?: () => Moment;
  /** Told of bugs of ours that a request brought to light. */
  readonly onFault?: (error: unknown) => void;
}

export interface RunningServer {
  /** Ends in `/`. */
  readonly url: string;
  readonly port: number;
  readonly tracker: Tracker;
  /** Answers what is in flight, within bounds, and frees the port. */
  stop(): Promise<void>;
}

function realMoment(): Moment {
  const now = performance.now();
  // Taken anew each time: the wall clock may be set while the server runs.
  return { now, random: Math.random, origin: Date.now() - now };
}

function makeServer(options: ServerOptions, limits: ServerLimits): Server {
  const http: HttpOptions = {
    maxHeaderSize: limits.maxHead,
    headersTimeout: limits.headersTimeout,
    // The body's own limit is kept by readBody, which answers in the request's edition; this one is behind it.
    requestTimeout: limits.headersTimeout + 2 * limits.bodyTimeout,
    keepAliveTimeout: limits.keepAlive,
    connectionsCheckingInterval: limits.checkEvery,
    // Routes answers 400 itself, with the headers that stand on every answer.
    requireHostHeader: false,
  };
  if (options.tls === undefined) return createServer(http);
  try {
    return createSecureServer({ ...http, ...options.tls, handshakeTimeout: limits.headersTimeout });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new StartError(`The TLS certificate and key do not work: ${problem}`, { cause: error });
  }
}

export function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => reject(listenProblem(error, host, port));
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.off('error', onError);
      resolve(server.address() as AddressInfo);
    });
  });
}

/** A URL that a person can open: a wildcard address is no place to go to. */
export function urlOf(options: Pick<ServerOptions, 'host' | 'tls'>, port: number): string {
  const host = options.host === '0.0.0.0' ? '127.0.0.1' : options.host === '::' ? '::1' : options.host;
  const scheme = options.tls === undefined ? 'http' : 'https';
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}/`;
}

interface InFlight {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** It is this very request that is broken, and the connection is free for its answer. */
function isUnanswered({ request, response }: InFlight): boolean {
  return !request.complete && !response.headersSent && response.socket !== null;
}

function makeRelay({ relay, host }: ServerOptions, limits: ServerLimits): Relay | undefined {
  if (relay === undefined) return undefined;
  if (!isLoopbackHost(host))
    throw new StartError(
      `--relay works on this computer alone: with --host ${host} others could send requests through it. Use --host 127.0.0.1, or leave --relay out.`,
    );
  return new Relay({ target: relay, limits });
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const limits = { ...LIMITS, ...options.limits };
  const relay = makeRelay(options, limits);
  const { host, port: asked, tls, strict = false, moment = realMoment } = options;
  const onFault =
    options.onFault ??
    boundedLog(
      (fault) => console.error('swarmscope:', fault),
      () => performance.now(),
    );
  const tracker = createTracker(options.tracker ?? {}, moment().now, selectionOf(options.policy ?? 'random'));
  const endpoint = createTrackerEndpoint(tracker, { ...limits, strict, onFault });
  const events = new EventStream(limits);
  const expire = (): void => void endpoint.expire(moment().now);
  const place = { host, scheme: tls === undefined ? 'http' : 'https' } as const;
  let stopping = false;
  const routes = new Routes({
    tracker,
    endpoint,
    events,
    operator: new OperatorApi({ tracker, place, limits, expire }),
    files: options.dashboard === undefined ? undefined : dashboardFiles(options.dashboard),
    relay,
    gate: options.access === undefined ? undefined : gateOf(options.access),
    cors: options.cors ?? '*',
    limits,
    moment,
    wallClock: Date.now,
    isStopping: () => stopping,
  });
  const server = makeServer(options, limits);
  server.timeout = limits.silence;

  /**
   * What each connection was asked last, until it is answered: for when its input turns out to be broken.
   * Weak, because an answer that waits behind another is never closed when its connection is.
   */
  const inFlight = new WeakMap<Duplex, InFlight>();

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    inFlight.set(request.socket, { request, response });
    response.on('close', () => {
      if (inFlight.get(request.socket)?.response === response) inFlight.delete(request.socket);
      if (stopping) server.closeIdleConnections();
    });
    routes.answer(request, response).catch((error: unknown) => {
      onFault(error);
      routes.fail(request, response).catch(() => response.destroy());
    });
  };
  server.on('request', onRequest);
  // `Expect`: Routes looks at the head first. Without these listeners node:http would answer for us.
  server.on('checkContinue', onRequest);
  server.on('checkExpectation', onRequest);

  const refused = new WeakSet<Duplex>();
  const refuseRaw = (socket: Duplex, status: FailureStatus): void => {
    if (refused.has(socket)) return;
    refused.add(socket);
    const current = inFlight.get(socket);
    const answer = (request: IncomingMessage | undefined): void => {
      if (!socket.writable) socket.destroy();
      else answerRaw(socket, routes.refusal(status, request), routes.commonHeaders(request));
    };
    if (current === undefined || isUnanswered(current)) return answer(current?.request);
    // Answers due come first, and bytes among them would become part of them (RFC 9112 §9.3.2).
    cutLater(socket);
    current.response.once('finish', () => answer(undefined));
  };
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Nobody is left to answer, or nobody yet.
    if (error.code === 'ECONNRESET' || error.code === 'ERR_TLS_HANDSHAKE_TIMEOUT') socket.destroy();
    else refuseRaw(socket, statusOf(error));
  });
  // The method CONNECT asks for a tunnel: not ours to give.
  server.on('connect', (_request, socket) => refuseRaw(socket, 405));

  const { port } = await listen(server, host, asked);
  // Running out of file descriptors and the like is met at accept; the server goes on.
  server.on('error', onFault);
  const expiry = setInterval(expire, EXPIRE_EVERY);

  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= new Promise((resolve) => {
      stopping = true;
      clearInterval(expiry);
      events.end();
      const cut = setTimeout(() => server.closeAllConnections(), limits.grace);
      server.close(() => {
        clearTimeout(cut);
        relay?.close();
        resolve();
      });
    });
    return stopped;
  };
  return { url: urlOf(options, port), port, tracker, stop };
}
