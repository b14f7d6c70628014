import fc from 'fast-check';
import { UndirectedGraph } from 'graphology';
import { largestConnectedComponent } from 'graphology-components';
import karateClub from 'graphology-generators/social/karate-club.js';
import complete from 'graphology-generators/classic/complete.js';
import erdosRenyi from 'graphology-generators/random/erdos-renyi.js';
import { undirectedSingleSourceLength } from 'graphology-shortest-path/unweighted.js';
import { describe, expect, it } from 'vitest';
import { dice } from '../simulation/models/dice.ts';
import { adjacencyOf, degreesOf } from './adjacency.ts';
import { clustering } from './clustering.ts';
import { Measures } from './measures.ts';
import { nominalAssortativity, overlayOf, tellOverlay } from './overlay.ts';
import { meanPathLength } from './path-length.ts';
import { byDegree, giantShares, randomOrder, robustness } from './robustness.ts';

type Edge = readonly [number, number];

/** `asns`: of each node in turn, 0 of those beyond. */
function graphOf(order: number, edges: Iterable<Edge>, asns: readonly number[] = []) {
  const graph = overlayOf(
    Array.from({ length: order }, (_, node) => [node, { asn: asns[node] ?? 0, mode: 'LEECH' }] as const),
  );
  for (const [a, b] of edges) graph.mergeEdge(a, b);
  return graph;
}

const ring = (order: number, reach = 1): Edge[] =>
  Array.from({ length: order }).flatMap((_, node) =>
    Array.from({ length: reach }, (__, step): Edge => [node, (node + step + 1) % order]),
  );

/** A generated graph with what an overlay's nodes have. */
function asOverlay(from: {
  nodes(): string[];
  edges(): string[];
  extremities(edge: string): [string, string];
}) {
  const index = new Map(from.nodes().map((node, i) => [node, i]));
  const edges = from
    .edges()
    .map((edge) => from.extremities(edge).map((node) => index.get(node) ?? 0) as [number, number]);
  return graphOf(index.size, edges);
}

function measuresOf(graph: ReturnType<typeof graphOf>, seed = 1) {
  const measures = new Measures();
  const curves = tellOverlay(measures, 'film', graph, dice(seed, 'overlay test', 0));
  const all = measures.all();
  return { curves, value: (name: string) => all[`overlay.film.${name}`]?.value };
}

