import { connect } from 'node:net';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startServer } from './server.ts';
import type { RunningServer, ServerOptions } from './server.ts';

const JSON_TYPE = 'application/ppsp-tracker+json';
const XML_TYPE = 'application/xml';

let running: RunningServer[] = [];

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startServer({ host: '127.0.0.1', port: 0, ...options });
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
});

const post = (server: RunningServer, type: string, body: string, path = ''): Promise<Response> =>
  fetch(server.url + path, { method: 'POST', headers: { 'content-type': type }, body });

const json = (members: Record<string, unknown>): string =>
  JSON.stringify({ PPSPTrackerProtocol: { version: 1, transaction_id: 't1', peer_id: 'p1', ...members } });

const address = (port: number): Record<string, unknown> => ({
  ip_address: { address_type: 'ipv4', address: '192.0.2.7' },
  port,
  priority: 1,
  type: 'HOST',
});

const jsonConnect = (peerId: string, mode: string, swarm = 'film'): string =>
  json({
    request_type: 'CONNECT',
    peer_id: peerId,
    connect: {
      peer_num: { peer_count: 5 },
      peer_addr: [address(7000)],
      swarm_action: [{ swarm_id: swarm, action: 'JOIN', peer_mode: mode }],
    },
  });

const xml = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0">${inner}</PPSPTrackerProtocol>`;

const xmlConnect = (peerId: string, mode: string, swarm = 'film'): string =>
  xml(`<Request>CONNECT</Request><TransactionID>t2</TransactionID><PeerID>${peerId}</PeerID><PeerNum>5</PeerNum>
<SwarmID action="JOIN" peerMode="${mode}" transactionID="t2.1">${swarm}</SwarmID>
<PeerGroup><PeerInfo><PeerAddress addrType="ipv4" ip="192.0.2.9" port="7001" priority="1" type="HOST"/></PeerInfo></PeerGroup>`);

interface JsonAnswer {
  readonly PPSPTrackerProtocol: {
    readonly response_type: number;
    readonly error_code: number;
    readonly transaction_id: string;
    readonly swarm_result?: readonly {
      readonly swarm_id: string;
      readonly peer_group?: { readonly peer_info: readonly { readonly peer_id: string }[] };
    }[];
  };
}

const answerOf = async (response: Response): Promise<JsonAnswer['PPSPTrackerProtocol']> =>
  ((await response.json()) as JsonAnswer).PPSPTrackerProtocol;

const listedIn = (answer: JsonAnswer['PPSPTrackerProtocol']): string[] =>
  (answer.swarm_result ?? []).flatMap((one) => (one.peer_group?.peer_info ?? []).map((peer) => peer.peer_id));

/** Sends bytes as they are and resolves with all that came back once the server closed the connection. */
function exchangeRaw(server: RunningServer, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (received += chunk));
    socket.on('error', reject);
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve(received));
  });
}

