import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METHODS } from '../../protocol/message.ts';
import { dice } from '../../simulation/models/dice.ts';
import { NOBODY } from '../../simulation/observation.ts';
import { Roll } from './directory.ts';
import { HandOuts } from './hand-outs.ts';
import type { ListsAnswer, ListsAsk } from './list-questions.ts';
import { observeLists } from './lists.ts';
import type { Resolved } from './observer.ts';
import { expectedJaccard, jaccard } from './overlap.ts';
import { StandingJoins } from './standing-joins.ts';

const CONNECT = METHODS.indexOf('CONNECT');
const FIND = METHODS.indexOf('FIND');
const [START, TRACKING] = [0, 2];
const GU04 = 3;

interface Told {
  readonly come?: readonly {
    readonly at?: number;
    readonly peer: number;
    readonly mode?: number;
    readonly swarm?: number;
    readonly asn?: number;
    readonly edition?: number;
  }[];
  readonly turn?: readonly { readonly at: number; readonly peer: number }[];
  readonly go?: readonly { readonly at: number; readonly peer: number }[];
  readonly lists?: readonly {
    readonly at: number;
    readonly asker: number;
    readonly listed: readonly number[];
    readonly swarm?: number;
    readonly method?: number;
    readonly wanted?: number;
  }[];
  readonly omitted?: number;
  readonly gaps?: Resolved['gaps'];
}

/** A run of two swarms that is watched; peers are registered from the moment they come. */
function watched(kind: 'vod' | 'live' = 'vod') {
  const roll = new Roll({
    seed: 1,
    swarms: [
      { id: 'film', kind, chunks: 100 },
      { id: 'news', kind: 'vod', chunks: 100 },
    ],
  });
  const observer = observeLists(roll);
  const tell = ({ come = [], turn = [], go = [], lists = [], omitted = 0, gaps = [] }: Told): void => {
    for (const { at = 0, peer, mode = 0, swarm = 0, asn = 0, edition = 0 } of come)
      roll.arrive({ peer, peerId: `p${peer}`, swarm, edition, asn, mode, at });
    for (const { at, peer } of go) roll.depart(peer, at);
    for (const { peer } of turn) roll.turn(peer, 1);
    const times = (rows: readonly { readonly at?: number }[]) => Float64Array.from(rows, ({ at = 0 }) => at);
    const peers = (rows: readonly { readonly peer: number }[]) => Uint32Array.from(rows, ({ peer }) => peer);
    const start = [0];
    for (const { listed } of lists) start.push((start.at(-1) ?? 0) + listed.length);
    const batch: Resolved = {
      at: Math.max(0, ...[...come, ...turn, ...go, ...lists].map(({ at = 0 }) => at)),
      arrivals: {
        at: times(come),
        peer: peers(come),
        swarm: Uint16Array.from(come, ({ swarm = 0 }) => swarm),
        edition: Uint8Array.from(come, ({ edition = 0 }) => edition),
        mode: Uint8Array.from(come, ({ mode = 0 }) => mode),
        asn: Uint32Array.from(come, ({ asn = 0 }) => asn),
        peerIds: come.map(({ peer }) => `p${peer}`),
      },
      departures: { at: times(go), peer: peers(go), how: new Uint8Array(go.length) },
      turns: { at: times(turn), peer: peers(turn), mode: new Uint8Array(turn.length).fill(1) },
      requests: {
        at: new Float64Array(0),
        peer: new Uint32Array(0),
        swarm: new Uint16Array(0),
        method: new Uint8Array(0),
        outcome: new Uint8Array(0),
        took: new Float32Array(0),
      },
      lists: {
        at: times(lists),
        asker: Uint32Array.from(lists, ({ asker }) => asker),
        swarm: Uint16Array.from(lists, ({ swarm = 0 }) => swarm),
        method: Uint8Array.from(lists, ({ method = CONNECT }) => method),
        wanted: Uint8Array.from(lists, ({ wanted = 0 }) => wanted),
        start: Uint32Array.from(start),
        listed: Uint32Array.from(lists.flatMap(({ listed }) => listed)),
      },
      listsOmitted: omitted,
      gaps,
      transitions: {
        at: times(come),
        peer: peers(come),
        edition: Uint8Array.from(come, ({ edition = 0 }) => edition),
        from: new Uint8Array(come.length).fill(START),
        to: new Uint8Array(come.length).fill(TRACKING),
        by: new Uint8Array(come.length).fill(CONNECT),
      },
    };
    observer.take(batch);
  };
  const ask = <About extends ListsAsk['about']>(question: Extract<ListsAsk, { about: About }>) =>
    observer.answer(question) as Extract<ListsAnswer, { about: About }>;
  return { tell, ask, roll };
}

