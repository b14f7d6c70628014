/** Which addresses of a peer the tracker hands out, and which it tells the peer itself. */
import { seenAddress } from '../protocol/address.ts';
import type { PeerAddress } from '../protocol/message.ts';
import type { EditionRules } from '../protocol/rules.ts';

/** Source of a request, as a socket gives it: an IP literal and a port. */
export interface Remote {
  readonly address: string;
  readonly port: number;
}

/**
 * Where a request was seen to come from, as the STUN-like REFLEXIVE address (RFC 7846 §4.1.1); `undefined`
 * when the host has no IP literal to show.
 */
export function reflexive(remote: Remote, port = remote.port): PeerAddress | undefined {
  const seen = seenAddress(remote.address);
  return seen && { ...seen, port, priority: 0, type: 'REFLEXIVE' };
}

/** Handed out as declared; who declared none, as seen (digest, "Addresses"). */
export function handedOut(declared: readonly PeerAddress[], remote: Remote): readonly PeerAddress[] {
  if (declared.length > 0) return declared;
  const seen = reflexive(remote);
  return seen ? [seen] : [];
}

/** What the response tells the asker about itself, by the edition's rule: seen IP, declared port. */
export function publicAddress(
  rules: EditionRules,
  declared: readonly PeerAddress[],
  remote: Remote,
): PeerAddress | undefined {
  if (!isToldAddress(rules, declared)) return undefined;
  let preferred: PeerAddress | undefined;
  for (const address of declared)
    if (preferred === undefined || address.priority > preferred.priority) preferred = address;
  return reflexive(remote, preferred?.port);
}

function isToldAddress({ publicAddress: rule }: EditionRules, declared: readonly PeerAddress[]): boolean {
  switch (rule) {
    case 'always':
      return true;
    case 'unless-gathered':
      // Who used STUN or TURN knows its address already (RFC 7846 §4.1.1).
      return declared.every(({ type }) => type === 'HOST');
    default:
      return rule satisfies never;
  }
}
