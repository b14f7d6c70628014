import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../testing/arbitraries.ts';
import { RFC7846_EXAMPLES } from '../../testing/golden.ts';
import type { Decoded } from '../codec.ts';
import { ERRORS } from '../errors.ts';
import type { ErrorName } from '../errors.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../ids.ts';
import type { PeerAddress, Request, Response } from '../message.ts';
import { encodeText } from '../text.ts';
import { rfc7846 } from './rfc7846.ts';

const request = (text: string): Decoded<Request> => rfc7846.decodeRequest(encodeText(text));
const written = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
const paths = (decoded: Decoded<unknown>): string[] =>
  decoded.ok ? decoded.findings.map(({ path }) => path.replace('PPSPTrackerProtocol.', '')) : ['refused'];

const HEAD = { version: 1, transaction_id: 't', peer_id: 'p' };
const ACTION = { swarm_id: 's', action: 'JOIN', peer_mode: 'LEECH' };
const ADDRESS = {
  ip_address: { address_type: 'ipv4', address: '192.0.2.2' },
  port: 80,
  priority: 1,
  type: 'HOST',
};
const wrap = (root: object): string => JSON.stringify({ PPSPTrackerProtocol: root });
const connect = (inside: object, head: object = {}): Decoded<Request> =>
  request(
    wrap({ ...HEAD, request_type: 'CONNECT', connect: { swarm_action: [ACTION], ...inside }, ...head }),
  );
const find = (inside: object): Decoded<Request> =>
  request(wrap({ ...HEAD, request_type: 'FIND', ...inside }));
const report = (inside: object, from = '', to = ''): Decoded<Request> =>
  request(wrap({ ...HEAD, request_type: 'STAT_REPORT', ...inside }).replace(from, to));
const response = (root: object): Decoded<Response> =>
  rfc7846.decodeResponse(
    encodeText(wrap({ version: 1, response_type: 0, error_code: 0, transaction_id: 't', ...root })),
    'CONNECT',
  );

const host: PeerAddress = { addressType: 'ipv4', address: '192.0.2.2', port: 80, priority: 1, type: 'HOST' };
const wanted = { count: 5, abilityNat: 'STUN', concurrentLinks: 5, onlineTime: 200, uploadBandwidth: 600 };
const head = { edition: 'rfc7846', version: '1' };
const switching = { ...head, transactionId: '12345', peerId: '656164657221' };
const NUMBERS = ['concurrent_links', 'online_time', 'upload_bandwidth'];

