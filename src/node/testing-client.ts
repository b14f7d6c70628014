/** A real server on a wound clock, and peers that speak to it over real HTTP, for the tests of this folder. */
import { askedBy } from '../protocol/codec.ts';
import { codecOf } from '../protocol/editions/index.ts';
import type { Request, Response, SuccessResponse } from '../protocol/message.ts';
import type { TrackerStats } from '../tracker/api.ts';
import type { PeerRecord } from '../tracker/records.ts';
import { as, encoded } from '../tracker/testing-http.ts';
import { dice } from '../tracker/testing.ts';
import { startServer } from './server.ts';
import type { RunningServer, ServerOptions } from './server.ts';

/** An answer as it came, and as its edition reads it. */
export interface Told {
  readonly status: number;
  readonly reason: string;
  readonly contentType: string | null;
  readonly text: string;
  /** `undefined`: the body is empty. */
  readonly response: Response | undefined;
}

export interface Client {
  readonly server: RunningServer;
  /** Winds the clock on, by milliseconds. */
  wait(ms: number): void;
  /** Sends bytes as they are. */
  post(
    body: string | Uint8Array<ArrayBuffer>,
    contentType: string,
    path?: string,
  ): Promise<globalThis.Response>;
  /** Sends a request as it is. */
  send(request: Request): Promise<Told>;
  /** Sends a request under a transaction ID of its own. */
  say(request: Request): Promise<Told>;
  /** The same for several, which must all succeed. */
  all(requests: readonly Request[]): Promise<void>;
  /** As the operator sees it. */
  peer(peerId: string): Promise<PeerRecord | undefined>;
  stats(): Promise<TrackerStats>;
}

let running: RunningServer[] = [];

export async function stopAll(): Promise<void> {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
}

/** `clock`: wound by hand, or the real one. */
export async function startClient(
  options: Partial<ServerOptions> = {},
  clock: 'wound' | 'real' = 'wound',
): Promise<Client> {
  let now = 0;
  let asked = 0;
  const random = dice(7);
  const moment = () => ({ now, random, origin: Date.UTC(2011, 6, 27) });
  const wound = clock === 'wound' ? { moment } : {};
  const server = await startServer({ host: '127.0.0.1', port: 0, ...wound, ...options });
  running.push(server);

  const post: Client['post'] = (body, contentType, path = '') =>
    fetch(server.url + path, { method: 'POST', headers: { 'content-type': contentType }, body });
  const send: Client['send'] = async (request) => {
    const { body, contentType = '' } = encoded(request);
    const answer = await post(new Uint8Array(body), contentType);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return {
      status: answer.status,
      reason: answer.statusText,
      contentType: answer.headers.get('content-type'),
      text: new TextDecoder().decode(bytes),
      response: bytes.length === 0 ? undefined : decoded(request, bytes),
    };
  };
  const say: Client['say'] = (request) => send(as(request, `t${asked++}`));
  return {
    server,
    wait: (ms) => void (now += ms),
    post,
    send,
    say,
    async all(requests) {
      for (const request of requests) success(await say(request));
    },
    async peer(peerId) {
      const answer = await fetch(`${server.url}peers/${encodeURIComponent(peerId)}`);
      if (answer.status === 404) return undefined;
      return (await answer.json()) as PeerRecord;
    },
    stats: async () => (await (await fetch(`${server.url}stats`)).json()) as TrackerStats,
  };
}

function decoded(request: Request, bytes: Uint8Array): Response {
  const { edition, method } = request;
  const read = codecOf(edition).decodeResponse(bytes, method, askedBy(request));
  if (!read.ok) throw new Error(`${read.error.path} ${read.error.problem}`);
  if (read.findings.length > 0) throw new Error(`departs from ${edition}: ${read.findings[0]?.path}`);
  return read.message;
}

export function success({ status, reason, response }: Told): SuccessResponse {
  if (status !== 200 || response?.outcome !== 'success') throw new Error(`refused: ${status} ${reason}`);
  return response;
}

export const listed = (told: Told, swarm = 'a'): string[] =>
  success(told)
    .peerLists.filter(({ swarmId }) => swarmId === swarm)
    .flatMap(({ peers }) => peers.map(({ peerId }) => String(peerId)));
