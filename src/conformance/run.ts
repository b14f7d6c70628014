/** Runs cases, some at a time, and tells what came of each as it comes. */
import type { EditionId } from '../protocol/message.ts';
import { Stop } from './case.ts';
import type { Case, CaseInfo, CaseResult, Clock, Exchange, Level, Verdict } from './case.ts';

export interface Selection {
  /** Globs of ids, `*` standing for any text: at least one has to fit. */
  readonly only?: readonly string[];
  /** As cited, or a part of it: `4.1.1`, `RFC 7846 §4.1.1`. `4.1` takes in 4.1.1. */
  readonly section?: string;
  readonly level?: Level;
  readonly edition?: EditionId;
}

/** What the runner needs of an AbortSignal. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Where a case's exchanges go; `false` once the case is over, or the run cancelled: nothing more is to be sent. */
export type Recorder = (exchange: Exchange) => boolean;

export interface RunOptions<Bench> {
  readonly clock: Clock;
  /** A bench of its own for every case; `index` is its place in the run. */
  readonly benchFor: (info: CaseInfo, index: number, record: Recorder) => Bench;
  /** Cases under way at once, at least 1. */
  readonly concurrency: number;
  /** Milliseconds a case may take, beyond what it says it takes by itself. */
  readonly limit: number;
  /** Seconds, when known. */
  readonly trackTimer?: number | undefined;
  readonly signal?: CancelSignal | undefined;
}

/** Those of `cases` that `selection` takes in, in their order. */
export function select<Bench>(
  cases: readonly Case<Bench>[],
  { only, section, level, edition }: Selection,
): readonly Case<Bench>[] {
  const globs = only?.map(globOf);
  return cases.filter(
    (one) =>
      (globs === undefined || globs.some((glob) => glob.test(one.id))) &&
      (section === undefined || inSection(one.section, section)) &&
      (level === undefined || one.level === level) &&
      (edition === undefined || one.edition === edition),
  );
}

const escaped = (text: string): string => text.replace(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`);

/** `*` stands for any text, and all else for itself. */
export const globOf = (glob: string): RegExp =>
  new RegExp(`^${escaped(glob).replaceAll(/\*+/g, '.*')}$`, 'u');

/** Whole numbers only: `4.1` is in `§4.1.1`, and not in `§4.10` or `§14.1`. */
const inSection = (cited: string, asked: string): boolean =>
  new RegExp(`(?<![\\w.])${escaped(asked.replace(/^§/, ''))}(?!\\w)`, 'iu').test(cited);

/**
 * Ends early when `signal` fires: cases under way are then let go, and yield no result. Results come in the
 * order in which cases end.
 */
export async function* runCases<Bench>(
  cases: readonly Case<Bench>[],
  options: RunOptions<Bench>,
): AsyncGenerator<CaseResult, void, void> {
  const { signal, concurrency } = options;
  // The longest first, so that none of them stands alone at the end.
  const waiting = [...cases.entries()].sort(
    ([i, a], [j, b]) => takes(a, options) - takes(b, options) || j - i,
  );
  const running = new Map<number, Promise<readonly [number, CaseResult]>>();
  let cancel: (() => void) | undefined;
  const cancelled = new Promise<undefined>((resolve) => {
    cancel = () => resolve(undefined);
    signal?.addEventListener('abort', cancel);
  });
  try {
    for (;;) {
      if (signal?.aborted === true) return;
      while (running.size < Math.max(1, concurrency)) {
        const next = waiting.pop();
        if (next === undefined) break;
        const [index, one] = next;
        running.set(
          index,
          runCase(one, index, options).then((result) => [index, result] as const),
        );
      }
      if (running.size === 0) return;
      const ended = await Promise.race([cancelled, ...running.values()]);
      if (ended === undefined) return;
      running.delete(ended[0]);
      yield ended[1];
    }
  } finally {
    if (cancel) signal?.removeEventListener('abort', cancel);
  }
}

/** Seconds that a case with track timers in it may take beside them. */
const TIMER_MARGIN = 10;

/** Milliseconds that a case takes by itself. */
function takes(
  { takes }: Pick<Case<never>, 'takes'>,
  { trackTimer = 0 }: Pick<RunOptions<never>, 'trackTimer'>,
): number {
  if (takes === undefined) return 0;
  return 1000 * ('seconds' in takes ? takes.seconds : takes.trackTimers * trackTimer + TIMER_MARGIN);
}

/** Never rejects. */
async function runCase<Bench>(
  one: Case<Bench>,
  index: number,
  options: RunOptions<Bench>,
): Promise<CaseResult> {
  const { clock, benchFor, signal } = options;
  const { run, takes: _takes, ...info } = one;
  const start = clock.now();
  const limit = options.limit + takes(one, options);
  const recorded: Exchange[] = [];
  let over = false;
  let callOff: (() => void) | undefined;
  const timeUp = new Promise<Verdict>((resolve) => {
    const why = `it did not come to its end within ${limit / 1000} s`;
    callOff = clock.after(limit, () => resolve({ verdict: 'inconclusive', why }));
  });
  const record: Recorder = (exchange) => {
    if (over || signal?.aborted === true) return false;
    recorded.push(exchange);
    return true;
  };
  const attempt = async (): Promise<Verdict> => {
    try {
      await run(benchFor(info, index, record));
      return { verdict: 'pass' };
    } catch (thrown) {
      if (thrown instanceof Stop) return thrown.verdict;
      return {
        verdict: 'fault',
        why: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
      };
    }
  };
  const verdict = await Promise.race([attempt(), timeUp]);
  over = true;
  callOff?.();
  const exchanges = recorded.sort((a, b) => a.at - b.at);
  return { info, verdict, exchanges, milliseconds: clock.now() - start };
}

/** Results by verdict, and how many of the failed ones are a MUST. */
export interface Counts {
  readonly pass: number;
  readonly fail: number;
  readonly skipped: number;
  readonly inconclusive: number;
  readonly fault: number;
  readonly failedMusts: number;
}

export function count(results: readonly CaseResult[]): Counts {
  const counts = { pass: 0, fail: 0, skipped: 0, inconclusive: 0, fault: 0, failedMusts: 0 };
  for (const { info, verdict } of results) {
    counts[verdict.verdict]++;
    if (verdict.verdict === 'fail' && info.level === 'MUST') counts.failedMusts++;
  }
  return counts;
}
