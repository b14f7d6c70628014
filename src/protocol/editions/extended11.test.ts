import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../testing/arbitraries.ts';
import { EXTENDED11_EXAMPLES } from '../../testing/golden.ts';
import type { Asked, Decoded } from '../codec.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../ids.ts';
import type { Method, PeerAddress, Request, Response } from '../message.ts';
import { encodeText } from '../text.ts';
import { base10 } from './base10.ts';
import { extended11 } from './extended11.ts';

const request = (text: string): Decoded<Request> => extended11.decodeRequest(encodeText(text));
const response = (text: string, answers: Method, asked?: Asked): Decoded<Response> =>
  extended11.decodeResponse(encodeText(text), answers, asked);
const written = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const found = (decoded: Decoded<unknown>): string[] =>
  decoded.ok ? decoded.findings.map(({ path }) => path.replace('PPSPTrackerProtocol', '')) : ['refused'];
/** Who asks in §5.2 to §5.4, and about what. */
const ASKED: Asked = { peerId: asPeerId('656164657221'), swarmId: asSwarmId('1111') };

const head = { edition: 'extended-1.1', version: '1.0' };
const peerNum = {
  count: 5,
  abilityNat: 'STUN',
  concurrentLinks: 'HIGH',
  onlineTime: 'NORMAL',
  uploadBandwidth: 'NORMAL',
};
const listed = (peerId: string, address: string): object => ({
  peerId,
  addresses: [{ addressType: 'ipv4', address, port: 80, priority: 0, type: 'HOST', asn: '64496' }],
});
const peers = [listed('956264622298', '198.51.100.22'), listed('3332001256741', '198.51.100.201')];
const publicAddress = {
  addressType: 'ipv4',
  address: '198.51.100.1',
  port: 80,
  priority: 1,
  type: 'REFLEXIVE',
  connection: '3G',
  asn: '64496',
};

describe("the draft's requests (§5)", () => {
  test('CONNECT with a scope', () => {
    const decoded = request(EXTENDED11_EXAMPLES.connect);
    expect(decoded).toMatchObject({
      message: {
        ...head,
        method: 'CONNECT',
        transactionId: '12345.0',
        peerId: '656164657220',
        peerNum,
        addresses: [
          { addressType: 'ipv4', address: '192.0.2.1', priority: 1, type: 'HOST' },
          { addressType: 'ipv6', address: '2001:db8::1', priority: 2, type: 'HOST', connection: 'ADSL' },
        ],
        actions: [{ swarmId: '1111', action: 'JOIN', mode: 'LEECH', transactionId: '12345.1' }],
        scope: [
          { representation: 'tag0', startIndex: 20 },
          { representation: 'tag6', startIndex: 20 },
        ],
      },
    });
    expect(found(decoded)).toEqual(['@version']);
  });

  test('DISCONNECT', () => {
    expect(request(EXTENDED11_EXAMPLES.disconnect)).toEqual({
      ok: true,
      message: {
        ...head,
        method: 'DISCONNECT',
        transactionId: '12345',
        peerId: '656164657221',
        swarmIds: [],
      },
      findings: [
        { path: 'PPSPTrackerProtocol@version', expected: '1.1', section: 'extended-04 §4.4.1, table 1' },
      ],
    });
  });

  test('FIND with a scope', () => {
    const decoded = request(EXTENDED11_EXAMPLES.find);
    expect(decoded).toMatchObject({
      message: {
        ...head,
        method: 'FIND',
        transactionId: '12345',
        swarmId: '1111',
        peerNum,
        addresses: [],
        scope: [{ representation: 'tag4', startIndex: 110, endIndex: 150 }],
        properties: [],
      },
    });
    expect(found(decoded)).toEqual(['@version']);
  });

  test('STAT_REPORT with content maps, elided', () => {
    const decoded = request(EXTENDED11_EXAMPLES.statReport);
    const run = (startIndex: number, endIndex: number, ...bitmap: number[]): object => ({
      startIndex,
      endIndex,
      bitmap: Uint8Array.from(bitmap),
    });
    expect(decoded).toMatchObject({
      message: {
        ...head,
        method: 'STAT_REPORT',
        stats: [
          { swarmId: '1111', uploadedBytes: 512n, downloadedBytes: 768n, availableBandwidth: 1_024_000 },
          { swarmId: '2222', uploadedBytes: 1024n, downloadedBytes: 2048n, availableBandwidth: 512_000 },
        ],
        contentMaps: [
          {
            swarmId: '1111',
            representations: [
              { id: 'tag0', maps: [run(0, 24, 0x03, 0xff, 0x03, 0x80)] },
              { id: 'tag1', maps: [run(0, 14, 0x03, 0xfe), run(20, 24, 0)] },
            ],
          },
          {
            swarmId: '2222',
            representations: [
              { id: 'tag5', maps: [run(0, 4, 0)] },
              { id: 'tag6', maps: [run(0, 4, 0)] },
            ],
          },
        ],
      },
    });
    const places = decoded.ok ? new Set(found(decoded)) : undefined;
    const stat = '.StatisticsGroup.Stat';
    expect(places).toEqual(
      new Set([
        '@version',
        `${stat}[2].Representation[0].SegmentInfo[0]`,
        `${stat}[2].Representation[1].SegmentInfo[0]`,
        `${stat}[2].Representation[1].SegmentInfo[1]`,
        `${stat}[3].Representation[0].SegmentInfo[0]`,
        `${stat}[3].Representation[1].SegmentInfo[0]`,
      ]),
    );
  });
});

