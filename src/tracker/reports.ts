/** What a peer tells of itself: KEEPALIVE, STAT_REPORT and the answer to a STAT_QUERY. */
import type { SwarmId } from '../protocol/ids.ts';
import type { KeepaliveRequest, StatAnswer, StatReportRequest } from '../protocol/message.ts';
import type { Registration } from './registration.ts';
import type { Outcome, Turn } from './turn.ts';

export function keepAlive(turn: Turn<KeepaliveRequest>): Outcome {
  const { context, desk } = turn;
  const peer = turn.known;
  if (peer === undefined) return turn.stray();
  turn.heard(peer);
  desk.registry.step(peer, 'KEEPALIVE valid', context.now);
  return { ok: true, queries: questions(turn, peer) };
}

export function report(turn: Turn<StatReportRequest>): Outcome {
  const { request, context, desk, events } = turn;
  const { transactionId, properties } = request;
  const peer = turn.known;
  if (peer === undefined) return turn.stray();
  if (turn.comesTooSoon(peer)) return turn.refuse(peer, 'STAT_REPORT before any swarm was joined');
  const swarmIds = swarmsNamed(request, peer);
  if (swarmIds === undefined) return turn.refuse(peer, 'STAT_REPORT of a swarm not joined');
  take(turn, peer);
  // One with a question's transaction ID answers it (digest, "gu-04").
  desk.queries.answered(peer, transactionId, properties, events);
  desk.registry.step(peer, 'STAT_REPORT valid', context.now);
  return { ok: true, results: resultsFor(swarmIds), queries: questions(turn, peer) };
}

export function answer(turn: Turn<StatAnswer>): Outcome {
  const { request, context, desk, events } = turn;
  const peer = turn.known;
  if (peer === undefined) return turn.stray();
  const swarmIds = swarmsNamed(request, peer);
  if (swarmIds === undefined) return turn.refuse(peer, 'STAT_QUERY answered for a swarm not joined');
  if (!desk.queries.answered(peer, request.transactionId, request.properties, events))
    return turn.refuse(peer, 'answer to no open STAT_QUERY');
  take(turn, peer);
  desk.registry.step(peer, 'STAT_QUERY valid', context.now);
  return { ok: true, results: resultsFor(swarmIds) };
}

function questions({ rules, desk, context, events }: Turn, peer: Registration) {
  return rules.statQuery ? desk.queries.ask(peer, context.now, events) : [];
}

/** Each swarm once; `undefined`: one of them the peer is not in. */
function swarmsNamed(
  { stats, contentMaps }: StatReportRequest | StatAnswer,
  { joined }: Registration,
): ReadonlySet<SwarmId> | undefined {
  const named = new Set<SwarmId>();
  for (const told of [stats, contentMaps])
    for (const { swarmId } of told) {
      if (swarmId === undefined) continue;
      if (!joined.has(swarmId)) return undefined;
      named.add(swarmId);
    }
  return named;
}

const resultsFor = (swarmIds: ReadonlySet<SwarmId>) =>
  [...swarmIds].map((swarmId) => ({ swarmId, ok: true }));

function take(turn: Turn<StatReportRequest | StatAnswer>, peer: Registration): void {
  const { request, context, desk, events } = turn;
  const { stats, contentMaps, properties, peerId } = request;
  for (const stat of stats) peer.report(stat);
  for (const content of contentMaps) {
    const membership = peer.membership(content.swarmId);
    if (membership !== undefined) desk.registry.swarms.report(membership, content);
  }
  peer.tell(properties);
  if (stats.length + contentMaps.length + properties.length > 0) peer.reportedAt = context.now;
  peer.regroup();
  turn.heard(peer);
  events.push({ kind: 'reported', peerId });
}
