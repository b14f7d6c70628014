/** How often each peer was on a list that an answer carried: in all, and of late. */
import type { PeerHandle } from '../../dashboard/feed.ts';

/** Milliseconds of run time that count as of late, told apart in as many steps. */
export const LATELY = 60_000;
const STEPS = 12;
const STEP = LATELY / STEPS;

export class HandOuts {
  readonly #total = new Map<PeerHandle, number>();
  readonly #lately = new Map<PeerHandle, number>();
  /** What each step of the time told, the oldest first. */
  #steps: { readonly number: number; readonly times: Map<PeerHandle, number> }[] = [];

  total(peer: PeerHandle): number {
    return this.#total.get(peer) ?? 0;
  }

  lately(peer: PeerHandle): number {
    return this.#lately.get(peer) ?? 0;
  }

  /** `pairs`: handle and number. `at`: milliseconds of run time; sources may tell of different moments. */
  note(pairs: Uint32Array, at: number): void {
    const number = Math.floor(at / STEP);
    const { times } = this.#stepOf(number);
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const [peer, more] = [pairs[i] as number, pairs[i + 1] as number];
      for (const counts of [this.#total, this.#lately, times]) this.#add(counts, peer, more);
    }
  }

  /** Told late: that it was of late is not said. */
  noteBefore(pairs: Uint32Array): void {
    for (let i = 0; i + 1 < pairs.length; i += 2)
      this.#add(this.#total, pairs[i] as number, pairs[i + 1] as number);
  }

  /** It is gone. */
  forget(peer: PeerHandle): void {
    this.#total.delete(peer);
    this.#lately.delete(peer);
    for (const { times } of this.#steps) times.delete(peer);
  }

  #add(counts: Map<PeerHandle, number>, peer: PeerHandle, more: number): void {
    counts.set(peer, (counts.get(peer) ?? 0) + more);
  }

  #stepOf(number: number): { readonly number: number; readonly times: Map<PeerHandle, number> } {
    const latest = this.#steps.at(-1);
    if (latest !== undefined && latest.number >= number) return latest;
    const step = { number, times: new Map<PeerHandle, number>() };
    this.#steps.push(step);
    while ((this.#steps[0]?.number ?? number) <= number - STEPS) this.#expire();
    return step;
  }

  #expire(): void {
    for (const [peer, times] of this.#steps.shift()?.times ?? []) {
      const left = this.lately(peer) - times;
      if (left > 0) this.#lately.set(peer, left);
      else this.#lately.delete(peer);
    }
  }
}
