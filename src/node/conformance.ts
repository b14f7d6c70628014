/** `swarmscope conformance`: the suite against the tracker at a URL, with progress and reports. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { CaseInfo, CaseResult, Clock, Level } from '../conformance/case.ts';
import { createTrackerBench } from '../conformance/http-tracker-bench.ts';
import type { TrackerTarget } from '../conformance/http-tracker-bench.ts';
import { htmlReport } from '../conformance/reports/html.ts';
import { jsonReport } from '../conformance/reports/json.ts';
import { junitReport } from '../conformance/reports/junit.ts';
import type { RunReport } from '../conformance/reports/report.ts';
import { count, runCases, select } from '../conformance/run.ts';
import type { CancelSignal, Selection } from '../conformance/run.ts';
import type { TrackerCase } from '../conformance/tracker-bench.ts';
import { TRACKER_CASES } from '../conformance/trackers/index.ts';
import type { EditionId, PeerMode } from '../protocol/message.ts';
import { authenticated } from '../transport/authentication.ts';
import type { Credentials } from '../transport/authentication.ts';
import { createFetchTransport } from '../transport/fetch-transport.ts';
import { cnonce, loadCredentials } from './client-credentials.ts';
import type { CredentialsFile } from './client-credentials.ts';
import { reachProblem, socketHttp } from './conformance-socket.ts';
import { StartError } from './start-error.ts';

export interface ConformanceOptions {
  /** `http:` or `https:`; not needed with `list`. */
  readonly url: URL | undefined;
  readonly edition: EditionId | undefined;
  readonly only: readonly string[] | undefined;
  readonly section: string | undefined;
  readonly level: Level | undefined;
  /** Seconds. */
  readonly trackTimer: number | undefined;
  /** Seconds an answer may take. */
  readonly timeout: number;
  /** Cases at once. */
  readonly concurrency: number;
  /** Files to write. */
  readonly junit: string | undefined;
  readonly json: string | undefined;
  readonly html: string | undefined;
  /** Prints the cases, and runs none. */
  readonly list: boolean;
  /** Who asks the tracker; nobody in particular when left out. */
  readonly auth?: CredentialsFile | undefined;
  /** Peers are tested, and the suite is the tracker. */
  readonly peers?: PeerOptions | undefined;
}

export interface PeerOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** What the peer joins as. */
  readonly mode: PeerMode;
  /** Seconds a peer may take until its next request: more than its report interval. */
  readonly patience: number;
  /** Tests our own peers, which it starts, instead of waiting for somebody else's. */
  readonly own: boolean;
}

export interface ConformanceOutput {
  readonly print: (line: string) => void;
  /** `swarmscope 1.2.3`. */
  readonly tool: string;
  /** Fires when the run is to end early. */
  readonly signal?: CancelSignal | undefined;
}

/** What was asked for makes no sense. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';
}

export const CLOCK: Clock = {
  now: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Milliseconds a case may take beyond what it says it takes, and one answer that never comes. */
const CASE_LIMIT = 30_000;

export const FETCH = createFetchTransport<AbortSignal>({
  fetch: (url, options) => fetch(url, options),
  deadline(milliseconds) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), milliseconds);
    return {
      signal: controller.signal,
      expired: () => controller.signal.aborted,
      clear: () => clearTimeout(timer),
    };
  },
  now: () => performance.now(),
});

/**
 * The exit code: 0 when no MUST fails, 1 otherwise, and 1 as well when a case was at fault itself or the run ended early.
 * @throws {SelectionError} When no case is chosen. @throws {StartError} When nobody is there, or a report cannot be written.
 */
export async function runConformance(
  options: ConformanceOptions,
  output: ConformanceOutput,
): Promise<number> {
  const chosen = select(TRACKER_CASES, selectionOf(options));
  if (chosen.length === 0)
    throw new SelectionError('No case is of that edition, section, level and name (--list shows them all).');
  if (options.list || options.url === undefined) {
    for (const one of chosen) output.print(listed(one));
    return 0;
  }
  const { url, auth } = options;
  const credentials = auth && loadCredentials(auth, '--auth');
  const problem = await reachProblem(url, options.timeout * 1000);
  if (problem !== undefined) throw new StartError(`Nobody can be reached at ${url.href}: ${problem}`);

  const started = new Date().toISOString();
  const start = CLOCK.now();
  const results = await runAll(chosen, targetOf(url, options, credentials), options, output);
  return conclude(chosen, results, options, output, { subject: url.href, started, start });
}

