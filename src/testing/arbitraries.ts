/**
 * Messages for property tests, in the canonical form of an edition: what its codec writes and reads back
 * unchanged. Identifiers are the awkward kind: Unicode, markup, and what looks like a number.
 */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { canonicalAddress } from '../protocol/address.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { asPeerId, asSwarmId, asTransactionId, idProblem, MAX_NOTE_BYTES } from '../protocol/ids.ts';
import type { PeerId, SwarmId, TransactionId } from '../protocol/ids.ts';
import { MAX_PEER_LIST } from '../protocol/message.ts';
import type {
  ActionResult,
  Capability,
  EditionId,
  PeerAddress,
  PeerInfo,
  PeerList,
  PeerNum,
  Request,
  Response,
  StreamStats,
  SwarmAction,
} from '../protocol/message.ts';

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

const id: Arbitrary<string> = fc.oneof(
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
const peerId: Arbitrary<PeerId> = id.map(asPeerId);
const swarmId: Arbitrary<SwarmId> = id.map(asSwarmId);
const transactionId: Arbitrary<TransactionId> = id.map(asTransactionId);
const note = id.filter((text) => idProblem(text, MAX_NOTE_BYTES) === undefined);

const counter = fc.oneof(fc.nat(), fc.maxSafeNat());
const optional = <Value>(value: Arbitrary<Value>): Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

/** A record without its `undefined` members, as `exactOptionalPropertyTypes` has it. */
type Stripped<T> = T extends unknown
  ? { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
      [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
    }
  : never;
function strip<T extends object>(record: T): Stripped<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Stripped<T>;
}

export function arbitraryAddress(edition: EditionId): Arbitrary<PeerAddress> {
  const ip = fc.oneof(
    fc.ipV4().map((text) => ({ addressType: 'ipv4' as const, address: text })),
    fc.ipV6().map((text) => ({
      addressType: 'ipv6' as const,
      address: canonicalAddress('ipv6', text) ?? '::1',
    })),
  );
  return fc
    .record({
      ip,
      port: fc.nat(65_535),
      priority: counter,
      type: fc.constantFrom('HOST' as const, 'REFLEXIVE' as const, 'PROXY' as const),
      connection: optional(
        edition === 'rfc7846'
          ? fc.constantFrom('wireless', 'wired')
          : fc.oneof(fc.constantFrom('3G', 'ADSL', 'wired'), note),
      ),
      asn: optional(fc.oneof(fc.constantFrom('64496', '007'), note)),
      peerProtocol: optional(fc.oneof(fc.constant('PPSP-PP'), note)),
    })
    .map(({ ip, ...rest }) => strip({ ...ip, ...rest }));
}

function arbitraryPeerNum(edition: EditionId): Arbitrary<PeerNum> {
  const json = edition === 'rfc7846';
  const level = fc.constantFrom<Capability>('HIGH', 'NORMAL');
  const wish: Arbitrary<Capability> = json ? counter : level;
  return fc
    .record({
      count: fc.nat(40),
      abilityNat: optional(
        fc.constantFrom<NonNullable<PeerNum['abilityNat']>>(
          'NO_NAT',
          'STUN',
          'TURN',
          ...(json ? [] : ['PROXY' as const]),
        ),
      ),
      concurrentLinks: optional<Capability>(json ? counter : fc.oneof(level, fc.constant('LOW' as const))),
      onlineTime: optional(wish),
      uploadBandwidth: optional(wish),
    })
    .map(strip);
}

function arbitraryAction(edition: EditionId): Arbitrary<SwarmAction> {
  return fc
    .record({
      swarmId,
      action: fc.constantFrom('JOIN' as const, 'LEAVE' as const),
      mode: fc.constantFrom('SEED' as const, 'LEECH' as const),
      transactionId: edition === 'rfc7846' ? fc.constant(undefined) : optional(transactionId),
    })
    .map(strip);
}

function arbitraryStats(edition: EditionId): Arbitrary<StreamStats> {
  const json = edition === 'rfc7846';
  return fc
    .record({
      swarmId: json ? swarmId : optional(swarmId),
      uploadedBytes: optional(counter),
      downloadedBytes: optional(counter),
      availableBandwidth: optional(counter),
      concurrentLinks: json ? optional(counter) : fc.constant(undefined),
    })
    .map(strip);
}

const versionOf = (edition: EditionId): string => (edition === 'rfc7846' ? '1' : '1.0');

export function arbitraryRequest(edition: EditionId): Arbitrary<Request> {
  const head = {
    edition: fc.constant(edition),
    version: fc.constant(versionOf(edition)),
    transactionId,
    peerId,
  };
  const peerNum = optional(arbitraryPeerNum(edition));
  const connect = fc
    .record({
      ...head,
      method: fc.constant('CONNECT' as const),
      peerNum,
      addresses: fc.array(arbitraryAddress(edition), { maxLength: 4 }),
      actions: fc.array(arbitraryAction(edition), { minLength: 1, maxLength: 5 }),
    })
    .map((request): Request => strip(request));
  const report = fc
    .record({
      ...head,
      method: fc.constant('STAT_REPORT' as const),
      stats: fc.array(arbitraryStats(edition), { maxLength: 4 }),
    })
    .map((request): Request => request);
  if (edition === 'base-1.0') return fc.oneof(connect, report);
  const find = fc
    .record({ ...head, method: fc.constant('FIND' as const), swarmId, peerNum })
    .map((request): Request => strip(request));
  return fc.oneof(connect, find, report);
}

function arbitraryPeers(edition: EditionId): Arbitrary<PeerInfo[]> {
  const addresses = edition === 'rfc7846' ? { minLength: 1, maxLength: 1 } : { minLength: 0, maxLength: 3 };
  return fc.array(fc.record({ peerId, addresses: fc.array(arbitraryAddress(edition), addresses) }), {
    minLength: 1,
    maxLength: MAX_PEER_LIST,
  });
}

export function arbitraryResponse(edition: EditionId): Arbitrary<Response> {
  const head = { edition, version: versionOf(edition) };
  const json = edition === 'rfc7846';
  const swarms = fc.uniqueArray(
    fc.record({
      swarmId,
      transactionId,
      ok: fc.boolean(),
      peers: fc.option(arbitraryPeers(edition), { nil: [] }),
    }),
    { maxLength: 3, selector: (swarm) => swarm.swarmId },
  );
  const success = fc
    .record({
      method: fc.constantFrom('CONNECT' as const, 'STAT_REPORT' as const, ...(json ? ['FIND' as const] : [])),
      transactionId,
      publicAddress: optional(arbitraryAddress(edition)),
      swarms,
    })
    .map(({ swarms, method, ...rest }): Response => {
      const results = swarms.map(({ swarmId, transactionId, ok }): ActionResult =>
        json ? { swarmId, ok } : { transactionId, ok },
      );
      const peerLists = swarms.flatMap(({ swarmId, peers }): PeerList[] =>
        peers.length > 0 ? [{ swarmId, peers }] : [],
      );
      return strip({
        ...head,
        ...rest,
        method,
        outcome: 'success' as const,
        // XML gives results for the actions of a CONNECT only.
        results: json || method === 'CONNECT' ? results : [],
        peerLists,
      });
    });
  const names = json ? (Object.keys(ERRORS) as ErrorName[]) : (['authentication-required'] as const);
  const failure = fc
    .record({
      method: fc.constantFrom('CONNECT' as const, 'STAT_REPORT' as const),
      transactionId: fc.option(transactionId, { nil: '' as const }),
      error: fc.constantFrom(...names),
    })
    .map((rest): Response => ({ ...head, ...rest, outcome: 'failure' }));
  return fc.oneof({ weight: 4, arbitrary: success }, { weight: 1, arbitrary: failure });
}
