/**
 * Memory of the threads that run scenarios. What is on its way from peer to peer lives just long enough that V8's usual
 * young generation of 48 MB calls it old where peers are many, and old memory is dear to clear: at 100,000 peers a
 * message costs a quarter to a half more there.
 */

/** Megabytes of the young generation at most; V8 takes a third of it for each of its two halves. */
export const YOUNG_GENERATION = 192;

/** For `new Worker(…)`. */
export const THREAD_MEMORY = { maxYoungGenerationSizeMb: YOUNG_GENERATION } as const;
