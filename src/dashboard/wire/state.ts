/** What the wire view knows: its logs, what each of them shows, and what is open. */
import type {
  ExchangeRow,
  Hint,
  ImportReport,
  LogId,
  RecordedExchange,
  WireQuery,
  WireStatus,
} from '../../workers/messages.ts';
import { COLUMNS_AT_FIRST, type ColumnSetting } from './columns.ts';
import { QUERY_AT_FIRST } from './filters.ts';

export type {
  ExchangeFilter,
  ExchangeRow,
  Hint,
  ImportReport,
  LogId,
  RecordedExchange,
  WireQuery,
  WireStatus,
  WireTally,
} from '../../workers/messages.ts';

export const LIVE: LogId = 0;

export interface ImportUnderWay {
  readonly bytes: number;
  /** Of the file. */
  readonly size: number;
  /** Milliseconds still to go, at the speed so far; undefined at the beginning. */
  readonly remaining: number | undefined;
}

export interface WireLog {
  readonly id: LogId;
  readonly name: string;
  readonly importing: ImportUnderWay | undefined;
  /** What came of the import; undefined before its end, and of the live log. */
  readonly report: ImportReport | undefined;
  /** Milliseconds that the import took. */
  readonly took: number | undefined;
  /** Why the file could not be read to its end. */
  readonly failure: string | undefined;
  readonly hints: readonly Hint[] | undefined;
  readonly query: WireQuery;
  /** Counts queries: what answers an older one is not of this one. */
  readonly turn: number;
  readonly held: boolean;
  /** As last told. */
  readonly status: WireStatus | undefined;
  /** On top whatever the filter lets through, in the order of pinning. */
  readonly pinned: readonly ExchangeRow[];
  readonly open: OpenExchange | undefined;
}

export interface OpenExchange {
  readonly row: ExchangeRow;
  /** `reading` until the worker has told it; `gone`: let go since. */
  readonly exchange: RecordedExchange | 'reading' | 'gone';
}

export interface WireState {
  /** The live one first. */
  readonly logs: readonly WireLog[];
  readonly active: LogId;
  readonly columns: readonly ColumnSetting[];
  readonly exporting: { readonly done: number; readonly of: number } | undefined;
  /** What came of the latest export. */
  readonly exported: { readonly exchanges: number; readonly missing: number } | undefined;
  /** Grows when rows have come: `rowAt` knows more. */
  readonly rows: number;
}

export const newLog = (id: LogId, name: string, size?: number): WireLog => ({
  id,
  name,
  importing: size === undefined ? undefined : { bytes: 0, size, remaining: undefined },
  report: undefined,
  took: undefined,
  failure: undefined,
  hints: undefined,
  query: QUERY_AT_FIRST,
  turn: 0,
  held: false,
  status: undefined,
  pinned: [],
  open: undefined,
});

export const WIRE_AT_FIRST: WireState = {
  logs: [newLog(LIVE, 'Live')],
  active: LIVE,
  columns: COLUMNS_AT_FIRST,
  exporting: undefined,
  exported: undefined,
  rows: 0,
};

export const activeLog = ({ logs, active }: WireState): WireLog =>
  logs.find(({ id }) => id === active) ?? logs[0] ?? newLog(LIVE, 'Live');

export const withLog = (state: WireState, id: LogId, change: Partial<WireLog>): WireState => ({
  ...state,
  logs: state.logs.map((log) => (log.id === id ? { ...log, ...change } : log)),
});

/** Rows on top at the most: they take the room of the others. */
export const MAX_PINNED = 6;

export function withPin(log: WireLog, row: ExchangeRow, pinned: boolean): readonly ExchangeRow[] {
  const others = log.pinned.filter((one) => one.row !== row.row);
  return pinned ? [...others, row].slice(-MAX_PINNED) : others;
}

/** Milliseconds still to go after so many since the beginning, at the speed so far. */
export function remainingOf(bytes: number, size: number, since: number): number | undefined {
  // The first pieces tell little of the speed.
  if (bytes === 0 || since < 400) return undefined;
  return (since / bytes) * (size - bytes);
}
