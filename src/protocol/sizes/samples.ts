/** Peers as they come, the same ones on every run: identifiers and addresses of each type. */
import { canonicalAddress } from '../address.ts';
import { asPeerId } from '../ids.ts';
import type { PeerId } from '../ids.ts';
import type { PeerAddress, PeerInfo } from '../message.ts';

/** What peers are called by: the drafts' examples have 12 decimal digits. */
export const ID_TYPES = ['12 digits', '16-byte hex', '20-byte hex', 'UUID', '64-byte text'] as const;
export type IdType = (typeof ID_TYPES)[number];

export const ADDRESS_TYPES = ['IPv4', 'IPv6', 'IPv4 + IPv6'] as const;
export type AddressType = (typeof ADDRESS_TYPES)[number];

/**
 * What is told of an address beside IP and port. `least`: nothing (base-01 table 3, "M"). `full`: priority
 * and type, which table 3 then asks for, and as in the drafts' examples AS number and peer protocol.
 */
export const DETAILS = ['least', 'full'] as const;
export type Detail = (typeof DETAILS)[number];

/** Bytes that no compressor makes shorter, the same for the same seed (a Galois LFSR of 32 bits). */
function byteSource(seed: number): () => number {
  let state = seed;
  return () => {
    for (let bit = 0; bit < 8; bit++) state = (state >>> 1) ^ (state & 1 ? 0xa3000000 : 0);
    return state & 0xff;
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function id(type: IdType, byte: () => number): PeerId {
  const made = (length: number, part: () => string): string => Array.from({ length }, part).join('');
  const hex = (): string => byte().toString(16).padStart(2, '0');
  switch (type) {
    case '12 digits':
      return asPeerId(made(12, () => String(byte() % 10)));
    case '16-byte hex':
      return asPeerId(made(16, hex));
    case '20-byte hex':
      return asPeerId(made(20, hex));
    case 'UUID':
      return asPeerId(made(16, hex).replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-'));
    case '64-byte text':
      return asPeerId(made(64, () => LETTERS.charAt(byte() % LETTERS.length)));
    default:
      return type satisfies never;
  }
}

/** Networks the sample's peers are in. */
const AS_NUMBERS = 8;
/** The first AS number for documentation (RFC 5398). */
const FIRST_AS = 64_496;
/** Ports below are the system's (RFC 6335 §6). */
const FIRST_PORT = 1024;

function addresses(type: AddressType, detail: Detail, byte: () => number): PeerAddress[] {
  const port = FIRST_PORT + ((byte() * 256 + byte()) % (65_536 - FIRST_PORT));
  const details = (priority: number): Pick<PeerAddress, 'priority' | 'type' | 'asn' | 'peerProtocol'> =>
    detail === 'least'
      ? { priority: 0, type: 'HOST' }
      : {
          priority,
          type: 'HOST',
          asn: String(FIRST_AS + (byte() % AS_NUMBERS)),
          peerProtocol: 'PPSP-PP',
        };
  const ipv4 = (priority: number): PeerAddress => ({
    addressType: 'ipv4',
    // 198.18.0.0/15 is for measurements (RFC 2544).
    address: `198.${18 + (byte() % 2)}.${byte()}.${byte()}`,
    port,
    ...details(priority),
  });
  const group = (): string => (byte() * 256 + byte()).toString(16);
  const ipv6 = (priority: number): PeerAddress => {
    const text = `2001:db8:${Array.from({ length: 6 }, group).join(':')}`;
    return {
      addressType: 'ipv6',
      address: canonicalAddress('ipv6', text) ?? text,
      port,
      ...details(priority),
    };
  };
  switch (type) {
    case 'IPv4':
      return [ipv4(1)];
    case 'IPv6':
      return [ipv6(1)];
    case 'IPv4 + IPv6':
      return [ipv4(1), ipv6(2)];
    default:
      return type satisfies never;
  }
}

/** So many peers, all different. */
export function samplePeers(
  count: number,
  idType: IdType,
  addressType: AddressType,
  detail: Detail,
): PeerInfo[] {
  // Any seed but 0 does; this one is the RFC's number.
  const byte = byteSource(7846);
  return Array.from({ length: count }, () => ({
    peerId: id(idType, byte),
    addresses: addresses(addressType, detail, byte),
  }));
}
