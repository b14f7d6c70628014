/**
 * The tracker's two state machines as data (RFC 7846 §2.3, figures 4 and 5; base-01 §2.4; extended-04 §4.3;
 * gu -06 §4). The tracker moves only through these tables, and the page draws them.
 */
import type { EditionId, Method } from '../protocol/message.ts';
import type { EditionRules, PeerState } from '../protocol/rules.ts';

export type PeerEvent =
  | 'CONNECT received'
  | 'request from unregistered peer'
  | 'registration error'
  | 'swarm actions valid'
  | 'swarm actions invalid'
  | 'init timer expired'
  | `${Method} valid`
  | 'nobody holds it'
  | 'JOIN expired'
  | 'left last swarm'
  | 'disconnected'
  | 'invalid request, keep'
  | 'invalid request, terminate'
  | 'track timer expired';

export type TimerAction =
  | 'start init timer'
  | 'reset init timer'
  | 'stop init timer'
  | 'start track timer'
  | 'reset track timer'
  | 'stop track timer';

export interface PeerTransition {
  readonly from: PeerState;
  readonly event: PeerEvent;
  readonly to: PeerState;
  readonly timers: readonly TimerAction[];
  /** What the peer is sent; nothing when no request caused the transition or the answer is yet to come. */
  readonly sends: 'ok' | 'error' | 'nothing';
  /** The editions whose requests or rules cause it, with the section each has it from. */
  readonly sections: Readonly<Partial<Record<EditionId, string>>>;
}

type Sections = PeerTransition['sections'];
type Cause = readonly [from: PeerState, event: PeerEvent, to: PeerState];

const transition = (
  [from, event, to]: Cause,
  timers: readonly TimerAction[],
  sends: PeerTransition['sends'],
  sections: Sections,
): PeerTransition => ({ from, event, to, timers, sends, sections });

/** The three in which CONNECT carries the swarm actions say the same of most things. */
const three = (rfc7846: string, base: string, extended = base): Sections => ({
  rfc7846,
  'extended-1.1': extended,
  'base-1.0': base,
});
const OURS = 'digest, "Tracker state machine"';
const BACK_TO_TRACKING = ['reset track timer'] as const;
const FIRST_SIGN = ['stop init timer', 'start track timer'] as const;

/** A method's valid request while TRACKING: its answer, and the track timer starts anew. */
const stays = (method: Method, sections: Sections): PeerTransition =>
  transition(['TRACKING', `${method} valid`, 'TRACKING'], BACK_TO_TRACKING, 'ok', sections);