describe("the draft's responses (§5)", () => {
  const connected = { peerId: asPeerId('656164657220'), swarmId: asSwarmId('1111') };

  test('to a CONNECT: a plain TransactionID, peers of the swarm that was joined', () => {
    const decoded = response(EXTENDED11_EXAMPLES.connectResponse, 'CONNECT', connected);
    expect(decoded).toMatchObject({
      message: {
        ...head,
        outcome: 'success',
        transactionId: '12345',
        publicAddress,
        results: [],
        peerLists: [{ swarmId: '1111', peers }],
        queries: [],
      },
    });
    expect(found(decoded)).toEqual([
      '@version',
      '.TransactionID',
      '.PeerGroup.PeerInfo[1]@swarmID',
      '.PeerGroup.PeerInfo[2]@swarmID',
    ]);
  });

  test('to a FIND, the asker first or not at all', () => {
    const { findResponse, findResponseWithAsker } = EXTENDED11_EXAMPLES;
    const alone = response(findResponse, 'FIND', ASKED);
    expect(alone).toMatchObject({ message: { peerLists: [{ swarmId: '1111', peers }] } });
    expect(alone.ok && 'publicAddress' in alone.message).toBe(false);
    expect(found(alone)).toEqual([
      '@version',
      '.PeerGroup.PeerInfo[0]@swarmID',
      '.PeerGroup.PeerInfo[1]@swarmID',
    ]);
    expect(response(findResponseWithAsker, 'FIND', ASKED)).toMatchObject({
      message: { publicAddress, peerLists: [{ swarmId: '1111', peers }] },
    });
  });

  test('where the request is not known, what is the asker’s own is told by its form, and no swarm is guessed', () => {
    const { connectResponse, findResponse, findResponseWithAsker } = EXTENDED11_EXAMPLES;
    expect(response(findResponseWithAsker, 'FIND')).toMatchObject({
      message: { publicAddress, peerLists: [] },
    });
    const plain = connectResponse.replace('type="REFLEXIVE"', '');
    expect(response(plain, 'CONNECT')).toMatchObject({ message: { publicAddress: { type: 'HOST' } } });
    const alone = response(findResponse, 'FIND');
    expect(alone).toMatchObject({ message: { peerLists: [] } });
    expect(alone.ok && 'publicAddress' in alone.message).toBe(false);
    const named = findResponseWithAsker
      .replace('type="REFLEXIVE"', '')
      .replace(/<PeerInfo>(?=\s*<PeerID>956)/, '<PeerInfo swarmID="2222">');
    expect(response(named, 'FIND')).toMatchObject({
      message: { publicAddress: { type: 'HOST' }, peerLists: [{ swarmId: '2222', peers: [peers[0]] }] },
    });
  });

  test('the asker’s ID tells its own entry from a listed peer’s', () => {
    const other = { peerId: asPeerId('someone else'), swarmId: asSwarmId('1111') };
    const decoded = response(EXTENDED11_EXAMPLES.findResponseWithAsker, 'FIND', other);
    expect(decoded).toMatchObject({
      message: { peerLists: [{ peers: [{ peerId: '656164657221' }, ...peers] }] },
    });
    expect(decoded.ok && 'publicAddress' in decoded.message).toBe(false);
  });

  test('to a STAT_REPORT', () => {
    expect(response(EXTENDED11_EXAMPLES.statResponse, 'STAT_REPORT')).toMatchObject({
      message: { transactionId: '12345', results: [], peerLists: [] },
      findings: [{ path: 'PPSPTrackerProtocol@version' }],
    });
  });

  test('to a DISCONNECT: not well-formed in the draft, for its end tag is a start tag', () => {
    expect(response(EXTENDED11_EXAMPLES.disconnectResponse, 'DISCONNECT')).toEqual({
      ok: false,
      error: { error: 'bad-request', path: '', problem: 'ends before its root element does' },
    });
    const meant = EXTENDED11_EXAMPLES.disconnectResponse.replace(
      /<PPSPTrackerProtocol>$/,
      '</PPSPTrackerProtocol>',
    );
    expect(response(meant, 'DISCONNECT')).toMatchObject({ message: { transactionId: '12345' } });
  });
});

