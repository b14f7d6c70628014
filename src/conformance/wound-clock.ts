/** A clock that stands still while anything is under way, and then leaps to whatever is due next. */
import type { Clock } from './case.ts';

interface Alarm {
  readonly at: number;
  readonly call: () => void;
}

export interface WoundClockOptions {
  /** Resolves when every promise that could be settled has been: the host's next macrotask. */
  readonly pause: () => Promise<void>;
  /** Something happens in real time, such as bytes on a socket. */
  readonly busy?: () => boolean;
}

export class WoundClock implements Clock {
  #now = 0;
  #alarms: Alarm[] = [];
  readonly #pause: () => Promise<void>;
  readonly #busy: () => boolean;

  constructor({ pause, busy = () => false }: WoundClockOptions) {
    this.#pause = pause;
    this.#busy = busy;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, call: () => void): () => void {
    const alarm: Alarm = { at: this.#now + milliseconds, call };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  /** Lets time pass until `work` is done. @throws {Error} When it waits for nothing that is due at any time. */
  async until<Result>(work: Promise<Result>): Promise<Result> {
    const ended = work.then(
      () => true,
      () => true,
    );
    // Answers arrive as promises: let every chain of them come to its end.
    const pause = (): Promise<boolean> => this.#pause().then(() => false);
    while (!(await Promise.race([ended, pause()]))) {
      if (this.#busy()) continue;
      const [next] = this.#alarms.toSorted((a, b) => a.at - b.at);
      if (next === undefined) throw new Error('nothing is under way, and nobody waits for any time');
      this.#alarms = this.#alarms.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
    }
    return work;
  }
}