export const PEER_TRANSITIONS: readonly PeerTransition[] = [
  transition(['START', 'CONNECT received', 'PEER REGISTERED'], ['start init timer'], 'nothing', {
    ...three('RFC 7846 §2.3.1 (1)', 'base-01 §2.4.1 (1)', 'extended-04 §4.3.1 (1)'),
    'gu-04': 'gu -06 §4.4',
  }),
  transition(['START', 'request from unregistered peer', 'TERMINATE'], [], 'error', {
    ...three('RFC 7846 §2.3.2 B', 'base-01 §2.4.2 A', 'extended-04 §4.3.2 A'),
    'gu-04': 'gu-04 DISCONNECT: no more requests are honoured unless it CONNECTs again',
  }),
  transition(['PEER REGISTERED', 'registration error', 'TERMINATE'], ['stop init timer'], 'error', {
    ...three('RFC 7846 §2.3.2 B', 'base-01 §2.4.2 A', 'extended-04 §4.3.2 A'),
    'gu-04': 'gu -06 §4.4',
  }),
  transition(['PEER REGISTERED', 'swarm actions valid', 'TRACKING'], FIRST_SIGN, 'ok', {
    ...three('RFC 7846 §2.3.1 (2)', 'base-01 §2.4.1 (2)', 'extended-04 §4.3.1 (2)'),
    'gu-04': 'gu -06 §4.6',
  }),
  transition(
    ['PEER REGISTERED', 'swarm actions invalid', 'TERMINATE'],
    ['stop init timer'],
    'error',
    three('RFC 7846 §2.3.2 A', 'base-01 §2.4.2 A', 'extended-04 §4.3.2 A'),
  ),
  transition(['PEER REGISTERED', 'init timer expired', 'TERMINATE'], ['stop init timer'], 'nothing', {
    ...three('RFC 7846 §2.3, figure 5', 'base-01 §2.4', 'extended-04 §4.3'),
    'gu-04': OURS,
  }),
  // Only where CONNECT registers alone is there time for these; the rest of PEER REGISTERED is transient.
  transition(['PEER REGISTERED', 'CONNECT valid', 'PEER REGISTERED'], ['reset init timer'], 'ok', {
    'gu-04': 'digest, "Validity": a repeated CONNECT is a refresh',
  }),
  transition(['PEER REGISTERED', 'KEEPALIVE valid', 'TRACKING'], FIRST_SIGN, 'ok', {
    'gu-04': 'gu -06 §4.10',
  }),
  transition(['PEER REGISTERED', 'STAT_REPORT valid', 'TRACKING'], FIRST_SIGN, 'ok', {
    'gu-04': 'gu -06 §4.9',
  }),
  transition(['PEER REGISTERED', 'disconnected', 'TERMINATE'], ['stop init timer'], 'ok', {
    'gu-04': 'gu -06 §4.5',
  }),
  transition(['PEER REGISTERED', 'invalid request, keep', 'PEER REGISTERED'], [], 'error', {
    'gu-04': 'digest, "Validity": only DISCONNECT or the timer ends the registration',
  }),
  transition(
    ['PEER REGISTERED', 'invalid request, terminate', 'TERMINATE'],
    ['stop init timer'],
    'error',
    three('RFC 7846 §2.3.2 A', 'base-01 §2.4.2 A', 'extended-04 §4.3.2 A'),
  ),
  stays('CONNECT', {
    ...three('RFC 7846 §2.3.1 (4)', 'base-01 §2.4.1 (4)', 'extended-04 §4.3.1 (5)'),
    'gu-04': 'digest, "Validity": a repeated CONNECT is a refresh',
  }),
  stays('JOIN', { 'gu-04': 'gu -06 §4.6' }),
  stays('JOIN_CHUNK', { 'gu-04': 'gu-04 JOIN_CHUNK' }),
  stays('LEAVE', { 'gu-04': 'gu -06 §4.7' }),
  stays('FIND', {
    rfc7846: 'RFC 7846 §2.3.1 (3)',
    'extended-1.1': 'extended-04 §4.3.1 (3)',
    'gu-04': 'gu -06 §4.8',
  }),
  stays('FIND_CHUNK', { 'gu-04': 'gu-04 FIND_CHUNK' }),
  transition(['TRACKING', 'nobody holds it', 'TRACKING'], BACK_TO_TRACKING, 'error', {
    'gu-04': 'gu -06 §4.8',
  }),
  stays('STAT_REPORT', {
    ...three('RFC 7846 §2.3.1 (3)', 'base-01 §2.4.1 (3)', 'extended-04 §4.3.1 (4)'),
    'gu-04': 'gu -06 §4.9',
  }),
  stays('STAT_QUERY', { 'gu-04': 'gu-04 STAT_QUERY' }),
  stays('KEEPALIVE', { 'gu-04': 'gu -06 §4.10' }),
  stays('DISCONNECT', { 'extended-1.1': 'digest, "base-1.0 and extended-1.1": leaves only those named' }),
  transition(['TRACKING', 'JOIN expired', 'TRACKING'], [], 'nothing', { 'gu-04': 'gu -06 §4.6, ExpireTime' }),
  transition(
    ['TRACKING', 'left last swarm', 'TERMINATE'],
    ['stop track timer'],
    'ok',
    three('RFC 7846 §4.1.1, table 6', 'base-01 §4.1, table 8', 'extended-04 §4.3.1 (6)'),
  ),
  transition(['TRACKING', 'disconnected', 'TERMINATE'], ['stop track timer'], 'ok', {
    'extended-1.1': 'extended-04 §4.3.1 (6)',
    'gu-04': 'gu -06 §4.5',
  }),
  transition(['TRACKING', 'invalid request, keep', 'TRACKING'], [], 'error', {
    rfc7846: 'RFC 7846 §2.3.2 C',
    'gu-04': 'digest, "Validity": only DISCONNECT or the timer ends the registration',
  }),
  transition(['TRACKING', 'invalid request, terminate', 'TERMINATE'], ['stop track timer'], 'error', {
    'extended-1.1': 'extended-04 §4.3.2 B',
    'base-1.0': 'base-01 §2.4.2 B',
  }),
  transition(['TRACKING', 'track timer expired', 'TERMINATE'], ['stop track timer'], 'nothing', {
    ...three('RFC 7846 §2.3.2 D', 'base-01 §2.4.2 C', 'extended-04 §4.3.1 (7)'),
    'gu-04': 'gu -06 §4.10',
  }),
];

/** Which of them an edition has: what the page draws of it. */
export function transitionsOf(edition: EditionId): readonly PeerTransition[] {
  return PEER_TRANSITIONS.filter(({ sections }) => sections[edition] !== undefined);
}

/** The transition out of `from` on `event`; none is a fault of this program, never of a peer. */
export function peerTransition(from: PeerState, event: PeerEvent): PeerTransition {
  for (const transition of PEER_TRANSITIONS)
    if (transition.from === from && transition.event === event) return transition;
  throw new Error(`no transition out of ${from} on ${event}`);
}

/** Which event an invalid request of a registered peer is: where the texts part. */
export function invalidRequest(rules: EditionRules, state: PeerState): PeerEvent {
  return `invalid request, ${state === 'TRACKING' ? rules.errorWhileTracking : rules.errorWhileRegistered}`;
}

export type TrackerState = 'INIT' | 'STARTED' | 'TERMINATED';
export type TrackerTrigger = 'first registration' | 'last de-registration' | 'at once';

export interface TrackerTransition {
  readonly from: TrackerState;
  readonly event: TrackerTrigger;
  readonly to: TrackerState;
  readonly section: string;
}

export const TRACKER_TRANSITIONS: readonly TrackerTransition[] = [
  { from: 'INIT', event: 'first registration', to: 'STARTED', section: 'RFC 7846 §2.3, figure 4' },
  { from: 'STARTED', event: 'last de-registration', to: 'TERMINATED', section: 'RFC 7846 §2.3, figure 4' },
  { from: 'TERMINATED', event: 'at once', to: 'INIT', section: 'RFC 7846 §2.3, figure 4' },
];

export function trackerTransition(from: TrackerState, event: TrackerTrigger): TrackerTransition {
  for (const transition of TRACKER_TRANSITIONS)
    if (transition.from === from && transition.event === event) return transition;
  throw new Error(`no transition out of ${from} on ${event}`);
}
