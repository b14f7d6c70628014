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
  /** Milliseconds by the page's clock. */
  readonly began: number;
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
  readonly now: () => number;
  readonly connect?: (size: number, listener: Parameters<typeof createLabPool>[1]) => LabPool;
}

const MAX_WORKERS = 16;

const aboutOf = (name: string, catalogued: Tools['catalogued']): MeasureAbout => {
  const { unit = '', description = '' } = catalogued(name) ?? {};
  return { name, unit, description };
};
const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

export function createLabDesk({ processors, now, connect = createLabPool }: LabDeskOptions): LabDesk {
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
    tableMeasures: [],
    fault: undefined,
  }));
  let tools: Tools | undefined;
  let running: { readonly scenario: Scenario; readonly sweep: SweepRuns | undefined } | undefined;
  const pool = connect(Math.min(MAX_WORKERS, Math.max(1, processors)), { hear, ended: end });
  const ready = async (): Promise<Tools> => (tools ??= await labTools());

  function hear(place: number, report: LabReport): void {
    if (running === undefined || tools === undefined) return;
    const { scenario, sweep } = running;
    switch (report.kind) {
      case 'progress':
        return sweep === undefined ? tellShare(report.time / report.duration, 0) : undefined;
      case 'done':
        if (sweep === undefined) {
          const files = tools.resultFiles(scenario, report.outcome, report.log);
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
        return tellTable(sweep, sweep.done(place, report.outcome));
      case 'fault':
        if (sweep === undefined) store.setState({ fault: report.message });
        else tellTable(sweep, sweep.failed(place, report.message));
        return;
      default:
        return report satisfies never;
    }
  }

  function tellTable(sweep: SweepRuns, done: number): void {
    if (tools === undefined) return;
    const { catalogued } = tools;
    const table = tools.sweepTable(sweep.points());
    const names = new Set(table.points.flatMap(({ measures }) => measures.map(({ name }) => name)));
    store.setState({ table, tableMeasures: [...names].map((name) => aboutOf(name, catalogued)) });
    tellShare(done / sweep.size, done);
  }

  function tellShare(share: number, done: number): void {
    store.setState(({ run }) => {
      if (run === undefined) return {};
      const seconds = (now() - run.began) / 1000;
      return {
        run: { ...run, share, done },
        remaining: share > 0 ? (seconds * (1 - share)) / share : undefined,
      };
    });
  }

  function end(): void {
    running = undefined;
    store.setState({ run: undefined, remaining: undefined });
  }

  function begin(kind: LabRun['kind'], scenarios: readonly Scenario[]): void {
    const run: LabRun = { kind, done: 0, all: scenarios.length, share: 0, began: now() };
    store.setState({ run, remaining: undefined, fault: undefined });
    pool.run(scenarios, kind === 'run');
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
      running = { scenario, sweep: undefined };
      store.setState({ outcome: undefined, files: [] });
      begin('run', [scenario]);
    },
    async runSweep() {
      const { readSweep, planSweep, scenarioOf } = await ready();
      const scenario = await current();
      if (scenario === undefined || running !== undefined) return;
      const read = readSweep(json(sweepOf(store.getState().sweep, scenario)));
      if (!read.ok) return store.setState({ sweepProblems: read.problems });
      const planned = planSweep(read.sweep, scenario);
      if (!planned.ok) return store.setState({ sweepProblems: planned.problems });
      const sweep = new SweepRuns(planned.plan);
      running = { scenario, sweep };
      store.setState({ sweepProblems: [], table: undefined, tableMeasures: [] });
      const { points, seeds } = planned.plan;
      begin(
        'sweep',
        points.flatMap((point) => seeds.map((seed) => scenarioOf(point, seed))),
      );
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
