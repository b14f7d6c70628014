/** Every message of the -04 slides and every example of -06, with data where the texts write placeholders. */
import { describe, expect, test } from 'vitest';
import { GU04_EXAMPLES, GU06_EXAMPLES } from '../../../testing/golden.ts';
import type { Decoded } from '../../codec.ts';
import type { Method, Request, Response } from '../../message.ts';
import { encodeText } from '../../text.ts';
import { gu04 } from '../gu04.ts';

const PLACEHOLDER = /\*{3,4}|#+(?:\.#+)*|hh(?::hh)+|\.\.\. (?:encoded string|Other peer info) \.\.\./g;

/** Its placeholders, first to last, by these values, as many as there are. */
function fill(text: string, ...values: string[]): string {
  const left = [...values];
  const filled = text.replace(PLACEHOLDER, (placeholder) => left.shift() ?? placeholder);
  expect(left, 'values left over').toEqual([]);
  expect(filled.match(PLACEHOLDER), 'placeholders left over').toBeNull();
  return filled;
}

/** The start tag that the slides show once, under "Encoding introduction". */
const START = fill(GU04_EXAMPLES.header.split('\n')[0] ?? '', '1.0');
const slide = (text: string, ...values: string[]): string => START + fill(text, ...values);

const head = { edition: 'gu-04', version: '1.0', transactionId: '12345', peerId: '656164657220' };
const HEAD = ['12345', '656164657220'] as const;
const success = {
  edition: 'gu-04',
  version: '1.0',
  outcome: 'success',
  transactionId: '12345',
  results: [],
  peerLists: [],
  queries: [],
};

/** Read as this; written again and read again, the same, with nothing left to find. */
function expectRequest(text: string, message: object, findings: readonly string[] = []): void {
  const decoded = gu04.decodeRequest(encodeText(text));
  expect(decoded).toMatchObject({ ok: true, message });
  expect(paths(decoded)).toEqual(findings);
  if (!decoded.ok) return;
  expect(decoded.message).toEqual(message);
  const again = gu04.decodeRequest(gu04.encodeRequest(decoded.message));
  expect(again).toEqual({ ok: true, message, findings: [] } as unknown as Decoded<Request>);
}

function expectResponse(text: string, answers: Method, message: object): void {
  const decoded = gu04.decodeResponse(encodeText(text), answers);
  expect(decoded).toEqual({ ok: true, message, findings: [] } as unknown as Decoded<Response>);
  if (!decoded.ok) return;
  expect(gu04.decodeResponse(gu04.encodeResponse(decoded.message), answers)).toEqual(decoded);
}

const paths = (decoded: Decoded<unknown>): string[] =>
  decoded.ok ? decoded.findings.map(({ path }) => path.replace('PPSPTrackerProtocol.', '')) : ['refused'];

