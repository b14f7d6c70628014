/**
 * The membership of one swarm: seeds and leeches in a dense array each, so that joining, leaving and
 * changing mode move one entry, and a list is drawn without looking at anyone who is not in it.
 */
import type { SwarmId } from '../protocol/ids.ts';
import type { PeerMode } from '../protocol/message.ts';
import { sampleIndices } from './sample.ts';

/** What a swarm needs of its members; it writes both fields, nobody else does. */
export interface Member {
  mode: PeerMode;
  /** Place in the array of its mode. */
  slot: number;
}

export class Swarm<M extends Member> {
  readonly id: SwarmId;
  readonly #seeds: M[] = [];
  readonly #leeches: M[] = [];

  constructor(id: SwarmId) {
    this.id = id;
  }

  get seeds(): number {
    return this.#seeds.length;
  }

  get leeches(): number {
    return this.#leeches.length;
  }

  get size(): number {
    return this.#seeds.length + this.#leeches.length;
  }

  join(member: M): void {
    const places = this.#placesOf(member.mode);
    member.slot = places.length;
    places.push(member);
  }

  /** The last of the array takes the place of the one who leaves. */
  leave(member: M): void {
    const places = this.#placesOf(member.mode);
    if (places[member.slot] !== member) throw new Error('left a swarm it was not in');
    const last = places.pop();
    if (last === undefined || last === member) return;
    places[member.slot] = last;
    last.slot = member.slot;
  }

  setMode(member: M, mode: PeerMode): void {
    if (member.mode === mode) return;
    this.leave(member);
    member.mode = mode;
    this.join(member);
  }

  /** How many `draw` can choose from. */
  available(mode: PeerMode, asker?: M): number {
    const all = mode === 'SEED' ? this.leeches : this.size;
    return asker !== undefined && this.#indexOf(asker) < all ? all - 1 : all;
  }

  /**
   * Up to `count` members for an asker of `mode`, in random order, never the asker itself. A seed has
   * nothing to gain from a seed, so a seed draws leeches only (digest, "Peer list").
   */
  draw(count: number, mode: PeerMode, random: () => number, asker?: M): M[] {
    // One run of indices: leeches first, seeds after them.
    const all = mode === 'SEED' ? this.leeches : this.size;
    const indices = sampleIndices(count, all, random, asker === undefined ? -1 : this.#indexOf(asker));
    const drawn: M[] = [];
    for (const index of indices) {
      const member = this.#leeches[index] ?? this.#seeds[index - this.leeches];
      if (member !== undefined) drawn.push(member);
    }
    return drawn;
  }

  #indexOf(member: M): number {
    return member.mode === 'LEECH' ? member.slot : this.leeches + member.slot;
  }

  #placesOf(mode: PeerMode): M[] {
    return mode === 'SEED' ? this.#seeds : this.#leeches;
  }
}