describe("the RFC's examples (§4.1)", () => {
  test('CONNECT of a SEEDER: a bare peer_addr', () => {
    const decoded = request(RFC7846_EXAMPLES.connectSeeder);
    expect(decoded).toMatchObject({
      ok: true,
      message: {
        ...head,
        method: 'CONNECT',
        transactionId: '12345',
        peerId: '656164657220',
        addresses: [{ ...host, connection: 'wired', asn: '45645' }],
        actions: [
          { swarmId: '1111', action: 'JOIN', mode: 'SEED' },
          { swarmId: '2222', action: 'JOIN', mode: 'SEED' },
        ],
      },
    });
    expect(paths(decoded)).toEqual(['connect.peer_addr']);
  });

  test('CONNECT of a LEECH: numbers as strings, a bare swarm_action', () => {
    const decoded = request(RFC7846_EXAMPLES.connectLeech);
    expect(decoded).toMatchObject({
      ok: true,
      message: {
        transactionId: '12345.0',
        peerNum: wanted,
        addresses: [
          { ...host, asn: '3256546' },
          { addressType: 'ipv6', address: '2001:db8::2', priority: 2, peerProtocol: 'PPSP-PP' },
        ],
        actions: [{ swarmId: '1111', action: 'JOIN', mode: 'LEECH' }],
      },
    });
    expect(paths(decoded)).toEqual([
      ...NUMBERS.map((name) => `connect.peer_num.${name}`),
      'connect.swarm_action',
    ]);
  });

  test('CONNECT of a channel switch', () => {
    const decoded = request(RFC7846_EXAMPLES.connectSwitch);
    expect(decoded).toMatchObject({
      ok: true,
      message: {
        ...switching,
        addresses: [],
        actions: [
          { swarmId: '1111', action: 'LEAVE', mode: 'LEECH' },
          { swarmId: '2222', action: 'JOIN', mode: 'LEECH' },
        ],
      },
    });
    expect(paths(decoded)).toEqual(NUMBERS.map((name) => `connect.peer_num.${name}`));
  });

  test('response to CONNECT: peer_addr without type, a bare swarm_result', () => {
    const decoded = rfc7846.decodeResponse(encodeText(RFC7846_EXAMPLES.connectResponse), 'CONNECT');
    expect(decoded).toMatchObject({
      ok: true,
      message: {
        ...head,
        method: 'CONNECT',
        outcome: 'success',
        transactionId: '12345',
        publicAddress: { address: '198.51.100.1', port: 80, priority: 1, type: 'HOST', asn: '64496' },
        results: [{ swarmId: '2222', ok: true }],
        peerLists: [
          {
            swarmId: '2222',
            peers: [
              { peerId: '956264622298', addresses: [{ address: '198.51.100.22', type: 'REFLEXIVE' }] },
              { peerId: '3332001256741', addresses: [{ address: '198.51.100.201', priority: 2 }] },
            ],
          },
        ],
      },
    });
    expect(paths(decoded)).toEqual(['peer_addr.type', 'swarm_result']);
  });

  test('FIND: its members at the root', () => {
    const decoded = request(RFC7846_EXAMPLES.find);
    expect(decoded).toMatchObject({
      ok: true,
      message: { ...switching, method: 'FIND', swarmId: '1111', peerNum: wanted },
    });
    expect(paths(decoded)).toEqual(['find', ...NUMBERS.map((name) => `peer_num.${name}`)]);
  });

  test('response to FIND: the asker itself is listed', () => {
    const decoded = rfc7846.decodeResponse(encodeText(RFC7846_EXAMPLES.findResponse), 'FIND');
    expect(decoded.ok && decoded.message.outcome === 'success' && decoded.message.peerLists[0]).toMatchObject(
      {
        swarmId: '1111',
        peers: [{ peerId: '656164657221' }, { peerId: '956264622298' }, { peerId: '3332001256741' }],
      },
    );
  });

  test('STAT_REPORT: Stat, and not in an array', () => {
    const decoded = request(RFC7846_EXAMPLES.statReport);
    expect(decoded).toMatchObject({
      ok: true,
      message: {
        ...switching,
        method: 'STAT_REPORT',
        stats: [
          {
            swarmId: '1111',
            uploadedBytes: 512n,
            downloadedBytes: 768n,
            availableBandwidth: 1_024_000,
            concurrentLinks: 5,
          },
        ],
      },
    });
    expect(paths(decoded)).toEqual(['stat_report.Stat', 'stat_report.Stat']);
  });

  test('response to STAT_REPORT', () => {
    const decoded = rfc7846.decodeResponse(encodeText(RFC7846_EXAMPLES.statResponse), 'STAT_REPORT');
    expect(decoded).toMatchObject({
      ok: true,
      message: { method: 'STAT_REPORT', results: [{ swarmId: '1111', ok: true }], peerLists: [] },
    });
  });

  test("what is read of them is written in the grammar's form, with nothing left to find", () => {
    const { connectSeeder, connectLeech, connectSwitch, find, statReport } = RFC7846_EXAMPLES;
    for (const text of [connectSeeder, connectLeech, connectSwitch, find, statReport]) {
      const decoded = request(text);
      if (!decoded.ok) throw new Error(decoded.error.problem);
      expect(rfc7846.decodeRequest(rfc7846.encodeRequest(decoded.message))).toEqual({
        ok: true,
        message: decoded.message,
        findings: [],
      });
    }
  });
});

