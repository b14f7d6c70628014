import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../testing/arbitraries.ts';
import { BASE01_EXAMPLES } from '../../testing/golden.ts';
import type { Decoded } from '../codec.ts';
import { ERRORS } from '../errors.ts';
import type { ErrorName } from '../errors.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../ids.ts';
import type { Method, PeerAddress, Request, Response } from '../message.ts';
import { encodeText } from '../text.ts';
import { base10 } from './base10.ts';

const request = (text: string): Decoded<Request> => base10.decodeRequest(encodeText(text));
const response = (text: string, answers: Method = 'CONNECT'): Decoded<Response> =>
  base10.decodeResponse(encodeText(text), answers);
const written = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const paths = (decoded: Decoded<unknown>): string[] =>
  decoded.ok ? decoded.findings.map(({ path }) => path.replace('PPSPTrackerProtocol.', '')) : ['refused'];

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const wrap = (inside: string): string =>
  `${DECLARATION}<PPSPTrackerProtocol version="1.0">${inside}</PPSPTrackerProtocol>`;
const HEAD = '<TransactionID>t</TransactionID><PeerID>p</PeerID>';
const SWARM = '<SwarmID action="JOIN" peerMode="LEECH" transactionID="t.1">s</SwarmID>';
const connect = (inside: string, head = HEAD): Decoded<Request> =>
  request(wrap(`<Request>CONNECT</Request>${head}${inside}`));
const report = (inside: string): Decoded<Request> =>
  request(wrap(`<Request>STAT_REPORT</Request>${HEAD}${inside}`));
const address = (attributes: string): Decoded<Request> =>
  connect(`${SWARM}<PeerGroup><PeerInfo><PeerAddress ${attributes}/></PeerInfo></PeerGroup>`);

const head = { edition: 'base-1.0', version: '1.0' };
const host: PeerAddress = { addressType: 'ipv4', address: '192.0.2.2', port: 80, priority: 1, type: 'HOST' };

describe("the draft's examples (§4)", () => {
  test('CONNECT of a SEED', () => {
    expect(request(BASE01_EXAMPLES.connectSeeder)).toEqual({
      ok: true,
      message: {
        ...head,
        method: 'CONNECT',
        transactionId: '12345.0',
        peerId: '656164657220',
        peerNum: { count: 15, abilityNat: 'STUN' },
        addresses: [],
        actions: [
          { swarmId: '1111', action: 'JOIN', mode: 'SEED', transactionId: '12345.1' },
          { swarmId: '2222', action: 'JOIN', mode: 'SEED', transactionId: '12345.2' },
        ],
      },
      findings: [],
    });
  });

  test('CONNECT of a LEECH with its addresses', () => {
    expect(request(BASE01_EXAMPLES.connectLeech)).toMatchObject({
      message: {
        peerNum: { count: 5 },
        addresses: [
          { ...host, peerProtocol: 'PPSP-PP' },
          { ...host, addressType: 'ipv6', address: '2001:db8::2', priority: 2 },
        ],
        actions: [{ swarmId: '1111', mode: 'LEECH' }],
      },
      findings: [],
    });
  });

  test('CONNECT of a channel switch', () => {
    expect(request(BASE01_EXAMPLES.connectSwitch)).toMatchObject({
      message: {
        actions: [
          { swarmId: '1111', action: 'LEAVE', transactionId: '12345.1' },
          { swarmId: '2222', action: 'JOIN', transactionId: '12345.2' },
        ],
      },
      findings: [],
    });
  });

  test('response to CONNECT', () => {
    const listed = {
      addressType: 'ipv4',
      port: 80,
      priority: 0,
      type: 'HOST',
      asn: '64496',
      peerProtocol: 'PPSP-PP',
    };
    expect(response(BASE01_EXAMPLES.connectResponse)).toEqual({
      ok: true,
      message: {
        ...head,
        method: 'CONNECT',
        outcome: 'success',
        transactionId: '12345.0',
        publicAddress: {
          ...host,
          address: '198.51.100.1',
          type: 'REFLEXIVE',
          connection: '3G',
          asn: '64496',
        },
        results: [
          { transactionId: '12345.1', ok: true },
          { transactionId: '12345.2', ok: true },
        ],
        peerLists: [
          {
            swarmId: '2222',
            peers: [
              { peerId: '956264622298', addresses: [{ ...listed, address: '198.51.100.22' }] },
              { peerId: '3332001256741', addresses: [{ ...listed, address: '198.51.100.201' }] },
            ],
          },
        ],
        queries: [],
      },
      findings: [],
    });
  });

  test('STAT_REPORT and its response', () => {
    expect(request(BASE01_EXAMPLES.statReport)).toEqual({
      ok: true,
      message: {
        ...head,
        method: 'STAT_REPORT',
        transactionId: '12345',
        peerId: '656164657221',
        stats: [
          { swarmId: '1111', uploadedBytes: 512n, downloadedBytes: 768n, availableBandwidth: 1_024_000 },
        ],
        contentMaps: [],
        properties: [],
      },
      findings: [],
    });
    expect(response(BASE01_EXAMPLES.statResponse, 'STAT_REPORT')).toEqual({
      ok: true,
      message: {
        ...head,
        method: 'STAT_REPORT',
        outcome: 'success',
        transactionId: '12345',
        results: [],
        peerLists: [],
        queries: [],
      },
      findings: [],
    });
  });
});