describe('the -04 slides, under the start tag they leave out', () => {
  test('the common header by itself is a request of no known method', () => {
    const text = fill(GU04_EXAMPLES.header, '1.0', 'CONNECT', '12345');
    expect(gu04.decodeRequest(encodeText(text))).toMatchObject({
      error: { path: 'PPSPTrackerProtocol.PeerID', problem: 'is missing', transactionId: '12345' },
    });
    const keepalive = text
      .replace('CONNECT', 'KEEPALIVE')
      .replace('...Method specific xml information...', '<PeerID>656164657220</PeerID>');
    expectRequest(keepalive, { ...head, method: 'KEEPALIVE' });
  });

  test('CONNECT and DISCONNECT, their certificate empty too', () => {
    const message = { ...head, method: 'CONNECT', addresses: [], actions: [], certificate: 'MIIB' };
    expectRequest(slide(GU04_EXAMPLES.connect, ...HEAD, 'MIIB'), message);
    expectRequest(slide(GU04_EXAMPLES.connect, ...HEAD, ''), { ...message, certificate: '' });
    expectRequest(slide(GU04_EXAMPLES.disconnect, ...HEAD, ''), {
      ...head,
      method: 'DISCONNECT',
      swarmIds: [],
      certificate: '',
    });
  });

  test('JOIN, which names no mode: LEECH', () => {
    expectRequest(slide(GU04_EXAMPLES.join, ...HEAD, '1111', '3600'), {
      ...head,
      method: 'JOIN',
      swarmId: '1111',
      mode: 'LEECH',
      expireTime: 3600,
      properties: [],
    });
  });

  test('LEAVE', () => {
    expectRequest(slide(GU04_EXAMPLES.leave, ...HEAD, '1111'), { ...head, method: 'LEAVE', swarmId: '1111' });
  });

  test('FIND, with a chunk and what the peers should be', () => {
    expectRequest(slide(GU04_EXAMPLES.find, ...HEAD, '1111', '42', '5', 'OnlineTime', '600'), {
      ...head,
      method: 'FIND',
      swarmId: '1111',
      chunkId: '42',
      peerNum: { count: 5 },
      addresses: [],
      properties: [{ name: 'OnlineTime', value: '600' }],
    });
  });

  test('the answer to FIND: "Peer list" is text that stands for what -04 leaves open', () => {
    const text = slide(GU04_EXAMPLES.findResponse, '12345', '1111', '42');
    const results = [{ swarmId: '1111', ok: true }];
    expectResponse(text, 'FIND', { ...success, method: 'FIND', results });
    const listed = '<PeerInfo><PeerID>p</PeerID><PeerMode>SEED</PeerMode></PeerInfo>';
    expectResponse(text.replace('Peer list', listed), 'FIND', {
      ...success,
      method: 'FIND',
      results,
      peerLists: [{ swarmId: '1111', chunkId: '42', peers: [{ peerId: 'p', mode: 'SEED', addresses: [] }] }],
    });
  });

  test('KEEPALIVE: the bullets around it are text between elements, which is passed over', () => {
    expectRequest(slide(GU04_EXAMPLES.keepalive, ...HEAD), { ...head, method: 'KEEPALIVE' });
  });

  test('STAT_QUERY as it stands is no XML, for it closes Stats where it opened StatRequest', () => {
    const query = slide(GU04_EXAMPLES.statQuery, 'q.1', '656164657220', 'UploadedBytes');
    const response = (inside: string): string =>
      `${START}<Response>OK</Response><TransactionID>12345</TransactionID><Queries>${inside}</Queries></PPSPTrackerProtocol>`;
    expect(gu04.decodeResponse(encodeText(response(query)), 'KEEPALIVE')).toMatchObject({
      error: { path: '', problem: 'has an end tag that matches no start tag' },
    });
    const queries = [{ transactionId: 'q.1', peerId: '656164657220', properties: ['UploadedBytes'] }];
    expectResponse(response(query.replace('</Stats>', '</StatRequest>')), 'KEEPALIVE', {
      ...success,
      method: 'KEEPALIVE',
      queries,
    });
    // Mended the other way it is read too, with a finding.
    const mended = gu04.decodeResponse(
      encodeText(response(query.replace('<StatRequest>', '<Stats>'))),
      'KEEPALIVE',
    );
    expect(mended).toMatchObject({ message: { queries } });
    expect(paths(mended)).toEqual(['Queries.PPSPTrackerProtocol[0].Stats']);
    // It is for trackers to send.
    expect(gu04.decodeRequest(encodeText(query.replace('</Stats>', '</StatRequest>')))).toMatchObject({
      error: { path: 'PPSPTrackerProtocol.Method', problem: 'is for a tracker to ask' },
    });
  });

  test("the peer's answer to STAT_QUERY", () => {
    expectRequest(slide(GU04_EXAMPLES.statAnswer, ...HEAD, 'UploadedBytes', '512'), {
      ...head,
      method: 'STAT_QUERY',
      stats: [],
      contentMaps: [],
      properties: [{ name: 'UploadedBytes', value: '512' }],
    });
  });

  test('STAT REPORT has no message on the slides; its name is read with the blank it has there', () => {
    expectRequest(slide(GU04_EXAMPLES.keepalive.replace('KEEPALIVE', 'STAT REPORT'), ...HEAD), {
      ...head,
      method: 'STAT_REPORT',
      stats: [],
      contentMaps: [],
      properties: [],
    });
  });
});