describe('round trips', () => {
  test('requests', () => {
    fc.assert(
      fc.property(arbitraryRequest('rfc7846'), (message) => {
        const decoded = rfc7846.decodeRequest(rfc7846.encodeRequest(message));
        expect(decoded).toMatchObject({ ok: true });
        expect(decoded.ok && decoded.message).toEqual(message);
      }),
    );
  });
  test('responses', () => {
    fc.assert(
      fc.property(arbitraryResponse('rfc7846'), (message) => {
        const decoded = rfc7846.decodeResponse(rfc7846.encodeResponse(message), message.method);
        expect(decoded).toEqual({ ok: true, message, findings: [] });
      }),
    );
  });
});

describe('byte counters', () => {
  const counted = (digits: string): Decoded<Request> =>
    report(
      {
        stat_report: {
          type: 'STREAM_STATS',
          stat: [
            {
              swarm_id: 's',
              uploaded_bytes: 1,
              downloaded_bytes: 2,
              available_bandwidth: 3,
              concurrent_links: 4,
            },
          ],
        },
      },
      '"downloaded_bytes":2',
      `"downloaded_bytes":${digits}`,
    );
  const read = (decoded: Decoded<Request>): unknown =>
    decoded.ok && decoded.message.method === 'STAT_REPORT'
      ? decoded.message.stats[0]?.downloadedBytes
      : undefined;

  test('every digit is kept, from 0 to 2^64 - 1, in both directions', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        const decoded = counted(String(value));
        expect(read(decoded)).toBe(value);
        if (!decoded.ok) throw new Error('refused');
        expect(decoded.findings).toEqual([]);
        const bytes = rfc7846.encodeRequest(decoded.message);
        expect(new TextDecoder().decode(bytes)).toContain(`"downloaded_bytes":${value},`);
        expect(rfc7846.decodeRequest(bytes)).toEqual(decoded);
      }),
    );
  });

  test.each<[string, bigint]>([
    ['9007199254740991', 9007199254740991n],
    ['9007199254740992', 9007199254740992n],
    ['9007199254740993', 9007199254740993n],
    ['18446744073709551615', 18446744073709551615n],
    ['1e3', 1000n],
    ['1.0', 1n],
    ['-0', 0n],
  ])('%s is read exactly', (digits, value) => {
    expect(read(counted(digits))).toBe(value);
    expect(paths(counted(digits))).toEqual([]);
  });

  test.each<[string, bigint]>([
    ['"18446744073709551615"', 18446744073709551615n],
    ['"007"', 7n],
    // No digits to keep: the nearest double is all there is.
    ['1e19', 10n ** 19n],
    ['9007199254740993.0', 9007199254740992n],
  ])('%s is read with a finding', (digits, value) => {
    expect(read(counted(digits))).toBe(value);
    expect(paths(counted(digits))).toEqual(['stat_report.stat[0].downloaded_bytes']);
  });

  test.each([
    ...['18446744073709551616', '99999999999999999999', '1'.repeat(21), '1e20', '1E400', '1.5', '-1'],
    ...['-18446744073709551615', '"-1"', '"1e3"', '""', '"18446744073709551616"', 'true', '[]', '{}'],
  ])('%s is refused', (digits) => {
    expect(counted(digits)).toMatchObject({
      error: { path: 'PPSPTrackerProtocol.stat_report.stat[0].downloaded_bytes' },
    });
  });

  test.each(['0123', '1.', '.5', '+1', '0x10', '1n', 'NaN', '-', '12345678901234567e'])(
    '%s is not JSON',
    (digits) => {
      expect(counted(digits)).toMatchObject({ error: { path: '', problem: 'is not JSON' } });
    },
  );

  test('no other number is that long', () => {
    const far = '9007199254740993';
    expect(
      request(
        wrap({ ...HEAD, request_type: 'FIND', find: { swarm_id: 's', peer_num: { peer_count: 7 } } }).replace(
          '7',
          far,
        ),
      ),
    ).toMatchObject({
      error: {
        path: 'PPSPTrackerProtocol.find.peer_num.peer_count',
        problem: 'is not a whole number from 0 to 9007199254740991',
      },
    });
  });
});

