import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NdjsonReader } from '../recording/ndjson.ts';
import type { RecordedExchange } from '../recording/record.ts';
import { startProxy } from './proxy.ts';
import type { ProxyOptions, RunningProxy } from './proxy.ts';
import { startServer } from './server.ts';

const JSON_TYPE = 'application/ppsp-tracker+json';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swarmscope-proxy-'));
  file = join(folder, 'record.ndjson');
});

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  rmSync(folder, { recursive: true, force: true });
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

async function tracker(answer: RequestListener): Promise<{ origin: string; seen: Seen[]; stop(): void }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request;
      seen.push({ method, url, headers, rawHeaders, body: Buffer.concat(parts) });
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  cleanups.push(stop);
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, stop };
}

async function start(target: string, options: Partial<ProxyOptions> = {}): Promise<RunningProxy> {
  const proxy = await startProxy({ target, host: '127.0.0.1', port: 0, cors: '*', ...options });
  cleanups.push(() => proxy.stop());
  return proxy;
}

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

async function ask(
  proxy: RunningProxy,
  path: string,
  body: Uint8Array | string | undefined,
  headers: Record<string, string> = { 'content-type': JSON_TYPE },
  method = body === undefined ? 'GET' : 'POST',
): Promise<Answer> {
  const outgoing = httpRequest({ host: '127.0.0.1', port: proxy.port, path, method, headers });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
  const { statusCode = 0, statusMessage = '', rawHeaders } = response;
  return {
    status: statusCode,
    reason: statusMessage,
    headers: response.headers,
    rawHeaders,
    body: Buffer.concat(parts),
  };
}

/** The recording, read back by the reader of such files. */
function recorded(): RecordedExchange[] {
  const exchanges: RecordedExchange[] = [];
  const reader = new NdjsonReader((exchange) => exchanges.push(exchange));
  reader.push(readFileSync(file));
  expect(reader.end().problems).toEqual([]);
  return exchanges;
}

const connect = (peerId: string): string =>
  JSON.stringify({
    PPSPTrackerProtocol: {
      version: 1,
      request_type: 'CONNECT',
      transaction_id: 't1',
      peer_id: peerId,
      connect: { swarm_action: [{ swarm_id: 'film', action: 'JOIN', peer_mode: 'LEECH' }] },
    },
  });

describe('what passes through', () => {
  it('arrives byte for byte, both ways, whatever it is', async () => {
    const answer = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xc3, 0x28]);
    const { origin, seen } = await tracker((_request, response) =>
      response.writeHead(299, 'Odd  Reason', ['X-Case', 'Kept', 'X-Twice', '1', 'X-Twice', '2']).end(answer),
    );
    const proxy = await start(origin);
    const body = Buffer.from([0x80, 0x0a, 0x00, 0xfe]);
    const got = await ask(proxy, '/a//b/../c?x=%0d%0a&y', body, {
      'Content-Type': 'application/XML; charset=x',
      'X-Odd': 'a, b',
    });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/a//b/../c?x=%0d%0a&y' });
    expect(seen[0]?.body.equals(body)).toBe(true);
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/XML; charset=x',
      'x-odd': 'a, b',
      host: new URL(origin).host,
      'content-length': '4',
      via: '1.1 swarmscope',
    });
    expect(seen[0]?.rawHeaders).toContain('X-Odd');
    expect([got.status, got.reason]).toEqual([299, 'Odd  Reason']);
    expect(got.body.equals(answer)).toBe(true);
    expect(got.rawHeaders.join('|')).toContain('X-Case|Kept|X-Twice|1|X-Twice|2');
  });

  it('leaves the headers of each connection to it', async () => {
    const { origin, seen } = await tracker((_request, response) =>
      response
        .writeHead(200, {
          connection: 'close, x-mine',
          'x-mine': '1',
          'x-end': '1',
          'keep-alive': 'timeout=1',
        })
        .end('{}'),
    );
    const got = await ask(await start(origin), '/', '{}', {
      'content-type': JSON_TYPE,
      connection: 'keep-alive, X-Hop',
      'x-hop': '1',
      te: 'trailers',
      'proxy-authorization': 'Basic eA==',
      'transfer-encoding': 'chunked',
    });
    for (const name of ['x-hop', 'te', 'proxy-authorization', 'transfer-encoding'])
      expect([name, seen[0]?.headers[name]]).toEqual([name, undefined]);
    expect(seen[0]?.headers['content-length']).toBe('2');
    expect(got.headers['x-mine']).toBeUndefined();
    expect(got.headers['x-end']).toBe('1');
  });

  it('lets pages use it whatever the tracker says of CORS, and follows no redirect', async () => {
    const { origin, seen } = await tracker((_request, response) =>
      response
        .writeHead(302, {
          location: 'http://127.0.0.1:1/',
          'access-control-allow-origin': 'https://a.example',
        })
        .end(),
    );
    const proxy = await start(origin, { cors: ['https://b.example'] });
    const headers = { origin: 'https://b.example', 'content-type': JSON_TYPE };
    const got = await ask(proxy, '/', '{}', headers);
    expect([got.status, got.headers.location]).toEqual([302, 'http://127.0.0.1:1/']);
    expect(got.headers['access-control-allow-origin']).toBe('https://b.example');
    const preflight = await ask(
      proxy,
      '/',
      undefined,
      { ...headers, 'access-control-request-method': 'POST' },
      'OPTIONS',
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toContain('Authorization');
    expect(seen).toHaveLength(1);
  });
});

