/**
 * One table from many runs of one scenario with different seeds: for each measure the mean over the runs and its 95%
 * interval by Student's t (Law: Simulation Modeling and Analysis, 5th ed., §9.4.1). Runs are independent, so no
 * assumption is made on what goes on within one.
 */
import { acrossRuns, deviationOf, meanOf, type Interval } from './confidence.ts';
import { csvTable } from './csv.ts';
import type { RunResult } from './result.ts';

export interface ReplicatedMeasure {
  /** As in the runs' results, such as `swarms.film.meanSeeds`. */
  readonly name: string;
  readonly mean: number;
  /** Sample standard deviation over the runs; left out of a single run. */
  readonly deviation?: number;
  /** Left out of a single run. */
  readonly interval?: Interval;
  /** Runs that have the measure: a run in which nothing was observed of it has not. */
  readonly n: number;
}

/** Rows in the order in which the names first come. */
export function replications(results: readonly Pick<RunResult, 'measures'>[]): readonly ReplicatedMeasure[] {
  const columns = new Map<string, number[]>();
  for (const { measures } of results)
    for (const [name, { value }] of Object.entries(measures)) {
      const column = columns.get(name);
      if (column === undefined) columns.set(name, [value]);
      else column.push(value);
    }
  return [...columns].map(([name, values]) => {
    const interval = acrossRuns(values);
    return {
      name,
      mean: meanOf(values),
      n: values.length,
      ...(interval === undefined ? {} : { deviation: deviationOf(values), interval }),
    };
  });
}

/** The same as CSV: columns measure, mean, halfWidth, deviation, n. */
export const replicationsCsv = (rows: readonly ReplicatedMeasure[]): string =>
  csvTable(
    ['measure', 'mean', 'halfWidth', 'deviation', 'n'],
    rows.map(({ name, mean, deviation, interval, n }) => ({
      measure: name,
      mean,
      halfWidth: interval?.halfWidth,
      deviation,
      n,
    })),
  );
