/** What a peer is, knows, hears and does: the types of its state machine. */
import type { PeerId, SwarmId } from '../protocol/ids.ts';
import type {
  ContentMap,
  EditionId,
  PeerAddress,
  PeerInfo,
  PeerMode,
  Property,
  Request,
  Response,
  StatQuery,
  StreamStats,
} from '../protocol/message.ts';

/** What never changes about a peer. */
export interface PeerIdentity {
  /** Spoken at first; what is spoken now is in the state. */
  readonly edition: EditionId;
  readonly peerId: PeerId;
  readonly swarmId: SwarmId;
  /** The source of a live stream: its SEED is a LIVESEED where the edition has that word (gu -06 §4.6). */
  readonly liveSource: boolean;
  readonly addresses: readonly PeerAddress[];
  /** Milliseconds between STAT_REPORTs. */
  readonly reportInterval: number;
  /** Entries asked for with each list, at most 30. */
  readonly peerCount: number;
}

export type Purpose =
  /** gu-04: registers, in no swarm yet. */
  | 'connect'
  /** Becomes what it wishes to be in the swarm; a LEECH that completed too, where one JOIN does it. */
  | 'join'
  | 'ask anew'
  /** Out of the swarm; where the last LEAVE ends the registration, out altogether. */
  | 'leave'
  /** Ends the registration, whatever there is of it. */
  | 'disconnect'
  | 'leave to return'
  | 'report'
  | 'keep alive'
  /** What the tracker asked by STAT_QUERY. */
  | 'answer query';

export interface Pending {
  readonly purpose: Purpose;
  readonly request: Request;
  /** 1 = first try. */
  readonly attempt: number;
  /** Set while waiting to send it again, identical (RFC 7846 §4.3). */
  readonly retryAt: number | undefined;
}

export interface PeerState {
  /** Spoken now: the identity's, or what the peer fell back to (extended-04 §4.5). */
  readonly edition: EditionId;
  readonly wish: PeerMode | 'gone';
  /**
   * What the tracker holds of us: nothing, a registration without a swarm (gu-04), our mode in the swarm;
   * `unknown` after an answer that leaves it open.
   */
  readonly registered: PeerMode | 'connected' | 'unknown' | undefined;
  readonly pending: Pending | undefined;
  /** Wants more neighbours than its lists gave; `lacks`: above all one that holds this segment. */
  readonly asking: { readonly lacks: number | undefined } | undefined;
  /** Questions of the tracker not answered yet, oldest first. */
  readonly queries: readonly StatQuery[];
  /** Milliseconds; when the next STAT_REPORT is due. */
  readonly reportAt: number | undefined;
  /** What every request of this registration has to carry (gu -06 §4.4), if the tracker gave one. */
  readonly authToken: string | undefined;
  /** What the tracker was told last under this registration. */
  readonly reported: StreamStats | undefined;
  /** Refusals in a row, and until when they keep the peer quiet. */
  readonly refusals: number;
  readonly quietUntil: number;
  /** For the next transaction ID. */
  readonly transactions: number;
}

export type PeerEvent =
  | { readonly kind: 'begin' }
  /** The tracker's answer to the pending request. */
  | {
      readonly kind: 'answer';
      readonly response: Response;
      /** Milliseconds that the tracker asks to be left alone for. */
      readonly retryAfter?: number;
    }
  /** No answer, or none that could be read. */
  | { readonly kind: 'no-answer' }
  /** `wakeAt` has come. */
  | { readonly kind: 'wake' }
  /** All chunks are there. */
  | { readonly kind: 'completed' }
  /** `lacks`: a segment that none of its neighbours holds. */
  | { readonly kind: 'short of neighbours'; readonly lacks: number | undefined }
  | { readonly kind: 'leave' };

export type PeerEffect =
  | { readonly kind: 'send'; readonly pending: Pending }
  | { readonly kind: 'registered'; readonly mode: PeerMode | 'connected' }
  /** The tracker no longer knows us. */
  | { readonly kind: 'forgotten' }
  /** From now on the peer speaks this edition. */
  | { readonly kind: 'fell back'; readonly to: EditionId }
  | { readonly kind: 'queried'; readonly query: StatQuery }
  | {
      readonly kind: 'listed';
      readonly peers: readonly PeerInfo[];
      /** Entries asked for, where the request said so. */
      readonly wanted?: number;
    }
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
  /** Statistics as of now. */
  readonly stats: () => StreamStats;
  /** Chunks held as of now. */
  readonly content: () => ContentMap;
  /** The segment that a peer which comes with some of the content lacks first; undefined when any list will do. */
  readonly playsFrom: () => number | undefined;
  /** Whatever else it can tell a tracker that asks (gu -06 table 4). */
  readonly properties: readonly Property[];
}
