/** The only place where what crosses the worker boundary is declared. Types only. */
import type { ExplainContext, Explanation } from '../protocol/explain/explanation.ts';
import type { Populate } from '../simulation/host.ts';
import type { Scenario } from '../simulation/scenario.ts';
import type { PeerDetail, PeerHandle, Snapshot } from '../simulation/report.ts';

export type { ExplainContext, ExplainedNode, Explanation } from '../protocol/explain/explanation.ts';
export type {
  Counters,
  Exchange,
  ExchangeResult,
  HistoryEntry,
  ListedPeer,
  PeerBirth,
  PeerColumns,
  PeerDetail,
  PeerEnd,
  PeerHandle,
  PeerPhase,
  PeerTransition,
  Snapshot,
  TrackerSight,
} from '../simulation/report.ts';
export type { RunEdition, Scenario, Settings, SwarmSpec } from '../simulation/scenario.ts';
export type { TrackerStats } from '../tracker/api.ts';

/** A worker's share of a run. */
export interface Assignment {
  readonly worker: number;
  readonly workers: number;
  readonly scenario: Scenario;
  /** Makes peer IDs of this run unlike those of any other, so that the tracker never mixes them up. */
  readonly run: string;
  /** Milliseconds the run has lasted at `sentAt`: 0, or more for a worker that replaces a dead one. */
  readonly elapsed: number;
  /** Milliseconds since the epoch, by the machine's clock: what a worker takes to start up counts as run time. */
  readonly sentAt: number;
  readonly populate: Populate;
  /** First serial number for peer handles: a worker that is started again goes on where the dead one was. */
  readonly firstSerial: number;
}

export type PeerAction = 'leave' | 'crash';

export type PeersCommand =
  | { readonly kind: 'start'; readonly assignment: Assignment }
  /** A line to another worker's peers, for streaming links; the port comes with the message. */
  | { readonly kind: 'connect'; readonly worker: number; readonly port: MessagePort }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** Every peer LEAVEs, then the worker says `stopped`. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'inspect'; readonly peer: PeerHandle | undefined }
  | { readonly kind: 'act'; readonly peer: PeerHandle; readonly action: PeerAction };

export type PeersReport =
  | { readonly kind: 'snapshot'; readonly worker: number; readonly snapshot: Snapshot }
  | { readonly kind: 'detail'; readonly worker: number; readonly detail: PeerDetail }
  | { readonly kind: 'stopped'; readonly worker: number }
  /** A bug of ours that the worker survived. */
  | { readonly kind: 'fault'; readonly worker: number; readonly message: string };

/** A message to be taken apart, as it stands in the exchange log. */
export interface ExplainQuestion {
  readonly id: number;
  readonly text: string;
  readonly context: ExplainContext;
  /** Of a response: the request it answers, which some editions' lists cannot be read without. */
  readonly request?: string;
}

export type ExplainReport =
  | { readonly kind: 'explained'; readonly id: number; readonly explanation: Explanation }
  /** A bug of ours that the worker survived. */
  | { readonly kind: 'fault'; readonly id: number; readonly message: string };
