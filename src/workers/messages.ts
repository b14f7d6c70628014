/** The only place where what crosses the worker boundary is declared. Types only. */
import type { AnswerTo, Question, QuestionKind } from '../analysis/live/questions.ts';
import type { Case, CaseInfo, CaseResult } from '../conformance/case.ts';
import type { CellResult } from '../conformance/matrix/cell.ts';
import type { MatrixConfig } from '../conformance/matrix/config.ts';
import type { MessageComparison } from '../protocol/compare/compare.ts';
import type { ExplainContext, Explanation } from '../protocol/explain/explanation.ts';
import type { EditionId, Method } from '../protocol/message.ts';
import type { Trouble } from '../recording/columns.ts';
import type { ExchangeFilter } from '../recording/filter.ts';
import type { Hint } from '../recording/hints.ts';
import type { SortColumn } from '../recording/order.ts';
import type { Meaning } from '../recording/meaning.ts';
import type { ImportReport } from '../recording/problem.ts';
import type { Body, RecordedExchange, RecordedMessage, Sender, Verdict } from '../recording/record.ts';
import type { SequenceStep } from '../recording/steps.ts';
import type { ExchangeRow } from '../recording/store.ts';
import type { Populate } from '../simulation/host.ts';
import type { LinkBatch, WatchedPeer } from '../simulation/link-watch.ts';
import type { Observation, ObservedRun } from '../simulation/observation.ts';
import type { Scenario } from '../simulation/scenario/schema.ts';
import type { Exchange, PeerDetail, PeerHandle, PeerPhase, Snapshot } from '../simulation/report.ts';
import type { Credentials } from '../transport/authentication.ts';
import type { MessageForm } from './compose/form.ts';
import type { ComposeGuide } from './compose/guide.ts';
import type { SendPlan, Sent } from './compose/send.ts';
import type { ReadForm, Written } from './compose/write.ts';

export type {
  EdgesAnswer,
  ListFacts,
  ListFilter,
  ListsAnswer,
  ListsAsk,
  ListWindow,
  Looked,
  MatrixAnswer,
  MatrixSide,
  PairAnswer,
  PeerOrder,
  RecentAnswer,
  SeriesAnswer,
  Share,
  SpreadAnswer,
  Who,
} from '../analysis/live/list-questions.ts';
export type { AnswerTo, QuestionKind, Questions } from '../analysis/live/questions.ts';
export type { StatesAnswer, StatesAsk } from '../analysis/live/state-questions.ts';
export type { Step } from '../analysis/live/steps.ts';
export type {
  Availability,
  Churn,
  Counted,
  Grid,
  Progress,
  Range as TimeRange,
  Requests,
  TimeAnswer,
  TimeAsk,
  TimePart,
} from '../analysis/live/time.ts';
export type { SweepRun, SweepTable } from '../analysis/sweep-table.ts';
export type { SeriesRow } from '../analysis/csv.ts';
export type { CaseInfo, CaseResult, Level, Verdict as CaseVerdict } from '../conformance/case.ts';
export type { CellResult, CellVerdict } from '../conformance/matrix/cell.ts';
export type { MatrixConfig } from '../conformance/matrix/config.ts';
export type { MatrixReport } from '../conformance/matrix/report.ts';
export type { RunReport } from '../conformance/reports/report.ts';
export type { MessageComparison } from '../protocol/compare/compare.ts';
export type { FieldChange } from '../protocol/compare/fields.ts';
export type { Hunk } from '../protocol/compare/lines.ts';
export type { ExplainContext, ExplainedNode, Explanation } from '../protocol/explain/explanation.ts';
export type { Trouble } from '../recording/columns.ts';
export type { ExchangeFilter, Range } from '../recording/filter.ts';
export type { Hint } from '../recording/hints.ts';
export type { SortColumn } from '../recording/order.ts';
export type { ImportReport } from '../recording/problem.ts';
export type { Body, RecordedExchange, RecordedMessage, Sender, Verdict } from '../recording/record.ts';
export type { SequenceStep } from '../recording/steps.ts';
export type { ExchangeRow } from '../recording/store.ts';
export type {
  Counters,
  Exchange,
  ExchangeResult,
  HistoryEntry,
  ListedPeer,
  PeerBirth,
  PeerColumns,
  PeerDetail,
  PeerEnd,
  PeerHandle,
  PeerPhase,
  PeerTransition,
  Snapshot,
  TrackerSight,
} from '../simulation/report.ts';
export type { LinkBatch, LinkStep, WatchedPeer } from '../simulation/link-watch.ts';
export type { Problem, ReadScenario } from '../simulation/scenario/read.ts';
export type { RunEdition, Scenario, SwarmSpec } from '../simulation/scenario/schema.ts';
export type { Settings, Way } from '../simulation/scenario/settings.ts';
export type { SweepPlan } from '../simulation/sweep/plan.ts';
export type { Sweep } from '../simulation/sweep/schema.ts';
export type Clock = Scenario['clock'];
export type { Credentials } from '../transport/authentication.ts';
export type { TrackerStats } from '../tracker/api.ts';
export type { DeformationName } from './compose/deform.ts';
export type { FormField, FormProblem, FormRecord, FormValue, MessageForm } from './compose/form.ts';
export type { ComposeGuide, WireWord } from './compose/guide.ts';
export type { SendPlan, Sent } from './compose/send.ts';
export type {
  LabReport,
  ResultFile,
  RunOutcome,
  Speed,
  StepBy,
  VirtualEnd,
  VirtualProgress,
  VirtualReport,
} from './virtual/messages.ts';

