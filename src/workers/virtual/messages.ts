/** What crosses between the page and the workers of the virtual clock. Types only. */
import type { RunResult, RunSummary } from '../../analysis/result.ts';
import type { SeriesRow } from '../../analysis/csv.ts';
import type { PeerDetail, PeerHandle, Snapshot } from '../../simulation/report.ts';
import type { Scenario } from '../../simulation/scenario/schema.ts';

/** Virtual seconds in a second; `Infinity`: as fast as it goes. */
export type Speed = number;
export type StepBy = 'event' | 'second';

export interface VirtualOrder {
  readonly scenario: Scenario;
  readonly speed: Speed;
  readonly inspected: PeerHandle | undefined;
}

export type VirtualCommand =
  /** `parts`: of the run, each in a worker of its own; none: there is one, in this worker. */
  | {
      readonly kind: 'start';
      readonly order: VirtualOrder;
      readonly record: MessagePort;
      /** Where everything that happens is to be told, as `ObservedBatch`. */
      readonly observe: MessagePort;
      readonly parts: readonly MessagePort[];
    }
  | { readonly kind: 'pause' | 'resume' | 'end' | 'files' }
  | { readonly kind: 'speed'; readonly speed: Speed }
  /** While paused: so far, and no further. */
  | { readonly kind: 'step'; readonly by: StepBy }
  | { readonly kind: 'inspect'; readonly peer: PeerHandle | undefined };

/** To a further part's worker, once. */
export interface PartPorts {
  /** To whoever drives it. */
  readonly port: MessagePort;
  readonly record: MessagePort;
}

export interface VirtualProgress {
  /** Seconds of virtual time. */
  readonly time: number;
  readonly duration: number;
  readonly events: number;
  /** To and from the tracker. */
  readonly messages: number;
  /** Virtual seconds in a second, lately; 0 while it is not known. */
  readonly pace: number;
  /** Exchanges that the recording was not told, for there were too many at once. */
  readonly unrecorded: number;
  /** Bytes of the log; `kept`: they are here to be saved. */
  readonly log: { readonly bytes: number; readonly kept: boolean };
}

/** What a run that is over is known by. `complete`: it came to its own end. */
export interface VirtualEnd {
  readonly complete: boolean;
  readonly eventsSha256: string;
  readonly scenarioSha256: string;
}

export interface ResultFile {
  readonly name: string;
  readonly blob: Blob;
}

export type VirtualReport =
  /** At most eight times a second. */
  | {
      readonly kind: 'look';
      readonly snapshots: readonly Snapshot[];
      readonly progress: VirtualProgress;
    }
  | { readonly kind: 'detail'; readonly detail: PeerDetail }
  | { readonly kind: 'ended'; readonly end: VirtualEnd }
  | { readonly kind: 'files'; readonly files: readonly ResultFile[] }
  | { readonly kind: 'fault'; readonly message: string };

/** What came of a run, as the page shows it. */
export interface RunOutcome {
  readonly seed: number;
  readonly scenarioSha256: string;
  readonly eventsSha256: string;
  /** Wall-clock time of the start, ISO 8601. */
  readonly started: string;
  /** Seconds of virtual time that it came to. */
  readonly reached: number;
  /** Seconds by the wall clock. */
  readonly wallSeconds: number;
  readonly summary: RunSummary;
  readonly result: RunResult;
  /** All rows; none of a run that is one of many. */
  readonly series: readonly SeriesRow[];
}

export type LabCommand =
  /** `alone`: with its series and its log, as far as there is room. */
  { readonly kind: 'run'; readonly scenario: Scenario; readonly alone: boolean };

export type LabReport =
  | { readonly kind: 'progress'; readonly time: number; readonly duration: number; readonly events: number }
  | {
      readonly kind: 'done';
      readonly outcome: RunOutcome;
      /** Undefined: too long to be kept, or not asked for. */
      readonly log: Blob | undefined;
    }
  | { readonly kind: 'fault'; readonly message: string };
