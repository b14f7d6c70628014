/** The page's way to runs without a picture: as many at once as there are workers, the next when one is done. */
import { ATTEMPTS } from '../simulation/sweep/attempts.ts';
import type { Scenario } from '../simulation/scenario/schema.ts';
import type { LabCommand, LabReport } from './virtual/messages.ts';

export interface LabListener {
  /** `run`: its place among the scenarios. A fault is told when the run has been tried often enough. */
  hear(run: number, report: LabReport): void;
  /** It failed, and is tried again in a worker of its own. */
  again(run: number, message: string): void;
  /** All are done. */
  ended(): void;
}

export interface LabPool {
  /** Whatever was under way is given up. */
  run(scenarios: readonly Scenario[], alone: boolean): void;
  cancel(): void;
}

export function createLabPool(size: number, listener: LabListener): LabPool {
  const workers = new Set<Worker>();

  function cancel(): void {
    for (const worker of workers) worker.terminate();
    workers.clear();
  }

  function hire(): Worker {
    const worker = new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name: 'lab' });
    workers.add(worker);
    return worker;
  }

  return {
    cancel,
    run(scenarios, alone) {
      cancel();
      let next = 0;
      let done = 0;
      const give = (worker: Worker, run: number, attempt: number): void => {
        const scenario = scenarios[run];
        if (scenario === undefined) return;
        const failed = (message: string): void => {
          if (attempt === ATTEMPTS) {
            listener.hear(run, { kind: 'fault', message });
            finish(worker);
            return;
          }
          listener.again(run, message);
          // Whatever went wrong may be in the worker.
          worker.terminate();
          workers.delete(worker);
          give(hire(), run, attempt + 1);
        };
        worker.onmessage = ({ data }: MessageEvent<LabReport>) => {
          if (!workers.has(worker)) return;
          if (data.kind === 'fault') {
            failed(data.message);
            return;
          }
          listener.hear(run, data);
          if (data.kind === 'done') finish(worker);
        };
        worker.onerror = ({ message }) => {
          if (workers.has(worker)) failed(message || 'A worker could not be loaded.');
        };
        worker.postMessage({ kind: 'run', scenario, alone } satisfies LabCommand);
      };
      const finish = (worker: Worker): void => {
        done++;
        if (done < scenarios.length) {
          give(worker, next++, 1);
          return;
        }
        cancel();
        listener.ended();
      };
      while (next < Math.min(size, scenarios.length)) give(hire(), next++, 1);
    },
  };
}
