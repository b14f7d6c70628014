/** The suite's door for peers: one HTTP listener, every POST handed over with what answers it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlainAnswer } from '../conformance/peer-bench.ts';
import type { Arrival } from '../conformance/peer-source.ts';
import { encodeText } from '../protocol/text.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { listenProblem } from './start-error.ts';

export interface PeerDoor {
  /** Where peers are sent, with its last slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Longest request body handed over, in bytes. */
const MAX_BODY = 1024 * 1024;

function headersOf({ rawHeaders }: IncomingMessage): readonly (readonly [string, string])[] {
  return rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? ''] as const] : []));
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BODY) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function send(
  response: ServerResponse,
  { status, reason, headers, body = '', missing = 0 }: PlainAnswer,
): void {
  if (response.destroyed || response.headersSent) return;
  const bytes = typeof body === 'string' ? encodeText(body) : body;
  const all = { ...headers, 'content-length': bytes.length + missing };
  if (reason === undefined) response.writeHead(status, all);
  else response.writeHead(status, reason, all);
  if (missing === 0) response.end(bytes);
  else response.write(bytes, () => response.destroy());
}

async function handOver(
  request: IncomingMessage,
  response: ServerResponse,
  arrive: (arrival: Arrival) => void,
): Promise<void> {
  for (const [name, value] of Object.entries(corsHeaders('*', request.headers.origin)))
    response.setHeader(name, value);
  const target = request.url ?? '/';
  if (request.method === 'OPTIONS') {
    response.writeHead(204, preflightHeaders(request.headers)).end();
    return;
  }
  const body = await bodyOf(request);
  if (body === undefined) {
    send(response, { status: 413, headers: { connection: 'close' } });
    return;
  }
  // A look whether anybody is there, and no request of the protocol.
  const looksIn = /^(?:GET|HEAD)$/.test(request.method ?? '') && body.length === 0 && !target.includes('?');
  if (looksIn) {
    send(response, { status: 405, headers: { allow: 'POST, OPTIONS' } });
    return;
  }
  arrive({
    method: request.method ?? '',
    target,
    headers: headersOf(request),
    body,
    remote: { address: request.socket.remoteAddress ?? '', port: request.socket.remotePort ?? 0 },
    answer: (answer) => send(response, answer),
    drop: () => {
      if (!response.headersSent) response.destroy();
    },
  });
}

/** @throws {StartError} When it cannot listen there. */
export async function openPeerDoor(
  where: { readonly host: string; readonly port: number },
  arrive: (arrival: Arrival) => void,
): Promise<PeerDoor> {
  const server = createServer((request, response) => {
    // Whoever hangs up in the middle of a request has not come.
    handOver(request, response, arrive).catch(() => response.destroy());
  });
  try {
    server.listen(where);
    await once(server, 'listening');
  } catch (error) {
    throw listenProblem(error as NodeJS.ErrnoException, where.host, where.port);
  }
  const { port } = server.address() as AddressInfo;
  const host = where.host.includes(':') ? `[${where.host}]` : where.host;
  return {
    url: `http://${host}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
