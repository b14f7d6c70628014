/** The page's way to a matrix, which is run in a worker of its own: started when first asked, and again when it died. */
import type { MatrixCommand, MatrixNews, MatrixOrder } from './messages.ts';

export interface Matrix {
  run(order: MatrixOrder): void;
  cancel(): void;
}

export function createMatrix(listener: (news: MatrixNews) => void): Matrix {
  let worker: Worker | undefined;

  function start(): Worker {
    const started = new Worker(new URL('./matrix.worker.ts', import.meta.url), {
      type: 'module',
      name: 'matrix',
    });
    const die = (message: string): void => {
      if (worker !== started) return;
      started.terminate();
      worker = undefined;
      listener({ kind: 'fault', message });
    };
    started.onmessage = ({ data }: MessageEvent<MatrixNews>) => {
      // One that was given up may still have had something to say.
      if (worker !== started) return;
      if (data.kind === 'fault') die(data.message);
      else listener(data);
    };
    started.onerror = ({ message }) => die(message || 'The worker that runs the matrix could not be loaded.');
    return started;
  }

  const ask = (command: MatrixCommand): void => {
    worker ??= start();
    worker.postMessage(command);
  };
  return {
    run: (order) => ask({ kind: 'run', order }),
    cancel: () => ask({ kind: 'cancel' }),
  };
}
