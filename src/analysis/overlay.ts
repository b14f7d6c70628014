/**
 * The overlay of one swarm as a graph: peers present, a link either way an edge. Through graphology and its libraries
 * (components, modularity, density); what they lack, or take seconds over where 10,000 peers are linked (shortest
 * paths), is beside this file.
 */
import { UndirectedGraph } from 'graphology';
import { forEachConnectedComponentOrder } from 'graphology-components';
import { density } from 'graphology-metrics/graph/density.js';
import modularity from 'graphology-metrics/graph/modularity.js';
import { adjacencyOf, degreesOf } from './adjacency.ts';
import { clustering } from './clustering.ts';
import type { Measures } from './measures.ts';
import { meanPathLength } from './path-length.ts';
import { byDegree, giantShares, randomOrder, robustness } from './robustness.ts';
import type { Curve } from './sample.ts';

export interface OverlayNode {
  readonly asn: number;
  readonly mode: 'LEECH' | 'SEED';
}
type Overlay = UndirectedGraph<{ asn: number; mode: string }>;

/** Sources that shortest paths are measured from; all nodes of a graph that has fewer. */
const PATH_SOURCES = 100;
/** Random orders of removal that are averaged. */
const REMOVALS = 10;
const CURVE_STEPS = 20;

export interface OverlayCurves {
  /** Nodes by degree. */
  readonly degrees: Curve;
  /** Share in the largest component, by the share of peers removed. */
  readonly removedAtRandom: Curve;
  readonly removedByDegree: Curve;
}

/** An overlay without links; `nodes` by peer. */
export function overlayOf(nodes: Iterable<readonly [peer: number, node: OverlayNode]>): Overlay {
  const graph: Overlay = new UndirectedGraph();
  for (const [peer, { asn, mode }] of nodes) graph.addNode(peer, { asn, mode });
  return graph;
}

/**
 * Nominal assortativity (Newman, Physical Review E 67 (2003) 026126, eq. 2): r = (sum e_ii - sum a_i^2) / (1 - sum
 * a_i^2), with e_ii the share of edges within class i and a_i the share of edge ends in it. The numerator is the
 * modularity of the classes. NaN without edges, or where all ends are of one class.
 */
export function nominalAssortativity(graph: Overlay, attribute: 'asn' | 'mode'): number {
  if (graph.size === 0) return Number.NaN;
  const ends = new Map<string | number, number>();
  graph.forEachNode((node, attributes) => {
    const of = attributes[attribute];
    ends.set(of, (ends.get(of) ?? 0) + graph.degree(node));
  });
  if ([...ends.values()].filter((count) => count > 0).length < 2) return Number.NaN;
  let chance = 0;
  for (const count of ends.values()) chance += (count / (2 * graph.size)) ** 2;
  return modularity(graph, { getNodeCommunity: attribute, getEdgeWeight: null }) / (1 - chance);
}

/** Tells all measures of the graph under `overlay.<of>.`; `random` draws the samples: uniform in [0, 1). */
export function tellOverlay(
  measures: Measures,
  of: string,
  graph: Overlay,
  random: () => number,
): OverlayCurves {
  const { order, size } = graph;
  measures.tell('overlay.*.nodes', order, { of });
  measures.tell('overlay.*.edges', size, { of });
  measures.tell('overlay.*.meanDegree', (2 * size) / order, { of });
  if (order > 1) measures.tell('overlay.*.density', density(graph), { of });
  const adjacency = adjacencyOf(graph);
  const degrees = degreesOf(adjacency);
  const perDegree: number[] = [];
  for (const degree of degrees) {
    while (perDegree.length <= degree) perDegree.push(0);
    perDegree[degree] = (perDegree[degree] ?? 0) + 1;
  }
  measures.tell('overlay.*.maxDegree', perDegree.length - 1, { of });
  const { average, transitivity } = clustering(adjacency);
  measures.tell('overlay.*.clustering', average, { of });
  measures.tell('overlay.*.transitivity', transitivity, { of });
  const sources = randomOrder(order, random).subarray(0, PATH_SOURCES);
  measures.tell('overlay.*.meanPathLength', meanPathLength(adjacency, sources), {
    of,
    observations: sources.length,
  });
  let components = 0;
  let giant = 0;
  forEachConnectedComponentOrder(graph, (nodes) => {
    components++;
    giant = Math.max(giant, nodes);
  });
  measures.tell('overlay.*.components', components, { of });
  measures.tell('overlay.*.giantShare', giant / order, { of });
  measures.tell('overlay.*.assortativityByAsn', nominalAssortativity(graph, 'asn'), { of });
  measures.tell('overlay.*.assortativityByMode', nominalAssortativity(graph, 'mode'), { of });

  const atRandom = new Float64Array(order + 1);
  for (let run = 0; run < REMOVALS; run++)
    giantShares(adjacency, randomOrder(order, random)).forEach((share, removed) => {
      atRandom[removed] = (atRandom[removed] ?? 0) + share / REMOVALS;
    });
  const targeted = giantShares(adjacency, byDegree(randomOrder(order, random), degrees));
  measures.tell('overlay.*.robustnessRandom', robustness(atRandom), { of });
  measures.tell('overlay.*.robustnessByDegree', robustness(targeted), { of });
  return {
    degrees: { x: perDegree.map((_, degree) => degree), y: perDegree },
    removedAtRandom: removalCurve(atRandom),
    removedByDegree: removalCurve(targeted),
  };
}

function removalCurve(shares: Float64Array): Curve {
  const order = shares.length - 1;
  const x = Array.from({ length: CURVE_STEPS + 1 }, (_, step) => step / CURVE_STEPS);
  return { x, y: x.map((share) => shares[Math.round(share * order)] ?? 0) };
}
