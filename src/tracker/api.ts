/** What the tracker core takes and gives. */
import type { ErrorName } from '../protocol/errors.ts';
import type { EditionId, JoinMode, Method, Property, Request, Response } from '../protocol/message.ts';
import type { PeerId, SwarmId, TransactionId } from '../protocol/ids.ts';
import type { PeerPage, PeerRecord } from './records.ts';

export interface TrackerOptions {
  /** Milliseconds without a valid request until a TRACKING peer is cleaned out. */
  readonly trackTimer: number;
  /** Milliseconds a peer may stay in PEER REGISTERED. */
  readonly initTimer: number;
  /**
   * Milliseconds between two reports that the tracker counts on: statistics twice as old are asked for by
   * STAT_QUERY, where the edition has it.
   */
  readonly reportInterval: number;
  /** Works STUN-like: addresses that the tracker saw are told as REFLEXIVE candidates (RFC 7846 §4.1.1). */
  readonly reflexive: boolean;
  /** Registrations held at once; beyond it CONNECT from a new peer ID is answered `overloaded`. */
  readonly maxPeers: number;
  /** Swarms held at once; beyond it a JOIN that needs a new one is answered `overloaded`. */
  readonly maxSwarms: number;
  /** Swarms one peer may be in at once; beyond it a CONNECT is answered `forbidden`. */
  readonly maxJoined: number;
  /** Segments and chunk IDs remembered of who holds them, of all peers together; more are not remembered. */
  readonly maxHoldings: number;
  /** Answers kept per peer for repeated transactions. */
  readonly maxAnswers: number;
  /**
   * While at most so many peers are registered, what is written of one on a list is kept with its membership for the next
   * list that it is on: some 300 bytes, more where it declared several addresses; one entry a membership,
   * let go when it was on no list for one to two minutes. 0: nothing is kept.
   */
  readonly keepEntries: number;
}

/** Clock and dice come in with every call: the core has none of its own. */
export interface Moment {
  /** Milliseconds, any origin, never running backwards. */
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Milliseconds since 1970 (UTC) at which `now` was 0; without it no connect-time is told. */
  readonly origin?: number;
}

export interface RequestContext extends Moment {
  /** Source address and port of the request. */
  readonly remote: { readonly address: string; readonly port: number };
}

/** What changed, in the order in which it did. */
export type TrackerEvent =
  | {
      readonly kind: 'registered';
      readonly peerId: PeerId;
      /** The how manieth registration it is, from 0. */
      readonly serial: number;
    }
  | { readonly kind: 'joined'; readonly peerId: PeerId; readonly swarmId: SwarmId; readonly mode: JoinMode }
  | {
      readonly kind: 'left';
      readonly peerId: PeerId;
      readonly swarmId: SwarmId;
      readonly mode: JoinMode;
      /** It said so, its ExpireTime came, or its registration ended. */
      readonly reason: 'left' | 'expired' | 'deregistered';
    }
  | {
      readonly kind: 'listed';
      readonly peerId: PeerId;
      readonly swarmId: SwarmId;
      readonly peers: readonly PeerId[];
      /** Of each of them, as it was told when it was registered: for who keeps tables of peers. */
      readonly serials: readonly number[];
      /** Entries asked for, where the request said so. */
      readonly wanted?: number;
    }
  | { readonly kind: 'reported'; readonly peerId: PeerId }
  | {
      readonly kind: 'queried';
      readonly peerId: PeerId;
      readonly transactionId: TransactionId;
      readonly properties: readonly string[];
    }
  | {
      readonly kind: 'answered';
      readonly peerId: PeerId;
      readonly transactionId: TransactionId;
      readonly properties: readonly Property[];
    }
  | {
      readonly kind: 'deregistered';
      readonly peerId: PeerId;
      readonly reason: 'left' | 'disconnected' | 'expired' | 'error';
    }
  | { readonly kind: 'tracker'; readonly state: 'INIT' | 'STARTED' | 'TERMINATED' };

export interface Handled {
  readonly response: Response;
  readonly events: readonly TrackerEvent[];
}

/** The body of `GET /stats` (a contract: names stay). */
export interface TrackerStats {
  /** Seconds since the tracker was made. */
  readonly uptime: number;
  /** Registrations now. */
  readonly peers: number;
  readonly swarms: readonly { readonly id: SwarmId; readonly seeds: number; readonly leeches: number }[];
  readonly requests: {
    readonly total: number;
    readonly byMethod: Readonly<Partial<Record<Method, number>>>;
    readonly byEdition: Readonly<Partial<Record<EditionId, number>>>;
    readonly byError: Readonly<Partial<Record<ErrorName, number>>>;
  };
}

/** One request as the counters see it; what could not be read of it is missing. */
export interface Counted {
  readonly edition?: EditionId | undefined;
  readonly method?: Method | undefined;
  readonly error?: ErrorName | undefined;
}

export interface Tracker {
  readonly options: TrackerOptions;
  handle(request: Request, context: RequestContext): Handled;
  /** Cleans out peers whose timer ran out by `now`; cost proportional to their number. */
  expire(now: number): readonly TrackerEvent[];
  stats(now: number): TrackerStats;
  registered(peerId: PeerId): boolean;
  /**
   * Asks a peer for properties by STAT_QUERY, on the answer to its next KEEPALIVE or STAT_REPORT. `false`: it is
   * not registered, spoke an edition without STAT_QUERY last, has too many questions open, or the names are
   * none or too many or no names at all.
   */
  query(peerId: PeerId, properties: readonly string[]): boolean;
  /** What is known of a peer, for an operator. */
  peer(peerId: PeerId): PeerRecord | undefined;
  /** So many of all, in the order in which they registered, after the page that ended with `after`. */
  peersPage(after: number | undefined, limit: number): PeerPage;
  /** Counts a request that was answered without `handle`: unreadable, refused by HTTP rules, or repeated. */
  count(request: Counted): void;
}