/** How the peers' requests reach the tracker, and as whose. */
export interface Access {
  /** URL of the relay that requests go through; undefined: straight to the tracker. */
  readonly relay: string | undefined;
  readonly credentials: Credentials | undefined;
}

/** A worker's share of a run. */
export interface Assignment {
  readonly worker: number;
  readonly workers: number;
  readonly scenario: Scenario;
  /** Makes peer IDs of this run unlike those of any other, so that the tracker never mixes them up. */
  readonly run: string;
  /** Milliseconds the run has lasted at `sentAt`: 0, or more for a worker that replaces a dead one. */
  readonly elapsed: number;
  /** Milliseconds since the epoch, by the machine's clock: what a worker takes to start up counts as run time. */
  readonly sentAt: number;
  readonly populate: Populate;
  readonly access: Access;
  /** First serial number for peer handles: a worker that is started again goes on where the dead one was. */
  readonly firstSerial: number;
}

export type PeerAction = 'leave' | 'crash';

export type PeersCommand =
  | { readonly kind: 'start'; readonly assignment: Assignment }
  /** A line to another worker's peers, for streaming links; the port comes with the message. */
  | { readonly kind: 'connect'; readonly worker: number; readonly port: MessagePort }
  /** Where every exchange is to be told, in batches; the port comes with the message. */
  | { readonly kind: 'record'; readonly port: MessagePort }
  /** Where everything that happens is to be told, as `ObservedBatch`; the port comes with the message. */
  | { readonly kind: 'observe'; readonly port: MessagePort }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** Every peer LEAVEs, then the worker says `stopped`. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'inspect'; readonly peer: PeerHandle | undefined }
  | { readonly kind: 'act'; readonly peer: PeerHandle; readonly action: PeerAction }
  /** What these say to each other is told from now on; none: nothing is. */
  | { readonly kind: 'watch links'; readonly peers: readonly WatchedPeer[] };

export type PeersReport =
  | { readonly kind: 'snapshot'; readonly worker: number; readonly snapshot: Snapshot }
  | { readonly kind: 'detail'; readonly worker: number; readonly detail: PeerDetail }
  | { readonly kind: 'links'; readonly worker: number; readonly batch: LinkBatch }
  | { readonly kind: 'stopped'; readonly worker: number }
  /** A bug of ours that the worker survived. */
  | { readonly kind: 'fault'; readonly worker: number; readonly message: string };

