/** Sizes in EXI, term by term against the rules of its sections, and whole responses. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryText } from '../../testing/arbitrary-parts.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../ids.ts';
import type { PeerAddress, SuccessResponse } from '../message.ts';
import { exiBits, exiBytes } from './grammar.ts';
import type { Element, ElementType } from './grammar.ts';
import { exiResponseBits } from './response.ts';
import type { ExiDatatypes } from './response.ts';
import { binaryBits, integerBits, nBits, StringTable, unsignedIntegerBits } from './terms.ts';

describe('the size of', () => {
  it('n bits is enough for so many values, and one less is not (§7.1.9)', () => {
    expect([1, 2, 3, 4, 5, 4096].map(nBits)).toEqual([0, 1, 2, 2, 3, 12]);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2 ** 31 }), (values) => {
        expect(2 ** nBits(values)).toBeGreaterThanOrEqual(values);
        expect(2 ** (nBits(values) - 1)).toBeLessThan(values);
      }),
    );
  });

  it('an unsigned integer is an octet for every 7 bits (§7.1.6)', () => {
    expect([0, 127, 128, 16_383, 16_384, 65_535].map(unsignedIntegerBits)).toEqual([8, 8, 16, 16, 24, 24]);
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 70n), (value) => {
        expect(unsignedIntegerBits(value)).toBe(8 * Math.ceil(value.toString(2).length / 7));
      }),
    );
  });

  it('an integer is n-bit up to 4,096 values (§7.1.5)', () => {
    expect(integerBits(7, 4095)).toBe(12);
    expect(integerBits(7, 4096)).toBe(8);
    expect(integerBits(65_535, 65_535)).toBe(24);
  });

  it('binary is its length and its octets (§7.1.1)', () => {
    expect([0, 16, 128].map(binaryBits)).toEqual([8, 136, 16 + 1024]);
  });

  it('a new string is its length + 2 and its characters (§7.3.3, §7.1.10)', () => {
    fc.assert(
      fc.property(arbitraryText, (text) => {
        const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
        const bits = [points.length + 2, ...points].reduce((sum, n) => sum + unsignedIntegerBits(n), 0);
        expect(new StringTable().bits('a', text)).toBe(bits);
      }),
    );
    expect(new StringTable().bits('a', 'abc')).toBe(8 + 24);
    expect(new StringTable().bits('a', '日本語')).toBe(8 + 3 * 24);
    // The length, of 125 and 126 characters, becomes 127 and 128.
    expect(new StringTable().bits('a', 'x'.repeat(125))).toBe(8 + 125 * 8);
    expect(new StringTable().bits('a', 'x'.repeat(126))).toBe(16 + 126 * 8);
  });

  it('a restricted character is n bits, one value more than there are characters (§7.1.10.1)', () => {
    expect(new StringTable().bits('a', '656164657221', 10)).toBe(8 + 12 * 4);
    expect(new StringTable().bits('a', 'abcd', 16)).toBe(8 + 4 * 5);
  });

  it('a string met before is an octet and its place, here or anywhere (§7.3.3)', () => {
    const table = new StringTable();
    for (const text of ['a', 'b', 'c']) table.bits('here', text);
    expect(table.bits('here', 'a')).toBe(8 + 2);
    expect(table.bits('there', 'a')).toBe(8 + 2);
    expect(table.bits('there', 'd')).toBe(16);
    // Of one of its own, and of four anywhere: a hit elsewhere entered no partition.
    expect(table.bits('there', 'd')).toBe(8);
    expect(table.bits('there', 'a')).toBe(8 + 2);
  });

  it('an empty string is never met before (§7.3.3)', () => {
    const table = new StringTable();
    expect([table.bits('a', ''), table.bits('a', '')]).toEqual([8, 8]);
    expect([table.bits('a', 'x'), table.bits('a', 'x')]).toEqual([16, 8]);
  });
});

describe('event codes (§6.2, §8.5.4)', () => {
  const leaf: ElementType = { name: 'leaf', attributes: [], sequence: [], text: { kind: 'string' } };
  const root: ElementType = {
    name: 'root',
    attributes: [
      { name: 'b', required: true, type: { kind: 'enumeration', words: ['x', 'y'] } },
      { name: 'a', required: false, type: { kind: 'enumeration', words: ['x'] } },
    ],
    sequence: [{ type: leaf, required: true, repeats: true }],
  };
  const codes = (element: Element): number => exiBits(root, element).eventCodes;
  const leaves = (count: number): Element[] => Array<Element>(count).fill({ name: 'leaf', text: 't' });

  it('tell apart what may come', () => {
    // 1 for the root; a or b; leaf alone may come first, then leaf or the end.
    const attributes = { b: 'x' };
    expect(codes({ name: 'root', attributes, children: leaves(1) })).toBe(1 + 1 + 0 + 1);
    expect(codes({ name: 'root', attributes, children: leaves(3) })).toBe(1 + 1 + 0 + 1 + 1 + 1);
    expect(codes({ name: 'root', attributes: { ...attributes, a: 'x' }, children: leaves(1) })).toBe(3);
  });

  it('count the text that may stand between elements', () => {
    const mixed: ElementType = { ...root, attributes: [], mixed: true };
    // Leaf or text first, then leaf, text or the end.
    expect(exiBits(mixed, { name: 'root', children: leaves(2) }).eventCodes).toBe(1 + 1 + 2 + 2);
  });

  it('are of a document that is valid', () => {
    expect(() => codes({ name: 'root', children: leaves(1) })).toThrow(TypeError);
    expect(() => codes({ name: 'root', attributes: { b: 'x' } })).toThrow(TypeError);
    expect(() => codes({ name: 'root', attributes: { b: 'z' }, children: leaves(1) })).toThrow(TypeError);
  });
});

const BINARY: ExiDatatypes = { id: 'hexBinary', address: 'binary' };

interface Listed {
  readonly octets: number;
  readonly addressType: PeerAddress['addressType'];
  readonly details?: Partial<PeerAddress>;
}

/** Peers of different IDs, each at one address, at ports of two octets. */
function response(count: number, { octets, addressType, details = {} }: Listed): SuccessResponse {
  const address = (at: number): string => (addressType === 'ipv4' ? `192.0.2.${at}` : `2001:db8::${at + 1}`);
  return {
    edition: 'base-1.0',
    version: '1.0',
    method: 'CONNECT',
    outcome: 'success',
    transactionId: asTransactionId('12345.0'),
    results: [{ transactionId: asTransactionId('12345.1'), ok: true }],
    peerLists: [
      {
        swarmId: asSwarmId('1'),
        peers: Array.from({ length: count }, (_, at) => ({
          peerId: asPeerId(at.toString(16).padStart(2 * octets, 'a')),
          addresses: [
            { addressType, address: address(at), port: 7846, priority: 1, type: 'HOST', ...details },
          ],
        })),
      },
    ],
    queries: [],
  };
}

