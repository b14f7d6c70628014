/** The runs of a sweep as they come in, in the order of its plan. */
import type { RunOutcome, Scenario, SweepPlan, SweepRun } from '../../workers/messages.ts';

export class SweepRuns {
  readonly #plan: SweepPlan;
  readonly #runs: SweepRun[];

  constructor(plan: SweepPlan) {
    this.#plan = plan;
    this.#runs = plan.points.flatMap(() => plan.seeds.map((seed) => ({ kind: 'missing', seed }) as const));
  }

  get size(): number {
    return this.#runs.length;
  }

  /** How many have ended, one way or the other. */
  get ended(): number {
    return this.#runs.filter(({ kind }) => kind !== 'missing').length;
  }

  get failures(): number {
    return this.#runs.filter(({ kind }) => kind === 'failed').length;
  }

  /** Places of the runs that have not come to their end, or failed: they count as missing from now on. */
  reopen(): readonly number[] {
    const places: number[] = [];
    for (const [place, { kind, seed }] of this.#runs.entries()) {
      if (kind === 'done') continue;
      this.#runs[place] = { kind: 'missing', seed };
      places.push(place);
    }
    return places;
  }

  scenarioAt(place: number): Scenario {
    const point = this.#plan.points[Math.floor(place / this.#plan.seeds.length)];
    if (point === undefined) throw new RangeError(`There is no run ${place} in this sweep.`);
    return { ...point.scenario, seed: this.#seedAt(place) };
  }

  done(place: number, { eventsSha256, result }: RunOutcome): void {
    const seed = this.#seedAt(place);
    this.#put(place, { kind: 'done', seed, eventsSha256, measures: result.measures });
  }

  failed(place: number, reason: string): void {
    this.#put(place, { kind: 'failed', seed: this.#seedAt(place), reason });
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

  #put(place: number, run: SweepRun): void {
    this.#runs[place] = run;
  }
}
