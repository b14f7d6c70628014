/** summary.json, as the command line and the page write it alike. */
import type { Scenario } from '../simulation/scenario/schema.ts';
import type { RunResult, RunSummary } from './result.ts';

/** Where a result comes from: enough to make it anew. */
export interface Provenance {
  /** Of swarmscope. */
  readonly version: string;
  /** Format and version of events.ndjson. */
  readonly schema: string;
  /** Wall-clock time of the start, ISO 8601. */
  readonly started: string;
  /** As it was typed; absent of a run in a page. */
  readonly command?: string;
  /** Version of Node, or what the browser calls itself. */
  readonly node?: string;
  readonly browser?: string;
  readonly machine: {
    /** Logical processors. */
    readonly cpus: number;
    /** What a browser does not tell is absent. `memory`: bytes. */
    readonly platform?: string;
    readonly arch?: string;
    readonly cpu?: string;
    readonly memory?: number;
  };
}

export interface RunFacts {
  readonly scenarioSha256: string;
  readonly eventsSha256: string;
  /** How far it came, in seconds of the run. */
  readonly reached: number;
  /** Seconds by the wall clock. */
  readonly wallSeconds: number;
  /** What else is to be said of it. */
  readonly notes: readonly string[];
}

/** `result` and `summary`: of the run's analysis, finished. */
export function summaryFile(
  scenario: Scenario,
  { scenarioSha256, eventsSha256, reached, wallSeconds, notes }: RunFacts,
  { summary, result }: { readonly summary: RunSummary; readonly result: RunResult },
  provenance: Provenance,
): string {
  const file = {
    name: scenario.name,
    complete: reached >= scenario.duration,
    seed: scenario.seed,
    scenarioSha256,
    eventsSha256,
    clock: scenario.clock,
    deterministic: scenario.clock === 'virtual',
    notes,
    duration: scenario.duration,
    reached,
    wallSeconds,
    ...summary,
    ...result,
    provenance,
    scenario,
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