describe('tolerant reading', () => {
  test('deviations seen in deployed clients', () => {
    const decoded = connect({
      peer_num: {
        peer_count: '5',
        ability_nat: 'No-NAT',
        concurrent_links: 'HIGH',
        online_time: 'LOW',
        upload_bandwidth_level: 'NORMAL',
      },
      peer_addr: [
        {
          ip_address: { address_type: 'IPv6', address: '2001:DB8:0:0::1' },
          port: '80',
          connection: 'LTE',
          asn: 64496,
        },
      ],
      swarm_action: [{ ...ACTION, peer_mode: 'SEED' }],
    });
    expect(decoded).toMatchObject({
      message: {
        peerNum: {
          count: 5,
          abilityNat: 'NO_NAT',
          concurrentLinks: 'HIGH',
          onlineTime: 'LOW',
          uploadBandwidth: 'NORMAL',
        },
        addresses: [
          {
            address: '2001:db8::1',
            port: 80,
            priority: 0,
            type: 'HOST',
            connection: 'wireless',
            asn: '64496',
          },
        ],
        actions: [{ mode: 'SEED' }],
      },
    });
    expect(paths(decoded)).toEqual([
      'connect.peer_num.peer_count',
      'connect.peer_num.upload_bandwidth_level',
      'connect.peer_num.ability_nat',
      'connect.peer_num.concurrent_links',
      'connect.peer_num.online_time',
      'connect.peer_num.upload_bandwidth_level',
      'connect.peer_addr[0].ip_address.address_type',
      'connect.peer_addr[0].port',
      'connect.peer_addr[0].priority',
      'connect.peer_addr[0].type',
      'connect.peer_addr[0].connection',
      'connect.peer_addr[0].asn',
      'connect.swarm_action[0].peer_mode',
    ]);
  });

  test('what can be done without takes its default', () => {
    expect(connect({ peer_num: {} })).toMatchObject({ message: { peerNum: { count: 30 } } });
    expect(connect({ peer_num: { peer_count: 31 } })).toMatchObject({ message: { peerNum: { count: 31 } } });
    expect(paths(connect({ peer_num: { peer_count: 31 } }))).toEqual(['connect.peer_num.peer_count']);
    expect(paths(connect({ peer_num: { peer_count: 30 } }))).toEqual([]);
    expect(connect({ peer_addr: [{ ...ADDRESS, connection: 'pigeon' }] })).toMatchObject({
      message: { addresses: [host] },
    });
    const stat = report({ stat_report: { type: 'STREAM_STATS', stat: [{ swarm_id: 's' }] } });
    expect(stat).toMatchObject({ message: { stats: [{ swarmId: 's' }] } });
    expect(paths(stat)).toHaveLength(4);
    expect(paths(report({ stat_report: { stat: [] } }))).toEqual(['stat_report.type', 'stat_report.stat']);
  });

  test('a keep-alive has no stat_report; null is absent; other properties are not read', () => {
    const keepAlive = { ok: true, message: { stats: [] } };
    expect(report({})).toMatchObject(keepAlive);
    expect(report({ stat_report: null })).toMatchObject(keepAlive);
    expect(report({ stat_report: { type: 'ONLINE_TIME', seconds: 5 } })).toMatchObject(keepAlive);
  });

  test('unknown members are ignored (§4.4), those of JavaScript too', () => {
    const text = wrap({ ...HEAD, request_type: 'CONNECT', connect: { swarm_action: [ACTION] } });
    const odd = text.replaceAll(
      '{"',
      '{"__proto__":{"peer_num":{"peer_count":1}},"constructor":1,"toString":[],"',
    );
    expect(request(odd)).toEqual(request(text));
    expect(({} as Record<string, unknown>)['peer_num']).toBeUndefined();
    expect(
      request(
        text.replace('"peer_id":"p",', '').replace('{"version"', '{"__proto__":{"peer_id":"p"},"version"'),
      ),
    ).toMatchObject({ ok: false, error: { path: 'PPSPTrackerProtocol.peer_id', problem: 'is missing' } });
  });

  test('the same swarm twice is the tracker’s to judge', () => {
    expect(connect({ swarm_action: [ACTION, { ...ACTION, action: 'LEAVE' }] })).toMatchObject({ ok: true });
  });

  test('FIND with its peer_num outside', () => {
    const decoded = find({ find: { swarm_id: 's' }, peer_num: { peer_count: 2 } });
    expect(decoded).toMatchObject({ ok: true, message: { swarmId: 's', peerNum: { count: 2 } } });
    expect(paths(decoded)).toEqual(['peer_num']);
    const both = find({ find: { swarm_id: 's', peer_num: { peer_count: 1 } }, peer_num: { peer_count: 2 } });
    expect(both).toMatchObject({ ok: true, message: { peerNum: { count: 1 } }, findings: [] });
  });

  test('a byte order mark passes with a finding', () => {
    expect(paths(request(`\ufeff${RFC7846_EXAMPLES.connectSwitch}`))[0]).toBe('');
  });
});

