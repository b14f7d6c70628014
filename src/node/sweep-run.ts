/** One run of a sweep, and the threads that do them. */
import { createHash } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import type { Parameters } from '../analysis/sweep-table.ts';
import type { RunResult } from '../analysis/result.ts';
import type { Scenario } from '../simulation/scenario/schema.ts';
import { scenarioHash } from '../simulation/virtual/header.ts';
import { startThread } from './start-thread.ts';
import type { ThreadAnswer } from './thread.ts';

/** What is kept of a run. Plain data. */
export interface RunOutcome {
  readonly scenarioSha256: string;
  readonly eventsSha256: string;
  readonly measures: RunResult['measures'];
}

/** A run to be done. */
export interface SweepJob {
  /** By what is run and by which version: the same wherever it is asked for. */
  readonly id: string;
  readonly scenario: Scenario;
  /** For people: which run this is. */
  readonly label: string;
}

const ID_LENGTH = 32;

export function jobOf(scenario: Scenario, parameters: Parameters, version: string): SweepJob {
  const hash = createHash('sha256').update(`${version}\n${scenarioHash(scenario)}`);
  const values = Object.entries(parameters).map(([path, value]) => `${path} = ${JSON.stringify(value)}`);
  return {
    id: hash.digest('hex').slice(0, ID_LENGTH),
    scenario,
    label: [...values, `seed ${scenario.seed}`].join(', '),
  };
}

interface Thread {
  readonly worker: Worker;
  settle: ((answer: ThreadAnswer) => void) | undefined;
}

/** Threads that do whole runs, so that whoever uses them stays awake meanwhile. */
export class RunThreads {
  readonly #entry: URL;
  readonly #idle: Thread[] = [];
  readonly #all = new Set<Thread>();
  #stopped = false;

  /** `entry`: the built `thread.ts`. */
  constructor(entry: URL) {
    this.#entry = entry;
  }

  /** In a thread of its own; at once, so that whoever calls says how many there are. @throws {Error} When it fails. */
  async run(scenario: Scenario): Promise<RunOutcome> {
    const thread = this.#idle.pop() ?? this.#start();
    const answer = await new Promise<ThreadAnswer>((resolve) => {
      thread.settle = resolve;
      thread.worker.postMessage(scenario);
    });
    if (answer.kind === 'done') return answer.outcome;
    throw new Error(answer.reason);
  }

  /** Ends all, whatever they are at. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#all].map(({ worker }) => worker.terminate()));
  }

  #start(): Thread {
    const worker = startThread(this.#entry, 'runs');
    const thread: Thread = { worker, settle: undefined };
    this.#all.add(thread);
    const settle = (answer: ThreadAnswer): void => {
      const { settle: waiting } = thread;
      thread.settle = undefined;
      waiting?.(answer);
    };
    worker.on('message', (answer: ThreadAnswer) => {
      this.#idle.push(thread);
      settle(answer);
    });
    let reason = 'its thread ended';
    worker.on('error', (cause) => (reason = cause.message));
    worker.on('exit', () => {
      this.#all.delete(thread);
      const place = this.#idle.indexOf(thread);
      if (place >= 0) this.#idle.splice(place, 1);
      settle({ kind: 'failed', reason: this.#stopped ? 'the sweep was ended' : reason });
    });
    return thread;
  }
}
