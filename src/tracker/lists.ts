/** One peer list of one response: asked of the policy, held to the protocol's bounds. */
import type { SwarmId } from '../protocol/ids.ts';
import { MAX_PEER_LIST } from '../protocol/message.ts';
import type { PeerInfo, PeerList, PeerMode, PeerNum, Property } from '../protocol/message.ts';
import { handedOut } from './addresses.ts';
import type { RequestContext, TrackerOptions } from './api.ts';
import type { Content } from './holdings.ts';
import { ListedPeer, periodAt } from './listed.ts';
import { poolOfAll, poolOfHolders } from './pool.ts';
import type { Registration } from './registration.ts';
import type { Registry } from './registry.ts';
import type { Candidate, PeerSelection, Wish } from './selection.ts';

export interface Want {
  readonly peer: Registration;
  /** As of this request. */
  readonly declared: Registration['declared'];
  readonly swarmId: SwarmId;
  readonly mode: PeerMode;
  readonly peerNum: PeerNum | undefined;
  /** gu-04: requirements on the peers returned. */
  readonly properties: readonly Property[];
  /** Only peers that hold it; `undefined`: whatever they hold. */
  readonly content: Content | undefined;
}

/** What lists are made of. */
export interface ListDesk {
  readonly selection: PeerSelection;
  readonly registry: Pick<Registry, 'peers' | 'swarms'>;
  readonly options: Pick<TrackerOptions, 'reflexive' | 'keepEntries'>;
}

export interface DrawnList {
  readonly list: PeerList;
  /** Whom the policy chose; without an address to hand out one is not listed for all that. */
  readonly chosen: readonly Candidate[];
  /** Of those on the list, their numbers in the order of registration. */
  readonly serials: readonly number[];
}

export function drawList(
  want: Want,
  { selection, registry, options }: ListDesk,
  context: RequestContext,
): DrawnList {
  const { peer, declared, swarmId, mode, peerNum, properties, content } = want;
  const swarm = registry.swarms.get(swarmId);
  const chunkId = content?.chunkId;
  const listOf = (peers: readonly PeerInfo[]): PeerList =>
    chunkId === undefined ? { swarmId, peers } : { swarmId, peers, chunkId };
  // Nobody has joined it yet.
  if (!swarm) return { list: listOf([]), chosen: [], serials: [] };
  const count = wantedCount(peerNum);
  const { random, remote, now } = context;
  const wish: Wish | undefined = properties.length === 0 ? peerNum : { ...peerNum, count, properties };
  const self = peer.joined.get(swarmId);
  const asking = { mode, self, importance: registry.swarms.importance(swarmId), random };
  const candidates = selection.select(
    { peerId: peer.peerId, swarmId, mode, count, peerNum: wish, declared, remote },
    content === undefined ? poolOfAll(swarm, asking) : poolOfHolders(swarm, content, asking),
    context,
  );
  const chosen = withLive(swarm.drawLive(count, mode, random), candidates, count, self);
  const keepEntries = registry.peers <= options.keepEntries;
  const period = periodAt(now);
  const peers: PeerInfo[] = [];
  const serials: number[] = [];
  for (const candidate of chosen) {
    // Nothing else of a peer listed before is looked at.
    const known = keepEntries ? candidate.listed : undefined;
    if (known !== undefined) {
      if (known.period !== period) known.period = period;
      peers.push(known);
      serials.push(known.serial);
      continue;
    }
    const { peer, mode, live } = candidate;
    const { peerId, serial, declared, remote } = peer;
    const addresses = handedOut(declared, remote, options);
    // Each listed peer MUST come with its addresses (RFC 7846 §4.1.1).
    if (addresses.length === 0) continue;
    const joined = live ? 'LIVESEED' : mode;
    serials.push(serial);
    if (keepEntries) {
      candidate.listed = new ListedPeer(peerId, addresses, joined, serial, period);
      peers.push(candidate.listed);
    } else peers.push({ peerId, addresses, mode: joined });
  }
  return { list: listOf(peers), chosen, serials };
}

export function wantedCount(peerNum: PeerNum | undefined): number {
  return Math.max(0, Math.min(peerNum?.count ?? MAX_PEER_LIST, MAX_PEER_LIST));
}

/** The source of a live stream is on every list, whatever the policy says (gu -06 §4.6). */
function withLive(
  live: readonly Candidate[],
  candidates: readonly Candidate[],
  count: number,
  self: Candidate | undefined,
): readonly Candidate[] {
  if (live.length === 0) return candidates.slice(0, count);
  const sources = live.filter((candidate) => candidate !== self);
  const others = candidates.filter(({ peer }) => !sources.some((source) => source.peer === peer));
  return [...sources, ...others].slice(0, count);
}