const ALL = { swarm: undefined, method: undefined, window: { from: 0, to: Infinity } } as const;
const WHOLE = { from: 0, to: 1 };

/** A sample without replacement. */
function drawn(from: readonly number[], count: number, random: () => number): number[] {
  const left = [...from];
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [one = 0] = left.splice(Math.floor(random() * left.length), 1);
    return one;
  });
}

describe('rings of lists', () => {
  test('keep the newest, whole and countable, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(99), { maxLength: 12 }), { maxLength: 80 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 12, max: 60 }),
        (lists, mostLists, mostEntries) => {
          const handOuts = new HandOuts(mostLists, mostEntries);
          lists.forEach((rows, at) =>
            handOuts.add(
              { at, asker: at, swarm: 0, method: 0, wanted: 0, joins: 0, before: -1 },
              Uint32Array.from(rows),
            ),
          );
          expect(handOuts.next).toBe(lists.length);
          let kept = 0;
          for (let list = handOuts.first; list < handOuts.next; list++) {
            expect([...handOuts.rows(list)]).toEqual(lists[list]);
            expect(handOuts.at(list)).toBe(list);
            kept += handOuts.size(list);
          }
          // No more is dropped than has to be.
          const dropped = lists[handOuts.first - 1];
          if (dropped !== undefined) {
            const isFull = handOuts.next - handOuts.first === mostLists;
            expect(isFull || kept + dropped.length > mostEntries).toBe(true);
          }
        },
      ),
    );
  });
});

describe('overlap', () => {
  const rows = fc.uniqueArray(fc.nat(40), { maxLength: 30 });

  test('is from 0 to 1, the same both ways, 1 of equals', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const index = jaccard(a, b);
        expect(index).toBe(jaccard(b, a));
        if (a.length + b.length === 0) expect(index).toBeUndefined();
        else expect(index).toBeGreaterThanOrEqual(0);
        expect(index ?? 0).toBeLessThanOrEqual(1);
        if (a.length > 0) expect(jaccard(a, [...a].reverse())).toBe(1);
      }),
    );
  });

  test('of random lists is as often drawn samples have it', () => {
    const random = dice(7, 'overlap test', 0);
    const all = Array.from({ length: 40 }, (_, row) => row);
    for (const [a, b] of [
      [10, 10],
      [30, 30],
      [1, 20],
    ] as const) {
      let sum = 0;
      for (let round = 0; round < 4000; round++)
        sum += jaccard(drawn(all, a, random), drawn(all, b, random)) ?? 0;
      expect(expectedJaccard(a, b, 40)).toBeCloseTo(sum / 4000, 2);
    }
    expect(expectedJaccard(5, 5, 5)).toBe(1);
    expect(expectedJaccard(6, 5, 5)).toBeUndefined();
    expect(expectedJaccard(30, 30, 1_000_000)).toBeGreaterThan(0);
  });

  test('standing joins are counted as by going through them', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(400)), { maxLength: 300 }), (steps) => {
        const joins = new StandingJoins();
        const standing = new Set<number>();
        for (const leaver of steps)
          if (leaver === null) standing.add(joins.join());
          else if (standing.delete(leaver)) joins.leave(leaver);
        for (const upTo of [0, 1, 63, 64, 65, joins.joins])
          if (upTo <= joins.joins)
            expect(joins.among(upTo)).toBe([...standing].filter((join) => join <= upTo).length);
      }),
    );
  });
});

