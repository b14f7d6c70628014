/** A clock that stands still while anything is under way, and then leaps to whatever is due next. */

interface Alarm {
  readonly at: number;
  readonly call: () => void;
}

export class WoundClock {
  #now = 0;
  #alarms: Alarm[] = [];
  readonly #busy: () => boolean;

  /** `busy`: something happens in real time, such as bytes on a socket. */
  constructor(busy: () => boolean = () => false) {
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

  /** Lets time pass until `work` is done. */
  async until<Result>(work: Promise<Result>): Promise<Result> {
    const ended = work.then(
      () => true,
      () => true,
    );
    // Answers arrive as promises: let every chain of them come to its end.
    const pause = (): Promise<false> => new Promise((resolve) => setImmediate(() => resolve(false)));
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
