/**
 * Where simulated peers live: 198.18.0.0/15 (RFC 2544, benchmarking) and 2001:db8::/32 (RFC 3849,
 * documentation), so that no list ever sends anyone to a real host. Each worker has a block of its own, which
 * is how a link finds the worker behind an address.
 */
import type { PeerAddress } from '../protocol/message.ts';

/** 2^17 addresses split over this many workers. */
export const MAX_WORKERS = 64;
const BLOCK = 2 ** 17 / MAX_WORKERS;
const FIRST_PORT = 6881;
const PORTS = 2 ** 16 - FIRST_PORT;
/** RFC 5398: AS numbers for documentation. */
const FIRST_ASN = 64496;
const ASNS = 16;
/** Share of peers that have an IPv6 address too, and prefer it. */
const DUAL_STACK = 0.2;

const ipv4 = (index: number): string => `198.${18 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;

/** Two peers of a worker share an address only when their serial numbers differ by a multiple of the block. */
export function addressesOf(worker: number, serial: number, random: () => number): readonly PeerAddress[] {
  // The last byte stays clear of 0 and 255, which look like network and broadcast.
  const usable = BLOCK - (BLOCK / 256) * 2;
  const place = serial % usable;
  const index = worker * BLOCK + Math.floor(place / 254) * 256 + (place % 254) + 1;
  const port = FIRST_PORT + (Math.floor(serial / usable) % PORTS);
  const wireless = random() < 0.35;
  const shared = {
    port,
    type: 'HOST',
    connection: wireless ? 'wireless' : 'wired',
    asn: String(FIRST_ASN + Math.floor(random() * ASNS)),
    peerProtocol: 'PPSP-PP',
  } as const;
  const first: PeerAddress = { addressType: 'ipv4', address: ipv4(index), priority: 1, ...shared };
  if (random() >= DUAL_STACK) return [first];
  // Both groups run from 1 to ffff: none is left out of the canonical text, and none has a fifth digit.
  const [high, low] = [Math.floor(serial / 0xffff) + 1, (serial % 0xffff) + 1];
  const address = `2001:db8:${worker.toString(16)}:${high.toString(16)}::${low.toString(16)}`;
  return [first, { addressType: 'ipv6', address, priority: 2, ...shared }];
}

export const endpointOf = ({ addressType, address, port }: PeerAddress): string =>
  addressType === 'ipv6' ? `[${address}]:${port}` : `${address}:${port}`;

/** The address of highest priority, which is the one JSON lists carry and links go to. */
export function preferred(addresses: readonly PeerAddress[]): PeerAddress | undefined {
  let best: PeerAddress | undefined;
  for (const address of addresses) if (best === undefined || address.priority > best.priority) best = address;
  return best;
}

/** The worker whose block holds the endpoint; undefined for an address that is not simulated. */
export function workerOf(endpoint: string): number | undefined {
  const v4 = /^198\.(18|19)\.(\d+)\.(\d+):\d+$/.exec(endpoint);
  if (v4 !== null) {
    const index = ((Number(v4[1]) - 18) << 16) | (Number(v4[2]) << 8) | Number(v4[3]);
    return Math.floor(index / BLOCK);
  }
  const v6 = /^\[2001:db8:([0-9a-f]{1,2}):[0-9a-f]+:/.exec(endpoint);
  return v6?.[1] === undefined ? undefined : Number.parseInt(v6[1], 16);
}
