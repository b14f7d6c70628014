import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asChunkId } from '../protocol/ids.ts';
import {
  Holdings,
  MAX_INSPECTED,
  MAX_REPRESENTATIONS,
  MAX_SCOPE,
  MAX_SEGMENTS,
  segmentOf,
} from './holdings.ts';
import type { Room } from './holdings.ts';
import { chunkMap, dice } from './testing.ts';

interface Named {
  readonly name: number;
}

const scopeOf = (representation: string, startIndex: number, endIndex?: number) => ({
  scope: [{ representation, startIndex, ...(endIndex !== undefined && { endIndex }) }],
  chunkId: undefined,
});
const chunk = (id: string) => ({ scope: undefined, chunkId: asChunkId(id) });
const map = (id: string, startIndex: number, held: readonly number[], endIndex?: number) => ({
  representations: [{ id, maps: [chunkMap(startIndex, held, endIndex)] }],
});
const names = (found: readonly Named[]) => found.map(({ name }) => name).sort((a, b) => a - b);

const range = fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const representation = fc.constantFrom('hd', 'sd');
const step = fc.oneof(
  fc.record({
    kind: fc.constant('report' as const),
    name: fc.nat(5),
    id: representation,
    range,
    held: fc.array(fc.nat(20), { maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant('chunk' as const),
    name: fc.nat(5),
    id: fc.constantFrom('x', 'y', 'hd-3', '3'),
  }),
  fc.record({ kind: fc.constant('forget' as const), name: fc.nat(5) }),
);

describe('Holdings', () => {
  it('finds whom a set for each peer would, and remembers no more than they hold', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), range, representation, (steps, [from, to], id) => {
        const room: Room = { left: 10_000 };
        const holdings = new Holdings<Named>(room);
        const members = Array.from({ length: 6 }, (_, name): Named => ({ name }));
        const model = members.map(() => new Set<string>());
        for (const one of steps) {
          const [member, held] = [members[one.name], model[one.name]];
          if (member === undefined || held === undefined) throw new Error('unreachable');
          if (one.kind === 'forget') {
            holdings.forget(member);
            held.clear();
          } else if (one.kind === 'chunk') {
            holdings.declare(member, asChunkId(one.id));
            held.add(`#${one.id}`);
          } else {
            const [start, end] = one.range;
            const covered = one.held.filter((segment) => segment >= start && segment <= end);
            holdings.report(member, map(one.id, start, covered, end));
            for (let segment = start; segment <= end; segment++) held.delete(`${one.id}-${segment}`);
            for (const segment of covered) held.add(`${one.id}-${segment}`);
          }
        }
        const holders = (test: (held: ReadonlySet<string>) => boolean) =>
          members.filter(({ name }) => test(model[name] ?? new Set())).map(({ name }) => name);
        const segments = Array.from({ length: to - from + 1 }, (_, i) => `${id}-${from + i}`);
        const random = dice(3);
        expect(names(holdings.find(scopeOf(id, from, to), random))).toEqual(
          holders((held) => segments.every((segment) => held.has(segment))),
        );
        expect(names(holdings.find(chunk(`${id}-${from}.264`), random))).toEqual(
          holders((held) => held.has(`${id}-${from}`)),
        );
        expect(names(holdings.find(chunk('3'), random))).toEqual(
          holders((held) => ['#3', 'hd-3', 'sd-3'].some((key) => held.has(key))),
        );
        expect(names(holdings.find({ ...scopeOf(id, from), chunkId: asChunkId('x') }, random))).toEqual(
          holders((held) => held.has('#x') && held.has(`${id}-${from}`)),
        );
        expect(10_000 - room.left).toBe(model.reduce((sum, { size }) => sum + size, 0));
        expect(holdings.empty).toBe(model.every(({ size }) => size === 0));
      }),
    );
  });

  it('finds the one holder of a rare segment among many of the others, and throws few dice', () => {
    const holdings = new Holdings<Named>({ left: 1_000_000 });
    for (let name = 0; name < 5_000; name++) holdings.report({ name }, map('hd', 0, [0, 1, 2]));
    const rare = { name: -1 };
    holdings.report(rare, map('hd', 0, [0, 1, 2, 3]));
    let thrown = 0;
    const random = dice(1);
    const counting = () => (thrown++, random());
    expect(holdings.find(scopeOf('hd', 0, 3), counting)).toEqual([rare]);
    expect(thrown).toBe(1);
    expect(holdings.find(scopeOf('hd', 0, 2), counting)).toHaveLength(MAX_INSPECTED);
    expect(thrown).toBe(1 + MAX_INSPECTED);
  });

  it('remembers a bounded lot: the latest segments, so many representations, and what there is room for', () => {
    const room: Room = { left: 10_000 };
    const holdings = new Holdings<Named>(room);
    const one = { name: 1 };
    const run = (from: number, length: number) => Array.from({ length }, (_, i) => from + i);
    holdings.report(one, map('hd', 0, run(0, MAX_SEGMENTS)));
    holdings.report(one, map('hd', MAX_SEGMENTS, run(MAX_SEGMENTS, 10)));
    expect(room.left).toBe(10_000 - MAX_SEGMENTS);
    expect(holdings.find(scopeOf('hd', 9), dice(1))).toEqual([]);
    expect(holdings.find(scopeOf('hd', 10, MAX_SEGMENTS + 9), dice(1))).toEqual([one]);
    expect(holdings.find(scopeOf('hd', 10, MAX_SCOPE + 10), dice(1))).toEqual([]);
    for (let i = 1; i <= MAX_REPRESENTATIONS; i++) holdings.report(one, map(`r${i}`, 0, [0]));
    expect(room.left).toBe(10_000 - MAX_SEGMENTS - (MAX_REPRESENTATIONS - 1));
    room.left = 1;
    holdings.report({ name: 2 }, map('hd', 0, [0, 1]));
    expect(room.left).toBe(0);
    expect(names(holdings.find(scopeOf('hd', 0), dice(1)))).toEqual([2]);
    expect(holdings.find(scopeOf('hd', 1), dice(1))).toEqual([]);
  });

  it('finds nobody in a scope that ends before it starts, or that nobody spoke of', () => {
    const holdings = new Holdings<Named>({ left: 100 });
    holdings.report({ name: 1 }, map('hd', 0, [0, 1]));
    expect(holdings.find(scopeOf('hd', 1, 0), dice(1))).toEqual([]);
    expect(holdings.find(scopeOf('sd', 0), dice(1))).toEqual([]);
    expect(holdings.find(chunk('hd-'), dice(1))).toEqual([]);
  });
});

it.each<[string, ReturnType<typeof segmentOf>]>([
  ['17', { representation: undefined, segment: 17 }],
  ['00017.mp4', { representation: undefined, segment: 17 }],
  ['A123456789-L1-00000.264', { representation: 'A123456789-L1', segment: 0 }],
  ['A123456789-V2-L0-00007.264', { representation: 'A123456789-V2-L0', segment: 7 }],
  ['film', undefined],
  ['film-', undefined],
  ['-7', undefined],
  ['1e5', undefined],
])('reads %s as a segment', (id, expected) => {
  expect(segmentOf(asChunkId(id))).toEqual(expected);
});