describe('the examples of -06', () => {
  const asker = { ...head, authToken: 'token' };
  const host = { addressType: 'ipv4', address: '192.0.2.2', port: 80, priority: 1, type: 'HOST' };
  const proxy = { addressType: 'ipv6', address: '2001:db8::2', port: 80, priority: 2, type: 'PROXY' };
  const IPV6 = '2001:db8:0:0:0:0:0:2';

  test('§4.4 CONNECT: Auth and Credentials are passed over', () => {
    expectRequest(
      fill(
        GU06_EXAMPLES.connect,
        ...['1.0', '656164657220', '12345', '192.0.2.2', '80', '1', 'HOST', IPV6, '80', '2', 'PROXY'],
      ),
      { ...head, method: 'CONNECT', addresses: [host, proxy], actions: [] },
    );
  });

  test('§4.4 response: the first reflexive address, and the token', () => {
    expectResponse(
      fill(GU06_EXAMPLES.connectResponse, '1.0', 'token', '198.51.100.1', '8080', IPV6, '80', '12345'),
      'CONNECT',
      {
        ...success,
        method: 'CONNECT',
        authToken: 'token',
        publicAddress: {
          addressType: 'ipv4',
          address: '198.51.100.1',
          port: 8080,
          priority: 0,
          type: 'REFLEXIVE',
        },
      },
    );
  });

  test('§4.5 DISCONNECT', () => {
    expectRequest(fill(GU06_EXAMPLES.disconnect, '1.0', '656164657220', 'token', '12345'), {
      ...asker,
      method: 'DISCONNECT',
      swarmIds: [],
    });
  });

  test.each(['DISCONNECT', 'LEAVE', 'STAT_REPORT', 'KEEPALIVE'] as const)(
    '§4.5, §4.7, §4.9, §4.10 response to %s',
    (method) => {
      expectResponse(fill(GU06_EXAMPLES.okResponse, '1.0', '12345'), method, { ...success, method });
    },
  );

  const scope = { representation: 'film/one', startIndex: 7 };
  const stun = { name: 'STUN', value: 'true' };

  test('§4.6 JOIN, the `>` it ends without put there', () => {
    const values = [
      '1.0',
      '656164657220',
      'token',
      '1111',
      'LEECH',
      '5',
      'film/one',
      'video',
      '7',
      '0',
      '12345',
    ];
    const text = fill(GU06_EXAMPLES.join, ...values);
    expect(gu04.decodeRequest(encodeText(text))).toMatchObject({ error: { path: '' } });
    expectRequest(`${text}>`, {
      ...asker,
      method: 'JOIN',
      swarmId: '1111',
      mode: 'LEECH',
      expireTime: 0,
      peerNum: { count: 5 },
      scope: [scope],
      properties: [stun],
    });
  });

  const listed = (method: Method): object => ({
    ...success,
    method,
    results: [{ swarmId: '1111', ok: true }],
    peerLists: [
      {
        swarmId: '1111',
        peers: [
          {
            peerId: '956264622298',
            mode: 'LIVESEED',
            addresses: [
              { ...host, priority: 0 },
              { ...proxy, priority: 0, type: 'HOST' },
            ],
          },
          { peerId: '3332001256741', mode: 'LEECH', addresses: [] },
        ],
      },
    ],
  });
  const PEERS = [
    ...['956264622298', 'LIVESEED', '192.0.2.2', '80', IPV6, '80', 'here', '3G', '10'],
    '<PeerID>3332001256741</PeerID><PeerMode>LEECH</PeerMode>',
  ];

  test('§4.6 response to JOIN: location, connection and cost are passed over', () => {
    expectResponse(
      fill(GU06_EXAMPLES.joinResponse, '1.0', '1111', ...PEERS, '12345'),
      'JOIN',
      listed('JOIN'),
    );
  });

  test('§4.7 LEAVE, the `>` it ends without put there', () => {
    expectRequest(`${fill(GU06_EXAMPLES.leave, '1.0', '656164657220', 'token', '1111', '12345')}>`, {
      ...asker,
      method: 'LEAVE',
      swarmId: '1111',
    });
  });

  test('§4.8 FIND and its response', () => {
    const values = ['1.0', '656164657220', 'token', '1111', '5', 'film/one', 'audio', '7', '9', '12345'];
    expectRequest(fill(GU06_EXAMPLES.find, ...values), {
      ...asker,
      method: 'FIND',
      swarmId: '1111',
      peerNum: { count: 5 },
      addresses: [],
      scope: [{ representation: 'film/one#audio', startIndex: 7, endIndex: 9 }],
      properties: [stun],
    });
    expectResponse(
      fill(GU06_EXAMPLES.findResponse, '1.0', '1111', '12345', ...PEERS),
      'FIND',
      listed('FIND'),
    );
  });

  test('§4.9 STAT_REPORT: the map stands on a line of its own, which Base64 does not do', () => {
    const values = [
      ...['1.0', '656164657220', 'token', '12345', '1111', 'film/one', '10', '19', '10', 'gEA='],
      ...['1111', '18446744073709551615', '768', '1024000'],
    ];
    expectRequest(
      fill(GU06_EXAMPLES.statReport, ...values),
      {
        ...asker,
        method: 'STAT_REPORT',
        stats: [
          {
            swarmId: '1111',
            uploadedBytes: 18_446_744_073_709_551_615n,
            downloadedBytes: 768n,
            availableBandwidth: 1_024_000,
          },
        ],
        contentMaps: [
          {
            swarmId: '1111',
            representations: [
              // Segments 10 and 19: the highest bit of the first byte, the second highest of the second.
              {
                id: 'film/one',
                maps: [{ startIndex: 10, endIndex: 19, bitmap: Uint8Array.of(0b1000_0000, 0b0100_0000) }],
              },
            ],
          },
        ],
        properties: [],
      },
      ['Stats.Stat[0].ChunkMapReport[0].Clip[0].ChunkSegments[0].Segment[0]'],
    );
  });

  test('§4.10 KEEPALIVE', () => {
    expectRequest(fill(GU06_EXAMPLES.keepalive, '1.0', '656164657220', 'token', '12345'), {
      ...asker,
      method: 'KEEPALIVE',
    });
  });
});
