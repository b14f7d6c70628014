/** The packed form carries every message of every edition whole, and takes any bytes. */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../testing/arbitraries.ts';
import { ERRORS } from '../errors.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../ids.ts';
import { EDITIONS, METHODS } from '../message.ts';
import type { Request } from '../message.ts';
import { EDITION_CODES, ERROR_CODES, METHOD_CODES } from './layout.ts';
import { unpackRequest } from './read-request.ts';
import { unpackResponse } from './read-response.ts';
import { packRequest, packResponse } from './write.ts';

const anyRequest = fc.constantFrom(...EDITIONS).chain(arbitraryRequest);
const anyResponse = fc.constantFrom(...EDITIONS).chain(arbitraryResponse);

/** Every kind of literal, at lengths on either side of their bounds, and what only looks like one. */
const anyLiteral: Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[0-9]{1,40}$/),
  fc.stringMatching(/^[0-9a-f]{1,80}$/),
  fc.stringMatching(/^[0-9A-F]{1,80}$/),
  fc.uuid(),
  fc.uuid().map((uuid) => uuid.toUpperCase()),
  fc.constantFrom('0', '000123', '9'.repeat(31), '9'.repeat(32), 'x'.repeat(1024), '\ufeffid'),
);

const REQUEST: Request = {
  edition: 'rfc7846',
  version: '1',
  method: 'CONNECT',
  transactionId: asTransactionId('t.1'),
  peerId: asPeerId('00ff'),
  peerNum: { count: 30, abilityNat: 'STUN', onlineTime: 'NORMAL', uploadBandwidth: 253 },
  addresses: [
    {
      addressType: 'ipv4',
      address: '192.0.2.1',
      port: 7846,
      priority: 200,
      type: 'PROXY',
      asn: '64496',
    },
  ],
  actions: [
    { swarmId: asSwarmId('film'), action: 'JOIN', mode: 'LEECH' },
    { swarmId: asSwarmId('64496'), action: 'LEAVE', mode: 'SEED' },
  ],
};

