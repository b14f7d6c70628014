/**
 * Messages taken apart off the page. A worker of its own, started when first asked: those of the peers come
 * and go with the run, and a message is read after the run as well.
 */
import type { Explanation } from '../protocol/explain/explanation.ts';
import type { ExplainQuestion, ExplainReport } from './messages.ts';

export type Explained =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  | { readonly kind: 'fault'; readonly message: string };

export interface Explainer {
  /** Never rejects. */
  explain(question: Omit<ExplainQuestion, 'id'>): Promise<Explained>;
}

export function createExplainer(): Explainer {
  const waiting = new Map<number, (explained: Explained) => void>();
  let worker: Worker | undefined;
  let asked = 0;

  function settle(id: number, explained: Explained): void {
    waiting.get(id)?.(explained);
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

  return {
    explain(question) {
      worker ??= start();
      const id = asked++;
      worker.postMessage({ id, ...question } satisfies ExplainQuestion);
      return new Promise((resolve) => waiting.set(id, resolve));
    },
  };
}
