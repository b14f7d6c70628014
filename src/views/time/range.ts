/** What part of the run is shown, and how keys and pointers change it. Milliseconds since the run began. */
import type { TimeRange } from '../../dashboard/observed.ts';

/** Shorter than that nothing is shown: a handful of the narrowest columns. */
const SHORTEST = 5000;
/** A young run has a minute to grow into. */
const GROWING = 60_000;

/** What there is of the run. */
export const wholeOf = (told: number): TimeRange => ({ from: 0, to: Math.max(told, GROWING) });

/** The newest part, `latest` long: what is shown as long as nothing else was chosen. */
export function liveRange(latest: number, told: number): TimeRange {
  const to = Math.max(told, Math.min(latest, GROWING));
  return { from: Math.max(0, to - latest), to };
}

/** Within the run as far as it is told, no longer than that and not too short. */
export function clamped({ from, to }: TimeRange, told: number): TimeRange {
  const whole = wholeOf(told);
  const span = Math.min(Math.max(to - from, SHORTEST), whole.to);
  const begin = Math.min(Math.max(0, from), whole.to - span);
  return { from: begin, to: begin + span };
}

/** `factor` above 1 shows more; the moment `around` stays where it is. */
export function zoomed(range: TimeRange, factor: number, around: number, told: number): TimeRange {
  const span = range.to - range.from;
  const next = Math.min(Math.max(span * factor, SHORTEST), wholeOf(told).to);
  const from = around - ((around - range.from) / span) * next;
  return clamped({ from, to: from + next }, told);
}

export const moved = (range: TimeRange, by: number, told: number): TimeRange =>
  clamped({ from: range.from + by, to: range.to + by }, told);

/** All of the run: then it goes along with it again. */
export const isWhole = ({ from, to }: TimeRange, told: number): boolean =>
  from <= 0 && to >= wholeOf(told).to;
