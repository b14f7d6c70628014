/**
 * The runs of a sweep on many machines: BullMQ on Redis. A run's job has the run's id, so that whoever asks for it,
 * and however often, it is one job; a worker that is gone loses its run to another after a while.
 */
import type { Job, Queue } from 'bullmq';
import type { CancelSignal } from '../conformance/run.ts';
import type { Scenario } from '../simulation/scenario/schema.ts';
import { connectRedis, redisPlace } from './redis-line.ts';
import type { Outcomes } from './sweep-local.ts';
import { ATTEMPTS } from '../simulation/sweep/attempts.ts';
import { RunThreads, type RunOutcome, type SweepJob } from './sweep-run.ts';
import { isOutcome } from './sweep-store.ts';

interface Work {
  readonly label: string;
  readonly scenario: Scenario;
}
type WorkQueue = Queue<Work, RunOutcome>;
type WorkJob = Job<Work, RunOutcome>;

export interface QueueOptions {
  readonly url: URL;
  /** Of swarmscope: another version's runs are others. */
  readonly version: string;
  /** Seconds without a sign of life after which a worker's run is given to another. */
  readonly stalledAfter: number;
  readonly signal: CancelSignal;
  readonly print: (line: string) => void;
}

/** Jobs looked at in one go. */
const BATCH = 200;
/** Milliseconds after which all are looked at again, whatever was heard. */
const LOOK_EVERY = 10_000;
/** Seconds that results stay in Redis. */
const KEPT = 7 * 24 * 3600;
/** Times that a run may lose its worker: more than machines are switched off in an evening. */
const MAX_STALLED = 20;

const queueName = (version: string): string => `swarmscope-sweep-${version}`;

/** Puts the runs into the queue, and resolves when all are done or have failed, or soon after the signal. */
export async function runInQueue(
  jobs: readonly SweepJob[],
  options: QueueOptions,
  outcomes: Outcomes,
): Promise<void> {
  const { url, version, signal, print } = options;
  const redis = await connectRedis(url, lineLost(options));
  const bull = await import('bullmq');
  const name = queueName(version);
  const queue: WorkQueue = new bull.Queue(name, { connection: redis });
  const events = new bull.QueueEvents(name, { connection: redis });
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  const pending = new Map(jobs.map((job) => [job.id, job]));
  const heard = new Set<string>();
  const bell = new Bell(signal);
  const hear = ({ jobId }: { readonly jobId: string }): void => {
    if (!pending.has(jobId)) return;
    heard.add(jobId);
    bell.ring();
  };
  events.on('completed', hear);
  events.on('failed', hear);
  try {
    await events.waitUntilReady();
    await enqueue(queue, jobs);
    print(
      `${jobs.length} runs in the queue of ${redisPlace(url)}; work on them: swarmscope sweep --worker --queue redis://... (version ${version})`,
    );
    let looked = -Infinity;
    while (pending.size > 0 && !signal.aborted) {
      const all = performance.now() - looked >= LOOK_EVERY;
      if (all) looked = performance.now();
      const ids = all ? [...pending.keys()] : [...heard];
      heard.clear();
      await settle(queue, ids, pending, outcomes);
      if (pending.size > 0) await bell.rung(LOOK_EVERY);
    }
  } finally {
    await Promise.all([queue.close(), events.close()]);
    redis.disconnect();
  }
}

/** Works on whatever is in the queue until the signal; what is at hand then is finished first. */
export async function workInQueue(
  { thread, workers }: { readonly thread: URL; readonly workers: number },
  options: QueueOptions,
): Promise<void> {
  const { url, version, stalledAfter, signal, print } = options;
  const redis = await connectRedis(url, lineLost(options));
  const bull = await import('bullmq');
  const threads = new RunThreads(thread);
  const worker = new bull.Worker<Work, RunOutcome>(
    queueName(version),
    ({ data }) => threads.run(data.scenario),
    {
      connection: redis,
      concurrency: workers,
      lockDuration: stalledAfter * 1000,
      stalledInterval: stalledAfter * 1000,
      maxStalledCount: MAX_STALLED,
    },
  );
  worker.on('error', () => undefined);
  worker.on('completed', ({ data }) => print(`done: ${data.label}`));
  worker.on('failed', (job, { message }) => print(`failed: ${job?.data.label ?? 'a run'}: ${message}`));
  try {
    await worker.waitUntilReady();
    print(`Working on the queue of ${redisPlace(url)}, ${workers} at once`);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', resolve);
    });
    print('Ends when the runs at hand are done.');
  } finally {
    await worker.close();
    await threads.stop();
    redis.disconnect();
  }
}

