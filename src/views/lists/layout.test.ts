import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDeepLinks } from '../../dashboard/deep-link.ts';
import type { EdgesAnswer, MatrixSide, SeriesAnswer, SpreadAnswer } from '../../dashboard/observed.ts';
import { egoPlan, freshness, grouped, nodeAt, ringPlan, weight, type EdgePlan } from './edge-layout.ts';
import { alongSide, cellAt, matrixPlan, peersOfCell, shareOf, strongest } from './matrix-layout.ts';
import { spreadPlan } from './spread-layout.ts';
import { rangeOf, windowOf } from './state.ts';
import { coarser, hatchPath, runs, stripPlan, timeOf, xOf } from './strip-layout.ts';

const sizes = fc.record({
  width: fc.integer({ min: 260, max: 1800 }),
  height: fc.integer({ min: 160, max: 1000 }),
  rem: fc.integer({ min: 12, max: 21 }),
});
const LOOKED = { from: 0, to: 30_000, lists: 9, entries: 99, cut: false, omitted: 0 };

/** Edges among up to 60 peers, the first of which may be the one that they are about. */
const answers = (about: 'everybody' | 'one'): fc.Arbitrary<EdgesAnswer> =>
  fc.integer({ min: 2, max: 60 }).chain((count) =>
    fc
      .uniqueArray(
        fc.record({
          asker: fc.nat(count - 1),
          listed: fc.nat(count - 1),
          times: fc.integer({ min: 1, max: 9 }),
          last: fc.nat(30_000),
          stale: fc.boolean(),
        }),
        { selector: ({ asker, listed }) => asker * 100 + listed, maxLength: 120 },
      )
      .map((all) => {
        const edges = all.filter(
          ({ asker, listed }) => asker !== listed && (about === 'everybody' || asker === 0 || listed === 0),
        );
        return {
          about: 'edges' as const,
          looked: LOOKED,
          peer: about === 'one' ? 500 : undefined,
          peers: Uint32Array.from({ length: count }, (_, place) => 500 + place),
          mode: Uint8Array.from({ length: count }, (_, place) => place % 2),
          gone: Uint8Array.from({ length: count }, (_, place) => (place % 5 === 4 ? 1 : 0)),
          asker: Uint32Array.from(edges, ({ asker }) => asker),
          listed: Uint32Array.from(edges, ({ listed }) => listed),
          times: Uint32Array.from(edges, ({ times }) => times),
          last: Float64Array.from(edges, ({ last }) => last),
          stale: Uint8Array.from(edges, ({ stale }) => (stale ? 1 : 0)),
          entriesLeft: 0,
        };
      }),
  );

const inside = (plan: EdgePlan, width: number, height: number): void => {
  for (const { x, y } of plan.nodes) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(width);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(height);
  }
};

/** Every edge is in one group, as one line and one head. */
const wholly = (plan: EdgePlan): void => {
  const groups = grouped(plan.edges);
  const count = (text: string, sign: string) => text.split(sign).length - 1;
  expect(groups.reduce((sum, { line }) => sum + count(line, 'M'), 0)).toBe(plan.edges.length);
  expect(groups.reduce((sum, { head }) => sum + count(head, 'Z'), 0)).toBe(plan.edges.length);
  expect(groups.length).toBeLessThanOrEqual(36);
  const fresh = groups.map((group) => group.fresh);
  expect(fresh).toEqual([...fresh].sort((a, b) => a - b));
};

