/**
 * What a simulation tells its watchers: plain data, batched a few times a second, anything per peer in
 * typed arrays (transferable), texts only once per peer or per exchange.
 */
import type { EditionId, Method, PeerMode } from '../protocol/message.ts';
import type { PeerState } from '../protocol/rules.ts';
import type { FailureCause, TransportFailure } from '../transport/transport.ts';

export type { FailureCause, TransportFailure };

/** A peer within one run: worker number * 2^26 + serial number; 64 workers fit 32 bits. Never given twice in a run. */
export type PeerHandle = number;
export const HANDLES_PER_WORKER = 2 ** 26;
/** In this worker's place stand the peers of others: no peer worker has the number. */
export const FOREIGN_WORKER = 63;
export const isForeign = (peer: PeerHandle): boolean =>
  Math.floor(peer / HANDLES_PER_WORKER) === FOREIGN_WORKER;

/**
 * Where a peer stands with the tracker, as the peer sees it. The index is the code in `PeerColumns.phase`.
 * `joining`: no registration yet; `tracking`: registered; `switching`: complete, on its way from LEECH to SEED;
 * `silent`: its last request had no usable answer and is being tried again; `leaving`: LEAVE under way.
 */
export const PHASES = ['joining', 'tracking', 'switching', 'silent', 'leaving'] as const;
export type PeerPhase = (typeof PHASES)[number];

/** The peers alive in one worker, a column per fact, a row per peer. */
export interface PeerColumns {
  readonly handle: Uint32Array<ArrayBuffer>;
  /** Index into the scenario's swarms. */
  readonly swarm: Uint16Array<ArrayBuffer>;
  /** Index into EDITIONS: the edition spoken now. */
  readonly edition: Uint8Array<ArrayBuffer>;
  /** 0 LEECH, 1 SEED. */
  readonly mode: Uint8Array<ArrayBuffer>;
  /** Index into PHASES. */
  readonly phase: Uint8Array<ArrayBuffer>;
  /** Share of the chunks held, 0 to 1. */
  readonly share: Float32Array<ArrayBuffer>;
  /** Bytes/s, smoothed over a few seconds. */
  readonly upload: Float32Array<ArrayBuffer>;
  /** Bytes/s, smoothed over a few seconds. */
  readonly download: Float32Array<ArrayBuffer>;
}

export interface PeerBirth {
  readonly handle: PeerHandle;
  readonly peerId: string;
  readonly swarm: number;
  /** `198.18.4.77:6881` or `[2001:db8::1]:6881`: what others find in their lists. */
  readonly endpoint: string;
  /** Autonomous system that it says it is in; 0: it says none. */
  readonly asn: number;
}

export interface PeerEnd {
  readonly handle: PeerHandle;
  readonly how: 'left' | 'crashed';
}

/** One request and what came of it. */
export interface Exchange {
  /** Unique within the run. */
  readonly id: number;
  readonly peer: PeerHandle;
  readonly peerId: string;
  readonly swarm: number;
  readonly edition: EditionId;
  readonly method: Method;
  /** `JOIN as LEECH`, `LEAVE`, `more neighbours`: what the request was for. */
  readonly purpose: string;
  readonly transactionId: string;
  /** Milliseconds since the run began. */
  readonly at: number;
  /** Milliseconds from sending to the end of the answer or of the waiting. */
  readonly took: number;
  /** 1 = first try. */
  readonly attempt: number;
  readonly url: string;
  readonly requestType: string;
  readonly requestText: string;
  readonly requestBytes: number;
  readonly result: ExchangeResult;
}

export type ExchangeResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly reason: string;
      readonly contentType: string;
      readonly responseText: string;
      /** The bytes, where they are no UTF-8, so that the text does not stand for them. */
      readonly responseRaw?: Uint8Array;
      readonly responseBytes: number;
      /** `ok`, the error's name, or why the answer could not be read. */
      readonly verdict: 'ok' | 'error' | 'unreadable';
      readonly detail: string;
      /** Peers listed in the answer. */
      readonly listed: number;
      /** Departures from the grammar, one line each. */
      readonly findings: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly failure: TransportFailure;
      readonly cause?: FailureCause;
      readonly detail: string;
    };

