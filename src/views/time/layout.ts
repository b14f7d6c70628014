/** Geometry of the charts over time: figures in, marks out. */
import type { TimeRange } from '../../dashboard/observed.ts';
import { formatCount } from '../format.ts';
import type { Plot as Area } from '../timeline/layout.ts';
import { timeMarks } from './axis.ts';
import { areaOf, xOf, type Frame } from './frame.ts';
import type { Mark } from './marks.ts';
import type { Model, Plot } from './model.ts';
import { scaleOf, stacksOf, type Scale } from './scale.ts';

/** Pixels between two plots of a chart. */
const BETWEEN = 3;

/** What is along a plot, from its left edge to its right one. */
export const alongOf = (plot: Plot, range: TimeRange): TimeRange =>
  plot.along === 'run'
    ? range
    : { from: 0, to: Math.max(plot.grid.width, plot.grid.columns * plot.grid.width) };

/** Marks of a whole chart, plots one under the other. */
export function chartMarks(model: Model, frame: Frame): readonly Mark[] {
  const { plots, none } = model;
  if (none !== undefined) {
    const area = { ...areaOf(frame.width), top: 0, bottom: frame.height };
    return [noneMark(area, none)];
  }
  const height = (frame.height - BETWEEN * (plots.length - 1)) / Math.max(1, plots.length);
  return plots.flatMap((plot, i) => {
    const top = i * (height + BETWEEN);
    const area = { ...areaOf(frame.width), top, bottom: top + height };
    return [...plotMarks(plot, area, frame), ...unknownMarks(plot, model, area, frame)];
  });
}

function plotMarks(plot: Plot, outer: Area, frame: Frame): readonly Mark[] {
  const isAge = plot.along === 'age';
  const area = { ...outer, top: outer.top + 2, bottom: outer.bottom - (isAge ? frame.type + 5 : 1) };
  const along = alongOf(plot, frame.range);
  const scale = scaleOf(plot, area);
  const marks: Mark[] = [gridMarks(scale, area)];
  if (plot.heat !== undefined) {
    const { grid, heat } = plot;
    const x = xOf(grid.from, along, area);
    marks.push({
      kind: 'heat',
      heat: {
        x,
        y: area.top,
        width: xOf(grid.from + grid.columns * grid.width, along, area) - x,
        height: area.bottom - area.top,
        columns: grid.columns,
        rows: heat.rows,
        share: heat.share,
      },
    });
    return [...marks, ...tickMarks(plot, scale, area, frame)];
  }
  for (const { low, high, fill } of plot.bands ?? []) {
    const outlines = runsBetween(
      plot,
      plot.series[low]?.values,
      plot.series[high]?.values,
      along,
      area,
      scale,
    );
    marks.push({ kind: 'areas', outlines, fill });
  }
  marks.push(...stackMarks(plot, 'up', along, area, scale), ...stackMarks(plot, 'down', along, area, scale));
  for (const series of plot.series)
    if (series.stroke !== undefined)
      marks.push({
        kind: 'lines',
        paths: stepsOf(plot, series.values, along, area, scale),
        stroke: series.stroke,
      });
  if (plot.as === 'bars') marks.push(...cutMarks(plot, along, area, scale, frame));
  if (plot.series.length === 0) marks.push(noneMark(area, 'none so far'));
  if (isAge) marks.push(...timeMarks(along, area, frame.height - 4, frame.type));
  return [...marks, ...tickMarks(plot, scale, area, frame)];
}

/** Runs of columns in which `known` holds. */
function* runs(
  columns: number,
  known: (column: number) => boolean,
): Iterable<readonly [from: number, to: number]> {
  let from = -1;
  for (let column = 0; column <= columns; column++) {
    const is = column < columns && known(column);
    if (is && from < 0) from = column;
    if (!is && from >= 0) {
      yield [from, column];
      from = -1;
    }
  }
}

/** Edges of columns: x of the left edge of column `i` at `i`. */
function edgesOf({ grid }: Plot, along: TimeRange, area: Area): Float64Array {
  return Float64Array.from({ length: grid.columns + 1 }, (_, column) =>
    xOf(grid.from + column * grid.width, along, area),
  );
}

function stepsOf(
  plot: Plot,
  values: ArrayLike<number>,
  along: TimeRange,
  area: Area,
  { y }: Scale,
): readonly (readonly number[])[] {
  const edges = edgesOf(plot, along, area);
  const isKnown = (column: number): boolean => !Number.isNaN(values[column] ?? Number.NaN);
  return [...runs(plot.grid.columns, isKnown)].map(([from, to]) => {
    const path: number[] = [];
    for (let column = from; column < to; column++) {
      const height = y(values[column] ?? 0);
      path.push(edges[column] ?? 0, height, edges[column + 1] ?? 0, height);
    }
    return path;
  });
}

/** Closed outlines between two series, where both are known. */
function runsBetween(
  plot: Plot,
  low: ArrayLike<number> = [],
  high: ArrayLike<number> = [],
  along: TimeRange,
  area: Area,
  { y }: Scale,
): readonly (readonly number[])[] {
  const edges = edgesOf(plot, along, area);
  const isKnown = (column: number): boolean =>
    !Number.isNaN((low[column] ?? Number.NaN) + (high[column] ?? Number.NaN));
  return [...runs(plot.grid.columns, isKnown)].map(([from, to]) => {
    const outline: number[] = [];
    for (let column = from; column < to; column++) {
      const height = y(high[column] ?? 0);
      outline.push(edges[column] ?? 0, height, edges[column + 1] ?? 0, height);
    }
    for (let column = to - 1; column >= from; column--) {
      const height = y(low[column] ?? 0);
      outline.push(edges[column + 1] ?? 0, height, edges[column] ?? 0, height);
    }
    return outline;
  });
}

