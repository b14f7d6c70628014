/** What the charts say in words: figures with their units, a line per chart for those who listen. */
import type { TimePart } from '../../dashboard/observed.ts';
import { formatCount, formatPercent, formatSpan, formatTook, plural } from '../format.ts';
import { columnAt } from './columns.ts';
import type { Model, Plot, Series, Unit } from './model.ts';

export interface ChartWords {
  readonly name: string;
  /** What exactly is shown. */
  readonly about: string;
}

export const CHARTS: Readonly<Record<TimePart, ChartWords>> = {
  population: {
    name: 'Peers by swarm',
    about: 'SEEDs below, LEECHes on top of them, at the end of each column; every swarm has its own scale.',
  },
  churn: {
    name: 'Arrivals and departures',
    about: 'Who came is above the line, who went below it, by the way in which they went.',
  },
  requests: { name: 'Requests', about: 'Requests by method, at the time they ended, repeated ones too.' },
  latency: {
    name: 'Latency',
    about:
      'From sending a request to the end of its answer, for those that were answered: half were quicker than p50, 99 of 100 than p99. Exact to 2 %.',
  },
  errors: {
    name: 'Errors',
    about: 'What the tracker refused, what could not be read, and what was never answered.',
  },
  availability: {
    name: 'Chunks',
    about:
      'Which share of the swarm’s peers holds each chunk, the first chunk lowest; looked at about once a second of the clock on the wall.',
  },
  progress: {
    name: 'Download progress',
    about:
      'Share of the chunks held by those who came as LEECH: half of them within the dark band, nine of ten within the light one. By age, those who completed and left still count as complete; those who gave up do not.',
  },
};

const NBSP = '\u00a0';

export function formatFigure(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return '–';
  switch (unit) {
    case 'peers':
      return formatCount(value);
    case 'perSecond':
      return `${decimal(value)}${NBSP}/s`;
    case 'perMinute':
      return `${decimal(value)}${NBSP}/min`;
    case 'milliseconds':
      return formatTook(value);
    case 'share':
      return formatPercent(value);
    default:
      return unit satisfies never;
  }
}

const decimal = (value: number): string =>
  value > 0 && value < 9.95 ? value.toFixed(value < 0.095 ? 2 : 1) : formatCount(value);

/** The column that is read: that of a moment, or the latest one that is known. */
export function columnRead(plot: Plot, at: number | undefined): number | undefined {
  if (at !== undefined) return columnAt(at, plot.grid);
  for (let column = plot.grid.columns - 1; column >= 0; column--)
    if (plot.series.some(({ values }) => !Number.isNaN(values[column] ?? Number.NaN))) return column;
  return undefined;
}

/** Milliseconds over which rates are told where no moment is read: a column by itself may be too short to say anything. */
const LATELY = 10_000;

/** What is read of a figure: at that column, or lately. */
export function valueRead(
  series: Series,
  { as, grid }: Plot,
  column: number | undefined,
  at?: number,
): number {
  if (at === undefined && series.lately !== undefined) return series.lately;
  if (as === 'levels' || at !== undefined || column === undefined) return valueAt(series, column);
  const first = Math.max(0, column + 1 - Math.ceil(LATELY / grid.width));
  let [sum, known] = [0, 0];
  for (let one = first; one <= column; one++) {
    const value = valueAt(series, one);
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return sum / known;
}

export const valueAt = ({ values }: Series, column: number | undefined): number =>
  column === undefined ? Number.NaN : (values[column] ?? Number.NaN);

/** Milliseconds over which a trend is judged, at least; and the part of the range that is shown. */
const TREND = 30_000;
const PART = 10;

type Trend = 'rising' | 'falling' | 'steady';

/** How a figure moved lately. */
export function trendOf(values: (column: number) => number, { grid }: Plot, column: number): Trend {
  const back = Math.max(1, Math.round(Math.max(TREND, (grid.columns * grid.width) / PART) / grid.width));
  const [now, then] = [values(column), values(Math.max(0, column - back))];
  const change = now - then;
  if (Number.isNaN(change) || Math.abs(change) < Math.max(2, then * 0.04)) return 'steady';
  return change > 0 ? 'rising' : 'falling';
}

/** One sentence or two: the text alternative of a chart. */
export function summaryOf(model: Model | undefined, at?: number): string {
  if (model === undefined || model.told === 0) return 'Nothing yet.';
  if (model.none !== undefined) return model.none;
  if (model.plots.every(({ series }) => series.length === 0)) return 'None so far.';
  const read = model.plots.flatMap((plot) => {
    const column = columnRead(plot, plot.along === 'run' ? at : undefined);
    return column === undefined ? [] : [{ plot, column }];
  });
  const gaps =
    model.gaps.length === 0
      ? ''
      : ` ${plural(model.gaps.length, 'stretch', 'stretches')} of time without data.`;
  return `${read.map(({ plot, column }) => plotWords(model.part, plot, column, at)).join(' ') || 'Nothing yet.'}${gaps}`;
}

function plotWords(part: TimePart, plot: Plot, column: number, at: number | undefined): string {
  const figures = plot.series
    .map((series) => `${series.name} ${formatFigure(valueRead(series, plot, column, at), series.unit)}`)
    .join(', ');
  switch (part) {
    case 'population': {
      const peers = (at: number): number => plot.series.reduce((sum, one) => sum + valueAt(one, at), 0);
      const seeds = plot.series[0] === undefined ? 0 : valueAt(plot.series[0], column);
      if (Number.isNaN(peers(column))) return `${plot.name ?? ''}: no data.`;
      return `${plot.name ?? ''}: ${plural(peers(column), 'peer')}, ${plural(seeds, 'seed')}, ${trendOf(peers, plot, column)}.`;
    }
    case 'churn':
    case 'requests':
    case 'latency':
      return `${figures}.`;
    case 'errors':
      return `${figures}; ${totalOf(plot)}.`;
    case 'availability':
      return `${plot.heat?.chunks ?? 0} chunks: ${figures}.`;
    case 'progress':
      return `${plot.along === 'age' ? `After ${formatSpan(plot.grid.from + (column + 1) * plot.grid.width)}: ` : ''}${figures}.`;
    default:
      return part satisfies never;
  }
}

function totalOf({ series }: Plot): string {
  let sum = 0;
  for (const { counts } of series)
    for (let column = 0; column < (counts?.length ?? 0); column++) sum += counts?.[column] ?? 0;
  return `${formatCount(sum)} in all that is shown`;
}