describe('round trips', () => {
  test.each(Object.entries(EXTENDED11_EXAMPLES).filter(([name]) => !name.includes('Response')))(
    'the example %s, written again',
    (_, text) => {
      const first = request(text);
      const message = first.ok ? first.message : undefined;
      expect(message).toBeDefined();
      const again = message && extended11.decodeRequest(extended11.encodeRequest(message));
      expect(again).toMatchObject({ ok: true, findings: [{ path: 'PPSPTrackerProtocol@version' }] });
      expect(again?.ok && again.message).toEqual(message);
    },
  );
  test.each([
    ['connectResponse', 'CONNECT'],
    ['findResponse', 'FIND'],
    ['findResponseWithAsker', 'FIND'],
    ['statResponse', 'STAT_REPORT'],
  ] as const)('the example %s, written again', (name, method) => {
    const first = response(EXTENDED11_EXAMPLES[name], method, ASKED);
    const message = first.ok ? first.message : undefined;
    expect(message).toBeDefined();
    const again = message && extended11.decodeResponse(extended11.encodeResponse(message), method);
    expect(again?.ok && again.message).toEqual(message);
    expect(again && found(again)).toEqual(['@version']);
  });
  test('requests', () => {
    fc.assert(
      fc.property(arbitraryRequest('extended-1.1'), (message) => {
        const decoded = extended11.decodeRequest(extended11.encodeRequest(message));
        expect(decoded.ok && decoded.message).toEqual(message);
      }),
    );
  });
  test('responses', () => {
    fc.assert(
      fc.property(
        arbitraryResponse('extended-1.1').filter(
          (message) => message.outcome === 'success' || message.transactionId !== '',
        ),
        (message) => {
          const decoded = extended11.decodeResponse(extended11.encodeResponse(message), message.method);
          expect(decoded.ok && decoded.message).toEqual(message);
        },
      ),
    );
  });
});

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const wrap = (inside: string, version = '1.1'): string =>
  `${DECLARATION}<PPSPTrackerProtocol version="${version}">${inside}</PPSPTrackerProtocol>`;
const HEAD = '<TransactionID>t</TransactionID><PeerID>p</PeerID>';
const find = (inside: string): Decoded<Request> =>
  request(wrap(`<Request>FIND</Request>${HEAD}<SwarmID>s</SwarmID>${inside}`));
const scope = (inside: string): Decoded<Request> => find(`<ContentGroup>${inside}</ContentGroup>`);
const segments = (...infos: string[]): string =>
  `<Representation id="r">${infos.map((info) => `<SegmentInfo ${info}/>`).join('')}</Representation>`;
const report = (inside: string): Decoded<Request> =>
  request(
    wrap(
      `<Request>STAT_REPORT</Request>${HEAD}<StatisticsGroup><Stat property="ContentMap">${inside}</Stat></StatisticsGroup>`,
    ),
  );

