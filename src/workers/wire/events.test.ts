import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { EventsReport } from '../messages.ts';
import { listenTo } from './events.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server on a port of its own, which may come and go. */
async function serving(
  listener: RequestListener,
  port = 0,
): Promise<{ url: string; port: number; stop: () => void }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  stops.push(stop);
  const bound = (server.address() as AddressInfo).port;
  return { url: `http://127.0.0.1:${bound}/events`, port: bound, stop };
}

/** What is heard, and a promise for the report that a test waits for. */
function listening(url: string) {
  const events: unknown[] = [];
  const reports: EventsReport[] = [];
  const waiting: (() => void)[] = [];
  const source = listenTo(url, {
    event: (event) => {
      events.push(event);
      for (const look of waiting) look();
    },
    state: (report) => {
      reports.push(report);
      for (const look of waiting) look();
    },
  });
  stops.push(() => source.stop());
  return {
    events,
    until: (holds: (latest: EventsReport | undefined) => boolean) =>
      new Promise<EventsReport | undefined>((resolve) => {
        const look = (): void => {
          if (holds(reports.at(-1))) resolve(reports.at(-1));
        };
        waiting.push(look);
        look();
      }),
  };
}

const STREAM = { 'content-type': 'text/event-stream' };

test('events come as they are told, without credentials; what was missed is counted', async () => {
  const headers: unknown[] = [];
  const { url } = await serving((request, response) => {
    headers.push(request.headers.cookie, request.headers.authorization, request.headers.referer);
    response.writeHead(200, STREAM);
    response.write(': connected\n\ndata: {"a":1}\n\nevent: missed\ndata: {"missed":7}\n\ndata: {broken\n\n');
    response.write('data: {"a":2}\n\n');
  });
  const heard = listening(url);
  await heard.until((latest) => latest?.missed === 8 && heard.events.length === 2);
  expect(heard.events).toEqual([{ a: 1 }, { a: 2 }]);
  expect(headers).toEqual([undefined, undefined, undefined]);
});

test('a stream that breaks off is taken up again', async () => {
  let asked = 0;
  const { url } = await serving((_, response) => {
    response.writeHead(200, STREAM);
    response.end(`data: ${++asked}\n\n`);
  });
  const heard = listening(url);
  expect(await heard.until((latest) => latest?.state === 'trouble')).toMatchObject({
    problem: 'The stream of events came to its end.',
  });
  await heard.until(() => heard.events.length >= 2);
  expect(heard.events.slice(0, 2)).toEqual([1, 2]);
});

test.each<[string, RequestListener, string]>([
  [
    'a page',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    'It answers 200 with text/html, which is no stream of events.',
  ],
  [
    'an error',
    (_, response) => response.writeHead(404).end(),
    'It answers 404, which is no stream of events.',
  ],
  ['too many readers', (_, response) => response.writeHead(503).end(), 'It has too many readers already.'],
  [
    'a redirect',
    (request, response) =>
      request.url === '/events' ? response.writeHead(302, { location: '/elsewhere' }).end() : response.end(),
    'Something answers there, but does not let this page read it, or sends it elsewhere',
  ],
])('what is no stream is told in words: %s', async (_, listener, problem) => {
  const { url } = await serving(listener);
  const trouble = await listening(url).until((latest) => latest?.state === 'trouble');
  expect(trouble?.problem).toContain(problem);
});

test('nobody there is told, and somebody who comes later is heard', async () => {
  const { url, port, stop } = await serving((_, response) => response.end());
  stop();
  const heard = listening(url);
  const trouble = await heard.until((latest) => latest?.state === 'trouble');
  expect(trouble?.problem).toContain('Nothing can be reached there.');
  await serving((_, response) => response.writeHead(200, STREAM).write('data: 1\n\n'), port);
  await heard.until(() => heard.events.length === 1);
  expect(await heard.until((latest) => latest?.state === 'open')).not.toHaveProperty('problem');
});
