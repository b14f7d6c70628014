/**
 * What a peer does towards the tracker, as a pure state machine: (state, event, now, random) -> state and effects.
 *
 * The peer knows what it wants to be (LEECH, SEED or gone) and what the tracker holds of it. Whenever
 * nothing is under way, `decide` sends the one request that brings the two closer; so every mishap
 * (a lost answer, a tracker that forgot everything, a registration that ran out) mends itself. Where the editions
 * differ it asks the table of rules, by the edition that it speaks now.
 */
import type {
  EditionId,
  PeerInfo,
  PeerMode,
  Request,
  StatQuery,
  SuccessResponse,
} from '../protocol/message.ts';
import { wantedBy } from '../protocol/message.ts';
import { RULES, type PeerState as RegistrationState } from '../protocol/rules.ts';
import { BACK_OFF, backOff } from './back-off.ts';
import { decide } from './decide.ts';
import { refused, unregistered } from './refused.ts';
import type { PeerEffect, PeerEvent, PeerIdentity, PeerMoment, PeerState, Pending, Step } from './state.ts';

/** A leaving peer does not wait for ever for a tracker that is gone. */
export const LEAVE_ATTEMPTS = 3;
/** Milliseconds: a tracker that asks for more has forgotten us by then. */
const LONGEST_RETRY_AFTER = 600_000;
/** Questions kept at a time: a tracker that asks more at once has itself to blame. */
const MAX_QUERIES = 4;

export const newPeer = (edition: EditionId, mode: PeerMode): PeerState => ({
  edition,
  wish: mode,
  registered: undefined,
  pending: undefined,
  asking: undefined,
  queries: [],
  reportAt: undefined,
  authToken: undefined,
  reported: undefined,
  refusals: 0,
  quietUntil: 0,
  transactions: 0,
});

/** When the peer next wants to be woken, in milliseconds; undefined while it waits for an answer. */
export function wakeAt(state: PeerState): number | undefined {
  if (state.pending !== undefined) return state.pending.retryAt;
  if (state.quietUntil > 0) return state.quietUntil;
  return state.reportAt;
}

/** The per-peer state machine of the standard (RFC 7846 figure 5), as this peer believes it to stand. */
export function protocolState({ wish, registered }: PeerState): RegistrationState {
  switch (registered) {
    case undefined:
      return wish === 'gone' ? 'TERMINATE' : 'START';
    case 'connected':
      return 'PEER REGISTERED';
    case 'LEECH':
    case 'SEED':
    case 'unknown':
      return 'TRACKING';
    default:
      return registered satisfies never;
  }
}

export function step(identity: PeerIdentity, state: PeerState, event: PeerEvent, moment: PeerMoment): Step {
  switch (event.kind) {
    case 'begin':
      return decide(identity, state, moment, []);
    case 'wake':
      return wake(identity, state, moment);
    case 'completed':
      return decide(identity, state.wish === 'LEECH' ? { ...state, wish: 'SEED' } : state, moment, []);
    case 'short of neighbours':
      return decide(identity, { ...state, asking: { lacks: event.lacks } }, moment, []);
    case 'leave':
      return leave(identity, state, moment);
    case 'no-answer':
      return unanswered(identity, state, moment);
    case 'answer': {
      const { pending } = state;
      const { response } = event;
      if (pending === undefined) return { state, effects: [] };
      if (response.outcome === 'success') return accepted(identity, state, pending, response, moment);
      const { error } = response;
      // A passing error says nothing about the request: the same again, later (RFC 7846 §4.3).
      if (error === 'overloaded' || error === 'internal')
        return unanswered(identity, state, moment, event.retryAfter);
      return refused(identity, state, pending, error, moment);
    }
    default:
      return event satisfies never;
  }
}

function wake(identity: PeerIdentity, state: PeerState, moment: PeerMoment): Step {
  const { pending } = state;
  if (pending === undefined) return decide(identity, { ...state, quietUntil: 0 }, moment, []);
  if (pending.retryAt === undefined || pending.retryAt > moment.now) return { state, effects: [] };
  // RFC 7846 §4.3: the same request with identical content, transaction ID included.
  const again: Pending = { ...pending, attempt: pending.attempt + 1, retryAt: undefined };
  return { state: { ...state, pending: again }, effects: [{ kind: 'send', pending: again }] };
}

const isFarewell = ({ purpose }: Pending): boolean => purpose === 'leave' || purpose === 'disconnect';

function leave(identity: PeerIdentity, state: PeerState, moment: PeerMoment): Step {
  const leaving: PeerState = { ...state, wish: 'gone', quietUntil: 0, asking: undefined, queries: [] };
  const { pending } = state;
  // A request that waits for another try is pointless now, unless it is a farewell; its fate is unknown.
  if (pending?.retryAt !== undefined && !isFarewell(pending))
    return decide(identity, { ...leaving, pending: undefined, registered: 'unknown' }, moment, []);
  return decide(identity, leaving, moment, []);
}

