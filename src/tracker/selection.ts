/**
 * Who is put on a peer list. The policy is a port, so that locality (ALTO), popularity (RFC 7846 §4.1.2)
 * or load can be plugged in (`policies.ts` has those that come with it); the default is a uniform random
 * sample, which PeerNum attributes bend towards matching peers.
 */
import { seenAddress } from '../protocol/address.ts';
import { meets } from '../protocol/capability.ts';
import type { CapabilityKind } from '../protocol/capability.ts';
import type { PeerId, SwarmId } from '../protocol/ids.ts';
import type { PeerAddress, PeerMode, PeerNum, Property } from '../protocol/message.ts';
import type { Remote } from './addresses.ts';
import type { Moment } from './api.ts';
import type { ListedPeer } from './listed.ts';
import type { PeerView } from './registration.ts';
import type { Grouping, Order } from './swarm.ts';

/** PeerNum, and gu-04's requirements on the peers returned. */
export interface Wish extends PeerNum {
  readonly properties?: readonly Property[];
}

/** Who asks, and for what. */
export interface Ask {
  readonly peerId: PeerId;
  readonly swarmId: SwarmId;
  /** The asker's mode in the swarm. */
  readonly mode: PeerMode;
  /** Entries wanted, already held to the protocol's bound. */
  readonly count: number;
  readonly peerNum: Wish | undefined;
  /** What the asker declared, and where it was seen: for policies of locality. */
  readonly declared: readonly PeerAddress[];
  readonly remote: Remote;
}

export interface Candidate {
  readonly peer: PeerView;
  readonly mode: PeerMode;
  /** A LIVESEED: listed whatever the policy says. */
  readonly live: boolean;
  /** How it looked on the last list it was on; no policy looks at it. */
  listed?: ListedPeer | undefined;
}

export interface Source {
  /** Up to `count` different ones, in uniform random order, at a cost of `count`. */
  draw(count: number): readonly Candidate[];
}

/** Those the asker may be given: never itself, and no seed for a seed. The same holds of every part of it. */
export interface Pool extends Source {
  /** How many there are. */
  readonly available: number;
  readonly seeds: number;
  readonly leeches: number;
  /** Size of the swarm over the mean size of the tracker's other swarms; 1 when it is the only one. */
  readonly importance: number;
  /** The seeds. */
  readonly seedsOnly: Source;
  /** Those of one key of the policy's grouping. */
  of(key: string | number): Source;
  /** All that have a key, those of one key after those of the other: each source has members, or the asker. */
  byKey(order: Order): Iterable<Source>;
}

export interface PeerSelection {
  readonly name: string;
  /** By what swarms are to group their members for this policy; one that has none costs them nothing. */
  readonly grouping?: Grouping<PeerView>;
  /** Different candidates of the pool, the very ones, the best first; beyond `ask.count` they are cut off. */
  select(ask: Ask, pool: Pool, moment: Moment): readonly Candidate[];
}

/** How many are looked at for each one listed when attributes are to be matched: bounds the cost. */
export const OVERSAMPLE = 4;

/** Uniform; with PeerNum attributes, matching peers of a bounded oversample first, then whoever was drawn. */
export const randomSelection: PeerSelection = {
  name: 'random',
  select({ count, peerNum }, pool, { now }) {
    if (!hasAttributes(peerNum)) return pool.draw(count);
    return matchingFirst(peerNum, pool.draw(count * OVERSAMPLE), now).slice(0, count);
  },
};

/** Otherwise in the order they are in. */
export function matchingFirst(
  wanted: Wish,
  candidates: readonly Candidate[],
  now: number,
): readonly Candidate[] {
  const matching: Candidate[] = [];
  const others: Candidate[] = [];
  for (const candidate of candidates)
    (matches(wanted, candidate.peer, now) ? matching : others).push(candidate);
  return [...matching, ...others];
}

export function hasAttributes(wanted: Wish | undefined): wanted is Wish {
  if (wanted === undefined) return false;
  const { abilityNat, concurrentLinks, onlineTime, uploadBandwidth, properties } = wanted;
  return [abilityNat, concurrentLinks, onlineTime, uploadBandwidth, properties].some(
    (value) => value !== undefined,
  );
}

/**
 * Whether a peer reaches at least every level wanted: the attributes describe the peers wanted
 * (RFC 7846 §4.1.1). A peer of which nothing is known reaches no level.
 */
export function matches(wanted: Wish, peer: PeerView, now: number): boolean {
  const bitsPerSecond = peer.availableBandwidth;
  return (
    (wanted.abilityNat === undefined || reachability(peer) >= REACHABILITY[wanted.abilityNat]) &&
    reaches(wanted, 'concurrentLinks', peer.concurrentLinks) &&
    reaches(wanted, 'onlineTime', (now - peer.connectedAt) / 1000) &&
    reaches(wanted, 'uploadBandwidth', bitsPerSecond === undefined ? undefined : bitsPerSecond / 1000) &&
    // gu-04: a requirement is met by whoever said exactly that of itself.
    (wanted.properties ?? []).every(({ name, value }) => peer.properties.get(name) === value)
  );
}

function reaches(wanted: PeerNum, kind: CapabilityKind, actual: number | undefined): boolean {
  const level = wanted[kind];
  return level === undefined || (actual !== undefined && meets(kind, actual, level));
}

/** The easier a peer is reached, the higher: a relay is the last resort. */
const REACHABILITY = { TURN: 1, PROXY: 1, STUN: 2, NO_NAT: 3 } as const;

/**
 * No message tells a peer's own NAT ability, but its declared addresses show it: gathered by TURN they are
 * PROXY, by STUN REFLEXIVE (RFC 7846 §3.2.4), and a HOST address that is also where the peer was seen has
 * no NAT before it.
 */
function reachability({ declared, remote }: PeerView): number {
  const seen = seenAddress(remote.address)?.address;
  let reached = 0;
  for (const { type, address } of declared) {
    if (type === 'PROXY') reached = Math.max(reached, REACHABILITY.TURN);
    else if (type === 'REFLEXIVE') reached = Math.max(reached, REACHABILITY.STUN);
    else if (address === seen) reached = Math.max(reached, REACHABILITY.NO_NAT);
  }
  return reached;
}
