/** What the messages of `arbitraries.ts` are made of. Identifiers are the awkward kind: Unicode, markup, look-alikes of numbers. */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { canonicalAddress } from '../protocol/address.ts';
import { asPeerId, asSwarmId, asTransactionId, idProblem, MAX_NOTE_BYTES } from '../protocol/ids.ts';
import type { PeerId, SwarmId, TransactionId } from '../protocol/ids.ts';
import type {
  Capability,
  ChunkMap,
  ContentMap,
  EditionId,
  PeerAddress,
  PeerNum,
  ScopeRange,
  StreamStats,
} from '../protocol/message.ts';
import { MAX_COUNTER } from '../protocol/reading.ts';

/**
 * Text of all of Unicode that XML can carry, white space included. (The unit `binary` of fast-check has
 * it too, but takes a second to build.)
 */
export const arbitraryText: Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0x20, max: 0x7e }),
      fc.constantFrom(0x9, 0xa, 0xd, 0x7f, 0x85, 0x2028, 0xfeff, 0xfffd),
      fc.integer({ min: 0xa0, max: 0xd7ff }),
      fc.integer({ min: 0x1_0000, max: 0x10_ffff }),
    ),
    { maxLength: 40 },
  )
  .map((codePoints) => String.fromCodePoint(...codePoints));

export const arbitraryId: Arbitrary<string> = fc.oneof(
  fc.constantFrom('000123', '1e5', '0x1F', '-0', 'NaN', 'null', 'true', ' padded ', '  ', '__proto__'),
  fc.constantFrom(
    'constructor',
    ']]>',
    '<a b="c">&amp;</a>',
    '&#0;',
    '\'"',
    '\\u0000',
    '{"a":1}',
    '日本語',
    '😀',
  ),
  fc.uuid(),
  arbitraryText.filter((text) => idProblem(text) === undefined),
  fc.string({ minLength: 1, maxLength: 20 }),
);
export const peerId: Arbitrary<PeerId> = arbitraryId.map(asPeerId);
export const swarmId: Arbitrary<SwarmId> = arbitraryId.map(asSwarmId);
export const transactionId: Arbitrary<TransactionId> = arbitraryId.map(asTransactionId);
/** Short enough for informative text. */
export const arbitraryNote = arbitraryId.filter((text) => idProblem(text, MAX_NOTE_BYTES) === undefined);

export const wholeNumber = fc.oneof(fc.nat(), fc.maxSafeNat());
const byteCounter = fc.oneof(fc.nat().map(BigInt), fc.bigInt({ min: 0n, max: MAX_COUNTER }));

export const optional = <Value>(value: Arbitrary<Value>): Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

/** A record without its `undefined` members, as `exactOptionalPropertyTypes` has it. */
export type Stripped<T> = T extends unknown
  ? { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
      [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
    }
  : never;
export function strip<T extends object>(record: T): Stripped<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Stripped<T>;
}

const ip = fc.oneof(
  fc.ipV4().map((text) => ({ addressType: 'ipv4' as const, address: text })),
  fc.ipV6().map((text) => ({
    addressType: 'ipv6' as const,
    address: canonicalAddress('ipv6', text) ?? '::1',
  })),
);

export function arbitraryAddress(edition: EditionId): Arbitrary<PeerAddress> {
  // gu -06 §4.4 has these four and no more.
  const more = <Value>(value: Arbitrary<Value>): Arbitrary<Value | undefined> =>
    edition === 'gu-04' ? fc.constant(undefined) : optional(value);
  return fc
    .record({
      ip,
      port: fc.nat(65_535),
      priority: wholeNumber,
      type: fc.constantFrom('HOST' as const, 'REFLEXIVE' as const, 'PROXY' as const),
      connection: more(
        edition === 'rfc7846'
          ? fc.constantFrom('wireless', 'wired')
          : fc.oneof(fc.constantFrom('3G', 'ADSL', 'wired'), arbitraryNote),
      ),
      asn: more(fc.oneof(fc.constantFrom('64496', '007'), arbitraryNote)),
      peerProtocol: more(fc.oneof(fc.constant('PPSP-PP'), arbitraryNote)),
    })
    .map(({ ip, ...rest }) => strip({ ...ip, ...rest }));
}

export function arbitraryPeerNum(edition: EditionId): Arbitrary<PeerNum> {
  const count = fc.nat(40);
  // gu -06 §4.6: a number alone.
  if (edition === 'gu-04') return fc.record({ count });
  const json = edition === 'rfc7846';
  const level = fc.constantFrom<Capability>('HIGH', 'NORMAL');
  const wish: Arbitrary<Capability> = json ? wholeNumber : level;
  return fc
    .record({
      count,
      abilityNat: optional(
        fc.constantFrom<NonNullable<PeerNum['abilityNat']>>(
          'NO_NAT',
          'STUN',
          'TURN',
          ...(json ? [] : ['PROXY' as const]),
        ),
      ),
      concurrentLinks: optional<Capability>(
        json ? wholeNumber : fc.oneof(level, fc.constant('LOW' as const)),
      ),
      onlineTime: optional(wish),
      uploadBandwidth: optional(wish),
    })
    .map(strip);
}

export function arbitraryStats(edition: EditionId): Arbitrary<StreamStats> {
  const json = edition === 'rfc7846';
  return fc
    .record({
      swarmId: json ? swarmId : optional(swarmId),
      uploadedBytes: optional(byteCounter),
      downloadedBytes: optional(byteCounter),
      availableBandwidth: optional(wholeNumber),
      concurrentLinks: json ? optional(wholeNumber) : fc.constant(undefined),
    })
    .map(strip);
}

/** At least one range, each with its representation. */
export const arbitraryScope: Arbitrary<ScopeRange[]> = fc.array(
  fc
    .record({ representation: arbitraryId, startIndex: wholeNumber, length: optional(fc.nat(1000)) })
    .map(({ representation, startIndex, length }) =>
      strip({
        representation,
        startIndex,
        endIndex: length === undefined ? undefined : Math.min(startIndex + length, Number.MAX_SAFE_INTEGER),
      }),
    ),
  { minLength: 1, maxLength: 4 },
);

const chunkMap: Arbitrary<ChunkMap> = fc
  .record({
    startIndex: fc.oneof(fc.nat(1000), fc.nat(Number.MAX_SAFE_INTEGER - 100)),
    held: fc.array(fc.boolean(), { minLength: 1, maxLength: 100 }),
  })
  .map(({ startIndex, held }) => {
    const bitmap = new Uint8Array(Math.ceil(held.length / 8));
    for (const [index, has] of held.entries())
      if (has) bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (0x80 >> (index & 7));
    return { startIndex, endIndex: startIndex + held.length - 1, bitmap };
  });

export const arbitraryContentMap: Arbitrary<ContentMap> = fc
  .record({
    swarmId: optional(swarmId),
    representations: fc.array(
      fc.record({ id: arbitraryId, maps: fc.array(chunkMap, { minLength: 1, maxLength: 3 }) }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(strip);
