/** All four editions on one URL, over real HTTP (digest, top and "Errors"). */
import { afterEach, describe, expect, it } from 'vitest';
import { codecOf } from '../protocol/editions/index.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId, Request } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { encoded, text } from '../tracker/testing-http.ts';
import { chunkMap, connect, entering, find, join, keepAlive, report } from '../tracker/testing.ts';
import { listed, startClient, stopAll, success } from './testing-client.ts';

afterEach(stopAll);

/** What a peer asks for a list with, once it is in the swarm: base-1.0 has no FIND. */
const asking = (edition: EditionId): Request =>
  RULES[edition].find ? find(edition, edition, 'a') : connect(edition, edition, [join('a')]);

describe('a peer of each edition in one swarm', () => {
  const others = (edition: EditionId) => EDITIONS.filter((other) => other !== edition).sort();

  it.each(EDITIONS)('%s sees the other three in its peer list', async (edition) => {
    const client = await startClient();
    for (const each of EDITIONS) await client.all(entering(each, each, 'a'));
    const told = await client.say(asking(edition));
    expect(success(told).edition).toBe(edition);
    expect(listed(told).sort()).toEqual(others(edition));
    for (const { addresses } of success(told).peerLists[0]?.peers ?? [])
      expect(addresses).toMatchObject([{ addressType: 'ipv4', address: '127.0.0.1' }]);
  });

  it('is what each declared, as far as the edition of the asker can say it', async () => {
    const client = await startClient();
    const address = {
      addressType: 'ipv6',
      address: '2001:db8::1',
      port: 7,
      priority: 9,
      type: 'PROXY',
    } as const;
    const swarmed = { addresses: [{ ...address, connection: 'wired', asn: '64496' }] };
    await client.all([connect('rfc7846', 'p', [join('a', 'SEED')], swarmed)]);
    for (const edition of EDITIONS) {
      await client.all(entering(edition, edition, 'a'));
      const list = success(await client.say(asking(edition))).peerLists[0];
      const seed = list?.peers.find(({ peerId }) => String(peerId) === 'p');
      expect(seed?.addresses).toMatchObject([address]);
      expect(seed?.mode).toBe(edition === 'gu-04' ? 'SEED' : undefined);
    }
  });

  it('is counted by edition', async () => {
    const client = await startClient();
    for (const each of EDITIONS) await client.all(entering(each, each, 'a'));
    expect((await client.stats()).requests.byEdition).toEqual({
      rfc7846: 1,
      'extended-1.1': 1,
      'base-1.0': 1,
      'gu-04': 2,
    });
  });
});

const TYPES: Readonly<Record<'json' | 'xml', readonly string[]>> = {
  json: ['application/ppsp-tracker+json', 'application/json', 'text/json'],
  xml: ['application/xml', 'text/xml', 'application/ppsp-tracker+xml'],
};
const formOf = (edition: EditionId) => (edition === 'rfc7846' ? 'json' : 'xml');

it.each(EDITIONS)('a strict tracker takes what our own writer of %s writes', async (edition) => {
  const client = await startClient({ strict: true });
  const addresses = [
    { addressType: 'ipv4', address: '192.0.2.1', port: 7, priority: 1, type: 'HOST' } as const,
  ];
  const [first, ...more] = entering(edition, edition, 'a');
  if (first?.method !== 'CONNECT') throw new Error('no CONNECT');
  await client.all([{ ...first, addresses }, ...more]);
  expect((await client.say(asking(edition))).status).toBe(200);
});

describe.each(EDITIONS)('media types of %s', (edition) => {
  const request = connect(edition, 'p', RULES[edition].connect === 'alone' ? [] : [join('a')]);
  const body = () => new Uint8Array(encoded(request).body);

  it.each(TYPES[formOf(edition)])(
    'takes %s, with any charset parameter, and answers with it',
    async (type) => {
      const client = await startClient();
      for (const sent of [type, `${type}; charset=utf-8`, `${type.toUpperCase()};charset="UTF-8"; q=1`]) {
        const answer = await client.post(body(), sent, 'announce?info=1');
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
        const read = codecOf(edition).decodeResponse(new Uint8Array(await answer.arrayBuffer()), 'CONNECT');
        expect(read).toMatchObject({
          ok: true,
          message: { edition, outcome: 'success', transactionId: 't' },
        });
      }
    },
  );

  it('refuses other types with 415, the other form with 400, none with 400', async () => {
    const client = await startClient();
    expect((await client.post(body(), 'text/plain')).status).toBe(415);
    const [other = ''] = TYPES[formOf(edition) === 'json' ? 'xml' : 'json'];
    expect((await client.post(body(), other)).status).toBe(400);
    const untyped = await fetch(client.server.url, { method: 'POST', body: body() });
    expect(untyped.status).toBe(400);
    expect((await client.stats()).peers).toBe(0);
  });
});

