/**
 * A packed binary form of every message, of our own. It measures the claim of the IETF 87 slides (digest,
 * "The claim on size"): base-01 §3.1 holds a peer list to 30 so that a binary form stays under 1 KiB, and
 * names EXI as one such form; this is what a form made for these messages alone comes to. No tracker
 * speaks it. Nothing of a message is lost whose texts are valid Unicode and whose addresses are canonical, as
 * every reader leaves them. Bounds are those of all readers: lists of 1,024, 8 addresses of a peer.
 *
 * Primitives
 *
 * | name       | bytes                                                                                       |
 * | ---------- | ------------------------------------------------------------------------------------------- |
 * | varint     | whole number, 7 bits a byte, least significant first, top bit set on all bytes but the last  |
 * | literal    | tag, then content. Tag: kind in the 3 high bits, length 1 to 31 in the 5 low ones; 0 there: |
 * |            | the length follows as a varint. Kinds: 0 UTF-8 (length in bytes); 1 lower-case and 2         |
 * |            | upper-case hexadecimal digits (length in bytes, two digits each); 3 decimal digits (length  |
 * |            | in digits, at most 31, then the number, most significant byte first, in the fewest bytes    |
 * |            | that hold every number of as many digits); 4 a lower-case UUID (length 16)                  |
 * | text       | a literal, which enters the table of texts (its first 1,024), or kind 5: the text that      |
 * |            | entered as number (length - 1). For what recurs: swarms, AS numbers, names of properties    |
 * | list       | varint count, then the entries                                                              |
 * | IP address | 4 bytes or 16, most significant first                                                       |
 *
 * Every message
 *
 * | bytes   | content                                                                                        |
 * | ------- | ---------------------------------------------------------------------------------------------- |
 * | 1       | bits 7-5: 1, this form; 4: response; 3-2: edition; 1: a version text follows (else it is       |
 * |         | the edition's own); 0: failure                                                                 |
 * | 1       | bits 7-4: method; 3-0: in responses, parts present (below), in requests 0                      |
 * | literal | version, if so flagged                                                                         |
 *
 * Request: 1 byte of fields present (bits as in `FIELDS`), literal transaction ID, literal peer ID, the
 * fields present in the order of their bits, then by method:
 *
 * | method                  | content                                                                        |
 * | ----------------------- | ------------------------------------------------------------------------------ |
 * | CONNECT                 | list of actions                                                                |
 * | DISCONNECT              | list of text swarm IDs                                                         |
 * | JOIN, JOIN_CHUNK        | text swarm ID, 1 byte mode (0 SEED, 1 LEECH, 2 LIVESEED)                       |
 * | LEAVE, FIND, FIND_CHUNK | text swarm ID                                                                  |
 * | KEEPALIVE               | nothing                                                                        |
 * | STAT_REPORT, STAT_QUERY | list of stream statistics, list of content maps                                |
 *
 * | part          | content                                                                                  |
 * | ------------- | ---------------------------------------------------------------------------------------- |
 * | authToken     | literal                                                                                  |
 * | peerNum       | varint count; 1 byte: bits 7-5 NAT ability (0 none, 1 NO_NAT, 2 STUN, 3 TURN, 4 PROXY),   |
 * |               | 2 links, 1 online time, 0 bandwidth present; each a varint: HIGH 0, NORMAL 1, LOW 2, n: n+3 |
 * | addresses     | chain of addresses                                                                       |
 * | address       | 1 byte: bit 7 another follows in the chain, 6 IPv6, 5-4 type (0 HOST, 1 REFLEXIVE,        |
 * |               | 2 PROXY), 3 priority (else 0), 2 connection, 1 AS number, 0 peer protocol; IP address;    |
 * |               | 2 bytes port; varint priority, text connection, text AS number, text protocol             |
 * | scope         | list of: text representation, varint start * 2 + (1: an end follows), varint end          |
 * | certificate   | literal                                                                                  |
 * | chunkId       | literal                                                                                  |
 * | properties    | list of: text name, text value                                                           |
 * | expireTime    | varint seconds                                                                           |
 * | action        | 1 byte: bit 0 LEAVE, 1 SEED, 2 transaction ID; text swarm ID; literal transaction ID      |
 * | statistics    | 1 byte: bit 0 swarm, 1 uploaded, 2 downloaded, 3 bandwidth, 4 links; text swarm ID, then   |
 * |               | a varint each (the two byte counters up to 2^64 - 1)                                      |
 * | content map   | 1 byte: 1 when a swarm follows; text swarm ID; list of: text representation, list of:     |
 * |               | varint start, varint end, varint length of the bitmap, its bytes                          |
 *
 * Success: literal transaction ID; the parts present of: (bit 3) address of the asker, (2) list of results,
 * (1) list of peer lists, (0) list of questions; an AuthToken has no place in it. Failure: (bit 1) literal
 * transaction ID, (0) text detail, after 1 byte of error.
 *
 * | part      | content                                                                                      |
 * | --------- | -------------------------------------------------------------------------------------------- |
 * | result    | 1 byte: bit 0 ok, 1 swarm, 2 transaction; text swarm ID, literal transaction ID               |
 * | peer list | text swarm ID; 1 byte: bit 0 chunk, 1 entries have heads; literal chunk ID; list of entries   |
 * | entry     | with heads 1 byte: bits 1-0 mode (0 none, 1 SEED, 2 LEECH, 3 LIVESEED), 2 has addresses;       |
 * |           | literal peer ID; chain of addresses. Heads are there when one entry has a mode or no address   |
 * | question  | literal transaction ID, literal peer ID, list of text names                                   |
 */
