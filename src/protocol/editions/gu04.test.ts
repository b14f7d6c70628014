import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../testing/arbitraries.ts';
import type { Decoded } from '../codec.ts';
import { ERRORS } from '../errors.ts';
import type { ErrorName } from '../errors.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../ids.ts';
import type { Method, PeerAddress, Request, Response } from '../message.ts';
import { encodeText } from '../text.ts';
import { gu04 } from './gu04.ts';

const request = (text: string): Decoded<Request> => gu04.decodeRequest(encodeText(text));
const response = (text: string, answers: Method = 'FIND'): Decoded<Response> =>
  gu04.decodeResponse(encodeText(text), answers);
const written = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const paths = (decoded: Decoded<unknown>): string[] =>
  decoded.ok ? decoded.findings.map(({ path }) => path.replace('PPSPTrackerProtocol.', '')) : ['refused'];

const wrap = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0">${inside}</PPSPTrackerProtocol>`;
const HEAD = '<TransactionID>t</TransactionID><PeerID>p</PeerID>';
const SWARM = '<SwarmID>s</SwarmID>';
const NEVER = '<ExpireTime>0</ExpireTime>';
const ask = (method: string, inside = '', head = HEAD): Decoded<Request> =>
  request(wrap(`<Method>${method}</Method>${head}${inside}`));
const join = (inside: string): Decoded<Request> => ask('JOIN', SWARM + NEVER + inside);
const address = (attributes: string): Decoded<Request> =>
  ask('CONNECT', `<PeerAddresses><PeerAddress ${attributes}/></PeerAddresses>`);
const report = (inside: string): Decoded<Request> => ask('STAT_REPORT', `<Stats>${inside}</Stats>`);
const clip = (segments: string, type = 'type="video"', name = 'film'): string =>
  `<Clip><Name>${name}</Name><ChunkSegments ${type}>${segments}</ChunkSegments></Clip>`;
const chunkMap = (segment: string): Decoded<Request> =>
  report(`<Stat property="ChunkMap"><r:ChunkMapReport>${clip(segment)}</r:ChunkMapReport></Stat>`);
const answer = (word: string, inside = ''): string =>
  wrap(`<Response>${word}</Response><TransactionID>t</TransactionID>${inside}`);
const query = (inside: string): Decoded<Response> =>
  response(
    answer('OK', `<Queries><PPSPTrackerProtocol version="1.0">${inside}</PPSPTrackerProtocol></Queries>`),
    'KEEPALIVE',
  );

const head = { edition: 'gu-04', version: '1.0', transactionId: 't', peerId: 'p' };
const host: PeerAddress = { addressType: 'ipv4', address: '192.0.2.2', port: 80, priority: 0, type: 'HOST' };

describe('round trips', () => {
  test('requests', () => {
    fc.assert(
      fc.property(arbitraryRequest('gu-04'), (message) => {
        const decoded = gu04.decodeRequest(gu04.encodeRequest(message));
        expect(decoded).toMatchObject({ ok: true });
        expect(decoded.ok && decoded.message).toEqual(message);
      }),
      { numRuns: 200 },
    );
  });
  test('responses', () => {
    fc.assert(
      fc.property(arbitraryResponse('gu-04'), (message) => {
        const decoded = gu04.decodeResponse(gu04.encodeResponse(message), message.method);
        expect(decoded).toMatchObject({ ok: true });
        expect(decoded.ok && decoded.message).toEqual(message);
      }),
      { numRuns: 100 },
    );
  });
});

