import { degreesOf, type Adjacency } from './adjacency.ts';

export interface Clustering {
  /**
   * Mean over all nodes of triangles / (k (k - 1) / 2), 0 of nodes with degree k < 2 (Watts and Strogatz, Nature 393
   * (1998)). NaN of no nodes.
   */
  readonly average: number;
  /** 3 x triangles / connected triples (Newman, SIAM Review 45 (2003), eq. 3.3). NaN where there are no triples. */
  readonly transitivity: number;
}

/**
 * Each triangle is found once, from its node of least degree (the forward algorithm: Schank and Wagner, WEA 2005), so
 * that a node with thousands of links costs no more than the others: O(edges^1.5).
 */
export function clustering(graph: Adjacency): Clustering {
  const { order, start, neighbours } = graph;
  const degrees = degreesOf(graph);
  const degreeOf = (node: number): number => degrees[node] ?? 0;
  const before = (a: number, b: number): boolean =>
    degreeOf(a) < degreeOf(b) || (degreeOf(a) === degreeOf(b) && a < b);
  const forward = Array.from({ length: order }, (_, node) =>
    neighbours.subarray(start[node], start[node + 1]).filter((other) => before(node, other)),
  );
  const triangles = new Float64Array(order);
  const bump = (node: number): void => {
    triangles[node] = (triangles[node] ?? 0) + 1;
  };
  const markedBy = new Int32Array(order).fill(-1);
  forward.forEach((ahead, node) => {
    for (const other of ahead) markedBy[other] = node;
    for (const other of ahead)
      for (const third of forward[other] ?? [])
        if (markedBy[third] === node) for (const corner of [node, other, third]) bump(corner);
  });
  let corners = 0;
  let triples = 0;
  let local = 0;
  triangles.forEach((found, node) => {
    const pairs = (degreeOf(node) * (degreeOf(node) - 1)) / 2;
    corners += found;
    triples += pairs;
    if (pairs > 0) local += found / pairs;
  });
  return { average: local / order, transitivity: corners / triples };
}
