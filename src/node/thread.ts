/** What a thread of `run` and `sweep` does: one part of a run, or whole runs, one after another. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Scenario } from '../simulation/scenario/schema.ts';
import { serveParts } from '../simulation/virtual/port.ts';
import { MeasuredRun } from './measured-run.ts';
import type { RunOutcome } from './sweep-run.ts';

export type ThreadTask = 'part' | 'runs';
export type ThreadAnswer =
  | { readonly kind: 'done'; readonly outcome: RunOutcome }
  | { readonly kind: 'failed'; readonly reason: string };

if (parentPort !== null) serve(parentPort, workerData as ThreadTask);

function serve(port: NonNullable<typeof parentPort>, task: ThreadTask): void {
  if (task === 'part')
    serveParts({
      post: (message, transfer) => port.postMessage(message, transfer),
      listen: (hear) => void port.on('message', hear),
    });
  else
    port.on('message', (scenario: Scenario) => {
      outcomeOf(scenario).then(
        (outcome) => port.postMessage({ kind: 'done', outcome } satisfies ThreadAnswer),
        (cause: unknown) =>
          port.postMessage({ kind: 'failed', reason: reasonOf(cause) } satisfies ThreadAnswer),
      );
    });
}

async function outcomeOf(scenario: Scenario): Promise<RunOutcome> {
  const run = new MeasuredRun({ scenario });
  await run.toEnd();
  return {
    scenarioSha256: run.scenarioSha256,
    eventsSha256: run.eventsSha256(),
    measures: run.analysis.result().measures,
  };
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
