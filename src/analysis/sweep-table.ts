/**
 * One table of all runs of a sweep: for each combination of parameters every measure over its replications. Plain
 * data in the order of the plan: the same whatever ran where, and in which order.
 */
import { csvRecord, type Field } from './csv.ts';
import { replications, type ReplicatedMeasure } from './replications.ts';
import type { RunResult } from './result.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** What came of one run. `missing`: it was not run, because the sweep was ended early. */
export type SweepRun =
  | {
      readonly kind: 'done';
      readonly seed: number;
      readonly eventsSha256: string;
      readonly measures: RunResult['measures'];
    }
  | { readonly kind: 'failed'; readonly seed: number; readonly reason: string }
  | { readonly kind: 'missing'; readonly seed: number };

export interface SweepRow {
  readonly parameters: Parameters;
  /** One a replication, without their measures. */
  readonly runs: readonly {
    readonly seed: number;
    readonly eventsSha256?: string;
    readonly failed?: string;
  }[];
  /** Over the runs that are done; an interval from two on. */
  readonly measures: readonly ReplicatedMeasure[];
}

export interface SweepTable {
  /** Every run is done. */
  readonly complete: boolean;
  readonly points: readonly SweepRow[];
}

export function sweepTable(
  points: readonly { readonly parameters: Parameters; readonly runs: readonly SweepRun[] }[],
): SweepTable {
  return {
    complete: points.every(({ runs }) => runs.every(({ kind }) => kind === 'done')),
    points: points.map(({ parameters, runs }) => ({
      parameters,
      runs: runs.map((run) => ({
        seed: run.seed,
        ...(run.kind === 'done' && { eventsSha256: run.eventsSha256 }),
        ...(run.kind === 'failed' && { failed: run.reason }),
      })),
      measures: replications(runs.filter((run) => run.kind === 'done')),
    })),
  };
}

/** One record for each combination and measure: point, the parameters by path, measure, mean, halfWidth, deviation, n. */
export function sweepTableCsv({ points }: SweepTable): string {
  const paths = [...new Set(points.flatMap(({ parameters }) => Object.keys(parameters)))];
  const records = points.flatMap(({ parameters, measures }, point) =>
    measures.map(({ name, mean, interval, deviation, n }) =>
      csvRecord([
        point,
        ...paths.map((path) => fieldOf(parameters[path])),
        name,
        mean,
        interval?.halfWidth,
        deviation,
        n,
      ]),
    ),
  );
  return csvRecord(['point', ...paths, 'measure', 'mean', 'halfWidth', 'deviation', 'n']) + records.join('');
}

const fieldOf = (value: unknown): Field =>
  typeof value === 'string' || typeof value === 'number' || value === undefined
    ? value
    : JSON.stringify(value);
