/** Shell around the conformance runner: which cases to run in, results out as they come. */
import manifest from '../../package.json' with { type: 'json' };
import type { Case, CaseInfo, CaseResult, Clock } from '../conformance/case.ts';
import { createTrackerBench } from '../conformance/http-tracker-bench.ts';
import { PEER_CASES } from '../conformance/peers/index.ts';
import { runPeers } from '../conformance/run-peers.ts';
import { runCases } from '../conformance/run.ts';
import type { Recorder } from '../conformance/run.ts';
import { TRACKER_CASES } from '../conformance/trackers/index.ts';
import { WoundClock } from '../conformance/wound-clock.ts';
import { meaningOf } from '../recording/meaning.ts';
import { requestOf, resultOf } from '../recording/witnessed.ts';
import { ownPeers, PATIENCE } from './conformance/own-peers.ts';
import { lineTo } from './line-to-tracker.ts';
import type { ConformanceCommand, ConformanceReport, ConformanceRun, ListedCase } from './messages.ts';

/** Milliseconds an answer may take. */
const TIMEOUT = 5000;
/** Milliseconds a case may take beyond what it says it takes, as on the command line. */
const LIMIT = 30_000 + TIMEOUT;
/** The same for peers, on a clock that leaps: no case is to end by it. */
const PEER_LIMIT = 3_600_000;
/** Milliseconds between two signs of life. */
const ALIVE = 1000;

const CLOCK: Clock = {
  now: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

const tell = (report: ConformanceReport): void => self.postMessage(report);
let cancel: AbortController | undefined;

function listed({ run: _run, ...info }: Case<never>): ListedCase {
  return info;
}

function tellJudged(result: CaseResult): void {
  const meanings = result.exchanges.map((exchange) => meaningOf(requestOf(exchange), resultOf(exchange)));
  tell({ kind: 'judged', judged: { ...result, meanings } });
}

/** Those that the run names, each of which says when it begins. */
function chosen<Bench>(cases: readonly Case<Bench>[], { ids }: ConformanceRun): readonly Case<Bench>[] {
  const wanted = new Set(ids);
  return cases
    .filter(({ id }) => wanted.has(id))
    .map((one) => ({
      ...one,
      run: (bench) => {
        tell({ kind: 'began', id: one.id });
        return one.run(bench);
      },
    }));
}

async function runTrackers(run: ConformanceRun, signal: AbortSignal): Promise<void> {
  const { url, access, trackTimer, concurrency } = run;
  // Names that no other run uses, so that a tracker in service is not disturbed.
  const name = `c${crypto.getRandomValues(new Uint32Array(1)).join('')}`;
  const target = { url, transport: lineTo(access), clock: CLOCK, run: name, trackTimer, timeout: TIMEOUT };
  const benchFor = ({ edition }: CaseInfo, index: number, record: Recorder) =>
    createTrackerBench(target, edition, index, record);
  const options = { clock: CLOCK, benchFor, concurrency, limit: LIMIT, trackTimer, signal };
  for await (const result of runCases(chosen(TRACKER_CASES, run), options)) tellJudged(result);
}

/** Each message goes to a task of its own, and none waits as timers do. */
function macrotask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

function runOwnPeers(run: ConformanceRun, signal: AbortSignal): Promise<void> {
  const clock = new WoundClock({ pause: macrotask });
  const cases = chosen(PEER_CASES, run);
  return clock.until(
    new Promise<void>((resolve, reject) => {
      const source = ownPeers(clock, reject);
      const options = {
        source,
        clock,
        patience: PATIENCE,
        concurrency: run.concurrency,
        limit: PEER_LIMIT,
        signal,
      };
      const work = async (): Promise<void> => {
        for await (const result of runPeers(cases, options)) tellJudged(result);
      };
      work().then(resolve, reject);
    }),
  );
}

async function begin(run: ConformanceRun): Promise<void> {
  cancel = new AbortController();
  const alive = setInterval(() => tell({ kind: 'alive' }), ALIVE);
  try {
    await (run.suite === 'peers' ? runOwnPeers : runTrackers)(run, cancel.signal);
    tell({ kind: 'ended' });
  } catch (cause) {
    tell({ kind: 'fault', message: cause instanceof Error ? cause.message : String(cause) });
  } finally {
    clearInterval(alive);
  }
}

self.onmessage = ({ data }: MessageEvent<ConformanceCommand>) => {
  switch (data.kind) {
    case 'list':
      return tell({
        kind: 'cases',
        cases: { trackers: TRACKER_CASES.map(listed), peers: PEER_CASES.map(listed) },
        tool: `swarmscope ${manifest.version}`,
      });
    case 'run':
      return void begin(data.run);
    case 'cancel':
      return cancel?.abort();
    default:
      data satisfies never;
  }
};
