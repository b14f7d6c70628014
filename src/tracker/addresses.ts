/** Which addresses of a peer the tracker hands out, and which it tells the peer itself. */
import { seenAddress } from '../protocol/address.ts';
import type { Method, PeerAddress } from '../protocol/message.ts';
import type { EditionRules } from '../protocol/rules.ts';
import type { TrackerOptions } from './api.ts';

type StunLike = Pick<TrackerOptions, 'reflexive'>;

/** Source of a request, as a socket gives it: an IP literal and a port. */
export interface Remote {
  readonly address: string;
  readonly port: number;
}

/**
 * Where a request was seen to come from; `undefined` when the host has no IP literal to show. Only a tracker
 * that works STUN-like calls it a REFLEXIVE candidate (RFC 7846 §4.1.1, base-01 §4.1); it is HOST, the type of an
 * address that says none, otherwise.
 */
export function seenAt(remote: Remote, { reflexive }: StunLike, port = remote.port): PeerAddress | undefined {
  const seen = seenAddress(remote.address);
  if (seen === undefined) return undefined;
  const { addressType, address } = seen;
  return { addressType, address, port, priority: 0, type: reflexive ? 'REFLEXIVE' : 'HOST' };
}

/**
 * Copies: what a message was read into has room for more, and V8 makes all of it as if it were to stay once
 * some of it does, the thirty addresses of every list that a peer of the same process reads included.
 */
export const toBeKept = (declared: readonly PeerAddress[]): readonly PeerAddress[] =>
  declared.map((address) => ({ ...address }));

/** What holds from now on: what was declared before, where a request declares nothing or, as most do, the same again. */
export const declaredNow = (
  addresses: readonly PeerAddress[],
  before: readonly PeerAddress[],
): readonly PeerAddress[] => (addresses.length === 0 || isSame(addresses, before) ? before : addresses);

function isSame(some: readonly PeerAddress[], others: readonly PeerAddress[]): boolean {
  if (some.length !== others.length) return false;
  return some.every((one, index) => {
    const other = others[index];
    return (
      other !== undefined &&
      one.address === other.address &&
      one.port === other.port &&
      one.priority === other.priority &&
      one.type === other.type &&
      one.addressType === other.addressType &&
      one.connection === other.connection &&
      one.asn === other.asn &&
      one.peerProtocol === other.peerProtocol
    );
  });
}

/** Handed out as declared; who declared none, as seen (digest, "Addresses"). */
export function handedOut(
  declared: readonly PeerAddress[],
  remote: Remote,
  options: StunLike,
): readonly PeerAddress[] {
  if (declared.length > 0) return declared;
  const seen = seenAt(remote, options);
  return seen ? [seen] : [];
}

/** What the response to a request tells the asker about itself, by the edition's rule: seen IP, declared port. */
export function publicAddress(
  rules: EditionRules,
  method: Method,
  declared: readonly PeerAddress[],
  remote: Remote,
  options: StunLike,
): PeerAddress | undefined {
  if (!isToldAddress(rules, method, declared, options)) return undefined;
  let preferred: PeerAddress | undefined;
  for (const address of declared)
    if (preferred === undefined || address.priority > preferred.priority) preferred = address;
  return seenAt(remote, options, preferred?.port);
}

function isToldAddress(
  { publicAddress: rule }: EditionRules,
  method: Method,
  declared: readonly PeerAddress[],
  { reflexive }: StunLike,
): boolean {
  switch (rule) {
    case 'always':
      return true;
    case 'unless-gathered':
      // Who used STUN or TURN knows its address already (RFC 7846 §4.1.1).
      return reflexive && declared.every(({ type }) => type === 'HOST');
    case 'connect if reflexive':
      return reflexive && method === 'CONNECT';
    default:
      return rule satisfies never;
  }
}
