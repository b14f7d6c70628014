import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { ExchangeLine } from './exchange-line.ts';
import { startServer } from './server.ts';
import type { RunningServer, ServerOptions } from './server.ts';

let server: RunningServer | undefined;

async function start(limits: NonNullable<ServerOptions['limits']> = {}): Promise<RunningServer> {
  server = await startServer({ host: '127.0.0.1', port: 0, limits });
  return server;
}

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** Opens the stream; resolves once it has begun. */
async function open(of: RunningServer): Promise<IncomingMessage> {
  const [incoming] = (await once(get(`${of.url}events`), 'response')) as [IncomingMessage];
  incoming.setEncoding('utf8').on('error', () => undefined);
  return incoming;
}

/** Reads until what came matches, and returns it. */
async function readUntil(stream: IncomingMessage, pattern: RegExp): Promise<string> {
  let text = '';
  // The stream stays open for the next reading.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (pattern.test(text)) return text;
  }
  throw new Error(`the stream ended after: ${text}`);
}

const connect = (peerId: string, padding = ''): string =>
  JSON.stringify({
    PPSPTrackerProtocol: {
      version: 1,
      request_type: 'CONNECT',
      transaction_id: `t-${peerId}`,
      peer_id: peerId,
      padding,
      connect: { swarm_action: [{ swarm_id: 'film', action: 'JOIN', peer_mode: 'LEECH' }] },
    },
  });

const post = (of: RunningServer, body: string): Promise<Response> =>
  fetch(`${of.url}announce?x=1`, {
    method: 'POST',
    headers: { 'content-type': 'application/ppsp-tracker+json' },
    body,
  });

it('streams every exchange as one line of JSON', async () => {
  const tracker = await start();
  const stream = await open(tracker);
  expect(stream.headers['content-type']).toBe('text/event-stream');
  expect(stream.headers['access-control-allow-origin']).toBe('*');
  const body = connect('p1');
  const answer = await (await post(tracker, body)).text();
  const text = await readUntil(stream, /^data: .*\n\n/m);
  const line = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '') as ExchangeLine;
  expect(line).toMatchObject({
    target: '/announce?x=1',
    edition: 'rfc7846',
    method: 'CONNECT',
    peerId: 'p1',
    transactionId: 't-p1',
    status: 200,
    error: null,
    repeated: false,
    requestBytes: body.length,
    responseBytes: answer.length,
    request: body,
    response: answer,
    swarms: ['film'],
  });
  expect(line.remote).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(Math.abs(line.time - Date.now())).toBeLessThan(60_000);

  await post(tracker, '{');
  expect(await readUntil(stream, /^data: .*\n\n/m)).toContain('"status":400');
  stream.destroy();
});

it('shows signs of life, and ends when the server stops', async () => {
  const tracker = await start({ heartbeat: 10 });
  const stream = await open(tracker);
  await readUntil(stream, /: still here/);
  const ended = once(stream, 'end');
  stream.resume();
  await tracker.stop();
  await ended;
  expect(stream.complete).toBe(true);
});

it('lives on signs of life, however short a silence is put up with', async () => {
  const tracker = await start({ heartbeat: 50, silence: 250 });
  const stream = await open(tracker);
  expect(await readUntil(stream, /(: still here\s+){10}/)).not.toContain('data:');
  stream.destroy();
});

it('takes a bounded number of readers', async () => {
  const tracker = await start({ maxSubscribers: 1 });
  const first = await open(tracker);
  const second = await fetch(`${tracker.url}events`);
  expect([second.status, second.headers.get('retry-after')]).toEqual([503, '30']);
  first.destroy();
  await expect.poll(async () => (await fetch(`${tracker.url}events`, { method: 'HEAD' })).status).toBe(200);
});

it('does not buffer for a slow reader, and tells it how much it missed', async () => {
  const tracker = await start();
  const stream = await open(tracker);
  // Nothing is read from here on: the sockets' buffers fill, then events are skipped.
  stream.pause();
  const big = 'x'.repeat(15_000);
  const count = 1_000;
  for (let i = 0; i < count; i += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, k) => post(tracker, connect(`p${i + k}`, big))));
  }
  const text = await readUntil(stream, /event: missed\ndata: \{"missed":\d+\}\n\n/);
  const missed = Number(/"missed":(\d+)/.exec(text)?.[1]);
  const seen = text.split('\n').filter((line) => line.startsWith('data: {"time"')).length;
  expect(missed).toBeGreaterThan(0);
  expect(seen + missed).toBe(count);
  stream.destroy();
});
