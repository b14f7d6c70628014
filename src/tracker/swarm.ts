/**
 * The membership of one swarm: seeds and leeches in a dense array each, so that joining, leaving and
 * changing mode move one entry, and a list is drawn without looking at anyone who is not in it. For a
 * selection policy that asks for it, each mode is in groups besides (`groups.ts`), at the same cost.
 */
import type { SwarmId } from '../protocol/ids.ts';
import type { JoinMode, PeerMode } from '../protocol/message.ts';
import { KeyedGroups, Ladder } from './groups.ts';
import type { Group, Grouped, GroupKey, Groups } from './groups.ts';
import type { Holdings } from './holdings.ts';
import { sampleIndices } from './sample.ts';

/** What a swarm needs of its members; it writes all fields, nobody else does. */
export interface Member extends Grouped {
  mode: PeerMode;
  /** Place in the array of its mode. */
  slot: number;
  /** A LIVESEED (gu -06 §4.6): one of the seeds. */
  live: boolean;
  /** Place in the array of the live ones, -1 when it is none of them. */
  livePlace: number;
}

/** How many LIVESEEDs are always on a list; whoever says it is one could fill the lists otherwise. */
export const MAX_LIVE = 4;

/** By what a swarm puts its members in groups; whoever has no key is in none. */
export type Grouping<M> =
  /** Any number of keys, in no order. */
  | { readonly by: 'key'; readonly keyOf: (member: M) => string | undefined }
  /** A few classes (tens), in order. */
  | { readonly by: 'class'; readonly keyOf: (member: M) => number | undefined }
  /** How often it was handed out since it joined in its mode. */
  | { readonly by: 'hand-outs' };

export type Order = 'lowest first' | 'highest first';

/** Members that are alike, those an asker may be given and perhaps the asker itself. */
export interface Tier<M> {
  readonly leeches: readonly M[];
  readonly seeds: readonly M[];
}

export class Swarm<M extends Member> {
  readonly id: SwarmId;
  readonly #seeds: M[] = [];
  readonly #leeches: M[] = [];
  readonly #live: M[] = [];
  /** What its LEECHes declared to hold; most swarms have none. */
  holdings: Holdings<M> | undefined;
  readonly #grouping: Grouping<M> | undefined;
  readonly #groups: Readonly<Record<PeerMode, Groups<M>>> | undefined;

  constructor(id: SwarmId, grouping?: Grouping<M>) {
    this.id = id;
    this.#grouping = grouping;
    const make = (): Groups<M> => (grouping?.by === 'key' ? new KeyedGroups() : new Ladder());
    this.#groups = grouping && { SEED: make(), LEECH: make() };
  }

  get seeds(): number {
    return this.#seeds.length;
  }

  get leeches(): number {
    return this.#leeches.length;
  }

  get size(): number {
    return this.#seeds.length + this.#leeches.length;
  }

  /** In no order. */
  *members(): Generator<M, void> {
    yield* this.#seeds;
    yield* this.#leeches;
  }

  join(member: M): void {
    const places = this.#placesOf(member.mode);
    member.slot = places.length;
    places.push(member);
    if (member.live) member.livePlace = this.#live.push(member) - 1;
    const key = this.#keyOf(member);
    if (key !== undefined) this.#groups?.[member.mode].add(member, key);
  }

  /** The last of the array takes the place of the one who leaves. */
  leave(member: M): void {
    const places = this.#placesOf(member.mode);
    if (places[member.slot] !== member) throw new Error('left a swarm it was not in');
    this.#groups?.[member.mode].remove(member);
    if (member.livePlace >= 0) this.#endLive(member);
    const last = places.pop();
    if (last === undefined || last === member) return;
    places[member.slot] = last;
    last.slot = member.slot;
  }

