import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Relay } from './relay.ts';
import { startServer } from './server.ts';
import type { RunningServer } from './server.ts';

const JSON_TYPE = 'application/ppsp-tracker+json';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** A tracker that keeps what it is asked, and answers as it is told. */
async function tracker(answer: RequestListener): Promise<{ origin: string; port: number; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request;
      seen.push({ method, url, headers, rawHeaders, body });
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, seen };
}

async function serve(relay: string | undefined, host = '127.0.0.1'): Promise<RunningServer> {
  const server = await startServer({ host, port: 0, relay });
  cleanups.push(() => server.stop());
  return server;
}

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Instead of those of our own page. */
  readonly from?: Record<string, string>;
}

/** Sends the target as it is written, as no URL parser would leave it. */
async function ask(server: RunningServer, target: string, asked: Ask = {}): Promise<Answer> {
  const { method = 'POST', headers = {}, body = '{}', from } = asked;
  const ours = {
    origin: server.url.slice(0, -1),
    'sec-fetch-site': 'same-origin',
    'sec-fetch-dest': 'empty',
  };
  const outgoing = httpRequest({
    host: '127.0.0.1',
    port: server.port,
    method,
    path: target,
    headers: { 'content-type': JSON_TYPE, ...(from ?? ours), ...headers },
  });
  outgoing.end(method === 'POST' ? body : undefined);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  const { statusCode = 0, statusMessage = '', headers: received } = response;
  return { status: statusCode, reason: statusMessage, headers: received, body: text };
}

const causeOf = ({ headers }: Answer): unknown => headers['x-swarmscope-relay'];

