/** Runs a matrix as the page asks, or opens one that was run before, and keeps the trace of each cell. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  createMatrix,
  EDITIONS,
  matrixPage,
  placesOf,
  readMatrixConfig,
  readReport,
  reportOf,
  totals,
  writeReport,
  type Matrix,
} from '../../workers/client.ts';
import type {
  CellResult,
  MatrixConfig,
  MatrixNews,
  MatrixOrder,
  MatrixReport,
} from '../../workers/messages.ts';

export type { CellResult, CellVerdict, MatrixReport } from '../../workers/messages.ts';

export interface MatrixState {
  /** Of a file that was opened; undefined: the page's own choice. */
  readonly config: MatrixConfig | undefined;
  /** What is shown, as far as it has come. */
  readonly report: MatrixReport | undefined;
  /** By file name. */
  readonly traces: ReadonlyMap<string, Blob>;
  readonly run: { readonly done: number; readonly all: number; readonly cancelling: boolean } | undefined;
  /** What went wrong, or could not be read, a sentence each. */
  readonly problems: readonly string[];
}

export interface MatrixFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

export interface MatrixDesk {
  readonly store: StoreApi<MatrixState>;
  /** What a run would do now. */
  config(): MatrixConfig;
  /** Does nothing while a run is on. */
  run(): void;
  cancel(): void;
  /** A config, or a matrix with its traces beside it, in any order. */
  openFiles(files: Iterable<File>): Promise<void>;
  /** The recording of a cell, where it is here. */
  trace(cell: CellResult): File | undefined;
  /** In one line. */
  totals(report: MatrixReport): string;
  /** What is shown, to be taken along. */
  files(): readonly MatrixFile[];
}

export interface MatrixDeskOptions {
  /** The tracker that is configured now, and the way to it. */
  readonly target: () => Pick<MatrixOrder, 'url' | 'access'>;
  readonly now: () => number;
  /** Milliseconds since the epoch. */
  readonly today: () => number;
  readonly connect?: (listener: (news: MatrixNews) => void) => Matrix;
}

/** Cells under way at once, and seconds: a page's run is to be looked at while it goes on. */
const QUICK = { reportInterval: 0.5, timeout: 5, concurrency: 8 } as const;
/** Bytes of a JSON file. */
const MAX_JSON = 32 * 1024 * 1024;
const TOOL = 'swarmscope, in the page';

/** A tracker's URL as its name, as far as a heading has room. */
const nameOf = (url: string): string => url.replace(/^https?:\/\//, '').slice(0, 80) || url;

const chosen = (url: string): MatrixConfig => ({
  trackers: [
    { name: nameOf(url), at: { kind: 'url', url } },
    { name: 'ours, in this page', at: { kind: 'own', strict: false } },
  ],
  peers: [
    { name: 'whole life', is: { kind: 'own', behaviour: 'complete' } },
    { name: 'everything twice', is: { kind: 'own', behaviour: 'repeats' } },
    { name: 'SEED', is: { kind: 'own', behaviour: 'seed' } },
  ],
  editions: EDITIONS,
  ...QUICK,
});

export function createMatrixDesk({
  target,
  now,
  today,
  connect = createMatrix,
}: MatrixDeskOptions): MatrixDesk {
  const store = createStore<MatrixState>(() => ({
    config: undefined,
    report: undefined,
    traces: new Map(),
    run: undefined,
    problems: [],
  }));
  const worker = connect(hear);
  let running:
    { readonly config: MatrixConfig; readonly started: string; readonly began: number } | undefined;

  function hear(news: MatrixNews): void {
    if (running === undefined) return;
    switch (news.kind) {
      case 'cell':
        return take(running, news.result, news.trace);
      case 'ended':
        return end([]);
      case 'fault':
        return end([`A fault of ours ended the run: ${news.message}`]);
      default:
        return news satisfies never;
    }
  }

  function take(
    { config, started, began }: NonNullable<typeof running>,
    result: CellResult,
    trace: Uint8Array<ArrayBuffer>,
  ): void {
    store.setState(({ report, traces, run }) => {
      const facts = { tool: TOOL, started, milliseconds: Math.round(now() - began) };
      const kept = result.trace === undefined ? traces : new Map(traces).set(result.trace, new Blob([trace]));
      return {
        report: reportOf(config, facts, [...(report?.cells ?? []), result]),
        traces: kept,
        run: run && { ...run, done: run.done + 1 },
      };
    });
  }

  function end(problems: readonly string[]): void {
    running = undefined;
    store.setState({ run: undefined, problems });
  }

  const config = (): MatrixConfig => store.getState().config ?? chosen(target().url);

  return {
    store,
    config,
    run() {
      if (running !== undefined) return;
      running = { config: config(), started: new Date(today()).toISOString(), began: now() };
      const facts = { tool: TOOL, started: running.started, milliseconds: 0 };
      store.setState({
        report: reportOf(running.config, facts, []),
        traces: new Map(),
        run: { done: 0, all: placesOf(running.config).length, cancelling: false },
        problems: [],
      });
      worker.run({ config: running.config, ...target() });
    },
    cancel() {
      store.setState(({ run }) => ({ run: run && { ...run, cancelling: true } }));
      worker.cancel();
    },
    async openFiles(files) {
      const all = [...files];
      const read = await Promise.all(
        all.filter(({ name }) => !name.endsWith('.ndjson')).map((file) => readFile(file)),
      );
      if (running !== undefined) return store.setState({ problems: ['A run is on: cancel it first.'] });
      const traces = all.filter(({ name }) => name.endsWith('.ndjson'));
      const report = read.find((one) => one.kind === 'report');
      store.setState((state) => {
        const kept = report === undefined ? new Map(state.traces) : new Map<string, Blob>();
        for (const file of traces) kept.set(file.name, file);
        return {
          traces: kept,
          ...(report === undefined ? {} : { report: report.report }),
          config: read.find((one) => one.kind === 'config')?.config ?? state.config,
          problems: read.flatMap((one) => (one.kind === 'problem' ? one.problems : [])),
        };
      });
    },
    trace(cell) {
      const blob = cell.trace === undefined ? undefined : store.getState().traces.get(cell.trace);
      return blob && new File([blob], cell.trace ?? '');
    },
    totals,
    files() {
      const { report } = store.getState();
      if (report === undefined) return [];
      return [
        { name: 'matrix.json', type: 'application/json', text: writeReport(report) },
        { name: 'matrix.html', type: 'text/html', text: matrixPage(report) },
      ];
    },
  };
}

type ReadFile =
  | { readonly kind: 'report'; readonly report: MatrixReport }
  | { readonly kind: 'config'; readonly config: MatrixConfig }
  | { readonly kind: 'problem'; readonly problems: readonly string[] };

async function readFile(file: File): Promise<ReadFile> {
  const { name, size } = file;
  const refuse = (problem: string): ReadFile => ({ kind: 'problem', problems: [`${name} ${problem}.`] });
  if (!name.endsWith('.json')) return refuse('is no JSON, and no trace (NDJSON)');
  if (size > MAX_JSON) return refuse('is too long for a matrix');
  const text = await file.text();
  const report = readReport(text);
  if (report.ok) return { kind: 'report', report: report.report };
  if (text.includes('"swarmscope"')) return refuse(report.problem);
  const config = readMatrixConfig(text);
  if (config.ok) return { kind: 'config', config: config.config };
  const problems = config.problems.map(({ path, problem, fix }) => `${name}: ${path} ${problem}: ${fix}.`);
  return { kind: 'problem', problems };
}