describe('known graphs', () => {
  it("has the published figures of Zachary's karate club", () => {
    const { value, curves } = measuresOf(asOverlay(karateClub(UndirectedGraph)));
    expect([value('nodes'), value('edges'), value('maxDegree'), value('components')]).toEqual([
      34, 78, 17, 1,
    ]);
    expect(value('density')).toBeCloseTo(0.139, 3);
    expect(value('clustering')).toBeCloseTo(0.5706, 4);
    expect(value('transitivity')).toBeCloseTo(0.2557, 4);
    // 34 sources are all of them: nothing is left to chance.
    expect(value('meanPathLength')).toBeCloseTo(2.4082, 4);
    expect(curves.degrees.y.reduce((sum, nodes) => sum + nodes, 0)).toBe(34);
  });

  it('has the closed forms of rings', () => {
    const { value } = measuresOf(graphOf(50, ring(50)));
    // n^2 / (4 (n - 1)), n even.
    expect(value('meanPathLength')).toBeCloseTo(2500 / (4 * 49), 12);
    expect([value('meanDegree'), value('clustering'), value('giantShare')]).toEqual([2, 0, 1]);
    // A lattice of k neighbours clusters by 3 (k - 2) / (4 (k - 1)): Watts and Strogatz 1998.
    expect(measuresOf(graphOf(60, ring(60, 2))).value('clustering')).toBeCloseTo(0.5, 12);
    expect(measuresOf(graphOf(60, ring(60, 3))).value('transitivity')).toBeCloseTo(0.6, 12);
  });

  it('has the closed forms of cliques and stars', () => {
    const clique = measuresOf(asOverlay(complete(UndirectedGraph, 12)));
    expect([
      clique.value('clustering'),
      clique.value('transitivity'),
      clique.value('meanPathLength'),
    ]).toEqual([1, 1, 1]);
    // Removal in any order: (n - 1) / (2 n).
    expect(clique.value('robustnessRandom')).toBeCloseTo(11 / 24, 12);
    expect(clique.value('robustnessByDegree')).toBeCloseTo(11 / 24, 12);
    const star = measuresOf(
      graphOf(
        101,
        Array.from({ length: 100 }, (_, leaf): Edge => [0, leaf + 1]),
      ),
    );
    // The centre goes first: lone peers are left. 100 times 1/101, then nothing, over 101.
    expect(star.value('robustnessByDegree')).toBeCloseTo(100 / 101 ** 2, 12);
    expect(star.value('robustnessRandom') ?? 0).toBeGreaterThan(0.1);
    expect(star.curves.removedByDegree.y.slice(0, 2)).toEqual([1, 1 / 101]);
    expect([star.value('clustering'), star.value('transitivity')]).toEqual([0, 0]);
  });

  it('counts components and lone peers', () => {
    const two = [...ring(6), ...ring(4).map(([a, b]): Edge => [a + 6, b + 6])];
    const { value } = measuresOf(graphOf(12, two));
    expect([value('components'), value('giantShare')]).toEqual([4, 0.5]);
  });

  it('has the expectations of random graphs (Erdős and Rényi)', () => {
    const rng = dice(3, 'overlay test', 1);
    const { value, curves } = measuresOf(
      asOverlay(erdosRenyi(UndirectedGraph, { order: 1500, probability: 8 / 1500, rng })),
    );
    // The mean degree has a standard deviation of 0.1, clustering one of about 0.0005.
    expect(value('meanDegree')).toBeCloseTo(8, -Math.log10(2 * 0.35));
    expect(Math.abs((value('clustering') ?? 1) - 8 / 1500)).toBeLessThan(0.002);
    // Fronczak et al. 2004: (ln n - gamma) / ln k + 1/2.
    expect(
      Math.abs((value('meanPathLength') ?? 0) - ((Math.log(1500) - 0.5772) / Math.log(8) + 0.5)),
    ).toBeLessThan(0.1);
    // The giant component's share solves S = 1 - exp(-k S); 8 (1 - f) links are left to each after f are removed.
    const share = (k: number) => Array.from({ length: 200 }).reduce<number>((s) => 1 - Math.exp(-k * s), 1);
    for (const step of [4, 10, 14]) {
      const left = 1 - step / 20;
      expect(Math.abs((curves.removedAtRandom.y[step] ?? 0) - left * share(8 * left))).toBeLessThan(0.03);
    }
    expect(value('robustnessByDegree') ?? 1).toBeLessThan(value('robustnessRandom') ?? 0);
  });

  it('has the clustering of small worlds: C(0) (1 - p)^3 (Barrat and Weigt 2000)', () => {
    const random = dice(5, 'overlay test', 2);
    const graph = graphOf(2000, []);
    const lengths: number[] = [];
    for (const rewired of [0, 0.1, 0.3]) {
      graph.clearEdges();
      for (const [a, b] of ring(2000, 3)) {
        let to = b;
        while (random() < rewired && (to === b || to === a || graph.hasEdge(a, to)))
          to = Math.floor(random() * 2000);
        graph.mergeEdge(a, to);
      }
      const expected = 0.6 * (1 - rewired) ** 3;
      expect(Math.abs(clustering(adjacencyOf(graph)).average - expected)).toBeLessThan(0.03);
      lengths.push(meanPathLength(adjacencyOf(graph), randomOrder(2000, random).subarray(0, 40)));
    }
    expect(lengths[0]).toBeCloseTo(1000 / 6, 0);
    expect(lengths[1] ?? 99).toBeLessThan(10);
  });
});