describe('refusals name the place and echo the transaction', () => {
  const { connectSwitch } = RFC7846_EXAMPLES;
  test.each<[string, Decoded<Request>, string]>([
    ['no peer_id', connect({}, { peer_id: undefined }), 'peer_id'],
    ['numeric peer_id', connect({}, { peer_id: 5 }), 'peer_id'],
    ['empty peer_id', connect({}, { peer_id: '' }), 'peer_id'],
    ['NUL in peer_id', connect({}, { peer_id: 'a\0b' }), 'peer_id'],
    ['lone surrogate in peer_id', connect({}, { peer_id: '\ud800' }), 'peer_id'],
    ['long peer_id', connect({}, { peer_id: 'é'.repeat(513) }), 'peer_id'],
    ['no request_type', connect({}, { request_type: undefined }), 'request_type'],
    ['unknown request_type', connect({}, { request_type: 'connect' }), 'request_type'],
    ['inherited request_type', connect({}, { request_type: 'toString' }), 'request_type'],
    ['no connect', connect({}, { connect: undefined }), 'connect'],
    ['connect of the wrong kind', connect({}, { connect: [] }), 'connect'],
    ['no version', connect({}, { version: undefined }), 'version'],
    ['no swarm_action', connect({ swarm_action: undefined }), 'connect.swarm_action'],
    ['empty swarm_action', connect({ swarm_action: [] }), 'connect.swarm_action'],
    ['swarm_action of text', connect({ swarm_action: 'JOIN' }), 'connect.swarm_action'],
    ['long swarm_action', connect({ swarm_action: new Array(1025).fill(ACTION) }), 'connect.swarm_action'],
    [
      'no swarm_id',
      connect({ swarm_action: [ACTION, { ...ACTION, swarm_id: undefined }] }),
      'connect.swarm_action[1].swarm_id',
    ],
    [
      'no action',
      connect({ swarm_action: [{ ...ACTION, action: undefined }] }),
      'connect.swarm_action[0].action',
    ],
    [
      'action in lower case',
      connect({ swarm_action: [{ ...ACTION, action: 'join' }] }),
      'connect.swarm_action[0].action',
    ],
    [
      'no peer_mode',
      connect({ swarm_action: { ...ACTION, peer_mode: undefined } }),
      'connect.swarm_action.peer_mode',
    ],
    [
      'unknown peer_mode',
      connect({ swarm_action: { ...ACTION, peer_mode: 'BOTH' } }),
      'connect.swarm_action.peer_mode',
    ],
    ['negative peer_count', connect({ peer_num: { peer_count: -1 } }), 'connect.peer_num.peer_count'],
    ['fractional peer_count', connect({ peer_num: { peer_count: 1.5 } }), 'connect.peer_num.peer_count'],
    ['peer_count 2^53', connect({ peer_num: { peer_count: 2 ** 53 } }), 'connect.peer_num.peer_count'],
    ['peer_count 1e5 in text', connect({ peer_num: { peer_count: '1e5' } }), 'connect.peer_num.peer_count'],
    [
      'unknown ability_nat',
      connect({ peer_num: { peer_count: 1, ability_nat: 'UPNP' } }),
      'connect.peer_num.ability_nat',
    ],
    [
      'no ip_address',
      connect({ peer_addr: { ...ADDRESS, ip_address: undefined } }),
      'connect.peer_addr.ip_address',
    ],
    [
      'address of the other type',
      connect({ peer_addr: [{ ...ADDRESS, ip_address: { address_type: 'ipv6', address: '192.0.2.2' } }] }),
      'connect.peer_addr[0].ip_address.address',
    ],
    [
      'no such address type',
      connect({ peer_addr: [{ ...ADDRESS, ip_address: { address_type: 'dns', address: 'a' } }] }),
      'connect.peer_addr[0].ip_address.address_type',
    ],
    ['port 65536', connect({ peer_addr: [{ ...ADDRESS, port: 65_536 }] }), 'connect.peer_addr[0].port'],
    ['no port', connect({ peer_addr: [{ ...ADDRESS, port: undefined }] }), 'connect.peer_addr[0].port'],
    ['too many addresses', connect({ peer_addr: new Array(9).fill(ADDRESS) }), 'connect.peer_addr'],
    ['a long asn', connect({ peer_addr: [{ ...ADDRESS, asn: '1'.repeat(65) }] }), 'connect.peer_addr[0].asn'],
    ['FIND of nothing', find({}), 'find'],
    ['FIND without swarm_id', find({ find: {} }), 'find.swarm_id'],
    ['FIND with a bad peer_num', find({ find: { swarm_id: 's', peer_num: 5 } }), 'find.peer_num'],
    ['FIND with a bad peer_num outside', find({ find: { swarm_id: 's' }, peer_num: 5 }), 'peer_num'],
    [
      'stat without swarm_id',
      report({ stat_report: { type: 'STREAM_STATS', stat: {} } }),
      'stat_report.stat.swarm_id',
    ],
    [
      'a negative counter',
      report({ stat_report: { type: 'STREAM_STATS', stat: { swarm_id: 's', uploaded_bytes: -1 } } }),
      'stat_report.stat.uploaded_bytes',
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

  test.each([0, 2, '2', 255])('version %j is unsupported', (version) => {
    expect(connect({}, { version })).toMatchObject({
      ok: false,
      error: { error: 'unsupported-version', path: 'PPSPTrackerProtocol.version', transactionId: 't' },
    });
  });

  test.each([
    ['missing', undefined],
    ['numeric', 12345],
    ['empty', ''],
  ])('a %s transaction_id', (_, transaction_id) => {
    const decoded = connect({}, { transaction_id });
    expect(decoded).toMatchObject({ error: { path: 'PPSPTrackerProtocol.transaction_id' } });
    expect(!decoded.ok && 'transactionId' in decoded.error).toBe(false);
  });

  test('of several problems the first is told', () => {
    expect(connect({ peer_num: 1, swarm_action: 1 })).toMatchObject({
      error: { path: 'PPSPTrackerProtocol.connect.peer_num' },
    });
  });

  test('a polluted prototype lends nothing', () => {
    // eslint-disable-next-line no-extend-native -- what some other script may have done
    Object.defineProperty(Object.prototype, 'peer_id', { value: 'q', configurable: true });
    try {
      expect(connect({}, { peer_id: undefined })).toMatchObject({ error: { problem: 'is missing' } });
    } finally {
      Reflect.deleteProperty(Object.prototype, 'peer_id');
    }
  });

  test('a response is no request', () => {
    expect(request(RFC7846_EXAMPLES.statResponse)).toMatchObject({
      error: { problem: 'is a response, not a request' },
    });
  });

  test.each([
    ['nothing', '', 'is empty'],
    ['trailing garbage', `${connectSwitch} x`, 'is not JSON'],
    ['a cut-off message', connectSwitch.slice(0, -3), 'is not JSON'],
    ['an array', '[]', 'is not a JSON object'],
    ['null', 'null', 'is not a JSON object'],
    ['another root', '{"a":1}', 'is missing'],
    ['deep nesting', '['.repeat(100_000), 'is nested deeper than 32 levels'],
    ['deep nesting behind a string', `{"a\\"[":${'{"a":'.repeat(40)}`, 'is nested deeper than 32 levels'],
  ])('%s', (_, text, problem) => {
    expect(request(text)).toMatchObject({ ok: false, error: { error: 'bad-request', problem } });
  });

  test('brackets within strings do not nest', () => {
    expect(connect({}, { peer_id: '[{'.repeat(100) })).toMatchObject({ ok: true });
  });

  test.each([
    ['invalid UTF-8', [0x7b, 0xc3, 0x28, 0x7d], 'is not valid UTF-8'],
    ['UTF-16 with its mark', [0xff, 0xfe, 0x7b, 0x00], 'is UTF-16 or UTF-32, not UTF-8'],
    ['UTF-16 without', [0x7b, 0x00, 0x7d, 0x00], 'is UTF-16 or UTF-32, not UTF-8'],
  ])('%s', (_, bytes, problem) => {
    expect(rfc7846.decodeRequest(new Uint8Array(bytes))).toMatchObject({ error: { problem } });
  });

  test('no problem quotes the input', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (text) => {
        fc.pre(!'isnotaJSONobjectmissingemptyvalidUTF-8'.includes(text.trim()));
        const decoded = request(text);
        expect(!decoded.ok && decoded.error.problem.includes(text)).toBe(false);
      }),
    );
  });

  test('nothing throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(rfc7846.decodeRequest(bytes).ok).toBe(false);
        expect(rfc7846.decodeResponse(bytes, 'FIND').ok).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (text, value) => {
        request(text);
        connect(value as object, value as object);
        response(value as object);
      }),
    );
  });
});

