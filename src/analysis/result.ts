/** What a run is analysed as: what is needed of its scenario, and what is told of it. Plain data. */
import type { Measure } from './measures.ts';
import type { Curve } from './sample.ts';

/** What the measures need of a scenario; a scenario is one. Times in seconds. */
export interface MeasuredScenario {
  readonly duration: number;
  readonly swarms: readonly { readonly id: string; readonly playback?: unknown }[];
  readonly measure: {
    /** The measured window begins. */
    readonly from: number;
    /** It ends (exclusive); `duration` when left out. */
    readonly until?: number | undefined;
    /** Between two samples of the series. */
    readonly every: number;
  };
}

export interface SwarmSummary {
  readonly id: string;
  readonly meanLeeches: number;
  readonly meanSeeds: number;
  /** `null`: nobody completed in the window. */
  readonly meanDownloadSeconds: number | null;
}

/** The part of summary.json that comes from the events; names are a contract. */
export interface RunSummary {
  /** Requests sent and answers given. */
  readonly messages: number;
  /** In the whole run. */
  readonly peers: { readonly arrived: number; readonly completed: number; readonly crashed: number };
  /** Over the measured window; zeros where the run ended before it. */
  readonly swarms: readonly SwarmSummary[];
}

/** Measures that are not told, or rest on less than they might, and why. */
export interface Absence {
  /** As in the catalogue, `*` for all of that beginning. */
  readonly measures: string;
  /** Half a sentence. */
  readonly why: string;
}

export interface RunResult {
  /** What was measured, in seconds; shorter than asked where the run was. */
  readonly window: { readonly from: number; readonly to: number };
  /** By name; the catalogue has unit, meaning and source. What was not observed is not there. */
  readonly measures: Readonly<Record<string, Measure>>;
  /**
   * To draw: `downloads.seconds`, `startUp.seconds` (distribution functions), `inDegree.<swarm>.observed` and
   * `.expected`, `overlay.<swarm>.degrees`, `.removedAtRandom` and `.removedByDegree`.
   */
  readonly curves: Readonly<Record<string, Curve>>;
  readonly absent: readonly Absence[];
}
