/** Trackers that list the wrong peers, or tell the wrong things of them. */
import { asPeerId } from '../../protocol/ids.ts';
import type { PeerId, SwarmId } from '../../protocol/ids.ts';
import type { EditionId, PeerInfo, Request } from '../../protocol/message.ts';
import { adding, asking, haunted, invented, roomFor, succeeding } from './tracker-faults.ts';
import type { Wrong } from './tracker-faults.ts';

/** Lists as they are, but in this order or with these in them. */
const listing = (change: (peers: readonly PeerInfo[]) => readonly PeerInfo[]): Wrong =>
  succeeding((response) => ({
    ...response,
    peerLists: response.peerLists.map((list) => ({
      ...list,
      peers: change(list.peers),
    })),
  }));

/** A peer's whereabouts, as a tracker would note them that keeps books of its own. */
function seedBook() {
  const seeds = new Map<SwarmId, Map<PeerId, PeerInfo>>();
  const isSeed = (request: Request): boolean => {
    if (request.method === 'CONNECT') return request.actions.some(({ mode }) => mode === 'SEED');
    if (request.method === 'JOIN') return request.mode === 'SEED';
    return 'swarmId' in request && seeds.get(request.swarmId)?.has(request.peerId) === true;
  };
  return { seeds, isSeed };
}

function seedsForSeeds(): Wrong {
  const { seeds, isSeed } = seedBook();
  return {
    handle: (inner) => (request, context) => {
      const { response, events } = inner.handle(request, context);
      for (const event of events)
        if (event.kind === 'joined' && event.mode === 'SEED')
          seeds.set(
            event.swarmId,
            (seeds.get(event.swarmId) ?? new Map<PeerId, PeerInfo>()).set(
              event.peerId,
              invented(event.peerId, 'SEED'),
            ),
          );
        else if (event.kind === 'left') seeds.get(event.swarmId)?.delete(event.peerId);
      if (response.outcome === 'failure' || !isSeed(request)) return { response, events };
      return {
        response: adding(response, request, (swarm) => [...(seeds.get(swarm)?.values() ?? [])]),
        events,
      };
    },
  };
}

/** Lists peers only to those of their own edition. */
function editionsApart(): Wrong {
  const spoken = new Map<PeerId, EditionId>();
  return succeeding((response, { peerId, edition }) => {
    spoken.set(peerId, edition);
    const peerLists = response.peerLists.map((list) => ({
      ...list,
      peers: list.peers.filter((peer) => spoken.get(peer.peerId) === edition),
    }));
    return {
      ...response,
      peerLists: peerLists.filter(({ peers }) => peers.length > 0),
    };
  });
}

export const LIST_MUTANTS = {
  'lists the asking peer': succeeding((response, request) => ({
    ...response,
    peerLists: response.peerLists.map((list) => ({
      ...list,
      peers: [invented(request.peerId), ...list.peers].slice(0, roomFor(request)),
    })),
  })),
  'lists 31 peers': listing((peers) =>
    peers.length < 30 ? peers : [...peers, invented(asPeerId('one-too-many'))],
  ),
  'ignores PeerNum': asking((request) =>
    'peerNum' in request && request.peerNum
      ? { ...request, peerNum: { ...request.peerNum, count: 30 } }
      : request,
  ),
  'lists a peer twice': succeeding((response, request) => ({
    ...response,
    peerLists: response.peerLists.map(({ peers, ...list }) => ({
      ...list,
      peers: [...peers, ...peers.slice(0, 1)].slice(0, roomFor(request)),
    })),
  })),
  'lists peers of XML without their addresses': succeeding((response, { edition }) => ({
    ...response,
    peerLists: response.peerLists.map((list) => ({
      ...list,
      peers: edition === 'rfc7846' ? list.peers : list.peers.map((peer) => ({ ...peer, addresses: [] })),
    })),
  })),
  'hands out seeds to seeds': seedsForSeeds(),
  'hands out peers whose timer ran out': haunted((_event, why) => why === 'expired'),
  'hands out peers that left': haunted(({ reason }, why) => reason === 'left' || why === 'left'),
  'hands out peers that disconnected': haunted((_event, why) => why === 'disconnected'),
  'hands out peers whose registration an error ended': haunted((_event, why) => why === 'error'),
  'hands out nobody to a LEECH that switches': succeeding((response, request) =>
    request.method === 'CONNECT' && request.actions.some(({ action }) => action === 'LEAVE')
      ? { ...response, peerLists: [] }
      : response,
  ),
  'lists peers without their modes': listing((peers) => peers.map(({ mode: _mode, ...peer }) => peer)),
  'keeps the editions apart': editionsApart(),
  'gives a SEED a list that it did not ask for': asking((request) =>
    (request.method === 'CONNECT' || request.method === 'JOIN') && request.peerNum === undefined
      ? { ...request, peerNum: { count: 30 } }
      : request,
  ),
} satisfies Readonly<Record<string, Wrong>>;
