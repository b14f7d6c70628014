/** An exchange that two sources tell of, such as a tracker and the proxy before it, is one exchange. */

/** Milliseconds within which both have told it. */
const WITHIN = 15_000;
/** Exchanges remembered at the most. */
const MOST = 5000;

interface Seen {
  readonly at: number;
  /** How often each source told it: a retransmission is told twice by one source. */
  readonly times: Map<string, number>;
  taken: number;
}

export class Once {
  readonly #now: () => number;
  readonly #seen = new Map<string, Seen>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `line`: as told. Goes by what the peer said and heard, as it comes to each source from another address. */
  isNew(line: unknown, source: string): boolean {
    if (typeof line !== 'object' || line === null) return true;
    this.#forget();
    const { peerId, transactionId, status, request, response } = line as Readonly<Record<string, unknown>>;
    const key = JSON.stringify([peerId, transactionId, status, request, response]);
    const seen = this.#seen.get(key) ?? { at: this.#now(), times: new Map<string, number>(), taken: 0 };
    const times = (seen.times.get(source) ?? 0) + 1;
    seen.times.set(source, times);
    this.#seen.set(key, seen);
    if (times <= seen.taken) return false;
    seen.taken = times;
    return true;
  }

  /** They stand in the order in which they came. */
  #forget(): void {
    const before = this.#now() - WITHIN;
    for (const [key, { at }] of this.#seen) {
      if (at >= before && this.#seen.size <= MOST) return;
      this.#seen.delete(key);
    }
  }
}
