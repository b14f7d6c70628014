import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asSwarmId } from '../protocol/ids.ts';
import type { PeerMode } from '../protocol/message.ts';
import type { Group } from './groups.ts';
import { Swarm } from './swarm.ts';
import type { Grouping, Member } from './swarm.ts';
import { dice } from './testing.ts';

/** Counts how often anyone is looked at. */
class Counted implements Member {
  static touched = 0;
  mode: PeerMode = 'LEECH';
  live = false;
  livePlace = -1;
  group: Group<this> | undefined = undefined;
  key: number | undefined;
  #slot = -1;
  #place = -1;

  constructor(key: number | undefined, mode: PeerMode) {
    this.key = key;
    this.mode = mode;
  }

  get slot(): number {
    Counted.touched++;
    return this.#slot;
  }

  set slot(slot: number) {
    Counted.touched++;
    this.#slot = slot;
  }

  get place(): number {
    Counted.touched++;
    return this.#place;
  }

  set place(place: number) {
    Counted.touched++;
    this.#place = place;
  }
}

const GROUPINGS: readonly Grouping<Counted>[] = [
  { by: 'key', keyOf: ({ key }) => (key === undefined ? undefined : String(key)) },
  { by: 'class', keyOf: ({ key }) => key },
  { by: 'hand-outs' },
];

const keysOf = (swarm: Swarm<Counted>, mode: PeerMode) =>
  [...swarm.tiers('lowest first', mode)].map((tier) => new Set([...tier.leeches, ...tier.seeds]));

describe.each(GROUPINGS)('a swarm in groups by $by', (grouping) => {
  it('groups as a look at every member would', () => {
    const mode = fc.constantFrom<PeerMode>('SEED', 'LEECH');
    const action = fc.constantFrom('leave', 'mode', 'key', 'hand out', 'hand out');
    const key = fc.option(fc.nat(5), { nil: undefined });
    const step = fc.record({ name: fc.nat(8), mode, action, key });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const swarm = new Swarm<Counted>(asSwarmId('film'), grouping);
        const model = new Map<number, { readonly member: Counted; key: number | undefined }>();
        for (const { name, mode, action, key } of steps) {
          const entry = model.get(name);
          const fresh = grouping.by === 'hand-outs' ? 0 : key;
          if (!entry) {
            const member = new Counted(key, mode);
            swarm.join(member);
            model.set(name, { member, key: fresh });
          } else if (action === 'leave') {
            swarm.leave(entry.member);
            model.delete(name);
            expect(entry.member.group).toBeUndefined();
          } else if (action === 'mode') {
            if (entry.member.mode !== mode && grouping.by === 'hand-outs') entry.key = 0;
            swarm.setMode(entry.member, mode);
          } else if (action === 'key') {
            entry.member.key = key;
            swarm.regroup(entry.member);
            if (grouping.by !== 'hand-outs') entry.key = key;
          } else {
            swarm.handedOut(entry.member);
            if (grouping.by === 'hand-outs') entry.key = (entry.key ?? 0) + 1;
          }
        }
        for (const asker of ['SEED', 'LEECH'] as const) {
          const wanted = new Map<number, Set<Counted>>();
          for (const { member, key } of model.values())
            if (key !== undefined && (asker === 'LEECH' || member.mode === 'LEECH'))
              wanted.set(key, (wanted.get(key) ?? new Set<Counted>()).add(member));
          const inOrder = [...wanted].sort(([a], [b]) => a - b).map(([, members]) => members);
          if (grouping.by !== 'key') {
            expect(keysOf(swarm, asker)).toEqual(inOrder);
            const down = [...swarm.tiers('highest first', asker)];
            expect(down.map(({ leeches, seeds }) => new Set([...leeches, ...seeds]))).toEqual(
              inOrder.reverse(),
            );
          }
          for (const [key, members] of wanted) {
            const tier = swarm.tier(grouping.by === 'key' ? String(key) : key, asker);
            expect(new Set(swarm.drawFrom(tier, 99, dice(1)))).toEqual(members);
            for (const member of members)
              expect(new Set(swarm.drawFrom(tier, 99, dice(1), member)).has(member)).toBe(false);
          }
        }
      }),
      { numRuns: 500, seed: 7846 },
    );
  });

  it('looks at as few members in a swarm of 100,000 as in one of 1,000', () => {
    const touched = [1_000, 100_000].map((size) => {
      const swarm = new Swarm<Counted>(asSwarmId('film'), grouping);
      const members = Array.from(
        { length: size },
        (_, i) => new Counted(i % 33, i % 2 === 0 ? 'SEED' : 'LEECH'),
      );
      for (const member of members) swarm.join(member);
      const costs: number[] = [];
      const cost = (work: () => void) => {
        const before = Counted.touched;
        work();
        costs.push(Counted.touched - before);
      };
      const [first, second, third] = members;
      if (!first || !second || !third) throw new Error('unreachable');
      const joins = new Counted(7, 'LEECH');
      cost(() => swarm.join(joins));
      cost(() => swarm.leave(first));
      cost(() => swarm.setMode(second, 'SEED'));
      cost(() => swarm.handedOut(third));
      cost(() => {
        third.key = 20;
        swarm.regroup(third);
      });
      cost(() => {
        let wanted = 30;
        for (const tier of swarm.tiers('lowest first', 'LEECH')) {
          wanted -= swarm.drawFrom(tier, wanted, dice(1), third).length;
          if (wanted === 0) break;
        }
      });
      return costs;
    });
    expect(touched[1]).toEqual(touched[0]);
    expect(Math.max(...(touched[1] ?? []))).toBeLessThanOrEqual(20);
  });
});