describe('tolerant reading', () => {
  test('DISCONNECT of some swarms, with the attributes of an action or without', () => {
    expect(
      request(
        wrap(
          `<Request>DISCONNECT</Request>${HEAD}<SwarmID>a</SwarmID><SwarmID action="LEAVE" peerMode="SEED" transactionID="t.1">b</SwarmID>`,
        ),
      ),
    ).toMatchObject({ message: { swarmIds: ['a', 'b'] }, findings: [] });
  });

  test('a FIND with addresses, and with the attributes of an action', () => {
    expect(
      request(
        wrap(
          `<Request>FIND</Request>${HEAD}<PeerGroup><PeerInfo><PeerAddress addrType="ipv6" ip="2001:DB8::1" port="1"/></PeerInfo></PeerGroup><SwarmID action="JOIN">s</SwarmID>`,
        ),
      ),
    ).toMatchObject({ message: { swarmId: 's', addresses: [{ address: '2001:db8::1' }] }, findings: [] });
  });

  test('scopes: an empty one is none, several ranges of one representation are read', () => {
    const none = scope('');
    expect(found(none)).toEqual(['.ContentGroup.Representation']);
    expect(none.ok && 'scope' in none.message).toBe(false);
    const two = scope(segments('startIndex="1"', 'startIndex="5" endIndex="5"'));
    expect(found(two)).toEqual(['.ContentGroup.Representation[0].SegmentInfo']);
    expect(two).toMatchObject({
      message: {
        scope: [
          { representation: 'r', startIndex: 1 },
          { representation: 'r', startIndex: 5, endIndex: 5 },
        ],
      },
    });
  });

  test('content maps: without a swarm, without a map', () => {
    const decoded = report('<Representation id="r"/>');
    expect(decoded).toMatchObject({
      message: { contentMaps: [{ representations: [{ id: 'r', maps: [] }] }] },
    });
    expect(found(decoded)).toEqual(['.StatisticsGroup.Stat[0].Representation[0].SegmentInfo']);
    expect(report('')).toMatchObject({ message: { contentMaps: [{ representations: [] }] }, findings: [] });
  });

  test('prefixes, comments and any order', () => {
    const text = EXTENDED11_EXAMPLES.statReport
      .replaceAll(/<(\/?)(\w)/g, '<$1x:$2')
      .replace('<x:Stat ', '<!-- note --><x:Stat ');
    expect(request(text)).toEqual(request(EXTENDED11_EXAMPLES.statReport));
  });
});

describe('refusals', () => {
  const info = (attributes: string, map: string): Decoded<Request> =>
    report(`<Representation id="r"><SegmentInfo ${attributes}>${map}</SegmentInfo></Representation>`);
  const at = 'StatisticsGroup.Stat[0].Representation[0].SegmentInfo[0]';

  test.each<[string, Decoded<Request>, string]>([
    ['FIND without a swarm', request(wrap(`<Request>FIND</Request>${HEAD}`)), 'SwarmID'],
    ['FIND of two swarms', find('<SwarmID>s</SwarmID>'), 'SwarmID'],
    ['another edition’s request', request(wrap(`<Request>JOIN</Request>${HEAD}`)), 'Request'],
    [
      'DISCONNECT of an empty swarm',
      request(wrap(`<Request>DISCONNECT</Request>${HEAD}<SwarmID/>`)),
      'SwarmID[0]',
    ],
    [
      'DISCONNECT of too many',
      request(wrap(`<Request>DISCONNECT</Request>${HEAD}${'<SwarmID>s</SwarmID>'.repeat(1025)}`)),
      'SwarmID',
    ],
    ['two scopes', find('<ContentGroup/><ContentGroup/>'), 'ContentGroup'],
    ['too many representations', scope(segments('startIndex="1"').repeat(1025)), 'ContentGroup'],
    [
      'too many ranges',
      scope(segments(...Array.from({ length: 1025 }, () => 'startIndex="1"'))),
      'ContentGroup',
    ],
    [
      'a representation without id',
      scope('<Representation><SegmentInfo startIndex="1"/></Representation>'),
      'ContentGroup.Representation[0]@id',
    ],
    ['no segments', scope(segments()), 'ContentGroup.Representation[0].SegmentInfo'],
    ['no start', scope(segments('endIndex="1"')), 'ContentGroup.Representation[0].SegmentInfo[0]@startIndex'],
    [
      'an end before the start',
      scope(segments('startIndex="2" endIndex="1"')),
      'ContentGroup.Representation[0].SegmentInfo[0]@endIndex',
    ],
    [
      'a start that is no number',
      scope(segments('startIndex="one"')),
      'ContentGroup.Representation[0].SegmentInfo[0]@startIndex',
    ],
    [
      'a size that disagrees',
      info('startIndex="0" endIndex="7" chunkmapSize="9"', '//8='),
      `${at}@chunkmapSize`,
    ],
    ['a map too short', info('startIndex="0" endIndex="8" chunkmapSize="9"', '/w=='), at],
    ['no Base64', info('startIndex="0" endIndex="7" chunkmapSize="8"', '%%%%'), at],
    [
      'too many maps',
      report(
        `<Representation id="r">${'<SegmentInfo startIndex="0" endIndex="0">gA==</SegmentInfo>'.repeat(1025)}</Representation>`,
      ),
      'StatisticsGroup.Stat[0].Representation[0]',
    ],
  ])('%s', (_, decoded, path) => {
    expect(decoded).toMatchObject({
      ok: false,
      error: { error: 'bad-request', path: `PPSPTrackerProtocol.${path}`, transactionId: 't' },
    });
  });

  test.each(['1', '2.0', '1.10', ''])('version %j is unsupported', (version) => {
    expect(request(wrap(`<Request>DISCONNECT</Request>${HEAD}`, version))).toMatchObject({
      error: { error: 'unsupported-version', problem: 'PPSP Version is not 1.1' },
    });
  });

  test('nothing throws, whatever is cut out of a message or put in', () => {
    const { statReport, findResponse } = EXTENDED11_EXAMPLES;
    fc.assert(
      fc.property(fc.nat(statReport.length), fc.string({ maxLength: 3 }), fc.nat(3), (place, text, cut) => {
        request(statReport.slice(0, place) + text + statReport.slice(place + cut));
        response(findResponse.slice(0, place) + text + findResponse.slice(place + cut), 'FIND', ASKED);
      }),
    );
  });
});

