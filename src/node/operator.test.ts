import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { connect as dial } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, entering, join, keepAlive, report } from '../tracker/testing.ts';
import type { PeerPage } from '../tracker/records.ts';
import { strangerProblem } from './operator-guard.ts';
import { startClient, stopAll, success } from './testing-client.ts';
import type { Client } from './testing-client.ts';

afterEach(stopAll);

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** With headers that `fetch` would not let us choose, and the path as it stands. */
async function ask(
  client: Client,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
): Promise<Answer> {
  const outgoing = httpRequest({ host: '127.0.0.1', port: client.server.port, path, method, headers });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk);
  return { status: incoming.statusCode, headers: incoming.headers, text };
}

const page = async (client: Client, query = ''): Promise<PeerPage> =>
  JSON.parse((await ask(client, `/peers${query}`)).text) as PeerPage;
const idsOf = ({ peers }: PeerPage): string[] => peers.map(({ peerId }) => peerId);

const put = (
  client: Client,
  peer: string,
  body: unknown,
  headers: OutgoingHttpHeaders = {},
): Promise<Answer> =>
  ask(client, `/peers/${peer}/query`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('GET /peers', () => {
  it('shows who is registered, in the order in which they came, page by page', async () => {
    const client = await startClient();
    expect(await page(client)).toEqual({ peers: [] });
    for (let i = 0; i < 5; i++) await client.all(entering('rfc7846', `p${i}`, 'a'));
    expect(idsOf(await page(client))).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
    const first = await page(client, '?limit=2');
    expect(idsOf(first)).toEqual(['p0', 'p1']);
    // Who leaves or comes between two pages moves nobody else.
    await client.all([connect('rfc7846', 'p1', [{ ...join('a'), action: 'LEAVE' }])]);
    await client.all(entering('gu-04', 'p5', 'a'));
    const second = await page(client, `?after=${first.next}&limit=3`);
    expect(idsOf(second)).toEqual(['p2', 'p3', 'p4']);
    const third = await page(client, `?after=${second.next}`);
    expect([idsOf(third), third.next]).toEqual([['p5'], undefined]);
  });

  it('tells of each what is known of it, counters in decimal and the connect-time in ISO 8601', async () => {
    const client = await startClient();
    client.wait(1_500);
    const addresses = [
      { addressType: 'ipv6', address: '2001:db8::1', port: 7, priority: 1, type: 'HOST' } as const,
    ];
    const uploadedBytes = 2n ** 64n - 1n;
    await client.all([
      connect('rfc7846', 'p', [join('a', 'SEED')], { addresses }),
      report('rfc7846', 'p', ['a'], {
        uploadedBytes,
        downloadedBytes: 0n,
        availableBandwidth: 1,
        concurrentLinks: 2,
      }),
    ]);
    const [record] = (await page(client)).peers;
    expect(record).toEqual({
      peerId: 'p',
      connectTime: '2011-07-27T00:00:01.500Z',
      state: 'TRACKING',
      edition: 'rfc7846',
      addresses,
      remote: { address: '127.0.0.1', port: expect.any(Number) },
      swarms: [
        {
          swarmId: 'a',
          mode: 'SEED',
          stats: {
            uploadedBytes: '18446744073709551615',
            downloadedBytes: '0',
            availableBandwidth: '1',
            concurrentLinks: '2',
          },
        },
      ],
      properties: [],
    });
  });

  it('takes the connect-time from the wall clock when it runs on the real one', async () => {
    const before = Date.now();
    const client = await startClient({}, 'real');
    await client.all(entering('rfc7846', 'p', 'a'));
    const connected = Date.parse((await client.peer('p'))?.connectTime ?? '');
    expect(connected).toBeGreaterThanOrEqual(before - 1);
    expect(connected).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('ends a page that grows long, and loses nobody', async () => {
    const client = await startClient();
    const properties = Array.from({ length: 64 }, (_, i) => ({ name: `n${i}`, value: 'v'.repeat(1_000) }));
    const names = Array.from({ length: 24 }, (_, i) => `p${i}`);
    for (const name of names)
      await client.all([connect('gu-04', name, []), report('gu-04', name, [], {}, { properties })]);
    const seen: string[] = [];
    let query = '?limit=1000';
    for (;;) {
      const { text } = await ask(client, `/peers${query}`);
      expect(text.length).toBeLessThan(1.2 * 2 ** 20);
      const { next, ...rest } = JSON.parse(text) as PeerPage;
      seen.push(...idsOf(rest));
      if (next === undefined) break;
      query = `?limit=1000&after=${next}`;
    }
    expect(seen).toEqual(names);
    expect(idsOf(await page(client, '?limit=1000')).length).toBeLessThan(names.length);
  });

  it.each([
    '?limit=0',
    '?limit=1001',
    '?limit=x',
    '?limit=1.5',
    '?after=-1',
    '?after=',
    '?after=99999999999999999',
  ])('refuses %s', async (query) => {
    const { status, text, headers } = await ask(await startClient(), `/peers${query}`);
    expect([status, headers['content-type']]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(text).toMatch(/^`(limit|after)` must be .*\.\n$/);
  });
});

describe('GET /peers/<peer-id>', () => {
  it.each(['p', '000123', '1e5', 'a/b?c#d', '50%', 'ピア 🐟', 'query', 'x/query', '__proto__'])(
    'finds %s',
    async (peerId) => {
      const client = await startClient();
      await client.all(entering('base-1.0', peerId, 'a'));
      const { status, text } = await ask(client, `/peers/${encodeURIComponent(peerId)}`);
      expect(status).toBe(200);
      expect(JSON.parse(text)).toMatchObject({ peerId, edition: 'base-1.0' });
    },
  );

  it('says who is not there, what is not encoded, and what leads nowhere', async () => {
    const client = await startClient();
    await client.all(entering('rfc7846', 'p', 'a'));
    for (const [path, status] of [
      ['/peers/q', 404],
      ['/peers/%70', 200],
      ['/peers/%zz', 400],
      ['/peers/%ff', 400],
      ['/peers/p/', 404],
      ['/peers/p/query/x', 404],
      ['/peers//query', 404],
      ['/peers/', 200],
      ['/peersp', 404],
    ] as const)
      expect([path, (await ask(client, path)).status]).toEqual([path, status]);
  });

  it('shows nobody whose time has come', async () => {
    const client = await startClient();
    await client.all(entering('rfc7846', 'p', 'a'));
    client.wait(90_000);
    expect(await page(client)).toEqual({ peers: [] });
  });
});

describe('PUT /peers/<peer-id>/query', () => {
  it('asks a peer of gu-04, four questions at a time', async () => {
    const client = await startClient();
    await client.all(entering('gu-04', 'a/b', 'a'));
    for (let i = 0; i < 4; i++)
      expect((await put(client, 'a%2Fb', { properties: [`n${i}`], more: 1 })).status).toBe(202);
    const full = await put(client, 'a%2Fb', { properties: ['n4'] });
    expect([full.status, full.text]).toEqual([409, 'Too many questions to this peer are open.\n']);
    const { queries } = success(await client.say(keepAlive('gu-04', 'a/b')));
    expect(queries.map(({ properties }) => properties)).toEqual([['n0'], ['n1'], ['n2'], ['n3']]);
  });

  it('cannot ask a peer of another edition, nor one that is not there', async () => {
    const client = await startClient();
    for (const edition of ['rfc7846', 'base-1.0', 'extended-1.1'] as const) {
      await client.all(entering(edition, edition, 'a'));
      const { status, text } = await put(client, edition, { properties: ['StreamStats'] });
      expect([status, text]).toEqual([409, `This peer speaks ${edition}, which has no STAT_QUERY.\n`]);
    }
    expect((await put(client, 'nobody', { properties: ['StreamStats'] })).status).toBe(404);
  });

  it.each<[name: string, body: unknown, says: RegExp]>([
    ['nothing', '', /no JSON/],
    ['half of it', '{"properties":', /no JSON/],
    ['an array', [], /`properties` must be an array of 1 to 32 names/],
    ['null', null, /`properties` must be/],
    ['no properties', {}, /`properties` must be/],
    ['a name alone', { properties: 'StreamStats' }, /`properties` must be/],
    ['no name', { properties: [] }, /`properties` must be/],
    ['33 names', { properties: Array.from({ length: 33 }, () => 'x') }, /`properties` must be/],
    ['an empty name', { properties: ['x', ''] }, /properties\[1\] is empty/],
    ['a number', { properties: [7] }, /properties\[0\] is no string/],
    ['a control character', { properties: ['<script>\u0007'] }, /properties\[0\] holds a control character/],
    ['a long name', { properties: ['x'.repeat(1025)] }, /properties\[0\] is longer than 1024 bytes/],
  ])('refuses %s with 400, and quotes nothing', async (_, body, says) => {
    const client = await startClient();
    await client.all(entering('gu-04', 'p', 'a'));
    const { status, text } = await put(client, 'p', body);
    expect([status, text]).toEqual([400, expect.stringMatching(says)]);
    expect(text).not.toContain('script');
    expect(success(await client.say(keepAlive('gu-04', 'p'))).queries).toEqual([]);
  });

  it('takes JSON only, of bounded length', async () => {
    const client = await startClient();
    await client.all(entering('gu-04', 'p', 'a'));
    const body = { properties: ['x'] };
    // What a form of another site could send without asking first.
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])
      expect((await put(client, 'p', body, { 'content-type': type })).status).toBe(415);
    expect((await put(client, 'p', body, { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await put(client, 'p', body, { 'content-type': 'Application/JSON; charset=utf-8' })).status).toBe(
      202,
    );
    const long = ' '.repeat(300_000);
    expect((await put(client, 'p', long)).status).toBe(413);
    expect((await put(client, 'p', long, { 'transfer-encoding': 'chunked' })).status).toBe(413);
    expect(success(await client.say(keepAlive('gu-04', 'p'))).queries).toHaveLength(1);
  });

  it('gives up on a slow body, and tells a client that asks first to go on', async () => {
    const client = await startClient({ limits: { bodyTimeout: 200 } });
    await client.all(entering('gu-04', 'p', 'a'));
    const head = `PUT /peers/p/query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n`;
    const socket = dial(client.server.port, '127.0.0.1', () =>
      socket.write(`${head}Expect: 100-continue\r\n\r\n`),
    );
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 100 /);
    const [second] = (await once(socket, 'data')) as [Buffer];
    expect(second.toString()).toMatch(/^HTTP\/1\.1 408 /);
    socket.destroy();
  });
});

it('leaves POST to PPSP-TP, and names what is allowed where', async () => {
  const client = await startClient();
  await client.all(entering('gu-04', 'p', 'a'));
  const xml =
    '<PPSPTrackerProtocol version="1.0"><Method>KEEPALIVE</Method><TransactionID>t</TransactionID><PeerID>p</PeerID></PPSPTrackerProtocol>';
  for (const path of ['peers', 'peers/p', 'peers/p/query'])
    expect(await (await client.post(xml, 'application/xml', path)).text()).toContain(
      '<Response>OK</Response>',
    );
  for (const [method, path, allow] of [
    ['PUT', '/peers', 'GET, HEAD, POST, OPTIONS'],
    ['PUT', '/peers/p', 'GET, HEAD, POST, OPTIONS'],
    ['DELETE', '/peers/p', 'GET, HEAD, POST, OPTIONS'],
    ['GET', '/peers/p/query', 'PUT, POST, OPTIONS'],
  ] as const) {
    const { status, headers } = await ask(client, path, { method });
    expect([status, headers.allow]).toEqual([405, allow]);
  }
  const head = await ask(client, '/peers', { method: 'HEAD' });
  expect([head.status, head.text, Number(head.headers['content-length']) > 10]).toEqual([200, '', true]);
});

describe('who may ask', () => {
  const start = async (): Promise<Client> => {
    const client = await startClient();
    await client.all(entering('gu-04', 'secret', 'a'));
    return client;
  };

  it.each<[name: string, headers: (port: number) => OutgoingHttpHeaders]>([
    ['a person by hand', () => ({})],
    ['under localhost', (port) => ({ host: `localhost:${port}` })],
    ['under [::1], through a tunnel', () => ({ host: '[::1]:9000', origin: 'http://[::1]:9000' })],
    ['the page itself', (port) => ({ origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' })],
    ['from the address bar', () => ({ 'sec-fetch-site': 'none' })],
  ])('%s may', async (_, headers) => {
    const client = await start();
    const sent = headers(client.server.port);
    expect((await ask(client, '/peers/secret', { headers: sent })).status).toBe(200);
    expect((await put(client, 'secret', { properties: ['x'] }, sent)).status).toBe(202);
  });

  it.each<[name: string, headers: (port: number) => OutgoingHttpHeaders]>([
    ['a page elsewhere', () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })],
    ['a page elsewhere, in a browser that says little', () => ({ origin: 'https://evil.example' })],
    ['its picture or script', () => ({ 'sec-fetch-site': 'cross-site' })],
    [
      'another port of this computer',
      () => ({ origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }),
    ],
    ['another scheme', (port) => ({ origin: `https://127.0.0.1:${port}` })],
    ['another name of this computer', (port) => ({ origin: `http://localhost:${port}` })],
    ['a page from a file or a sandbox', () => ({ origin: 'null' })],
    [
      'a name that was made to point here',
      (port) => ({
        host: `evil.example:${port}`,
        origin: `http://evil.example:${port}`,
        'sec-fetch-site': 'same-origin',
      }),
    ],
    ['such a name alone', () => ({ host: 'evil.example' })],
    ['a name that begins like ours', () => ({ host: '127.0.0.1.evil.example' })],
    ['a name that ends like ours', () => ({ host: 'evil.localhost' })],
    ['a Host with a user', () => ({ host: 'evil.example@127.0.0.1' })],
    ['a broken Host', () => ({ host: '[' })],
  ])('%s may not', async (_, headers) => {
    const client = await start();
    const sent = headers(client.server.port);
    for (const path of ['/peers', '/peers/secret', '/peers/nobody']) {
      const answer = await ask(client, path, { headers: sent });
      expect(answer.status).toBe(403);
      expect(answer.text).not.toMatch(/secret|evil/);
    }
    expect((await put(client, 'secret', { properties: ['x'] }, sent)).status).toBe(403);
    expect(success(await client.say(keepAlive('gu-04', 'secret'))).queries).toEqual([]);
  });

  it('grants no other origin to read, whatever the policy of the tracker', async () => {
    const client = await start();
    for (const [path, method] of [
      ['/peers', 'GET'],
      ['/peers/nobody', 'GET'],
      ['/peers/secret/query', 'PUT'],
    ] as const) {
      const { headers } = await ask(client, path, { method, headers: { origin: 'https://evil.example' } });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers).toMatchObject({
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
    }
    const preflight = await ask(client, '/peers/secret/query', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'PUT' },
    });
    expect(preflight.headers['access-control-allow-methods']).not.toContain('PUT');
  });

  it('takes no request without a Host', async () => {
    const client = await start();
    const socket = dial(client.server.port, '127.0.0.1', () => socket.write('GET /peers HTTP/1.0\r\n\r\n'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 /);
    socket.destroy();
  });

  it('asks from this computer only', () => {
    const from = (remoteAddress: string, host: string, own = '0.0.0.0') =>
      strangerProblem({ socket: { remoteAddress }, headers: { host } } as IncomingMessage, {
        host: own,
        scheme: 'http',
      });
    expect(from('192.0.2.7', '127.0.0.1:7846')).toMatch(/on the computer of the server only/);
    expect(from('2001:db8::7', 'localhost')).toMatch(/only/);
    expect(from('::ffff:192.0.2.7', 'localhost')).toMatch(/only/);
    for (const address of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])
      expect(from(address, 'localhost:7846')).toBeUndefined();
    // The name it was told to listen on is its own.
    expect(from('127.0.1.1', 'Tracker.lan:7846', 'tracker.LAN')).toBeUndefined();
    expect(from('127.0.1.1', 'tracker.lan', 'localhost')).toMatch(/no name of this server/);
  });
});
