/**
 * Joining and leaving: the swarm actions of a CONNECT, gu-04's JOIN, JOIN_CHUNK and LEAVE, which are one such
 * action each, and DISCONNECT. All or nothing: what is invalid changes nothing (digest, "Validity").
 */
import type { ChunkId, TransactionId } from '../protocol/ids.ts';
import type {
  ConnectRequest,
  DisconnectRequest,
  JoinRequest,
  LeaveRequest,
  PeerAddress,
  PeerNum,
  Property,
} from '../protocol/message.ts';
import type { ValidityRow } from '../protocol/rules.ts';
import { declaredNow, toBeKept } from './addresses.ts';
import type { TrackerEvent } from './api.ts';
import type { Content } from './holdings.ts';
import type { DrawnList } from './lists.ts';
import type { Registration } from './registration.ts';
import { failed } from './turn.ts';
import type { Outcome, Turn } from './turn.ts';
import { judge, peerMode } from './validity.ts';
import type { Action } from './validity.ts';

/** What a request with swarm actions says besides, in one form for all of them. */
interface Actions {
  readonly actions: readonly (Action & { readonly transactionId?: TransactionId })[];
  readonly addresses: readonly PeerAddress[];
  readonly peerNum: PeerNum | undefined;
  /** Of the peers wanted. */
  readonly content: Content | undefined;
  /** Seconds, 0 for none; `undefined`: as it was. */
  readonly expireTime: number | undefined;
  /** Declared to be held. */
  readonly chunkId: ChunkId | undefined;
  /** Of the peer itself. */
  readonly properties: readonly Property[];
}

export function connect(turn: Turn<ConnectRequest>): Outcome {
  const { request, rules } = turn;
  if (rules.connect === 'alone') return register(turn);
  const { actions, addresses, peerNum, scope } = request;
  return act(turn, {
    actions,
    addresses,
    peerNum,
    content: scope && { scope, chunkId: undefined },
    expireTime: undefined,
    chunkId: undefined,
    properties: [],
  });
}

export function join(turn: Turn<JoinRequest>): Outcome {
  const { swarmId, mode, peerNum, expireTime, chunkId, scope, properties } = turn.request;
  if (turn.known === undefined) return turn.stray();
  return act(turn, {
    actions: [{ action: 'JOIN', swarmId, mode }],
    addresses: [],
    peerNum,
    // "That will be able to provide the desired content scope" (gu -06 §4.6).
    content: scope && { scope, chunkId: undefined },
    expireTime,
    chunkId,
    properties,
  });
}

export function leave(turn: Turn<LeaveRequest>): Outcome {
  const { swarmId } = turn.request;
  if (turn.known === undefined) return turn.stray();
  return act(turn, {
    // A LEAVE counts whatever mode it names, and this one names none.
    actions: [{ action: 'LEAVE', swarmId, mode: 'LEECH' }],
    addresses: [],
    peerNum: undefined,
    content: undefined,
    expireTime: undefined,
    chunkId: undefined,
    properties: [],
  });
}

/** The whole registration, or (extended-1.1) the swarms named; it ends with the last one. */
export function disconnect(turn: Turn<DisconnectRequest>): Outcome {
  const { request, rules, context, desk, events } = turn;
  const { swarmIds } = request;
  const { registry } = desk;
  const peer = turn.known;
  if (peer === undefined) return turn.stray();
  if (new Set(swarmIds).size < swarmIds.length) return turn.refuse(peer, 'the same swarm twice');
  const named = swarmIds.flatMap((swarmId) => peer.joined.get(swarmId) ?? []);
  if (named.length < swarmIds.length) return turn.refuse(peer, 'DISCONNECT from a swarm not joined');

  turn.heard(peer);
  for (const membership of named) registry.swarms.leave(membership, 'left', events);
  const isOver = swarmIds.length === 0 || (peer.joined.size === 0 && rules.lastLeave === 'terminate');
  if (isOver) registry.deregister(peer, 'disconnected', context.now, events);
  else registry.step(peer, 'DISCONNECT valid', context.now);
  return { ok: true, results: swarmIds.map((swarmId) => ({ swarmId, ok: true })) };
}

