/** One peer list of one response: asked of the policy, held to the protocol's bounds. */
import type { PeerInfo, PeerList, PeerMode, PeerNum } from '../protocol/message.ts';
import { MAX_PEER_LIST } from '../protocol/message.ts';
import type { SwarmId } from '../protocol/ids.ts';
import { handedOut } from './addresses.ts';
import type { RequestContext } from './api.ts';
import type { Membership, Registration } from './registration.ts';
import type { PeerSelection } from './selection.ts';
import type { Swarm } from './swarm.ts';

export interface Want {
  readonly peer: Registration;
  /** As of this request. */
  readonly declared: Registration['declared'];
  readonly swarmId: SwarmId;
  /** `undefined` when nobody has joined it yet. */
  readonly swarm: Swarm<Membership> | undefined;
  readonly mode: PeerMode;
  readonly peerNum: PeerNum | undefined;
}

export function drawList(want: Want, selection: PeerSelection, context: RequestContext): PeerList {
  const { peer, declared, swarmId, swarm, mode, peerNum } = want;
  if (!swarm) return { swarmId, peers: [] };
  const count = Math.max(0, Math.min(peerNum?.count ?? MAX_PEER_LIST, MAX_PEER_LIST));
  const self = peer.joined.get(swarmId);
  const candidates = selection.select(
    { peerId: peer.peerId, swarmId, mode, count, peerNum, declared, remote: context.remote },
    {
      available: swarm.available(mode, self),
      seeds: swarm.seeds,
      leeches: swarm.leeches,
      draw: (wanted) => swarm.draw(wanted, mode, context.random, self),
    },
    context,
  );
  const peers: PeerInfo[] = [];
  for (const { peer } of candidates.slice(0, count)) {
    const addresses = handedOut(peer.declared, peer.remote);
    // Each listed peer MUST come with its addresses (RFC 7846 §4.1.1).
    if (addresses.length > 0) peers.push({ peerId: peer.peerId, addresses });
  }
  return { swarmId, peers };
}