describe('what is relayed', () => {
  it('takes method, path, query and body to the tracker, and its answer back', async () => {
    const { origin, port, seen } = await tracker((_request, response) =>
      response
        .writeHead(403, 'Forbidden Action', { 'content-type': 'application/xml', 'retry-after': '5' })
        .end('<a/>'),
    );
    const server = await serve(origin);
    const answer = await ask(server, `/relay/${origin}/video_1?x=%0d%0aevil:1&y=//b`, { body: '{"ä":1}' });
    expect(answer).toMatchObject({ status: 403, reason: 'Forbidden Action', body: '<a/>' });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/xml',
      'retry-after': '5',
      'x-swarmscope-relay': 'answered',
    });
    // Escaped line breaks stay escaped: no header comes of them.
    expect(seen).toMatchObject([{ method: 'POST', url: '/video_1?x=%0d%0aevil:1&y=//b', body: '{"ä":1}' }]);
    expect(seen[0]?.headers.host).toBe(`127.0.0.1:${port}`);
    expect(seen[0]?.headers['evil']).toBeUndefined();
    expect((await ask(server, `/relay/${origin}/stats`, { method: 'GET' })).status).toBe(403);
    expect(seen[1]).toMatchObject({ method: 'GET', url: '/stats', body: '' });
  });

  it('passes on the listed headers alone, both ways', async () => {
    const { origin, seen } = await tracker((_request, response) =>
      response
        .writeHead(401, {
          'www-authenticate': 'Bearer realm="t"',
          'set-cookie': 'a=1',
          'access-control-allow-origin': '*',
          'clear-site-data': '"*"',
          'content-security-policy': "script-src 'unsafe-inline'",
          link: '</x>; rel=preload',
          refresh: '0; url=http://127.0.0.1:1/',
        })
        .end(),
    );
    const server = await serve(origin);
    const { headers } = await ask(server, `/relay/${origin}/`, {
      headers: {
        authorization: 'Bearer s',
        accept: 'text/x',
        cookie: 'c=1',
        'x-forwarded-for': '192.0.2.1',
        referer: 'http://a/',
      },
    });
    expect(Object.keys(seen[0]?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
    ]);
    expect(seen[0]?.headers.authorization).toBe('Bearer s');
    expect(headers['www-authenticate']).toBe('Bearer realm="t"');
    for (const name of ['set-cookie', 'access-control-allow-origin', 'clear-site-data', 'link', 'refresh'])
      expect(headers[name]).toBeUndefined();
    // HTML of the tracker's stands under our own origin, and must be inert there.
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('follows no redirect, and leads nobody there', async () => {
    const elsewhere = await tracker((_request, response) => response.end('secret'));
    const { origin } = await tracker((_request, response) =>
      response.writeHead(307, { location: `${elsewhere.origin}/x` }).end('moved'),
    );
    const answer = await ask(await serve(origin), `/relay/${origin}/`);
    expect(answer).toMatchObject({ status: 307, body: 'moved' });
    expect(answer.headers.location).toBeUndefined();
    expect(elsewhere.seen).toEqual([]);
  });

  it('tells its page which origin is allowed', async () => {
    const answer = await ask(await serve('https://tracker.example'), '/relay', { method: 'GET' });
    expect(JSON.parse(answer.body)).toEqual({ target: 'https://tracker.example' });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('every other target', () => {
  it('is refused, however it is written, and nothing is sent anywhere', async () => {
    const { origin, port, seen } = await tracker((_request, response) => response.end('reached'));
    const other = await tracker((_request, response) => response.end('secret'));
    const server = await serve(origin);
    const targets = [
      `${other.origin}/`,
      'http://tracker.example/',
      `https://127.0.0.1:${port}/`,
      `ftp://127.0.0.1:${port}/`,
      'file:///etc/passwd',
      `HTTP://127.0.0.1:${port}/`,
      // No port, another one, and the right one with more behind it.
      'http://127.0.0.1/',
      `http://127.0.0.1:${other.port}/`,
      `http://127.0.0.1:0${port}/`,
      `http://127.0.0.1:${port}0/`,
      // User information before the host, and the allowed origin as user information.
      `http://user@127.0.0.1:${port}/`,
      `http://user:pass@127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}@127.0.0.1:${other.port}/`,
      `http://127.0.0.1:${port}%40127.0.0.1:${other.port}/`,
      // The same address in other forms: decimal, octal, hexadecimal, short, IPv6, by name.
      `http://2130706433:${port}/`,
      `http://0177.0.0.1:${port}/`,
      `http://0x7f.0.0.1:${port}/`,
      `http://0x7f000001:${port}/`,
      `http://127.1:${port}/`,
      `http://127.0.0.1.:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://[::ffff:7f00:1]:${port}/`,
      `http://localhost:${port}/`,
      `http://%31%32%37.0.0.1:${port}/`,
      `http://127.0.0.1:${port}.evil.example/`,
      // Paths that are read as another host by some.
      `//127.0.0.1:${port}/`,
      `/127.0.0.1:${other.port}/`,
      `http:/127.0.0.1:${port}/`,
      `http:\\\\127.0.0.1:${port}/`,
      `${origin}//127.0.0.1:${other.port}/`,
      `${origin}/\\127.0.0.1:${other.port}/`,
      `${origin}/a#b`,
      origin,
      `${origin}?x`,
      encodeURIComponent(`${origin}/`),
      ` ${origin}/`.trimStart().replace('http', '%20http'),
      '',
      '../',
    ];
    for (const target of targets) {
      const answer = await ask(server, `/relay/${target}`);
      expect([target, answer.status, causeOf(answer)]).toEqual([target, 403, 'not-allowed']);
    }
    expect(await ask(server, `/relay?url=${origin}/`)).toMatchObject({ status: 403 });
    expect(await ask(server, `/relay/${origin}/${'x'.repeat(9000)}`)).toMatchObject({ status: 403 });
    expect([...seen, ...other.seen]).toEqual([]);
  });

  it('is not reached by line breaks in the request line', async () => {
    const { origin, seen } = await tracker((_request, response) => response.end('reached'));
    const server = await serve(origin);
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1').on('data', (part: string) => (text += part));
    socket.write(
      `GET /relay/${origin}/\r\nHost: evil HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nSec-Fetch-Site: same-origin\r\n\r\n`,
    );
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(seen).toEqual([]);
  });
});

describe('everybody else', () => {
  it('is refused: other origins, other names for this computer, other uses', async () => {
    const { origin, seen } = await tracker((_request, response) => response.end('reached'));
    const server = await serve(origin);
    const own = server.url.slice(0, -1);
    const strangers: readonly Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://localhost:${server.port}` },
      { origin: own.replace('http:', 'https:') },
      { origin: `${own}0` },
      { origin: own, 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'script' },
      // A name that its owner made point here (DNS rebinding), with all that the page then is entitled to.
      { host: `evil.example:${server.port}`, origin: `http://evil.example:${server.port}` },
      { host: `evil.example:${server.port}`, 'sec-fetch-site': 'same-origin' },
      { host: `127.0.0.1.evil.example:${server.port}`, 'sec-fetch-site': 'same-origin' },
      { host: '127.0.0.1', 'sec-fetch-site': 'same-origin' },
      { host: `0.0.0.0:${server.port}`, 'sec-fetch-site': 'same-origin' },
      { host: `2130706433:${server.port}`, 'sec-fetch-site': 'same-origin' },
    ];
    for (const from of strangers) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const answer = await ask(server, `/relay/${origin}/`, { method, from });
        expect([from, answer.status, causeOf(answer)]).toEqual([from, 403, 'not-ours']);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        expect(answer.headers['access-control-allow-headers']).toBeUndefined();
      }
    }
    expect((await ask(server, '/relay', { method: 'GET', from: {} })).status).toBe(403);
    expect(seen).toEqual([]);
  });

  it('is told apart from the page under each name of this computer', async () => {
    const { origin } = await tracker((_request, response) => response.end('reached'));
    const server = await serve(origin);
    const host = `localhost:${server.port}`;
    for (const from of [
      { host, origin: `http://${host}` },
      { host, 'sec-fetch-site': 'same-origin' },
    ])
      expect(await ask(server, `/relay/${origin}/`, { from })).toMatchObject({
        status: 200,
        body: 'reached',
      });
  });

  it('finds only GET and POST', async () => {
    const { origin, seen } = await tracker((_request, response) => response.end('reached'));
    const server = await serve(origin);
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND']) {
      const answer = await ask(server, `/relay/${origin}/`, { method });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, POST']);
    }
    expect(seen).toEqual([]);
  });
});