/** What a peer worker tells the recording, eight times a second, whether or not there is anything. */
export interface RecordedBatch {
  /** Milliseconds since the run began. */
  readonly at: number;
  /** Peer IDs since the batch before; each of them before its first exchange. */
  readonly born: readonly string[];
  /** Every exchange that ended since the batch before. */
  readonly exchanges: readonly Exchange[];
}

/** What a source tells whoever watches a run. */
export interface ObservedBatch {
  /** Counts the source's batches. */
  readonly batch: number;
  /** One of each part of a run. */
  readonly observations: readonly Observation[];
}

/** What it hears in return. */
export interface SourceAck {
  /** This batch has been taken in, and all before it. */
  readonly taken: number;
}

export type ObserveCommand =
  /** A new run; sources of the one before are not listened to any more. */
  | { readonly kind: 'run'; readonly run: ObservedRun }
  /**
   * Who tells, as `ObservedBatch`, in the place of one of the same number; the port comes with the message.
   * `awaited`: it will, and others are not told before that; else it may never.
   */
  | {
      readonly kind: 'source';
      readonly source: number;
      readonly port: MessagePort;
      readonly awaited: boolean;
    }
  /** It died, and its peers with it. */
  | { readonly kind: 'lost'; readonly source: number }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  | { readonly kind: 'watch'; readonly id: number; readonly question: Question }
  | { readonly kind: 'unwatch'; readonly id: number }
  /** The page has taken in the latest answer to this one: it may have another. */
  | { readonly kind: 'seen'; readonly id: number };

export type ObserveReport =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: AnswerTo<QuestionKind> }
  /** A bug of ours that the worker survived; `id`: of the question that is not answered. */
  | { readonly kind: 'fault'; readonly id?: number; readonly message: string };

/** A message to be taken apart, as it was recorded. */
export interface MessageToExplain {
  readonly body: Body;
  readonly context: ExplainContext;
  /** Of a response: the request it answers, which some editions' lists cannot be read without. */
  readonly request?: Body;
}

export type ExplainAsk =
  | { readonly kind: 'explain'; readonly message: MessageToExplain }
  | { readonly kind: 'compare'; readonly before: MessageToExplain; readonly after: MessageToExplain }
  | { readonly kind: 'measure'; readonly message: MessageToExplain };
export type ExplainQuestion = ExplainAsk & { readonly id: number };

/** Bytes of a body, as it is and in smaller forms. */
export interface MessageSizes {
  readonly plain: number;
  readonly gzip: number;
  readonly deflate: number;
  /** In our packed form; absent for what is no message. */
  readonly packed?: number;
}

export type ExplainAnswer =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  | { readonly kind: 'compared'; readonly comparison: MessageComparison }
  | { readonly kind: 'measured'; readonly sizes: MessageSizes };
export type ExplainReport =
  | (ExplainAnswer & { readonly id: number })
  /** A bug of ours that the worker survived. */
  | { readonly kind: 'fault'; readonly id: number; readonly message: string };

/** A log of exchanges: 0 is the live one, files have numbers from 1. */
export type LogId = number;

export interface WireSort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** What is shown of a log, and in which order; without `sort`: as it came in. */
export interface WireQuery {
  readonly filter: ExchangeFilter;
  /** Looked for in IDs, which is quick, or in whole exchanges. Empty: nothing is. */
  readonly text: string;
  readonly scope: 'ids' | 'everything';
  readonly sort: WireSort | undefined;
}

type Counted<Word> = readonly (readonly [word: Word, count: number])[];

/** How many exchanges of a log there are of each kind, kinds without any left out. */
export interface WireTally {
  readonly methods: Counted<Method | 'none'>;
  readonly editions: Counted<EditionId | 'none'>;
  readonly verdicts: Counted<Verdict>;
  readonly from: Counted<Sender>;
  readonly troubles: Counted<Trouble>;
  /** The busiest ones. */
  readonly swarms: Counted<string>;
  /** Exchanges with departures from the text. */
  readonly findings: number;
}

