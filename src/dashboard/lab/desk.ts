/** The Lab: a scenario as text, checked as it is written; one run of it, or a sweep, as fast as workers go. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createLabPool, labTools, type LabPool } from '../../workers/client.ts';
import type {
  LabReport,
  Problem,
  ReadScenario,
  ResultFile,
  RunOutcome,
  Scenario,
  SweepTable,
} from '../../workers/messages.ts';
import { SweepRuns } from './sweep-runs.ts';
import { sweepOf, sweepIn, SWEEP_AT_FIRST, type SweepForm } from './sweep-form.ts';

export type { Problem, RunOutcome, Scenario, SeriesRow, SweepTable } from '../../workers/messages.ts';

type Tools = Awaited<ReturnType<typeof labTools>>;

export interface MeasureAbout {
  readonly name: string;
  /** Empty of a pure number. */
  readonly unit: string;
  readonly description: string;
}

export interface MeasureRow extends MeasureAbout {
  readonly value: number;
  /** Half of the 95 % interval, and how it was found; absent where there is none. */
  readonly interval?: { readonly halfWidth: number; readonly method: string; readonly count: number };
}

export interface LabRun {
  readonly kind: 'run' | 'sweep';
  /** Whole runs. */
  readonly done: number;
  readonly all: number;
  /** Of all of it, 0 to 1. */
  readonly share: number;
  /** The share that was there when it began: more than none where a sweep goes on. */
  readonly before: number;
  /** Milliseconds by the page's clock. */
  readonly began: number;
  /** Tries that failed and were made again, with the reason of the latest. */
  readonly again: { readonly times: number; readonly reason: string } | undefined;
}

export interface LabState {
  /** The scenario as it is written. */
  readonly text: string;
  /** What is to be said of it; undefined until it has been looked at. */
  readonly read: ReadScenario | undefined;
  readonly sweep: SweepForm;
  readonly sweepProblems: readonly Problem[];
  readonly run: LabRun | undefined;
  /** Seconds that it still takes, about. */
  readonly remaining: number | undefined;
  readonly outcome:
    | {
        readonly scenario: Scenario;
        readonly outcome: RunOutcome;
        readonly measures: readonly MeasureRow[];
      }
    | undefined;
  readonly files: readonly ResultFile[];
  readonly table: SweepTable | undefined;
  /** Of the sweep that the table is of, while none is under way: runs still to be done, and those of them that failed. */
  readonly left: { readonly runs: number; readonly failed: number } | undefined;
  /** What there is to be read off the table. */
  readonly tableMeasures: readonly MeasureAbout[];
  /** What went wrong on our side. */
  readonly fault: string | undefined;
}

export interface LabDesk {
  readonly store: StoreApi<LabState>;
  /** The scenario's text is another. */
  write(text: string): void;
  writeSweep(sweep: SweepForm): void;
  /** Does nothing while something runs, or while the scenario cannot be run. */
  runOnce(): Promise<void>;
  runSweep(): Promise<void>;
  /** Does what is left of the sweep that was cancelled, and what failed of it once more; as it was planned then. */
  resumeSweep(): void;
  cancel(): void;
  /** A scenario or a sweep. */
  open(file: File, presetText: (name: string) => Promise<string>): Promise<void>;
  /** As `swarmscope sweep` takes it. */
  sweepFile(): ResultFile | undefined;
  /** The table as CSV and JSON. */
  tableFiles(): Promise<readonly ResultFile[]>;
}

interface LabDeskOptions {
  readonly processors: number;
  /** What the browser calls itself. */
  readonly userAgent: string;
  readonly now: () => number;
  readonly connect?: (size: number, listener: Parameters<typeof createLabPool>[1]) => LabPool;
}

/** `places`: of the runs under way among those of the sweep. */
interface Running {
  readonly scenario: Scenario;
  readonly sweep: SweepRuns | undefined;
  readonly places: readonly number[];
}

const MAX_WORKERS = 16;

const aboutOf = (name: string, catalogued: Tools['catalogued']): MeasureAbout => {
  const { unit = '', description = '' } = catalogued(name) ?? {};
  return { name, unit, description };
};
const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