describe('assortativity by autonomous system', () => {
  it('is that of mixing worked by hand', () => {
    // Two triangles of two systems and one link between: 7 edges, 6 within; each system has half of the ends.
    const triangles: Edge[] = [
      [0, 1],
      [1, 2],
      [2, 0],
      [3, 4],
      [4, 5],
      [5, 3],
      [0, 3],
    ];
    const asns = [1, 1, 1, 2, 2, 2];
    expect(nominalAssortativity(graphOf(6, triangles, asns), 'asn')).toBeCloseTo((6 / 7 - 0.5) / 0.5, 12);
    expect(nominalAssortativity(graphOf(6, triangles.slice(0, 6), asns), 'asn')).toBeCloseTo(1, 12);
    // A ring of two systems in turn: no link within.
    expect(nominalAssortativity(graphOf(6, ring(6), [1, 2, 1, 2, 1, 2]), 'asn')).toBeCloseTo(-1, 12);
  });

  it('is undefined where all are of one, or nobody is linked', () => {
    expect(nominalAssortativity(graphOf(6, ring(6)), 'asn')).toBeNaN();
    expect(nominalAssortativity(graphOf(6, ring(6)), 'mode')).toBeNaN();
    expect(nominalAssortativity(graphOf(6, [], [1, 2]), 'asn')).toBeNaN();
    expect(measuresOf(graphOf(6, ring(6))).value('assortativityByAsn')).toBeUndefined();
  });
});

describe('mean path length', () => {
  it("is that of graphology's shortest paths, unreached peers left out", () => {
    const rng = dice(6, 'overlay test', 5);
    for (const probability of [0.01, 0.03, 0.2]) {
      const graph = asOverlay(erdosRenyi(UndirectedGraph, { order: 90, probability, rng }));
      let hops = 0;
      let reached = 0;
      graph.forEachNode((node) => {
        const lengths = Object.values(undirectedSingleSourceLength(graph, node));
        for (const length of lengths) hops += length;
        reached += lengths.length - 1;
      });
      expect(meanPathLength(adjacencyOf(graph), randomOrder(90, rng))).toBeCloseTo(hops / reached, 12);
    }
    expect(meanPathLength(adjacencyOf(graphOf(3, [])), Uint32Array.of(0, 1, 2))).toBeNaN();
  });
});

describe('removal', () => {
  it("leaves the largest component that graphology's own walk finds, in any order", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 14 }).chain((order) => {
          const node = fc.nat({ max: order - 1 });
          return fc.tuple(fc.constant(order), fc.array(fc.tuple(node, node), { maxLength: 30 }), fc.nat());
        }),
        ([order, pairs, seed]) => {
          const graph = graphOf(
            order,
            pairs.filter(([a, b]) => a !== b),
          );
          const adjacency = adjacencyOf(graph);
          const removal = randomOrder(order, dice(seed, 'overlay test', 3));
          const shares = giantShares(adjacency, removal);
          for (let removed = 0; removed < order; removed++) {
            expect(shares[removed]).toBeCloseTo(largestConnectedComponent(graph).length / order, 12);
            graph.dropNode(removal[removed]);
          }
          expect(shares[order]).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes every node once, the most linked first', () => {
    const adjacency = adjacencyOf(asOverlay(karateClub(UndirectedGraph)));
    const degrees = degreesOf(adjacency);
    const order = byDegree(randomOrder(34, dice(1, 'overlay test', 4)), degrees);
    expect(new Set(order).size).toBe(34);
    expect([...order].map((node) => degrees[node])).toEqual([...degrees].toSorted((a, b) => b - a));
    expect(robustness(giantShares(adjacency, order))).toBeLessThan(0.25);
  });
});

it('gives the same samples for the same seed', () => {
  const graph = graphOf(
    300,
    ring(300, 3),
    Array.from({ length: 300 }, (_, i) => i % 5),
  );
  expect(measuresOf(graph, 4).curves).toEqual(measuresOf(graph, 4).curves);
  expect(measuresOf(graph, 4).value('meanPathLength')).toBe(measuresOf(graph, 4).value('meanPathLength'));
});