describe('written forms', () => {
  const connect = {
    ...head,
    edition: 'gu-04',
    transactionId: asTransactionId('t'),
    peerId: asPeerId('p'),
    method: 'CONNECT',
    actions: [],
  } as const;

  test('Method first; an address is ip and port, priority and type only where they say something', () => {
    const addresses: PeerAddress[] = [host, { ...host, port: 81, priority: 5, type: 'PROXY' }];
    expect(written(gu04.encodeRequest({ ...connect, certificate: '', addresses }))).toBe(
      wrap(
        `<Method>CONNECT</Method>${HEAD}<Cer/><PeerAddresses><PeerAddress ip="192.0.2.2" port="80"/><PeerAddress ip="192.0.2.2" port="81" priority="5" type="PROXY"/></PeerAddresses>`,
      ),
    );
  });

  test('connection, asn and peer protocol have no place in an address here', () => {
    const more: PeerAddress = { ...host, connection: '3G', asn: '64496', peerProtocol: 'PPSP-PP' };
    expect(gu04.decodeRequest(gu04.encodeRequest({ ...connect, addresses: [more] }))).toMatchObject({
      message: { addresses: [host] },
      findings: [],
    });
  });

  test('FIND as the slides have it', () => {
    expect(
      written(
        gu04.encodeRequest({
          ...connect,
          method: 'FIND',
          swarmId: asSwarmId('s'),
          peerNum: { count: 5, abilityNat: 'STUN' },
          addresses: [host],
          properties: [
            { name: 'OnlineTime', value: '<1>' },
            { name: 'NAT', value: '' },
          ],
          scope: [
            { representation: 'film', startIndex: 1 },
            { representation: 'film', startIndex: 3, endIndex: 4 },
            { representation: 'film#audio', startIndex: 5 },
          ],
        }),
      ),
    ).toBe(
      wrap(
        `<Method>FIND</Method>${HEAD}${SWARM}<Peernum>5</Peernum><Stats><Stat property="OnlineTime">&lt;1&gt;</Stat><Stat property="NAT"/></Stats>${clip('<Segment from="1"/><Segment from="3" to="4"/>')}${clip('<Segment from="5"/>', 'type="audio"')}`,
      ),
    );
  });

  test('STAT_REPORT as -06 has it, its prefix declared once; nothing to tell is no Stats', () => {
    const statistics = { ...connect, method: 'STAT_REPORT', contentMaps: [], properties: [] } as const;
    expect(written(gu04.encodeRequest({ ...statistics, stats: [{ uploadedBytes: 2n ** 64n - 1n }] }))).toBe(
      wrap(
        `<Method>STAT_REPORT</Method>${HEAD}<Stats xmlns:report="http://www.example.org/ppsp/"><Stat property="StreamStats"><report:StreamStatsReport><UploadedBytes>18446744073709551615</UploadedBytes></report:StreamStatsReport></Stat></Stats>`,
      ),
    );
    expect(written(gu04.encodeRequest({ ...statistics, stats: [] }))).toBe(
      wrap(`<Method>STAT_REPORT</Method>${HEAD}`),
    );
  });

  const success = {
    edition: 'gu-04',
    version: '1.0',
    outcome: 'success',
    transactionId: asTransactionId('t'),
    results: [{ swarmId: asSwarmId('s'), ok: true }],
    peerLists: [],
    queries: [],
  } as const;

  test.each<[Method, string, string]>([
    ['CONNECT', 'OK', ''],
    ['JOIN', 'OK', SWARM],
    ['JOIN_CHUNK', 'OK', SWARM],
    ['FIND', 'FIND', SWARM],
    ['FIND_CHUNK', 'FIND_CHUNK', SWARM],
    ['LEAVE', 'OK', ''],
    ['STAT_REPORT', 'OK', ''],
    ['STAT_QUERY', 'OK', ''],
  ])('%s is answered with %s', (method, word, swarm) => {
    expect(written(gu04.encodeResponse({ ...success, method }))).toBe(answer(word, swarm));
  });

  test('a query rides in the answer to a KEEPALIVE', () => {
    const asked = {
      transactionId: asTransactionId('q.1'),
      peerId: asPeerId('p'),
      properties: ['NAT', 'a"b'],
    };
    expect(written(gu04.encodeResponse({ ...success, method: 'KEEPALIVE', queries: [asked] }))).toBe(
      answer(
        'OK',
        '<Queries><PPSPTrackerProtocol version="1.0"><Method>STAT_QUERY</Method><TransactionID>q.1</TransactionID><PeerID>p</PeerID><StatRequest><Stat property="NAT"/><Stat property="a&quot;b"/></StatRequest></PPSPTrackerProtocol></Queries>',
      ),
    );
  });

  test.each([
    ['bad-request', 'INVALID SYNTAX'],
    ['unsupported-version', 'VERSION NOT SUPPORTED'],
    ['forbidden', 'MESSAGE FORBIDDEN'],
    ['internal', 'INTERNAL ERROR'],
    ['overloaded', 'TEMPORARILY OVERLOADED'],
    ['authentication-required', 'AUTHENTICATION REQUIRED'],
    ['not-found', 'OBJECT NOT FOUND'],
  ] as const)('%s is %s (table 3)', (error, word) => {
    const failure = {
      ...success,
      method: 'FIND',
      outcome: 'failure',
      error,
      detail: 'for people',
    } as const;
    expect(written(gu04.encodeResponse(failure))).toBe(answer(word));
    expect(response(answer(word))).toMatchObject({ message: { outcome: 'failure', error }, findings: [] });
  });

  test('every error has its word', () => {
    for (const error of Object.keys(ERRORS) as ErrorName[])
      expect(
        written(
          gu04.encodeResponse({
            edition: 'gu-04',
            version: '<9>',
            method: 'FIND',
            outcome: 'failure',
            transactionId: '',
            error,
          }),
        ),
      ).toMatch(
        /<PPSPTrackerProtocol version="&lt;9&gt;"><Response>[A-Z ]+<\/Response><TransactionID\/><\/PPSPTrackerProtocol>$/,
      );
  });
});