/** A request whose headers are in and whose body the server has asked for (`100 Continue`), but not got. */
async function askedFirst(url: string): Promise<{ outgoing: ClientRequest; body: string }> {
  const body = jsonConnect('p', 'LEECH');
  const outgoing = httpRequest(url, {
    method: 'POST',
    headers: {
      'content-type': JSON_TYPE,
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  });
  outgoing.flushHeaders();
  await once(outgoing, 'continue');
  return { outgoing, body };
}

describe('the two editions', () => {
  it('registers, finds and reports in JSON (RFC 7846 §4.1)', async () => {
    const server = await start();
    const connected = await post(server, JSON_TYPE, jsonConnect('seed', 'SEEDER'), 'video_1?x=1');
    expect(connected.status).toBe(200);
    expect(connected.headers.get('content-type')).toBe(JSON_TYPE);
    expect(await answerOf(connected)).toMatchObject({
      response_type: 0,
      error_code: 0,
      transaction_id: 't1',
    });

    expect(listedIn(await answerOf(await post(server, JSON_TYPE, jsonConnect('leech', 'LEECH'))))).toEqual([
      'seed',
    ]);
    const find = json({
      request_type: 'FIND',
      peer_id: 'leech',
      transaction_id: 't9',
      find: { swarm_id: 'film', peer_num: { peer_count: 5 } },
    });
    const found = await answerOf(await post(server, JSON_TYPE, find));
    expect(found).toMatchObject({ error_code: 0, transaction_id: 't9' });
    expect(listedIn(found)).toEqual(['seed']);
    const keepAlive = json({ request_type: 'STAT_REPORT', peer_id: 'leech', transaction_id: 't10' });
    expect((await post(server, 'application/json; charset=utf-8', keepAlive)).status).toBe(200);
  });

  it('registers and reports in XML, and both editions share the swarms (base-01 §4)', async () => {
    const server = await start();
    await post(server, JSON_TYPE, jsonConnect('seed', 'SEEDER'));
    const connected = await post(server, XML_TYPE, xmlConnect('leech', 'LEECH'));
    const text = await connected.text();
    expect(connected.status).toBe(200);
    expect(connected.headers.get('content-type')).toBe(XML_TYPE);
    expect(text).toContain('<Response>SUCCESSFUL</Response>');
    expect(text).toContain('<PeerID>seed</PeerID>');
    const report = xml(
      '<Request>STAT_REPORT</Request><TransactionID>t3</TransactionID><PeerID>leech</PeerID>',
    );
    expect(await (await post(server, 'text/xml', report)).text()).toContain('SUCCESSFUL');
  });

  it('counts what it did in /stats', async () => {
    const server = await start();
    await post(server, JSON_TYPE, jsonConnect('seed', 'SEEDER'));
    await post(server, XML_TYPE, xmlConnect('leech', 'LEECH'));
    await post(
      server,
      JSON_TYPE,
      json({ request_type: 'FIND', peer_id: 'nobody', find: { swarm_id: 'film' } }),
    );
    const response = await fetch(`${server.url}stats`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({
      peers: 2,
      swarms: [{ id: 'film', seeds: 1, leeches: 1 }],
      requests: {
        total: 3,
        byMethod: { CONNECT: 2, FIND: 1 },
        byEdition: { rfc7846: 2, 'base-1.0': 1 },
        byError: { forbidden: 1 },
      },
    });
  });

  it('cleans out a peer whose track timer ran out', async () => {
    const server = await start({ tracker: { trackTimer: 1 } });
    await post(server, JSON_TYPE, jsonConnect('seed', 'SEEDER'));
    await expect.poll(() => server.tracker.stats(performance.now()).peers).toBe(0);
  });
});

describe('errors (digest, "Errors")', () => {
  const forbidden = json({ request_type: 'FIND', find: { swarm_id: 'film' } });
  const rows: readonly [
    name: string,
    type: string,
    body: string,
    status: number,
    code: number | undefined,
  ][] = [
    ['JSON that is none', JSON_TYPE, '{"PPSP', 400, 1],
    ['JSON of another version', JSON_TYPE, json({ version: 9, request_type: 'FIND' }), 400, 2],
    ['JSON that is forbidden', JSON_TYPE, forbidden, 403, 3],
    ['XML that is none', XML_TYPE, '<a><b></a>', 400, undefined],
    ['XML that is forbidden', XML_TYPE, xmlConnect('p', 'LEECH').replace('JOIN', 'LEAVE'), 403, undefined],
    ['an unknown media type', 'text/html', 'hello', 415, undefined],
    ['an empty body', JSON_TYPE, '', 400, 1],
  ];
  it.each(rows)('%s', async (_name, type, body, status, code) => {
    const server = await start();
    const response = await post(server, type, body);
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const text = await response.text();
    if (code === undefined) {
      expect(text).toBe('');
      expect(response.headers.get('content-type')).toBeNull();
    } else {
      expect((JSON.parse(text) as JsonAnswer).PPSPTrackerProtocol).toMatchObject({
        response_type: 1,
        error_code: code,
      });
    }
  });

  it('refuses hostile XML, and lives', async () => {
    const server = await start();
    const entities = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "${'y'.repeat(100)}">]><PPSPTrackerProtocol version="1.0"><Request>&x;</Request></PPSPTrackerProtocol>`;
    const external =
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><PPSPTrackerProtocol version="1.0"><Request>&x;</Request></PPSPTrackerProtocol>';
    const deep = xml('<a>'.repeat(50_000) + '</a>'.repeat(50_000));
    for (const body of [entities, external, deep, '\u0000'.repeat(1000)]) {
      const response = await post(server, XML_TYPE, body);
      expect([response.status, await response.text()]).toEqual([400, '']);
    }
    const nested = await post(server, JSON_TYPE, '['.repeat(100_000));
    expect(nested.status).toBe(400);
    expect((await fetch(`${server.url}healthz`)).status).toBe(200);
  });

  it('refuses a body over the limit, announced or not, and the client sees the answer', async () => {
    const server = await start();
    const big = 'x'.repeat(3 * 1024 * 1024);
    const announced = await post(server, JSON_TYPE, big);
    expect(announced.status).toBe(413);
    expect(announced.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answerOf(announced)).toMatchObject({ response_type: 1, error_code: 1 });

    const outgoing = httpRequest(server.url, {
      method: 'POST',
      headers: { 'content-type': XML_TYPE, 'transfer-encoding': 'chunked' },
    });
    outgoing.end(big);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(incoming.statusCode).toBe(413);
    expect(incoming.resume().headers['content-type']).toBeUndefined();
  });

  it.each([
    [413, `Content-Type: ${XML_TYPE}\r\nContent-Length: 9000000`],
    [415, 'Content-Type: text/html\r\nContent-Length: 90'],
    [400, 'Content-Length: 90'],
  ])('answers %i before a client that asks first has sent its body', async (status, fields) => {
    const server = await start();
    const head = `POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\nExpect: 100-continue\r\n\r\n`;
    const socket = connect(server.port, '127.0.0.1', () => socket.write(head));
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString().slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    socket.destroy();
  });

  it('takes a body that asks first and fits', async () => {
    const server = await start();
    const { outgoing, body } = await askedFirst(server.url);
    outgoing.end(body);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(incoming.resume().statusCode).toBe(200);
  });

  it('asks for a length: 411', async () => {
    const server = await start();
    const answer = await exchangeRaw(
      server,
      `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${JSON_TYPE}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 411 /);
    expect(answer.toLowerCase()).toContain('access-control-allow-origin: *');
    expect(answer).toContain('"error_code":1');
  });

  it("refuses a long URI: 414, within node:http's own bound and beyond it", async () => {
    const server = await start();
    expect((await post(server, JSON_TYPE, '{}', 'a'.repeat(9000))).status).toBe(414);
    const beyond = await exchangeRaw(server, `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(beyond).toMatch(/^HTTP\/1\.1 414 URI Too Long\r\n/);
    const fields = await exchangeRaw(server, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`);
    expect(fields).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('tells a long URI from long fields when they come in pieces', async () => {
    const server = await start();
    const long = 'a'.repeat(20_000);
    const inPieces = async (first: string, second: string): Promise<string> => {
      const socket = connect(server.port, '127.0.0.1').setNoDelay();
      // The answer to the first request shows that the server has read what came with it.
      socket.write(`GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n${first}`);
      await once(socket, 'data');
      socket.write(second);
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return chunk.toString().slice(0, 12);
    };
    expect(await inPieces(`GET /${long}`, `${long} HTTP/1.1\r\nHost: a\r\n\r\n`)).toBe('HTTP/1.1 414');
    expect(await inPieces(`GET / HTTP/1.1\r\nHost: a\r\nX: ${long}`, `${long}\r\n\r\n`)).toBe('HTTP/1.1 400');
  });

  it('refuses other methods: 405', async () => {
    const server = await start();
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const response = await fetch(server.url, {
        method,
        headers: { 'content-type': JSON_TYPE },
        body: '{}',
      });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
      expect(await answerOf(response)).toMatchObject({ error_code: 1 });
    }
    // Nor has node:http a request object for the last three.
    for (const method of ['CONNECT', 'FROB', 'POSTS', 'post']) {
      const answer = await exchangeRaw(server, `${method} a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 405 /);
      expect(answer).toContain('\r\nallow: GET, HEAD, POST, OPTIONS\r\n');
    }
  });

  it('takes no coded body (RFC 9110 §15.5.16, RFC 9112 §6.1)', async () => {
    const server = await start();
    const headers = { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' };
    const gzip = await fetch(server.url, { method: 'POST', headers, body: jsonConnect('p', 'LEECH') });
    expect([gzip.status, gzip.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(await answerOf(gzip)).toMatchObject({ error_code: 1 });
    const coded = await exchangeRaw(
      server,
      `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${JSON_TYPE}\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    );
    expect(coded).toMatch(/^HTTP\/1\.1 501 Not Implemented\r\n/);
    expect(coded).toContain('"error_code":1');
  });

  it('answers what is no HTTP with 400 and the headers of every answer', async () => {
    const server = await start();
    for (const text of [
      'hello\r\n\r\n',
      'POST / HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    ]) {
      const answer = await exchangeRaw(server, text);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer.toLowerCase()).toContain('access-control-allow-origin: *');
    }
    const brokenChunk = await exchangeRaw(
      server,
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${JSON_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    );
    expect(brokenChunk).toMatch(/^HTTP\/1\.1 400 /);
    expect(brokenChunk).toContain('"error_code":1');
  });

  it('answers what was asked before it was asked nonsense', async () => {
    const server = await start();
    const asked = [jsonConnect('p', 'LEECH'), json({ request_type: 'STAT_REPORT', peer_id: 'p' })].map(
      (body) =>
        `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const answer = await exchangeRaw(server, `${asked.join('')}nonsense\r\n\r\n`);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 400']);
  });

  it('gives up on slow headers and slow bodies: 408', async () => {
    const server = await start({ limits: { headersTimeout: 300, bodyTimeout: 300, checkEvery: 20 } });
    const headers = await exchangeRaw(server, 'POST / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    expect(headers).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(headers.toLowerCase()).toContain('access-control-allow-origin: *');

    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(
        `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: 100\r\n\r\n{`,
      ),
    );
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 408 /);
    socket.destroy();
    expect((await fetch(`${server.url}healthz`)).status).toBe(200);
  });

  it('answers 500 to a fault of ours, in the form of the edition, and lives', async () => {
    const faults: unknown[] = [];
    const server = await start({ onFault: (error) => faults.push(error) });
    const stats = vi.spyOn(server.tracker, 'stats').mockImplementation(() => {
      throw new Error('made for this test');
    });
    const response = await fetch(`${server.url}stats`);
    expect(response.status).toBe(500);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(faults).toHaveLength(1);
    stats.mockRestore();
    expect((await fetch(`${server.url}stats`)).status).toBe(200);

    vi.spyOn(server.tracker, 'handle').mockImplementation(() => {
      throw new Error('made for this test');
    });
    expect((await post(server, JSON_TYPE, jsonConnect('p', 'LEECH'))).status).toBe(500);
    expect(faults).toHaveLength(2);
  });
});

describe('cross-origin use', () => {
  it('answers a preflight', async () => {
    const server = await start();
    const response = await fetch(`${server.url}video_1`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.org',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
        'access-control-request-private-network': 'true',
      },
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
      'access-control-allow-headers': 'Content-Type, Authorization',
      'access-control-max-age': '7200',
      'access-control-allow-private-network': 'true',
    });
  });

  it('names only the origins it was given', async () => {
    const server = await start({ cors: ['https://a.example', 'https://b.example'] });
    const allowed = async (origin?: string): Promise<(string | null)[]> => {
      const headers = origin === undefined ? {} : { origin };
      const response = await fetch(`${server.url}healthz`, { headers });
      return [response.headers.get('access-control-allow-origin'), response.headers.get('vary')];
    };
    expect(await allowed('https://b.example')).toEqual(['https://b.example', 'Origin']);
    expect(await allowed('https://c.example')).toEqual([null, 'Origin']);
    expect(await allowed()).toEqual([null, 'Origin']);
  });
});

describe('stopping', () => {
  it('finishes what is in flight and frees the port', async () => {
    const server = await start();
    const { outgoing, body } = await askedFirst(server.url);
    const stopped = server.stop();
    await expect(fetch(`${server.url}healthz`)).rejects.toThrow('fetch failed');
    outgoing.end(body);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(incoming.resume().statusCode).toBe(200);
    await stopped;
    const next = await start({ port: server.port });
    expect(next.port).toBe(server.port);
  });

  it('waits for nobody longer than its grace', async () => {
    const server = await start({ limits: { grace: 50 } });
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n'),
    );
    socket.on('error', () => undefined);
    await once(socket, 'data');
    await server.stop();
    if (!socket.closed) await once(socket, 'close');
    expect(socket.destroyed).toBe(true);
  });
});
