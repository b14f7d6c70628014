/**
 * What a peer does towards the tracker, as a pure state machine: (state, event, now, random) -> state and effects.
 *
 * The peer knows what it wants to be (LEECH, SEED or gone) and what the tracker holds of it. Whenever
 * nothing is under way, `decide` sends the one request that brings the two closer; so every mishap
 * (a lost answer, a tracker that forgot everything, a registration that ran out) mends itself.
 */
import type { EditionRules } from '../protocol/rules.ts';
import { asTransactionId, type PeerId, type SwarmId } from '../protocol/ids.ts';
import type {
  EditionId,
  PeerAddress,
  PeerInfo,
  PeerMode,
  Request,
  Response,
  StreamStats,
} from '../protocol/message.ts';

/** What never changes about a peer. */
export interface PeerIdentity {
  readonly edition: EditionId;
  readonly version: string;
  readonly rules: EditionRules;
  readonly peerId: PeerId;
  readonly swarmId: SwarmId;
  readonly addresses: readonly PeerAddress[];
  /** Milliseconds between STAT_REPORTs. */
  readonly reportInterval: number;
  /** Entries asked for with each list, at most 30. */
  readonly peerCount: number;
}

export type Purpose = 'join' | 'ask anew' | 'leave' | 'leave to return' | 'report';

export interface Pending {
  readonly purpose: Purpose;
  readonly request: Request;
  /** 1 = first try. */
  readonly attempt: number;
  /** Set while waiting to send it again, identical (RFC 7846 §4.3). */
  readonly retryAt: number | undefined;
}

export interface PeerState {
  readonly wish: PeerMode | 'gone';
  /** What the tracker holds of us; `unknown` after an answer that leaves it open. */
  readonly registered: PeerMode | 'unknown' | undefined;
  readonly pending: Pending | undefined;
  /** Wants more neighbours than its lists gave. */
  readonly askAnew: boolean;
  /** Milliseconds; when the next STAT_REPORT is due. */
  readonly reportAt: number | undefined;
  /** Refusals in a row, and until when they keep the peer quiet. */
  readonly refusals: number;
  readonly quietUntil: number;
  /** For the next transaction ID. */
  readonly transactions: number;
}

export type PeerEvent =
  | { readonly kind: 'begin' }
  /** The tracker's answer to the pending request. */
  | { readonly kind: 'answer'; readonly response: Response }
  /** No answer, or none that could be read. */
  | { readonly kind: 'no-answer' }
  /** `wakeAt` has come. */
  | { readonly kind: 'wake' }
  /** All chunks are there. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'short of neighbours' }
  | { readonly kind: 'leave' };

export type PeerEffect =
  | { readonly kind: 'send'; readonly pending: Pending }
  | { readonly kind: 'registered'; readonly mode: PeerMode }
  /** The tracker no longer knows us. */
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'listed'; readonly peers: readonly PeerInfo[] }
  /** Nothing more to do: the peer is out. */
  | { readonly kind: 'gone' };

export interface Step {
  readonly state: PeerState;
  readonly effects: readonly PeerEffect[];
}

export interface PeerMoment {
  /** Milliseconds. */
  readonly now: number;
  readonly random: () => number;
  /** Statistics for a STAT_REPORT sent now. */
  readonly stats: () => StreamStats;
}

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
export function protocolState(state: PeerState): 'START' | 'PEER REGISTERED' | 'TRACKING' | 'TERMINATE' {
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
      // (table 6: a SEED's JOIN while TRACKING). Leave first, then try anew. Not twice in a row.
      const registered = error === 'forbidden' && state.registered === undefined ? 'unknown' : undefined;
      return decide(identity, { ...calm, registered }, moment, []);
    }
    case 'ask anew':
    case 'report':
      if (error !== 'forbidden') return decide(identity, { ...calm, askAnew: false }, moment, []);
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

function write(
  identity: PeerIdentity,
  state: PeerState,
  purpose: Purpose,
  transaction: number,
  moment: PeerMoment,
): Request {
  const { edition, version, peerId, swarmId, rules } = identity;
  const root = `${peerId.slice(0, 4)}.${transaction}`;
  // base-01 §4.1 numbers the root `t.0` and its actions `t.1`, `t.2`, ...
  const head = (numbered: boolean) => ({
    edition,
    version,
    peerId,
    transactionId: asTransactionId(numbered ? `${root}.0` : root),
  });
  const connect = (action: 'JOIN' | 'LEAVE', mode: PeerMode, asking: boolean): Request => ({
    ...head(rules.actionTransactions),
    method: 'CONNECT',
    ...(asking ? { peerNum: { count: identity.peerCount } } : {}),
    addresses: action === 'JOIN' ? identity.addresses : [],
    actions: [
      {
        swarmId,
        action,
        mode,
        ...(rules.actionTransactions ? { transactionId: asTransactionId(`${root}.1`) } : {}),
      },
    ],
  });
  switch (purpose) {
    case 'join':
      return connect('JOIN', state.wish === 'SEED' ? 'SEED' : 'LEECH', state.wish === 'LEECH');
    case 'ask anew':
      // Without FIND, a LEECH's re-start is how it asks for more neighbours (base-01 §4.1).
      return rules.find
        ? { ...head(false), method: 'FIND', swarmId, peerNum: { count: identity.peerCount } }
        : connect('JOIN', 'LEECH', true);
    case 'leave':
      return connect('LEAVE', state.registered === 'SEED' ? 'SEED' : 'LEECH', false);
    case 'leave to return':
      return connect('LEAVE', 'LEECH', false);
    case 'report':
      return { ...head(false), method: 'STAT_REPORT', stats: [moment.stats()] };
    default:
      return purpose satisfies never;
  }
}
