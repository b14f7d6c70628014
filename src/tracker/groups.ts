/**
 * Members of one mode of a swarm in groups of equals, for the selection policies that prefer some peers to
 * others. A group is a dense array, so entering and leaving one move one entry, and drawing from one costs
 * what is drawn. Which group is next is known without a search.
 */

/** The key of a group: an ASN, a class of bandwidth, a number of hand-outs. */
export type GroupKey = string | number;

/** What a group needs of its members; it writes both fields, nobody else does. */
export interface Grouped {
  group: Group<this> | undefined;
  /** Place in the array of its group. */
  place: number;
}

export class Group<M extends Grouped> {
  readonly key: GroupKey;
  readonly members: M[] = [];
  /** Neighbours in a ladder. */
  lower: Group<M> | undefined;
  higher: Group<M> | undefined;

  constructor(key: GroupKey) {
    this.key = key;
  }

  add(member: M): void {
    member.group = this;
    member.place = this.members.length;
    this.members.push(member);
  }

  /** The last of the array takes the place of the one who leaves. */
  remove(member: M): void {
    if (this.members[member.place] !== member) throw new Error('left a group it was not in');
    const last = this.members.pop();
    if (last !== undefined && last !== member) {
      this.members[member.place] = last;
      last.place = member.place;
    }
    member.group = undefined;
    member.place = -1;
  }
}

export interface Groups<M extends Grouped> {
  get(key: GroupKey): Group<M> | undefined;
  add(member: M, key: GroupKey): void;
  remove(member: M): void;
  readonly lowest: Group<M> | undefined;
  readonly highest: Group<M> | undefined;
}

/** Any number of keys in no order (ASNs): everything is O(1). */
export class KeyedGroups<M extends Grouped> implements Groups<M> {
  readonly lowest = undefined;
  readonly highest = undefined;
  readonly #groups = new Map<GroupKey, Group<M>>();

  get(key: GroupKey): Group<M> | undefined {
    return this.#groups.get(key);
  }

  add(member: M, key: GroupKey): void {
    let group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, (group = new Group(key)));
    group.add(member);
  }

  remove(member: M): void {
    const group = member.group;
    group?.remove(member);
    if (group?.members.length === 0) this.#groups.delete(group.key);
  }
}

/**
 * Groups in the order of their keys, no empty one among them. `add` looks for its place from the bottom: O(1)
 * for the least key of all, else the number of groups below, so it is for few keys. `raise` is O(1): the group
 * one up is the neighbour, or is made there.
 */
export class Ladder<M extends Grouped> implements Groups<M> {
  lowest: Group<M> | undefined;
  highest: Group<M> | undefined;

  get(key: GroupKey): Group<M> | undefined {
    let group = this.lowest;
    while (group !== undefined && group.key < key) group = group.higher;
    return group?.key === key ? group : undefined;
  }

  add(member: M, key: GroupKey): void {
    let below: Group<M> | undefined;
    let group = this.lowest;
    while (group !== undefined && group.key < key) [below, group] = [group, group.higher];
    (group?.key === key ? group : this.#insert(key, below, group)).add(member);
  }

  remove(member: M): void {
    const group = member.group;
    group?.remove(member);
    if (group?.members.length === 0) this.#unlink(group);
  }

  /** To the key one above its own. */
  raise(member: M): void {
    const group = member.group;
    if (group === undefined) return;
    const key = Number(group.key) + 1;
    const next = group.higher?.key === key ? group.higher : this.#insert(key, group, group.higher);
    this.remove(member);
    next.add(member);
  }

  #insert(key: GroupKey, lower: Group<M> | undefined, higher: Group<M> | undefined): Group<M> {
    const group = new Group<M>(key);
    group.lower = lower;
    group.higher = higher;
    if (lower === undefined) this.lowest = group;
    else lower.higher = group;
    if (higher === undefined) this.highest = group;
    else higher.lower = group;
    return group;
  }

  #unlink({ lower, higher }: Group<M>): void {
    if (lower === undefined) this.lowest = higher;
    else lower.higher = higher;
    if (higher === undefined) this.highest = lower;
    else higher.lower = lower;
  }
}
