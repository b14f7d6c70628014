import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fetchTransport } from '../testing/fetch.ts';
import { MAX_ANSWER, type WireAnswer } from './transport.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/announce`;
}

const body = new TextEncoder().encode('{"a":1}');
const send = (url: string, timeout = 5000): Promise<WireAnswer> =>
  fetchTransport.send({ url, contentType: 'application/ppsp-tracker+json', body, timeout });

test('carries the body and the media type there, and status, reason, media type and body back', async () => {
  const seen: unknown[] = [];
  const url = await listen((request, response) => {
    seen.push(request.method, request.url, request.headers['content-type'], request.headers['cookie']);
    request.on('data', (data: Buffer) => seen.push(data.toString()));
    request.on('end', () =>
      response.writeHead(403, 'Forbidden Action', { 'content-type': 'application/xml' }).end('<a/>'),
    );
  });
  const answer = await send(url);
  expect(seen).toEqual(['POST', '/announce', 'application/ppsp-tracker+json', undefined, '{"a":1}']);
  expect(answer).toMatchObject({
    kind: 'answered',
    status: 403,
    reason: 'Forbidden Action',
    contentType: 'application/xml',
  });
  expect(answer.kind === 'answered' && new TextDecoder().decode(answer.body)).toBe('<a/>');
});

test('an empty answer is an answer', async () => {
  const url = await listen((request, response) =>
    request.resume().on('end', () => response.writeHead(400).end()),
  );
  expect(await send(url)).toMatchObject({
    kind: 'answered',
    status: 400,
    contentType: undefined,
    body: new Uint8Array(),
  });
});

test('tells for how many seconds a tracker wants to be left alone; a date says nothing (RFC 9110 §10.2.3)', async () => {
  for (const [header, retryAfter] of [
    ['17', 17],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
  ] as const) {
    const url = await listen((request, response) =>
      request.resume().on('end', () => response.writeHead(503, { 'retry-after': header }).end()),
    );
    const answer = await send(url);
    expect(answer.kind === 'answered' && answer.retryAfter).toBe(retryAfter);
  }
});

test('nobody there: unreachable', async () => {
  const url = await listen(() => undefined);
  for (const cleanup of cleanups.splice(0)) cleanup();
  expect(await send(url)).toMatchObject({ kind: 'failed', failure: 'unreachable' });
});

test('no answer in time: timeout', async () => {
  const url = await listen(() => undefined);
  expect(await send(url, 50)).toMatchObject({
    kind: 'failed',
    failure: 'timeout',
    detail: 'No answer within 0.05 s.',
  });
});

test('an answer without end is cut off', async () => {
  const url = await listen((request, response) => {
    request.resume();
    response.writeHead(200);
    const chunk = Buffer.alloc(64 * 1024);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
      response.once('drain', more);
    };
    more();
  });
  expect(await send(url)).toEqual({
    kind: 'failed',
    failure: 'too-large',
    detail: `The answer is longer than ${MAX_ANSWER} bytes.`,
  });
});

test('what is no URL is not sent', async () => {
  expect(await send('http://')).toMatchObject({ kind: 'failed', failure: 'invalid-url' });
});
