/** Time to pixels: even, or with the long waits in which nothing happens cut short by a break. */

export interface Stretch {
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
  /** Cut short: not in the scale of the others. */
  readonly broken: boolean;
}

export interface TimeScale {
  readonly stretches: readonly Stretch[];
  /** Pixels in all. */
  readonly height: number;
}

/** Pixels of a break. */
export const BREAK = 40;
/** Pixels that a wait takes at the least for it to be cut short. */
const LONG = 110;
/** The same while an answer is waited for: how long it took is to be seen. */
const LONG_PENDING = 440;
/** Pixels that stay of a wait on either side of its break, so that what happened has air. */
const AIR = 18;
/** Beyond it browsers draw no more. */
export const TALLEST = 8_000_000;

/** From the sending of a request to its answer, or a single moment, in milliseconds. */
export type Span = readonly [from: number, to: number];

/**
 * `spans`: what happens, in whatever order; `speed`: pixels per millisecond. Times that do not fit into `TALLEST`
 * make everything smaller.
 */
export function timeScale(spans: readonly Span[], speed: number, breaks: boolean): TimeScale {
  const times = spans.flat().sort((a, b) => a - b);
  const pending = spans.toSorted(([a], [b]) => a - b);
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const pace = breaks ? speed : Math.min(speed, TALLEST / Math.max(1, last - first));
  const stretches: Stretch[] = [];
  let from = first;
  let top = 0;
  const add = (to: number, height: number, broken: boolean): void => {
    stretches.push({ from, to, top, bottom: top + height, broken });
    from = to;
    top += height;
  };
  let before = first;
  let begun = 0;
  let pendingUntil = -Infinity;
  for (const time of times) {
    for (let span = pending[begun]; span !== undefined && span[0] < time; span = pending[++begun])
      pendingUntil = Math.max(pendingUntil, span[1]);
    if (breaks && (time - before) * pace > (pendingUntil > before ? LONG_PENDING : LONG)) {
      const air = AIR / pace;
      add(before + air, (before + air - from) * pace, false);
      add(time - air, BREAK, true);
    }
    before = time;
  }
  add(last, (last - from) * pace, false);
  return { stretches, height: top };
}

/** The stretch in which the value lies, by one of its ends. */
function stretchAt({ stretches }: TimeScale, value: number, end: 'to' | 'bottom'): Stretch | undefined {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle]?.[end] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return stretches[low];
}

const between = (share: number, from: number, to: number): number =>
  from + Math.min(1, Math.max(0, share)) * (to - from);

export function timeToY(scale: TimeScale, time: number): number {
  const stretch = stretchAt(scale, time, 'to');
  if (stretch === undefined) return 0;
  const { from, to, top, bottom } = stretch;
  return to === from ? top : between((time - from) / (to - from), top, bottom);
}

export function yToTime(scale: TimeScale, y: number): number {
  const stretch = stretchAt(scale, y, 'bottom');
  if (stretch === undefined) return 0;
  const { from, to, top, bottom } = stretch;
  return bottom === top ? from : between((y - top) / (bottom - top), from, to);
}

export interface Tick {
  readonly time: number;
  readonly y: number;
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000];
/** Pixels between two ticks. */
const SPACING = 64;

/** Round moments within what is in sight, where time is in scale. */
export function ticksIn(scale: TimeScale, top: number, bottom: number): readonly Tick[] {
  const ticks: Tick[] = [];
  let last = -Infinity;
  for (const stretch of scale.stretches) {
    if (stretch.broken || stretch.bottom < top || stretch.top > bottom || stretch.to === stretch.from)
      continue;
    const pace = (stretch.bottom - stretch.top) / (stretch.to - stretch.from);
    const step = STEPS.find((one) => one * pace >= SPACING) ?? 600_000;
    const begin = Math.max(stretch.from, yToTime(scale, Math.max(top, stretch.top)));
    const end = Math.min(stretch.to, yToTime(scale, Math.min(bottom, stretch.bottom)));
    for (let time = Math.ceil(begin / step) * step; time <= end; time += step) {
      const y = timeToY(scale, time);
      if (y - last < SPACING / 4) continue;
      ticks.push({ time, y });
      last = y;
    }
  }
  return ticks;
}