export interface WireStatus {
  readonly log: LogId;
  /** Of the latest query. */
  readonly turn: number;
  /** Rows already told stand where they stood as long as it is the same. */
  readonly version: number;
  /** Exchanges held, and how many older ones were let go for want of room. */
  readonly total: number;
  readonly dropped: number;
  /** Those that match, and those of them that are shown; the others wait until the view is no longer held. */
  readonly matching: number;
  readonly shown: number;
  /** While the search goes on: rows searched. */
  readonly search?: { readonly done: number; readonly of: number };
  readonly tally: WireTally;
}

export type WireExport = 'ndjson' | 'har';

/** Rows of a log, a few of them: those that belong to one of them, those that a text is part of, those of exactly that ID. */
export type RowsWanted =
  | { readonly kind: 'related'; readonly row: number }
  | { readonly kind: 'named'; readonly text: string }
  | { readonly kind: 'of ID'; readonly id: string };

export type WireCommand =
  /** A new run: the live log begins anew. `events`: who tells of exchanges with peers of others, as URLs. */
  | {
      readonly kind: 'run';
      readonly swarms: readonly string[];
      readonly trackerUrl: string;
      readonly events: readonly string[];
    }
  /** The peer of others that is told in detail from now on. */
  | { readonly kind: 'watch foreign'; readonly peer: PeerHandle | undefined }
  /** A peer worker's exchanges come through this port, as `RecordedBatch`. */
  | { readonly kind: 'line'; readonly port: MessagePort }
  /** The composer's exchanges come through this port, as `ComposedNews`. */
  | { readonly kind: 'composer'; readonly port: MessagePort }
  /** Where everything that peers of others do is to be told, as `ObservedBatch`; the port comes with the message. */
  | { readonly kind: 'observe'; readonly port: MessagePort }
  | { readonly kind: 'open'; readonly log: LogId; readonly file: File }
  /** Ends its import, and forgets it. */
  | { readonly kind: 'close'; readonly log: LogId }
  /** The status of this log is told from now on. */
  | { readonly kind: 'query'; readonly log: LogId; readonly turn: number; readonly query: WireQuery }
  | { readonly kind: 'hold'; readonly log: LogId; readonly held: boolean }
  | {
      readonly kind: 'rows';
      readonly ask: number;
      readonly log: LogId;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'exchange'; readonly ask: number; readonly log: LogId; readonly row: number }
  | { readonly kind: 'hints'; readonly ask: number; readonly log: LogId }
  /** `from`: the row from which on, as rows are numbered for `exchange`. */
  | {
      readonly kind: 'steps';
      readonly ask: number;
      readonly log: LogId;
      readonly peers: readonly string[];
      readonly from: number;
    }
  /** Peers of the log by a part of their IDs, the newest first. */
  | {
      readonly kind: 'peers';
      readonly ask: number;
      readonly log: LogId;
      readonly text: string;
      readonly most: number;
    }
  | { readonly kind: 'find rows'; readonly ask: number; readonly log: LogId; readonly wanted: RowsWanted }
  | { readonly kind: 'export'; readonly ask: number; readonly log: LogId; readonly format: WireExport }
  | { readonly kind: 'cancel export'; readonly ask: number };

/** How a peer of others went: by its own word, after a track timer of silence, or thrown out by the tracker. */
export type ForeignEnd = 'left' | 'silent' | 'refused';

/** A peer of others in one swarm. */
export interface ForeignStay {
  readonly handle: PeerHandle;
  /** Undefined: in none so far. */
  readonly swarm: string | undefined;
  /** Undefined: it has not said so while anybody listened. */
  readonly mode: 'SEED' | 'LEECH' | undefined;
  /** Milliseconds since the run began. */
  readonly since: number;
  readonly ended: ForeignEnd | undefined;
}

/** One request of a peer of others, and how it ended. */
export interface ForeignPulse {
  readonly peer: PeerHandle;
  readonly swarm: number;
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly outcome: 'ok' | 'error' | 'failed';
}

/**
 * Peers of others, all of them, a row for each of their swarms. Swarms have the scenario's numbers; those that it does
 * not have come after.
 */
