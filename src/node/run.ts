/** `swarmscope run`: one scenario, headless; its events, its series and its summary written as it goes. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { csvRecord, SERIES_COLUMNS, seriesRecords } from '../analysis/csv.ts';
import { headlines } from '../analysis/headlines.ts';
import type { RunAnalysis } from '../analysis/run-analysis.ts';
import { summaryFile, type RunFacts } from '../analysis/summary-file.ts';
import { checkScenario } from '../simulation/scenario/read.ts';
import type { RunEdition, Scenario } from '../simulation/scenario/schema.ts';
import { SECOND, type Micros, type RunEvent } from '../simulation/virtual/events.ts';
import type { LogDetail } from '../simulation/virtual/log.ts';
import type { CancelSignal } from '../conformance/run.ts';
import { makeFolder, OutFile, writeWhole } from './out-file.ts';
import { ProgressBar, type Terminal } from './progress-bar.ts';
import { provenanceOf, type Tool } from './provenance.ts';
import { runOnRealClock } from './real-run.ts';
import { loadScenario, valid } from './scenario-file.ts';
import { StartError } from './start-error.ts';
import { runOnVirtualClock } from './virtual-run.ts';

export interface RunCommand {
  /** A file, or a preset's name. */
  readonly scenario: string;
  readonly out: string | undefined;
  readonly seed: number | undefined;
  /** Runs on the real clock against this tracker. */
  readonly tracker: URL | undefined;
  readonly edition: RunEdition | undefined;
  /** Threads that share the run. */
  readonly workers: number;
  readonly detail: LogDetail | undefined;
}

/** What a command that runs scenarios has of its surroundings. */
export interface RunOutput {
  readonly print: (line: string) => void;
  /** Where to draw how far it is; undefined: a line for each phase is printed. */
  readonly terminal: Terminal | undefined;
  readonly tool: Tool;
  /** The built `thread.ts`. */
  readonly thread: URL;
  /** Folder of the presets. */
  readonly presets: string;
  /** Fires when the run is to end early. */
  readonly signal: CancelSignal;
}

/** What the two clocks have in common: what happens is told here, in the order of the log. */
export interface Running {
  readonly scenario: Scenario;
  readonly log: (bytes: Uint8Array) => void;
  readonly event: (event: RunEvent) => void;
  /** Called a few times a second; the series is written then. */
  readonly turn: (time: Micros, analysis: RunAnalysis, words: string) => void;
  readonly print: RunOutput['print'];
  readonly signal: CancelSignal;
}

export interface Ran extends Pick<RunFacts, 'scenarioSha256' | 'eventsSha256' | 'notes'> {
  readonly analysis: RunAnalysis;
  /** How far it came. */
  readonly time: Micros;
}

/**
 * The exit code: 0 when the run was completed.
 * @throws {SelectionError} When there is no such scenario, or it is not valid. @throws {StartError} When something
 * cannot be read or written, or nobody is at the tracker's URL.
 */
export async function runCommand(command: RunCommand, output: RunOutput): Promise<number> {
  const scenario = chosen(command, output.presets);
  if (scenario.clock === 'real' && command.workers > 1)
    throw new StartError(
      '--workers is for the virtual clock: on the real one the run waits more than it works.',
    );
  const folder = command.out ?? join('runs', `${slug(scenario.name)}-seed-${scenario.seed}`);
  makeFolder(folder);
  // Until this run has one of its own: the last run's would be taken for it.
  rmSync(join(folder, 'summary.json'), { force: true });
  const started = new Date();
  const since = performance.now();
  const bar = output.terminal && new ProgressBar(output.terminal, () => performance.now());
  const events = new OutFile(join(folder, 'events.ndjson'));
  const series = new OutFile(join(folder, 'series.csv'));
  const text = new TextEncoder();
  const rows = (analysis: RunAnalysis): void => series.write(text.encode(seriesRecords(analysis.series())));
  series.write(text.encode(csvRecord(SERIES_COLUMNS)));
  let ran: Ran;
  try {
    ran = await (scenario.clock === 'real' ? runOnRealClock : runOnVirtualClock)(
      {
        scenario,
        log: (bytes) => events.write(bytes),
        event: (event) => {
          if (event.kind === 'phase' && bar === undefined)
            output.print(`${Math.round(event.at / SECOND)} s: ${event.phase}`);
        },
        turn: (time, analysis, words) => {
          rows(analysis);
          bar?.show(time / SECOND / scenario.duration, words);
        },
        print: output.print,
        signal: output.signal,
      },
      { thread: output.thread, workers: command.workers },
    );
    rows(ran.analysis);
  } finally {
    bar?.clear();
    // Both, whatever befalls the first.
    try {
      events.close();
    } finally {
      series.close();
    }
  }
  const reached = ran.time / SECOND;
  const wallSeconds = (performance.now() - since) / 1000;
  const summary = ran.analysis.summary();
  const result = ran.analysis.result();
  writeWhole(
    join(folder, 'summary.json'),
    summaryFile(
      scenario,
      { ...ran, reached, wallSeconds },
      { summary, result },
      provenanceOf(output.tool, started),
    ),
  );
  const { arrived, completed, crashed } = summary.peers;
  output.print(
    `${scenario.name}: ${Math.round(reached)} s in ${wallSeconds.toFixed(1)} s, ${summary.messages} messages, ` +
      `${arrived} peers came, ${completed} completed, ${crashed} crashed`,
  );
  for (const { name, value, unit, interval } of headlines(result)) {
    const within = interval === undefined ? '' : ` \u00b1 ${rounded(interval.halfWidth)}`;
    output.print(`  ${name}: ${rounded(value)}${within}${unit === '' ? '' : ` ${unit}`}`);
  }
  for (const { measures: of, why } of result.absent) output.print(`  ${of}: not measured, for ${why}`);
  output.print(`events SHA-256 ${ran.eventsSha256}`);
  output.print(`${folder}: events.ndjson, series.csv, summary.json`);
  if (reached >= scenario.duration) return 0;
  output.print(`Ended early, at ${Math.round(reached)} of ${scenario.duration} s: summary.json says so.`);
  return 1;
}

/** The scenario with what was typed put in. */
function chosen({ scenario: named, seed, tracker, edition, detail }: RunCommand, presets: string): Scenario {
  const scenario = loadScenario(named, presets);
  return valid(
    checkScenario({
      ...scenario,
      ...(seed !== undefined && { seed }),
      ...(edition !== undefined && { edition }),
      ...(tracker !== undefined && { clock: 'real', tracker: { ...scenario.tracker, url: tracker.href } }),
      ...(detail !== undefined && { measure: { ...scenario.measure, detail } }),
    }),
    named,
  );
}

const rounded = (value: number): string => String(Number(value.toPrecision(4)));

export const slug = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'run';
