/** The page's way to the recording of every exchange, which a worker of its own keeps. */
import type {
  Exported,
  ExchangeRow,
  Hint,
  LogId,
  PeerHandle,
  RecordedExchange,
  RowsWanted,
  WireCommand,
  WireExport,
  WireQuery,
  WireReport,
  WireRows,
  WireSteps,
} from './messages.ts';

/** What nobody asked for. */
export type WireNews = Extract<
  WireReport,
  {
    readonly kind:
      'status' | 'importing' | 'imported' | 'unreadable' | 'foreign' | 'foreign detail' | 'events' | 'fault';
  }
>;

export interface ExportUnderWay {
  readonly done: Promise<Exported>;
  cancel(): void;
}

export interface Wire {
  /** As the command `run`. */
  run(swarms: readonly string[], trackerUrl: string, events: readonly string[]): void;
  /** As the command `watch foreign`. */
  watchForeign(peer: PeerHandle | undefined): void;
  /** Of a peer worker of that run. */
  line(port: MessagePort): void;
  /** As the command `composer`. */
  composer(port: MessagePort): void;
  /** As the command `observe`. */
  observe(port: MessagePort): void;
  open(log: LogId, file: File): void;
  close(log: LogId): void;
  query(log: LogId, turn: number, query: WireQuery): void;
  hold(log: LogId, held: boolean): void;
  /** From one place of the view to before another. */
  rows(log: LogId, from: number, to: number): Promise<WireRows>;
  exchange(log: LogId, row: number): Promise<RecordedExchange | undefined>;
  hints(log: LogId): Promise<readonly Hint[]>;
  /** Of these peers, from a row on. */
  steps(log: LogId, peers: readonly string[], from: number): Promise<WireSteps>;
  /** Peers with the text in their IDs, the newest first. */
  peers(log: LogId, text: string, most: number): Promise<readonly string[]>;
  find(log: LogId, wanted: RowsWanted): Promise<readonly ExchangeRow[]>;
  export(log: LogId, format: WireExport, onProgress: (done: number, of: number) => void): ExportUnderWay;
}

type Answer = Extract<WireReport, { readonly answer: unknown }>;
type Answers = { readonly [One in Answer as One['kind']]: One['answer'] };

export function createWire(listener: (news: WireNews) => void): Wire {
  const worker = new Worker(new URL('./wire.worker.ts', import.meta.url), { type: 'module', name: 'wire' });
  const waiting = new Map<number, (answer: Answer) => void>();
  const exporting = new Map<number, (done: number, of: number) => void>();
  let asks = 0;

  const tell = (command: WireCommand, transfer: Transferable[] = []): void =>
    worker.postMessage(command, transfer);

  function settle(report: Answer): void {
    waiting.get(report.ask)?.(report);
    waiting.delete(report.ask);
    exporting.delete(report.ask);
  }

  worker.onmessage = ({ data }: MessageEvent<WireReport>) => {
    switch (data.kind) {
      case 'rows':
      case 'exchange':
      case 'hints':
      case 'steps':
      case 'peers':
      case 'found rows':
      case 'exported':
        return settle(data);
      case 'exporting':
        return exporting.get(data.ask)?.(data.done, data.of);
      default:
        return listener(data);
    }
  };
  worker.onerror = ({ message }) =>
    listener({ kind: 'fault', message: message || 'The worker that records messages could not be loaded.' });

  /** The worker answers with the kind that belongs to the command. */
  function ask<Kind extends keyof Answers>(
    _kind: Kind,
    command: (ask: number) => WireCommand,
    number = asks++,
  ): Promise<Answers[Kind]> {
    return new Promise((resolve) => {
      waiting.set(number, ({ answer }) => resolve(answer as Answers[Kind]));
      tell(command(number));
    });
  }

  return {
    run: (swarms, trackerUrl, events) => tell({ kind: 'run', swarms, trackerUrl, events }),
    watchForeign: (peer) => tell({ kind: 'watch foreign', peer }),
    line: (port) => tell({ kind: 'line', port }, [port]),
    composer: (port) => tell({ kind: 'composer', port }, [port]),
    observe: (port) => tell({ kind: 'observe', port }, [port]),
    open: (log, file) => tell({ kind: 'open', log, file }),
    close: (log) => tell({ kind: 'close', log }),
    query: (log, turn, query) => tell({ kind: 'query', log, turn, query }),
    hold: (log, held) => tell({ kind: 'hold', log, held }),
    rows: (log, from, to) => ask('rows', (number) => ({ kind: 'rows', ask: number, log, from, to })),
    exchange: (log, row) => ask('exchange', (number) => ({ kind: 'exchange', ask: number, log, row })),
    hints: (log) => ask('hints', (number) => ({ kind: 'hints', ask: number, log })),
    steps: (log, peers, from) => ask('steps', (number) => ({ kind: 'steps', ask: number, log, peers, from })),
    peers: (log, text, most) => ask('peers', (number) => ({ kind: 'peers', ask: number, log, text, most })),
    find: (log, wanted) => ask('found rows', (number) => ({ kind: 'find rows', ask: number, log, wanted })),
    export(log, format, onProgress) {
      const number = asks++;
      exporting.set(number, onProgress);
      return {
        done: ask('exported', () => ({ kind: 'export', ask: number, log, format }), number),
        cancel: () => tell({ kind: 'cancel export', ask: number }),
      };
    },
  };
}
