/** The page's way to the composer's worker: started when first asked, and again when it could not be loaded. */
import type { ComposeAnswer, ComposeAsk, ComposeCommand, ComposeReport, SendOrder } from './messages.ts';

export type ComposeNews =
  | Extract<ComposeReport, { readonly kind: 'sent' | 'done' }>
  /** A bug of ours, or a worker that could not be loaded. */
  | { readonly kind: 'fault'; readonly message: string };

type AnswerOf<Kind extends ComposeAsk['kind']> = Extract<
  ComposeAnswer,
  { readonly kind: (typeof ANSWERS)[Kind] }
>;

/** What each question is answered with. */
const ANSWERS = { guide: 'guide', blank: 'blank', write: 'written', read: 'read' } as const satisfies Record<
  ComposeAsk['kind'],
  ComposeAnswer['kind']
>;

export interface Composer {
  /** Never rejects; `undefined` when the worker is gone, which the listener is told. */
  ask<Kind extends ComposeAsk['kind']>(
    ask: Extract<ComposeAsk, { readonly kind: Kind }>,
  ): Promise<AnswerOf<Kind> | undefined>;
  send(order: SendOrder): void;
  cancel(job: number): void;
}

/** `onRecord`: takes the end of a line through which every exchange is told, as `ComposedNews`. */
export function createComposer(
  listener: (news: ComposeNews) => void,
  onRecord: (port: MessagePort) => void,
): Composer {
  const waiting = new Map<number, (answer: ComposeAnswer | undefined) => void>();
  let worker: Worker | undefined;
  let asked = 0;

  function settle(id: number, answer: ComposeAnswer | undefined): void {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  }

  function hear(report: ComposeReport): void {
    switch (report.kind) {
      case 'answer':
        return settle(report.id, report.answer);
      case 'fault':
        if (report.id !== undefined) settle(report.id, undefined);
        return listener(report);
      default:
        return listener(report);
    }
  }

  function start(): Worker {
    const started = new Worker(new URL('./compose.worker.ts', import.meta.url), {
      type: 'module',
      name: 'compose',
    });
    started.onmessage = ({ data }: MessageEvent<ComposeReport>) => hear(data);
    started.onerror = ({ message }) => {
      // The next question starts another one.
      started.terminate();
      worker = undefined;
      for (const id of [...waiting.keys()]) settle(id, undefined);
      listener({ kind: 'fault', message: message || 'The worker of the composer could not be loaded.' });
    };
    const { port1, port2 } = new MessageChannel();
    started.postMessage({ kind: 'record', port: port1 } satisfies ComposeCommand, [port1]);
    onRecord(port2);
    return started;
  }

  function tell(command: ComposeCommand): void {
    worker ??= start();
    worker.postMessage(command);
  }

  return {
    /** The worker answers with the kind that belongs to the question. */
    ask<Kind extends ComposeAsk['kind']>(ask: Extract<ComposeAsk, { readonly kind: Kind }>) {
      const id = asked++;
      return new Promise<AnswerOf<Kind> | undefined>((resolve) => {
        waiting.set(id, (answer) => resolve(answer as AnswerOf<Kind> | undefined));
        tell({ kind: 'ask', id, ask });
      });
    },
    send: (order) => tell({ kind: 'send', order }),
    cancel: (job) => worker?.postMessage({ kind: 'cancel', job } satisfies ComposeCommand),
  };
}