describe('responses', () => {
  test.each(Object.keys(ERRORS) as ErrorName[])('failure %s', (error) => {
    const message: Response = {
      edition: 'rfc7846',
      version: '1',
      method: 'CONNECT',
      outcome: 'failure',
      transactionId: '',
      error,
      detail: 'for people',
    };
    const bytes = rfc7846.encodeResponse(message);
    expect(written(bytes)).toEqual({
      PPSPTrackerProtocol: {
        version: 1,
        response_type: 1,
        error_code: ERRORS[error].code,
        transaction_id: '',
      },
    });
    const { detail: _, ...read } = message;
    // JSON has no code for "no such object" (digest, "Errors"): it goes as forbidden.
    expect(rfc7846.decodeResponse(bytes, 'CONNECT')).toEqual({
      ok: true,
      message: { ...read, error: error === 'not-found' ? 'forbidden' : error },
      findings: [],
    });
  });

  test('error codes with leading zeros and in strings', () => {
    expect(response({ error_code: '00' })).toMatchObject({ ok: true, message: { outcome: 'success' } });
    expect(paths(response({ error_code: '00' }))).toEqual(['error_code']);
    expect(response({ response_type: '1', error_code: '03' })).toMatchObject({
      message: { error: 'forbidden' },
    });
    expect(response({ response_type: 1, error_code: 77 })).toMatchObject({ message: { error: 'internal' } });
  });

  test.each([
    ['success with an error', { error_code: 3 }, 'error_code'],
    ['failure without an error', { response_type: 1, error_code: 0 }, 'error_code'],
    ['failure without a code', { response_type: 1, error_code: undefined }, 'error_code'],
    ['no response_type', { response_type: undefined }, 'response_type'],
    ['response_type 2', { response_type: 2 }, 'response_type'],
    ['success without a transaction', { transaction_id: '' }, 'transaction_id'],
    ['a result without its swarm', { swarm_result: { result: 0 } }, 'swarm_result.swarm_id'],
    ['a result without its result', { swarm_result: [{ swarm_id: 's' }] }, 'swarm_result[0].result'],
    [
      'a peer without its ID',
      { swarm_result: [{ swarm_id: 's', result: 0, peer_group: { peer_info: [{ peer_addr: ADDRESS }] } }] },
      'swarm_result[0].peer_group.peer_info[0].peer_id',
    ],
  ])('%s is refused', (_, root, path) => {
    expect(response(root)).toMatchObject({ ok: false, error: { path: `PPSPTrackerProtocol.${path}` } });
  });

  test('an empty peer_group is read, and none is written', () => {
    const decoded = response({ swarm_result: [{ swarm_id: 's', result: 1, peer_group: { peer_info: [] } }] });
    expect(decoded).toMatchObject({ message: { results: [{ swarmId: 's', ok: false }], peerLists: [] } });
    if (!decoded.ok) throw new Error('refused');
    expect(written(rfc7846.encodeResponse(decoded.message))).toMatchObject({
      PPSPTrackerProtocol: { swarm_result: [{ swarm_id: 's', result: 1 }] },
    });
    expect(new TextDecoder().decode(rfc7846.encodeResponse(decoded.message))).not.toContain('peer_group');
  });

  test('a request is no response', () => {
    expect(rfc7846.decodeResponse(encodeText(RFC7846_EXAMPLES.find), 'FIND')).toMatchObject({
      error: { problem: 'is a request, not a response' },
    });
  });
});

