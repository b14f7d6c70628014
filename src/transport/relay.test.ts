import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fetchTransport } from '../testing/fetch.ts';
import { RELAY_MARK, throughRelay } from './relay.ts';
import type { Transport, WireAnswer } from './transport.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => listener(request, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/relay`;
}

const TRACKER = 'https://tracker.example/announce';
const send = (transport: Transport, url = TRACKER): Promise<WireAnswer> =>
  transport.send({
    url,
    contentType: 'application/json',
    body: new TextEncoder().encode('{}'),
    timeout: 5000,
  });

/** Through a relay that says it is for this origin; `clock.now` is wound by the test. */
function through(
  relay: string,
  targets: (string | undefined)[],
  clock = { now: 0 },
): { transport: Transport; asked: () => number } {
  let asked = 0;
  const ask = (): Promise<string | undefined> =>
    Promise.resolve(targets[Math.min(asked++, targets.length - 1)]);
  return {
    transport: throughRelay(fetchTransport, relay, { ask, now: () => clock.now }),
    asked: () => asked,
  };
}

test("asks for /relay/ with the tracker's URL behind it; the tracker's answer comes as if from there", async () => {
  const seen: unknown[] = [];
  const relay = await listen((request, response) => {
    seen.push(request.method, request.url);
    response.writeHead(403, { [RELAY_MARK]: 'answered', 'content-type': 'application/xml' }).end('<a/>');
  });
  const { transport, asked } = through(relay, ['https://tracker.example']);
  expect(await send(transport)).toMatchObject({
    kind: 'answered',
    status: 403,
    contentType: 'application/xml',
  });
  await send(transport);
  expect(seen.slice(0, 2)).toEqual(['POST', '/relay/https://tracker.example/announce']);
  expect(asked()).toBe(1);
});

test("the relay's own answers are failures with their causes", async () => {
  let mark = '';
  const relay = await listen((_request, response) =>
    response.writeHead(502, { [RELAY_MARK]: mark }).end('{}'),
  );
  const { transport } = through(relay, ['https://tracker.example']);
  for (const [cause, failure] of [
    ['refused', 'unreachable'],
    ['tls', 'unreachable'],
    ['no-answer', 'timeout'],
    ['answer-too-large', 'too-large'],
    ['not-allowed', 'unreachable'],
  ]) {
    mark = cause ?? '';
    expect(await send(transport)).toMatchObject({ kind: 'failed', failure, cause });
  }
});

test('nothing is sent where no relay is, or one for another tracker', async () => {
  let requests = 0;
  const relay = await listen((_request, response) => {
    requests++;
    response.end('{}');
  });
  const none = through(relay, [undefined]);
  expect(await send(none.transport)).toMatchObject({
    kind: 'failed',
    failure: 'unreachable',
    cause: 'no-relay',
  });
  for (const target of [
    'https://other.example',
    'http://tracker.example',
    'https://tracker.example:8443',
    'https://tracker.exampl',
  ])
    expect(await send(through(relay, [target]).transport)).toMatchObject({
      kind: 'failed',
      cause: 'not-allowed',
    });
  expect(requests).toBe(0);
});

test('a relay that is not there is asked for again after a while, and used once it is', async () => {
  const relay = await listen((_request, response) =>
    response.writeHead(200, { [RELAY_MARK]: 'answered' }).end('{}'),
  );
  const clock = { now: 0 };
  const { transport, asked } = through(relay, [undefined, undefined, 'https://tracker.example'], clock);
  expect(await send(transport)).toMatchObject({ cause: 'no-relay' });
  clock.now = 2900;
  await Promise.all([send(transport), send(transport)]);
  expect(asked()).toBe(1);
  clock.now = 3100;
  expect(await send(transport)).toMatchObject({ cause: 'no-relay' });
  clock.now = 6300;
  expect(await send(transport)).toMatchObject({ kind: 'answered' });
  expect(asked()).toBe(3);
});

test('an answer without the mark is not the tracker: the server was started again without its relay', async () => {
  const relay = await listen((_request, response) => response.end('{"own":"tracker"}'));
  const { transport, asked } = through(relay, ['https://tracker.example', undefined]);
  expect(await send(transport)).toMatchObject({ kind: 'failed', cause: 'no-relay' });
  await send(transport);
  expect(asked()).toBe(2);
});
