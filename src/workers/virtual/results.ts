/** What came of a run, computed from the bytes of its log; and as the files that `swarmscope run` writes. */
import manifest from '../../../package.json' with { type: 'json' };
import { csvRecord, SERIES_COLUMNS, seriesRecords, type SeriesRow } from '../../analysis/csv.ts';
import { RunAnalysis } from '../../analysis/run-analysis.ts';
import { summaryFile, type Provenance } from '../../analysis/summary-file.ts';
import { dice } from '../../simulation/models/dice.ts';
import type { Scenario } from '../../simulation/scenario/schema.ts';
import { SECOND, type Micros } from '../../simulation/virtual/events.ts';
import { LOG_FORMAT, LOG_VERSION } from '../../simulation/virtual/header.ts';
import { LogReader } from '../../simulation/virtual/log-reader.ts';
import type { ResultFile, RunOutcome } from './messages.ts';

/** What is known of a run besides its events. */
export type RunFacts = Pick<
  RunOutcome,
  'scenarioSha256' | 'eventsSha256' | 'wallSeconds' | 'started' | 'reached'
>;

export class Outcome {
  readonly #scenario: Scenario;
  readonly #analysis: RunAnalysis;
  readonly #reader: LogReader;
  readonly #withSeries: boolean;
  readonly #series: SeriesRow[] = [];

  constructor(scenario: Scenario, withSeries: boolean) {
    this.#scenario = scenario;
    this.#withSeries = withSeries;
    this.#analysis = new RunAnalysis(scenario, dice(scenario.seed, 'analysis', 0));
    this.#reader = new LogReader((event) => this.#analysis.take(event));
  }

  /** Bytes of the log, in order, in pieces of any size. */
  read(bytes: Uint8Array): void {
    this.#reader.read(bytes);
    this.#collect();
  }

  finish(facts: RunFacts): RunOutcome {
    this.#analysis.finish(Math.round(facts.reached * SECOND));
    this.#collect();
    return {
      seed: this.#scenario.seed,
      ...facts,
      summary: this.#analysis.summary(),
      result: this.#analysis.result(),
      series: this.#series,
    };
  }

  #collect(): void {
    const rows = this.#analysis.series();
    if (this.#withSeries) for (const row of rows) this.#series.push(row);
  }
}

/** `log`: of a run that has ended, whole. */
export async function outcomeOf(log: Blob, scenario: Scenario, facts: RunFacts): Promise<RunOutcome> {
  const outcome = new Outcome(scenario, true);
  const reader = log.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return outcome.finish(facts);
    outcome.read(value);
  }
}

/** What a page knows of where it is. */
export type Browser = Pick<Navigator, 'userAgent' | 'hardwareConcurrency'>;

/** events.ndjson (where there is a log), series.csv and summary.json, the last two as `swarmscope run` writes them. */
export function resultFiles(
  scenario: Scenario,
  outcome: RunOutcome,
  log: Blob | undefined,
  browser: Browser,
): ResultFile[] {
  const { series, started } = outcome;
  const summary = summaryFile(scenario, { ...outcome, notes: [] }, outcome, provenanceOf(started, browser));
  return [
    ...(log === undefined ? [] : [{ name: 'events.ndjson', blob: log }]),
    {
      name: 'series.csv',
      blob: new Blob([csvRecord(SERIES_COLUMNS), seriesRecords(series)], { type: 'text/csv' }),
    },
    { name: 'summary.json', blob: new Blob([summary], { type: 'application/json' }) },
  ];
}

/** What a page can tell of where a result comes from. */
const provenanceOf = (started: string, { userAgent, hardwareConcurrency }: Browser): Provenance => ({
  version: manifest.version,
  schema: `${LOG_FORMAT}/${LOG_VERSION}`,
  started,
  browser: userAgent,
  machine: { cpus: hardwareConcurrency },
});

export const inSeconds = (time: Micros): number => time / SECOND;