describe('the edition of a body', () => {
  const xml = (version: string, inner: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="${version}">${inner}</PPSPTrackerProtocol>`;
  const head = '<TransactionID>t</TransactionID><PeerID>p</PeerID>';
  const joining = '<SwarmID action="JOIN" peerMode="LEECH" transactionID="t.0">a</SwarmID>';
  const scope =
    '<ContentGroup><Representation id="hd"><SegmentInfo startIndex="1" endIndex="2"/></Representation></ContentGroup>';
  const connectXml = `<Request>CONNECT</Request>${head}${joining}`;

  it.each<[name: string, body: string, edition: EditionId, status: number]>([
    ['CONNECT', xml('1.0', connectXml), 'base-1.0', 200],
    ['version 1.1', xml('1.1', connectXml), 'extended-1.1', 200],
    ['a scope', xml('1.0', connectXml + scope), 'extended-1.1', 200],
    ['FIND', xml('1.0', `<Request>FIND</Request>${head}<SwarmID>a</SwarmID>`), 'extended-1.1', 403],
    ['DISCONNECT', xml('1.0', `<Request>DISCONNECT</Request>${head}`), 'extended-1.1', 403],
    ['Method', xml('1.0', `<Method>CONNECT</Method>${head}<Cer/>`), 'gu-04', 200],
    ['method in small letters', xml('1.0', `<Method>connect</Method>${head}`), 'gu-04', 200],
    ['RESPONSE', xml('1.0', `<RESPONSE>STAT_QUERY</RESPONSE>${head}<Stats/>`), 'gu-04', 403],
  ])('%s', async (_, body, edition, status) => {
    const client = await startClient();
    expect((await client.post(body, 'application/xml')).status).toBe(status);
    expect((await client.stats()).requests.byEdition).toEqual({ [edition]: 1 });
  });

  it('extended-1.1 is known by a map of content too', async () => {
    const client = await startClient();
    await client.all([connect('base-1.0', 'p', [join('a')])]);
    const contentMaps = [{ representations: [{ id: 'hd', maps: [chunkMap(0, [1])] }] }];
    const asBase = { ...report('extended-1.1', 'p', [], {}, { contentMaps }), version: '1.0' };
    const answer = await client.post(new Uint8Array(encoded(asBase).body), 'application/xml');
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('version="1.0"><Resp'),
    ]);
    expect((await client.stats()).requests.byEdition).toEqual({ 'base-1.0': 1, 'extended-1.1': 1 });
  });

  it.each([
    ['XML of no edition', '<a><b/></a>'],
    ['its root alone', '<PPSPTrackerProtocol version="1.0"/>'],
    ['no XML', '<'],
    ['nothing', ''],
  ])('%s: 400 and an empty body', async (_, body) => {
    const client = await startClient();
    const answer = await client.post(body, 'application/xml');
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([400, '', null]);
  });
});

/** Each edition's words for a request that it cannot take, and the phrase in the status line. */
describe.each<[EditionId, string, RegExp, RegExp]>([
  ['rfc7846', '2', /"error_code":2/, /"error_code":1/],
  ['extended-1.1', '1.2', /^$/, /^$/],
  ['base-1.0', '2.0', /^$/, /^$/],
  ['gu-04', '2.0', /VERSION NOT SUPPORTED/, /INVALID SYNTAX/],
])('in %s', (edition, version, unsupported, broken) => {
  const type = codecOf(edition).mediaType;
  const body = () => text(encoded(find(edition === 'base-1.0' ? 'extended-1.1' : edition, 'p', 'a')).body);

  it(`version ${version} is refused, and which is spoken is told`, async () => {
    const client = await startClient();
    const plain = edition === 'base-1.0' ? text(encoded(report(edition, 'p')).body) : body();
    const other = plain.replace(/((?:Protocol |[{"])version"?[=:]"?)1(\.[01])?/, `$1${version}`);
    expect(other).toContain(version);
    const answer = await client.post(other, type);
    expect(answer.status).toBe(400);
    expect(answer.statusText).toMatch(/^Unsupported Version Number: PPSP Version 1(\.[01])? is spoken here$/);
    expect(await answer.text()).toMatch(unsupported);
  });

  it('what is no message says where it is wrong, and echoes nothing', async () => {
    const client = await startClient();
    const plain = text(encoded(keepAlive('gu-04', 'p')).body);
    const wrong = (edition === 'gu-04' ? plain : body()).replace(/FIND|KEEPALIVE/, 'evil&lt;b&gt;');
    const answer = await client.post(wrong, type);
    expect(answer.status).toBe(400);
    expect(answer.statusText).toMatch(/^Bad Request: [\w. ]+$/);
    expect(answer.statusText).not.toContain('evil');
    const told = await answer.text();
    expect(told).toMatch(broken);
    expect(told).not.toContain('evil');
  });
});

describe('a request that an edition has not', () => {
  it.each<[EditionId, string]>([
    ['rfc7846', 'DISCONNECT'],
    ['rfc7846', 'KEEPALIVE'],
    ['rfc7846', 'FIND_CHUNK'],
    ['extended-1.1', 'KEEPALIVE'],
    ['extended-1.1', 'JOIN'],
    ['base-1.0', 'LEAVE'],
    ['base-1.0', 'STAT_QUERY'],
    // Names are told apart by case, except in gu-04.
    ['base-1.0', 'stat_report'],
    ['gu-04', 'STAT_FIND'],
    ['gu-04', 'STAT_QUERY'],
  ])('%s: 400 to %s, and the peer stays', async (edition, method) => {
    const client = await startClient();
    await client.all(entering(edition, 'p', 'a'));
    const body = text(encoded(report(edition, 'p')).body).replace('STAT_REPORT', method);
    const answer = await client.post(body, codecOf(edition).mediaType);
    expect([answer.status, answer.statusText]).toEqual([400, expect.stringMatching(/^Bad Request: /)]);
    expect((await client.peer('p'))?.state).toBe('TRACKING');
  });
});