describe('tolerant reading', () => {
  test.each<[string, Method]>([
    ['keepalive', 'KEEPALIVE'],
    [' Stat_Report ', 'STAT_REPORT'],
    ['STAT REPORT', 'STAT_REPORT'],
    ['stat\n  report', 'STAT_REPORT'],
  ])('method %j is %s, and that is no departure', (word, method) => {
    expect(ask(word)).toMatchObject({ message: { method }, findings: [] });
  });

  test('JOIN CHUNK is on the slides, FIND CHUNK is not; no other letter is an I', () => {
    const chunk = '<ChunkID>c</ChunkID>';
    expect(ask('Join Chunk', SWARM + NEVER + chunk)).toMatchObject({
      message: { method: 'JOIN_CHUNK', chunkId: 'c' },
      findings: [],
    });
    const found = ask('FIND CHUNK', SWARM + chunk);
    expect(found).toMatchObject({ message: { method: 'FIND_CHUNK', chunkId: 'c' } });
    expect(paths(found)).toEqual(['Method']);
    expect(ask('fınd', SWARM)).toMatchObject({ ok: false });
  });

  test('no declaration, prefixes, comments, any order, unknown elements', () => {
    expect(
      request(
        '<x:PPSPTrackerProtocol version="1.0"><x:PeerID>p</x:PeerID><!-- - --><New><PeerID/></New><x:Method>LEAVE</x:Method><SwarmID>s</SwarmID><TransactionID>t</TransactionID></x:PPSPTrackerProtocol>',
      ),
    ).toEqual({ ok: true, message: { ...head, method: 'LEAVE', swarmId: 's' }, findings: [] });
  });

  test('no ExpireTime, SEEDER, PeerType, either PeerNum, an empty one', () => {
    const seeder = ask('JOIN', `${SWARM}<PeerMode>SEEDER</PeerMode>`);
    expect(seeder).toMatchObject({ message: { mode: 'SEED', expireTime: 0 } });
    expect(paths(seeder)).toEqual(['ExpireTime', 'PeerMode']);
    expect(join('<PeerType> LIVESEED </PeerType><PeerNum> 3 </PeerNum>')).toMatchObject({
      message: { mode: 'LIVESEED', peerNum: { count: 3 } },
      findings: [],
    });
    expect(ask('FIND', `${SWARM}<PeerNum>3</PeerNum>`)).toMatchObject({
      message: { peerNum: { count: 3 } },
      findings: [],
    });
    const empty = ask('FIND', `${SWARM}<Peernum/>`);
    expect(empty).toMatchObject({ message: { peerNum: { count: 30 } } });
    expect(paths(empty)).toEqual(['Peernum']);
    expect(paths(join('<ChunkID>c</ChunkID>'))).toEqual(['ChunkID']);
  });

  test('an empty token is none; an answer may be headed Response', () => {
    expect(ask('KEEPALIVE', '<AuthToken/>')).toEqual({
      ok: true,
      message: { ...head, method: 'KEEPALIVE' },
      findings: [],
    });
    const answered = request(wrap(`<Response>stat_query</Response>${HEAD}`));
    expect(answered).toMatchObject({ message: { method: 'STAT_QUERY', properties: [] } });
    expect(paths(answered)).toEqual(['Response']);
  });

  test('addresses: the family shows in the text; what other editions add is kept', () => {
    expect(address('ip=" 2001:DB8::0:1 " port="080" connection="3G" asn="1" peerProtocol="x"')).toMatchObject(
      {
        message: {
          addresses: [
            {
              ...host,
              addressType: 'ipv6',
              address: '2001:db8::1',
              connection: '3G',
              asn: '1',
              peerProtocol: 'x',
            },
          ],
        },
        findings: [],
      },
    );
  });

  test('video is the clip by its name, audio a representation beside it', () => {
    const scope = (type: string): Decoded<Request> =>
      ask('FIND', SWARM + clip('<Segment from="1" to="2"/>', type));
    const range = { startIndex: 1, endIndex: 2 };
    expect(scope('type="video"')).toMatchObject({
      message: { scope: [{ representation: 'film', ...range }] },
      findings: [],
    });
    expect(scope('type="audio"')).toMatchObject({
      message: { scope: [{ representation: 'film#audio', ...range }] },
      findings: [],
    });
    expect(paths(scope('type="Audio"'))).toEqual(['Clip[0].ChunkSegments[0]@type']);
    expect(paths(scope(''))).toEqual(['Clip[0].ChunkSegments[0]@type']);
    // One Clip in the schema, several in our scope.
    const two = join(clip('<Segment from="1"/>') + clip('<Segment from="2"/>', 'type="video"', 'b'));
    expect(two).toMatchObject({
      message: {
        scope: [
          { representation: 'film', startIndex: 1 },
          { representation: 'b', startIndex: 2 },
        ],
      },
    });
    expect(paths(two)).toEqual(['Clip']);
    expect(ask('FIND', `${SWARM}<Clip><Name>n</Name></Clip>`)).toEqual({
      ok: true,
      message: { ...head, method: 'FIND', swarmId: 's', addresses: [], properties: [] },
      findings: [],
    });
  });

  test('-04 statistics are flat, -06 ones structured, with or without the report around them', () => {
    const flat = report('<Stat property="UploadedBytes">5</Stat><Stat property="NAT"/>');
    expect(flat).toMatchObject({
      message: {
        stats: [],
        properties: [
          { name: 'UploadedBytes', value: '5' },
          { name: 'NAT', value: '' },
        ],
      },
      findings: [],
    });
    const bare = report('<Stat property="StreamStats"><UploadedBytes> 5 </UploadedBytes></Stat>');
    expect(bare).toMatchObject({ message: { stats: [{ uploadedBytes: 5n }], properties: [] } });
    expect(paths(bare)).toEqual(['Stats.Stat[0]']);
    const valued = report('<Stat property="ChunkMap">x</Stat>');
    expect(valued).toMatchObject({ message: { properties: [{ name: 'ChunkMap', value: 'x' }] } });
    expect(paths(valued)).toEqual(['Stats.Stat[0]']);
    const two = report(
      '<Stat property="StreamStats"><StreamStatsReport><SwarmID>a</SwarmID></StreamStatsReport><StreamStatsReport/></Stat>',
    );
    expect(two).toMatchObject({ message: { stats: [{ swarmId: 'a' }, {}] }, findings: [] });
  });

  test('chunk maps: the highest bit is the first segment; sizes may be left out, bits may not', () => {
    const map = { startIndex: 0, endIndex: 8, bitmap: Uint8Array.of(0b1000_0001, 0b1000_0000) };
    const decoded = chunkMap('<Segment from="0" to="8" bitmapsize="9">gYA=</Segment>');
    expect(decoded).toMatchObject({
      message: { contentMaps: [{ representations: [{ id: 'film', maps: [map] }] }] },
      findings: [],
    });
    expect(paths(chunkMap('<Segment from="0" to="8">gYA=</Segment>'))).toEqual([
      'Stats.Stat[0].ChunkMapReport[0].Clip[0].ChunkSegments[0].Segment[0]@bitmapsize',
    ]);
  });

  test('responses: OK, SUCCESSFUL, the method in any case; another method with a finding', () => {
    for (const word of ['OK', 'ok', 'SUCCESSFUL', 'FIND', 'find'])
      expect(response(answer(word, SWARM))).toMatchObject({ message: { outcome: 'success' }, findings: [] });
    expect(paths(response(answer('JOIN', SWARM)))).toEqual(['Response']);
    expect(paths(response(answer('OK', SWARM).replaceAll('Response>', 'RESPONSE>')))).toEqual(['RESPONSE']);
  });

  test('errors of table 3 over two lines, and the two of the schema alone', () => {
    expect(response(answer('Temporarily\n  overloaded'))).toMatchObject({ message: { error: 'overloaded' } });
    expect(response(answer('MESSAGE NOT SUPPORTED'))).toMatchObject({ message: { error: 'bad-request' } });
    expect(response(answer('PAYMENT REQUIRED'))).toMatchObject({ message: { error: 'forbidden' } });
    expect(response(wrap('<Response>INVALID SYNTAX</Response>'))).toMatchObject({
      message: { error: 'bad-request', transactionId: '' },
    });
  });

  test('who refuses a version may speak another', () => {
    expect(
      response(answer('VERSION NOT SUPPORTED').replace('version="1.0">', 'version="2.0">')),
    ).toMatchObject({
      message: { version: '2.0', error: 'unsupported-version' },
    });
    expect(response(answer('OK').replace('version="1.0">', 'version="2.0">'))).toMatchObject({
      error: { error: 'unsupported-version' },
    });
  });

  test('a list whose swarm is not named is of the swarm that was asked for', () => {
    const text = encodeText(
      answer('OK', '<PeerInfoList><PeerInfo><PeerID>q</PeerID></PeerInfo></PeerInfoList>'),
    );
    const peers = [{ peerId: 'q', addresses: [] }];
    const read = gu04.decodeResponse(text, 'JOIN', { swarmId: asSwarmId('s') });
    expect(read).toMatchObject({ message: { peerLists: [{ swarmId: 's', peers }] } });
    expect(paths(read)).toEqual(['SwarmID', 'PeerInfoList.PeerInfo[0].PeerMode']);
    expect(gu04.decodeResponse(text, 'JOIN')).toMatchObject({
      error: { path: 'PPSPTrackerProtocol.SwarmID', problem: 'is missing' },
    });
    expect(response(answer('OK'))).toMatchObject({ message: { results: [], peerLists: [] } });
  });

  test('a query by another identifier', () => {
    expect(
      paths(query(`<Method>stat query</Method>${HEAD}<StatRequest><Stat property="a"/></StatRequest>`)),
    ).toEqual(['Queries.PPSPTrackerProtocol[0].TransactionID']);
  });
});

