/** Threads that each have a part of one run. */
import type { Worker } from 'node:worker_threads';
import { PortDesk } from '../simulation/virtual/port.ts';
import { startThread } from './start-thread.ts';

export interface PartThreads {
  readonly desks: readonly PortDesk[];
  /** Ends them, whatever they are at. */
  stop(): Promise<void>;
}

/** `entry`: the built `thread.ts`. */
export function startPartThreads(entry: URL, parts: number): PartThreads {
  const threads = Array.from({ length: parts }, () => startPart(entry));
  return {
    desks: threads.map(({ desk }) => desk),
    async stop() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function startPart(entry: URL): { readonly worker: Worker; readonly desk: PortDesk } {
  const worker = startThread(entry, 'part');
  const desk = new PortDesk({
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen: (hear) => void worker.on('message', hear),
  });
  // Out of memory, for one: the run must not wait for it for ever.
  worker.on('error', (cause) => desk.fail(cause));
  worker.on('exit', (code) =>
    desk.fail(new Error(`A thread with a part of the run ended with code ${code}.`)),
  );
  return { worker, desk };
}
