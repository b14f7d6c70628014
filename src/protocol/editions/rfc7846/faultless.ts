/**
 * Messages about which there is nothing to report, read without the paths and the looks around that reports
 * need: nearly every message is one. Whatever is not in the grammar's form makes it decline, and the readers
 * that report then read the same bytes.
 *
 * How it knows that it has seen everything: outside of strings a colon stands behind the name of a member and
 * nowhere else (RFC 7159 §4). A text that `JSON.parse` takes and that has no escapes has as many colons as it
 * has members and colons within its strings. When what was read accounts for every colon, then no member was
 * left unread, none was written twice, and nothing nests deeper than the grammar does.
 */
import { canonicalAddress, MAX_PORT } from '../../address.ts';
import { idProblem, MAX_ID_BYTES, MAX_NOTE_BYTES } from '../../ids.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type { PeerAddress, PeerNum } from '../../message.ts';
import { newAddress } from '../../reading.ts';
import type { Writable } from '../../reading.ts';
import { ROOT } from './json.ts';
import type { Body } from './json.ts';

/** `JSON.parse` bounds no depth, and is slow on nothing but brackets: what is longer is scanned before. */
const MAX_BYTES = 65_536;

/** Its members are read by literal names that no prototype has. */
export type Members = Readonly<Record<string, unknown>>;

export const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** What was read so far. */
export class Tally {
  /** Members, and colons within strings. */
  colons = 0;
  /** All of the text is printable ASCII or white space, so that a string's length is all there is to check. */
  private readonly isPlain: boolean;

  constructor(isPlain: boolean) {
    this.isPlain = isPlain;
  }

  id(value: unknown, maxBytes = MAX_ID_BYTES): value is string {
    if (typeof value !== 'string') return false;
    this.colons += colonsIn(value);
    if (!this.isPlain) return idProblem(value, maxBytes) === undefined;
    return value.length > 0 && value.length <= maxBytes;
  }

  /** Informative text, or a member left out. */
  note(value: unknown): value is string | undefined {
    if (value === undefined) return true;
    this.colons++;
    return this.id(value, MAX_NOTE_BYTES);
  }

  /** A whole number, or a member left out. */
  optionalCount(value: unknown): value is number | undefined {
    if (value === undefined) return true;
    this.colons++;
    return isCount(value, Number.MAX_SAFE_INTEGER);
  }
}

function colonsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count++;
  return count;
}

export const isCount = (value: unknown, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;

/** `undefined`: not for this reader. */
export function readFaultless<M>(
  body: Body,
  read: (root: Members, tally: Tally) => M | undefined,
): M | undefined {
  const { bytes, decoded } = body;
  if (!decoded.ok || decoded.byteOrderMark || bytes.length > MAX_BYTES) return undefined;
  const { text } = decoded;
  if (text.includes('\\')) return undefined;
  const document = body.parsed();
  const root = isMembers(document) ? document[ROOT] : undefined;
  if (!isMembers(root)) return undefined;
  // A character beyond ASCII has more bytes than UTF-16 units; `JSON.parse` lets no C0 control stand in a string.
  const tally = new Tally(text.length === bytes.length && !text.includes('\u007f'));
  tally.colons = 1;
  const message = read(root, tally);
  return message !== undefined && tally.colons === colonsIn(text) ? message : undefined;
}

export function readPeerAddress(value: unknown, tally: Tally): PeerAddress | undefined {
  if (!isMembers(value)) return undefined;
  const { ip_address: ip, port, priority, type, connection, asn, peer_protocol: peerProtocol } = value;
  if (!isMembers(ip)) return undefined;
  const { address_type: addressType, address: text } = ip;
  if ((addressType !== 'ipv4' && addressType !== 'ipv6') || typeof text !== 'string') return undefined;
  if (!isCount(port, MAX_PORT) || !isCount(priority, Number.MAX_SAFE_INTEGER)) return undefined;
  if (type !== 'HOST' && type !== 'REFLEXIVE' && type !== 'PROXY') return undefined;
  tally.colons += 6;
  if (connection !== undefined) {
    if (connection !== 'wireless' && connection !== 'wired') return undefined;
    tally.colons++;
  }
  if (!tally.note(asn) || !tally.note(peerProtocol)) return undefined;
  if (addressType === 'ipv6') tally.colons += colonsIn(text);
  const address = canonicalAddress(addressType, text);
  if (address === undefined) return undefined;
  // -0 becomes 0
  return newAddress({ addressType, address }, port + 0, priority + 0, type, connection, asn, peerProtocol);
}

export function readWish(value: unknown, tally: Tally): PeerNum | undefined {
  if (!isMembers(value)) return undefined;
  const { peer_count: count, ability_nat: abilityNat, concurrent_links: concurrentLinks } = value;
  const { online_time: onlineTime, upload_bandwidth: uploadBandwidth } = value;
  if (!isCount(count, MAX_PEER_LIST)) return undefined;
  tally.colons++;
  const wish: Writable<PeerNum> = { count: count + 0 };
  if (abilityNat !== undefined) {
    if (abilityNat !== 'NO_NAT' && abilityNat !== 'STUN' && abilityNat !== 'TURN') return undefined;
    tally.colons++;
    wish.abilityNat = abilityNat;
  }
  if (!tally.optionalCount(concurrentLinks)) return undefined;
  if (!tally.optionalCount(onlineTime) || !tally.optionalCount(uploadBandwidth)) return undefined;
  if (concurrentLinks !== undefined) wish.concurrentLinks = concurrentLinks + 0;
  if (onlineTime !== undefined) wish.onlineTime = onlineTime + 0;
  if (uploadBandwidth !== undefined) wish.uploadBandwidth = uploadBandwidth + 0;
  return wish;
}
