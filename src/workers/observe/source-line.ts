/** A source's end of its line to whoever watches the run: batches out, and never more of them than are taken in there. */
import { buffersOfObservation, type Observation } from '../../simulation/observation.ts';
import type { ObservedBatch, SourceAck } from '../messages.ts';

/** Batches on their way at once: of what happens meanwhile the source keeps what it can. */
const MOST_ON_THE_WAY = 4;
/** Milliseconds that a source waits for a watcher who has been heard of before; after that, not until it is again. */
const PATIENCE = 2000;
/** Milliseconds between two looks at how far everybody is, at the least. */
const STANDING = 1000;
/** Of the time between two such looks, what a look may take. */
const STANDING_SHARE = 0.02;

/** What is said of a source that has too much to tell. */
export const FELL_BEHIND =
  'The views of peer lists, of time and of states could not keep up: what happens from here on they do not show.';

type Port = Pick<MessagePort, 'postMessage' | 'onmessage'>;

export class SourceLine {
  readonly #port: Port;
  readonly #now: () => number;
  #sent = 0;
  #taken = 0;
  #standingAt = -Infinity;
  /** Somebody takes what is said. */
  #heard = false;
  #wake: (() => void) | undefined;

  /** `now`: milliseconds by the wall clock. */
  constructor(port: Port, now: () => number) {
    this.#port = port;
    this.#now = now;
    port.onmessage = ({ data }: MessageEvent<SourceAck>) => {
      this.#taken = Math.max(this.#taken, data.taken);
      this.#heard = true;
      this.#wake?.();
    };
  }

  /** There is room for another batch. */
  get free(): boolean {
    return this.#sent - this.#taken < MOST_ON_THE_WAY;
  }

  /** It is time to say how far everybody is. */
  get standingDue(): boolean {
    return this.#now() >= this.#standingAt;
  }

  /** `standingTook`: milliseconds that the look at how far everybody is has taken; it is not to be taken too often then. */
  tell(observations: readonly Observation[], standingTook = 0): void {
    if (observations.length === 0) return;
    if (observations.some(({ standing }) => standing !== undefined))
      this.#standingAt = this.#now() + Math.max(STANDING, standingTook / STANDING_SHARE);
    const batch: ObservedBatch = { batch: ++this.#sent, observations };
    this.#port.postMessage(batch, { transfer: observations.flatMap(buffersOfObservation) });
  }

  /** Resolves when there is room; soon, too, where nobody seems to be there. */
  async room(): Promise<void> {
    if (this.free || !this.#heard) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#heard = false;
        resolve();
      }, PATIENCE);
      this.#wake = () => {
        if (!this.free) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