describe('who was handed to whom', () => {
  const lists = fc
    .array(
      fc.record({
        at: fc.nat(1000),
        asker: fc.integer({ min: 1, max: 30 }),
        listed: fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(NOBODY)), {
          maxLength: 8,
        }),
        method: fc.constantFrom(CONNECT, FIND),
      }),
      { maxLength: 60 },
    )
    .map((rows) => rows.sort((a, b) => a.at - b.at));
  const everybody = Array.from({ length: 30 }, (_, i) => ({
    peer: i + 1,
    mode: i % 3 === 0 ? 1 : 0,
    asn: 64_500 + (i % 4),
    swarm: i % 2,
  }));
  const shares = fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

  test('the matrix has every entry once, in its cell, its row and its column', () => {
    fc.assert(
      fc.property(
        lists,
        fc.constantFrom('age' as const, 'asn' as const, 'swarm' as const, 'mode' as const),
        fc.integer({ min: 1, max: 40 }),
        fc.option(shares),
        (given, order, cells, zoom) => {
          const { tell, ask } = watched();
          tell({ come: everybody, lists: given });
          const part = zoom ?? WHOLE;
          const matrix = ask({ about: 'matrix', filter: ALL, order, askers: part, listed: part, cells });
          const sum = (of: ArrayLike<number>) => Array.from(of).reduce((total, one) => total + one, 0);
          expect(matrix.rows.cells).toBeLessThanOrEqual(cells);
          for (const [sums, of] of [
            [matrix.rowSums, (cell: number) => Math.floor(cell / matrix.columns.cells)],
            [matrix.columnSums, (cell: number) => cell % matrix.columns.cells],
          ] as const) {
            const added = sums.map(() => 0);
            matrix.cell.forEach((cell, index) => {
              added[of(cell)] = (added[of(cell)] ?? 0) + (matrix.times[index] ?? 0);
            });
            expect(sums).toEqual(added);
          }
          const inside = new Set(matrix.peers.subarray(matrix.rows.from, matrix.rows.to));
          const due = given
            .filter(({ asker }) => inside.has(asker))
            .reduce((total, { listed }) => total + listed.filter((one) => inside.has(one)).length, 0);
          expect(sum(matrix.times)).toBe(due);
          if (zoom === null) expect(sum(matrix.times) + matrix.unknown).toBe(matrix.looked.entries);
          if (order === 'age') expect([...matrix.peers]).toEqual([...matrix.peers].sort((a, b) => a - b));
          else expect(matrix.groups.length > 0).toBe(matrix.peers.length > 0);
        },
      ),
    );
  });

  test('edges and what is left of them are all entries; of a peer only its own', () => {
    fc.assert(
      fc.property(
        lists,
        fc.integer({ min: 0, max: 60 }),
        fc.option(fc.integer({ min: 1, max: 30 })),
        (given, most, peer) => {
          const { tell, ask } = watched();
          tell({ come: everybody, lists: given });
          const edges = ask({ about: 'edges', filter: ALL, peer: peer ?? undefined, order: 'asn', most });
          expect(edges.times.length).toBeLessThanOrEqual(most);
          const due = given.flatMap(({ asker, listed }) =>
            listed.filter((one) => peer === null || asker === peer || one === peer),
          );
          expect(edges.times.reduce((sum, one) => sum + one, edges.entriesLeft)).toBe(due.length);
          edges.asker.forEach((asker, edge) => {
            const ends = [edges.peers[asker], edges.peers[edges.listed[edge] ?? 0]];
            expect(peer === null || ends.includes(peer)).toBe(true);
            const last = given.findLast(
              (list) => list.asker === ends[0] && list.listed.includes(ends[1] ?? 0),
            );
            expect(edges.last[edge]).toBe(last?.at);
          });
        },
      ),
    );
  });

  test('filters by swarm, method and window; a listed peer that is gone is stale from then on', () => {
    const { tell, ask } = watched();
    tell({
      come: [{ peer: 1 }, { peer: 2 }, { peer: 3, swarm: 1 }],
      lists: [
        { at: 1000, asker: 1, listed: [2] },
        { at: 2000, asker: 3, listed: [], swarm: 1, method: FIND },
      ],
      go: [{ at: 2500, peer: 2 }],
      omitted: 4,
    });
    tell({ lists: [{ at: 3000, asker: 1, listed: [2, NOBODY], method: FIND }] });
    const looked = (filter: object) =>
      ask({ about: 'recent', filter: { ...ALL, ...filter }, peer: undefined, most: 9 });
    expect(looked({}).looked).toEqual({
      from: 0,
      to: Infinity,
      lists: 3,
      entries: 3,
      cut: false,
      omitted: 4,
    });
    expect(looked({ swarm: 1 }).lists.map(({ at }) => at)).toEqual([2000]);
    expect(looked({ method: 'FIND' }).lists.map(({ at }) => at)).toEqual([3000, 2000]);
    expect(looked({ window: { last: 1000 } }).lists.map(({ at }) => at)).toEqual([3000, 2000]);
    expect(looked({ window: { from: 1000, to: 2000 } }).lists.map(({ at }) => at)).toEqual([1000]);
    expect(looked({}).lists.map(({ gone, unknown }) => [gone, unknown])).toEqual([
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
    expect(looked({}).lists[0]).toMatchObject({ method: 'FIND', before: 0, overlap: 0.5 });
    const edges = ask({ about: 'edges', filter: ALL, peer: undefined, order: 'age', most: 9 });
    expect([...edges.times, ...edges.stale, ...edges.last]).toEqual([2, 1, 3000]);
  });
});