describe('refusals name the place and echo the transaction', () => {
  const SEGMENT = 'Stats.Stat[0].ChunkMapReport[0].Clip[0].ChunkSegments[0].Segment[0]';
  const ADDRESS = 'PeerAddresses.PeerAddress[0]';
  test.each<[string, Decoded<Request>, string]>([
    ['no Method', request(wrap(HEAD)), 'Method'],
    ['an unknown Method', ask('GET'), 'Method'],
    ['two Methods', request(wrap(`<Method>JOIN</Method><Method>JOIN</Method>${HEAD}`)), 'Method'],
    ['STAT_QUERY as a Method', ask('STAT_QUERY'), 'Method'],
    ['no PeerID', ask('KEEPALIVE', '', '<TransactionID>t</TransactionID>'), 'PeerID'],
    ['two PeerIDs', ask('KEEPALIVE', '<PeerID>q</PeerID>'), 'PeerID'],
    ['an empty PeerID', ask('KEEPALIVE', '', '<TransactionID>t</TransactionID><PeerID/>'), 'PeerID'],
    ['a long token', ask('KEEPALIVE', `<AuthToken>${'a'.repeat(8193)}</AuthToken>`), 'AuthToken'],
    ['a long certificate', ask('CONNECT', `<Cer>${'a'.repeat(65_537)}</Cer>`), 'Cer'],
    ['no SwarmID', ask('JOIN', NEVER), 'SwarmID'],
    ['no SwarmID to leave', ask('LEAVE'), 'SwarmID'],
    ['no SwarmID to find', ask('FIND'), 'SwarmID'],
    ['JOIN_CHUNK without ChunkID', ask('JOIN_CHUNK', SWARM + NEVER), 'ChunkID'],
    ['FIND_CHUNK without ChunkID', ask('FIND_CHUNK', SWARM), 'ChunkID'],
    ['an empty ChunkID', ask('FIND', `${SWARM}<ChunkID/>`), 'ChunkID'],
    [
      'a date to expire at',
      ask('JOIN', `${SWARM}<ExpireTime>2011-10-30T00:00:00Z</ExpireTime>`),
      'ExpireTime',
    ],
    ['an unknown mode', join('<PeerMode>PROXY</PeerMode>'), 'PeerMode'],
    ['both PeerNums', ask('FIND', `${SWARM}<PeerNum>1</PeerNum><Peernum>1</Peernum>`), 'Peernum'],
    ['a negative PeerNum', join('<PeerNum>-1</PeerNum>'), 'PeerNum'],
    ['a property without a name', join('<Stats><Stat>1</Stat></Stats>'), 'Stats.Stat[0]@property'],
    ['a property over two lines', join('<Stats><Stat property="a">1\n</Stat></Stats>'), 'Stats.Stat[0]'],
    ['two Stats', report('</Stats><Stats>'), 'Stats'],
    ['too many properties', report('<Stat property="a"/>'.repeat(1025)), 'Stats'],
    ['a clip without a name', join('<Clip/>'), 'Clip[0].Name'],
    ['an unknown type', join(clip('', 'type="text"')), 'Clip[0].ChunkSegments[0]@type'],
    ['a name that leaves no room', join(clip('', 'type="audio"', 'n'.repeat(1019))), 'Clip[0].Name'],
    ['no from', join(clip('<Segment to="1"/>')), 'Clip[0].ChunkSegments[0].Segment[0]@from'],
    ['to before from', join(clip('<Segment from="2" to="1"/>')), 'Clip[0].ChunkSegments[0].Segment[0]@to'],
    ['many segments', join(clip('<Segment from="2"/>'.repeat(1025))), 'Clip[0].ChunkSegments[0]'],
    [
      'a map of another size',
      chunkMap('<Segment from="0" to="8" bitmapsize="8">gYA=</Segment>'),
      `${SEGMENT}@bitmapsize`,
    ],
    ['a map too short', chunkMap('<Segment from="0" to="8" bitmapsize="9">gA==</Segment>'), SEGMENT],
    ['a map that is no Base64', chunkMap('<Segment from="0" to="7" bitmapsize="8">g*==</Segment>'), SEGMENT],
    [
      'a counter of 65 bits',
      report(
        '<Stat property="StreamStats"><StreamStatsReport><UploadedBytes>18446744073709551616</UploadedBytes></StreamStatsReport></Stat>',
      ),
      'Stats.Stat[0].StreamStatsReport[0].UploadedBytes',
    ],
    ['no ip', address('port="1"'), `${ADDRESS}@ip`],
    ['no address', address('ip="example.org" port="1"'), `${ADDRESS}@ip`],
    ['no port', address('ip="192.0.2.2"'), `${ADDRESS}@port`],
    ['port 65536', address('ip="192.0.2.2" port="65536"'), `${ADDRESS}@port`],
    ['an unknown kind of address', address('ip="192.0.2.2" port="1" type="RELAY"'), `${ADDRESS}@type`],
    [
      'too many addresses',
      address(
        `ip="::1" port="1"/>${'<PeerAddress ip="::1" port="1"/>'.repeat(7)}<PeerAddress ip="::1" port="1"`,
      ),
      'PeerAddresses.PeerAddress',
    ],
  ])('%s', (_, decoded, path) => {
    expect(decoded).toEqual({
      ok: false,
      error: {
        error: 'bad-request',
        path: `PPSPTrackerProtocol.${path}`,
        problem: expect.any(String) as string,
        transactionId: 't',
      },
    });
  });

  test('Method and Response together (-06 §4.1), either way read', () => {
    const both = wrap(`<Method>FIND</Method><Response>OK</Response>${HEAD}`);
    for (const decoded of [request(both), response(both)])
      expect(decoded).toMatchObject({
        error: { path: 'PPSPTrackerProtocol', problem: 'has both a Method and a Response' },
      });
  });

  test.each(['1.1', '1', '', '***'])('version %j is unsupported', (version) => {
    expect(request(`<PPSPTrackerProtocol version="${version}">${HEAD}</PPSPTrackerProtocol>`)).toEqual({
      ok: false,
      error: {
        error: 'unsupported-version',
        path: 'PPSPTrackerProtocol@version',
        problem: 'PPSP Version is not 1.0',
        transactionId: 't',
      },
    });
  });

  test('no version, another root, a response, a request', () => {
    expect(request('<PPSPTrackerProtocol/>')).toMatchObject({
      error: { path: 'PPSPTrackerProtocol@version' },
    });
    expect(request('<a/>')).toMatchObject({ error: { path: '' } });
    expect(request(answer('OK'))).toMatchObject({ error: { problem: 'is a response, not a request' } });
    expect(response(wrap(`<Method>JOIN</Method>${HEAD}`))).toMatchObject({
      error: { problem: 'is a request, not a response' },
    });
  });

  const PEER = '<PeerInfo><PeerID>q</PeerID><PeerMode>SEED</PeerMode></PeerInfo>';
  const Q = 'Queries.PPSPTrackerProtocol[0]';
  const STAT_QUERY = `<Method>STAT_QUERY</Method>${HEAD}`;
  test.each<[string, Decoded<Response>, string]>([
    ['no Response', response(wrap('<TransactionID>t</TransactionID>')), 'Response'],
    ['an unknown word', response(answer('FINE')), 'Response'],
    ['no transaction', response(wrap('<Response>OK</Response>'), 'LEAVE'), 'TransactionID'],
    [
      'a peer without ID',
      response(answer('OK', `${SWARM}<Peers><PeerInfo/></Peers>`)),
      'Peers.PeerInfo[0].PeerID',
    ],
    ['both lists', response(answer('OK', `${SWARM}<Peers/><PeerInfoList/>`)), 'PeerInfoList'],
    ['too many peers', response(answer('OK', `${SWARM}<Peers>${PEER.repeat(1025)}</Peers>`)), 'Peers'],
    [
      'a reflexive address without port',
      response(answer('OK', '<ReflexiveAddress ip="::1"/>'), 'CONNECT'),
      'ReflexiveAddress[0]@port',
    ],
    [
      'a query of no version',
      response(answer('OK', '<Queries><PPSPTrackerProtocol/></Queries>'), 'KEEPALIVE'),
      `${Q}@version`,
    ],
    ['a query without method', query(HEAD), `${Q}.Method`],
    ['a query that is a JOIN', query(`<Method>JOIN</Method>${HEAD}`), `${Q}.Method`],
    ['a query for nothing', query(STAT_QUERY), `${Q}.StatRequest`],
    ['a query for no property', query(`${STAT_QUERY}<StatRequest/>`), `${Q}.StatRequest.Stat`],
    [
      'a query for a property without a name',
      query(`${STAT_QUERY}<StatRequest><Stat/></StatRequest>`),
      `${Q}.StatRequest.Stat[0]@property`,
    ],
  ])('response: %s', (_, decoded, path) => {
    expect(decoded).toMatchObject({ ok: false, error: { path: `PPSPTrackerProtocol.${path}` } });
  });
});

