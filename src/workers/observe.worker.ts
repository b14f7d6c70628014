/** Shell around the observatory: what the sources tell comes in through ports of their own, questions from the page. */
import { MOST_PEERS } from '../analysis/live/directory.ts';
import { Observatory } from '../analysis/live/observatory.ts';
import type { ObservedBatch, ObserveCommand, ObserveReport, SourceAck } from './messages.ts';
import { Watches } from './observe/watches.ts';

/** Milliseconds between two looks at what may be passed on and answered anew. */
const STEP = 50;

const FULL = `The views of peer lists, of time and of states know ${MOST_PEERS} peers of a run, and no more of them.`;

const now = (): number => performance.now();
const tell = (report: ObserveReport): void => self.postMessage(report);

/** Of a run without swarms, before the first one is said. */
let full = false;
let observatory = new Observatory({ seed: 0, swarms: [] });
const sources = new Map<number, MessagePort>();
const watches = new Watches({ now, tell, ask: (question) => observatory.answer(question) });

function listen({ source, port, awaited }: Extract<ObserveCommand, { kind: 'source' }>): void {
  drop(source);
  sources.set(source, port);
  if (awaited) observatory.join(source, now());
  port.onmessage = ({ data }: MessageEvent<ObservedBatch>) =>
    guarded(() => {
      for (const observation of data.observations) observatory.tell(observation, now());
      // Not before it was taken in: a source that is ahead of its watcher hears nothing, and waits.
      port.postMessage({ taken: data.batch } satisfies SourceAck);
    });
}

function drop(source: number): void {
  const port = sources.get(source);
  if (port === undefined) return;
  port.onmessage = null;
  port.close();
  sources.delete(source);
}

function obey(command: ObserveCommand): void {
  switch (command.kind) {
    case 'run':
      for (const source of sources.keys()) drop(source);
      observatory = new Observatory(command.run);
      full = false;
      watches.news();
      return;
    case 'source':
      return listen(command);
    case 'lost':
      drop(command.source);
      observatory.lose(command.source);
      return;
    case 'ask':
      return watches.once(command.id, command.question);
    case 'watch':
      return watches.add(command.id, command.question);
    case 'unwatch':
      return watches.remove(command.id);
    case 'seen':
      return watches.seen(command.id);
    default:
      command satisfies never;
  }
}

/** A bug of ours costs one command or one batch, never the worker. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (cause) {
    tell({ kind: 'fault', message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
  }
}

self.onmessage = ({ data }: MessageEvent<ObserveCommand>) => guarded(() => obey(data));
setInterval(
  () =>
    guarded(() => {
      if (observatory.settle(now())) watches.news();
      watches.push();
      if (full || observatory.unlisted === 0) return;
      full = true;
      tell({ kind: 'fault', message: FULL });
    }),
  STEP,
);
