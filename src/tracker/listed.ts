/**
 * A peer as lists show it, kept from one list to the next: the tracker hands out the same peers again and again. It is
 * void when the peer declares other addresses, is seen elsewhere or changes its mode.
 */
import type { EntryPlace } from '../protocol/entry.ts';
import type { PeerId } from '../protocol/ids.ts';
import type { PeerAddress, PeerInfo } from '../protocol/message.ts';

export class ListedPeer implements PeerInfo, EntryPlace {
  readonly peerId: PeerId;
  readonly addresses: readonly PeerAddress[];
  readonly mode: NonNullable<PeerInfo['mode']>;
  readonly serial: number;
  entryForm: EntryPlace['entryForm'];
  entryOf: EntryPlace['entryOf'];
  entryText = '';

  constructor(
    peerId: PeerId,
    addresses: readonly PeerAddress[],
    mode: NonNullable<PeerInfo['mode']>,
    serial: number,
  ) {
    this.peerId = peerId;
    this.addresses = addresses;
    this.mode = mode;
    this.serial = serial;
  }

  /** With itself: what was written of it goes when it goes. */
  get place(): EntryPlace {
    return this;
  }
}
