/**
 * A thread that runs scenarios or parts of one, with memory for it. What is on its way from peer to peer lives just long
 * enough to be taken for old in V8's usual young generation of 48 MB where peers are many, and clearing old memory is
 * dear: with 100,000 peers a message costs a quarter to a half more then.
 */
import { Worker } from 'node:worker_threads';
import type { ThreadTask } from './thread.ts';

/** Megabytes of the young generation at most: it grows as far as there are survivors. V8 is told a third of it. */
export const YOUNG_GENERATION = 192;

/** `entry`: the built `thread.ts`. */
export const startThread = (entry: URL, task: ThreadTask): Worker =>
  new Worker(entry, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION } });
