/** How high figures stand on a plot. */
import { formatCount } from '../format.ts';
import { axisTop, type Plot as Area } from '../timeline/layout.ts';
import type { Plot, Series } from './model.ts';

/** Height of a value, and the values written beside the plot. */
export interface Scale {
  readonly y: (value: number) => number;
  /** What is higher is cut off there, and marked; undefined: nothing is. */
  readonly top?: number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

export function scaleOf(plot: Plot, area: Area): Scale {
  const room = area.bottom - area.top;
  if (plot.scale === 'share') {
    const ticks =
      plot.heat === undefined
        ? [0, 0.5, 1].map((value) => ({ value, text: `${value * 100} %` }))
        : [
            { value: 0, text: 'chunk 1' },
            { value: 1, text: `chunk ${formatCount(plot.heat.chunks)}` },
          ];
    return { y: (value) => area.bottom - value * room, ticks };
  }
  if (plot.scale === 'logarithmic') return logarithmic(plot.series, area);
  const [top, foot] = [reachOf(plot, 'up'), reachOf(plot, 'down')];
  const upper = axisTop(top, plot.as === 'levels' ? 5 : 1);
  const lower = foot > 0 ? axisTop(foot, 1) : 0;
  // Both directions have one measure, so that who comes can be held against who goes.
  const y = (value: number): number =>
    area.top + ((upper - Math.min(upper, Math.max(-lower, value))) / (upper + lower)) * room;
  const unit = plot.series[0]?.unit;
  const textOf = (value: number): string => `${formatTick(value)}${unit === undefined ? '' : UNITS[unit]}`;
  const ticks = [
    ...(plot.series.length > 0 ? [{ value: upper, text: textOf(upper) }] : []),
    ...(lower > 0
      ? [
          { value: 0, text: '' },
          { value: -lower, text: textOf(lower) },
        ]
      : []),
  ];
  return { y, ticks, top: upper };
}

const UNITS = { peers: '', perSecond: ' /s', perMinute: ' /min', milliseconds: ' ms', share: '' };
const formatTick = (value: number): string => (value < 10 ? String(value) : formatCount(value));

function logarithmic(series: readonly Series[], area: Area): Scale {
  let [least, most] = [Infinity, 0];
  for (const { values } of series)
    for (let column = 0; column < values.length; column++) {
      const value = values[column] ?? Number.NaN;
      if (value > 0) least = Math.min(least, value);
      if (value > most) most = value;
    }
  const low = most === 0 ? 0 : Math.floor(Math.log10(Math.max(0.1, least)));
  const high = Math.max(low + 1, most === 0 ? 0 : Math.ceil(Math.log10(most)));
  const room = area.bottom - area.top;
  const y = (value: number): number =>
    area.bottom - ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * room;
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => {
    const value = 10 ** (low + i);
    return { value, text: value >= 1000 ? `${formatCount(value / 1000)} s` : `${value} ms` };
  });
  return { y, ticks: ticks.slice(1) };
}

/** Heights of the stacks of one direction. */
export function stacksOf({ series, grid }: Plot, form: 'up' | 'down'): Float64Array {
  const sums = new Float64Array(grid.columns);
  for (const one of series)
    if (one.form === form)
      for (let column = 0; column < grid.columns; column++)
        sums[column] = (sums[column] ?? 0) + (one.values[column] || 0);
  return sums;
}

/** Bars so many times as high as nearly all others are cut off: else nothing could be seen of these. */
const OUTLYING = 5;
const NEARLY_ALL = 0.95;

/** The highest stack of one direction that is shown whole. */
function reachOf(plot: Plot, form: 'up' | 'down'): number {
  const sorted = stacksOf(plot, form)
    .filter((sum) => sum > 0)
    .sort();
  const most = sorted.at(-1) ?? 0;
  if (plot.as === 'levels') return most;
  const usual = sorted[Math.floor(sorted.length * NEARLY_ALL)] ?? most;
  return sorted.length > MANY && most > OUTLYING * usual ? 2 * usual : most;
}

/** Fewer columns do not say what is usual. */
const MANY = 40;
