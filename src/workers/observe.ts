/**
 * The page's way to the worker that watches a run. Sources may begin to tell before it is started: what they say waits in
 * their ports, and what does not fit there with themselves.
 */
import type { AnswerTo, Question, QuestionKind, Questions } from '../analysis/live/questions.ts';
import type { ObservedRun } from '../simulation/observation.ts';
import type { ObserveCommand, ObserveReport } from './messages.ts';

type Hear = (answer: AnswerTo<QuestionKind>) => void;

export interface Observing {
  /** Starts the worker, if it has not been. */
  start(): void;
  /** A new run: everything known before is void, and its sources are not listened to any more. */
  run(run: ObservedRun): void;
  /**
   * Who tells of the run, through this port; in the place of a source of the same number that is gone. `awaited`: others
   * are not told before it has begun.
   */
  source(source: number, port: MessagePort, awaited: boolean): void;
  /** The source died, and its peers with it. */
  lost(source: number): void;
  /** Rejects when it cannot be answered. */
  once<Kind extends QuestionKind>(kind: Kind, ask: Questions[Kind]['ask']): Promise<AnswerTo<Kind>>;
  watch<Kind extends QuestionKind>(
    kind: Kind,
    ask: Questions[Kind]['ask'],
    listener: (answer: AnswerTo<Kind>) => void,
  ): () => void;
}

export function createObserving(fault: (message: string) => void): Observing {
  /** Said of the run before the worker is there to hear it. */
  let early: { readonly command: ObserveCommand; readonly transfer: Transferable[] }[] = [];
  let worker: Worker | undefined;
  let asked = 0;
  const waiting = new Map<number, { readonly resolve: Hear; readonly reject: (cause: Error) => void }>();
  const watching = new Map<number, Hear>();

  function tell(command: ObserveCommand, transfer: Transferable[] = []): void {
    if (worker === undefined) early.push({ command, transfer });
    else worker.postMessage(command, transfer);
  }

  function hear(report: ObserveReport): void {
    if (report.kind === 'fault') {
      if (report.id !== undefined) {
        waiting.get(report.id)?.reject(new Error(report.message));
        waiting.delete(report.id);
      }
      return fault(report.message);
    }
    const { id, answer } = report;
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
    const listener = watching.get(id);
    if (listener === undefined) return;
    try {
      listener(answer);
    } finally {
      tell({ kind: 'seen', id });
    }
  }

  function start(): void {
    if (worker !== undefined) return;
    worker = new Worker(new URL('./observe.worker.ts', import.meta.url), { type: 'module', name: 'observe' });
    worker.onmessage = ({ data }: MessageEvent<ObserveReport>) => hear(data);
    worker.onerror = ({ message }) => {
      const cause = message || 'The worker that watches the run could not be loaded.';
      for (const { reject } of waiting.values()) reject(new Error(cause));
      waiting.clear();
      fault(cause);
    };
    for (const { command, transfer } of early) worker.postMessage(command, transfer);
    early = [];
  }

  /** The kind says which answer comes. */
  const asQuestion = (kind: QuestionKind, ask: unknown): Question => ({ kind, ask }) as Question;

  return {
    start,
    run(run) {
      early = [];
      tell({ kind: 'run', run });
    },
    source: (source, port, awaited) => tell({ kind: 'source', source, port, awaited }, [port]),
    lost: (source) => tell({ kind: 'lost', source }),
    once<Kind extends QuestionKind>(kind: Kind, ask: Questions[Kind]['ask']) {
      start();
      const id = asked++;
      tell({ kind: 'ask', id, question: asQuestion(kind, ask) });
      return new Promise<AnswerTo<Kind>>((resolve, reject) => {
        waiting.set(id, { resolve: (answer) => resolve(answer), reject });
      });
    },
    watch<Kind extends QuestionKind>(
      kind: Kind,
      ask: Questions[Kind]['ask'],
      listener: (answer: AnswerTo<Kind>) => void,
    ) {
      start();
      const id = asked++;
      watching.set(id, (answer) => listener(answer));
      tell({ kind: 'watch', id, question: asQuestion(kind, ask) });
      return () => {
        watching.delete(id);
        tell({ kind: 'unwatch', id });
      };
    },
  };
}
