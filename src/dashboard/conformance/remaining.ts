/** How long a run still takes, as far as can be told. */
import type { ListedCase } from './state.ts';

export interface Progress {
  readonly cases: readonly ListedCase[];
  /** Ids of those that have ended. */
  readonly done: ReadonlySet<string>;
  /** Milliseconds since the run began. */
  readonly elapsed: number;
  readonly concurrency: number;
  /** Seconds, when known. */
  readonly trackTimer: number | undefined;
}

/** Cases that must have ended before their pace says anything of the others. */
const ENOUGH = 5;

/** Milliseconds that a case takes by itself: waiting, mostly. */
export function ownTime({ takes }: Pick<ListedCase, 'takes'>, trackTimer: number | undefined): number {
  if (takes === undefined) return 0;
  return 1000 * ('seconds' in takes ? takes.seconds : takes.trackTimers * (trackTimer ?? 0));
}

/**
 * Milliseconds; `undefined` as long as there is nothing to tell it from. The runner begins with the longest cases, so
 * what waits ends with the longest of them, or when all have had their turn; the others go on at their pace.
 */
export function remaining({ cases, done, elapsed, concurrency, trackTimer }: Progress): number | undefined {
  const timed = cases.filter((one) => ownTime(one, trackTimer) > 0);
  const quick = cases.length - timed.length;
  const times = timed.map((one) => ownTime(one, trackTimer));
  const end = Math.max(0, ...times, times.reduce((sum, one) => sum + one, 0) / concurrency);
  const waits = timed.every(({ id }) => done.has(id)) ? 0 : Math.max(0, end - elapsed);
  const timedDone = timed.filter(({ id }) => done.has(id)).length;
  const quickDone = done.size - timedDone;
  if (quickDone === quick) return waits;
  if (quickDone < ENOUGH) return waits > 0 ? waits : undefined;
  return Math.max(waits, (elapsed / quickDone) * (quick - quickDone));
}
