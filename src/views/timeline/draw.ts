/** Puts the geometry into SVG. D3 owns everything below the elements it is given; React never sees it. */
import { area, curveMonotoneX, line, select, type Selection } from 'd3';
import type { SwarmView, TrafficPoint } from '../../dashboard/state.ts';
import { formatClock, formatCount } from '../format.ts';
import {
  plotOf,
  swarmLayout,
  timeTicks,
  timeToX,
  trafficLayout,
  type AreaPoint,
  type Plot,
  type TimeWindow,
} from './layout.ts';

export interface Frame {
  readonly window: TimeWindow;
  readonly width: number;
  readonly height: number;
  /** Where the crosshair stands, in seconds. */
  readonly crosshair: number | undefined;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;

const AXIS = 'axis';

function group(svg: SVGSVGElement, name: string): Group {
  const root = select(svg);
  const found = root.select<SVGGElement>(`g.${name}`);
  return found.empty() ? root.append('g').attr('class', name) : found;
}

function drawAxes(svg: SVGSVGElement, frame: Frame, plot: Plot, top: number, topY: number): void {
  const axis = group(svg, AXIS);
  axis
    .selectAll('line')
    .data([plot.bottom, topY])
    .join('line')
    .attr('x1', plot.left)
    .attr('x2', plot.right)
    .attr('y1', (y) => y)
    .attr('y2', (y) => y);
  axis
    .selectAll('text.tick-time')
    .data(timeTicks(frame.window, plot))
    .join('text')
    .attr('class', 'tick-time')
    .attr('x', (tick) => tick.at)
    .attr('y', frame.height - 3)
    .attr('text-anchor', (tick) =>
      tick.at < plot.left + 14 ? 'start' : tick.at > plot.right - 14 ? 'end' : 'middle',
    )
    .text((tick) => formatClock(tick.value * 1000));
  axis
    .selectAll('text.tick-top')
    .data([top])
    .join('text')
    .attr('class', 'tick-top')
    .attr('x', plot.left + 2)
    .attr('y', topY)
    .attr('dy', '1em')
    .text((value) => formatCount(value));
}

function drawCrosshair(svg: SVGSVGElement, frame: Frame, plot: Plot): void {
  group(svg, 'crosshair')
    .selectAll('line')
    .data(frame.crosshair === undefined ? [] : [timeToX(frame.crosshair, frame.window, plot)])
    .join('line')
    .attr('x1', (x) => x)
    .attr('x2', (x) => x)
    .attr('y1', plot.top)
    .attr('y2', plot.bottom);
}

const seedArea = area<AreaPoint>()
  .digits(1)
  .x((point) => point.x)
  .y0((point) => point.base)
  .y1((point) => point.middle)
  .curve(curveMonotoneX);
const leechArea = area<AreaPoint>()
  .digits(1)
  .x((point) => point.x)
  .y0((point) => point.middle)
  .y1((point) => point.upper)
  .curve(curveMonotoneX);
const seedLine = line<AreaPoint>()
  .digits(1)
  .x((point) => point.x)
  .y((point) => point.middle)
  .curve(curveMonotoneX);
const upperLine = line<AreaPoint>()
  .digits(1)
  .x((point) => point.x)
  .y((point) => point.upper)
  .curve(curveMonotoneX);

export function drawSwarm(svg: SVGSVGElement, swarm: SwarmView, frame: Frame): void {
  const plot = plotOf(frame.width, frame.height);
  const { area: points, top, topY } = swarmLayout(swarm.history, frame.window, plot);
  group(svg, 'data')
    .selectAll('path')
    .data([
      { kind: 'area-leech', path: leechArea(points) },
      { kind: 'area-seed', path: seedArea(points) },
      { kind: 'line-leech', path: upperLine(points) },
      { kind: 'line-seed', path: seedLine(points) },
    ])
    .join('path')
    .attr('class', ({ kind }) => kind)
    .attr('d', ({ path }) => path);
  drawAxes(svg, frame, plot, top, topY);
  drawCrosshair(svg, frame, plot);
}

export function drawTraffic(svg: SVGSVGElement, traffic: readonly TrafficPoint[], frame: Frame): void {
  const plot = plotOf(frame.width, frame.height);
  const { bars, top, topY } = trafficLayout(traffic, frame.window, plot);
  const data = group(svg, 'data');
  data
    .selectAll('rect.bar')
    .data(bars)
    .join('rect')
    .attr('class', 'bar')
    .attr('x', (bar) => bar.x)
    .attr('width', (bar) => bar.width)
    .attr('y', (bar) => bar.y)
    .attr('height', (bar) => bar.height);
  const faulty = bars.filter((bar) => bar.errorHeight > 0);
  data
    .selectAll('rect.bar-error')
    .data(faulty)
    .join('rect')
    .attr('class', 'bar-error')
    .attr('x', (bar) => bar.x)
    .attr('width', (bar) => bar.width)
    .attr('y', (bar) => plot.bottom - bar.errorHeight)
    .attr('height', (bar) => bar.errorHeight);
  // A mark on top of the bar as well: one error among a hundred requests is no pixel high, and colour is not enough.
  data
    .selectAll('path.mark-error')
    .data(faulty)
    .join('path')
    .attr('class', 'mark-error')
    .attr('d', (bar) => {
      const x = bar.x + bar.width / 2;
      return `M${x} ${bar.y - 0.5}l-2.5 -4h5z`;
    });
  drawAxes(svg, frame, plot, top, topY);
  drawCrosshair(svg, frame, plot);
}