/** CONNECT alone: registers with no swarm; again, it refreshes what the peer declared (digest, "Validity"). */
function register(turn: Turn<ConnectRequest>): Outcome {
  const { request, context, desk, events } = turn;
  const { registry } = desk;
  const { known } = turn;
  const peer = known ?? registry.create(request.peerId, request.edition, context);
  const problem = registry.problem(peer, []);
  if (problem !== undefined) {
    registry.turnAway(peer, 'registration error', context.now);
    return failed(problem.error, problem.detail);
  }
  turn.heard(peer);
  const declared = declaredNow(request.addresses, peer.declared);
  if (declared !== peer.declared) peer.declared = toBeKept(declared);
  peer.regroup();
  if (known) registry.step(peer, 'CONNECT valid', context.now);
  else registry.register(peer, context.now, events);
  return { ok: true, publicAddress: turn.publicAddress(peer.declared) };
}

function act(turn: Turn<ConnectRequest | JoinRequest | LeaveRequest>, asked: Actions): Outcome {
  const { request, context, rules, desk, events } = turn;
  const { actions, addresses, peerNum } = asked;
  const { registry } = desk;
  const { known } = turn;
  const peer = known ?? registry.create(request.peerId, request.edition, context);

  const verdict = judge(rules, stateOf(turn, peer), peer.joined, actions);
  if (!verdict.valid) {
    if (known) return turn.refuse(known, verdict.problem);
    registry.turnAway(peer, 'swarm actions invalid', context.now);
    return failed('forbidden', verdict.problem);
  }
  const problem = registry.problem(peer, actions);
  if (problem !== undefined) {
    if (!known) registry.turnAway(peer, 'registration error', context.now);
    return failed(problem.error, problem.detail);
  }

  // Lists are drawn before anything is changed: a selection policy that throws leaves no trace.
  const declared = declaredNow(addresses, peer.declared);
  const listed: TrackerEvent[] = [];
  const drawn = drawLists(turn, peer, declared, asked, listed);

  turn.heard(peer);
  if (declared !== peer.declared) {
    peer.declared = toBeKept(declared);
    // What is held anyway is not held twice.
    const { address, port } = peer.remote;
    const home = peer.declared.find((one) => one.address === address);
    if (home !== undefined) peer.remote = home.port === port ? home : { address: home.address, port };
  }
  peer.peerNum = peerNum ?? peer.peerNum;
  peer.tell(asked.properties);
  peer.regroup();
  if (!known) registry.register(peer, context.now, events);
  apply(turn, peer, asked);
  events.push(...listed);
  for (const list of drawn) turn.handedOut(list);
  registry.step(
    peer,
    peer.state === 'TRACKING' ? `${request.method} valid` : 'swarm actions valid',
    context.now,
  );
  if (verdict.after === 'TERMINATE') registry.deregister(peer, 'left last swarm', context.now, events);

  return {
    ok: true,
    publicAddress: turn.publicAddress(declared),
    results: actions.map(({ swarmId, transactionId }) =>
      transactionId === undefined ? { swarmId, ok: true } : { swarmId, transactionId, ok: true },
    ),
    peerLists: drawn.map(({ list }) => list),
  };
}

/** Where CONNECT carries the actions, a peer in no swarm is at the beginning, whoever registered it. */
function stateOf({ rules }: Turn, { state, joined }: Registration): ValidityRow['before'] {
  if (rules.connect === 'with actions') return joined.size > 0 ? 'TRACKING' : 'START';
  return state === 'TERMINATE' ? 'START' : state;
}

function drawLists(
  turn: Turn,
  peer: Registration,
  declared: readonly PeerAddress[],
  { actions, peerNum, content }: Actions,
  listed: TrackerEvent[],
): readonly DrawnList[] {
  const lists: DrawnList[] = [];
  for (const { action, mode, swarmId } of actions) {
    // A SEED gets a list only when it sent PeerNum (RFC 7846 §4.1.1).
    if (action === 'LEAVE' || (mode !== 'LEECH' && peerNum === undefined)) continue;
    const want = { peer, declared, swarmId, mode: peerMode(mode), peerNum, properties: [], content };
    lists.push(turn.list(want, listed));
  }
  return lists;
}

function apply({ desk, context, events }: Turn, peer: Registration, asked: Actions): void {
  const { swarms } = desk.registry;
  const { actions, expireTime, chunkId } = asked;
  for (const { action, mode, swarmId } of actions) {
    const known = peer.joined.get(swarmId);
    if (action === 'LEAVE') {
      if (known !== undefined) swarms.leave(known, 'left', events);
      continue;
    }
    const membership = swarms.join(peer, swarmId, mode, events);
    if (expireTime !== undefined) swarms.expireAfter(membership, expireTime, context.now);
    if (chunkId !== undefined) swarms.declareChunk(membership, chunkId);
  }
}
