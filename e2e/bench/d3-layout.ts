/** d3-force as its users set it up for such a graph, kept warm as a living swarm keeps it. */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3';
import { linksOf, spreadNodes, type Network, type Node } from './network.ts';

export type D3Node = Node & SimulationNodeDatum;
export interface D3Link {
  readonly source: D3Node;
  readonly target: D3Node;
}

export interface D3Layout {
  readonly nodes: readonly D3Node[];
  readonly links: readonly D3Link[];
  readonly tick: () => void;
}

const WARMTH = 0.06;

export function d3Layout(network: Network): D3Layout {
  const nodes: D3Node[] = spreadNodes(network);
  const links = linksOf(network);
  const simulation = forceSimulation(nodes)
    .force('charge', forceManyBody<D3Node>().strength(-2.5).distanceMax(120))
    .force(
      'link',
      forceLink<D3Node, { source: number; target: number }>(links)
        .id((node) => node.id)
        .strength(0.01)
        .distance(40),
    )
    .force('collide', forceCollide(9.4).strength(0.5))
    .force('x', forceX(0).strength(0.01))
    .force('y', forceY(0).strength(0.01))
    .alpha(WARMTH)
    .alphaTarget(WARMTH)
    .stop();
  // The force put the nodes in place of their names.
  return { nodes, links: links as unknown as D3Link[], tick: () => void simulation.tick() };
}
