/** Streaming links that are open, as pairs of peers. */
import type { PeerIndex } from '../simulation/virtual/events.ts';
import type { Peers } from './peers.ts';

/** Two indices in one exact number: peers up to 2^26. */
const SPAN = 2 ** 26;

export class OpenLinks {
  readonly #peers: Peers;
  readonly #pairs = new Set<number>();
  #sweepAt = 4096;

  constructor(peers: Peers) {
    this.#peers = peers;
  }

  /** A link that `peer` opened to `to` begins or ends. */
  take(peer: PeerIndex, to: PeerIndex, open: boolean): void {
    const pair = peer * SPAN + to;
    if (!open) {
      this.#pairs.delete(pair);
      return;
    }
    this.#pairs.add(pair);
    if (this.#pairs.size > this.#sweepAt) this.#sweep();
  }

  /** Calls back once for each pair whose two ends are present; a pair with a link each way comes twice. */
  forEach(each: (peer: PeerIndex, to: PeerIndex) => void): void {
    for (const pair of this.#pairs) {
      const peer = Math.floor(pair / SPAN);
      const to = pair % SPAN;
      if (this.#peers.isPresent(peer) && this.#peers.isPresent(to)) each(peer, to);
    }
  }

  /** Links of departed peers, whose end nobody told. */
  #sweep(): void {
    for (const pair of this.#pairs)
      if (!this.#peers.isPresent(Math.floor(pair / SPAN)) || !this.#peers.isPresent(pair % SPAN))
        this.#pairs.delete(pair);
    this.#sweepAt = 2 * this.#pairs.size + 4096;
  }
}
