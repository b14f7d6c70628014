/** Puts who was handed to whom into SVG. D3 owns everything below the element; edges that look the same are one path. */
import { select, type Selection } from 'd3';
import type { EdgesAnswer } from '../../dashboard/observed.ts';
import { formatCount, plural } from '../format.ts';
import { discs, grouped, rowLabelWidth, type EdgeNode, type EdgePlan, type Size } from './edge-layout.ts';
import type { Names } from './names.ts';
import { since } from './words.ts';

export interface EdgeFrame {
  readonly plan: EdgePlan;
  readonly answer: EdgesAnswer;
  readonly size: Size;
  /** A node whose edges stand out. */
  readonly over: number | undefined;
  readonly names: Names;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;

function layer(svg: SVGSVGElement, name: string): Group {
  const root = select(svg);
  const found = root.select<SVGGElement>(`g.${name}`);
  return found.empty() ? root.append('g').attr('class', name) : found;
}

export function drawEdges(svg: SVGSVGElement, frame: EdgeFrame): void {
  const { plan, over } = frame;
  const group = layer(svg, 'edges').classed('edges-dim', over !== undefined);
  drawGroups(group, plan.edges);
  drawGroups(
    layer(svg, 'edges-over'),
    over === undefined ? [] : plan.edges.filter(({ asker, listed }) => asker === over || listed === over),
  );
  const kinds: readonly (readonly [kind: string, nodes: readonly EdgeNode[]])[] = [
    ['node-leech', plan.nodes.filter(({ seed, gone }) => !seed && !gone)],
    ['node-seed', plan.nodes.filter(({ seed, gone }) => seed && !gone)],
    ['node-leech node-gone', plan.nodes.filter(({ seed, gone }) => !seed && gone)],
    ['node-seed node-gone', plan.nodes.filter(({ seed, gone }) => seed && gone)],
    ['node-over', plan.nodes.filter((_, place) => place === over)],
  ];
  layer(svg, 'nodes')
    .selectAll('path')
    .data(kinds)
    .join('path')
    .attr('class', ([kind]) => kind)
    .attr('d', ([, nodes]) => discs(nodes));
  drawRows(layer(svg, 'rows'), frame);
  drawHeads(layer(svg, 'row-heads'), frame);
}

function drawGroups(into: Group, edges: EdgePlan['edges']): void {
  const groups = grouped(edges);
  into
    .selectAll('path.edge')
    .data(groups)
    .join('path')
    .attr(
      'class',
      ({ seed, stale, weight, fresh }) =>
        `edge edge-${seed ? 'seed' : 'leech'} edge-weight-${weight} edge-fresh-${fresh}${stale ? ' edge-stale' : ''}`,
    )
    .attr('d', ({ line }) => line);
  into
    .selectAll('path.edge-head')
    .data(groups)
    .join('path')
    .attr('class', ({ seed, fresh }) => `edge-head edge-head-${seed ? 'seed' : 'leech'} edge-fresh-${fresh}`)
    .attr('d', ({ head }) => head);
}

function drawRows(into: Group, { plan, answer, size, names }: EdgeFrame): void {
  const gap = 0.7 * size.rem;
  const isNarrow = rowLabelWidth(size.width, size.rem) < 9.5 * size.rem;
  into
    .selectAll('text')
    .data(plan.rows)
    .join('text')
    .attr('class', ({ stale }) => (stale ? 'row row-stale' : 'row'))
    .attr('x', ({ x, side }) => (side === 'asker' ? x - gap : x + gap))
    .attr('y', ({ y }) => y)
    .attr('text-anchor', ({ side }) => (side === 'asker' ? 'end' : 'start'))
    .text(({ peer, times, last, stale }) =>
      [
        names.short(peer),
        ...(times > 1 ? [`${formatCount(times)}×`] : []),
        ...(isNarrow ? [] : [since(answer.looked.to - last)]),
        ...(stale ? ['gone'] : []),
      ].join(' · '),
    );
}

function drawHeads(into: Group, { plan, answer, size, names }: EdgeFrame): void {
  const { peer } = answer;
  const margin = rowLabelWidth(size.width, size.rem);
  const asking = plan.rows.filter(({ side }) => side === 'asker').length + plan.more.asker;
  const listed = plan.rows.filter(({ side }) => side === 'listed').length + plan.more.listed;
  const texts =
    peer === undefined
      ? []
      : [
          {
            text: `On the lists of ${plural(asking, 'peer')}`,
            x: 0.2 * size.rem,
            y: 1.3 * size.rem,
            anchor: 'start',
          },
          {
            text: `Was handed ${plural(listed, 'peer')}`,
            x: size.width - 0.2 * size.rem,
            y: 1.3 * size.rem,
            anchor: 'end',
          },
          {
            text: names.short(peer),
            x: size.width / 2,
            y: size.height / 2 - 1.1 * size.rem,
            anchor: 'middle',
          },
          ...(plan.more.asker > 0
            ? [
                {
                  text: `and ${formatCount(plan.more.asker)} more`,
                  x: margin,
                  y: size.height - 0.5 * size.rem,
                  anchor: 'end',
                },
              ]
            : []),
          ...(plan.more.listed > 0
            ? [
                {
                  text: `and ${formatCount(plan.more.listed)} more`,
                  x: size.width - margin,
                  y: size.height - 0.5 * size.rem,
                  anchor: 'start',
                },
              ]
            : []),
        ];
  into
    .selectAll('text')
    .data(texts)
    .join('text')
    .attr('class', 'row-head')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('text-anchor', ({ anchor }) => anchor)
    .text(({ text }) => text);
}