describe('strict writing', () => {
  const of = { transactionId: asTransactionId('t'), peerId: asPeerId('p') } as const;
  const host: PeerAddress = {
    addressType: 'ipv4',
    address: '192.0.2.2',
    port: 80,
    priority: 1,
    type: 'HOST',
  };
  const wanted: Request = {
    ...of,
    edition: 'extended-1.1',
    version: '1.1',
    method: 'FIND',
    swarmId: asSwarmId('s&'),
    peerNum: { count: 3 },
    addresses: [host],
    scope: [{ representation: 'a"b', startIndex: 1, endIndex: 2 }],
    properties: [],
  };

  test('a FIND', () => {
    expect(written(extended11.encodeRequest(wanted))).toBe(
      wrap(
        `<Request>FIND</Request>${HEAD}<SwarmID>s&amp;</SwarmID><PeerNum>3</PeerNum>` +
          '<ContentGroup><Representation id="a&quot;b"><SegmentInfo startIndex="1" endIndex="2"/></Representation></ContentGroup>' +
          '<PeerGroup><PeerInfo><PeerAddress addrType="ipv4" ip="192.0.2.2" port="80" priority="1" type="HOST"/></PeerInfo></PeerGroup>',
      ),
    );
  });

  test('a content map', () => {
    const bytes = extended11.encodeRequest({
      ...of,
      edition: 'extended-1.1',
      version: '1.1',
      method: 'STAT_REPORT',
      stats: [],
      contentMaps: [
        {
          swarmId: asSwarmId('s'),
          representations: [
            { id: 'r', maps: [{ startIndex: 20, endIndex: 29, bitmap: Uint8Array.of(0xa0, 0x40) }] },
          ],
        },
      ],
      properties: [],
    });
    expect(written(bytes)).toBe(
      wrap(
        `<Request>STAT_REPORT</Request>${HEAD}<StatisticsGroup><Stat property="ContentMap"><SwarmID>s</SwarmID><Representation id="r"><SegmentInfo startIndex="20" endIndex="29" chunkmapSize="10">oEA=</SegmentInfo></Representation></Stat></StatisticsGroup>`,
      ),
    );
  });

  test('base-1.0 has no scopes and no maps, and no word for what other editions ask', () => {
    const base = { edition: 'base-1.0', version: '1.0' } as const;
    expect(written(base10.encodeRequest({ ...wanted, ...base }))).not.toContain('ContentGroup');
    const leave = extended11.encodeRequest({
      ...of,
      edition: 'extended-1.1',
      version: '1.1',
      method: 'LEAVE',
      swarmId: asSwarmId('s'),
    });
    expect(extended11.decodeRequest(leave)).toMatchObject({ error: { problem: 'Unknown Messages' } });
  });
});