export interface ForeignNews extends Pick<Snapshot, 'at' | 'peers' | 'births' | 'ends'> {
  /** Names of the places after the scenario's swarms. */
  readonly swarms: readonly string[];
  /** Peers, however many swarms each is in. */
  readonly count: number;
  /** Exchanges of peers that found no room. */
  readonly omitted: number;
  /** Since the last time. */
  readonly pulses: readonly ForeignPulse[];
}

/** The peer of others that is looked at closely, told anew when it has spoken. */
export interface ForeignDetail {
  readonly peerId: string;
  /** The stay that was selected, and all that it has. */
  readonly stay: ForeignStay;
  readonly stays: readonly ForeignStay[];
  readonly phase: PeerPhase;
  readonly edition: EditionId | undefined;
  /** Where its requests come from. */
  readonly remote: string | undefined;
  /** What it declared when it joined. */
  readonly addresses: readonly string[];
  /** Milliseconds since the run began: its first and its latest exchange. */
  readonly since: number;
  readonly at: number;
  readonly requests: number;
  readonly errors: number;
  /** Departures from the text in all its exchanges. */
  readonly findings: number;
  readonly list: PeerDetail['list'];
  /** The latest ones, the newest first. */
  readonly exchanges: readonly RecordedExchange[];
}

/** How the way to one source of events stands. */
export interface EventsReport {
  readonly url: string;
  readonly state: 'connecting' | 'open' | 'trouble';
  /** With `trouble`: what is wrong and what to do, a sentence each. */
  readonly problem?: string;
  /** Events that were left out: too long, unreadable, or not waited for by the server. */
  readonly missed: number;
}

export interface WireRows {
  readonly turn: number;
  readonly version: number;
  readonly rows: readonly ExchangeRow[];
}

/** What the peers exchanged with the tracker, the latest of it. */
export interface WireSteps {
  readonly steps: readonly SequenceStep[];
  /** Earlier ones that were left out. */
  readonly omitted: number;
  /** The row to ask from next. */
  readonly next: number;
}

export interface Exported {
  /** `undefined`: cancelled. */
  readonly blob: Blob | undefined;
  readonly exchanges: number;
  /** Matching ones whose lines were let go. */
  readonly missing: number;
}

export type WireReport =
  | { readonly kind: 'status'; readonly status: WireStatus }
  | { readonly kind: 'rows'; readonly ask: number; readonly answer: WireRows }
  | { readonly kind: 'exchange'; readonly ask: number; readonly answer: RecordedExchange | undefined }
  | { readonly kind: 'hints'; readonly ask: number; readonly answer: readonly Hint[] }
  | { readonly kind: 'steps'; readonly ask: number; readonly answer: WireSteps }
  | { readonly kind: 'peers'; readonly ask: number; readonly answer: readonly string[] }
  | { readonly kind: 'found rows'; readonly ask: number; readonly answer: readonly ExchangeRow[] }
  | { readonly kind: 'exporting'; readonly ask: number; readonly done: number; readonly of: number }
  | { readonly kind: 'exported'; readonly ask: number; readonly answer: Exported }
  | { readonly kind: 'foreign'; readonly news: ForeignNews }
  | { readonly kind: 'foreign detail'; readonly detail: ForeignDetail }
  | { readonly kind: 'events'; readonly report: EventsReport }
  /** Bytes of the file read so far. */
  | { readonly kind: 'importing'; readonly log: LogId; readonly bytes: number }
  | {
      readonly kind: 'imported';
      readonly log: LogId;
      readonly report: ImportReport;
      readonly hints: readonly Hint[];
      /** Milliseconds it took. */
      readonly took: number;
    }
  /** The file could not be read to its end. */
  | { readonly kind: 'unreadable'; readonly log: LogId; readonly message: string }
  /** A bug of ours that the worker survived. */
  | { readonly kind: 'fault'; readonly message: string };

/** Trackers at a URL, or the peers of this program, which the suite plays the tracker for. */
export type SuiteName = 'trackers' | 'peers';

export interface ListedCase extends CaseInfo {
  readonly takes?: Case<unknown>['takes'];
}