/** What one worker's peers saw of the tracker since the run began. */
export interface Counters {
  readonly requests: number;
  readonly answered: number;
  /** Answers that carried an error. */
  readonly errors: number;
  /** Answers that were no PPSP-TP. */
  readonly unreadable: number;
  /** No answer at all. */
  readonly failures: number;
  readonly arrived: number;
  readonly completed: number;
  readonly left: number;
  readonly crashed: number;
  /** Arrivals that were not made, for want of room. */
  readonly turnedAway: number;
  /** Requests waiting for a free place among those in flight. */
  readonly queued: number;
}

/** What the latest requests say of the tracker, as seen from one worker. */
export type TrackerSight =
  | { readonly state: 'unknown' }
  /** `at`: milliseconds of run time when the latest good answer came. */
  | { readonly state: 'ok'; readonly at: number; readonly latency: number | undefined }
  /** `refuses`: it answers every request with an error, `detail` is its name. */
  | {
      readonly state: 'trouble';
      readonly at: number;
      readonly failure: TransportFailure | 'unreadable' | 'refuses';
      /** Of a failure, as the transport has it; of an unreadable answer, what it looks like. */
      readonly cause?: FailureCause | 'html' | 'redirect' | 'unauthorized';
      readonly detail: string;
    };

export interface Snapshot {
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly peers: PeerColumns;
  /** Streaming links, a pair of handles each; a link shows once, told by the peer that opened it. */
  readonly links: Uint32Array<ArrayBuffer>;
  /**
   * Whom answers to this worker's peers listed since the snapshot before, and how often: handle and number, a pair a
   * peer. On the real clock peers are told by their addresses; whom no peer here can be is left out.
   */
  readonly handedOut: Uint32Array<ArrayBuffer>;
  readonly births: readonly PeerBirth[];
  readonly ends: readonly PeerEnd[];
  readonly exchanges: readonly Exchange[];
  /** Exchanges that happened but were left out of `exchanges` to keep the batch small. */
  readonly exchangesOmitted: number;
  readonly counters: Counters;
  readonly tracker: TrackerSight;
}

export interface HistoryEntry {
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly what: string;
}

export interface PeerTransition {
  readonly from: PeerState;
  readonly to: PeerState;
  /** The request whose answer it came with; undefined when the peer gave up waiting. */
  readonly by: Method | undefined;
  /** Milliseconds since the run began. */
  readonly at: number;
}

export interface ListedPeer {
  readonly peerId: string;
  readonly endpoint: string;
  /** The simulated peer that has this ID in the same worker or that a link was opened to. */
  readonly linked: boolean;
}

/** The selected peer, told anew with each batch. */
export interface PeerDetail {
  readonly handle: PeerHandle;
  readonly peerId: string;
  readonly swarm: number;
  readonly mode: PeerMode;
  readonly phase: PeerPhase;
  /** The edition it came with, and the one that it speaks now: another when it fell back. */
  readonly edition: EditionId;
  readonly speaks: EditionId;
  /** Protocol word for its state machine: START, TRACKING ... */
  readonly state: PeerState;
  /** The latest transition of that machine, as the peer believes it; undefined before the first. */
  readonly transition: PeerTransition | undefined;
  readonly addresses: readonly string[];
  readonly chunksHeld: number;
  readonly chunks: number;
  /** Bytes/s now, and the line's limit. */
  readonly upload: number;
  readonly uploadLimit: number;
  readonly download: number;
  readonly downloadLimit: number;
  readonly uploadedBytes: number;
  readonly downloadedBytes: number;
  readonly links: number;
  /** Listed peers that were not there, or would not have it. */
  readonly deadListed: number;
  readonly since: number;
  /** Milliseconds since the run began; undefined when none is planned. */
  readonly nextReport: number | undefined;
  readonly history: readonly HistoryEntry[];
  /** Latest list the tracker gave it. */
  readonly list:
    { readonly at: number; readonly method: Method; readonly peers: readonly ListedPeer[] } | undefined;
  /** The latest exchange, bytes and all. */
  readonly latest: Exchange | undefined;
}
