/**
 * The tracker's two state machines as data (RFC 7846 §2.3, figures 4 and 5; base-01 §2.4). The tracker
 * moves only through these tables, and the page draws them.
 */
import type { Method } from '../protocol/message.ts';
import type { EditionRules, PeerState } from '../protocol/rules.ts';

export type PeerEvent =
  | 'CONNECT received'
  | 'request from unregistered peer'
  | 'registration error'
  | 'swarm actions valid'
  | 'swarm actions invalid'
  | 'init timer expired'
  | `${Method} valid`
  | 'left last swarm'
  | 'invalid request, keep'
  | 'invalid request, terminate'
  | 'track timer expired';

export type TimerAction =
  'start init timer' | 'stop init timer' | 'start track timer' | 'reset track timer' | 'stop track timer';

export interface PeerTransition {
  readonly from: PeerState;
  readonly event: PeerEvent;
  readonly to: PeerState;
  readonly timers: readonly TimerAction[];
  /** What the peer is sent; nothing when no request caused the transition or the answer is yet to come. */
  readonly sends: 'ok' | 'error' | 'nothing';
  readonly section: string;
}

export const PEER_TRANSITIONS: readonly PeerTransition[] = [
  {
    from: 'START',
    event: 'CONNECT received',
    to: 'PEER REGISTERED',
    timers: ['start init timer'],
    sends: 'nothing',
    section: 'RFC 7846 §2.3.1 (1)',
  },
  {
    from: 'START',
    event: 'request from unregistered peer',
    to: 'TERMINATE',
    timers: [],
    sends: 'error',
    section: 'RFC 7846 §2.3.2 B',
  },
  {
    from: 'PEER REGISTERED',
    event: 'registration error',
    to: 'TERMINATE',
    timers: ['stop init timer'],
    sends: 'error',
    section: 'RFC 7846 §2.3.2 B',
  },
  {
    from: 'PEER REGISTERED',
    event: 'swarm actions valid',
    to: 'TRACKING',
    timers: ['stop init timer', 'start track timer'],
    sends: 'ok',
    section: 'RFC 7846 §2.3.1 (2)',
  },
  {
    from: 'PEER REGISTERED',
    event: 'swarm actions invalid',
    to: 'TERMINATE',
    timers: ['stop init timer'],
    sends: 'error',
    section: 'RFC 7846 §2.3.2 A',
  },
  {
    from: 'PEER REGISTERED',
    event: 'init timer expired',
    to: 'TERMINATE',
    timers: ['stop init timer'],
    sends: 'nothing',
    section: 'RFC 7846 §2.3.2 A',
  },
  {
    from: 'TRACKING',
    event: 'CONNECT valid',
    to: 'TRACKING',
    timers: ['reset track timer'],
    sends: 'ok',
    section: 'RFC 7846 §2.3.1 (4)',
  },
  {
    from: 'TRACKING',
    event: 'FIND valid',
    to: 'TRACKING',
    timers: ['reset track timer'],
    sends: 'ok',
    section: 'RFC 7846 §2.3.1 (3)',
  },
  {
    from: 'TRACKING',
    event: 'STAT_REPORT valid',
    to: 'TRACKING',
    timers: ['reset track timer'],
    sends: 'ok',
    section: 'RFC 7846 §2.3.1 (3)',
  },
  {
    from: 'TRACKING',
    event: 'left last swarm',
    to: 'TERMINATE',
    timers: ['stop track timer'],
    sends: 'ok',
    section: 'RFC 7846 §4.1.1, table 6',
  },
  {
    from: 'TRACKING',
    event: 'invalid request, keep',
    to: 'TRACKING',
    timers: [],
    sends: 'error',
    section: 'RFC 7846 §2.3.2 C',
  },
  {
    from: 'TRACKING',
    event: 'invalid request, terminate',
    to: 'TERMINATE',
    timers: ['stop track timer'],
    sends: 'error',
    section: 'base-01 §2.4.2 B',
  },
  {
    from: 'TRACKING',
    event: 'track timer expired',
    to: 'TERMINATE',
    timers: ['stop track timer'],
    sends: 'nothing',
    section: 'RFC 7846 §2.3.2 D',
  },
];

/** The transition out of `from` on `event`; none is a fault of this program, never of a peer. */
export function peerTransition(from: PeerState, event: PeerEvent): PeerTransition {
  for (const transition of PEER_TRANSITIONS)
    if (transition.from === from && transition.event === event) return transition;
  throw new Error(`no transition out of ${from} on ${event}`);
}

/** Which event an invalid request of a TRACKING peer is: the one place where the texts part. */
export function invalidWhileTracking(rules: EditionRules): PeerEvent {
  return `invalid request, ${rules.errorWhileTracking}`;
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
