/** Who the peers of an answer are: asked for once each, since what is asked here of a peer never changes. */
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { ObservedDesk, Who } from '../../dashboard/observed.ts';
import { shortId } from '../format.ts';

/** More are forgotten all at once. */
const MOST = 50_000;

export class Names {
  readonly #desk: ObservedDesk;
  readonly #known = new Map<PeerHandle, Who>();
  /** Asked for, and not answered yet. */
  readonly #asked = new Map<PeerHandle, Promise<void>>();

  constructor(desk: ObservedDesk) {
    this.#desk = desk;
  }

  /** Undefined: not known (yet); it is asked for, and `then` called when there is an answer. */
  peek(peer: PeerHandle, then: () => void): Who | undefined {
    const known = this.#known.get(peer);
    if (known === undefined && !this.#asked.has(peer)) this.learn([peer]).then(then, () => undefined);
    return known;
  }

  /** Shortened; three dots until it is known. */
  short(peer: PeerHandle): string {
    const known = this.#known.get(peer);
    return known === undefined ? '…' : shortId(known.peerId);
  }

  /** The whole ID; empty where it cannot be had. */
  full(peer: PeerHandle): string {
    return this.#known.get(peer)?.peerId ?? '';
  }

  /** True: there was something to learn. Rejects when it cannot be had. */
  async learn(peers: Iterable<PeerHandle>): Promise<boolean> {
    const strangers = [...new Set(peers)].filter((peer) => !this.#known.has(peer));
    const unasked = strangers.filter((peer) => !this.#asked.has(peer));
    if (unasked.length > 0) {
      const answered = this.#ask(unasked);
      for (const peer of unasked) this.#asked.set(peer, answered);
    }
    await Promise.all([...new Set(strangers.flatMap((peer) => this.#asked.get(peer) ?? []))]);
    return strangers.length > 0;
  }

  async #ask(peers: readonly PeerHandle[]): Promise<void> {
    try {
      const answer = await this.#desk.once('lists', { about: 'who', peers });
      if (this.#known.size + peers.length > MOST) this.#known.clear();
      if (answer.about === 'who') for (const who of answer.peers) this.#known.set(who.peer, who);
    } finally {
      for (const peer of peers) this.#asked.delete(peer);
    }
  }

  /** Of a new run: others have these handles now. */
  clear(): void {
    this.#known.clear();
  }
}