describe('over the whole run', () => {
  test('what was asked for stands beside what was given; of what nothing was told, that is said', () => {
    const { tell, ask } = watched();
    tell({ come: [{ peer: 1 }, { peer: 2 }, { peer: 3 }] });
    tell({
      lists: [
        { at: 2100, asker: 1, listed: [2, 3], wanted: 20 },
        { at: 2200, asker: 2, listed: [1] },
        { at: 2300, asker: 3, listed: [1], wanted: 6 },
      ],
      gaps: [{ source: 1, from: 500, to: 1900 }],
    });
    const series = ask<'series'>({ about: 'series', swarm: 0 });
    expect([series.lists[2], series.asking[2], series.wanted[2], series.entries[2]]).toEqual([3, 2, 26, 4]);
    expect(series.gaps).toEqual([{ from: 500, to: 1900 }]);
    const { lists } = ask<'recent'>({ about: 'recent', filter: ALL, peer: undefined, most: 9 });
    expect(lists.map(({ size, wanted }) => [size, wanted])).toEqual([
      [1, 6],
      [1, undefined],
      [2, 20],
    ]);
  });

  test('no list is lost when bins widen', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000_000), { minLength: 1, maxLength: 50 }), (times) => {
        const { tell, ask } = watched();
        const sorted = [...times].sort((a, b) => a - b);
        tell({
          come: [{ peer: 1 }, { peer: 2 }],
          lists: sorted.map((at) => ({ at, asker: 1, listed: [2] })),
        });
        for (const swarm of [undefined, 0]) {
          const { lists, entries, own, ownOverlap, width } = ask({ about: 'series', swarm });
          expect(lists.reduce((sum, one) => sum + one, 0)).toBe(times.length);
          expect(entries.reduce((sum, one) => sum + one, 0)).toBe(times.length);
          // One candidate: the same list each time.
          expect(own.reduce((sum, one) => sum + one, 0)).toBe(times.length - 1);
          expect([...ownOverlap]).toEqual([...own]);
          expect(lists.length).toBeLessThanOrEqual(300);
          expect(lists.length * width).toBeGreaterThan(sorted.at(-1) ?? 0);
        }
      }),
    );
  });

  test('random lists overlap as expected while peers come and go', () => {
    const random = dice(11, 'overlap over time', 0);
    const { tell, ask } = watched();
    let present = Array.from({ length: 60 }, (_, i) => i + 1);
    tell({ come: present.map((peer) => ({ peer })) });
    let next = 61;
    for (let at = 100; at < 300_000; at += 100) {
      const asker = present[Math.floor(random() * present.length)] ?? 0;
      tell({
        lists: [
          {
            at,
            asker,
            listed: drawn(
              present.filter((one) => one !== asker),
              12,
              random,
            ),
          },
        ],
      });
      if (random() > 0.1) continue;
      const [gone = 0] = present;
      present = [...present.slice(1), next];
      tell({ go: [{ at, peer: gone }], come: [{ at, peer: next++ }] });
    }
    const series = ask({ about: 'series', swarm: 0 });
    const mean = (of: Float64Array, by: Float64Array) =>
      of.reduce((sum, one) => sum + one, 0) / by.reduce((sum, one) => sum + one, 0);
    expect(mean(series.ownOverlap, series.own)).toBeCloseTo(mean(series.ownExpected, series.own), 2);
    expect(mean(series.othersOverlap, series.others)).toBeCloseTo(
      mean(series.othersExpected, series.others),
      2,
    );
    const [a, b] = [2000, 2003];
    const pair = ask({ about: 'pair', a, b });
    expect(pair.candidates).toBeGreaterThan(50);
    expect(pair.expected).toBeGreaterThan(0.05);
    expect(pair.peers.length).toBe(pair.on.length);
    expect(pair.a?.size).toBe(12);
  });
});