export function createLabDesk(options: LabDeskOptions): LabDesk {
  const { processors, userAgent, now, connect = createLabPool } = options;
  const store = createStore<LabState>(() => ({
    text: '',
    read: undefined,
    sweep: SWEEP_AT_FIRST,
    sweepProblems: [],
    run: undefined,
    remaining: undefined,
    outcome: undefined,
    files: [],
    table: undefined,
    left: undefined,
    tableMeasures: [],
    fault: undefined,
  }));
  let tools: Tools | undefined;
  let running: Running | undefined;
  /** The sweep that the table is of. */
  let latest: SweepRuns | undefined;
  const pool = connect(Math.min(MAX_WORKERS, Math.max(1, processors)), { hear, again, ended: end });
  const ready = async (): Promise<Tools> => (tools ??= await labTools());

  function again(_: number, reason: string): void {
    store.setState(({ run }) =>
      run === undefined ? {} : { run: { ...run, again: { times: (run.again?.times ?? 0) + 1, reason } } },
    );
  }

  function hear(run: number, report: LabReport): void {
    if (running === undefined || tools === undefined) return;
    const { scenario, sweep, places } = running;
    const place = places[run] ?? run;
    switch (report.kind) {
      case 'progress':
        return sweep === undefined ? tellShare(report.time / report.duration, 0) : undefined;
      case 'done':
        if (sweep === undefined) {
          const files = tools.resultFiles(scenario, report.outcome, report.log, {
            userAgent,
            hardwareConcurrency: processors,
          });
          const { catalogued } = tools;
          const measures = Object.entries(report.outcome.result.measures).map(
            ([name, { value, interval }]) => ({
              ...aboutOf(name, catalogued),
              value,
              ...(interval === undefined ? {} : { interval }),
            }),
          );
          store.setState({ outcome: { scenario, outcome: report.outcome, measures }, files });
          return;
        }
        sweep.done(place, report.outcome);
        return tellTable(sweep);
      case 'fault':
        if (sweep === undefined) store.setState({ fault: report.message });
        else {
          sweep.failed(place, report.message);
          tellTable(sweep);
        }
        return;
      default:
        return report satisfies never;
    }
  }

  function tellTable(sweep: SweepRuns): void {
    if (tools === undefined) return;
    const { catalogued } = tools;
    const table = tools.sweepTable(sweep.points());
    const names = new Set(table.points.flatMap(({ measures }) => measures.map(({ name }) => name)));
    store.setState({ table, tableMeasures: [...names].map((name) => aboutOf(name, catalogued)) });
    tellShare(sweep.ended / sweep.size, sweep.ended);
  }

  function tellShare(share: number, done: number): void {
    store.setState(({ run }) => {
      if (run === undefined) return {};
      const seconds = (now() - run.began) / 1000;
      return {
        run: { ...run, share, done },
        // Of a sweep that goes on, what was there before took no time of this one's.
        remaining: share > run.before ? (seconds * (1 - share)) / (share - run.before) : undefined,
      };
    });
  }

  function end(): void {
    running = undefined;
    const runs = latest === undefined ? 0 : latest.size - latest.ended + latest.failures;
    const left = runs === 0 ? undefined : { runs, failed: latest?.failures ?? 0 };
    store.setState({ run: undefined, remaining: undefined, left });
  }

  function beginRun(scenario: Scenario): void {
    running = { scenario, sweep: undefined, places: [] };
    const run = {
      kind: 'run',
      done: 0,
      all: 1,
      share: 0,
      before: 0,
      began: now(),
      again: undefined,
    } as const;
    store.setState({ run, remaining: undefined, fault: undefined });
    pool.run([scenario], true);
  }

  function beginSweep(sweep: SweepRuns, scenario: Scenario): void {
    const places = sweep.reopen();
    running = { scenario, sweep, places };
    latest = sweep;
    const share = sweep.ended / sweep.size;
    const run = { kind: 'sweep', done: sweep.ended, all: sweep.size, share, before: share } as const;
    store.setState({
      run: { ...run, began: now(), again: undefined },
      remaining: undefined,
      fault: undefined,
      left: undefined,
    });
    pool.run(
      places.map((place) => sweep.scenarioAt(place)),
      false,
    );
  }

  /** What is written, as it would be run; undefined where it cannot be. */
  async function current(): Promise<Scenario | undefined> {
    const { readScenario } = await ready();
    const read = readScenario(store.getState().text);
    store.setState({ read });
    if (!read.ok) return undefined;
    // Whatever clock it names: here it runs on the virtual one.
    return { ...read.scenario, clock: 'virtual', tracker: { ...read.scenario.tracker, url: 'embedded' } };
  }

  async function write(text: string): Promise<void> {
    store.setState({ text });
    const { readScenario } = await ready();
    // Another text may have come meanwhile.
    if (store.getState().text === text) store.setState({ read: readScenario(text) });
  }

  return {
    store,
    write: (text) => void write(text),
    writeSweep: (sweep) => store.setState({ sweep, sweepProblems: [] }),
    async runOnce() {
      const scenario = await current();
      if (scenario === undefined || running !== undefined) return;
      store.setState({ outcome: undefined, files: [] });
      beginRun(scenario);
    },
    async runSweep() {
      const { readSweep, planSweep } = await ready();
      const scenario = await current();
      if (scenario === undefined || running !== undefined) return;
      const read = readSweep(json(sweepOf(store.getState().sweep, scenario)));
      if (!read.ok) return store.setState({ sweepProblems: read.problems });
      const planned = planSweep(read.sweep, scenario);
      if (!planned.ok) return store.setState({ sweepProblems: planned.problems });
      store.setState({ sweepProblems: [], table: undefined, tableMeasures: [] });
      beginSweep(new SweepRuns(planned.plan), scenario);
    },
    resumeSweep() {
      const { left } = store.getState();
      if (running !== undefined || latest === undefined || left === undefined) return;
      beginSweep(latest, latest.scenarioAt(0));
    },
    cancel() {
      pool.cancel();
      end();
    },
    async open(file, presetText) {
      const text = await file.text();
      const { readSweep } = await ready();
      const read = readSweep(text);
      if (!read.ok) {
        await write(text);
        return;
      }
      const { scenario } = read.sweep;
      const named = typeof scenario === 'string' ? scenario : undefined;
      store.setState({ sweep: sweepIn(read.sweep), sweepProblems: [] });
      try {
        await write(named === undefined ? json(scenario) : await presetText(named));
      } catch {
        const problem = 'It names a scenario that this page does not have.';
        const remedy = `Open ${named ?? 'it'} too: it is what the sweep varies.`;
        store.setState({ sweepProblems: [{ path: '$.scenario', problem, remedy }] });
      }
    },
    sweepFile() {
      const { read, sweep } = store.getState();
      if (read?.ok !== true) return undefined;
      const text = json(sweepOf(sweep, JSON.parse(store.getState().text)));
      return { name: 'sweep.json', blob: new Blob([text], { type: 'application/json' }) };
    },
    async tableFiles() {
      const { sweepTableCsv } = await ready();
      const { table } = store.getState();
      if (table === undefined) return [];
      return [
        { name: 'table.csv', blob: new Blob([sweepTableCsv(table)], { type: 'text/csv' }) },
        { name: 'table.json', blob: new Blob([json(table)], { type: 'application/json' }) },
      ];
    },
  };
}
