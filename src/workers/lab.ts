/** The page's way to runs without a picture: as many at once as there are workers, the next when one is done. */
import type { Scenario } from '../simulation/scenario/schema.ts';
import type { LabCommand, LabReport } from './virtual/messages.ts';

export interface LabListener {
  /** `run`: its place among the scenarios. */
  hear(run: number, report: LabReport): void;
  /** All are done. */
  ended(): void;
}

export interface LabPool {
  /** Whatever was under way is given up. */
  run(scenarios: readonly Scenario[], alone: boolean): void;
  cancel(): void;
}

export function createLabPool(size: number, listener: LabListener): LabPool {
  let workers: Worker[] = [];

  function cancel(): void {
    for (const worker of workers) worker.terminate();
    workers = [];
  }

  return {
    cancel,
    run(scenarios, alone) {
      cancel();
      let next = 0;
      let done = 0;
      const give = (worker: Worker): void => {
        const run = next++;
        const scenario = scenarios[run];
        if (scenario === undefined) return;
        worker.onmessage = ({ data }: MessageEvent<LabReport>) => {
          if (!workers.includes(worker)) return;
          listener.hear(run, data);
          if (data.kind !== 'progress') finish(worker);
        };
        worker.onerror = ({ message }) => {
          listener.hear(run, { kind: 'fault', message: message || 'A worker could not be loaded.' });
          finish(worker);
        };
        worker.postMessage({ kind: 'run', scenario, alone } satisfies LabCommand);
      };
      const finish = (worker: Worker): void => {
        done++;
        if (done < scenarios.length) {
          give(worker);
          return;
        }
        cancel();
        listener.ended();
      };
      workers = Array.from(
        { length: Math.min(size, scenarios.length) },
        (_, index) =>
          new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name: `lab ${index}` }),
      );
      for (const worker of workers) give(worker);
    },
  };
}