describe('the layout', () => {
  it('is the one its table says', () => {
    const bytes = [...packRequest(REQUEST)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    expect(bytes).toBe(
      [
        '2c 00', // form 1, rfc7846; CONNECT
        '06', // peerNum and addresses
        '03 74 2e 31', // t.1
        '22 00 ff', // 00ff
        '1e 43 01 80 02', // 30, STUN, onlineTime NORMAL, uploadBandwidth 253 + 3
        '2a c0 00 02 01 1e a6 c8 01', // PROXY, priority, asn; 192.0.2.1, 7846, 200
        '65 00 fb f0', // 64496
        '02', // actions
        '00 04 66 69 6c 6d', // JOIN as LEECH of film
        '03 a1', // LEAVE as SEED of what was the first text
      ].join(' '),
    );
  });

  it('has a code for every edition, method and error', () => {
    expect([...EDITION_CODES].sort()).toEqual([...EDITIONS].sort());
    expect([...METHOD_CODES].sort()).toEqual([...METHODS].sort());
    expect([...ERROR_CODES].sort()).toEqual(Object.keys(ERRORS).sort());
  });

  it.each([
    ['12 digits', '656164657221', 6],
    ['leading zeros', '000000000001', 6],
    ['20 bytes in hexadecimal', 'ab'.repeat(20), 21],
    ['the same in capitals', 'AB'.repeat(20), 21],
    ['a UUID', '01234567-89ab-4cde-8f01-23456789abcd', 17],
    ['32 bytes in hexadecimal', 'ab'.repeat(32), 34],
    ['an odd number of hexadecimal digits', 'abc', 4],
    ['text', 'peer 1', 7],
  ])('takes an ID of %s in its fewest bytes', (_, peerId, bytes) => {
    const request = { edition: 'gu-04', version: '1.0', method: 'KEEPALIVE' } as const;
    const packed = packRequest({
      ...request,
      transactionId: asTransactionId('1'),
      peerId: asPeerId(peerId),
    });
    expect(packed.length).toBe(5 + bytes);
  });

  it('takes an IPv4 peer of a 20-byte ID in 28 bytes, an IPv6 one in 40', () => {
    const size = (count: number, addressType: 'ipv4' | 'ipv6'): number =>
      packResponse({
        edition: 'base-1.0',
        version: '1.0',
        method: 'CONNECT',
        outcome: 'success',
        transactionId: asTransactionId('t'),
        results: [],
        queries: [],
        peerLists: [
          {
            swarmId: asSwarmId('film'),
            peers: Array.from({ length: count }, (_, at) => ({
              peerId: asPeerId(at.toString(16).padStart(40, 'a')),
              addresses: [
                {
                  addressType,
                  address: addressType === 'ipv4' ? '192.0.2.1' : '2001:db8::1',
                  port: 65_535,
                  priority: 0,
                  type: 'HOST',
                },
              ],
            })),
          },
        ],
      }).length;
    expect(size(30, 'ipv4') - size(10, 'ipv4')).toBe(20 * 28);
    expect(size(30, 'ipv6') - size(10, 'ipv6')).toBe(20 * 40);
  });
});

describe('a round trip', () => {
  it('loses nothing of any request', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        expect(unpackRequest(packRequest(request))).toEqual({
          ok: true,
          message: request,
          findings: [],
        });
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing of any response', () => {
    fc.assert(
      fc.property(anyResponse, (response) => {
        expect(unpackResponse(packResponse(response))).toEqual({
          ok: true,
          message: response,
          findings: [],
        });
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing of any ID, nor of a version, a token or a certificate', () => {
    fc.assert(
      fc.property(anyLiteral, anyLiteral, anyLiteral, (id, other, version) => {
        const request: Request = {
          ...{ edition: 'gu-04', method: 'CONNECT', addresses: [], actions: [], certificate: '' },
          transactionId: asTransactionId(id),
          peerId: asPeerId(other),
          version,
          authToken: id,
        };
        expect(unpackRequest(packRequest(request))).toEqual({
          ok: true,
          message: request,
          findings: [],
        });
      }),
    );
  });

  it('keeps texts beyond those the table holds', () => {
    const properties = Array.from({ length: 1000 }, (_, at) => ({ name: `n${at}`, value: `v${at}` }));
    const request: Request = {
      ...{ edition: 'gu-04', version: '1.0', method: 'STAT_REPORT', stats: [], contentMaps: [] },
      transactionId: asTransactionId('t'),
      peerId: asPeerId('p'),
      properties: [...properties.slice(0, 600), ...properties.slice(400)].slice(0, 1024),
    };
    expect(unpackRequest(packRequest(request))).toMatchObject({ ok: true, message: request });
  });
});

describe('hostile bytes', () => {
  const refusedAs = (body: Uint8Array | readonly number[]): string => {
    const decoded = unpackRequest(Uint8Array.from(body));
    return decoded.ok ? 'taken' : decoded.error.problem;
  };

  it('are refused wherever a message is cut, and with a byte too many', () => {
    fc.assert(
      fc.property(anyRequest, fc.nat(), (request, cut) => {
        const body = packRequest(request);
        expect(unpackRequest(body.subarray(0, cut % body.length)).ok).toBe(false);
        expect(refusedAs([...body, 0])).toBe('is followed by more bytes');
      }),
    );
  });

  it('are a value whatever they are', () => {
    const start = fc.constantFrom([], [0x2c, 0], [0x30, 0x0f], [0x3c, 0x0f], [0x20, 0x50], [0x31, 3]);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        const body = Uint8Array.from([...head, ...rest]);
        expect(() => [unpackRequest(body), unpackResponse(body)]).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it('that were a message give one that packs again, or a refusal', () => {
    fc.assert(
      fc.property(anyResponse, fc.nat(), fc.nat(255), (response, at, byte) => {
        const body = packResponse(response);
        body[at % body.length] = byte;
        const decoded = unpackResponse(body);
        if (!decoded.ok) return;
        expect(unpackResponse(packResponse(decoded.message))).toEqual(decoded);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, number[], string]>([
    ['of another form', [0x4c, 0x00], 'is not in this packed form'],
    ['of a response', [0x30, 0x00], 'is no request'],
    ['of a method without meaning', [0x2c, 0xf0], 'has a code without meaning'],
    ['with a field the method has not', [0x2c, 0x40, 0x04], 'has a field its method has not'],
    ['with a length beyond the end', [0x2c, 0x70, 0, 0x00, 0xff, 0xff, 0xff, 0x7f], 'ends too soon'],
    [
      'with a number without end',
      [0x2c, 0x70, 0, 0x00, ...Array<number>(40).fill(0xff)],
      'is too large a number',
    ],
    ['with a list beyond its bound', [0x2c, 0, 0, 1, 0x74, 1, 0x70, 0xff, 0x7f], 'lists more than 1024'],
    [
      'with a text not there yet',
      [0x2c, 0x40, 0, 1, 0x74, 1, 0x70, 0xa1],
      'repeats a text that was not there',
    ],
    ['with text that is not UTF-8', [0x2c, 0x70, 0, 0x01, 0xff], 'is not valid UTF-8'],
    ['with digits beyond their number', [0x2c, 0x70, 0, 0x61, 0x0a], 'has more digits than it says'],
    ['with an empty ID', [0x2c, 0x70, 0, 0x00, 0x00], 'is empty'],
    ['with a control character in an ID', [0x2c, 0x70, 0, 0x01, 0x07], 'holds a control character'],
  ])('%s are refused', (_, body, problem) => {
    expect(refusedAs(body)).toBe(problem);
  });

  it('take time in proportion to their number', () => {
    // Lists in lists, each of which claims the most it may.
    const claims = (bytes: number): Uint8Array => {
      const body = new Uint8Array(bytes).fill(0xff);
      const head = [0x2c, 0x80, 0, 1, 0x74, 1, 0x70, 0, 0x80, 0x08];
      body.set(head);
      for (let at = head.length; at < bytes; at += 5)
        body.set([0, 0x80, 0x08, 1, 0x72].slice(0, bytes - at), at);
      return body;
    };
    const time = (body: Uint8Array): number => {
      const start = performance.now();
      unpackRequest(body);
      return performance.now() - start;
    };
    time(claims(1 << 16));
    // Quadratic reading of a megabyte would take hours.
    expect(time(claims(1 << 20))).toBeLessThan(2000);
  });
});
