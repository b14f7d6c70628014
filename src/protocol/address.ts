/** Peer addresses: validated against their type, and one text per address. */
import type { PeerAddress } from './message.ts';

const GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * RFC 3986 §3.2.2 "IPv4address": no leading zeros, so that 010 is never read as octal. Digit by digit, for
 * every peer of every list comes by here.
 */
function isIpv4(text: string): boolean {
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x30 && unit <= 0x39) {
      if (digits > 0 && octet === 0) return false;
      octet = octet * 10 + unit - 0x30;
      digits++;
      if (octet > 255) return false;
    } else {
      if (unit !== 0x2e || digits === 0) return false;
      octet = 0;
      digits = 0;
      dots++;
    }
  }
  return dots === 3 && digits > 0;
}

/**
 * RFC 5952 §4 form already, the mapped form aside: one pass, nothing built, for every IPv6 peer of every list
 * comes by here. `false` means: look closer.
 */
function isCanonicalIpv6(text: string): boolean {
  let groups = 0;
  let digits = 0;
  let value = 0;
  /** Groups before "::"; -1 without one. */
  let gap = -1;
  /** Zero groups in a row, and the most of them before and after "::". */
  let run = 0;
  let before = 0;
  let after = 0;
  const end = text.length;
  for (let i = 0; i <= end; i++) {
    const unit = i < end ? text.charCodeAt(i) : 0x3a;
    const digit = unit <= 0x39 ? unit - 0x30 : unit - 0x57;
    if (unit !== 0x3a) {
      if (digit < 0 || digit > 15 || (unit > 0x39 && digit < 10)) return false;
      if (digits > 0 && value === 0) return false; // §4.1: no leading zeros
      value = value * 16 + digit;
      if (++digits > 4) return false;
      continue;
    }
    if (digits > 0) {
      groups++;
      run = value === 0 ? run + 1 : 0;
      // A zero group beside "::" belongs into it (§4.2.1).
      if (value === 0 && (groups - 1 === gap || text.charCodeAt(i + 1) === 0x3a)) return false;
      if (gap < 0) before = Math.max(before, run);
      else after = Math.max(after, run);
      if (gap === 0 && groups === 1 && value === 0xffff && text.indexOf(':', i + 1) > 0) return false; // perhaps mapped
    } else if (i < end && i > 0) return false; // ":::" or a lone ":" at the start
    if (i === end) return digits > 0 || gap === groups ? isShortest() : false;
    digits = 0;
    value = 0;
    if (text.charCodeAt(i + 1) === 0x3a) {
      if (gap >= 0) return false;
      gap = groups;
      run = 0;
      i++;
    } else if (i === 0) return false;
  }
  return false;

  /** §4.2.2 and §4.2.3: at least two groups, the longest run, the first of equals. */
  function isShortest(): boolean {
    if (gap < 0) return groups === 8 && before < 2;
    const length = 8 - groups;
    return length >= 2 && before < length && after <= length;
  }
}

/** The eight 16-bit groups of an IPv6 address in any form of RFC 4291 §2.2. */
export function ipv6Groups(text: string): number[] | undefined {
  let colons = text;
  const lastColon = text.lastIndexOf(':');
  const tail = text.slice(lastColon + 1);
  if (tail.includes('.')) {
    if (!isIpv4(tail)) return undefined;
    const [a, b, c, d] = tail.split('.').map(Number) as [number, number, number, number];
    colons = `${text.slice(0, lastColon + 1)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  }
  const halves = colons.split('::');
  if (halves.length > 2) return undefined;
  const parts = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!parts.flat().every((group) => GROUP.test(group))) return undefined;
  const [head = [], rest] = parts.map((groups) => groups.map((group) => Number.parseInt(group, 16)));
  if (rest === undefined) return head.length === 8 ? head : undefined;
  const missing = 8 - head.length - rest.length;
  // "::" stands for one or more groups (RFC 4291 §2.2).
  return missing < 1 ? undefined : [...head, ...Array.from({ length: missing }, () => 0), ...rest];
}

/** `a.b.c.d` when the groups are an IPv4-mapped address (RFC 4291 §2.5.5.2). */
function mappedIpv4(groups: readonly number[]): string | undefined {
  const [high = 0, low = 0] = groups.slice(6);
  if (groups[5] !== 0xffff || groups.slice(0, 5).some((group) => group !== 0)) return undefined;
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** RFC 5952 §4: lower case, no leading zeros, the first longest run of two or more zero groups as "::". */
export function formatIpv6(groups: readonly number[]): string {
  const mapped = mappedIpv4(groups);
  if (mapped !== undefined) return `::ffff:${mapped}`; // RFC 5952 §5
  let start = 0;
  let length = 0;
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The canonical text of an address of that type, or `undefined` when it is none. */
export function canonicalAddress(type: PeerAddress['addressType'], text: string): string | undefined {
  if (type === 'ipv4') return isIpv4(text) ? text : undefined;
  if (isCanonicalIpv6(text)) return text;
  const groups = ipv6Groups(text);
  return groups && formatIpv6(groups);
}

/** Type and canonical text of an address written without its type. */
export function typedAddress(text: string): Pick<PeerAddress, 'addressType' | 'address'> | undefined {
  for (const addressType of ['ipv4', 'ipv6'] as const) {
    const address = canonicalAddress(addressType, text);
    if (address !== undefined) return { addressType, address };
  }
  return undefined;
}

/**
 * The same for an address a socket reports: a dual-stack listener shows an IPv4 peer as
 * `::ffff:192.0.2.1`, and a link-local one with its zone, neither of which another peer could use.
 */
export function seenAddress(text: string): Pick<PeerAddress, 'addressType' | 'address'> | undefined {
  if (isIpv4(text)) return { addressType: 'ipv4', address: text };
  const groups = ipv6Groups(text.split('%', 1)[0] ?? '');
  const mapped = groups && mappedIpv4(groups);
  return typedAddress(mapped ?? (groups ? formatIpv6(groups) : text));
}

export const MAX_PORT = 65_535;