import type { ErrorName } from '../errors.ts';
import type { Capability, EditionId, JoinMode, Method, PeerAddress, PeerNum } from '../message.ts';

/** Codes are places in these lists, which therefore only ever grow at the end. */
export const EDITION_CODES = ['gu-04', 'base-1.0', 'extended-1.1', 'rfc7846'] as const satisfies EditionId[];

export const METHOD_CODES = [
  'CONNECT',
  'DISCONNECT',
  'JOIN',
  'JOIN_CHUNK',
  'LEAVE',
  'FIND',
  'FIND_CHUNK',
  'KEEPALIVE',
  'STAT_REPORT',
  'STAT_QUERY',
] as const satisfies Method[];

export const ERROR_CODES = [
  'bad-request',
  'unsupported-version',
  'forbidden',
  'internal',
  'overloaded',
  'authentication-required',
  'not-found',
] as const satisfies ErrorName[];

export const MODE_CODES = ['SEED', 'LEECH', 'LIVESEED'] as const satisfies JoinMode[];
export const ADDRESS_TYPE_CODES = ['HOST', 'REFLEXIVE', 'PROXY'] as const satisfies PeerAddress['type'][];
export const NAT_CODES = ['NO_NAT', 'STUN', 'TURN', 'PROXY'] as const satisfies PeerNum['abilityNat'][];
export const LEVEL_CODES = ['HIGH', 'NORMAL', 'LOW'] as const satisfies Capability[];

/** First byte of a message. */
export const FORM = 1;
export const RESPONSE = 16;
export const OTHER_VERSION = 2;
export const FAILURE = 1;

/** Fields of a request, by the bit that says they are there, in the order they are written. */
export const FIELDS = {
  authToken: 1,
  peerNum: 2,
  addresses: 4,
  scope: 8,
  certificate: 16,
  chunkId: 32,
  properties: 64,
  expireTime: 128,
} as const;

const { authToken, peerNum, addresses, scope, certificate, chunkId, properties, expireTime } = FIELDS;
const JOINING = authToken | peerNum | scope | chunkId | properties | expireTime;
const FINDING = authToken | peerNum | addresses | scope | chunkId | properties;

/** The fields a method can have. */
export const FIELDS_OF: Readonly<Record<Method, number>> = {
  CONNECT: authToken | peerNum | addresses | scope | certificate,
  DISCONNECT: authToken | certificate,
  JOIN: JOINING,
  JOIN_CHUNK: JOINING,
  LEAVE: authToken,
  FIND: FINDING,
  FIND_CHUNK: FINDING,
  KEEPALIVE: authToken,
  STAT_REPORT: authToken | properties,
  STAT_QUERY: authToken | properties,
};

export const PEER_NUM = { links: 4, online: 2, bandwidth: 1 } as const;
export const ADDRESS = {
  more: 128,
  ipv6: 64,
  priority: 8,
  connection: 4,
  asn: 2,
  peerProtocol: 1,
} as const;
export const ACTION = { leave: 1, seed: 2, transaction: 4 } as const;
export const STATS = { swarm: 1, uploaded: 2, downloaded: 4, bandwidth: 8, links: 16 } as const;
export const SUCCESS_PARTS = { address: 8, results: 4, lists: 2, queries: 1 } as const;
export const FAILURE_PARTS = { transaction: 2, detail: 1 } as const;
export const RESULT = { ok: 1, swarm: 2, transaction: 4 } as const;
export const LIST = { chunk: 1, heads: 2 } as const;
export const ENTRY_HAS_ADDRESSES = 4;

export const TEXT = { utf8: 0, hex: 1, upperHex: 2, decimal: 3, uuid: 4, again: 5 } as const;
/** Lengths of a literal that stand in its tag. */
export const MAX_TAG_LENGTH = 31;
export const UUID_BYTES = 16;
/** Texts the table holds, on either side. */
export const MAX_TEXTS = 1024;

/** Bytes that hold every number of that many decimal digits. */
export const decimalBytes = (digits: number): number => Math.ceil((digits * Math.log2(10)) / 8);
