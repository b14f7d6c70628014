/** What a selection policy chooses from: a whole swarm, or those of it that hold the content wanted. */
import type { PeerMode } from '../protocol/message.ts';
import type { GroupKey } from './groups.ts';
import { MAX_INSPECTED } from './holdings.ts';
import type { Content } from './holdings.ts';
import type { Membership } from './registration.ts';
import { sampleIndices } from './sample.ts';
import type { Pool, Source } from './selection.ts';
import type { Order, Swarm, Tier } from './swarm.ts';

/** For whom. */
export interface Asking {
  readonly mode: PeerMode;
  /** The asker's own membership, if it has one. */
  readonly self: Membership | undefined;
  readonly importance: number;
  readonly random: () => number;
}

export function poolOfAll(swarm: Swarm<Membership>, { mode, self, importance, random }: Asking): Pool {
  const source = (tier: Tier<Membership>): Source => ({
    draw: (wanted) => swarm.drawFrom(tier, wanted, random, self),
  });
  return {
    available: swarm.available(mode, self),
    seeds: swarm.seeds,
    leeches: swarm.leeches,
    importance,
    draw: (wanted) => swarm.draw(wanted, mode, random, self),
    seedsOnly: { draw: (wanted) => swarm.drawSeeds(wanted, mode, random, self) },
    of: (key) => source(swarm.tier(key, mode)),
    *byKey(order) {
      for (const tier of swarm.tiers(order, mode)) yield source(tier);
    },
  };
}

/**
 * LEECHes that declared all that is wanted, and seeds. Of each at most `MAX_INSPECTED` are looked at, at random, so
 * a policy chooses the best of those.
 */
export function poolOfHolders(swarm: Swarm<Membership>, content: Content, asking: Asking): Pool {
  const { mode, self, importance, random } = asking;
  const leeches = (swarm.holdings?.find(content, random) ?? []).filter((holder) => holder !== self);
  const seeds = swarm.drawSeeds(MAX_INSPECTED, mode, random, self);
  const source = (members: readonly Membership[]): Source => ({
    draw: (wanted) => sampleIndices(wanted, members.length, random).flatMap((index) => members[index] ?? []),
  });
  const all = [...leeches, ...seeds];
  return {
    available: all.length,
    seeds: swarm.seeds,
    leeches: leeches.length,
    importance,
    ...source(all),
    seedsOnly: source(seeds),
    of: (key) => source(all.filter(({ group }) => group?.key === key)),
    byKey: (order) => inGroups(all, order).map(source),
  };
}

/** By the keys that the swarm's groups have, whoever is in none left out. */
function inGroups(members: readonly Membership[], order: Order): Membership[][] {
  const groups = new Map<GroupKey, Membership[]>();
  for (const member of members) {
    if (member.group === undefined) continue;
    const { key } = member.group;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  const upwards = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  return order === 'lowest first' ? upwards : upwards.reverse();
}
