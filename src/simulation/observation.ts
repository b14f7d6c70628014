/**
 * What a watcher of a whole run is told: everything that happened, a column per fact, so that a batch crosses to another
 * worker by its buffers. It is the same for peers on the real clock, for a run on the virtual one and for peers of others.
 */
import type { ErrorName } from '../protocol/errors.ts';
import type { PeerState } from '../protocol/rules.ts';
import type { PeerHandle, TransportFailure } from './report.ts';

export { isForeign } from './report.ts';

/** In `lists.listed`: somebody that nobody here knows. */
export const NOBODY: PeerHandle = 0xffff_ffff;

/** How a request ended; the index is the code in `requests.outcome`. The tracker's errors come first, after `ok`. */
export const OUTCOMES = [
  'ok',
  'bad-request',
  'unsupported-version',
  'forbidden',
  'internal',
  'overloaded',
  'authentication-required',
  'not-found',
  'unreadable',
  'unreachable',
  'blocked',
  'timeout',
  'too-large',
  'invalid-url',
] as const satisfies readonly ('ok' | ErrorName | 'unreadable' | TransportFailure)[];
export type Outcome = (typeof OUTCOMES)[number];

/** How a stay ended; the index is the code in `departures.how`. */
export const DEPARTURES = ['left', 'crashed', 'silent', 'refused'] as const;

/** States of a peer's machine (RFC 7846 §2.3, figure 5); the index is the code in `transitions`. */
export const PEER_STATES = [
  'START',
  'PEER REGISTERED',
  'TRACKING',
  'TERMINATE',
] as const satisfies readonly PeerState[];

/** In `transitions.by`: no request, but that the peer gave up or was forgotten. */
export const NO_METHOD = 255;

type Times = Float64Array<ArrayBuffer>;
type Bytes = Uint8Array<ArrayBuffer>;
type Words = Uint16Array<ArrayBuffer>;
type Longs = Uint32Array<ArrayBuffer>;
type Floats = Float32Array<ArrayBuffer>;

/**
 * One batch of one source. All times are milliseconds since the run began; within each table rows are in order of time,
 * and none is later than `at`. Nothing but lists is ever left out.
 */
export interface Observation {
  /** Who tells: number of a worker (`FOREIGN_WORKER` for peers of others); of a run on the virtual clock, of a part. */
  readonly source: number;
  /** This source has told everything up to here. */
  readonly at: number;
  readonly arrivals: {
    readonly at: Times;
    readonly peer: Longs;
    /** Index into the scenario's swarms; of peers of others also into the places after them. */
    readonly swarm: Words;
    /** Index into EDITIONS. */
    readonly edition: Bytes;
    /** 0 LEECH, 1 SEED: what it means to be at first. */
    readonly mode: Bytes;
    /** Autonomous system, 0: none. */
    readonly asn: Longs;
    readonly peerIds: readonly string[];
  };
  readonly departures: {
    readonly at: Times;
    readonly peer: Longs;
    /** Index into DEPARTURES. */ readonly how: Bytes;
  };
  /** A peer has every chunk and goes from LEECH to SEED (1), or the contrary (0, a peer of others only). */
  readonly turns: { readonly at: Times; readonly peer: Longs; readonly mode: Bytes };
  /** Requests that ended, at the time they ended; each attempt by itself. */
  readonly requests: {
    readonly at: Times;
    readonly peer: Longs;
    readonly swarm: Words;
    /** Index into METHODS. */
    readonly method: Bytes;
    /** Index into OUTCOMES. */
    readonly outcome: Bytes;
    /** Milliseconds from sending to the end of the answer, or of the waiting; NaN: nobody knows (peers of others). */
    readonly took: Floats;
  };
  /** Peer lists of good answers. List `i` has the entries `listed[start[i]]` up to `listed[start[i + 1]]`. */
  readonly lists: {
    readonly at: Times;
    readonly asker: Longs;
    readonly swarm: Words;
    readonly method: Bytes;
    /** Peers asked for (PeerNum), 255 for more than that; 0: it was not said. */
    readonly wanted: Bytes;
    /** One more than there are lists. */
    readonly start: Longs;
    /** Peers by handle or NOBODY; with `names`, places in `names`. */
    readonly listed: Longs;
    /** Where the source knows no handles: peer IDs, each once. */
    readonly names?: readonly string[];
  };
  /** Lists of this batch that were left out to keep it small: every other one, or more, evenly. */
  readonly listsOmitted: number;
  /** What each peer believes of its registration, whenever that changes. */
  readonly transitions: {
    readonly at: Times;
    readonly peer: Longs;
    /** Index into EDITIONS: the one spoken now. */
    readonly edition: Bytes;
    /** Index into PEER_STATES. */
    readonly from: Bytes;
    readonly to: Bytes;
    /** Index into METHODS: the request whose answer it came with, or NO_METHOD. */
    readonly by: Bytes;
  };
  /** Now and then, at most once a second of the wall clock: how far everybody is who is there, and who holds what. */
  readonly standing?: {
    readonly peer: Longs;
    /** Share of the chunks held, 0 to 1. */
    readonly share: Floats;
    /**
     * Per swarm of the scenario that this source has LEECHes or SEEDs of: holders of each chunk among this source's peers;
     * of a live one of each chunk of the window, the oldest first.
     */
    readonly holders: readonly { readonly swarm: number; readonly chunks: Longs }[];
  };
}

/** What is known of a run before it begins. */
export interface ObservedRun {
  readonly seed: number;
  readonly swarms: readonly { readonly id: string; readonly kind: 'vod' | 'live'; readonly chunks: number }[];
}

/** What may be handed over instead of copied. */
export function buffersOfObservation(observation: Observation): ArrayBuffer[] {
  const { arrivals, departures, turns, requests, lists, transitions, standing } = observation;
  const columns: unknown[] = [arrivals, departures, turns, requests, lists, transitions].flatMap((table) =>
    Object.values(table),
  );
  if (standing !== undefined)
    columns.push(standing.peer, standing.share, ...standing.holders.map(({ chunks }) => chunks));
  return columns.flatMap((column) =>
    ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer ? [column.buffer] : [],
  );
}
