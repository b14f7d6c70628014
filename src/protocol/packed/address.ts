/** One address of a peer, and chains of them, in the packed form (`layout.ts`, "address"). */
import { canonicalAddress, formatIpv6, ipv6Groups } from '../address.ts';
import { MAX_NOTE_BYTES } from '../ids.ts';
import type { PeerAddress } from '../message.ts';
import { MAX_ADDRESSES, newAddress } from '../reading.ts';
import { ADDRESS, ADDRESS_TYPE_CODES } from './layout.ts';
import type { PackedReader } from './reading.ts';
import type { PackedWriter } from './writing.ts';

export const writeAddress = (out: PackedWriter, address: PeerAddress): void => writeLink(out, address, false);

/** At least one address. */
export function writeAddresses(out: PackedWriter, addresses: readonly PeerAddress[]): void {
  for (const [index, address] of addresses.entries()) writeLink(out, address, index < addresses.length - 1);
}

function writeLink(out: PackedWriter, address: PeerAddress, more: boolean): void {
  const { priority, connection, asn, peerProtocol, port } = address;
  out.byte(
    (more ? ADDRESS.more : 0) |
      (address.addressType === 'ipv6' ? ADDRESS.ipv6 : 0) |
      (ADDRESS_TYPE_CODES.indexOf(address.type) << 4) |
      (priority === 0 ? 0 : ADDRESS.priority) |
      (connection === undefined ? 0 : ADDRESS.connection) |
      (asn === undefined ? 0 : ADDRESS.asn) |
      (peerProtocol === undefined ? 0 : ADDRESS.peerProtocol),
  );
  out.bytes(ipBytes(address));
  out.bytes([port >> 8, port & 0xff]);
  if (priority !== 0) out.varint(priority);
  for (const note of [connection, asn, peerProtocol]) if (note !== undefined) out.text(note);
}

/** @throws {RangeError} For a text that is no address of its type, which no reader lets into a message. */
function ipBytes({ addressType, address }: PeerAddress): number[] {
  if (canonicalAddress(addressType, address) !== address) throw new RangeError('not a canonical address');
  if (addressType === 'ipv4') return address.split('.').map(Number);
  return (ipv6Groups(address) ?? []).flatMap((group) => [group >> 8, group & 0xff]);
}

/** One address that nothing follows. */
export function readAddress(from: PackedReader): PeerAddress {
  const [address, more] = readLink(from);
  if (more) from.refuse('is one address, yet announces another');
  return address;
}

export function readAddresses(from: PackedReader): PeerAddress[] {
  const addresses: PeerAddress[] = [];
  for (;;) {
    const [address, more] = readLink(from);
    addresses.push(address);
    if (!more) return addresses;
    if (addresses.length === MAX_ADDRESSES) {
      from.refuse(`lists more than ${MAX_ADDRESSES}`);
      return addresses;
    }
  }
}

function readLink(from: PackedReader): [address: PeerAddress, more: boolean] {
  const flags = from.byte();
  const note = (bit: number): string | undefined =>
    (flags & bit) === 0 ? undefined : from.id(from.text(), MAX_NOTE_BYTES);
  const ip = flags & ADDRESS.ipv6 ? ipv6Of(from.bytes(16)) : ipv4Of(from.bytes(4));
  const port = from.byte() * 256 + from.byte();
  const priority = flags & ADDRESS.priority ? from.varint() : 0;
  const connection = note(ADDRESS.connection);
  const asn = note(ADDRESS.asn);
  const peerProtocol = note(ADDRESS.peerProtocol);
  const type = from.word(ADDRESS_TYPE_CODES, (flags >> 4) & 3);
  return [newAddress(ip, port, priority, type, connection, asn, peerProtocol), (flags & ADDRESS.more) !== 0];
}

type Ip = Pick<PeerAddress, 'addressType' | 'address'>;

const ipv4Of = (bytes: Uint8Array): Ip => ({ addressType: 'ipv4', address: bytes.join('.') });

function ipv6Of(bytes: Uint8Array): Ip {
  const groups = Array.from({ length: 8 }, (_, at) => (bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0));
  return { addressType: 'ipv6', address: formatIpv6(groups) };
}
