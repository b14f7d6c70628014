/** What each chart shows, as figures with their names and units: drawn, read out, tabled and saved from here alike. */
import type {
  Availability,
  Counted,
  Grid,
  Progress,
  TimeAnswer,
  TimePart,
  TimeRange,
} from '../../dashboard/observed.ts';
import type { Fill, Stroke } from './marks.ts';
import { covered, isUnknown, held } from './columns.ts';
import {
  ARRIVED,
  DEPARTED,
  DEPARTURE_NAMES,
  FAILED,
  LEECH,
  METHOD_FILLS,
  MIDDLE,
  OUTCOME_NAMES,
  PERCENTILES,
  SEED,
} from './styles.ts';

export type Unit = 'peers' | 'perSecond' | 'perMinute' | 'milliseconds' | 'share';

/** One figure over time. */
export interface Series {
  readonly name: string;
  readonly unit: Unit;
  /** A number per column; NaN: not known. */
  readonly values: ArrayLike<number>;
  /** Read where no moment is, instead of the latest column. */
  readonly lately?: number;
  /** How often in each column, where `values` are rates. */
  readonly counts?: ArrayLike<number>;
  /** Of what: `requests`. */
  readonly counted?: string;
  /** Stacked on those before it, upwards or downwards from zero; or a line. */
  readonly form: 'up' | 'down' | 'line';
  readonly fill?: Fill;
  readonly stroke?: Stroke;
}

export interface Plot {
  /** Of the swarm, where a chart has several. */
  readonly name?: string;
  readonly grid: Grid;
  /** What is along it: run time, or how long each peer has been there. */
  readonly along: 'run' | 'age';
  readonly scale: 'linear' | 'logarithmic' | 'share';
  /** Levels hold for a whole column; rates have bars. */
  readonly as: 'levels' | 'bars';
  readonly series: readonly Series[];
  /** Filled between two of the series, by their places. */
  readonly bands?: readonly { readonly low: number; readonly high: number; readonly fill: Fill }[];
  readonly heat?: Availability;
}

export interface Model {
  readonly part: TimePart;
  readonly plots: readonly Plot[];
  readonly range: TimeRange;
  readonly told: number;
  readonly gaps: readonly TimeRange[];
  /** Why there is nothing, and never will be. */
  readonly none?: string;
}

const NO_END = 'Every swarm of this run is live: nobody comes to an end, so there is no progress to show.';

/** Names of swarms as peers have them. */
export type NameSwarm = (swarm: number) => string;

/** Undefined: nothing of this part was answered. */
export function modelOf(part: TimePart, answer: TimeAnswer, nameSwarm: NameSwarm): Model | undefined {
  const { range, told, gaps } = answer;
  const plots = plotsOf(part, answer, nameSwarm);
  if (plots === undefined) return undefined;
  const none = part === 'progress' && !answer.ends ? { none: NO_END } : {};
  return { part, plots, range, told, gaps, ...none };
}

function plotsOf(part: TimePart, answer: TimeAnswer, nameSwarm: NameSwarm): readonly Plot[] | undefined {
  switch (part) {
    case 'population':
      return population(answer, nameSwarm);
    case 'churn':
      return churn(answer);
    case 'requests':
      return requests(answer);
    case 'latency':
      return latency(answer);
    case 'errors':
      return errors(answer);
    case 'availability':
      return availability(answer);
    case 'progress':
      return progress(answer);
    default:
      return part satisfies never;
  }
}

function population(answer: TimeAnswer, nameSwarm: NameSwarm): readonly Plot[] | undefined {
  const { population: told } = answer;
  return told?.swarms.map(({ swarm, seeds, leeches }) => ({
    name: swarm === undefined ? `${told.others} others` : nameSwarm(swarm),
    grid: told,
    along: 'run',
    scale: 'linear',
    as: 'levels',
    series: [
      { name: 'SEED', unit: 'peers', values: levels(seeds, told, answer), form: 'up', fill: SEED },
      { name: 'LEECH', unit: 'peers', values: levels(leeches, told, answer), form: 'up', fill: LEECH },
    ],
  }));
}

function churn(answer: TimeAnswer): readonly Plot[] | undefined {
  const { churn: told } = answer;
  if (told === undefined) return undefined;
  const arrived: Series = {
    ...rated({ kind: 'arrived', count: told.arrivals }, 'peers', 'perMinute', told, answer),
    form: 'up',
    fill: ARRIVED,
  };
  const departed = told.departures.map((one): Series => ({
    ...rated(one, 'peers', 'perMinute', told, answer),
    name: DEPARTURE_NAMES[one.kind],
    form: 'down',
    fill: DEPARTED[one.kind],
  }));
  return [{ ...bars(told), series: [arrived, ...departed] }];
}