describe('how often each was listed', () => {
  /** 80 peers, every fourth a SEED, some come and go; `prefer`: share of lists from the first 10 only. */
  function spread(seed: number, prefer: number) {
    const random = dice(seed, 'spread test', 0);
    const { tell, ask } = watched();
    const modeOf = (peer: number) => (peer % 4 === 0 ? 1 : 0);
    let present = Array.from({ length: 80 }, (_, i) => i + 1);
    const dead: number[] = [];
    tell({ come: present.map((peer) => ({ peer, mode: modeOf(peer) })) });
    let next = 81;
    for (let at = 100; at < 60_000; at += 100) {
      if (random() < 0.15) {
        const gone = present[10 + Math.floor(random() * (present.length - 10))] ?? 0;
        // The tracker goes on listing those that crashed.
        dead.push(gone);
        present = present.filter((one) => one !== gone);
        tell({ go: [{ at, peer: gone }] });
        present.push(next);
        tell({ come: [{ at, peer: next, mode: modeOf(next) }] });
        next++;
      }
      const asker = present[Math.floor(random() * present.length)] ?? 0;
      const all = [...present, ...dead.slice(-5)].filter(
        (one) => one !== asker && (modeOf(asker) === 0 || modeOf(one) === 0),
      );
      const listed = drawn(random() < prefer ? all.slice(0, 10) : all, 8, random);
      tell({ lists: [{ at, asker, listed: [...listed, NOBODY] }] });
    }
    return ask({ about: 'spread', filter: { ...ALL, window: { from: 20_000, to: 55_000 } } });
  }

  test('uniform lists pass as often as they should, though spells are unequal and some listed are dead', () => {
    const answers = Array.from({ length: 40 }, (_, seed) => spread(seed, 0));
    const pValues = answers.map(({ pValue }) => pValue ?? 0);
    expect(pValues.filter((p) => p < 0.1).length).toBeLessThan(11);
    expect(pValues.filter((p) => p > 0.9).length).toBeLessThan(11);
    const mean = pValues.reduce((sum, p) => sum + p, 0) / pValues.length;
    expect(mean).toBeGreaterThan(0.38);
    expect(mean).toBeLessThan(0.62);
    const [first] = answers;
    const sum = (of: Float64Array | undefined) => of?.reduce((total, one) => total + one, 0);
    expect(sum(first?.observed)).toBe(first?.spells);
    expect(sum(first?.expected)).toBeCloseTo(first?.spells ?? 0, 0);
  });

  test('a favoured few are found out', () => {
    const { pValue, dispersion, favoured } = spread(5, 0.3);
    expect(pValue).toBeLessThan(1e-6);
    expect(dispersion).toBeGreaterThan(2);
    for (const { peer } of favoured) expect(peer).toBeLessThanOrEqual(10);
  });

  test('a live seed of gu-04 is on every list by rule, and spoils nothing', () => {
    const { tell, ask } = watched('live');
    const random = dice(3, 'live seed', 0);
    const peers = Array.from({ length: 40 }, (_, i) => i + 2);
    tell({ come: [{ peer: 1, mode: 1, edition: GU04 }, ...peers.map((peer) => ({ peer, edition: GU04 }))] });
    for (let at = 1; at < 400; at++) {
      const asker = peers[at % peers.length] ?? 0;
      tell({
        lists: [
          {
            at,
            asker,
            listed: [
              1,
              ...drawn(
                peers.filter((one) => one !== asker),
                6,
                random,
              ),
            ],
          },
        ],
      });
    }
    const answer = ask({ about: 'spread', filter: ALL });
    expect(answer.always).toBe(1);
    expect(answer.spells).toBe(40);
    expect(answer.pValue).toBeGreaterThan(0.01);
  });
});
