/** Carries link messages: between peers of this worker at once, to those of other workers in batches. */
import type { Endpoint, LinkMessage } from '../streaming/link-message.ts';
import { workerOf } from './addresses.ts';

export interface LinkMailOptions {
  readonly worker: number;
  readonly workers: number;
  /** Hands the message to the peer at that endpoint; false when nobody is there. */
  readonly hand: (to: Endpoint, message: LinkMessage) => boolean;
  /** Hears every message that is sent from here, once. */
  readonly witness: (message: LinkMessage) => void;
  /** Carries messages to the peers of another worker. */
  readonly route: (worker: number, messages: readonly LinkMessage[]) => void;
}

/** Messages handled in one delivery at most; the rest waits for the next. */
const MAX_DELIVERIES = 50_000;

export class LinkMail {
  readonly #options: LinkMailOptions;
  #waiting: LinkMessage[] = [];

  constructor(options: LinkMailOptions) {
    this.#options = options;
  }

  /** Of a peer of this worker. */
  post(message: LinkMessage): void {
    this.#options.witness(message);
    this.#waiting.push(message);
  }

  /** Of a peer of another worker, where it was heard already. */
  arrive(message: LinkMessage): void {
    this.#waiting.push(message);
  }

  /** What is posted while this runs is delivered too. */
  deliver(): void {
    const { worker, workers, hand, route } = this.#options;
    const away = new Map<number, LinkMessage[]>();
    let at = 0;
    for (; at < this.#waiting.length && at < MAX_DELIVERIES; at++) {
      const message = this.#waiting[at];
      if (message === undefined || hand(message.to, message)) continue;
      const home = workerOf(message.to);
      if (home !== undefined && home !== worker && home < workers) {
        const batch = away.get(home);
        if (batch === undefined) away.set(home, [message]);
        else batch.push(message);
      } else if (message.kind === 'hello') {
        // Nobody there: a connection refused. All else to the dead is lost, as it would be.
        this.post({ kind: 'refuse', from: message.to, to: message.from });
      }
    }
    this.#waiting = this.#waiting.slice(at);
    for (const [home, messages] of away) route(home, messages);
  }
}
