/**
 * Messages taken apart off the page. A worker of its own, started when first asked: those of the peers come
 * and go with the run, and a message is read after the run as well.
 */
import type {
  ExplainAnswer,
  ExplainAsk,
  ExplainQuestion,
  ExplainReport,
  MessageToExplain,
} from './messages.ts';

/** A bug of ours, or a worker that could not be loaded. */
export interface Fault {
  readonly kind: 'fault';
  readonly message: string;
}
type AnswerOf<Kind extends ExplainAnswer['kind']> = Extract<ExplainAnswer, { readonly kind: Kind }> | Fault;
export type Explained = AnswerOf<'explained'>;

/** None of them ever rejects. */
export interface Explainer {
  explain(message: MessageToExplain): Promise<Explained>;
  compare(before: MessageToExplain, after: MessageToExplain): Promise<AnswerOf<'compared'>>;
  measure(message: MessageToExplain): Promise<AnswerOf<'measured'>>;
}

export function createExplainer(): Explainer {
  const waiting = new Map<number, (answer: ExplainAnswer | Fault) => void>();
  let worker: Worker | undefined;
  let asked = 0;

  function settle(id: number, answer: ExplainAnswer | Fault): void {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  }

  function start(): Worker {
    const started = new Worker(new URL('./explain.worker.ts', import.meta.url), {
      type: 'module',
      name: 'explain',
    });
    started.onmessage = ({ data }: MessageEvent<ExplainReport>) => settle(data.id, data);
    started.onerror = ({ message }) => {
      // The next question starts another one.
      started.terminate();
      worker = undefined;
      for (const id of [...waiting.keys()])
        settle(id, {
          kind: 'fault',
          message: message || 'The worker that reads messages could not be loaded.',
        });
    };
    return started;
  }

  /** The worker answers with the kind that belongs to the question. */
  function ask<Kind extends ExplainAnswer['kind']>(
    _kind: Kind,
    question: ExplainAsk,
  ): Promise<AnswerOf<Kind>> {
    worker ??= start();
    const id = asked++;
    worker.postMessage({ ...question, id } satisfies ExplainQuestion);
    return new Promise((resolve) => waiting.set(id, (answer) => resolve(answer as AnswerOf<Kind>)));
  }

  return {
    explain: (message) => ask('explained', { kind: 'explain', message }),
    compare: (before, after) => ask('compared', { kind: 'compare', before, after }),
    measure: (message) => ask('measured', { kind: 'measure', message }),
  };
}
