/** Where the peers under test come from, and the door they come to: what a host gives the suite. */
import type { EditionId, PeerMode } from '../protocol/message.ts';
import type { Headers } from './case.ts';
import type { PlainAnswer, Urge } from './peer-bench.ts';

/** One HTTP request as it came in. */
export interface Arrival {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Whom it comes from, as seen. */
  readonly remote: { readonly address: string; readonly port: number };
  /** Answers; what comes after the first of these two calls, or after the peer hung up, is lost. */
  answer(answer: PlainAnswer): void;
  /** Closes the connection. */
  drop(): void;
}

export interface PeerUnderTest {
  /** Tells it, or its owner. `false`: whether it was done is not known. */
  urge(urge: Urge): boolean;
  /** It is not needed any more: no further arrival of its. */
  end(): void;
}

/**
 * A host that starts its own peers starts one for each call. One that waits for somebody else's peer says what it
 * waits for, and takes the next peer that registers for it.
 */
export interface PeerSource {
  /** @throws {Error} When no peer can be had. */
  bring(
    wanted: { readonly edition: EditionId; readonly mode: PeerMode },
    arrive: (arrival: Arrival) => void,
  ): Promise<PeerUnderTest>;
}