describe('strict writing', () => {
  test('a method that the edition does not have is not written as another', () => {
    const head = { edition: 'rfc7846', version: '1', transactionId: asTransactionId('1') } as const;
    const keepalive = { ...head, method: 'KEEPALIVE', peerId: asPeerId('p') } as const;
    expect(() => rfc7846.encodeRequest(keepalive)).toThrow('RFC 7846 has no KEEPALIVE');
  });

  test('the grammar’s form, member by member', () => {
    const bytes = rfc7846.encodeRequest({
      edition: 'rfc7846',
      version: '1',
      method: 'CONNECT',
      transactionId: asTransactionId('1'),
      peerId: asPeerId('p'),
      peerNum: {
        count: 5,
        abilityNat: 'PROXY',
        concurrentLinks: 'HIGH',
        onlineTime: 'LOW',
        uploadBandwidth: 7,
      },
      addresses: [
        { ...host, connection: '3G' },
        { ...host, connection: 'ADSL' },
        { ...host, connection: 'pigeon' },
      ],
      actions: [
        { swarmId: asSwarmId('s'), action: 'JOIN', mode: 'SEED', transactionId: asTransactionId('1.1') },
      ],
    });
    expect(written(bytes)).toEqual({
      PPSPTrackerProtocol: {
        version: 1,
        request_type: 'CONNECT',
        transaction_id: '1',
        peer_id: 'p',
        connect: {
          peer_num: { peer_count: 5, concurrent_links: 16, online_time: 0, upload_bandwidth: 7 },
          peer_addr: [{ ...ADDRESS, connection: 'wireless' }, { ...ADDRESS, connection: 'wired' }, ADDRESS],
          swarm_action: [{ swarm_id: 's', action: 'JOIN', peer_mode: 'SEEDER' }],
        },
      },
    });
  });

  test('of a peer’s addresses the one of highest priority, the first of equals', () => {
    const at = (port: number, priority: number): PeerAddress => ({ ...host, port, priority });
    const bytes = rfc7846.encodeResponse({
      edition: 'rfc7846',
      version: '1',
      method: 'FIND',
      outcome: 'success',
      transactionId: asTransactionId('1'),
      results: [],
      queries: [],
      peerLists: [
        {
          swarmId: asSwarmId('s'),
          peers: [
            { peerId: asPeerId('a'), addresses: [at(1, 1), at(2, 9), at(3, 9)] },
            { peerId: asPeerId('nowhere'), addresses: [] },
          ],
        },
      ],
    });
    expect(rfc7846.decodeResponse(bytes, 'FIND')).toMatchObject({
      message: {
        results: [{ swarmId: 's', ok: true }],
        peerLists: [{ swarmId: 's', peers: [{ peerId: 'a', addresses: [at(2, 9)] }] }],
      },
    });
  });

  test('statistics of no swarm cannot be said', () => {
    const bytes = rfc7846.encodeRequest({
      edition: 'rfc7846',
      version: '1',
      method: 'STAT_REPORT',
      transactionId: asTransactionId('1'),
      peerId: asPeerId('p'),
      stats: [{ uploadedBytes: 1n }],
      contentMaps: [],
      properties: [],
    });
    expect(written(bytes)).not.toHaveProperty('PPSPTrackerProtocol.stat_report');
  });
});
