import { Chunks } from './chunks.ts';
import type { Endpoint } from './link-message.ts';

/** One end of a streaming link. */
export interface Link {
  readonly endpoint: Endpoint;
  /** Handle of the peer at the other end, once it is known. */
  handle: number | undefined;
  open: boolean;
  /** Opened by us. */
  readonly ours: boolean;
  /** Milliseconds. */
  readonly since: number;
  readonly theirs: Chunks;
  /** Chunks we asked of them: chunk -> when, in milliseconds. */
  readonly asked: Map<number, number>;
  /** Chunks they asked of us, in order: bytes left, and bytes/s they can take for it. */
  readonly wanted: Map<number, { left: number; readonly rate: number }>;
  /** Milliseconds; when the other end last said anything. */
  heard: number;
  /** Milliseconds; when a chunk last came from there, or the link began. */
  servedAt: number;
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
    asked: new Map(),
    wanted: new Map(),
    heard: now,
    servedAt: now,
  };
}
