/** A run on the virtual clock with its measures taken as it goes. */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RunAnalysis } from '../analysis/run-analysis.ts';
import { dice } from '../simulation/models/dice.ts';
import type { Scenario } from '../simulation/scenario/schema.ts';
import type { RunEvent } from '../simulation/virtual/events.ts';
import type { PartDesk } from '../simulation/virtual/port.ts';
import { VirtualRun, type Hasher, type RunProgress } from '../simulation/virtual/run.ts';
import { LogReader } from '../simulation/virtual/log-reader.ts';

export interface MeasuredRunOptions {
  readonly scenario: Scenario;
  /** One part in this thread when left out. */
  readonly desks?: readonly PartDesk[] | undefined;
  /** The bytes of events.ndjson, in order. */
  readonly log?: ((bytes: Uint8Array) => void) | undefined;
  readonly event?: ((event: RunEvent) => void) | undefined;
}

/** Milliseconds of work between two turns of the event loop. */
const TURN = 50;

export class MeasuredRun {
  readonly analysis: RunAnalysis;
  readonly #run: VirtualRun;

  constructor({ scenario, desks, log, event }: MeasuredRunOptions) {
    this.analysis = analysisOf(scenario);
    const reader = new LogReader((one) => {
      this.analysis.take(one);
      event?.(one);
    });
    this.#run = new VirtualRun({
      scenario,
      ...(desks !== undefined && { desks }),
      hasher: nodeHasher(),
      onLog: (bytes) => {
        log?.(bytes);
        reader.read(bytes);
      },
    });
  }

  get scenarioSha256(): string {
    return this.#run.scenarioSha256;
  }

  /** Once, after `toEnd`. */
  eventsSha256(): string {
    return this.#run.eventsSha256();
  }

  /** Goes to the end, or as far as it is when `cancel` is called; `turn` is called a few times a second. */
  async toEnd(turn?: (progress: RunProgress) => void): Promise<RunProgress> {
    let turnedAt = performance.now();
    const progress = await this.#run.advance({ until: Infinity }, async (now) => {
      if (performance.now() - turnedAt < TURN) return;
      turn?.(now);
      await nextTurn();
      turnedAt = performance.now();
    });
    this.analysis.finish(progress.time);
    return progress;
  }

  cancel(): void {
    this.#run.cancel();
  }
}

/** The same seed, the same samples of the overlay. */
export const analysisOf = (scenario: Scenario): RunAnalysis =>
  new RunAnalysis(scenario, dice(scenario.seed, 'analysis', 0));

export function nodeHasher(): Hasher {
  const hash = createHash('sha256');
  return { update: (bytes) => hash.update(bytes), hex: () => hash.digest('hex') };
}
