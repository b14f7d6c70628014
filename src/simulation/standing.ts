/** How far everybody is who is there, and how many hold each chunk: one look at all peers of a source. */
import type { Chunks } from '../streaming/chunks.ts';
import { GrowingFloats, GrowingLongs } from './growing.ts';
import type { Observation } from './observation.ts';
import type { PeerHandle } from './report.ts';

export type Standing = NonNullable<Observation['standing']>;

interface Holders {
  /** Peers that hold all of them. */
  complete: number;
  readonly chunks: Uint32Array<ArrayBuffer>;
}

export class StandingLook {
  readonly #chunks: readonly number[];
  readonly #peer = new GrowingLongs();
  readonly #share = new GrowingFloats();
  readonly #holders = new Map<number, Holders>();

  /** `swarms`: of the scenario, with the chunks of each. */
  constructor(swarms: readonly { readonly chunks: number }[]) {
    this.#chunks = swarms.map(({ chunks }) => chunks);
  }

  /** `held`: undefined of somebody who takes no part in the streaming, or has nothing yet. */
  add(peer: PeerHandle, swarm: number, share: number, held: Chunks | 'all' | undefined): void {
    this.#peer.push(peer);
    this.#share.push(share);
    let holders = this.#holders.get(swarm);
    if (holders === undefined) {
      holders = { complete: 0, chunks: new Uint32Array(this.#chunks[swarm] ?? 0) };
      this.#holders.set(swarm, holders);
    }
    if (held === 'all' || held?.complete === true) holders.complete++;
    else held?.tally(holders.chunks);
  }

  take(): Standing {
    return {
      peer: this.#peer.take(),
      share: this.#share.take(),
      holders: [...this.#holders].map(([swarm, { complete, chunks }]) => ({
        swarm,
        chunks: chunks.map((count) => count + complete),
      })),
    };
  }
}
