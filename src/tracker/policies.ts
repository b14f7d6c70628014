/**
 * The selection policies that come with the tracker, by name. Each says whom it prefers; whoever is alike comes
 * in uniform random order, and when the preferred ones run out everyone else does. README.md has a table of
 * what each prefers, what it does with PeerNum attributes and what it costs.
 */
import { toNumber } from '../protocol/capability.ts';
import type { PeerAddress } from '../protocol/message.ts';
import type { PeerView } from './registration.ts';
import { hasAttributes, matchingFirst, OVERSAMPLE, randomSelection } from './selection.ts';
import type { Ask, Candidate, PeerSelection, Pool, Source, Wish } from './selection.ts';

export const SELECTIONS = ['random', 'seeds-first', 'locality', 'rarest', 'bandwidth', 'popularity'] as const;
export type SelectionName = (typeof SELECTIONS)[number];

/** Who has all there is comes first. */
const seedsFirst: PeerSelection = {
  name: 'seeds-first',
  select: (ask, pool, { now }) => inOrder(ask, ask.peerNum, [pool.seedsOnly], pool, now),
};

/** Traffic that stays within a network costs its operator less (RFC 7846 §4.1.1, "network topology preferences"). */
const locality: PeerSelection = {
  name: 'locality',
  grouping: { by: 'key', keyOf: ({ declared }) => asnOf(declared) },
  select(ask, pool, { now }) {
    const asn = asnOf(ask.declared);
    return inOrder(ask, ask.peerNum, asn === undefined ? [] : [pool.of(asn)], pool, now);
  },
};

/** Everyone is handed out about as often: nobody is forgotten, and nobody asked by all. */
const rarest: PeerSelection = {
  name: 'rarest',
  grouping: { by: 'hand-outs' },
  select: (ask, pool, { now }) => inOrder(ask, ask.peerNum, pool.byKey('lowest first'), pool, now),
};

/** Who has reported the most bandwidth to spare; PeerNum is the stronger wish, for it is the asker's own. */
const bandwidth: PeerSelection = {
  name: 'bandwidth',
  grouping: { by: 'class', keyOf: ({ availableBandwidth }) => bandwidthClass(availableBandwidth) },
  select(ask, pool, { now }) {
    const { count, peerNum } = ask;
    const fastest = (upTo: number) =>
      inOrder({ count: upTo }, undefined, pool.byKey('highest first'), pool, now);
    if (!hasAttributes(peerNum)) return fastest(count);
    return matchingFirst(peerNum, fastest(count * OVERSAMPLE), now).slice(0, count);
  },
};

/** RFC 7846 §5.1.1 speaks of an upper and a lower threshold of importance and gives none: ours. */
export const POPULAR = 2;
export const UNCOMMON = 1 / 2;

/**
 * RFC 7846 §4.1.2: peers of higher ability for popular content, of lower ability for uncommon content, so that
 * able peers are there where many need them. Popular is a swarm of at least twice the mean size of the
 * tracker's other swarms, uncommon one of at most half of it; in between, and in the only swarm, anyone.
 * PeerNum attributes are read as what they say of the peer that sends them (§3.2.2), not as its wishes.
 */
const popularity: PeerSelection = {
  name: 'popularity',
  grouping: { by: 'class', keyOf: abilityClass },
  select: (ask, pool, { now }) => inOrder(ask, requirements(ask), byImportance(pool), pool, now),
};

/** gu-04 names them beside PeerNum. */
function requirements({ count, peerNum }: Ask): Wish | undefined {
  return peerNum?.properties && { count, properties: peerNum.properties };
}

function byImportance(pool: Pool): Iterable<Source> {
  if (pool.importance >= POPULAR) return pool.byKey('highest first');
  return pool.importance <= UNCOMMON ? pool.byKey('lowest first') : [];
}

const POLICIES: Readonly<Record<SelectionName, PeerSelection>> = {
  random: randomSelection,
  'seeds-first': seedsFirst,
  locality,
  rarest,
  bandwidth,
  popularity,
};

export function selectionOf(name: SelectionName): PeerSelection {
  return POLICIES[name];
}

/**
 * One source after the other, then everyone. Of each, those that match `wanted` come first, out of a bounded
 * oversample. All but the last source are drawn to the bottom and end on the list, so together they cost O(list).
 */
function inOrder(
  { count }: Pick<Ask, 'count'>,
  wanted: Wish | undefined,
  preferred: Iterable<Source>,
  everyone: Source,
  now: number,
): readonly Candidate[] {
  const picky = hasAttributes(wanted);
  const list: Candidate[] = [];
  const taken = new Set<PeerView>();
  const take = (source: Source, upTo: number) => {
    const drawn = source.draw(picky ? count * OVERSAMPLE : upTo);
    for (const candidate of picky ? matchingFirst(wanted, drawn, now) : drawn) {
      if (list.length >= count) return;
      if (taken.has(candidate.peer)) continue;
      taken.add(candidate.peer);
      list.push(candidate);
    }
  };
  if (count === 0) return [];
  for (const source of preferred) {
    take(source, count - list.length);
    if (list.length >= count) return list;
  }
  // As many as the whole list, for any of them may be on it already.
  take(everyone, count);
  return list;
}

/** The ASN of the preferred address that has one: where a peer is reached first. `AS64496` is `64496`. */
export function asnOf(declared: readonly PeerAddress[]): string | undefined {
  let preferred: PeerAddress | undefined;
  for (const address of declared)
    if (address.asn !== undefined && (preferred === undefined || address.priority > preferred.priority))
      preferred = address;
  return preferred?.asn?.replace(/^AS(?=\d)/i, '');
}

/** By powers of two of kbit/s: 33 classes. Finer ones would send everyone to the one peer at the top. */
export function bandwidthClass(bitsPerSecond: number | undefined): number | undefined {
  if (bitsPerSecond === undefined) return undefined;
  return 32 - Math.clz32(Math.min(bitsPerSecond / 1000, 0xffff_ffff));
}

/** What it reported; until it has, what its PeerNum says it can do (RFC 7846 §3.2.2). */
function abilityClass({ availableBandwidth, peerNum }: PeerView): number | undefined {
  const told = peerNum?.uploadBandwidth;
  return bandwidthClass(
    availableBandwidth ?? (told === undefined ? undefined : toNumber('uploadBandwidth', told) * 1000),
  );
}