describe('what is shown and recorded', () => {
  it('is every exchange, as our own tracker shows it', async () => {
    const own = await startServer({ host: '127.0.0.1', port: 0 });
    cleanups.push(() => own.stop());
    const proxy = await start(own.url.slice(0, -1), { record: file });
    const stream = await fetch(`${proxy.url}events`);
    expect(stream.headers.get('access-control-allow-origin')).toBe('*');
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const untilEvents = async (count: number): Promise<Record<string, unknown>[]> => {
      for (;;) {
        const lines = text.split('\n').filter((line) => line.startsWith('data: '));
        if (lines.length >= count && text.endsWith('\n\n'))
          return lines.map((line) => JSON.parse(line.slice(6)) as Record<string, unknown>);
        text += (await reader?.read())?.value ?? '';
      }
    };
    const answer = await ask(proxy, '/announce?x=1', connect('p1'));
    expect(answer.status).toBe(200);
    await ask(proxy, '/announce', '<x/>', {
      'content-type': 'application/xml',
      authorization: 'Bearer secret',
    });
    // Figures pass through, and are no exchange.
    expect((await ask(proxy, '/stats', undefined)).body.toString()).toContain('"peers":1');
    const [first, second] = await untilEvents(2);
    expect(first).toMatchObject({
      target: '/announce?x=1',
      edition: 'rfc7846',
      method: 'CONNECT',
      peerId: 'p1',
      transactionId: 't1',
      status: 200,
      error: null,
      request: connect('p1'),
      response: answer.body.toString(),
      swarms: ['film'],
      repeated: false,
    });
    expect(Object.keys(first ?? {})).toEqual(Object.keys(second ?? {}));
    expect(second).toMatchObject({ status: 400, edition: null, peerId: null });
    await reader?.cancel();

    expect(await proxy.stop()).toEqual({ written: 2, lost: 0, problem: undefined });
    const [one, two] = recorded();
    expect(one).toMatchObject({
      id: 1,
      clock: 'absolute',
      from: 'foreign',
      url: `${own.url}announce?x=1`,
      method: 'CONNECT',
      verdict: 'ok',
      request: { contentType: JSON_TYPE, body: connect('p1') },
      result: { kind: 'answered', status: 200, body: answer.body.toString() },
    });
    expect(one?.remote).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(two?.request.headers).toContainEqual(['authorization', '(not recorded)']);
    expect(readFileSync(file, 'utf8')).not.toContain('secret');
  });

  it('keeps bytes that are no text, and says how long an answer was of which it keeps the start', async () => {
    const { origin } = await tracker((_request, response) => response.end(Buffer.alloc(5000, 0x61)));
    const proxy = await start(origin, { record: file, limits: { maxRecorded: 1000 } });
    const body = Buffer.from([0xff, 0xfe]);
    expect((await ask(proxy, '/', body)).body).toHaveLength(5000);
    await proxy.stop();
    const [one] = recorded();
    expect(one?.request.body).toEqual(new Uint8Array(body));
    expect(one?.result).toMatchObject({ bytes: 5000, body: 'a'.repeat(1000) });
  });
});