const lineLost =
  ({ url, print }: QueueOptions) =>
  (problem: string): void =>
    print(`Redis at ${redisPlace(url)} is gone (${problem}): trying again`);

/** What is there already stays as it is; what failed the last time is tried anew. */
async function enqueue(queue: WorkQueue, jobs: readonly SweepJob[]): Promise<void> {
  for (let at = 0; at < jobs.length; at += BATCH) {
    const batch = jobs.slice(at, at + BATCH);
    const there = await Promise.all(batch.map(({ id }) => queue.getJob(id)));
    await Promise.all(
      there.map(async (job) => {
        if (job !== undefined && (await job.isFailed()))
          await job.retry('failed', { resetAttemptsMade: true });
      }),
    );
    const lacking = batch.filter((_, i) => there[i] === undefined);
    await queue.addBulk(lacking.map(bulkOf));
  }
}

const bulkOf = ({ id, label, scenario }: SweepJob) => ({
  name: 'run',
  data: { label, scenario },
  opts: {
    jobId: id,
    attempts: ATTEMPTS,
    backoff: { type: 'fixed', delay: 1000 },
    removeOnComplete: { age: KEPT },
    removeOnFail: { age: KEPT },
  },
});

/** Tells of those that have ended; what is no longer in the queue is put there again. */
async function settle(
  queue: WorkQueue,
  ids: readonly string[],
  pending: Map<string, SweepJob>,
  outcomes: Outcomes,
): Promise<void> {
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH);
    const states = await Promise.all(batch.map((id) => stateOf(queue, id)));
    const lost: SweepJob[] = [];
    for (const [i, id] of batch.entries()) {
      const job = pending.get(id);
      const state = states[i];
      if (job === undefined || state === undefined || state.kind === 'waiting') continue;
      if (state.kind === 'lost') {
        lost.push(job);
        continue;
      }
      pending.delete(id);
      if (state.kind === 'failed') outcomes.failed(job, state.reason);
      else outcomes.done(job, state.outcome);
    }
    await queue.addBulk(lost.map(bulkOf));
  }
}

type State =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'done'; readonly outcome: RunOutcome }
  | { readonly kind: 'failed'; readonly reason: string };

async function stateOf(queue: WorkQueue, id: string): Promise<State> {
  const job: WorkJob | undefined = await queue.getJob(id);
  if (job === undefined) return { kind: 'lost' };
  const state = await job.getState();
  if (state === 'failed') return { kind: 'failed', reason: job.failedReason };
  if (state !== 'completed') return { kind: 'waiting' };
  // Read before it had ended, perhaps.
  const { returnvalue } = (await queue.getJob(id)) ?? job;
  return isOutcome(returnvalue)
    ? { kind: 'done', outcome: returnvalue }
    : { kind: 'failed', reason: 'what the worker gave back is no result of a run' };
}

/** Waits for somebody to ring, and for no longer than asked. */
class Bell {
  readonly #signal: CancelSignal;
  #rang = false;
  #wake: (() => void) | undefined;

  constructor(signal: CancelSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.ring());
  }

  ring(): void {
    this.#rang = true;
    this.#wake?.();
  }

  /** Milliseconds. */
  async rung(atMost: number): Promise<void> {
    if (!this.#rang && !this.#signal.aborted)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, atMost);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#rang = false;
    this.#wake = undefined;
  }
}