/** `retryAfter`: milliseconds that the tracker asks for. */
function unanswered(identity: PeerIdentity, state: PeerState, moment: PeerMoment, retryAfter = 0): Step {
  const { pending } = state;
  if (pending === undefined) return { state, effects: [] };
  if (state.wish === 'gone') {
    if (!isFarewell(pending))
      return decide(identity, { ...state, pending: undefined, registered: 'unknown' }, moment, []);
    if (pending.attempt >= LEAVE_ATTEMPTS || retryAfter > BACK_OFF.last)
      return { state: { ...state, pending: undefined, registered: undefined }, effects: [{ kind: 'gone' }] };
  }
  // What is asked for, and the usual pause on top, so that those who were sent away together do not return together.
  const patience = Math.min(retryAfter, LONGEST_RETRY_AFTER);
  const retryAt = moment.now + patience + backOff(pending.attempt, moment.random);
  return { state: { ...state, pending: { ...pending, retryAt } }, effects: [] };
}

function accepted(
  identity: PeerIdentity,
  state: PeerState,
  pending: Pending,
  response: SuccessResponse,
  moment: PeerMoment,
): Step {
  const queries = asked(identity, state, response);
  const effects: PeerEffect[] = queries.map((query) => ({ kind: 'queried', query }));
  const settled: PeerState = {
    ...state,
    pending: undefined,
    queries: queries.length === 0 ? state.queries : [...state.queries, ...queries],
    refusals: 0,
    quietUntil: 0,
  };
  const nextReport = moment.now + identity.reportInterval * (0.95 + 0.1 * moment.random());
  switch (pending.purpose) {
    case 'connect':
      effects.push({ kind: 'registered', mode: 'connected' });
      // Refusals go on counting: a JOIN refused after each CONNECT must slow down all the same.
      return decide(
        identity,
        { ...settled, registered: 'connected', authToken: response.authToken, refusals: state.refusals },
        moment,
        effects,
      );
    case 'join': {
      const mode = joinedMode(pending.request);
      effects.push({ kind: 'registered', mode }, listed(identity, pending.request, response));
      // Spread the first report over the interval, so that peers who came together do not report together.
      const first = moment.now + identity.reportInterval * (0.3 + 0.7 * moment.random());
      return decide(
        identity,
        { ...settled, asking: undefined, registered: mode, reportAt: settled.reportAt ?? first },
        moment,
        effects,
      );
    }
    case 'ask anew':
      effects.push(listed(identity, pending.request, response));
      return decide(identity, { ...settled, asking: undefined }, moment, effects);
    case 'report': {
      const { request } = pending;
      const reported = request.method === 'STAT_REPORT' ? request.stats[0] : undefined;
      return decide(identity, { ...settled, reported, reportAt: nextReport }, moment, effects);
    }
    case 'keep alive':
      return decide(identity, { ...settled, reportAt: nextReport }, moment, effects);
    case 'answer query':
      return decide(identity, { ...settled, queries: settled.queries.slice(1) }, moment, effects);
    case 'leave': {
      const left = RULES[state.edition].lastLeave === 'keep' ? 'connected' : undefined;
      return decide(identity, { ...unregistered(settled), registered: left }, moment, effects);
    }
    case 'leave to return':
    case 'disconnect':
      return decide(identity, unregistered(settled), moment, effects);
    default:
      return pending.purpose satisfies never;
  }
}

/** Questions to this peer that it does not have yet (gu-04, digest "gu-04": they ride on a response). */
function asked({ peerId }: PeerIdentity, state: PeerState, response: SuccessResponse): StatQuery[] {
  if (!RULES[state.edition].statQuery || state.wish === 'gone') return [];
  const known = new Set(state.queries.map(({ transactionId }) => transactionId));
  return response.queries
    .filter((query) => query.peerId === peerId && !known.has(query.transactionId))
    .slice(0, MAX_QUERIES - known.size);
}

function listed(
  { swarmId, peerId }: PeerIdentity,
  request: Request,
  { peerLists }: SuccessResponse,
): PeerEffect {
  const wanted = wantedBy(request);
  const peers: PeerInfo[] = [];
  for (const list of peerLists) {
    if (list.swarmId !== swarmId) continue;
    // RFC 7846's FIND example lists the asker itself first.
    for (const peer of list.peers) if (peer.peerId !== peerId) peers.push(peer);
  }
  return wanted === undefined ? { kind: 'listed', peers } : { kind: 'listed', peers, wanted };
}

function joinedMode(request: Request): PeerMode {
  switch (request.method) {
    case 'CONNECT':
      return request.actions[0]?.mode ?? 'LEECH';
    case 'JOIN':
    case 'JOIN_CHUNK':
      return request.mode === 'LEECH' ? 'LEECH' : 'SEED';
    default:
      return 'LEECH';
  }
}
