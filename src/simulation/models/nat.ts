/**
 * NATs by what RFC 4787 tells them apart by: to what a mapping is bound (§4.1), and from whom packets are let in (§5).
 * Who can open a link to whom follows from these two: hole punching as in Ford, Srisuresh, Kegel: Peer-to-peer
 * communication across network address translators, USENIX ATC 2005, and RFC 5128 §3.3.
 */
import type { NatClass, NatSpec } from '../scenario/schema.ts';

type Nat = Pick<NatClass, 'mapping' | 'filtering'>;
type Traversal = NatSpec['traversal'];

/** The open network: no translation, no filter. */
export const OPEN: NatClass = {
  name: 'open',
  share: 1,
  mapping: 'none',
  filtering: 'endpoint-independent',
};

/** Others can be told where to send: the public port is the same for whomever the peer talks to. */
const known = ({ mapping }: Nat): boolean => mapping === 'none' || mapping === 'endpoint-independent';

/** Packets of `from` get in at `to`, which has sent to the address that it was told `from` has. */
function getsIn(from: Nat, to: Nat): boolean {
  switch (to.filtering) {
    case 'endpoint-independent':
    // The port may be another than was told; the address is not.
    case 'address-dependent':
      return true;
    case 'address-and-port-dependent':
      return known(from);
    default:
      return to.filtering satisfies never;
  }
}

/**
 * Whether a link that `from` opens to `to` comes about. Without traversal `from` sends, and `to` knows nothing of it.
 * With hole punching both send to what the tracker told them; it is enough that the packets of one get in, for the
 * other answers to where they came from. Hairpinning (RFC 4787 §6) and port prediction are not modelled.
 */
export function reaches(from: Nat, to: Nat, traversal: Traversal): boolean {
  switch (traversal) {
    case 'none':
      return known(to) && to.filtering === 'endpoint-independent';
    case 'hole-punching':
      return (known(to) && getsIn(from, to)) || (known(from) && getsIn(to, from));
    default:
      return traversal satisfies never;
  }
}
