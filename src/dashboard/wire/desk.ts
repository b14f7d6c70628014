/** The wire view's commands: they keep its store true to what the worker has. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createWire } from '../../workers/client.ts';
import type {
  EventsReport,
  ExchangeRow,
  ForeignDetail,
  ForeignNews,
  LogId,
  PeerHandle,
  RecordedExchange,
  RowsWanted,
  WireExport,
  WireQuery,
} from '../../workers/messages.ts';
import type { ColumnSetting } from './columns.ts';
import { QUERY_AT_FIRST } from './filters.ts';
import { RowPages } from './pages.ts';
import { createSequence, type SequenceDesk, type SequenceSession } from './sequence.ts';
import {
  activeLog,
  LIVE,
  newLog,
  remainingOf,
  WIRE_AT_FIRST,
  withLog,
  withPin,
  type WireLog,
  type WireState,
} from './state.ts';

export interface WireDesk {
  readonly store: StoreApi<WireState>;
  /** A few peers of the active log, step by step. */
  readonly sequence: SequenceDesk;
  /** The row at a place of the active log's view, as far as it is here; `want` brings it here. */
  rowAt(index: number): ExchangeRow | undefined;
  want(first: number, end: number): void;
  show(log: LogId): void;
  ask(query: WireQuery): void;
  /** The view stands still, while the log goes on. */
  hold(held: boolean): void;
  open(row: ExchangeRow | undefined): void;
  pin(row: ExchangeRow, pinned: boolean): void;
  find(log: LogId, wanted: RowsWanted): Promise<readonly ExchangeRow[]>;
  /** What the row stands for; undefined: let go since. */
  exchangeOf(log: LogId, row: ExchangeRow): Promise<RecordedExchange | undefined>;
  setColumns(columns: readonly ColumnSetting[]): void;
  importFiles(files: Iterable<File>): void;
  /** Of an import under way: ends it. */
  close(log: LogId): void;
  /** Asks what the active log lacks. */
  askHints(): void;
  /** `save`: takes the file, with a name for it. */
  export(format: WireExport, save: (file: Blob, name: string) => void): void;
  cancelExport(): void;
}

/** What the session does with it. */
export interface WireSession extends WireDesk {
  readonly sequence: SequenceSession;
  /** A new run; `events`: who tells of peers of others, as URLs. */
  begin(swarms: readonly string[], trackerUrl: string, events: readonly string[]): void;
  /** The peer of others that is told in detail. */
  watchForeign(peer: PeerHandle | undefined): void;
  record(port: MessagePort): void;
  /** What the composer sends comes through this port. */
  composer(port: MessagePort): void;
  /** What peers of others do in this run is told through the port that is returned. */
  observe(): MessagePort;
}

/** What the recording tells besides its rows. */
export interface WireListener {
  fault(message: string): void;
  foreign(news: ForeignNews): void;
  foreignDetail(detail: ForeignDetail): void;
  events(report: EventsReport): void;
}

