/**
 * Where simulated peers live: 198.18.0.0/15 (RFC 2544, benchmarking) and 2001:db8::/32 (RFC 3849,
 * documentation), so that no list ever sends anyone to a real host. Each worker has a block of its own, which
 * is how a link finds the worker behind an address.
 */
import type { PeerAddress } from '../protocol/message.ts';
import { HANDLES_PER_WORKER, type PeerHandle } from './report.ts';

/** 2^17 addresses split over this many workers. */
export const MAX_WORKERS = 64;
const BLOCK = 2 ** 17 / MAX_WORKERS;
/** Last bytes 0 and 255 look like network and broadcast. */
const HOSTS = 254;
const USABLE = (BLOCK / 256) * HOSTS;
/** Both last groups of an IPv6 address run from 1 to this: none is left out of the canonical text. */
const GROUP = 0xffff;
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
  const place = serial % USABLE;
  const index = worker * BLOCK + Math.floor(place / HOSTS) * 256 + (place % HOSTS) + 1;
  const port = FIRST_PORT + (Math.floor(serial / USABLE) % PORTS);
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
  const [high, low] = [Math.floor(serial / GROUP) + 1, (serial % GROUP) + 1];
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

/** The autonomous system that a peer tells of its addresses; 0: none, or not a number. */
export function asnOf(addresses: readonly PeerAddress[]): number {
  const asn = Number(preferred(addresses)?.asn ?? 0);
  return Number.isInteger(asn) && asn > 0 && asn < 2 ** 32 ? asn : 0;
}

const V4 = /^198\.(18|19)\.(\d{1,3})\.(\d{1,3}):(\d{1,5})$/;
const V6 = /^\[2001:db8:([0-9a-f]{1,2}):([0-9a-f]{1,4})::([0-9a-f]{1,4})\]:\d{1,5}$/;

/** The peer that the endpoint was given to, or would be; undefined for an address that is not simulated. */
export function peerAt(endpoint: string): PeerHandle | undefined {
  const v4 = V4.exec(endpoint);
  if (v4 !== null) {
    const [low, high, host, port] = numbersOf(v4, 10) as [number, number, number, number];
    if (high > 255 || host < 1 || host > HOSTS || port < FIRST_PORT) return undefined;
    const block = (low - 18) * 256 + high;
    const blocks = BLOCK / 256;
    const serial = (port - FIRST_PORT) * USABLE + (block % blocks) * HOSTS + host - 1;
    return handleOf(Math.floor(block / blocks), serial);
  }
  const v6 = V6.exec(endpoint);
  if (v6 === null) return undefined;
  const [worker, high, low] = numbersOf(v6, 16) as [number, number, number];
  return high < 1 || low < 1 ? undefined : handleOf(worker, (high - 1) * GROUP + low - 1);
}

const numbersOf = (match: RegExpExecArray, base: number): readonly number[] =>
  match.slice(1).map((group) => Number.parseInt(group, base));

const handleOf = (worker: number, serial: number): PeerHandle | undefined =>
  worker < MAX_WORKERS && serial < HANDLES_PER_WORKER ? worker * HANDLES_PER_WORKER + serial : undefined;

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
