/** One peer list of one response: asked of the policy, held to the protocol's bounds. */
import type { PeerInfo, PeerList, PeerMode, PeerNum } from '../protocol/message.ts';
import { MAX_PEER_LIST } from '../protocol/message.ts';
import type { SwarmId } from '../protocol/ids.ts';
import { handedOut } from './addresses.ts';
import type { RequestContext } from './api.ts';
import type { Membership, Registration } from './registration.ts';
import type { Candidate, PeerSelection, Source } from './selection.ts';
import type { Swarm, Tier } from './swarm.ts';

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
}

export interface DrawnList {
  readonly list: PeerList;
  /** Whom the policy chose; without an address to hand out one is not listed for all that. */
  readonly chosen: readonly Candidate[];
}

export function drawList(want: Want, selection: PeerSelection, context: RequestContext): DrawnList {
  const { peer, declared, swarmId, swarm, importance, mode, peerNum } = want;
  if (!swarm) return { list: { swarmId, peers: [] }, chosen: [] };
  const count = Math.max(0, Math.min(peerNum?.count ?? MAX_PEER_LIST, MAX_PEER_LIST));
  const self = peer.joined.get(swarmId);
  const { random } = context;
  const source = (tier: Tier<Membership>): Source => ({
    draw: (wanted) => swarm.drawFrom(tier, wanted, random, self),
  });
  const candidates = selection.select(
    { peerId: peer.peerId, swarmId, mode, count, peerNum, declared, remote: context.remote },
    {
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
    },
    context,
  );
  const chosen = candidates.slice(0, count);
  const peers: PeerInfo[] = [];
  for (const { peer } of chosen) {
    const addresses = handedOut(peer.declared, peer.remote);
    // Each listed peer MUST come with its addresses (RFC 7846 §4.1.1).
    if (addresses.length > 0) peers.push({ peerId: peer.peerId, addresses });
  }
  return { list: { swarmId, peers }, chosen };
}
