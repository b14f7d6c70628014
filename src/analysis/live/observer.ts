/**
 * Somebody who watches a run while it goes on and answers questions about it: the part of the time view, of the peer
 * lists, of the states. All are told the same, in order; what each keeps is bounded, whatever the length of the run.
 */
import type { Observation, ObservedRun } from '../../simulation/observation.ts';
import type { PeerHandle } from '../../simulation/report.ts';

/** What is not known: a source was gone, and told nothing of this while. Milliseconds since the run began. */
export interface Gap {
  readonly source: number;
  readonly from: number;
  readonly to: number;
}

/**
 * What all sources together have told of one while: every listed peer has its handle or is NOBODY, rows of each table are
 * in order of time, none is earlier than any of the batch before, and `standing`, where there is one, is of everybody.
 */
export type Resolved = Omit<Observation, 'source' | 'lists'> & {
  readonly lists: Omit<Observation['lists'], 'names'>;
  /** That became known since the batch before, mostly of the past; absent: none. */
  readonly gaps?: readonly Gap[];
};

/** Who is who, for all observers together; peers that are gone are remembered as long as the run lasts. */
export interface Directory {
  readonly run: ObservedRun;
  /** A dense number for each peer that ever came, in order of coming; undefined: never heard of. */
  rowOf(peer: PeerHandle): number | undefined;
  readonly count: number;
  handleAt(row: number): PeerHandle;
  peerIdAt(row: number): string;
  swarmAt(row: number): number;
  editionAt(row: number): number;
  asnAt(row: number): number;
  /** Milliseconds since the run began. */
  arrivedAt(row: number): number;
  /** Infinity: still there. */
  departedAt(row: number): number;
  /** 0 LEECH, 1 SEED, as of the latest batch. */
  modeAt(row: number): number;
}

export interface Observer<Ask, Answer> {
  /** In order of time over all sources; the directory already has the batch's arrivals, departures and turns. */
  take(batch: Resolved): void;
  answer(ask: Ask): Answer;
}

/** Makes the observer of a new run. */
export type ObserverOf<Ask, Answer> = (directory: Directory) => Observer<Ask, Answer>;
