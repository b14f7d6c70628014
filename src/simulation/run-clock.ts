/** Run time: milliseconds since the run began, standing still while it is paused. */
export class RunClock {
  readonly #wall: () => number;
  #offset: number;
  #pausedAt: number | undefined;

  /** `wall`: milliseconds that never run backwards. `elapsed`: what the run has lasted already. */
  constructor(wall: () => number, elapsed: number) {
    this.#wall = wall;
    this.#offset = elapsed - wall();
  }

  get paused(): boolean {
    return this.#pausedAt !== undefined;
  }

  now(): number {
    return (this.#pausedAt ?? this.#wall()) + this.#offset;
  }

  pause(): void {
    this.#pausedAt ??= this.#wall();
  }

  /** Leaves out time that passed unlived: the machine slept, the tab was frozen. */
  skip(milliseconds: number): void {
    if (this.#pausedAt === undefined) this.#offset -= milliseconds;
  }

  resume(): void {
    if (this.#pausedAt === undefined) return;
    this.#offset -= this.#wall() - this.#pausedAt;
    this.#pausedAt = undefined;
  }
}
