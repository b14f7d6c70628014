/** What the place shows: chosen here, and forgotten with the page. */
import { createStore } from 'zustand/vanilla';
import type { TimeAsk, TimePart } from '../../dashboard/observed.ts';

export interface TimeView {
  /** From top to bottom. */
  readonly shown: readonly TimePart[];
  /** While nothing else is chosen: the latest so many milliseconds; Infinity: the whole run. */
  readonly latest: number;
  readonly availabilityOf: TimeAsk['availabilityOf'];
  readonly progressOf: TimeAsk['progressOf'];
  readonly progressBy: TimeAsk['progressBy'];
}

export const PARTS: readonly TimePart[] = [
  'population',
  'churn',
  'requests',
  'latency',
  'errors',
  'availability',
  'progress',
];

export const timeView = createStore<TimeView>(() => ({
  shown: PARTS,
  latest: Infinity,
  availabilityOf: 0,
  progressOf: undefined,
  progressBy: 'age',
}));

/** Shown again where it usually stands. */
export function toggled(shown: readonly TimePart[], part: TimePart): readonly TimePart[] {
  if (shown.includes(part)) return shown.filter((one) => one !== part);
  const after = PARTS.slice(0, PARTS.indexOf(part));
  const place = 1 + Math.max(-1, ...after.map((one) => shown.indexOf(one)));
  return shown.toSpliced(place, 0, part);
}

/** One place up (-1) or down (1). */
export function shifted(shown: readonly TimePart[], part: TimePart, by: 1 | -1): readonly TimePart[] {
  const from = shown.indexOf(part);
  const to = from + by;
  if (from < 0 || to < 0 || to >= shown.length) return shown;
  return shown.toSpliced(from, 1).toSpliced(to, 0, part);
}
