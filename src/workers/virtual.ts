/** The page's way to a run on the virtual clock: a worker that drives it and, where asked, workers for its parts. */
import type {
  PartPorts,
  Speed,
  StepBy,
  VirtualCommand,
  VirtualOrder,
  VirtualReport,
} from './virtual/messages.ts';

export interface Virtual {
  start(order: VirtualOrder): void;
  pause(): void;
  resume(): void;
  /** As far as it has come; its files can be asked for. */
  end(): void;
  setSpeed(speed: Speed): void;
  /** While paused. */
  step(by: StepBy): void;
  inspect(peer: number | undefined): void;
  askFiles(): void;
  /** Nothing is left of it. */
  dismiss(): void;
}

interface VirtualListener {
  hear(report: VirtualReport): void;
  /** The other end of the port goes to a worker that tells every exchange through it. */
  recorded(port: MessagePort): void;
  /** The other end of the port goes to the worker that drives the run, which tells what happens through it. */
  observed(port: MessagePort): void;
}

/** `parts`: workers that share a run. */
export function createVirtual(parts: number, listener: VirtualListener): Virtual {
  let workers: Worker[] = [];
  let conductor: Worker | undefined;

  function recordLine(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    listener.recorded(port2);
    return port1;
  }

  function watched(worker: Worker): Worker {
    worker.onerror = ({ message }) =>
      listener.hear({
        kind: 'fault',
        message: message || 'A worker of the virtual clock could not be loaded.',
      });
    workers.push(worker);
    return worker;
  }

  function startPart(index: number): MessagePort {
    const worker = watched(
      new Worker(new URL('./virtual-part.worker.ts', import.meta.url), {
        type: 'module',
        name: `virtual part ${index}`,
      }),
    );
    const { port1, port2 } = new MessageChannel();
    const record = recordLine();
    worker.postMessage({ port: port1, record } satisfies PartPorts, [port1, record]);
    return port2;
  }

  function dismiss(): void {
    for (const worker of workers) worker.terminate();
    workers = [];
    conductor = undefined;
  }

  const tell = (command: VirtualCommand, transfer: Transferable[] = []): void =>
    conductor?.postMessage(command, transfer);

  return {
    start(order) {
      dismiss();
      const worker = watched(
        new Worker(new URL('./virtual.worker.ts', import.meta.url), { type: 'module', name: 'virtual' }),
      );
      worker.onmessage = ({ data }: MessageEvent<VirtualReport>) => {
        // A run that was given up may still have had something to say.
        if (conductor === worker) listener.hear(data);
      };
      conductor = worker;
      const ports = parts === 1 ? [] : Array.from({ length: parts }, (_, index) => startPart(index));
      const record = recordLine();
      const { port1: observe, port2: observed } = new MessageChannel();
      listener.observed(observed);
      tell({ kind: 'start', order, record, observe, parts: ports }, [record, observe, ...ports]);
    },
    pause: () => tell({ kind: 'pause' }),
    resume: () => tell({ kind: 'resume' }),
    end: () => tell({ kind: 'end' }),
    setSpeed: (speed) => tell({ kind: 'speed', speed }),
    step: (by) => tell({ kind: 'step', by }),
    inspect: (peer) => tell({ kind: 'inspect', peer }),
    askFiles: () => tell({ kind: 'files' }),
    dismiss,
  };
}
