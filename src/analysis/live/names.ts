/** Which peer has which ID, for lists that name peers: those of another source may be told of a moment after the list. */
import { NOBODY, type Observation } from '../../simulation/observation.ts';
import type { PeerHandle } from '../../simulation/report.ts';

/** Names kept at the most: a tracker lists who is registered now, and the latest to come are kept. */
const MOST_NAMES = 200_000;
/** Names that turned out to be nobody's: they are not waited for again. */
const MOST_STRANGERS = 20_000;

export class Names {
  /** The latest peer of each ID, and of each ID in each swarm where it has been in several. */
  readonly #peers = new Map<string, PeerHandle>();
  readonly #strangers = new Set<string>();
  /** IDs that have been somebody's in more than one swarm. */
  readonly #several = new Set<string>();

  /** Whoever has come with this batch. */
  learn({ arrivals: { peer, peerIds, swarm } }: Observation): void {
    peerIds.forEach((peerId, row) => this.add(peerId, peer[row] ?? NOBODY, swarm[row] ?? 0));
  }

  add(peerId: string, peer: PeerHandle, swarm: number): void {
    const before = this.#peers.get(peerId);
    if (before !== undefined && before !== peer) {
      this.#several.add(peerId);
      this.#keep(`${swarm} ${peerId}`, peer);
    }
    this.#keep(peerId, peer);
    this.#strangers.delete(peerId);
  }

  /** NOBODY in the place of an ID that is not known. */
  handlesOf(names: readonly string[], swarm: number): Uint32Array {
    return Uint32Array.from(names, (name) => {
      const own = this.#several.has(name) ? this.#peers.get(`${swarm} ${name}`) : undefined;
      return own ?? this.#peers.get(name) ?? NOBODY;
    });
  }

  /** Those that may turn out to be somebody yet. */
  missing(names: readonly string[]): readonly string[] {
    return names.filter((name) => !this.#peers.has(name) && !this.#strangers.has(name));
  }

  giveUp(names: readonly string[]): void {
    if (this.#strangers.size + names.length > MOST_STRANGERS) this.#strangers.clear();
    for (const name of names.slice(0, MOST_STRANGERS)) this.#strangers.add(name);
  }

  #keep(key: string, peer: PeerHandle): void {
    this.#peers.delete(key);
    this.#peers.set(key, peer);
    if (this.#peers.size <= MOST_NAMES) return;
    for (const [oldest] of this.#peers) {
      this.#peers.delete(oldest);
      this.#several.delete(oldest);
      return;
    }
  }
}