describe('who was handed to whom', () => {
  test('everybody stands on the ring, in order; every edge is drawn, between its two', () => {
    fc.assert(
      fc.property(answers('everybody'), sizes, (answer, size) => {
        const plan = ringPlan(answer, size);
        inside(plan, size.width, size.height);
        expect(plan.nodes.map(({ peer }) => peer)).toEqual([...answer.peers]);
        const [first] = plan.nodes;
        expect(first?.x).toBeCloseTo(size.width / 2);
        const radii = plan.nodes.map(({ x, y }) => Math.hypot(x - size.width / 2, y - size.height / 2));
        for (const radius of radii) expect(radius).toBeCloseTo(radii[0] ?? 0);
        plan.edges.forEach(({ asker, listed, line }, edge) => {
          expect([asker, listed]).toEqual([answer.asker[edge], answer.listed[edge]]);
          const from = plan.nodes[asker];
          expect(line.startsWith(`M${from?.x.toFixed(1)} ${from?.y.toFixed(1)}Q`)).toBe(true);
          expect(line).not.toContain('NaN');
        });
        wholly(plan);
      }),
    );
  });

  test('of one peer: askers at its left, listed at its right, nobody lost, those listed most often first', () => {
    fc.assert(
      fc.property(answers('one'), sizes, (answer, size) => {
        const plan = egoPlan(answer, size);
        inside(plan, size.width, size.height);
        for (const side of ['asker', 'listed'] as const) {
          const rows = plan.rows.filter((row) => row.side === side);
          const due = [...answer[side === 'asker' ? 'listed' : 'asker']].filter(
            (place) => place === 0,
          ).length;
          expect(rows.length + plan.more[side]).toBe(due);
          for (const { x } of rows) expect(x < size.width / 2).toBe(side === 'asker');
          const times = rows.map((row) => row.times);
          const best = answer.times.filter(
            (_, edge) => answer[side === 'asker' ? 'listed' : 'asker'][edge] === 0,
          );
          expect(times[0]).toBe(best.length === 0 ? undefined : Math.max(...best));
          expect(times).toEqual([...times].sort((a, b) => b - a));
          const heights = rows.map(({ y }) => y);
          expect(heights).toEqual([...heights].sort((a, b) => a - b));
        }
        wholly(plan);
      }),
    );
  });

  test('a disc is found where it is, nothing where there is none', () => {
    fc.assert(
      fc.property(answers('everybody'), sizes, (answer, size) => {
        const plan = ringPlan(answer, size);
        for (const node of plan.nodes) {
          const found = plan.nodes[nodeAt(plan, node.x, node.y, 9) ?? -1];
          expect(Math.hypot((found?.x ?? 0) - node.x, (found?.y ?? 0) - node.y)).toBeLessThan(
            (found?.radius ?? 0) + 0.001,
          );
        }
        expect(nodeAt(plan, -100, -100, 9)).toBeUndefined();
      }),
    );
  });

  test.each([
    [0, 0],
    [9_999, 0],
    [10_000, 1],
    [29_999, 2],
    [30_000, 2],
    [-5, 0],
  ])('last at %d of thirty seconds is freshness %d', (last, fresh) =>
    expect(freshness(last, 0, 30_000)).toBe(fresh),
  );

  test('weights of edges end at three times', () => expect([1, 2, 3, 99].map(weight)).toEqual([0, 1, 2, 2]));
});

