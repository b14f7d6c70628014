/**
 * Whose exchanges those are that the tracker tells of. It tells of all; those of our own peers are told by the workers
 * that run them. An exchange waits until every such worker has said twice what peers it has since: the first of
 * these batches may have been on its way before the peer was born.
 */

/**
 * Milliseconds after which a worker that says nothing is not waited for: it is gone, or the run is stopped. One that
 * starts up, or lives on a busy machine, may well be silent for a second.
 */
const SILENCE = 3000;
/** Milliseconds that an exchange waits at the most. */
const LONGEST = 5000;
const BATCHES = 2;

interface Waiting<Told> {
  readonly told: Told;
  readonly peerId: string | undefined;
  readonly since: number;
  /** Batches still to come, by worker. */
  readonly missing: Map<object, number>;
}

export class Witnesses<Told> {
  readonly #foreign: (told: Told) => void;
  #own = new Set<string>();
  /** Peers of the run before say good-bye while the next begins. */
  #before = new Set<string>();
  readonly #heardAt = new Map<object, number>();
  #waiting: Waiting<Told>[] = [];

  /** `foreign`: takes the exchanges of others, in their order. */
  constructor(foreign: (told: Told) => void) {
    this.#foreign = foreign;
  }

  /** A new run. */
  reset(): void {
    this.#before = this.#own;
    this.#own = new Set();
    this.#heardAt.clear();
    this.#waiting = [];
  }

  /** Whether it is a peer of our own, as far as has been told. */
  isOwn(peerId: string): boolean {
    return this.#own.has(peerId);
  }

  /** The line to a worker is laid: it will speak, though it has not yet. */
  expect(witness: object, now: number): void {
    this.#heardAt.set(witness, now);
  }

  /** `witness`: whatever stands for the worker. */
  batch(witness: object, born: readonly string[], now: number): void {
    for (const peerId of born) this.#own.add(peerId);
    this.#heardAt.set(witness, now);
    for (const { missing } of this.#waiting) {
      const left = (missing.get(witness) ?? 0) - 1;
      if (left > 0) missing.set(witness, left);
      else missing.delete(witness);
    }
    this.settle(now);
  }

  tell(told: Told, peerId: string | undefined, now: number): void {
    const lively = [...this.#heardAt].filter(([, at]) => now - at < SILENCE);
    this.#waiting.push({ told, peerId, since: now, missing: new Map(lively.map(([one]) => [one, BATCHES])) });
    this.settle(now);
  }

  /** Lets those through that have waited long enough. */
  settle(now: number): void {
    let ready = 0;
    for (const one of this.#waiting) {
      if (!this.#isReady(one, now)) break;
      ready++;
      const { peerId } = one;
      if (peerId !== undefined && (this.#own.has(peerId) || this.#before.has(peerId))) continue;
      this.#foreign(one.told);
    }
    if (ready > 0) this.#waiting = this.#waiting.slice(ready);
  }

  #isReady({ peerId, since, missing }: Waiting<Told>, now: number): boolean {
    if (peerId !== undefined && this.#own.has(peerId)) return true;
    if (now - since > LONGEST) return true;
    return [...missing.keys()].every((witness) => now - (this.#heardAt.get(witness) ?? 0) > SILENCE);
  }
}
