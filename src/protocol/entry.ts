/**
 * What was written of a listed peer, kept for the next list that it is on. A tracker hands out the same peers again and
 * again, and most of what a list costs is to write what was written before. The place is provided by whoever keeps
 * the peer (the tracker, with its membership of the swarm) and goes with it; a peer that was read from a message has
 * none, and is written as it comes.
 */
import type { PeerInfo } from './message.ts';

/** What a peer looks like on a list: in RFC 7846, and in base-1.0 and extended-1.1 alike. */
type EntryForm = 'json' | 'base';

/** Of one peer with one set of addresses, for good; the last form it was asked for is kept. Only `entryOf` writes it. */
export interface EntryPlace {
  entryForm: EntryForm | undefined;
  entryText: string;
}

/**
 * The text of an entry, from its place if it is there. `write` makes it in one piece: a text that is put together of
 * others stays a tree of them in V8, to be walked each time it is used.
 */
export function entryOf(peer: PeerInfo, form: EntryForm, write: (peer: PeerInfo) => string): string {
  const { place } = peer;
  if (place === undefined) return write(peer);
  if (place.entryForm !== form) {
    place.entryText = write(peer);
    place.entryForm = form;
  }
  return place.entryText;
}
