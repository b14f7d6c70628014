/**
 * Memory of the threads that run scenarios, of a run and of a sweep. What is on its way from peer to peer lives just long
 * enough to be taken for old in V8's usual young generation of 48 MB where peers are many, and clearing old memory is
 * dear: with 100,000 peers a message costs a quarter to a half more then.
 */

/** Megabytes of the young generation at most: it grows as far as there are survivors. V8 is told a third of it. */
export const YOUNG_GENERATION = 192;

/** For `new Worker(…)`. */
export const THREAD_MEMORY = { maxYoungGenerationSizeMb: YOUNG_GENERATION } as const;