/** Writes the reports and the last line, and gives the exit code. @throws {StartError} When a report cannot be written. */
export function conclude(
  chosen: readonly CaseInfo[],
  results: CaseResult[],
  options: ConformanceOptions,
  { print, tool }: ConformanceOutput,
  { subject, started, start }: { readonly subject: string; readonly started: string; readonly start: number },
): number {
  const order = new Map(chosen.map(({ id }, i) => [id, i]));
  results.sort((a, b) => (order.get(a.info.id) ?? 0) - (order.get(b.info.id) ?? 0));
  writeReports(options, { subject, tool, started, milliseconds: CLOCK.now() - start, results });
  print(summary(results, chosen.length));
  const { failedMusts, fault } = count(results);
  return failedMusts === 0 && fault === 0 && results.length === chosen.length ? 0 : 1;
}

export function selectionOf({ edition, only, section, level }: ConformanceOptions): Selection {
  return {
    ...(edition !== undefined && { edition }),
    ...(only !== undefined && { only }),
    ...(section !== undefined && { section }),
    ...(level !== undefined && { level }),
  };
}

const targetOf = (
  url: URL,
  { trackTimer, timeout }: ConformanceOptions,
  credentials: Credentials | undefined,
): TrackerTarget => ({
  url: url.href,
  transport: credentials === undefined ? FETCH : authenticated(FETCH, credentials, cnonce),
  // What it sends it shows, headers and all: no credentials go that way, and without them it would test the gate.
  rawHttp: credentials === undefined ? socketHttp(url) : undefined,
  clock: CLOCK,
  run: `c${randomBytes(4).toString('hex')}`,
  trackTimer,
  timeout: timeout * 1000,
});

async function runAll(
  chosen: readonly TrackerCase[],
  target: TrackerTarget,
  { concurrency, trackTimer, timeout }: ConformanceOptions,
  { print, signal }: ConformanceOutput,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const run = runCases(chosen, {
    clock: CLOCK,
    benchFor: (info, index, record) => createTrackerBench(target, info.edition, index, record),
    concurrency,
    limit: CASE_LIMIT + timeout * 1000,
    trackTimer,
    signal,
  });
  for await (const result of run) {
    results.push(result);
    for (const line of progress(result, results.length, chosen.length)) print(line);
  }
  return results;
}

export const listed = ({ id, level, ours, section, requirement }: CaseInfo): string =>
  `${id}  ${ours === true ? 'SHOULD (ours)' : level}  ${section}\n    ${requirement}`;

const WORDS = {
  pass: 'pass',
  fail: 'FAIL',
  skipped: 'skip',
  inconclusive: 'open',
  fault: 'BUG ',
} as const;

export function progress({ info, verdict }: CaseResult, done: number, all: number): readonly string[] {
  const number = String(done).padStart(String(all).length);
  const word = verdict.verdict === 'fail' && info.level === 'SHOULD' ? 'warn' : WORDS[verdict.verdict];
  const line = `${number}/${all}  ${word}  ${info.id}`;
  switch (verdict.verdict) {
    case 'pass':
      return [line];
    case 'fail':
      return [
        line,
        `    ${info.level}, ${info.section}: ${info.requirement}`,
        `    expected: ${verdict.expected}`,
        `    actual:   ${verdict.actual}`,
        `    advice:   ${info.advice}`,
      ];
    default:
      return [`${line}: ${verdict.why}`];
  }
}

function summary(results: readonly CaseResult[], all: number): string {
  const { pass, fail, failedMusts, skipped, inconclusive, fault } = count(results);
  const parts = [
    `${pass} passed`,
    `${fail} failed (${failedMusts} MUST, ${fail - failedMusts} SHOULD)`,
    `${inconclusive} inconclusive`,
    `${skipped} skipped`,
    ...(fault > 0 ? [`${fault} at fault themselves`] : []),
    ...(results.length < all ? [`${all - results.length} not run`] : []),
  ];
  return parts.join(', ');
}

function writeReports({ junit, json, html }: ConformanceOptions, report: RunReport): void {
  const forms = [
    ['--junit', junit, junitReport],
    ['--json', json, jsonReport],
    ['--html', html, htmlReport],
  ] as const;
  for (const [flag, file, write] of forms) {
    if (file === undefined) continue;
    try {
      writeFileSync(file, write(report));
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      throw new StartError(`${flag}: cannot write ${file}: ${problem}`, { cause: error });
    }
  }
}