describe('round trips', () => {
  test('requests', () => {
    fc.assert(
      fc.property(arbitraryRequest('base-1.0'), (message) => {
        const decoded = base10.decodeRequest(base10.encodeRequest(message));
        expect(decoded).toMatchObject({ ok: true });
        expect(decoded.ok && decoded.message).toEqual(message);
      }),
    );
  });
  test('responses', () => {
    fc.assert(
      fc.property(
        arbitraryResponse('base-1.0').filter(
          (message) => message.outcome === 'success' || message.transactionId !== '',
        ),
        (message) => {
          const decoded = base10.decodeResponse(base10.encodeResponse(message), message.method);
          expect(decoded).toMatchObject({ ok: true });
          expect(decoded.ok && decoded.message).toEqual(message);
        },
      ),
    );
  });
  test('counters of 64 bits', () => {
    const counters = (digits: string): Decoded<Request> =>
      report(
        `<StatisticsGroup><Stat property="StreamStatistics"><UploadedBytes>${digits}</UploadedBytes></Stat></StatisticsGroup>`,
      );
    expect(counters('9007199254740993')).toMatchObject({
      message: { stats: [{ uploadedBytes: 9007199254740993n }] },
    });
    expect(counters('18446744073709551615')).toMatchObject({
      message: { stats: [{ uploadedBytes: 2n ** 64n - 1n }] },
    });
    expect(counters('0000000000000000000000001')).toMatchObject({
      message: { stats: [{ uploadedBytes: 1n }] },
    });
    for (const digits of ['18446744073709551616', '-1', '1e3', '', '9'.repeat(33)])
      expect(counters(digits)).toMatchObject({
        error: { path: 'PPSPTrackerProtocol.StatisticsGroup.Stat[0].UploadedBytes' },
      });
  });
  test('numbers of RFC 7846 are written as levels', () => {
    fc.assert(
      fc.property(arbitraryRequest('rfc7846'), (message) => {
        fc.pre(message.method !== 'FIND');
        const decoded = base10.decodeRequest(
          base10.encodeRequest({ ...message, edition: 'base-1.0', version: '1.0' }),
        );
        expect(decoded.ok).toBe(true);
      }),
    );
  });
});

