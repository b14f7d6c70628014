/** Drives a run at the speed that is asked for, looks at it now and then, and does as it is told in between. */
import type { PeerDetail, PeerHandle, Snapshot } from '../../simulation/report.ts';
import { SECOND, type Micros } from '../../simulation/virtual/events.ts';
import type { Goal, VirtualRun } from '../../simulation/virtual/run.ts';
import type { Speed, StepBy } from './messages.ts';

export interface ConductorOptions {
  readonly run: Pick<VirtualRun, 'advance' | 'cancel' | 'progress' | 'snapshots' | 'detail'>;
  readonly speed: Speed;
  /** Milliseconds by the wall clock. */
  readonly now: () => number;
  /** Resolves so many milliseconds later, 0: as soon as others had their turn. */
  readonly rest: (milliseconds: number) => Promise<void>;
  /** At most eight times a second, and whenever the run comes to a stand. `pace`: virtual seconds in a second. */
  readonly onLook: (snapshots: readonly Snapshot[], pace: number) => Promise<void> | void;
  readonly onDetail: (detail: PeerDetail) => void;
}

/** Milliseconds between two looks, between two turns of others, and between two steps of a run that keeps pace. */
const LOOK = 125;
const TURN = 20;
const BEAT = 25;
/** Milliseconds of wall-clock time that a run may make up for in one go. */
const ARREARS = 100;

export class Conductor {
  readonly #options: ConductorOptions;
  #speed: Speed;
  #paused = false;
  #ending = false;
  #steps: StepBy[] = [];
  #inspected: PeerHandle | undefined;
  #wake: (() => void) | undefined;
  /** A command came: whatever is under way gives way to it. */
  #interrupted = false;
  /** Where virtual and wall-clock time were set against each other. */
  #anchor: { readonly time: Micros; readonly at: number } | undefined;
  #lookedAt = -Infinity;
  #turnAt = -Infinity;
  #paceFrom: { readonly time: Micros; readonly at: number } | undefined;
  #pace = 0;

  constructor(options: ConductorOptions) {
    this.#options = options;
    this.#speed = options.speed;
  }

  /** Resolves when the run has ended, true: by itself. */
  async play(): Promise<boolean> {
    const { run } = this.#options;
    await this.#look();
    while (!this.#ending && !run.progress.ended) {
      this.#interrupted = false;
      const step = this.#steps.shift();
      // Each goes on where the last has come to.
      if (step !== undefined) await this.#step(step);
      else if (this.#paused) await this.#untilWoken();
      else await this.#go();
    }
    await this.#look();
    return run.progress.ended;
  }

  pause(): void {
    this.#paused = true;
    this.#command();
  }

  resume(): void {
    this.#paused = false;
    this.#command();
  }

  setSpeed(speed: Speed): void {
    this.#speed = speed;
    this.#command();
  }

  step(by: StepBy): void {
    this.#paused = true;
    this.#steps.push(by);
    this.#command();
  }

  inspect(peer: PeerHandle | undefined): void {
    this.#inspected = peer;
    void this.#tellDetail();
  }

  end(): void {
    this.#ending = true;
    this.#command();
  }

  #command(): void {
    this.#interrupted = true;
    this.#anchor = undefined;
    this.#paceFrom = undefined;
    this.#pace = 0;
    this.#wake?.();
  }

  async #step(by: StepBy): Promise<void> {
    const { run } = this.#options;
    await this.#advance(by === 'event' ? { events: 1 } : { until: run.progress.time + SECOND });
    await this.#look();
  }

  async #untilWoken(): Promise<void> {
    await this.#look();
    if (this.#interrupted) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }

  async #go(): Promise<void> {
    const { run, now, rest } = this.#options;
    if (this.#speed === Infinity) {
      await this.#advance({ until: Infinity });
      return;
    }
    const { time } = run.progress;
    const at = now();
    this.#anchor ??= { time, at };
    const due = this.#anchor.time + (at - this.#anchor.at) * (SECOND / 1000) * this.#speed;
    const most = time + ARREARS * (SECOND / 1000) * this.#speed;
    // It cannot keep up: what it is behind by is let go.
    if (due > most) this.#anchor = { time: most, at };
    await this.#advance({ until: Math.floor(Math.min(due, most)) });
    if (now() - this.#lookedAt >= LOOK) await this.#look();
    await rest(BEAT);
  }

  #advance(goal: Goal): Promise<unknown> {
    return this.#options.run.advance(goal, () => this.#breathe());
  }

  async #breathe(): Promise<void> {
    const { run, now, rest } = this.#options;
    if (now() - this.#turnAt < TURN) return;
    if (now() - this.#lookedAt >= LOOK) await this.#look();
    await rest(0);
    this.#turnAt = now();
    if (this.#interrupted) run.cancel();
  }

  async #look(): Promise<void> {
    const { run, now, onLook } = this.#options;
    const at = now();
    this.#lookedAt = at;
    const { time } = run.progress;
    if (this.#paceFrom !== undefined && at > this.#paceFrom.at) {
      const lately = (time - this.#paceFrom.time) / SECOND / ((at - this.#paceFrom.at) / 1000);
      this.#pace = this.#pace === 0 ? lately : 0.7 * this.#pace + 0.3 * lately;
    }
    this.#paceFrom = this.#paused ? undefined : { time, at };
    await onLook(await run.snapshots(), this.#pace);
    await this.#tellDetail();
  }

  async #tellDetail(): Promise<void> {
    if (this.#inspected === undefined) return;
    const detail = await this.#options.run.detail(this.#inspected);
    if (detail !== undefined) this.#options.onDetail(detail);
  }
}
