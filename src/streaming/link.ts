import { Chunks } from './chunks.ts';
import type { Endpoint } from './link-message.ts';

/** A chunk that the other end asked for. */
export interface Want {
  readonly link: Link;
  readonly chunk: number;
  /** Bytes. */
  left: number;
  /** Bytes/s that the asker can take for it. */
  cap: number;
  /** Bytes/s that it has of the uplink now; 0 while it waits. */
  rate: number;
}

/** A chunk that we asked for. */
export interface Ask {
  readonly chunk: number;
  /** Milliseconds. */
  readonly at: number;
  /** Bytes/s of our line kept for it. */
  rate: number;
}

/** One end of a streaming link. Times in milliseconds. */
export interface Link {
  readonly endpoint: Endpoint;
  /** Handle of the peer at the other end, once it is known. */
  handle: number | undefined;
  open: boolean;
  /** Opened by us. */
  readonly ours: boolean;
  readonly since: number;
  readonly theirs: Chunks;
  readonly asks: Ask[];
  /** Those that wait, in the order of asking; what is being sent is with the uplink. */
  readonly wants: Want[];
  /** How many of theirs are being sent. */
  sending: number;
  /** How many of theirs have been sent, or are being. */
  served: number;
  /** When the other end last said anything. */
  heard: number;
  /** When a chunk last came from there, or the link began. */
  servedAt: number;
  /** They do not serve us. */
  choked: boolean;
  /** We do not serve them. */
  choking: boolean;
  /** When we last began to serve them; -1: never. */
  unchokedAt: number;
  /** Bytes that came from there since the last choking round, and in the one before. */
  received: number;
  receivedBefore: number;
  /** Bytes that came from there since the last replacement. */
  given: number;
  /** Polluted chunks that came from there. */
  bad: number;
}

/** `window`: our own chunks, whose size and place in time the other end's share. */
export function newLink(endpoint: Endpoint, ours: boolean, now: number, window: Chunks): Link {
  const theirs = new Chunks(window.size);
  theirs.base = window.base;
  return {
    endpoint,
    handle: undefined,
    open: false,
    ours,
    since: now,
    theirs,
    asks: [],
    wants: [],
    sending: 0,
    served: 0,
    heard: now,
    servedAt: now,
    choked: false,
    choking: false,
    unchokedAt: -1,
    received: 0,
    receivedBefore: 0,
    given: 0,
    bad: 0,
  };
}