/** Columns as narrow as this touch each other. */
const NARROW = 3;

function stackMarks(
  plot: Plot,
  form: 'up' | 'down',
  along: TimeRange,
  area: Area,
  scale: Scale,
): readonly Mark[] {
  const sign = form === 'up' ? 1 : -1;
  let foot = new Float64Array(plot.grid.columns);
  const edges = edgesOf(plot, along, area);
  const marks: Mark[] = [];
  for (const { values, form: own, fill } of plot.series) {
    if (own !== form || fill === undefined) continue;
    const head = foot.map((below, column) => below + sign * (values[column] ?? Number.NaN));
    if (plot.as === 'levels')
      marks.push({ kind: 'areas', outlines: runsBetween(plot, foot, head, along, area, scale), fill });
    else marks.push({ kind: 'boxes', boxes: boxesBetween(foot, head, edges, scale), fill });
    foot = head;
  }
  return marks;
}

function boxesBetween(foot: Float64Array, head: Float64Array, edges: Float64Array, { y }: Scale): number[] {
  const boxes: number[] = [];
  for (let column = 0; column < foot.length; column++) {
    const [one, other] = [foot[column] ?? 0, head[column] ?? 0];
    if (one === other || Number.isNaN(one + other)) continue;
    const x = edges[column] ?? 0;
    const width = (edges[column + 1] ?? 0) - x;
    const top = Math.min(y(one), y(other));
    boxes.push(x, top, width > NARROW ? width - 0.75 : width, Math.max(y(one), y(other)) - top);
  }
  return boxes;
}

/** A wedge and the figure over bars that are higher than there is room. */
function cutMarks(
  plot: Plot,
  along: TimeRange,
  area: Area,
  { top = Infinity }: Scale,
  { type }: Frame,
): readonly Mark[] {
  const edges = edgesOf(plot, along, area);
  const stacks = stacksOf(plot, 'up');
  const outlines: number[][] = [];
  let highest = -1;
  stacks.forEach((sum, column) => {
    if (sum <= top) return;
    const x = ((edges[column] ?? 0) + (edges[column + 1] ?? 0)) / 2;
    outlines.push([x - 3, area.top + 5, x + 3, area.top + 5, x, area.top]);
    if (highest < 0 || sum > (stacks[highest] ?? 0)) highest = column;
  });
  if (highest < 0) return [];
  const last = outlines.at(-1)?.[2] ?? area.left;
  const text = `cut off, up to ${formatCount(stacks[highest] ?? 0)}`;
  return [
    { kind: 'areas', outlines, fill: { ink: 'ink', opacity: 1 } },
    { kind: 'text', x: last + 4, y: area.top + type, text, anchor: 'start', ink: 'inkSoft' },
  ];
}

const noneMark = (area: Area, text: string): Mark => ({
  kind: 'text',
  x: (area.left + area.right) / 2,
  y: (area.top + area.bottom) / 2 + 4,
  text,
  anchor: 'middle',
  ink: 'inkSoft',
});

const gridMarks = ({ y, ticks }: Scale, area: Area): Mark => ({
  kind: 'lines',
  paths: [area.bottom, ...ticks.map(({ value }) => y(value))].map((at) => [area.left, at, area.right, at]),
  stroke: { ink: 'line', width: 1 },
});

function tickMarks(plot: Plot, { y, ticks }: Scale, area: Area, { type }: Frame): readonly Mark[] {
  const marks: Mark[] = [];
  let last = Infinity;
  for (const { value, text } of ticks) {
    const foot = Math.max(area.top + type, Math.min(area.bottom - 2, y(value) + type));
    // Where there is no room for all, the lower ones stay.
    if (text === '' || (Number.isFinite(last) && Math.abs(last - foot) < type + 1)) continue;
    marks.push({ kind: 'text', x: area.left + 3, y: foot, text, anchor: 'start', ink: 'inkSoft' });
    last = foot;
  }
  if (plot.name !== undefined)
    marks.push({
      kind: 'text',
      x: area.right - 4,
      y: area.top + type,
      text: plot.name,
      anchor: 'end',
      ink: 'ink',
    });
  return marks;
}

/** Hatched: what nobody told of. After what is known so far there is nothing, and no hatch either. */
function unknownMarks(plot: Plot, { gaps }: Model, area: Area, { range, type }: Frame): readonly Mark[] {
  if (plot.along === 'age') return [];
  return gaps.flatMap((gap): readonly Mark[] => {
    const x = xOf(gap.from, range, area);
    const width = xOf(gap.to, range, area) - x;
    if (width <= 0) return [];
    const boxes = [x, area.top, width, area.bottom - area.top];
    const hatch: Mark = { kind: 'boxes', boxes, fill: { ink: 'inkSoft', opacity: 0.75, hatch: 'rising' } };
    if (width < 4 * type) return [hatch];
    const [middle, foot] = [x + width / 2, (area.top + area.bottom) / 2];
    return [hatch, { kind: 'text', x: middle, y: foot, text: 'no data', anchor: 'middle', ink: 'ink' }];
  });
}
