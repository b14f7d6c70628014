/** A chart as a table: what its CSV has, and what stands beside it for those who read rather than look. */
import { formatCount, formatStamp } from '../format.ts';
import type { Model, Plot, Series, Unit } from './model.ts';
import { formatFigure } from './words.ts';

const UNITS: Readonly<Record<Unit, string>> = {
  peers: 'peers',
  perSecond: '1/s',
  perMinute: '1/min',
  milliseconds: 'ms',
  share: 'share of chunks',
};

interface Column {
  readonly header: string;
  readonly at: (column: number) => string;
}

/** A record per column that anything is known of, exact figures; empty: there is none. */
export function csvOf(model: Model | undefined): string {
  const grid = model?.plots[0];
  if (model === undefined || grid === undefined) return '';
  const along = grid.along === 'age' ? 'age ' : '';
  const columns: Column[] = [
    { header: `${along}from (s)`, at: (column) => seconds(grid, column) },
    { header: `${along}to (s)`, at: (column) => seconds(grid, column + 1) },
    ...model.plots.flatMap((plot) => [
      ...plot.series.map((series) => csvColumn(plot, series)),
      ...heatColumns(plot),
    ]),
  ];
  const records = [columns.map(({ header }) => header)];
  for (let column = 0; column < grid.grid.columns; column++)
    if (isKnown(model, column)) records.push(columns.map(({ at }) => at(column)));
  return records.length === 1 ? '' : records.map((record) => `${record.map(quoted).join(',')}\r\n`).join('');
}

const seconds = ({ grid }: Plot, column: number): string => String((grid.from + column * grid.width) / 1000);

const isKnown = ({ plots }: Model, column: number): boolean =>
  plots.some(({ series }) => series.some(({ values }) => !Number.isNaN(values[column] ?? Number.NaN)));

/** Counts where there are any: rates follow from them, not they from rates. */
function csvColumn(plot: Plot, { name, unit, values, counts, counted }: Series): Column {
  const full = plot.name === undefined ? name : `${plot.name} ${name}`;
  return {
    header: `${full} (${counts === undefined ? UNITS[unit] : (counted ?? '')})`,
    at: (column) =>
      exact(Number.isNaN(values[column] ?? Number.NaN) ? Number.NaN : (counts ?? values)[column]),
  };
}

function heatColumns({ heat }: Plot): readonly Column[] {
  if (heat === undefined) return [];
  const { rows, chunks, chunksPerRow, share } = heat;
  return Array.from({ length: rows }, (_, row) => {
    const [first, last] = [row * chunksPerRow + 1, Math.min(chunks, (row + 1) * chunksPerRow)];
    return {
      header: `chunk ${first === last ? first : `${first} to ${last}`} (share of peers)`,
      at: (column) => exact(share[column * rows + row]),
    };
  });
}

/** Empty: not known. Counts to the last one, what was measured to six digits. */
function exact(value = Number.NaN): string {
  if (Number.isNaN(value)) return '';
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}

/** RFC 4180; a spreadsheet takes what begins with one of these for a formula. */
function quoted(field: string): string {
  const text = /^[=+@\t\r-]/.test(field) && Number.isNaN(Number(field)) ? `'${field}` : field;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** At most so many rows, evenly over what is known, the latest one first. */
export function tableOf(model: Model | undefined, most: number): Table {
  const first = model?.plots[0];
  if (model === undefined || first === undefined) return { headers: [], rows: [] };
  const known: number[] = [];
  for (let column = 0; column < first.grid.columns; column++) if (isKnown(model, column)) known.push(column);
  const step = Math.max(1, Math.ceil(known.length / most));
  const shown = known.toReversed().filter((_, i) => i % step === 0);
  const all = model.plots.flatMap((plot) => plot.series.map((series) => ({ plot, series })));
  const named = (plot: Plot, series: Series): string =>
    plot.name === undefined ? series.name : `${plot.name} ${series.name}`;
  return {
    headers: [
      first.along === 'age' ? 'until age' : 'until',
      ...all.map(({ plot, series }) => named(plot, series)),
    ],
    rows: shown.map((column) => [
      formatStamp(first.grid.from + (column + 1) * first.grid.width),
      ...all.map(({ series: { values, unit } }) => formatFigure(values[column] ?? Number.NaN, unit)),
    ]),
  };
}

/** What a chart leaves out, in words. */
export function notesOf(model: Model): readonly string[] {
  const notes: string[] = [];
  if (model.gaps.length > 0)
    notes.push(`Hatched: no data, ${formatCount(model.gaps.length)} times in what is shown.`);
  const [plot] = model.plots;
  if (plot !== undefined) notes.push(`A column stands for ${formatCount(plot.grid.width)} ms.`);
  return notes;
}
