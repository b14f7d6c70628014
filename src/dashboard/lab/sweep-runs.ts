/** The runs of a sweep as they come in, in the order of its plan. */
import type { RunOutcome, SweepPlan, SweepRun } from '../../workers/messages.ts';

export class SweepRuns {
  readonly #plan: SweepPlan;
  readonly #runs: SweepRun[];
  #ended = 0;

  constructor(plan: SweepPlan) {
    this.#plan = plan;
    this.#runs = plan.points.flatMap(() => plan.seeds.map((seed) => ({ kind: 'missing', seed }) as const));
  }

  get size(): number {
    return this.#runs.length;
  }

  /** Returns how many have ended. */
  done(place: number, { eventsSha256, result }: RunOutcome): number {
    const seed = this.#seedAt(place);
    return this.#put(place, { kind: 'done', seed, eventsSha256, measures: result.measures });
  }

  failed(place: number, reason: string): number {
    return this.#put(place, { kind: 'failed', seed: this.#seedAt(place), reason });
  }

  points(): readonly {
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly runs: readonly SweepRun[];
  }[] {
    const { points, seeds } = this.#plan;
    return points.map(({ parameters }, place) => ({
      parameters,
      runs: this.#runs.slice(place * seeds.length, (place + 1) * seeds.length),
    }));
  }

  #seedAt(place: number): number {
    return this.#plan.seeds[place % this.#plan.seeds.length] ?? 0;
  }

  #put(place: number, run: SweepRun): number {
    this.#runs[place] = run;
    return ++this.#ended;
  }
}
