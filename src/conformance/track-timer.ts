/** How long cases about the track timer wait. */
import type { Sent, TrackerBench } from './tracker-bench.ts';
import { given } from './verify.ts';

/** Trackers may look for silent peers now and then only: this long after the timer they must have. */
const LATE = 0.25;
const LATE_AT_LEAST = 1500;

/** Milliseconds, long enough for a peer to be gone that is silent for so many seconds of track timer. */
export const outlast = (seconds: number): number =>
  seconds * 1000 + Math.max(LATE_AT_LEAST, seconds * 1000 * LATE);

/** Lets so many milliseconds go by while a peer stays: it gives a sign of life at each third of the track timer. */
export async function stayWith(
  bench: TrackerBench,
  milliseconds: number,
  signOfLife: () => Promise<Sent>,
): Promise<void> {
  const step = (bench.trackTimer() * 1000) / 3;
  for (let left = milliseconds; left > 0; left -= step) {
    await bench.wait(Math.min(step, left));
    given(await signOfLife());
  }
}
