/** What the views of time, of peer lists and of states ask about the run that is on. */
import { createObserving } from '../workers/client.ts';
import type { AnswerTo, QuestionKind, Questions, Scenario } from '../workers/messages.ts';

export type {
  Availability,
  Churn,
  Counted,
  Grid,
  Progress,
  Requests,
  TimeAnswer,
  TimeAsk,
  TimePart,
  TimeRange,
} from '../workers/messages.ts';

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
} from '../workers/messages.ts';

export interface ObservedDesk {
  /** Answers from now on, at once and then whenever there is news, at most four times a second; returns the end of it. */
  watch<Kind extends QuestionKind>(
    kind: Kind,
    ask: Questions[Kind]['ask'],
    listener: (answer: AnswerTo<Kind>) => void,
  ): () => void;
  /** Rejects when it cannot be answered. */
  once<Kind extends QuestionKind>(kind: Kind, ask: Questions[Kind]['ask']): Promise<AnswerTo<Kind>>;
}

/** What the session does with it. */
export interface ObservedSession extends ObservedDesk {
  begin(scenario: Scenario): void;
  /** Who tells of the run. `awaited`: others are not told before it has begun. */
  source(source: number, port: MessagePort, awaited: boolean): void;
  lost(source: number): void;
  /** There is something to be seen, and time for other things than that. */
  seen(): void;
}

/** Milliseconds after which time is taken for it where there never is any. */
const PATIENCE = 2000;

export function createObservedDesk(fault: (message: string) => void): ObservedSession {
  const observing = createObserving(fault);
  let begun = false;
  return {
    watch: (kind, ask, listener) => observing.watch(kind, ask, listener),
    once: (kind, ask) => observing.once(kind, ask),
    begin({ seed, swarms }) {
      observing.run({ seed, swarms: swarms.map(({ id, kind, chunks }) => ({ id, kind, chunks })) });
    },
    source: (source, port, awaited) => observing.source(source, port, awaited),
    lost: (source) => observing.lost(source),
    seen() {
      if (begun) return;
      begun = true;
      whenIdle(() => observing.start());
    },
  };
}

/** Not every browser tells when it has nothing to do. */
function whenIdle(call: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(call, { timeout: PATIENCE });
  else setTimeout(call, PATIENCE);
}
