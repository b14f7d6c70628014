/** A packet down to its TCP segment, whatever link it was captured on. */
import { formatIpv6 } from '../../protocol/address.ts';
import { viewOf } from './packet.ts';

export interface Segment {
  /** `192.0.2.1:6881` or `[2001:db8::1]:6881`. */
  readonly from: string;
  readonly to: string;
  readonly sequence: number;
  readonly syn: boolean;
  readonly fin: boolean;
  /** As much of it as was captured. */
  readonly payload: Uint8Array;
  /** Bytes of payload that were sent, but not captured. */
  readonly missing: number;
}

export type Framed =
  | { readonly kind: 'segment'; readonly segment: Segment }
  /** No TCP. */
  | { readonly kind: 'other'; readonly what: string }
  | { readonly kind: 'broken'; readonly problem: string };

const LINK_NULL = 0;
const LINK_ETHERNET = 1;
/** LINKTYPE_RAW, and what some systems' DLT_RAW was written as. */
const LINK_RAW: ReadonlySet<number> = new Set([101, 12, 14, 228, 229]);
const LINK_LOOP = 108;
const LINK_LINUX_SLL = 113;
const LINK_LINUX_SLL2 = 276;

const ETHER_IPV4 = 0x0800;
const ETHER_IPV6 = 0x86dd;
const ETHER_VLAN: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const PROTOCOL_TCP = 6;
/** Hop-by-hop options, routing, destination options, mobility: skipped by their length. */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60, 135]);
const FRAGMENT = 44;
const AUTHENTICATION = 51;
const MAX_EXTENSIONS = 16;

const SHORT: Framed = { kind: 'broken', problem: 'is too short for its headers' };
const other = (what: string): Framed => ({ kind: 'other', what });
const NOT_IP = other('packets that are no IP');

export function segmentIn(link: number, bytes: Uint8Array): Framed {
  const at = ipStart(link, bytes);
  if (typeof at !== 'number') return at;
  const version = (bytes[at] ?? 0) >> 4;
  if (at >= bytes.length) return SHORT;
  if (version === 4) return inIpv4(bytes.subarray(at));
  return version === 6 ? inIpv6(bytes.subarray(at)) : NOT_IP;
}

/** Where the IP header begins. */
function ipStart(link: number, bytes: Uint8Array): number | Framed {
  const view = viewOf(bytes);
  if (LINK_RAW.has(link)) return 0;
  switch (link) {
    case LINK_NULL:
    case LINK_LOOP:
      // The address family's number differs from system to system: the version of IP tells it as well.
      return 4;
    case LINK_ETHERNET: {
      let at = 12;
      while (at + 2 <= bytes.length && ETHER_VLAN.has(view.getUint16(at))) at += 4;
      return afterType(view, at, at + 2);
    }
    case LINK_LINUX_SLL:
      return afterType(view, 14, 16);
    case LINK_LINUX_SLL2:
      return afterType(view, 0, 20);
    default:
      return other('packets of a link type that is not read');
  }
}

function afterType(view: DataView, at: number, start: number): number | Framed {
  if (start > view.byteLength) return SHORT;
  const type = view.getUint16(at);
  return type === ETHER_IPV4 || type === ETHER_IPV6 ? start : NOT_IP;
}

function inIpv4(bytes: Uint8Array): Framed {
  if (bytes.length < 20) return SHORT;
  const view = viewOf(bytes);
  const header = (view.getUint8(0) & 0x0f) * 4;
  // 0: the network card was to fill it in, and the capture came first.
  const total = view.getUint16(2) || bytes.length;
  if (header < 20 || total < header) return { kind: 'broken', problem: 'has an impossible IPv4 header' };
  if (view.getUint8(9) !== PROTOCOL_TCP) return other('packets that are no TCP');
  if ((view.getUint16(6) & 0x3fff) !== 0) return other('fragments of IP packets');
  const address = (from: number): string => bytes.subarray(from, from + 4).join('.');
  return inTcp(bytes.subarray(header, total), total - header, address(12), address(16));
}

function inIpv6(bytes: Uint8Array): Framed {
  if (bytes.length < 40) return SHORT;
  const view = viewOf(bytes);
  const total = 40 + (view.getUint16(4) || bytes.length - 40);
  let next = view.getUint8(6);
  let at = 40;
  for (let count = 0; next !== PROTOCOL_TCP; count++) {
    if (at + 8 > bytes.length) return SHORT;
    if (count === MAX_EXTENSIONS) return { kind: 'broken', problem: 'has too many IPv6 headers' };
    const header = next;
    const units = view.getUint8(at + 1);
    next = view.getUint8(at);
    if (header === FRAGMENT) {
      if ((view.getUint16(at + 2) & 0xfff9) !== 0) return other('fragments of IP packets');
      at += 8;
    } else if (header === AUTHENTICATION) at += (units + 2) * 4;
    else if (EXTENSIONS.has(header)) at += (units + 1) * 8;
    else return other('packets that are no TCP');
  }
  if (at > total) return { kind: 'broken', problem: 'has an impossible IPv6 header' };
  const address = (from: number): string =>
    `[${formatIpv6(Array.from({ length: 8 }, (_, group) => view.getUint16(from + group * 2)))}]`;
  return inTcp(bytes.subarray(at, total), total - at, address(8), address(24));
}

/** `sent`: bytes of the segment on the wire, header included. */
function inTcp(bytes: Uint8Array, sent: number, source: string, destination: string): Framed {
  if (bytes.length < 20) return SHORT;
  const view = viewOf(bytes);
  const header = (view.getUint8(12) >> 4) * 4;
  if (header < 20 || header > sent) return { kind: 'broken', problem: 'has an impossible TCP header' };
  const flags = view.getUint8(13);
  const payload = bytes.subarray(header);
  return {
    kind: 'segment',
    segment: {
      from: `${source}:${view.getUint16(0)}`,
      to: `${destination}:${view.getUint16(2)}`,
      sequence: view.getUint32(4),
      syn: (flags & 0x02) !== 0,
      fin: (flags & 0x01) !== 0,
      payload,
      missing: sent - header - payload.length,
    },
  };
}