describe('tolerant reading', () => {
  test('prefixes, namespaces, comments, text between elements, any order', () => {
    const text = BASE01_EXAMPLES.connectSwitch
      .replaceAll(/<(\/?)(\w)/g, '<$1x:$2')
      .replace('<x:Request>', 'stray<!-- note --><x:Request>');
    expect(request(text)).toEqual(request(BASE01_EXAMPLES.connectSwitch));
  });

  test('PeerNUM, SEEDER, NO_NAT, numbers, LOW, more than 30, no action transaction, no declaration', () => {
    const decoded = request(
      `<PPSPTrackerProtocol version="1.0"><Request> CONNECT </Request>${HEAD}<PeerNUM abilityNAT="NO_NAT" concurrentLinks="LOW" onlineTime="LOW" uploadBWlevel="600"> 31 </PeerNUM><SwarmID action="JOIN" peerMode="SEEDER">s</SwarmID></PPSPTrackerProtocol>`,
    );
    expect(decoded).toMatchObject({
      message: {
        peerNum: {
          count: 31,
          abilityNat: 'NO_NAT',
          concurrentLinks: 'LOW',
          onlineTime: 'LOW',
          uploadBandwidth: 600,
        },
        actions: [{ swarmId: 's', action: 'JOIN', mode: 'SEED' }],
      },
    });
    expect(paths(decoded)).toEqual([
      '',
      'PeerNUM',
      'PeerNUM@abilityNAT',
      'PeerNUM@onlineTime',
      'PeerNUM@uploadBWlevel',
      'SwarmID[0]@peerMode',
      'SwarmID[0]@transactionID',
    ]);
    expect(connect(`<PeerNum/>${SWARM}`)).toMatchObject({ message: { peerNum: { count: 30 } } });
  });

  test('addresses', () => {
    expect(address('addrType="IPv6" ip="2001:DB8::0:1" port="080"')).toMatchObject({
      message: {
        addresses: [{ addressType: 'ipv6', address: '2001:db8::1', port: 80, priority: 0, type: 'HOST' }],
      },
      findings: [{ path: 'PPSPTrackerProtocol.PeerGroup.PeerInfo[0].PeerAddress[0]@addrType' }],
    });
    expect(address('ip="192.0.2.2" port="80" priority="1"')).toMatchObject({
      message: { addresses: [host] },
    });
  });

  test('statistics: counters may be left out, other properties are not read', () => {
    const decoded = report(
      '<StatisticsGroup><Stat property="StreamStatistics"/><Stat property="ContentMap"><SwarmID/></Stat><Stat><UploadedBytes> 1 </UploadedBytes></Stat></StatisticsGroup>',
    );
    expect(decoded).toMatchObject({
      ok: true,
      message: { stats: [{}, { uploadedBytes: 1n }], contentMaps: [] },
    });
    expect(paths(decoded)).toEqual(['StatisticsGroup.Stat[2]@property']);
    expect(report('')).toMatchObject({ ok: true, message: { stats: [] }, findings: [] });
  });

  test('identifiers keep their blanks', () => {
    expect(connect(SWARM, '<TransactionID> 1 </TransactionID><PeerID>007 </PeerID>')).toMatchObject({
      message: { transactionId: ' 1 ', peerId: '007 ' },
    });
  });

  test('responses: plain TransactionID for CONNECT, results for STAT_REPORT, further peers of no swarm', () => {
    expect(response(BASE01_EXAMPLES.statResponse)).toMatchObject({
      message: { transactionId: '12345', results: [] },
      findings: [{ path: 'PPSPTrackerProtocol.TransactionID' }],
    });
    expect(response(BASE01_EXAMPLES.connectResponse, 'STAT_REPORT')).toMatchObject({
      message: { transactionId: '12345.0' },
      findings: [{ path: 'PPSPTrackerProtocol.TransactionID' }],
    });
    expect(paths(response(BASE01_EXAMPLES.connectResponse.replaceAll(' swarmID="2222"', '')))).toEqual([
      'PeerGroup.PeerInfo[1]@swarmID',
      'PeerGroup.PeerInfo[2]@swarmID',
    ]);
  });

  test.each([
    ['200 OK', true],
    ['200', true],
    [' 200 Fine ', true],
    ['403 Forbidden', false],
    ['2000', false],
    ['', false],
  ])('result %j', (text, ok) => {
    expect(
      response(
        wrap(
          `<Response>SUCCESSFUL</Response><TransactionID><Result transactionID="t.0">200 OK</Result><Result transactionID="t.1">${text}</Result></TransactionID>`,
        ),
      ),
    ).toMatchObject({ message: { results: [{ transactionId: 't.1', ok }] } });
  });
});