describe('the matrix', () => {
  const sides: fc.Arbitrary<{ side: MatrixSide; count: number }> = fc
    .tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 400 }), fc.nat(4999), fc.nat(4999))
    .map(([count, most, a, b]) => {
      const [from, last] = [Math.min(a, b) % count, Math.max(a, b) % count].sort((x, y) => x - y) as [
        number,
        number,
      ];
      const to = last + 1;
      const step = Math.max(1, Math.ceil((to - from) / most));
      return { count, side: { from, to, step, cells: Math.ceil((to - from) / step) } };
    });

  test('lies in its room; a point finds its cell again', () => {
    fc.assert(
      fc.property(sizes, sides, sides, (size, { side: rows }, { side: columns }) => {
        const plan = matrixPlan(size);
        expect(plan.left + plan.width + plan.sums).toBeLessThanOrEqual(size.width + 1);
        expect(plan.top + plan.height + plan.sums).toBeLessThanOrEqual(size.height + 1);
        for (const [row, column] of [
          [0, 0],
          [rows.cells - 1, columns.cells - 1],
        ] as const) {
          const x = plan.left + ((column + 0.5) / columns.cells) * plan.width;
          const y = plan.top + ((row + 0.5) / rows.cells) * plan.height;
          expect(cellAt(plan, { rows, columns }, x, y)).toEqual({ row, column });
        }
        expect(cellAt(plan, { rows, columns }, plan.left - 1, plan.top + 1)).toBeUndefined();
        expect(cellAt(plan, { rows, columns }, plan.left + 1, plan.top + plan.height + 1)).toBeUndefined();
      }),
    );
  });

  test('cells share out the peers; a stretch of cells is a share with just these', () => {
    fc.assert(
      fc.property(sides, fc.nat(399), fc.nat(399), ({ side, count }, a, b) => {
        let next = side.from;
        for (let cell = 0; cell < side.cells; cell++) {
          const [from, to] = peersOfCell(side, cell);
          expect(from).toBe(next);
          expect(to).toBeGreaterThan(from);
          next = to;
        }
        expect(next).toBe(side.to);
        const [one, other] = [a % side.cells, b % side.cells];
        const share = shareOf(side, one, other, count);
        expect(Math.round(share.from * count)).toBe(peersOfCell(side, Math.min(one, other))[0]);
        expect(Math.round(share.to * count)).toBe(peersOfCell(side, Math.max(one, other))[1]);
        expect(alongSide(side, side.from)).toBe(0);
      }),
    );
  });

  test('one favourite does not pale the rest', () => {
    expect(strongest([])).toBe(1);
    expect(strongest([...Array.from({ length: 99 }, () => 3), 5000])).toBe(3);
  });
});

describe('the histogram', () => {
  test('has every peer in a bar, and stays in its plot', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 1, maxLength: 900, size: 'max' }),
        fc.nat(200),
        sizes,
        (counts, least, size) => {
          const answer: SpreadAnswer = {
            about: 'spread',
            looked: LOOKED,
            swarm: 0,
            least,
            observed: Float64Array.from(counts),
            expected: Float64Array.from(counts, (count) => count * 0.9),
            spells: 0,
            mean: 1,
            dispersion: 1,
            pValue: 0.5,
            fit: undefined,
            favoured: [],
            always: 0,
          };
          const plan = spreadPlan(answer, size);
          const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
          expect(sum(plan.bars.map(({ peers }) => peers))).toBe(sum(counts));
          expect(plan.bars[0]?.from).toBe(least);
          for (const { x, width, y, height, curveY } of plan.bars) {
            expect(x).toBeGreaterThanOrEqual(plan.left - 0.01);
            expect(x + width).toBeLessThanOrEqual(plan.right + 1.01);
            expect(y).toBeGreaterThanOrEqual(plan.top - 0.01);
            expect(y + height).toBeCloseTo(plan.bottom);
            expect(curveY).toBeGreaterThanOrEqual(plan.top - 0.01);
          }
        },
      ),
    );
  });
});

