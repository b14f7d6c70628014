/** How often peers were on the lists that answers carried, since somebody last asked. */
import type { PeerHandle } from './report.ts';

export class Listings {
  readonly #times = new Map<PeerHandle, number>();

  note(peer: PeerHandle): void {
    this.#times.set(peer, (this.#times.get(peer) ?? 0) + 1);
  }

  /** Handle and number, a pair a peer. */
  take(): Uint32Array<ArrayBuffer> {
    const pairs = new Uint32Array(2 * this.#times.size);
    let at = 0;
    for (const [peer, times] of this.#times) {
      pairs[at++] = peer;
      pairs[at++] = times;
    }
    this.#times.clear();
    return pairs;
  }
}