test('identifiers that may be left out are as long as any other', () => {
  const long = 'i'.repeat(1024);
  expect(connect(SWARM.replace('t.1', long))).toMatchObject({
    message: { actions: [{ transactionId: long }] },
  });
  const stat = `<Stat property="StreamStatistics"><SwarmID>${long}</SwarmID></Stat>`;
  expect(report(`<StatisticsGroup>${stat}</StatisticsGroup>`)).toMatchObject({
    message: { stats: [{ swarmId: long }] },
  });
});

describe('refusals name the place and echo the transaction', () => {
  test.each<[string, Decoded<Request>, string]>([
    ['no Request', request(wrap(HEAD)), 'Request'],
    ['FIND', request(wrap(`<Request>FIND</Request>${HEAD}`)), 'Request'],
    ['DISCONNECT', request(wrap(`<Request>DISCONNECT</Request>${HEAD}`)), 'Request'],
    ['lower case', request(wrap(`<Request>connect</Request>${HEAD}`)), 'Request'],
    ['two Requests', request(wrap(`<Request>CONNECT</Request><Request>CONNECT</Request>${HEAD}`)), 'Request'],
    ['no PeerID', connect(SWARM, '<TransactionID>t</TransactionID>'), 'PeerID'],
    ['two PeerIDs', connect(SWARM, `${HEAD}<PeerID>q</PeerID>`), 'PeerID'],
    ['empty PeerID', connect(SWARM, '<TransactionID>t</TransactionID><PeerID/>'), 'PeerID'],
    [
      'PeerID with a line end',
      connect(SWARM, '<TransactionID>t</TransactionID><PeerID>&#10;</PeerID>'),
      'PeerID',
    ],
    ['no SwarmID', connect(''), 'SwarmID'],
    ['too many SwarmIDs', connect(SWARM.repeat(1025)), 'SwarmID'],
    ['no action', connect(SWARM.replace('action="JOIN"', '')), 'SwarmID[0]@action'],
    ['unknown action', connect(SWARM + SWARM.replace('JOIN', 'JUMP')), 'SwarmID[1]@action'],
    ['no peerMode', connect(SWARM.replace('peerMode="LEECH"', '')), 'SwarmID[0]@peerMode'],
    ['prefixed peerMode', connect(SWARM.replace('peerMode', 'x:peerMode')), 'SwarmID[0]@peerMode'],
    ['empty swarm', connect(SWARM.replace('>s<', '><')), 'SwarmID[0]'],
    ['empty action transaction', connect(SWARM.replace('t.1', '')), 'SwarmID[0]@transactionID'],
    ['PeerNum twice', connect(`<PeerNum>1</PeerNum><PeerNUM>1</PeerNUM>${SWARM}`), 'PeerNUM'],
    ['negative PeerNum', connect(`<PeerNum>-1</PeerNum>${SWARM}`), 'PeerNum'],
    ['unknown level', connect(`<PeerNum onlineTime="LONG">1</PeerNum>${SWARM}`), 'PeerNum@onlineTime'],
    ['unknown ability', connect(`<PeerNum abilityNAT="UPNP">1</PeerNum>${SWARM}`), 'PeerNum@abilityNAT'],
    [
      'port 65536',
      address('addrType="ipv4" ip="192.0.2.2" port="65536"'),
      'PeerGroup.PeerInfo[0].PeerAddress[0]@port',
    ],
    ['no port', address('addrType="ipv4" ip="192.0.2.2"'), 'PeerGroup.PeerInfo[0].PeerAddress[0]@port'],
    [
      'a long asn',
      address(`addrType="ipv4" ip="192.0.2.2" port="1" asn="${'1'.repeat(65)}"`),
      'PeerGroup.PeerInfo[0].PeerAddress[0]@asn',
    ],
    [
      'too many addresses',
      address(
        `ip="192.0.2.2" port="1"/>${'<PeerAddress ip="192.0.2.2" port="1"/>'.repeat(7)}<PeerAddress ip="::1" port="1"`,
      ),
      'PeerGroup.PeerInfo[0].PeerAddress',
    ],
    ['no ip', address('addrType="ipv4" port="1"'), 'PeerGroup.PeerInfo[0].PeerAddress[0]@ip'],
    ['wrong family', address('addrType="ipv4" ip="::1" port="1"'), 'PeerGroup.PeerInfo[0].PeerAddress[0]@ip'],
    [
      'unknown type',
      address('addrType="ipv4" ip="192.0.2.2" port="1" type="RELAY"'),
      'PeerGroup.PeerInfo[0].PeerAddress[0]@type',
    ],
    ['two groups', report('<StatisticsGroup/><StatisticsGroup/>'), 'StatisticsGroup'],
    [
      'a fractional counter',
      report(
        '<StatisticsGroup><Stat property="StreamStatistics"><UploadedBytes>1.5</UploadedBytes></Stat></StatisticsGroup>',
      ),
      'StatisticsGroup.Stat[0].UploadedBytes',
    ],
    [
      'a counter twice',
      report(
        '<StatisticsGroup><Stat property="StreamStatistics"><UploadedBytes>1</UploadedBytes><UploadedBytes>2</UploadedBytes></Stat></StatisticsGroup>',
      ),
      'StatisticsGroup.Stat[0].UploadedBytes',
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

  test('a request of later editions is an unknown message', () => {
    expect(request(wrap(`<Request>FIND</Request>${HEAD}`))).toMatchObject({
      error: { problem: 'Unknown Messages' },
    });
  });

  test.each(['1.1', '1', '2.0', ''])('version %j is unsupported', (version) => {
    expect(
      request(BASE01_EXAMPLES.connectSwitch.replace('TBD" version="1.0"', `TBD" version="${version}"`)),
    ).toEqual({
      ok: false,
      error: {
        error: 'unsupported-version',
        path: 'PPSPTrackerProtocol@version',
        problem: 'PPSP Version is not 1.0',
        transactionId: '12345.0',
      },
    });
  });

  test('no version, another root, a response, two transactions, nothing', () => {
    const { statReport, statResponse } = BASE01_EXAMPLES;
    expect(request(statReport.replace(' version="1.0">', '>'))).toMatchObject({
      error: { path: 'PPSPTrackerProtocol@version' },
    });
    expect(request('<a/>')).toMatchObject({ error: { path: '', error: 'bad-request' } });
    expect(request(statResponse)).toMatchObject({ error: { problem: 'is a response, not a request' } });
    expect(connect(SWARM, `${HEAD}<TransactionID>u</TransactionID>`)).toMatchObject({
      error: { path: 'PPSPTrackerProtocol.TransactionID' },
    });
    expect(request('')).toMatchObject({ error: { problem: 'is empty' } });
  });

  test.each([
    ['a request', BASE01_EXAMPLES.statReport, 'PPSPTrackerProtocol'],
    ['no Response', wrap('<TransactionID>t</TransactionID>'), 'PPSPTrackerProtocol.Response'],
    ['another word', wrap('<Response>OK</Response>'), 'PPSPTrackerProtocol.Response'],
    ['no TransactionID', wrap('<Response>SUCCESSFUL</Response>'), 'PPSPTrackerProtocol.TransactionID'],
    [
      'a listed peer without ID',
      BASE01_EXAMPLES.connectResponse.replace('<PeerID>956264622298</PeerID>', ''),
      'PPSPTrackerProtocol.PeerGroup.PeerInfo[1].PeerID',
    ],
    ['nothing', '', ''],
  ])('response: %s', (_, text, path) => {
    expect(response(text)).toMatchObject({ ok: false, error: { path } });
  });

  test('nothing throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(base10.decodeRequest(bytes).ok).toBe(false);
        expect(base10.decodeResponse(bytes, 'CONNECT').ok).toBe(false);
      }),
    );
    const { connectResponse, connectLeech } = BASE01_EXAMPLES;
    fc.assert(
      fc.property(fc.nat(connectResponse.length), fc.string({ maxLength: 3 }), fc.nat(3), (at, text, cut) => {
        response(connectResponse.slice(0, at) + text + connectResponse.slice(at + cut));
        request(connectLeech.slice(0, at) + text + connectLeech.slice(at + cut));
      }),
    );
  });
});

