import type { Adjacency } from './adjacency.ts';

/**
 * Mean length, in hops, of the shortest paths from the nodes of `sources` to all others that they reach, by
 * breadth-first search; over all nodes as sources it is the characteristic path length (Watts and Strogatz, Nature 393
 * (1998)). NaN where none reaches another.
 */
export function meanPathLength({ order, start, neighbours }: Adjacency, sources: Uint32Array): number {
  const distance = new Int32Array(order);
  const queue = new Uint32Array(order);
  let hops = 0;
  let reached = 0;
  for (const source of sources) {
    distance.fill(-1);
    distance[source] = 0;
    queue[0] = source;
    let known = 1;
    for (let head = 0; head < known; head++) {
      const node = queue[head] ?? 0;
      const next = (distance[node] ?? 0) + 1;
      const end = start[node + 1] ?? 0;
      for (let i = start[node] ?? 0; i < end; i++) {
        const other = neighbours[i] ?? 0;
        if (distance[other] !== -1) continue;
        distance[other] = next;
        hops += next;
        queue[known++] = other;
      }
    }
    reached += known - 1;
  }
  return hops / reached;
}
