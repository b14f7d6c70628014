/** Comma-separated values as RFC 4180 has them: CRLF after every record, quotes where they are due. */

export type Field = string | number | undefined;

/** The columns of series.csv: a contract. */
export const SERIES_COLUMNS = [
  'time',
  'swarm',
  'leeches',
  'seeds',
  'arrivals',
  'departures',
  'requests',
  'errors',
] as const;

/** One sample of one swarm. */
export interface SeriesRow {
  /** Seconds since the run began. */
  readonly time: number;
  /** The swarm's id. */
  readonly swarm: string;
  /** Peers there, after everything that happened up to `time`. */
  readonly leeches: number;
  readonly seeds: number;
  /** Since the sample before (exclusive) until this one (inclusive), by peers of this swarm. */
  readonly arrivals: number;
  readonly departures: number;
  /** Requests sent, tries again included; failures answered by the tracker. */
  readonly requests: number;
  readonly errors: number;
}

const field = (value: Field): string => {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One record with its CRLF. `undefined` is the empty field. */
export const csvRecord = (fields: readonly Field[]): string => `${fields.map(field).join(',')}\r\n`;

/** A table: a header record, then one record a row, the columns in the given order. */
export function csvTable<Name extends string>(
  columns: readonly Name[],
  rows: readonly Readonly<Partial<Record<Name, Field>>>[],
): string {
  return csvRecord(columns) + rows.map((row) => csvRecord(columns.map((name) => row[name]))).join('');
}

/** Records of series.csv without their header, to append as rows become final. */
export const seriesRecords = (rows: readonly SeriesRow[]): string =>
  rows.map((row) => csvRecord(SERIES_COLUMNS.map((name) => row[name]))).join('');
