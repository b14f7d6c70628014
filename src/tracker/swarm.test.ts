import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asSwarmId } from '../protocol/ids.ts';
import type { PeerMode } from '../protocol/message.ts';
import { Swarm } from './swarm.ts';
import type { Member } from './swarm.ts';
import { dice } from './testing.ts';

interface Named extends Member {
  readonly name: number;
}

const swarmOf = (seeds: number, leeches: number) => {
  const swarm = new Swarm<Named>(asSwarmId('film'));
  const members: Named[] = [];
  for (let name = 0; name < seeds + leeches; name++) {
    const member: Named = {
      name,
      mode: name < seeds ? 'SEED' : 'LEECH',
      slot: -1,
      live: false,
      livePlace: -1,
      group: undefined,
      place: -1,
    };
    swarm.join(member);
    members.push(member);
  }
  return { swarm, members };
};

const mode = fc.constantFrom<PeerMode>('SEED', 'LEECH');

describe('Swarm', () => {
  it('holds what a plain set would, through joins, leaves and changes of mode', () => {
    const step = fc.record({ name: fc.nat(8), mode, leave: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const swarm = new Swarm<Named>(asSwarmId('film'));
        const model = new Map<number, Named>();
        for (const { name, mode, leave } of steps) {
          const known = model.get(name);
          if (!known) {
            const member: Named = {
              name,
              mode,
              slot: -1,
              live: false,
              livePlace: -1,
              group: undefined,
              place: -1,
            };
            swarm.join(member);
            model.set(name, member);
          } else if (leave) {
            swarm.leave(known);
            model.delete(name);
          } else swarm.setMode(known, mode);
        }
        const all = [...model.values()];
        const leeches = all.filter(({ mode }) => mode === 'LEECH');
        expect([swarm.seeds, swarm.leeches]).toEqual([all.length - leeches.length, leeches.length]);
        expect(new Set(swarm.draw(99, 'LEECH', dice(1)))).toEqual(new Set(all));
        expect(new Set(swarm.draw(99, 'SEED', dice(1)))).toEqual(new Set(leeches));
        for (const asker of all) {
          const others = new Set(asker.mode === 'SEED' ? leeches : all);
          others.delete(asker);
          expect(new Set(swarm.draw(99, asker.mode, dice(1), asker))).toEqual(others);
          expect(swarm.available(asker.mode, asker)).toBe(others.size);
        }
      }),
    );
  });

  it('refuses to let go of one it does not hold', () => {
    const { swarm, members } = swarmOf(0, 2);
    const [first] = members;
    if (!first) throw new Error('unreachable');
    swarm.leave(first);
    expect(() => swarm.leave(first)).toThrow();
    expect(swarm.size).toBe(1);
  });

  it.each<{ asker: PeerMode; drawn: number }>([
    { asker: 'LEECH', drawn: 11 },
    { asker: 'SEED', drawn: 6 },
  ])('draws uniformly for a $asker, never the asker', ({ asker, drawn }) => {
    const { swarm, members } = swarmOf(6, 6);
    const self = members[asker === 'SEED' ? 2 : 8];
    if (!self) throw new Error('unreachable');
    // Slots out of order, as after a while in service.
    for (const member of [members[1], members[7], members[9]])
      if (member) {
        swarm.leave(member);
        swarm.join(member);
      }
    const random = dice(7846);
    const counts = new Map<number, number>();
    const lists = 20_000;
    for (let i = 0; i < lists; i++)
      for (const { name } of swarm.draw(4, asker, random, self))
        counts.set(name, (counts.get(name) ?? 0) + 1);
    expect(counts.has(self.name)).toBe(false);
    expect(counts.size).toBe(drawn);
    const expected = (lists * 4) / drawn;
    const statistic = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // 99.99 % quantile of chi-square with 10 degrees of freedom; drawing without replacement varies less.
    expect(statistic).toBeLessThan(35.6);
  });

  it('throws as many dice in a swarm of 100,000 as in one of 40', () => {
    const thrown = [40, 100_000].map((size) => {
      const { swarm } = swarmOf(size / 2, size / 2);
      let count = 0;
      const random = dice(3);
      swarm.draw(30, 'LEECH', () => (count++, random()));
      return count;
    });
    expect(thrown).toEqual([30, 30]);
  });
});
