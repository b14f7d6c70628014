/**
 * HTTP below what a page may send: methods, headers and pauses chosen freely. Hosts that have sockets give it;
 * in a page the cases that need it are skipped.
 */

/** Bytes to write, or milliseconds to wait before the next. */
export type RawPart = Uint8Array | number;

export interface RawTalk {
  /** Written in order on a connection of its own; what comes back meanwhile is read already. */
  readonly parts: readonly RawPart[];
  /** Whether what was read is all that is waited for. `ended`: the other side has closed. */
  readonly complete: (read: Uint8Array, ended: boolean) => boolean;
  /** Milliseconds from connecting to the last byte. */
  readonly timeout: number;
}

export interface RawHeard {
  readonly read: Uint8Array;
  /** `complete`: as asked. `ended`: closed before. `timeout`: neither. `unreachable`: nothing was written. */
  readonly how: 'complete' | 'ended' | 'timeout' | 'unreachable';
  /** For people. */
  readonly detail?: string;
}

/** Never throws, never hangs; connects to the host and port of the URL under test, over TLS for `https:`. */
export interface RawHttp {
  talk(talk: RawTalk): Promise<RawHeard>;
}
