import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { exchangeLine } from './exchange-line.ts';
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

/** gu-04; `inner` comes after the head. */
const gu04 = (method: string, transaction: string, inner = ''): string =>
  `<PPSPTrackerProtocol version="1.0"><Method>${method}</Method><TransactionID>${transaction}</TransactionID><PeerID>p1</PeerID>${inner}</PPSPTrackerProtocol>`;

const postXml = (of: RunningServer, body: string): Promise<Response> =>
  fetch(of.url, { method: 'POST', headers: { 'content-type': 'application/xml' }, body });

async function nextLine(stream: IncomingMessage): Promise<ExchangeLine> {
  const text = await readUntil(stream, /^data: .*\n\n/m);
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '') as ExchangeLine;
}

it('streams exchanges of gu-04, with the questions that ride on an answer', async () => {
  const tracker = await start();
  const stream = await open(tracker);
  await postXml(tracker, gu04('CONNECT', '1'));
  expect(await nextLine(stream)).toMatchObject({ edition: 'gu-04', method: 'CONNECT', swarms: [] });
  await postXml(tracker, gu04('JOIN_CHUNK', '2', '<SwarmID>film</SwarmID><ChunkID>c</ChunkID>'));
  expect(await nextLine(stream)).toMatchObject({ method: 'JOIN_CHUNK', swarms: ['film'] });
  await postXml(tracker, gu04('FIND', '3', '<SwarmID>none</SwarmID>'));
  expect(await nextLine(stream)).toMatchObject({ status: 404, error: 'not-found', swarms: [] });
  const asked = { method: 'PUT', headers: { 'content-type': 'application/json' } };
  await fetch(`${tracker.url}peers/p1/query`, { ...asked, body: '{"properties":["StreamStats"]}' });
  await postXml(tracker, gu04('KEEPALIVE', '4'));
  const line = await nextLine(stream);
  expect(line).toMatchObject({ method: 'KEEPALIVE', swarms: [], error: null });
  expect(line.response).toMatch(/<Queries>.*<TransactionID>q\.1<\/TransactionID>/);
  const answer = gu04('', 'q.1', '<Stats><Stat property="StreamStats">1</Stat></Stats>');
  await postXml(tracker, answer.replace('<Method></Method>', '<RESPONSE>STAT_QUERY</RESPONSE>'));
  expect(await nextLine(stream)).toMatchObject({ method: 'STAT_QUERY', status: 200, transactionId: 'q.1' });
  await postXml(tracker, gu04('DISCONNECT', '5'));
  expect(await nextLine(stream)).toMatchObject({ method: 'DISCONNECT', status: 200, swarms: ['film'] });
  stream.destroy();
});

it.each([
  ['a token', '<AuthToken>hush-hush</AuthToken>'],
  ['one with attributes and a prefix', '<x:AuthToken a="b">hush-hush</x:AuthToken>'],
  ['one in CDATA', '<AuthToken><![CDATA[hush-hush]]></AuthToken>'],
  ['one that never ends', '<AuthToken>hush-hush'],
  ['two of them', '<AuthToken>hush-hush</AuthToken><authtoken\n>hush-hush</authtoken>'],
  ['credentials', '<Credentials>hush-hush</Credentials>'],
])('keeps what a peer authenticates with to itself: %s', async (_, secret) => {
  const tracker = await start();
  const stream = await open(tracker);
  const body = gu04('CONNECT', '1', `${secret}<Cer/>`);
  await postXml(tracker, body);
  const line = await nextLine(stream);
  expect(line.requestBytes).toBe(body.length);
  expect(line.request).toContain('<PeerID>p1</PeerID>');
  expect(line.request).toContain('>(withheld)');
  expect(JSON.stringify(line)).not.toContain('hush');
  stream.destroy();
});

it('hides no more than that', async () => {
  const tracker = await start();
  const stream = await open(tracker);
  for (const inner of ['<AuthToken/><Cer>c</Cer>', '<AuthToken /><Cer>c</Cer>']) {
    await postXml(tracker, gu04('CONNECT', inner.length.toString(), inner));
    expect((await nextLine(stream)).request).toContain(inner);
  }
  await postXml(tracker, gu04('KEEPALIVE', '2', '<AuthToken>hush</AuthToken><After/>'));
  expect((await nextLine(stream)).request).toContain('<AuthToken>(withheld)</AuthToken><After/>');
  stream.destroy();
});

it('looks for secrets in one pass, whatever it is sent', () => {
  const hostile = ['<AuthToken', '<a', '<AuthToken ', '</', '<AuthToken>', 'a:'].map((text) =>
    text.repeat(16 * 1024),
  );
  const started = performance.now();
  for (const text of hostile)
    exchangeLine(
      {
        request: {
          method: 'POST',
          target: '/',
          contentType: undefined,
          body: new TextEncoder().encode(text),
          remote: { address: '::1', port: 1 },
        },
        response: { status: 400, reason: '', headers: {}, body: new Uint8Array() },
        edition: undefined,
        method: undefined,
        peerId: undefined,
        transactionId: undefined,
        error: 'bad-request',
        repeated: false,
        events: [],
      },
      0,
    );
  // Quadratic, it would take seconds.
  expect(performance.now() - started).toBeLessThan(500);
});

it('names no swarm that a peer left by itself, its ExpireTime come', async () => {
  let now = 0;
  server = await startServer({ host: '127.0.0.1', port: 0, moment: () => ({ now, random: Math.random }) });
  const stream = await open(server);
  await postXml(server, gu04('CONNECT', '1'));
  await nextLine(stream);
  await postXml(server, gu04('JOIN', '2', '<SwarmID>film</SwarmID><ExpireTime>5</ExpireTime>'));
  expect((await nextLine(stream)).swarms).toEqual(['film']);
  now = 5_000;
  await postXml(server, gu04('KEEPALIVE', '3'));
  expect(await nextLine(stream)).toMatchObject({ status: 200, swarms: [] });
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
