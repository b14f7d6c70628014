/** Geometry of the histogram of listings, and of the curve that chance would give. Lengths are pixels. */
import { scaleLinear } from 'd3';
import type { SpreadAnswer } from '../../dashboard/observed.ts';
import type { Size } from './edge-layout.ts';

export interface SpreadBar {
  /** Listings from (inclusive) to (exclusive). */
  readonly from: number;
  readonly to: number;
  readonly peers: number;
  readonly expected: number;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  /** Of the curve, at the bar's middle. */
  readonly curveY: number;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface SpreadPlan {
  readonly bars: readonly SpreadBar[];
  readonly curve: string;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Fewer peers in a tail are not drawn any more. */
const NOTHING = 0.02;
const NARROWEST = 4;

export function spreadPlan(
  { least, observed, expected }: SpreadAnswer,
  { width, height, rem }: Size,
): SpreadPlan {
  const [left, right, top, bottom] = [2.8 * rem, width - 0.5 * rem, 0.6 * rem, height - 2.6 * rem];
  let last = observed.length - 1;
  while (last > 0 && (observed[last] ?? 0) === 0 && (expected[last] ?? 0) < NOTHING) last--;
  const count = Math.max(1, last + 1);
  const step = Math.max(1, Math.ceil((count * NARROWEST) / Math.max(1, right - left)));
  const groups = Math.ceil(count / step);
  const sums = Array.from({ length: groups }, (_, group) => {
    let [peers, due] = [0, 0];
    for (let place = group * step; place < Math.min(observed.length, (group + 1) * step); place++) {
      peers += observed[place] ?? 0;
      due += expected[place] ?? 0;
    }
    return { peers, due };
  });
  const y = scaleLinear(
    [0, Math.max(1, ...sums.flatMap(({ peers, due }) => [peers, due]))],
    [bottom, top],
  ).nice(4);
  const wide = (right - left) / groups;
  const bars = sums.map(({ peers, due }, group): SpreadBar => ({
    from: least + group * step,
    to: least + (group + 1) * step,
    peers,
    expected: due,
    x: left + group * wide,
    width: Math.max(1, wide - (wide > 6 ? 2 : 0.5)),
    y: y(peers),
    height: bottom - y(peers),
    curveY: y(due),
  }));
  const every = Math.max(1, Math.ceil(groups / Math.max(2, Math.floor((right - left) / (3.2 * rem)))));
  return {
    bars,
    curve: bars
      .map(
        (bar, place) => `${place === 0 ? 'M' : 'L'}${(bar.x + wide / 2).toFixed(1)} ${bar.curveY.toFixed(1)}`,
      )
      .join(''),
    xTicks: bars
      .filter((_, place) => place % every === 0)
      .map((bar) => ({ at: bar.x + wide / 2, label: String(bar.from) })),
    yTicks: y.ticks(4).map((value) => ({ at: y(value), label: value.toLocaleString('en-US') })),
    left,
    right,
    top,
    bottom,
  };
}
