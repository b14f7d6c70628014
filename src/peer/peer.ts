/**
 * What a peer does towards the tracker, as a pure state machine: (state, event, now, random) -> state and effects.
 *
 * The peer knows what it wants to be (LEECH, SEED or gone) and what the tracker holds of it. Whenever
 * nothing is under way, `decide` sends the one request that brings the two closer; so every mishap
 * (a lost answer, a tracker that forgot everything, a registration that ran out) mends itself.
 */
import type { PeerMode, Request, Response } from '../protocol/message.ts';
import type {
  PeerEffect,
  PeerEvent,
  PeerIdentity,
  PeerMoment,
  PeerState,
  Pending,
  Purpose,
  Step,
} from './state.ts';
import type { PeerState as RegistrationState } from '../protocol/rules.ts';
import { write } from './write.ts';

/** Waits between tries: doubling from the first to the last of these, in milliseconds, with jitter. */
export const BACK_OFF = { first: 1000, last: 8000 } as const;
/** A leaving peer does not wait for ever for a tracker that is gone. */
export const LEAVE_ATTEMPTS = 3;

export const newPeer = (mode: PeerMode): PeerState => ({
  wish: mode,
  registered: undefined,
  pending: undefined,
  askAnew: false,
  reportAt: undefined,
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
export function protocolState(state: PeerState): Exclude<RegistrationState, 'PEER REGISTERED'> {
  if (state.wish === 'gone' && state.registered === undefined) return 'TERMINATE';
  if (state.registered === undefined) return 'START';
  return 'TRACKING';
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
      return decide(identity, { ...state, askAnew: true }, moment, []);
    case 'leave':
      return leave(identity, state, moment);
    case 'no-answer':
      return unanswered(identity, state, moment);
    case 'answer':
      return answered(identity, state, event.response, moment);
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

function leave(identity: PeerIdentity, state: PeerState, moment: PeerMoment): Step {
  const leaving: PeerState = { ...state, wish: 'gone', quietUntil: 0, askAnew: false };
  const { pending } = state;
  // A request that waits for another try is pointless now, unless it is a LEAVE; its fate is unknown.
  if (pending?.retryAt !== undefined && pending.purpose !== 'leave')
    return decide(identity, { ...leaving, pending: undefined, registered: 'unknown' }, moment, []);
  return decide(identity, leaving, moment, []);
}

function unanswered(identity: PeerIdentity, state: PeerState, moment: PeerMoment): Step {
  const { pending } = state;
  if (pending === undefined) return { state, effects: [] };
  if (state.wish === 'gone') {
    if (pending.purpose === 'leave' && pending.attempt >= LEAVE_ATTEMPTS)
      return { state: { ...state, pending: undefined, registered: undefined }, effects: [{ kind: 'gone' }] };
    if (pending.purpose !== 'leave')
      return decide(identity, { ...state, pending: undefined, registered: 'unknown' }, moment, []);
  }
  const retryAt = moment.now + backOff(pending.attempt, moment.random);
  return { state: { ...state, pending: { ...pending, retryAt } }, effects: [] };
}

/** Doubling from BACK_OFF.first to BACK_OFF.last, each spread over half to one and a half times. */
function backOff(attempt: number, random: () => number): number {
  const base = Math.min(BACK_OFF.last, BACK_OFF.first * 2 ** (attempt - 1));
  return base * (0.5 + random());
}

function answered(identity: PeerIdentity, state: PeerState, response: Response, moment: PeerMoment): Step {
  const { pending } = state;
  if (pending === undefined) return { state, effects: [] };
  if (response.outcome === 'failure') return refused(identity, state, pending, response.error, moment);

  const effects: PeerEffect[] = [];
  const settled: PeerState = { ...state, pending: undefined, refusals: 0, quietUntil: 0 };
  const nextReport = moment.now + identity.reportInterval * (0.95 + 0.1 * moment.random());
  switch (pending.purpose) {
    case 'join':
    case 'ask anew': {
      const peers = response.peerLists
        .filter((list) => list.swarmId === identity.swarmId)
        .flatMap((list) => list.peers)
        // RFC 7846's FIND example lists the asker itself first.
        .filter((peer) => peer.peerId !== identity.peerId);
      let next: PeerState = { ...settled, askAnew: false };
      if (pending.purpose === 'join') {
        const mode = joinedMode(pending.request);
        // Spread the first report over the interval, so that peers who came together do not report together.
        const first = moment.now + identity.reportInterval * (0.3 + 0.7 * moment.random());
        next = { ...next, registered: mode, reportAt: first };
        effects.push({ kind: 'registered', mode });
      }
      effects.push({ kind: 'listed', peers });
      return decide(identity, next, moment, effects);
    }
    case 'report':
      return decide(identity, { ...settled, reportAt: nextReport }, moment, effects);
    case 'leave':
    case 'leave to return':
      return decide(identity, { ...settled, registered: undefined, reportAt: undefined }, moment, effects);
    default:
      return pending.purpose satisfies never;
  }
}

function joinedMode(request: Request): PeerMode {
  return request.method === 'CONNECT' && request.actions[0]?.mode === 'SEED' ? 'SEED' : 'LEECH';
}

function refused(
  identity: PeerIdentity,
  state: PeerState,
  pending: Pending,
  error: Extract<Response, { outcome: 'failure' }>['error'],
  moment: PeerMoment,
): Step {
  // A transient error says nothing about the request: the same again, later (RFC 7846 §4.3).
  if (error === 'overloaded' || error === 'internal') return unanswered(identity, state, moment);

  const refusals = state.refusals + 1;
  const quietUntil = moment.now + backOff(refusals, moment.random);
  const calm: PeerState = { ...state, pending: undefined, refusals, quietUntil };
  switch (pending.purpose) {
    case 'leave':
      // Not known there, or not to be told: either way out.
      return { state: { ...calm, registered: undefined }, effects: [{ kind: 'gone' }] };
    case 'leave to return':
      return decide(identity, { ...calm, registered: undefined, reportAt: undefined }, moment, [
        { kind: 'forgotten' },
      ]);
    case 'join': {
      // Forbidden to join: the tracker may hold a registration of ours that stands in the way
      // (table 6: a SEED's JOIN while TRACKING). Leave first, then try anew; but not twice in a row, and
      // not where the error itself has ended the registration (base-01 §2.4.2 B).
      const inTheWay =
        error === 'forbidden' && state.refusals === 0 && identity.rules.errorWhileTracking === 'keep';
      const registered = inTheWay ? 'unknown' : undefined;
      return decide(identity, { ...calm, registered }, moment, []);
    }
    case 'ask anew':
    case 'report':
      // Not to be had in this form: no use in asking sooner than the next report is due anyway.
      if (error !== 'forbidden') {
        const reportAt = moment.now + identity.reportInterval;
        return decide(identity, { ...calm, askAnew: false, reportAt }, moment, []);
      }
      // The registration ran out, or the tracker was started anew: CONNECT again at once.
      return decide(
        identity,
        { ...calm, quietUntil: refusals > 1 ? quietUntil : 0, registered: undefined, reportAt: undefined },
        moment,
        [{ kind: 'forgotten' }],
      );
    default:
      return pending.purpose satisfies never;
  }
}

/** The one request that brings what the tracker holds closer to what the peer wants, if one is due. */
function decide(
  identity: PeerIdentity,
  state: PeerState,
  moment: PeerMoment,
  effects: readonly PeerEffect[],
): Step {
  if (state.pending !== undefined) return { state, effects };
  if (state.wish === 'gone') {
    if (state.registered === undefined) return { state, effects: [...effects, { kind: 'gone' }] };
    return send(identity, state, 'leave', moment, effects);
  }
  if (state.quietUntil > moment.now) return { state, effects };
  if (state.registered === undefined) return send(identity, state, 'join', moment, effects);
  // LEECH to SEED takes two requests: table 6 knows no JOIN as SEED while TRACKING.
  if (state.registered !== state.wish) return send(identity, state, 'leave to return', moment, effects);
  if (state.askAnew && state.wish === 'LEECH') return send(identity, state, 'ask anew', moment, effects);
  if (state.reportAt !== undefined && state.reportAt <= moment.now)
    return send(identity, state, 'report', moment, effects);
  return { state, effects };
}

function send(
  identity: PeerIdentity,
  state: PeerState,
  purpose: Purpose,
  moment: PeerMoment,
  effects: readonly PeerEffect[],
): Step {
  const transactions = state.transactions + 1;
  const request = write(identity, state, purpose, transactions, moment);
  const pending: Pending = { purpose, request, attempt: 1, retryAt: undefined };
  return { state: { ...state, transactions, pending }, effects: [...effects, { kind: 'send', pending }] };
}