describe('when things go wrong', () => {
  it("survives the tracker's death and its return, and tells both sides", async () => {
    const first = await tracker((_request, response) => response.end('{}'));
    const proxy = await start(first.origin, { record: file });
    expect((await ask(proxy, '/', connect('p'))).status).toBe(200);
    first.stop();
    const lost = await ask(proxy, '/', connect('p'), {
      'content-type': JSON_TYPE,
      origin: 'https://a.example',
    });
    expect([lost.status, lost.reason]).toEqual([
      502,
      'The tracker behind this proxy: The connection was refused: nothing listens at that port.',
    ]);
    expect(lost.headers['access-control-allow-origin']).toBe('*');
    const again = createServer((_request, response) => response.end('{}'));
    again.listen(Number(new URL(first.origin).port), '127.0.0.1');
    await once(again, 'listening');
    cleanups.push(() => again.close());
    expect((await ask(proxy, '/', connect('p'))).status).toBe(200);
    await proxy.stop();
    expect(
      recorded().map(({ result }) => (result.kind === 'failed' ? result.failure : result.status)),
    ).toEqual([200, 'unreachable', 200]);
    expect(recorded()[1]).toMatchObject({ peerId: 'p', verdict: 'failed' });
  });

  it('bounds requests, time and number, and records what it refused', async () => {
    const { origin, seen } = await tracker((request, response) => {
      if (request.url === '/cut')
        response.writeHead(200, { 'content-length': '9' }).write('x', () => response.destroy());
    });
    const limits = { maxBody: 1000, answerTimeout: 300, maxInFlight: 2 };
    const proxy = await start(origin, { record: file, limits });
    expect((await ask(proxy, '/', 'x'.repeat(1001))).status).toBe(413);
    expect(seen).toEqual([]);
    expect((await ask(proxy, '/never', connect('p'))).status).toBe(504);
    await expect(ask(proxy, '/cut', connect('p'))).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    const three = await Promise.all([1, 2, 3].map(() => ask(proxy, '/never', connect('p'))));
    expect(three.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([503, 504, 504]);
    await proxy.stop();
    expect(
      recorded()
        .map(({ result }) => (result.kind === 'failed' ? result.failure : 'answered'))
        .toSorted(),
    ).toEqual(['no-answer', 'timeout', 'timeout', 'timeout', 'too-large', 'unreachable']);
  });

  it('records a peer that goes away, and lets go of the tracker', async () => {
    let closed: Promise<unknown> | undefined;
    let asked: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const { origin } = await tracker((_request, response) => {
      closed = once(response, 'close');
      asked?.();
    });
    const proxy = await start(origin, { record: file });
    const outgoing = httpRequest({ host: '127.0.0.1', port: proxy.port, path: '/', method: 'POST' });
    outgoing.on('error', () => undefined).end(connect('p'));
    await arrived;
    outgoing.destroy();
    await closed;
    await proxy.stop();
    expect(recorded()).toMatchObject([
      {
        peerId: 'p',
        result: { kind: 'failed', failure: 'no-answer', detail: expect.stringContaining('went away') },
      },
    ]);
  });

  it('writes over no file, and leaves none behind when its port is taken', async () => {
    writeFileSync(file, 'precious');
    await expect(start('http://127.0.0.1:1', { record: file })).rejects.toThrow(/is there already/);
    expect(readFileSync(file, 'utf8')).toBe('precious');
    const holder = await start('http://127.0.0.1:1');
    const other = join(folder, 'other.ndjson');
    await expect(start('http://127.0.0.1:1', { port: holder.port, record: other })).rejects.toThrow(
      /is taken/,
    );
    expect(() => readFileSync(other)).toThrow(/ENOENT/);
    await expect(start('http://127.0.0.1:1', { record: join(folder, 'no', 'such') })).rejects.toThrow(
      /cannot write/,
    );
  });
});
