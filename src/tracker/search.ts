/** FIND and FIND_CHUNK: a new peer list for a swarm the peer is in, or for those of it that hold some content. */
import type { FindRequest } from '../protocol/message.ts';
import { declaredNow, toBeKept } from './addresses.ts';
import { wantedCount } from './lists.ts';
import { failed } from './turn.ts';
import type { Outcome, Turn } from './turn.ts';

export function search(turn: Turn<FindRequest>): Outcome {
  const { request, rules, context, desk, events } = turn;
  const { method, swarmId, peerNum, scope, chunkId, properties, addresses } = request;
  const { registry } = desk;
  const peer = turn.known;
  if (peer === undefined) return turn.stray();
  if (turn.comesTooSoon(peer)) return turn.refuse(peer, `${method} before any swarm was joined`);
  if (rules.unknownSwarm === 'not-found' && registry.swarms.get(swarmId) === undefined)
    return turn.refuse(peer, 'swarm unknown', 'not-found');
  const member = peer.joined.get(swarmId);
  if (member === undefined) return turn.refuse(peer, `${method} of a swarm not joined`);

  // The list is drawn before anything is changed: a selection policy that throws leaves no trace.
  const declared = declaredNow(addresses, peer.declared);
  const content = scope === undefined && chunkId === undefined ? undefined : { scope, chunkId };
  const drawn = turn.list(
    { peer, declared, swarmId, mode: member.mode, peerNum, properties, content },
    events,
  );
  turn.handedOut(drawn);
  turn.heard(peer);
  if (declared !== peer.declared) peer.declared = toBeKept(declared);
  peer.peerNum = peerNum ?? peer.peerNum;
  peer.regroup();
  if (
    content !== undefined &&
    rules.nobodyHolds === 'not-found' &&
    drawn.chosen.length === 0 &&
    wantedCount(peerNum) > 0
  ) {
    registry.step(peer, 'nobody holds it', context.now);
    return failed('not-found', 'nobody holds it');
  }
  registry.step(peer, `${method} valid`, context.now);
  return {
    ok: true,
    publicAddress: turn.publicAddress(declared),
    results: [{ swarmId, ok: true }],
    peerLists: [drawn.list],
  };
}
