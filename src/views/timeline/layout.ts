/** Geometry of the strip of charts: history in, coordinates out. No DOM, no colours, no words. */
import type { SwarmPoint, TrafficPoint } from '../../dashboard/state.ts';

/** A chart's drawing area within its SVG. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Seconds since the run began, from and to. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** A slice of a stacked area at one moment: SEEDs from base to middle, LEECHes from middle to upper. */
export interface AreaPoint {
  /** Seconds since the run began. */
  readonly time: number;
  readonly x: number;
  readonly base: number;
  readonly middle: number;
  readonly upper: number;
}

export interface Bar {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  /** Height of its part with errors, from the bottom. */
  readonly errorHeight: number;
}

export interface Tick {
  readonly at: number;
  readonly value: number;
}

const SHORTEST_WINDOW = 60;
const LONGEST_WINDOW = 900;

/** From the beginning (or 15 minutes ago) to now; a young run has a minute to grow into. */
export function timeWindow(now: number): TimeWindow {
  const to = Math.max(now, SHORTEST_WINDOW);
  return { from: Math.max(0, to - LONGEST_WINDOW), to };
}

export const plotOf = (width: number, height: number): Plot => ({
  left: 1,
  right: Math.max(2, width - 1),
  top: 5,
  bottom: Math.max(6, height - 18),
});

export function timeToX(time: number, window: TimeWindow, plot: Plot): number {
  const share = (time - window.from) / (window.to - window.from);
  return plot.left + Math.min(1, Math.max(0, share)) * (plot.right - plot.left);
}

export function xToTime(x: number, window: TimeWindow, plot: Plot): number {
  const share = (x - plot.left) / (plot.right - plot.left);
  return window.from + Math.min(1, Math.max(0, share)) * (window.to - window.from);
}

/** The next of 1, 1.5, 2, 3, 5, 7.5, 10 ... that holds the value, at least `least`: the axis does not twitch. */
export function axisTop(value: number, least = 5): number {
  if (!(value > least)) return least;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 1.5, 2, 3, 5, 7.5]) if (value <= step * magnitude) return step * magnitude;
  return 10 * magnitude;
}

const valueToY = (value: number, top: number, plot: Plot): number =>
  plot.bottom - (Math.min(Math.max(value, 0), top) / top) * (plot.bottom - plot.top);

const inside = <P extends { readonly time: number }>(points: readonly P[], window: TimeWindow): P[] =>
  points.filter((point) => point.time >= window.from && point.time <= window.to);

/** Pixels between two points of an area: closer ones could not be told apart, and a long run has thousands. */
const NARROWEST_STEP = 2;

/** Whole seconds that so many pixels stand for, at least one. */
const secondsPer = (pixels: number, window: TimeWindow, plot: Plot): number =>
  Math.max(1, Math.ceil(((window.to - window.from) / (plot.right - plot.left)) * pixels));

/** The last point of every `seconds`, counted from time 0, so that points stay as the window moves on. */
function thinned<P extends { readonly time: number }>(points: readonly P[], seconds: number): P[] {
  const slot = (point: P): number => Math.floor(point.time / seconds);
  return points.filter((point, index) => {
    const next = points[index + 1];
    return next === undefined || slot(next) !== slot(point);
  });
}

export interface SwarmLayout {
  readonly area: readonly AreaPoint[];
  readonly top: number;
  /** Height at which the axis' top value stands. */
  readonly topY: number;
}

export function swarmLayout(history: readonly SwarmPoint[], window: TimeWindow, plot: Plot): SwarmLayout {
  const points = inside(history, window);
  const top = axisTop(points.reduce((most, point) => Math.max(most, point.seeds + point.leeches), 0));
  const area = thinned(points, secondsPer(NARROWEST_STEP, window, plot)).map((point) => ({
    time: point.time,
    x: timeToX(point.time, window, plot),
    base: plot.bottom,
    middle: valueToY(point.seeds, top, plot),
    upper: valueToY(point.seeds + point.leeches, top, plot),
  }));
  return { area, top, topY: valueToY(top, top, plot) };
}

export interface TrafficLayout {
  readonly bars: readonly Bar[];
  readonly top: number;
  readonly topY: number;
  /** Seconds in one bar. */
  readonly seconds: number;
}

const NARROWEST_BAR = 3;

/** Requests a second; seconds are put together until a bar can be seen. */
export function trafficLayout(
  traffic: readonly TrafficPoint[],
  window: TimeWindow,
  plot: Plot,
): TrafficLayout {
  const seconds = secondsPer(NARROWEST_BAR, window, plot);
  const bins = new Map<number, { requests: number; errors: number; points: number }>();
  for (const point of inside(traffic, window)) {
    const start = Math.floor(point.time / seconds) * seconds;
    const bin = bins.get(start) ?? { requests: 0, errors: 0, points: 0 };
    bin.requests += point.requests;
    bin.errors += point.errors;
    bin.points += 1;
    bins.set(start, bin);
  }
  const most = [...bins.values()].reduce((top, bin) => Math.max(top, bin.requests / bin.points), 0);
  const top = axisTop(most);
  const bars = [...bins].map(([start, bin]) => {
    const x = timeToX(start, window, plot);
    const end = timeToX(start + seconds, window, plot);
    const y = valueToY(bin.requests / bin.points, top, plot);
    const errors = Math.min(bin.errors, bin.requests) / bin.points;
    return {
      x,
      width: Math.max(0, Math.min(end - x - 0.75, 12)),
      y,
      height: plot.bottom - y,
      errorHeight: plot.bottom - valueToY(errors, top, plot),
    };
  });
  return { bars, top, topY: valueToY(top, top, plot), seconds };
}

/** The point nearest in time, or undefined when there is none. Points are in order of time. */
export function nearest<P extends { readonly time: number }>(
  points: readonly P[],
  time: number,
): P | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const point = points[middle];
    if (point !== undefined && point.time < time) low = middle + 1;
    else high = middle;
  }
  const after = points[low];
  const before = points[low - 1];
  if (after === undefined || before === undefined) return after ?? before;
  return time - before.time <= after.time - time ? before : after;
}

const TICK_STEPS = [10, 15, 30, 60, 120, 300, 600];
const TICK_SPACING = 52;

/** Moments to write under the chart: round ones, as many as have room. */
export function timeTicks(window: TimeWindow, plot: Plot): readonly Tick[] {
  const span = window.to - window.from;
  const room = Math.max(1, (plot.right - plot.left) / TICK_SPACING);
  const step = TICK_STEPS.find((seconds) => span / seconds <= room) ?? 600;
  const ticks: Tick[] = [];
  for (let value = Math.ceil(window.from / step) * step; value <= window.to; value += step)
    ticks.push({ value, at: timeToX(value, window, plot) });
  return ticks;
}

export type Trend = 'rising' | 'falling' | 'steady';

/** How the number of peers moved over the last half minute. */
export function trendOf(history: readonly SwarmPoint[]): Trend {
  const last = history.at(-1);
  if (last === undefined) return 'steady';
  const before = nearest(history, last.time - 30) ?? last;
  const now = last.seeds + last.leeches;
  const then = before.seeds + before.leeches;
  const change = now - then;
  if (Math.abs(change) < Math.max(2, then * 0.04)) return 'steady';
  return change > 0 ? 'rising' : 'falling';
}