describe('a response', () => {
  // Measured once by other means: lists with the attributes that base-01's examples and ICE ask for but AS
  // numbers, without the asker's own address, in a swarm with an ID of one character.
  it.each([
    [909, 16, 'ipv4'],
    [1029, 20, 'ipv4'],
    [1389, 20, 'ipv6'],
  ] as const)('of 30 peers is %i bytes with IDs of %i octets and %s', (bytes, octets, addressType) => {
    const listed = response(30, { octets, addressType, details: { peerProtocol: 'PPSP-PP' } });
    expect(exiBytes(exiResponseBits(listed, BINARY))).toBe(bytes);
  });

  it('grows by what its table of terms says for each peer', () => {
    const details = { asn: '64496' };
    const grown = (types: ExiDatatypes, octets: number): Record<string, number> => {
      const listed = { octets, addressType: 'ipv4', details } as const;
      const [small, large] = [10, 20].map((count) => exiResponseBits(response(count, listed), types));
      return Object.fromEntries(
        Object.entries(large ?? {}).map(([term, bits]) => [
          term,
          (bits - Number({ ...small }[term as keyof typeof small])) / 10,
        ]),
      );
    };
    expect(grown(BINARY, 20)).toEqual({
      header: 0,
      eventCodes: 14,
      strings: 8 + 8, // swarmID and asn
      binaries: 8 + 160 + 40, // PeerID and ip
      integers: 16 + 8, // port and priority
      enumerations: 1 + 2, // addrType and type
    });
    expect(grown({ id: 'string', address: 'binary' }, 20)).toMatchObject({
      strings: 8 + 8 + 8 + 40 * 8,
      binaries: 40,
    });
  });

  it('takes IDs by their datatype', () => {
    const bytes = (id: ExiDatatypes['id'], peerId: string): number => {
      const { peerLists, ...rest } = response(1, { octets: 16, addressType: 'ipv4' });
      const named = peerLists.map((list) => ({
        ...list,
        peers: list.peers.map((peer) => ({ ...peer, peerId: asPeerId(peerId) })),
      }));
      return exiBytes(exiResponseBits({ ...rest, peerLists: named }, { id, address: 'binary' }));
    };
    const uuid = '01234567-89ab-4cde-8f01-23456789abcd';
    expect(bytes('string', uuid) - bytes('uuidBinary', uuid)).toBe(36 - 16);
    expect(bytes('string', '656164657221') - bytes('digits', '656164657221')).toBe(12 - 6);
    expect(bytes('hexBinary', 'abcd')).toBe(bytes('string', 'ab'));
    for (const id of ['digits', 'hexBinary', 'uuidBinary'] as const)
      expect(() => bytes(id, 'a peer')).toThrow(TypeError);
  });
});
