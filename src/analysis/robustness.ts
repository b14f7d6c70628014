import type { Adjacency } from './adjacency.ts';

/**
 * The largest component while nodes are removed one after the other: after i removals, i = 0 to order, its size over
 * the number of nodes at first. All at once, by adding the nodes back in reverse order with union-find (Newman and
 * Ziff, Physical Review E 64 (2001) 016706). `removal`: every node once.
 */
export function giantShares({ order, start, neighbours }: Adjacency, removal: Uint32Array): Float64Array {
  const parent = Int32Array.from({ length: order }, (_, node) => node);
  const size = new Uint32Array(order).fill(1);
  const present = new Uint8Array(order);
  const rootOf = (node: number): number => {
    let at = node;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = up;
    }
    return at;
  };
  const shares = new Float64Array(order + 1);
  let largest = 0;
  for (let removed = order - 1; removed >= 0; removed--) {
    const node = removal[removed] ?? 0;
    present[node] = 1;
    largest = Math.max(largest, 1);
    for (const other of neighbours.subarray(start[node], start[node + 1])) {
      if (present[other] === 0) continue;
      let [big, small] = [rootOf(node), rootOf(other)];
      if (big === small) continue;
      if ((size[big] ?? 0) < (size[small] ?? 0)) [big, small] = [small, big];
      parent[small] = big;
      const joined = (size[big] ?? 0) + (size[small] ?? 0);
      size[big] = joined;
      largest = Math.max(largest, joined);
    }
    shares[removed] = largest / order;
  }
  return shares;
}

/**
 * R = (1/N) sum over Q = 1..N of the share after Q removals: from about 1/N (a star whose centre goes first) to 1/2 (a
 * complete graph, less 1/(2N)) (Schneider et al., PNAS 108 (2011), eq. 1).
 */
export function robustness(shares: Float64Array): number {
  let sum = 0;
  for (let removed = 1; removed < shares.length; removed++) sum += shares[removed] ?? 0;
  return sum / (shares.length - 1);
}

/** Nodes in random order (Fisher and Yates). `random`: uniform in [0, 1). */
export function randomOrder(order: number, random: () => number): Uint32Array {
  const nodes = Uint32Array.from({ length: order }, (_, node) => node);
  for (let last = order - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = nodes[last] ?? 0;
    nodes[last] = nodes[other] ?? 0;
    nodes[other] = moved;
  }
  return nodes;
}

/** Those of highest degree first; equal ones in the order given. */
export const byDegree = (nodes: Uint32Array, degrees: Uint32Array): Uint32Array =>
  nodes.slice().sort((a, b) => (degrees[b] ?? 0) - (degrees[a] ?? 0));
