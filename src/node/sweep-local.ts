/** The runs of a sweep on this machine. */
import type { CancelSignal } from '../conformance/run.ts';
import { ATTEMPTS } from '../simulation/sweep/attempts.ts';
import { RunThreads, type RunOutcome, type SweepJob } from './sweep-run.ts';

/** Told of every run as it ends. */
export interface Outcomes {
  done(job: SweepJob, outcome: RunOutcome): void;
  /** After all attempts. */
  failed(job: SweepJob, reason: string): void;
  /** It failed, and is tried again. */
  again(job: SweepJob, reason: string): void;
}

export interface Pool {
  /** The built `thread.ts`. */
  readonly thread: URL;
  /** Runs at once. */
  readonly workers: number;
  readonly signal: CancelSignal;
}

/** Resolves when all are done or have failed, or soon after the signal. */
export async function runLocally(
  jobs: readonly SweepJob[],
  { thread, workers, signal }: Pool,
  outcomes: Outcomes,
): Promise<void> {
  const threads = new RunThreads(thread);
  const stop = (): void => void threads.stop();
  signal.addEventListener('abort', stop);
  const waiting = jobs.values();
  const work = async (): Promise<void> => {
    for (const job of waiting) {
      if (signal.aborted) return;
      await attempt(job, threads, signal, outcomes);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
  } finally {
    signal.removeEventListener('abort', stop);
    await threads.stop();
  }
}

async function attempt(
  job: SweepJob,
  threads: RunThreads,
  signal: CancelSignal,
  outcomes: Outcomes,
): Promise<void> {
  for (let left = ATTEMPTS - 1; ; left--) {
    let outcome: RunOutcome;
    try {
      outcome = await threads.run(job.scenario);
    } catch (cause) {
      // Ended with the sweep: it has not failed, it was not done.
      if (signal.aborted) return;
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (left === 0) {
        outcomes.failed(job, reason);
        return;
      }
      outcomes.again(job, reason);
      continue;
    }
    outcomes.done(job, outcome);
    return;
  }
}