describe('limits', () => {
  /** A relay of its own, behind a bare server: its limits are not the command's to set. */
  async function limited(target: string, limits: object): Promise<RunningServer> {
    const relay = new Relay({
      target,
      limits: { maxBody: 1000, bodyTimeout: 5000, maxTarget: 8192 },
      ...limits,
    });
    const server = createServer((request, response) => void relay.answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(() => {
      relay.close();
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/`, port } as RunningServer;
  }

  it('bounds the request, the answer, the time and the number', async () => {
    const { origin, seen } = await tracker((request, response) => {
      if (request.url === '/long') response.end('x'.repeat(5000));
      if (request.url === '/cut')
        response.writeHead(200, { 'content-length': '10' }).write('x', () => response.destroy());
    });
    const server = await limited(origin, { timeout: 300, maxAnswer: 4000, maxInFlight: 2 });
    const outcome = async (path: string, asked: Ask = {}): Promise<unknown[]> => {
      const answer = await ask(server, `/relay/${origin}${path}`, asked);
      return [answer.status, causeOf(answer)];
    };
    expect(await outcome('/big', { body: 'x'.repeat(1001) })).toEqual([413, 'request-too-large']);
    expect(seen).toEqual([]);
    expect(await outcome('/long')).toEqual([502, 'answer-too-large']);
    expect(await outcome('/cut')).toEqual([502, 'broken']);
    expect(await outcome('/never')).toEqual([504, 'no-answer']);
    const three = await Promise.all([outcome('/never'), outcome('/never'), outcome('/never')]);
    expect(three.map(([status]) => Number(status)).toSorted((a, b) => a - b)).toEqual([503, 504, 504]);
  });

  it('lets go of the tracker when the page does', async () => {
    let closed: Promise<unknown> | undefined;
    const asked = new Promise<void>((resolve) => {
      void tracker((_request, response) => {
        closed = once(response, 'close');
        resolve();
      }).then(async ({ origin }) => {
        const server = await limited(origin, {});
        const outgoing = httpRequest(`${server.url}relay/${origin}/`, {
          headers: { 'sec-fetch-site': 'same-origin' },
        });
        outgoing.on('error', () => undefined).end();
        await asked;
        outgoing.destroy();
      });
    });
    await asked;
    await closed;
    expect(closed).toBeDefined();
  });
});

describe('a tracker that cannot be reached', () => {
  it('is told with its reason, which a browser keeps from pages', async () => {
    const tcp = createTcpServer((socket) => socket.end('no HTTP at all\r\n\r\n'));
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    cleanups.push(() => tcp.close());
    const { port } = tcp.address() as AddressInfo;
    const gone = createTcpServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const nobody = (gone.address() as AddressInfo).port;
    gone.close();
    for (const [target, cause] of [
      [`http://127.0.0.1:${nobody}`, 'refused'],
      [`http://127.0.0.1:${port}`, 'not-http'],
      [`https://127.0.0.1:${port}`, 'tls'],
    ] as const) {
      const answer = await ask(await serve(target), `/relay/${target}/`);
      expect([answer.status, causeOf(answer)]).toEqual([502, cause]);
      expect(JSON.parse(answer.body)).toMatchObject({ failure: cause });
    }
  });
});

describe('unless asked for', () => {
  it('there is no relay: GET is unknown, and POST is PPSP-TP as on every path', async () => {
    const { origin, seen } = await tracker((_request, response) => response.end('reached'));
    const server = await serve(undefined);
    expect((await ask(server, '/relay', { method: 'GET' })).status).toBe(404);
    expect((await ask(server, `/relay/${origin}/`, { method: 'GET' })).status).toBe(404);
    const posted = await ask(server, `/relay/${origin}/`);
    expect([posted.status, causeOf(posted)]).toEqual([400, undefined]);
    expect(JSON.parse(posted.body)).toMatchObject({ PPSPTrackerProtocol: { error_code: 1 } });
    expect(seen).toEqual([]);
  });

  it('other paths are as they were beside it', async () => {
    const server = await serve('http://127.0.0.1:1');
    expect((await ask(server, '/relayed', { method: 'GET' })).status).toBe(404);
    const posted = await ask(server, '/relayed', { from: {} });
    expect([posted.status, causeOf(posted)]).toEqual([400, undefined]);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'myhost.example'])(
    'the server does not start on %s',
    async (host) => {
      await expect(startServer({ host, port: 0, relay: 'http://127.0.0.1:1' })).rejects.toThrow(
        /--relay works on this computer alone.*--host 127\.0\.0\.1/,
      );
    },
  );
});
