/** One peer list of one response: asked of the policy, held to the protocol's bounds. */
import type { SwarmId } from '../protocol/ids.ts';
import { MAX_PEER_LIST } from '../protocol/message.ts';
import type { PeerAddress, PeerInfo, PeerList, PeerMode, PeerNum, Property } from '../protocol/message.ts';
import { handedOut } from './addresses.ts';
import type { RequestContext, TrackerOptions } from './api.ts';
import type { Content } from './holdings.ts';
import { poolOfAll, poolOfHolders } from './pool.ts';
import type { Membership, PeerView, Registration } from './registration.ts';
import type { Candidate, PeerSelection, Wish } from './selection.ts';
import type { Swarm } from './swarm.ts';

export interface Want {
  readonly peer: Registration;
  /** As of this request. */
  readonly declared: Registration['declared'];
  readonly swarmId: SwarmId;
  /** `undefined` when nobody has joined it yet. */
  readonly swarm: Swarm<Membership> | undefined;
  /** Of the swarm among the others, see `Pool`. */
  readonly importance: number;
  readonly mode: PeerMode;
  readonly peerNum: PeerNum | undefined;
  /** gu-04: requirements on the peers returned. */
  readonly properties: readonly Property[];
  /** Only peers that hold it; `undefined`: whatever they hold. */
  readonly content: Content | undefined;
}

export interface DrawnList {
  readonly list: PeerList;
  /** Whom the policy chose; without an address to hand out one is not listed for all that. */
  readonly chosen: readonly Candidate[];
}

export function drawList(
  want: Want,
  selection: PeerSelection,
  context: RequestContext,
  options: Pick<TrackerOptions, 'reflexive'>,
  keepEntries: boolean,
): DrawnList {
  const { peer, declared, swarmId, swarm, importance, mode, peerNum, properties, content } = want;
  const chunkId = content?.chunkId;
  const listOf = (peers: readonly PeerInfo[]): PeerList =>
    chunkId === undefined ? { swarmId, peers } : { swarmId, peers, chunkId };
  if (!swarm) return { list: listOf([]), chosen: [] };
  const count = wantedCount(peerNum);
  const { random, remote } = context;
  const wish: Wish | undefined = properties.length === 0 ? peerNum : { ...peerNum, count, properties };
  const self = peer.joined.get(swarmId);
  const asking = { mode, self, importance, random };
  const candidates = selection.select(
    { peerId: peer.peerId, swarmId, mode, count, peerNum: wish, declared, remote },
    content === undefined ? poolOfAll(swarm, asking) : poolOfHolders(swarm, content, asking),
    context,
  );
  const chosen = withLive(swarm.drawLive(count, mode, random), candidates, count, self);
  const peers: PeerInfo[] = [];
  for (const { peer, mode, live } of chosen) {
    const { peerId, place } = peer;
    const addresses = addressesOf(peer, options);
    // Each listed peer MUST come with its addresses (RFC 7846 §4.1.1).
    if (addresses === undefined) continue;
    const joined = live ? 'LIVESEED' : mode;
    peers.push(
      keepEntries && place ? { peerId, addresses, mode: joined, place } : { peerId, addresses, mode: joined },
    );
  }
  return { list: listOf(peers), chosen };
}

/** Of whom there is an entry there are addresses: nothing else of a peer listed before is looked at. */
function addressesOf(
  { declared, remote, place }: PeerView,
  options: Pick<TrackerOptions, 'reflexive'>,
): readonly PeerAddress[] | undefined {
  if (place?.entryOf === declared) return declared;
  const addresses = handedOut(declared, remote, options);
  return addresses.length > 0 ? addresses : undefined;
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
