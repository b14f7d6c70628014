/** What a peer is, knows, hears and does: the types of its state machine. */
import type { PeerId, SwarmId } from '../protocol/ids.ts';
import type {
  EditionId,
  PeerAddress,
  PeerInfo,
  PeerMode,
  Request,
  Response,
  StreamStats,
} from '../protocol/message.ts';
import type { EditionRules } from '../protocol/rules.ts';

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