export function createWireDesk(listener: WireListener): WireSession {
  const store = createStore<WireState>(() => WIRE_AT_FIRST);
  const began = new Map<LogId, number>();
  let nextLog = LIVE + 1;
  let cancelExport: (() => void) | undefined;

  const wire = createWire((news) => {
    switch (news.kind) {
      case 'status': {
        const { status } = news;
        // Of a query that has been replaced since.
        if (logOf(status.log)?.turn !== status.turn) return;
        return change(status.log, { status });
      }
      case 'importing': {
        const { log, bytes } = news;
        const { importing } = logOf(log) ?? {};
        if (importing === undefined) return;
        const remaining = remainingOf(bytes, importing.size, performance.now() - (began.get(log) ?? 0));
        return change(log, { importing: { ...importing, bytes, remaining } });
      }
      case 'imported': {
        const { log, report, hints, took } = news;
        return change(log, { importing: undefined, report, hints, took });
      }
      case 'unreadable':
        return change(news.log, { importing: undefined, failure: news.message });
      case 'foreign':
        return listener.foreign(news.news);
      case 'foreign detail':
        return listener.foreignDetail(news.detail);
      case 'events':
        return listener.events(news.report);
      case 'fault':
        return listener.fault(news.message);
      default:
        return news satisfies never;
    }
  });

  const pages = new RowPages(
    (from, to) => wire.rows(store.getState().active, from, to),
    () => store.setState(({ rows }) => ({ rows: rows + 1 })),
  );

  const sequence = createSequence({
    active: () => store.getState().active,
    steps: (log, peers, from) => wire.steps(log, peers, from),
    peers: (log, text, most) => wire.peers(log, text, most),
  });

  const logOf = (id: LogId): WireLog | undefined => store.getState().logs.find((log) => log.id === id);
  const active = (): WireLog => activeLog(store.getState());
  const change = (id: LogId, what: Partial<WireLog>): void =>
    store.setState((state) => withLog(state, id, what));

  function ask(id: LogId, query: WireQuery): void {
    const before = logOf(id);
    const turn = (before?.turn ?? 0) + 1;
    // Other rows cannot stand still where the ones before did.
    const held = before?.held === true && rowsAsked(before.query) === rowsAsked(query);
    change(id, { query, turn, held });
    wire.query(id, turn, query);
  }

  function show(id: LogId): void {
    const log = logOf(id);
    if (log === undefined) return;
    pages.clear();
    store.setState({ active: id, exported: undefined });
    ask(id, log.query);
  }

  async function read(id: LogId, row: ExchangeRow): Promise<void> {
    const exchange = (await wire.exchange(id, row.row)) ?? 'gone';
    if (logOf(id)?.open?.row.row === row.row) change(id, { open: { row, exchange } });
  }

  function importFile(file: File): void {
    const id = nextLog++;
    store.setState(({ logs }) => ({ logs: [...logs, newLog(id, file.name, file.size)] }));
    began.set(id, performance.now());
    wire.open(id, file);
    show(id);
  }

  return {
    store,
    sequence,
    rowAt: (index) => pages.at(index),
    want(first, end) {
      const { turn, status } = active();
      if (status !== undefined)
        pages.want(first, end, { turn, version: status.version, shown: status.shown });
    },
    show,
    ask: (query) => ask(active().id, query),
    hold(held) {
      const { id } = active();
      change(id, { held });
      wire.hold(id, held);
    },
    open(row) {
      const { id } = active();
      if (row === undefined) return change(id, { open: undefined });
      change(id, { open: { row, exchange: 'reading' } });
      void read(id, row);
    },
    pin: (row, pinned) => change(active().id, { pinned: withPin(active(), row, pinned) }),
    find: (log, wanted) => wire.find(log, wanted),
    exchangeOf: (log, { row }) => wire.exchange(log, row),
    setColumns: (columns) => store.setState({ columns }),
    importFiles(files) {
      for (const file of files) importFile(file);
    },
    close(id) {
      if (id === LIVE) return;
      wire.close(id);
      const wasActive = store.getState().active === id;
      store.setState(({ logs }) => ({ logs: logs.filter((log) => log.id !== id) }));
      if (wasActive) show(LIVE);
    },
    askHints() {
      const { id } = active();
      void wire.hints(id).then((hints) => change(id, { hints }));
    },
    export(format, save) {
      const { id, name } = active();
      const underWay = wire.export(id, format, (count, of) =>
        store.setState({ exporting: { done: count, of } }),
      );
      cancelExport = () => underWay.cancel();
      store.setState({ exporting: { done: 0, of: 0 }, exported: undefined });
      void underWay.done.then(({ blob, exchanges, missing }) => {
        cancelExport = undefined;
        store.setState({ exporting: undefined, ...(blob && { exported: { exchanges, missing } }) });
        if (blob !== undefined) save(blob, `${stemOf(name)}.${format}`);
      });
    },
    cancelExport: () => cancelExport?.(),
    begin(swarms, trackerUrl, events) {
      wire.run(swarms, trackerUrl, events);
      sequence.restart();
      const query = logOf(LIVE)?.query ?? QUERY_AT_FIRST;
      change(LIVE, { held: false, status: undefined, pinned: [], open: undefined, hints: undefined });
      if (store.getState().active === LIVE) {
        pages.clear();
        ask(LIVE, query);
      }
    },
    watchForeign: (peer) => wire.watchForeign(peer),
    record: (port) => wire.line(port),
    composer: (port) => wire.composer(port),
    observe() {
      const { port1, port2 } = new MessageChannel();
      wire.observe(port1);
      return port2;
    },
  };
}

const rowsAsked = ({ filter, text, scope }: WireQuery): string => JSON.stringify([filter, text, scope]);

/** A name for what is taken from a log. */
const stemOf = (name: string): string =>
  `swarmscope-${
    name
      .replace(/\.[a-z]+$/i, '')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .toLowerCase() || 'log'
  }`;
