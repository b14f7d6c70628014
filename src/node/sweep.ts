/** `swarmscope sweep`: many runs of one scenario with parameters that vary, made one table. */
import { dirname, join } from 'node:path';
import { sweepTable, sweepTableCsv, type SweepRun } from '../analysis/sweep-table.ts';
import { planSweep, scenarioOf, type SweepPlan } from '../simulation/sweep/plan.ts';
import { readSweep } from '../simulation/sweep/read.ts';
import type { Sweep } from '../simulation/sweep/schema.ts';
import { SelectionError } from './conformance.ts';
import { makeFolder, writeWhole } from './out-file.ts';
import { ProgressBar } from './progress-bar.ts';
import { provenanceOf } from './provenance.ts';
import { slug, type RunOutput } from './run.ts';
import { loadScenario, problemLines, read, scenarioOfValue } from './scenario-file.ts';
import { runLocally, type Outcomes } from './sweep-local.ts';
import { runInQueue, workInQueue } from './sweep-queue.ts';
import { jobOf, type SweepJob } from './sweep-run.ts';
import { SweepStore } from './sweep-store.ts';

export interface SweepCommand {
  readonly sweep: string;
  readonly out: string | undefined;
  /** Runs at once in this process; with a queue none, unless told otherwise. */
  readonly workers: number;
  readonly queue: URL | undefined;
  /** Seconds. */
  readonly stalledAfter: number;
}

export interface SweepWorkerCommand {
  readonly queue: URL;
  readonly workers: number;
  /** Seconds. */
  readonly stalledAfter: number;
}

/** The exit code. @throws {StartError} When there is no Redis. */
export async function sweepWorkerCommand(
  { queue, workers, stalledAfter }: SweepWorkerCommand,
  { print, tool, thread, signal }: RunOutput,
): Promise<number> {
  await workInQueue({ thread, workers }, { url: queue, version: tool.version, stalledAfter, signal, print });
  return 0;
}

/**
 * The exit code: 0 when every run is done, 1 otherwise.
 * @throws {SelectionError} When the sweep or its scenario is not valid. @throws {StartError} When something cannot be
 * read or written, or there is no Redis.
 */
export async function sweepCommand(command: SweepCommand, output: RunOutput): Promise<number> {
  const { sweep, plan } = planned(command.sweep, output.presets);
  const folder = command.out ?? join('sweeps', slug(sweep.name));
  makeFolder(folder);
  const started = new Date();
  const { version } = output.tool;
  const points = plan.points.map((point) => ({
    parameters: point.parameters,
    jobs: plan.seeds.map((seed) => jobOf(scenarioOf(point, seed), point.parameters, version)),
  }));
  const store = new SweepStore(join(folder, 'runs.ndjson'));
  // The same run may be asked for twice: it is done once.
  const jobs = new Map(points.flatMap((point) => point.jobs).map((job) => [job.id, job]));
  const lacking = [...jobs.values()].filter(({ id }) => store.get(id) === undefined);
  if (lacking.length < jobs.size)
    output.print(`${jobs.size - lacking.length} of ${jobs.size} runs are in ${folder} already`);
  const reasons = await doAll(lacking, command, store, output);

  const table = sweepTable(
    points.map(({ parameters, jobs: its }) => ({
      parameters,
      runs: its.map((job) => runOf(job, store, reasons)),
    })),
  );
  const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  writeWhole(join(folder, 'table.csv'), sweepTableCsv(table));
  writeWhole(join(folder, 'table.json'), text({ name: sweep.name, version, ...table }));
  const provenance = {
    ...provenanceOf(output.tool, started),
    wallSeconds: (Date.now() - Number(started)) / 1000,
  };
  writeWhole(join(folder, 'sweep.json'), text({ complete: table.complete, sweep, provenance }));

  const done = [...jobs.keys()].filter((id) => store.get(id) !== undefined).length;
  output.print(
    `${sweep.name}: ${done} of ${jobs.size} runs done, ${reasons.size} failed; ${points.length} combinations in ${folder}: table.csv, table.json`,
  );
  if (table.complete) return 0;
  output.print('The same command goes on from here.');
  return 1;
}

/** Runs what is not done yet; gives why those that failed did, by id. */
async function doAll(
  jobs: readonly SweepJob[],
  { queue, workers, stalledAfter }: SweepCommand,
  store: SweepStore,
  { print, terminal, thread, tool, signal }: RunOutput,
): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>();
  if (jobs.length === 0) return reasons;
  const bar = terminal && new ProgressBar(terminal, () => performance.now());
  const say = (line: string): void => {
    bar?.clear();
    print(line);
  };
  let ended = 0;
  const advance = (): void => {
    ended++;
    const tenth = Math.floor((10 * ended) / jobs.length) > Math.floor((10 * (ended - 1)) / jobs.length);
    if (bar !== undefined) bar.show(ended / jobs.length, `${ended} of ${jobs.length} runs`);
    else if (tenth) print(`${ended} of ${jobs.length} runs`);
  };
  const outcomes: Outcomes = {
    done(job, outcome) {
      store.put(job.id, outcome);
      advance();
    },
    failed(job, reason) {
      reasons.set(job.id, reason);
      say(`failed: ${job.label}: ${reason}`);
      advance();
    },
    again: (job, reason) => say(`tried again: ${job.label}: ${reason}`),
  };
  if (queue === undefined) await runLocally(jobs, { thread, workers, signal }, outcomes);
  else {
    const options = { url: queue, version: tool.version, stalledAfter, print: say };
    const over = new AbortController();
    signal.addEventListener('abort', () => over.abort());
    const helping =
      workers > 0 ? workInQueue({ thread, workers }, { ...options, signal: over.signal }) : undefined;
    try {
      await runInQueue(jobs, { ...options, signal }, outcomes);
    } finally {
      over.abort();
      await helping;
    }
  }
  bar?.clear();
  return reasons;
}

function runOf(
  { id, scenario: { seed } }: SweepJob,
  store: SweepStore,
  reasons: ReadonlyMap<string, string>,
): SweepRun {
  const outcome = store.get(id);
  const reason = reasons.get(id);
  if (outcome !== undefined) return { kind: 'done', seed, ...outcome };
  return reason === undefined ? { kind: 'missing', seed } : { kind: 'failed', seed, reason };
}

function planned(file: string, presets: string): { readonly sweep: Sweep; readonly plan: SweepPlan } {
  const reading = readSweep(read(file));
  if (!reading.ok)
    throw new SelectionError(`${file} is no sweep:\n${problemLines(reading.problems, reading.more)}`);
  const { sweep } = reading;
  const folder = dirname(file);
  const scenario =
    typeof sweep.scenario === 'string'
      ? loadScenario(sweep.scenario, presets, folder)
      : scenarioOfValue(sweep.scenario, folder, `The scenario in ${file}`);
  const planning = planSweep(sweep, scenario);
  if (planning.ok) return { sweep, plan: planning.plan };
  const values = Object.entries(planning.parameters).map(
    ([path, value]) => `${path} = ${JSON.stringify(value)}`,
  );
  throw new SelectionError(
    `${file}: with ${values.join(', ') || 'no parameters'} there is no scenario to run:\n${problemLines(planning.problems)}`,
  );
}