  #endLive(member: M): void {
    const last = this.#live.pop();
    if (last !== undefined && last !== member) {
      this.#live[member.livePlace] = last;
      last.livePlace = member.livePlace;
    }
    member.livePlace = -1;
  }

  setMode(member: M, mode: JoinMode): void {
    if (joinMode(member) === mode) return;
    this.leave(member);
    member.live = mode === 'LIVESEED';
    member.mode = mode === 'LEECH' ? 'LEECH' : 'SEED';
    this.join(member);
  }

  /** What a key is made of may have changed. */
  regroup(member: M): void {
    if (this.#grouping === undefined || this.#grouping.by === 'hand-outs') return;
    const key = this.#keyOf(member);
    if (key === member.group?.key) return;
    const groups = this.#groups?.[member.mode];
    groups?.remove(member);
    if (key !== undefined) groups?.add(member, key);
  }

  /** It was put on a list. */
  handedOut(member: M): void {
    const groups = this.#groups?.[member.mode];
    if (this.#grouping?.by === 'hand-outs' && groups instanceof Ladder) groups.raise(member);
  }

  /** How many `draw` can choose from. */
  available(mode: PeerMode, asker?: M): number {
    const { leeches, seeds } = this.#all(mode);
    const all = leeches.length + seeds.length;
    return asker !== undefined && this.#indexOf(asker) < all ? all - 1 : all;
  }

  /**
   * Up to `count` members for an asker of `mode`, in random order, never the asker itself. A seed has
   * nothing to gain from a seed, so a seed draws leeches only (digest, "Peer list").
   */
  draw(count: number, mode: PeerMode, random: () => number, asker?: M): M[] {
    return sample(this.#all(mode), count, random, asker === undefined ? -1 : this.#indexOf(asker));
  }

  /** As `draw`, seeds only. */
  drawSeeds(count: number, mode: PeerMode, random: () => number, asker?: M): M[] {
    const { seeds } = this.#all(mode);
    return sample({ leeches: [], seeds }, count, random, asker?.mode === 'SEED' ? asker.slot : -1);
  }

  /** The live seeds that are on every list of a LEECH, `MAX_LIVE` of them at most. */
  drawLive(count: number, mode: PeerMode, random: () => number): M[] {
    if (mode === 'SEED' || this.#live.length === 0) return [];
    const seeds = this.#live;
    return sample({ leeches: [], seeds }, Math.min(count, MAX_LIVE), random, -1);
  }

  /** Everyone an asker of `mode` may be given. */
  #all(mode: PeerMode): Tier<M> {
    return { leeches: this.#leeches, seeds: mode === 'SEED' ? [] : this.#seeds };
  }

  /** Those of one key. */
  tier(key: GroupKey, mode: PeerMode): Tier<M> {
    const seeds = mode === 'SEED' ? undefined : this.#groups?.SEED.get(key);
    return this.#tier(this.#groups?.LEECH.get(key), seeds);
  }

  /** One key after the other, both modes at once; no tier is empty, so a list looks at few of them. */
  *tiers(order: Order, mode: PeerMode): Generator<Tier<M>, void> {
    const up = order === 'lowest first';
    const first = (groups: Groups<M> | undefined) => (up ? groups?.lowest : groups?.highest);
    const next = (group: Group<M> | undefined) => (up ? group?.higher : group?.lower);
    let leeches = first(this.#groups?.LEECH);
    let seeds = mode === 'SEED' ? undefined : first(this.#groups?.SEED);
    while (leeches !== undefined || seeds !== undefined) {
      const key = firstKey(leeches?.key, seeds?.key, up);
      const here = (group: Group<M> | undefined) => (group?.key === key ? group : undefined);
      yield this.#tier(here(leeches), here(seeds));
      if (here(leeches)) leeches = next(leeches);
      if (here(seeds)) seeds = next(seeds);
    }
  }

  /** As `draw`, from one tier. */
  drawFrom(tier: Tier<M>, count: number, random: () => number, asker?: M): M[] {
    return sample(tier, count, random, placeIn(tier, asker));
  }

  #tier(leeches: Group<M> | undefined, seeds: Group<M> | undefined): Tier<M> {
    return { leeches: leeches?.members ?? [], seeds: seeds?.members ?? [] };
  }

  #keyOf(member: M): GroupKey | undefined {
    const grouping = this.#grouping;
    if (grouping === undefined) return undefined;
    return grouping.by === 'hand-outs' ? 0 : grouping.keyOf(member);
  }

  #indexOf(member: M): number {
    return member.mode === 'LEECH' ? member.slot : this.leeches + member.slot;
  }

  #placesOf(mode: PeerMode): M[] {
    return mode === 'SEED' ? this.#seeds : this.#leeches;
  }
}

/** The mode it joined in. */
export function joinMode({ mode, live }: Pick<Member, 'mode' | 'live'>): JoinMode {
  return live ? 'LIVESEED' : mode;
}

function firstKey(a: GroupKey | undefined, b: GroupKey | undefined, up: boolean): GroupKey | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b === up ? a : b;
}

/** One run of indices: leeches first, seeds after them. */
function sample<M>({ leeches, seeds }: Tier<M>, count: number, random: () => number, exclude: number): M[] {
  const drawn: M[] = [];
  for (const index of sampleIndices(count, leeches.length + seeds.length, random, exclude)) {
    const member = leeches[index] ?? seeds[index - leeches.length];
    if (member !== undefined) drawn.push(member);
  }
  return drawn;
}

/** The index of the asker in a tier's run, -1 when it is not there. */
function placeIn<M extends Member>({ leeches, seeds }: Tier<M>, asker: M | undefined): number {
  if (asker === undefined) return -1;
  if (leeches[asker.place] === asker) return asker.place;
  return seeds[asker.place] === asker ? leeches.length + asker.place : -1;
}
