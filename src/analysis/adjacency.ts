/** A simple undirected graph as two arrays, for what a library would take too long over or does not have. */
import type { UndirectedGraph } from 'graphology';

export interface Adjacency {
  readonly order: number;
  /** The neighbours of node i are `neighbours[start[i]]` until `start[i + 1]` (exclusive); order + 1 entries. */
  readonly start: Uint32Array;
  readonly neighbours: Uint32Array;
}

/** Nodes in the graph's own order. */
export function adjacencyOf(graph: UndirectedGraph): Adjacency {
  const indices = new Map<string, number>();
  graph.forEachNode((node) => indices.set(node, indices.size));
  const start = new Uint32Array(graph.order + 1);
  const neighbours = new Uint32Array(2 * graph.size);
  let next = 0;
  let at = 0;
  graph.forEachNode((node) => {
    graph.forEachNeighbor(node, (neighbour) => {
      neighbours[next++] = indices.get(neighbour) ?? 0;
    });
    start[++at] = next;
  });
  return { order: graph.order, start, neighbours };
}

export const degreesOf = ({ order, start }: Adjacency): Uint32Array =>
  Uint32Array.from({ length: order }, (_, node) => (start[node + 1] ?? 0) - (start[node] ?? 0));
