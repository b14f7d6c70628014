/** Marks that the plots of the lists have in common. */
import type { Selection } from 'd3';

type Root = Selection<SVGSVGElement, unknown, null, undefined>;

interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Level lines from `left` to `right`, one at each height. */
export function drawGrid(root: Root, left: number, right: number, heights: readonly number[]): void {
  root
    .selectAll('line.grid')
    .data(heights)
    .join('line')
    .attr('class', 'grid')
    .attr('x1', left)
    .attr('x2', right)
    .attr('y1', (y) => y)
    .attr('y2', (y) => y);
}

export function drawBars(root: Root, bars: readonly Bar[]): void {
  root
    .selectAll('rect.bar')
    .data(bars)
    .join('rect')
    .attr('class', 'bar')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ width }) => width)
    .attr('height', ({ height }) => height);
}
