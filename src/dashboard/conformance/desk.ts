/** Runs cases as the page asks, and keeps what came of them. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createConformance, recordOfCase } from '../../workers/client.ts';
import type { Conformance, ConformanceNews } from '../../workers/client.ts';
import type { ConformanceRun, RecordedExchange } from '../../workers/messages.ts';
import { remaining } from './remaining.ts';
import { reportFile, type ReportFile, type ReportForm } from './report.ts';
import {
  CONFORMANCE_AT_FIRST,
  NO_FILTER,
  suiteShown,
  withSuite,
  type CaseFilter,
  type ConformanceState,
  type JudgedCase,
  type SuiteName,
} from './state.ts';

/** Cases under way at once, as on the command line. */
const CONCURRENCY = 8;
/** Milliseconds between two looks at the time a run still takes. */
const TICK = 500;
/** What the peers' results are about. */
const OWN_PEERS = 'the peers of swarmscope';

export interface ConformanceDesk {
  readonly store: StoreApi<ConformanceState>;
  /** The place is shown: asks for the cases, unless they are there. */
  enter(): void;
  show(suite: SuiteName): void;
  filter(change: Partial<CaseFilter>): void;
  open(id: string | undefined): void;
  setTrackTimer(seconds: number | undefined): void;
  /** Cases of the suite shown; does nothing while a run is on. */
  run(ids: readonly string[]): void;
  cancel(): void;
  report(form: ReportForm): ReportFile;
}

export interface DeskOptions {
  /** The tracker that is configured now, and the way to it. */
  readonly target: () => Pick<ConformanceRun, 'url' | 'access'>;
  readonly now: () => number;
  /** Milliseconds since the epoch. */
  readonly today: () => number;
  /** Calls ever again; what it returns calls that off. */
  readonly every: (milliseconds: number, call: () => void) => () => void;
  readonly connect?: (listener: (news: ConformanceNews) => void) => Conformance;
}

export function createConformanceDesk({
  target,
  now,
  today,
  every,
  connect = createConformance,
}: DeskOptions): ConformanceDesk {
  const store = createStore<ConformanceState>(() => CONFORMANCE_AT_FIRST);
  const worker = connect(hear);
  let began = 0;
  let endTicking: (() => void) | undefined;

  function hear(news: ConformanceNews): void {
    switch (news.kind) {
      case 'cases':
        return store.setState((state) => ({
          listing: 'there',
          tool: news.tool,
          suites: {
            trackers: { ...state.suites.trackers, cases: news.cases.trackers },
            peers: { ...state.suites.peers, cases: news.cases.peers },
          },
        }));
      case 'began':
        return store.setState(({ run }) => ({
          run: run && { ...run, running: new Set(run.running).add(news.id) },
        }));
      case 'judged':
        return take(news.judged);
      case 'ended':
        return end(undefined);
      case 'died':
        if (store.getState().listing === 'asked') store.setState({ listing: { failure: news.message } });
        return end(news.message);
      default:
        return news satisfies never;
    }
  }

  function take(judged: JudgedCase): void {
    const { id } = judged.info;
    store.setState((state) => {
      const { run } = state;
      if (run === undefined) return state;
      const running = new Set(run.running);
      running.delete(id);
      return {
        run: { ...run, running, done: new Set(run.done).add(id) },
        ...withSuite(state, run.suite, { judged: new Map(state.suites[run.suite].judged).set(id, judged) }),
      };
    });
  }

  function end(message: string | undefined): void {
    endTicking?.();
    endTicking = undefined;
    store.setState((state) => {
      const { run } = state;
      if (run === undefined) return state;
      const left = run.cases.flatMap(({ id }) => (run.done.has(id) ? [] : [id]));
      const { suite } = run;
      return {
        run: undefined,
        early: left.length > 0 ? { suite, message, done: run.done.size, left } : undefined,
        ...withSuite(state, suite, { milliseconds: state.suites[suite].milliseconds + now() - began }),
      };
    });
  }

  function tick(): void {
    store.setState(({ run, trackTimer }) => {
      if (run === undefined) return {};
      const elapsed = now() - began;
      return {
        run: {
          ...run,
          elapsed,
          remaining: remaining({ ...run, elapsed, concurrency: CONCURRENCY, trackTimer }),
        },
      };
    });
  }

  return {
    store,
    enter() {
      const { listing } = store.getState();
      if (listing === 'asked' || listing === 'there') return;
      store.setState({ listing: 'asked' });
      worker.list();
    },
    show: (suite) => store.setState({ suite, open: undefined, filter: NO_FILTER }),
    filter: (change) => store.setState(({ filter }) => ({ filter: { ...filter, ...change } })),
    open: (open) => store.setState({ open }),
    setTrackTimer: (trackTimer) => store.setState({ trackTimer }),
    run(ids) {
      const state = store.getState();
      const { suite, trackTimer } = state;
      const wanted = new Set(ids);
      const cases = suiteShown(state).cases.filter(({ id }) => wanted.has(id));
      if (state.run !== undefined || cases.length === 0) return;
      const { url, access } = target();
      const subject = suite === 'peers' ? OWN_PEERS : url;
      const before = suiteShown(state);
      began = now();
      store.setState({
        run: {
          suite,
          cases,
          running: new Set(),
          done: new Set(),
          elapsed: 0,
          remaining: undefined,
          cancelling: false,
        },
        early: undefined,
        // What was found about another tracker is not true of this one.
        ...withSuite(
          state,
          suite,
          before.subject === subject
            ? {}
            : { subject, judged: new Map(), started: new Date(today()).toISOString(), milliseconds: 0 },
        ),
      });
      endTicking = every(TICK, tick);
      worker.run({
        suite,
        ids: cases.map(({ id }) => id),
        url,
        access,
        trackTimer,
        concurrency: CONCURRENCY,
      });
    },
    cancel() {
      store.setState(({ run }) => ({ run: run && { ...run, cancelling: true } }));
      worker.cancel();
    },
    report: (form) => reportFile(suiteShown(store.getState()), store.getState().tool, form),
  };
}

/** The exchanges of a case, for the inspector. */
export const recordsOf = ({ info, exchanges, meanings }: JudgedCase): readonly RecordedExchange[] =>
  exchanges.flatMap((exchange, place) => {
    const meaning = meanings[place];
    return meaning === undefined ? [] : [recordOfCase(exchange, meaning, place, info.edition)];
  });
