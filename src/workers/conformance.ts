/** The page's way to the conformance suite, which runs in a worker of its own: started when first asked, and again when it died. */
import type { ConformanceCommand, ConformanceReport, ConformanceRun } from './messages.ts';

export type ConformanceNews =
  | Exclude<ConformanceReport, { readonly kind: 'alive' | 'fault' }>
  /** The worker is gone, and the run with it; the next one starts another. */
  | { readonly kind: 'died'; readonly message: string };

export interface Conformance {
  list(): void;
  run(run: ConformanceRun): void;
  cancel(): void;
}

/** Milliseconds without a word after which a worker counts as dead; it speaks each second while a run is on. */
const SILENCE = 6000;
/** The same for one that is still starting up. */
const FIRST_SILENCE = 20_000;
const CHECK = 1000;

export function createConformance(listener: (news: ConformanceNews) => void): Conformance {
  let worker: Worker | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;
  let heardAt = 0;
  let checkedAt = 0;
  let patience = FIRST_SILENCE;

  function die(message: string): void {
    worker?.terminate();
    worker = undefined;
    rest();
    listener({ kind: 'died', message });
  }

  /** Nothing is awaited any more. */
  function rest(): void {
    clearInterval(watch);
    watch = undefined;
  }

  function check(): void {
    const now = performance.now();
    // The page itself stood still: the worker may have spoken meanwhile.
    if (now - checkedAt > 2 * CHECK) heardAt = now;
    checkedAt = now;
    if (now - heardAt > patience) die('The worker that runs the cases stopped answering.');
  }

  function hear(report: ConformanceReport): void {
    heardAt = performance.now();
    patience = SILENCE;
    switch (report.kind) {
      case 'alive':
        return;
      case 'fault':
        return die(`A fault of ours ended the run: ${report.message}`);
      case 'cases':
      case 'ended':
        rest();
        return listener(report);
      default:
        return listener(report);
    }
  }

  function start(): Worker {
    const started = new Worker(new URL('./conformance.worker.ts', import.meta.url), {
      type: 'module',
      name: 'conformance',
    });
    patience = FIRST_SILENCE;
    started.onmessage = ({ data }: MessageEvent<ConformanceReport>) => {
      // One that was given up may still have had something to say.
      if (worker === started) hear(data);
    };
    started.onerror = ({ message }) => {
      if (worker === started) die(message || 'The worker that runs the cases could not be loaded.');
    };
    return started;
  }

  function ask(command: ConformanceCommand): void {
    worker ??= start();
    heardAt = checkedAt = performance.now();
    watch ??= setInterval(check, CHECK);
    worker.postMessage(command);
  }

  return {
    list: () => ask({ kind: 'list' }),
    run: (run) => ask({ kind: 'run', run }),
    cancel: () => worker?.postMessage({ kind: 'cancel' } satisfies ConformanceCommand),
  };
}
