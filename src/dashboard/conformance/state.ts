/** What the page knows of the conformance suite: its cases, what came of each, and the run that is on. */
import type { EditionId } from '../../protocol/message.ts';
import type { JudgedCase, Level, ListedCase, SuiteName } from '../../workers/messages.ts';

export type {
  CaseInfo,
  CaseVerdict,
  JudgedCase,
  Level,
  ListedCase,
  SuiteName,
} from '../../workers/messages.ts';

/** As it is shown: a MUST that fails is not the same as a SHOULD that does. */
export const STANDINGS = ['fails', 'falls short', 'fault', 'open', 'skipped', 'passes', 'not run'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface CaseFilter {
  readonly edition: EditionId | undefined;
  /** `ours`: a SHOULD of this project's making. */
  readonly level: Level | 'ours' | undefined;
  readonly standing: Standing | undefined;
  /** As cited: `RFC 7846 §4.1.1`. */
  readonly section: string | undefined;
  /** With a `*`: a glob of ids. Otherwise looked for in id, section and requirement. */
  readonly text: string;
}

export const NO_FILTER: CaseFilter = {
  edition: undefined,
  level: undefined,
  standing: undefined,
  section: undefined,
  text: '',
};

export interface SuiteState {
  readonly cases: readonly ListedCase[];
  /** By case id; those of earlier runs stay until they are run again. */
  readonly judged: ReadonlyMap<string, JudgedCase>;
  /** What was tested: the tracker's URL. */
  readonly subject: string | undefined;
  /** When the first of the runs began, ISO 8601 in UTC. */
  readonly started: string | undefined;
  /** Of all runs together. */
  readonly milliseconds: number;
}

const NO_SUITE: SuiteState = {
  cases: [],
  judged: new Map(),
  subject: undefined,
  started: undefined,
  milliseconds: 0,
};

export interface RunUnderWay {
  readonly suite: SuiteName;
  readonly cases: readonly ListedCase[];
  /** Ids of those that have begun and not ended. */
  readonly running: ReadonlySet<string>;
  /** Ids of those that have ended in this run. */
  readonly done: ReadonlySet<string>;
  /** Milliseconds since it began, and still to go as far as can be told. */
  readonly elapsed: number;
  readonly remaining: number | undefined;
  readonly cancelling: boolean;
}

/** Why the latest run did not come to its end, and what it left. */
export interface EarlyEnd {
  readonly suite: SuiteName;
  /** `undefined`: it was cancelled. */
  readonly message: string | undefined;
  readonly done: number;
  readonly left: readonly string[];
}

export interface ConformanceState {
  readonly listing: 'not asked' | 'asked' | 'there' | { readonly failure: string };
  readonly suite: SuiteName;
  readonly suites: Readonly<Record<SuiteName, SuiteState>>;
  readonly filter: CaseFilter;
  /** Id of the case whose details are shown. */
  readonly open: string | undefined;
  /** Seconds; `undefined`: not known, and what needs it is skipped. */
  readonly trackTimer: number | undefined;
  readonly run: RunUnderWay | undefined;
  readonly early: EarlyEnd | undefined;
  /** `swarmscope 1.2.3`. */
  readonly tool: string;
}

export const CONFORMANCE_AT_FIRST: ConformanceState = {
  listing: 'not asked',
  suite: 'trackers',
  suites: { trackers: NO_SUITE, peers: NO_SUITE },
  filter: NO_FILTER,
  open: undefined,
  trackTimer: undefined,
  run: undefined,
  early: undefined,
  tool: 'swarmscope',
};

export function standingOf(judged: Pick<JudgedCase, 'info' | 'verdict'> | undefined): Standing {
  const verdict = judged?.verdict.verdict;
  switch (verdict) {
    case undefined:
      return 'not run';
    case 'pass':
      return 'passes';
    case 'fail':
      return judged?.info.level === 'MUST' ? 'fails' : 'falls short';
    case 'inconclusive':
      return 'open';
    case 'skipped':
    case 'fault':
      return verdict;
    default:
      return verdict satisfies never;
  }
}

export const suiteShown = ({ suites, suite }: ConformanceState): SuiteState => suites[suite];

export const withSuite = (
  { suites }: ConformanceState,
  name: SuiteName,
  change: Partial<SuiteState>,
): Pick<ConformanceState, 'suites'> => ({ suites: { ...suites, [name]: { ...suites[name], ...change } } });