describe('over the run', () => {
  const series = fc
    .record({
      counts: fc.array(fc.nat(20), { minLength: 1, maxLength: 300 }),
      width: fc.constantFrom(1000, 2000, 64_000),
    })
    .map(({ counts, width }): SeriesAnswer => {
      const of = (value: (count: number) => number) => Float64Array.from(counts, value);
      return {
        about: 'series',
        width,
        lists: of((count) => count),
        entries: of((count) => count * 10),
        asking: of((count) => count),
        wanted: of((count) => count * 12),
        gone: of((count) => count),
        unknown: of((count) => (count > 10 ? 2 : 0)),
        own: of((count) => count),
        ownOverlap: of((count) => count / 3),
        ownExpected: of((count) => count / 4),
        others: of(() => 0),
        othersOverlap: of(() => 0),
        othersExpected: of(() => 0),
        omitted: 0,
        gaps: [{ from: 1500, to: 4000 }],
      };
    });

  test('no list is lost when columns are put together; bars and window stay in the plot', () => {
    fc.assert(
      fc.property(series, sizes, fc.integer({ min: 1, max: 9 }), (answer, size, bins) => {
        const sum = (of: Float64Array) => of.reduce((total, one) => total + one, 0);
        expect(sum(coarser(answer, bins).lists)).toBe(sum(answer.lists));
        const plan = stripPlan(answer, { last: 30_000 }, size);
        for (const { x, width, y, height } of [...plan.bars, { ...plan.window, y: 0, height: 0 }]) {
          expect(x).toBeGreaterThanOrEqual(plan.left - 0.01);
          expect(x + width).toBeLessThanOrEqual(plan.right + 1.01);
          expect(y + height).toBeLessThanOrEqual((plan.lanes[0]?.bottom ?? 0) + 0.01);
        }
        for (const path of [plan.gone, plan.unknown, plan.own, plan.ownExpected])
          expect(path).not.toMatch(/NaN|Infinity/);
        expect(plan.others).toBe('');
        const middle = plan.until / 3;
        expect(timeOf(plan, xOf(plan, middle))).toBeCloseTo(middle, 3);
      }),
    );
  });

  test('of what nobody told, hatch is drawn within the stretch and the lanes', () => {
    fc.assert(
      fc.property(series, sizes, (answer, size) => {
        const plan = stripPlan(answer, { last: 30_000 }, size);
        const [gap] = plan.gaps;
        expect(gap?.x).toBeCloseTo(xOf(plan, 1500), 6);
        expect((gap?.x ?? 0) + (gap?.width ?? 0)).toBeCloseTo(xOf(plan, 4000), 6);
        const ends = [...hatchPath(gap ?? { x: 0, width: 0 }, 10, 90).matchAll(/[ML]([\d.]+) ([\d.]+)/g)];
        expect(ends.length).toBeGreaterThan(1);
        for (const [, x, y] of ends) {
          expect(Number(x)).toBeGreaterThanOrEqual((gap?.x ?? 0) - 0.06);
          expect(Number(x)).toBeLessThanOrEqual((gap?.x ?? 0) + (gap?.width ?? 0) + 0.06);
          expect(Number(y)).toBeGreaterThanOrEqual(9.94);
          expect(Number(y)).toBeLessThanOrEqual(90.06);
        }
      }),
    );
  });

  test('where there was nothing, lines break', () => {
    expect(runs([undefined, 1, 2, undefined, 3])).toEqual([
      [
        [1, 1],
        [2, 2],
      ],
      [[4, 3]],
    ]);
    expect(runs([])).toEqual([]);
  });

  test('a stretch drawn out either way is whole seconds, one at least', () => {
    expect(rangeOf(12_400, 3_900)).toEqual({ from: 3, to: 13 });
    expect(rangeOf(5000, 5000)).toEqual({ from: 5, to: 6 });
    expect(rangeOf(-3, 10)).toEqual({ from: 0, to: 1 });
  });

  test('what is chosen of the run in another place is what the lists are of; with nothing chosen, the latest', () => {
    const links = createDeepLinks(
      {},
      {
        selectPeer: () => false,
        openMessage: () => Promise.resolve(false),
        elapsed: () => 0,
        forgotten: () => 0,
      },
    );
    const shown = () => windowOf(links.store.getState().range, 30_000);
    expect(shown()).toEqual({ last: 30_000 });
    // As the charts over time do, to the millisecond; and as a stretch drawn out here.
    links.show({ from: 1.25, to: 7 });
    expect(shown()).toEqual({ from: 1250, to: 7000 });
    links.show(rangeOf(12_400, 3_900));
    expect(shown()).toEqual({ from: 3000, to: 13_000 });
    links.show(undefined);
    expect(shown()).toEqual({ last: 30_000 });
  });
});
