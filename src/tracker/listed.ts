/**
 * A peer as lists show it, kept from one list to the next: the tracker hands out the same peers again and again. It is
 * void when the peer declares other addresses, is seen elsewhere or changes its mode, and let go when it was on no list
 * for a while: where nobody asks for lists, a peer takes no more memory than its registration.
 */
import type { EntryPlace } from '../protocol/entry.ts';
import type { PeerId } from '../protocol/ids.ts';
import type { PeerAddress, PeerInfo } from '../protocol/message.ts';

/** Milliseconds. */
const PERIOD = 60_000;

/** Entries are let go when they were on no list for one whole period. */
export const periodAt = (now: number): number => Math.floor(now / PERIOD);

export class ListedPeer implements PeerInfo, EntryPlace {
  // First what every list looks at: with many peers none of this is in the processor's caches, and V8 has members one
  // after the other as they are declared.
  /** Number of the period in which it was on a list last. */
  period: number;
  readonly serial: number;
  entryForm: EntryPlace['entryForm'];
  entryText = '';
  readonly peerId: PeerId;
  readonly addresses: readonly PeerAddress[];
  readonly mode: NonNullable<PeerInfo['mode']>;

  constructor(
    peerId: PeerId,
    addresses: readonly PeerAddress[],
    mode: NonNullable<PeerInfo['mode']>,
    serial: number,
    period: number,
  ) {
    this.period = period;
    this.serial = serial;
    this.peerId = peerId;
    this.addresses = addresses;
    this.mode = mode;
  }

  /** With itself: what was written of it goes when it goes. */
  get place(): EntryPlace {
    return this;
  }
}
