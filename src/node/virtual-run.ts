/** A run on the virtual clock, in a thread of its own or shared by several; this one takes its measures. */
import { SECOND } from '../simulation/virtual/events.ts';
import { MeasuredRun } from './measured-run.ts';
import { startPartThreads } from './part-threads.ts';
import type { Ran, Running } from './run.ts';

export async function runOnVirtualClock(
  { scenario, log, event, turn, signal }: Running,
  { thread, workers }: { readonly thread: URL; readonly workers: number },
): Promise<Ran> {
  const threads = startPartThreads(thread, workers);
  try {
    const run = new MeasuredRun({ scenario, desks: threads.desks, log, event });
    const since = performance.now();
    const { time } = await run.toEnd((progress) => {
      if (signal.aborted) run.cancel();
      const faster = progress.time / (performance.now() - since) / 1000;
      const words = `${Math.floor(progress.time / SECOND)} of ${scenario.duration} s  ${progress.messages} messages  ${faster.toFixed(1)}x`;
      turn(progress.time, run.analysis, words);
    });
    return {
      analysis: run.analysis,
      time,
      scenarioSha256: run.scenarioSha256,
      eventsSha256: run.eventsSha256(),
      notes: [],
    };
  } finally {
    await threads.stop();
  }
}