describe('strict writing', () => {
  test('a CONNECT', () => {
    const bytes = base10.encodeRequest({
      edition: 'base-1.0',
      version: '1.0',
      method: 'CONNECT',
      transactionId: asTransactionId('t&0'),
      peerId: asPeerId('<p>'),
      peerNum: {
        count: 5,
        abilityNat: 'NO_NAT',
        concurrentLinks: 1,
        onlineTime: 'LOW',
        uploadBandwidth: 4000,
      },
      addresses: [{ ...host, connection: '3G "x"' }],
      actions: [
        { swarmId: asSwarmId('s'), action: 'JOIN', mode: 'SEED', transactionId: asTransactionId('t.1') },
      ],
    });
    expect(written(bytes)).toBe(
      wrap(
        '<Request>CONNECT</Request><TransactionID>t&amp;0</TransactionID><PeerID>&lt;p&gt;</PeerID>' +
          '<PeerNum abilityNAT="No-NAT" concurrentLinks="LOW" uploadBWlevel="HIGH">5</PeerNum>' +
          '<SwarmID action="JOIN" peerMode="SEED" transactionID="t.1">s</SwarmID>' +
          '<PeerGroup><PeerInfo><PeerAddress addrType="ipv4" ip="192.0.2.2" port="80" priority="1" type="HOST" connection="3G &quot;x&quot;"/></PeerInfo></PeerGroup>',
      ),
    );
  });

  test('a response to CONNECT: the request’s own result, one per action, the asker first', () => {
    const bytes = base10.encodeResponse({
      edition: 'base-1.0',
      version: '1.0',
      method: 'CONNECT',
      outcome: 'success',
      transactionId: asTransactionId('t.0'),
      publicAddress: host,
      results: [
        { transactionId: asTransactionId('t.1'), ok: true },
        { swarmId: asSwarmId('s'), ok: false },
      ],
      peerLists: [{ swarmId: asSwarmId('s'), peers: [{ peerId: asPeerId('q'), addresses: [host, host] }] }],
      queries: [],
    });
    const listed = '<PeerAddress addrType="ipv4" ip="192.0.2.2" port="80" priority="1" type="HOST"/>';
    expect(written(bytes)).toBe(
      wrap(
        '<Response>SUCCESSFUL</Response><TransactionID><Result transactionID="t.0">200 OK</Result>' +
          '<Result transactionID="t.1">200 OK</Result><Result>403 Forbidden</Result></TransactionID>' +
          `<PeerGroup><PeerInfo>${listed}</PeerInfo><PeerInfo swarmID="s"><PeerID>q</PeerID>${listed}${listed}</PeerInfo></PeerGroup>`,
      ),
    );
  });

  test('failures have no body, save one', () => {
    const failure = (error: ErrorName): string =>
      written(
        base10.encodeResponse({
          edition: 'base-1.0',
          version: '1.0',
          method: 'CONNECT',
          outcome: 'failure',
          transactionId: asTransactionId('t'),
          error,
          detail: 'for people',
        }),
      );
    for (const error of Object.keys(ERRORS) as ErrorName[])
      expect(failure(error)).toBe(
        error === 'authentication-required'
          ? wrap('<Response>AUTHENTICATION REQUIRED</Response><TransactionID>t</TransactionID>')
          : '',
      );
    expect(response(failure('authentication-required'))).toMatchObject({
      message: { outcome: 'failure', error: 'authentication-required', transactionId: 't' },
    });
  });

  test('a keep-alive has no StatisticsGroup; a FIND is refused by this edition', () => {
    const of = {
      edition: 'base-1.0',
      version: '1.0',
      transactionId: asTransactionId('t'),
      peerId: asPeerId('p'),
    } as const;
    expect(
      written(
        base10.encodeRequest({ ...of, method: 'STAT_REPORT', stats: [], contentMaps: [], properties: [] }),
      ),
    ).toBe(wrap(`<Request>STAT_REPORT</Request>${HEAD}`));
    const find = base10.encodeRequest({
      ...of,
      method: 'FIND',
      swarmId: asSwarmId('s'),
      addresses: [],
      properties: [],
    });
    expect(base10.decodeRequest(find)).toMatchObject({ error: { problem: 'Unknown Messages' } });
  });
});