describe('hostile input', () => {
  test('entities, depth, amounts and odd bytes are refused before anything is read', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "&c;&c;">]>';
    const problems = [
      `${bomb}${wrap(`<Method>&b;</Method>${HEAD}`)}`,
      wrap(`<Method>&b;</Method>${HEAD}`),
      wrap(`<Stats>${'<Stat>'.repeat(20)}${'</Stat>'.repeat(20)}</Stats>`),
      wrap(`<Stats>${'<Stat/>'.repeat(10_001)}</Stats>`),
      wrap(`<PeerID>\0</PeerID>`),
    ].map((text) => request(text));
    for (const decoded of problems)
      expect(decoded).toMatchObject({ ok: false, error: { path: '', error: 'bad-request' } });
    expect(gu04.decodeRequest(Uint8Array.of(0xff, 0xfe, 0x3c, 0))).toMatchObject({ ok: false });
    expect(gu04.decodeRequest(new Uint8Array())).toMatchObject({ ok: false });
  });

  test('names of JavaScript are names like any other', () => {
    const named = report('<Stat property="__proto__">1</Stat><Stat property="constructor">2</Stat>');
    expect(named).toMatchObject({
      message: {
        properties: [
          { name: '__proto__', value: '1' },
          { name: 'constructor', value: '2' },
        ],
      },
    });
    expect(ask('constructor')).toMatchObject({ error: { path: 'PPSPTrackerProtocol.Method' } });
    expect(response(answer('__proto__'))).toMatchObject({ ok: false });
  });

  test('a refusal quotes nothing', () => {
    const secret = 'hunter2';
    for (const text of [
      ask(secret),
      ask('JOIN', `<SwarmID>${secret}</SwarmID><ExpireTime>${secret}</ExpireTime>`),
      address(`ip="${secret}" port="1"`),
      join(clip('', `type="${secret}"`)),
      ask('KEEPALIVE', `<AuthToken>${secret}&#10;</AuthToken>`),
    ])
      expect(JSON.stringify(text)).not.toContain(secret);
  });

  test('nothing throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.tuple(arbitraryRequest('gu-04'), fc.nat(), fc.nat(255)).map(([message, at, byte]) => {
            const bytes = gu04.encodeRequest(message);
            bytes[at % bytes.length] = byte;
            return bytes;
          }),
        ),
        (bytes) => {
          expect(gu04.decodeRequest(bytes)).toHaveProperty('ok');
          expect(gu04.decodeResponse(bytes, 'FIND')).toHaveProperty('ok');
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a long body costs its length', () => {
    const body = (length: number): Uint8Array => {
      const segments = 6 * length;
      const map = `<Segment from="1" to="${segments}" bitmapsize="${segments}">${'/'.repeat(length)}</Segment>`;
      const reports = `<Stat property="ChunkMap"><ChunkMapReport>${clip(map)}</ChunkMapReport></Stat>`;
      return encodeText(wrap(`<Method>STAT_REPORT</Method>${HEAD}<Stats>${reports}</Stats>`));
    };
    /** The best of many, for others may want the machine meanwhile. */
    const milliseconds = (bytes: Uint8Array): number => {
      const times = Array.from({ length: 9 }, () => {
        const start = performance.now();
        expect(gu04.decodeRequest(bytes)).toMatchObject({ ok: true });
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    const [short, long] = [milliseconds(body(40_000)), milliseconds(body(400_000))];
    expect(long).toBeLessThan(50 * short);
  });
});

test('the AuthToken of an answer is read and written; an empty one is none (gu -06 §4.4)', () => {
  const read = response(
    wrap('<Response>OK</Response><AuthToken>c2Vzc2lvbg</AuthToken><TransactionID>t</TransactionID>'),
    'CONNECT',
  );
  expect(read).toMatchObject({ ok: true, findings: [], message: { authToken: 'c2Vzc2lvbg' } });
  if (read.ok)
    expect(written(gu04.encodeResponse(read.message))).toContain('<AuthToken>c2Vzc2lvbg</AuthToken>');
  expect(
    response(wrap('<Response>OK</Response><AuthToken/><TransactionID>t</TransactionID>'), 'CONNECT'),
  ).toMatchObject({
    ok: true,
    message: { transactionId: 't' },
  });
});