function requests(answer: TimeAnswer): readonly Plot[] | undefined {
  const { requests: told } = answer;
  if (told === undefined) return undefined;
  const series = told.kinds.map((one): Series => ({
    ...rated(one, 'requests', 'perSecond', told, answer),
    form: 'up',
    fill: METHOD_FILLS[one.kind],
  }));
  return [{ ...bars(told), series }];
}

function errors(answer: TimeAnswer): readonly Plot[] | undefined {
  const { errors: told } = answer;
  if (told === undefined) return undefined;
  const series = told.kinds.map((one): Series => ({
    ...rated(one, 'requests', 'perMinute', told, answer),
    name: OUTCOME_NAMES[one.kind],
    form: 'up',
    fill: FAILED[one.kind],
  }));
  return [{ ...bars(told), series }];
}

function latency(answer: TimeAnswer): readonly Plot[] | undefined {
  const { latency: told } = answer;
  if (told === undefined) return undefined;
  const series = PERCENTILES.map(({ name, stroke }): Series => ({
    name,
    unit: 'milliseconds',
    values: told[name],
    lately: told.lately[name],
    form: 'line',
    stroke,
  }));
  return [{ grid: told, along: 'run', scale: 'logarithmic', as: 'levels', series }];
}

function availability(answer: TimeAnswer): readonly Plot[] | undefined {
  const { availability: told } = answer;
  if (told === undefined) return undefined;
  const from = held((column) => (told.peers[column] ?? Number.NaN) >= 0, told, answer);
  const at = (of: (column: number) => number) =>
    Float32Array.from(from, (column) => (column < 0 ? Number.NaN : of(column)));
  const cells = (column: number) => told.share.subarray(column * told.rows, (column + 1) * told.rows);
  const share = new Float32Array(told.share.length).fill(Number.NaN);
  from.forEach((column, to) => {
    if (column >= 0) share.set(cells(column), to * told.rows);
  });
  const series: Series[] = [
    { name: 'peers', unit: 'peers', values: at((column) => told.peers[column] ?? Number.NaN), form: 'line' },
    { name: 'held on average', unit: 'share', values: at((column) => mean(cells(column))), form: 'line' },
    { name: 'held least', unit: 'share', values: at((column) => Math.min(...cells(column))), form: 'line' },
  ];
  return [{ grid: told, along: 'run', scale: 'share', as: 'levels', series, heat: { ...told, share } }];
}

function progress(answer: TimeAnswer): readonly Plot[] | undefined {
  const { progress: told } = answer;
  if (told === undefined) return undefined;
  const along = told.by;
  const grid = along === 'age' ? untilAllComplete(told) : told;
  const from =
    along === 'run' ? held((column) => (told.looks[column] ?? 0) > 0, told, answer) : filled(told.looks);
  const series = FAN.map((name, i): Series => {
    const quantile = told.quantiles[i];
    return {
      name,
      unit: 'share',
      values: Float32Array.from(from, (column) =>
        column < 0 ? Number.NaN : (quantile?.[column] ?? Number.NaN),
      ),
      form: 'line',
      ...(i === HALF ? { stroke: MIDDLE } : {}),
    };
  });
  return [
    {
      grid,
      along,
      scale: 'share',
      as: 'levels',
      series,
      bands: [
        { low: 0, high: 4, fill: { ink: 'seed', opacity: 0.22 } },
        { low: 1, high: 3, fill: { ink: 'seed', opacity: 0.38 } },
      ],
    },
  ];
}

/** Later ages only show that nothing happens any more. */
function untilAllComplete(told: Progress): Grid {
  const [slowest] = told.quantiles;
  const last = slowest?.findLastIndex((share) => share < 1) ?? -1;
  return { ...told, columns: Math.min(told.columns, Math.max(10, Math.ceil((last + 1) * 1.15))) };
}

const FAN = ['5th percentile', '25th', 'half of them', '75th', '95th percentile'];
const HALF = 2;

const bars = (grid: Grid) => ({ grid, along: 'run', scale: 'linear', as: 'bars' }) as const;

const mean = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The latest column up to each one that was looked at; -1: none. */
function filled(looks: Float64Array): Int32Array {
  let latest = -1;
  return Int32Array.from(looks, (some, column) => (some > 0 ? (latest = column) : latest));
}

/** Levels at the end of each column, or where it comes to a gap. */
function levels(values: Float64Array, grid: Grid, answer: TimeAnswer): Float64Array {
  return values.map((value, column) => (isUnknown(column, grid, answer) ? Number.NaN : value));
}

const PER = { perSecond: 1000, perMinute: 60_000 };

/** Counts by the time that is known of their columns. */
function rated<Kind extends string>(
  { kind, count }: Counted<Kind>,
  counted: string,
  unit: keyof typeof PER,
  grid: Grid,
  answer: TimeAnswer,
) {
  const values = count.map((some, column) => {
    const known = covered(column, grid, answer);
    // A column of which next to nothing is known yet would dance.
    return known < grid.width / 2 ? Number.NaN : (some * PER[unit]) / known;
  });
  return { name: kind as string, unit, values, counts: count, counted };
}