export interface JudgedCase extends CaseResult {
  /** What each exchange's bytes say, in the order of `exchanges`. */
  readonly meanings: readonly Meaning[];
}

export interface ConformanceRun {
  readonly suite: SuiteName;
  /** Of the cases to run. */
  readonly ids: readonly string[];
  /** Of the tracker. */
  readonly url: string;
  readonly access: Access;
  /** Seconds, when known. */
  readonly trackTimer: number | undefined;
  /** Cases under way at once. */
  readonly concurrency: number;
}

export type ConformanceCommand =
  | { readonly kind: 'list' }
  /** One at a time. */
  | { readonly kind: 'run'; readonly run: ConformanceRun }
  | { readonly kind: 'cancel' };

export type ConformanceReport =
  | {
      readonly kind: 'cases';
      readonly cases: Readonly<Record<SuiteName, readonly ListedCase[]>>;
      /** `swarmscope 1.2.3`. */
      readonly tool: string;
    }
  /** While a run is on, each second. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'began'; readonly id: string }
  | { readonly kind: 'judged'; readonly judged: JudgedCase }
  /** To its end, or cancelled. */
  | { readonly kind: 'ended' }
  /** A bug of ours that ended the run. */
  | { readonly kind: 'fault'; readonly message: string };

/** What the composer tells the recording. */
export type ComposedNews =
  /** About to go out: the tracker's events may tell of it before the answer is here. */
  | { readonly kind: 'sending'; readonly request: RecordedMessage }
  | { readonly kind: 'sent'; readonly exchange: RecordedExchange };

export interface SendOrder {
  /** Counts sendings. */
  readonly job: number;
  readonly plan: SendPlan;
  readonly access: Access;
}

export type ComposeAsk =
  | { readonly kind: 'guide' }
  /** What the method asks for at the least; without `peerId`: as a new peer. */
  | {
      readonly kind: 'blank';
      readonly edition: EditionId;
      readonly method: Method;
      readonly peerId: string | undefined;
    }
  | { readonly kind: 'write'; readonly form: MessageForm }
  | { readonly kind: 'read'; readonly body: Body };

export type ComposeCommand =
  | { readonly kind: 'ask'; readonly id: number; readonly ask: ComposeAsk }
  /** Where every exchange is to be told, as `ComposedNews`; the port comes with the message. */
  | { readonly kind: 'record'; readonly port: MessagePort }
  | { readonly kind: 'send'; readonly order: SendOrder }
  | { readonly kind: 'cancel'; readonly job: number };

export type ComposeAnswer =
  | { readonly kind: 'guide'; readonly guide: ComposeGuide }
  | { readonly kind: 'blank'; readonly form: MessageForm }
  | { readonly kind: 'written'; readonly written: Written }
  | { readonly kind: 'read'; readonly read: ReadForm };

export type ComposeReport =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ComposeAnswer }
  /** Requests of a sending that are done, and the latest of them since the last time. */
  | { readonly kind: 'sent'; readonly job: number; readonly done: number; readonly latest: readonly Sent[] }
  /** To its end, or called off. */
  | { readonly kind: 'done'; readonly job: number }
  /** A bug of ours that the worker survived; `id`: of the question that is not answered. */
  | { readonly kind: 'fault'; readonly id?: number; readonly message: string };

/** A matrix to be run off the page. */
export interface MatrixOrder {
  readonly config: MatrixConfig;
  /** The tracker that is configured, and the way to it: others are asked straight, and as nobody in particular. */
  readonly url: string;
  readonly access: Access;
}

export type MatrixCommand =
  { readonly kind: 'run'; readonly order: MatrixOrder } | { readonly kind: 'cancel' };

export type MatrixNews =
  /** `trace`: a recording of ours, empty when nothing was sent. */
  | { readonly kind: 'cell'; readonly result: CellResult; readonly trace: Uint8Array<ArrayBuffer> }
  /** To its end, or cancelled. */
  | { readonly kind: 'ended' }
  /** A bug of ours that ended the run, and the worker with it. */
  | { readonly kind: 'fault'; readonly message: string };
