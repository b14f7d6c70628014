/** What is asked about the states, and what is answered. */
import type { PeerHandle } from '../../simulation/report.ts';

export interface StatesAsk {
  /** Place of a swarm, and index into EDITIONS; left out: all of them. */
  readonly swarm?: number;
  readonly edition?: number;
  /** Milliseconds of silence that the tracker bears, as far as that is known. */
  readonly trackTimer?: number;
  readonly initTimer?: number;
  /** Peers to name: those in a state (index into PEER_STATES), or the latest that went one of these ways. */
  readonly who?: { readonly state: number } | { readonly ways: readonly Way[] };
  /** Handles wanted of them, at most. */
  readonly most?: number;
}

/** A step (index into STEPS) as the peers of an edition (index into EDITIONS) take it. */
export interface Way {
  readonly edition: number;
  readonly step: number;
}

export interface StatesAnswer {
  /** Milliseconds since the run began: as of then. */
  readonly at: number;
  /** By PEER_STATES: peers that are there, and those that vanished without the tracker knowing yet. */
  readonly present: Uint32Array<ArrayBuffer>;
  readonly silent: Uint32Array<ArrayBuffer>;
  /** Steps so far, and each second over the last ten: at `edition * STEPS.length + step`. */
  readonly steps: Float64Array<ArrayBuffer>;
  readonly rates: Float32Array<ArrayBuffer>;
  readonly tracker: TrackerMachine;
  readonly who?: Who;
}

/** The tracker's own machine (RFC 7846 §2.3, figure 4), as far as these peers are all it has; swarm and edition do not matter. */
export interface TrackerMachine {
  /** Registrations it holds: none, and it is in INIT; else STARTED. */
  readonly held: number;
  /** Milliseconds since the run began: since when it is so. */
  readonly since: number;
  /** Times that a first registration came, and that a last one went. */
  readonly starts: number;
  readonly ends: number;
}

export interface Who {
  /** In the state now; or times that one of the ways was gone. */
  readonly total: number;
  /** Latest to come there first, each once, at most as many as were wanted. */
  readonly handles: Uint32Array<ArrayBuffer>;
  /** Of the first of them. */
  readonly first: readonly Member[];
}

export interface Member {
  readonly peer: PeerHandle;
  readonly peerId: string;
  readonly swarm: number;
  readonly edition: number;
  /** Milliseconds since the run began: when it came into the state, or went the way. */
  readonly since: number;
  /** It is not there any more; in a state, it vanished without a word. */
  readonly gone: boolean;
}
