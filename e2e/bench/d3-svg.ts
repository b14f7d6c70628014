import { select } from 'd3';
import { d3Layout } from './d3-layout.ts';
import { COLOURS, reachOf } from './network.ts';
import { everyFrame, type Contender } from './picture.ts';

/** d3-force on the main thread, an SVG element a peer and a link. */
export const d3Svg: Contender = (host, network) => {
  const { nodes, links, tick } = d3Layout(network);
  const reach = reachOf(network) * 1.05;
  const svg = select(host)
    .append('svg')
    .attr('viewBox', `${-reach} ${-reach} ${2 * reach} ${2 * reach}`);
  const lines = svg
    .append('g')
    .attr('stroke', COLOURS.link)
    .attr('stroke-opacity', 0.15)
    .selectAll('line')
    .data(links)
    .join('line');
  const discs = svg
    .append('g')
    .selectAll('circle')
    .data(nodes)
    .join('circle')
    .attr('r', 7)
    .attr('fill', (node) => (node.seed ? COLOURS.seed : COLOURS.leech));
  return everyFrame(() => {
    tick();
    lines
      .attr('x1', (link) => link.source.x)
      .attr('y1', (link) => link.source.y)
      .attr('x2', (link) => link.target.x)
      .attr('y2', (link) => link.target.y);
    discs.attr('cx', (node) => node.x).attr('cy', (node) => node.y);
  });
};
