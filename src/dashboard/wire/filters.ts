/** The filter as people see it: chips that say what it asks, fields that take it, and what each adds or takes away. */
import type { ExchangeFilter, Range, WireQuery } from '../../workers/messages.ts';

/** Facts of which a filter lists those that it lets through. */
export const LISTS = ['methods', 'editions', 'verdicts', 'from', 'troubles', 'swarms', 'peers'] as const;
export type ListName = (typeof LISTS)[number];

export const RANGES = ['status', 'size', 'took'] as const;
export type RangeName = (typeof RANGES)[number];

export interface Chip {
  /** Names it among the chips of a filter. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** The filter without it. */
  readonly without: ExchangeFilter;
}

const LIST_LABELS: Readonly<Record<ListName, string>> = {
  methods: 'method',
  editions: 'edition',
  verdicts: 'outcome',
  from: 'sender',
  troubles: 'error',
  swarms: 'swarm',
  peers: 'peer',
};
const RANGE_LABELS: Readonly<Record<RangeName, { readonly label: string; readonly unit: string }>> = {
  status: { label: 'status', unit: '' },
  size: { label: 'size', unit: ' B' },
  took: { label: 'latency', unit: ' ms' },
};

const listOf = (filter: ExchangeFilter, name: ListName): readonly string[] => filter[name] ?? [];

function without(filter: ExchangeFilter, ...names: readonly (keyof ExchangeFilter)[]): ExchangeFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([name]) => !(names as readonly string[]).includes(name)),
  );
}

/** With the word in the list, or without it; an empty list asks nothing. */
export function withWord(
  filter: ExchangeFilter,
  name: ListName,
  word: string,
  wanted: boolean,
): ExchangeFilter {
  const others = listOf(filter, name).filter((one) => one !== word);
  const words = wanted ? [...others, word] : others;
  return words.length === 0 ? without(filter, name) : { ...filter, [name]: words };
}

export const hasWord = (filter: ExchangeFilter, name: ListName, word: string): boolean =>
  listOf(filter, name).includes(word);

/** An end that is not given asks nothing. */
export function withRange(filter: ExchangeFilter, name: RangeName, range: Range): ExchangeFilter {
  return range.from === undefined && range.to === undefined
    ? without(filter, name)
    : { ...filter, [name]: range };
}

/** A range with one end as typed: digits, or nothing. */
export function withEnd(range: Range | undefined, end: 'from' | 'to', typed: string): Range {
  const { [end]: _, ...rest } = range ?? {};
  const value = typed.trim() === '' ? NaN : Number(typed);
  return Number.isFinite(value) && value >= 0 ? { ...rest, [end]: value } : rest;
}

export function withDirection(
  filter: ExchangeFilter,
  direction: ExchangeFilter['direction'],
): ExchangeFilter {
  return direction === undefined ? without(filter, 'direction') : { ...filter, direction };
}

export function withFindings(filter: ExchangeFilter, findings: boolean | undefined): ExchangeFilter {
  return findings === undefined ? without(filter, 'findings') : { ...filter, findings };
}

function rangeText({ from, to }: Range, unit: string): string {
  if (from !== undefined && from === to) return `${from}${unit}`;
  if (from === undefined) return `≤ ${to}${unit}`;
  return to === undefined ? `≥ ${from}${unit}` : `${from} to ${to}${unit}`;
}

/** What the filter asks, part by part. */
export function chipsOf(filter: ExchangeFilter): readonly Chip[] {
  const direction = filter.direction === undefined ? '' : ` of ${filter.direction}`;
  const lists = LISTS.flatMap((name) =>
    listOf(filter, name).map((word) => ({
      id: `${name} ${word}`,
      label: LIST_LABELS[name],
      value: word,
      without: withWord(filter, name, word, false),
    })),
  );
  const ranges = RANGES.flatMap((name) => {
    const range = filter[name];
    const { label, unit } = RANGE_LABELS[name];
    if (range === undefined) return [];
    const value = rangeText(range, unit);
    return [
      {
        id: name,
        label: `${label}${name === 'size' ? direction : ''}`,
        value,
        without: without(filter, name),
      },
    ];
  });
  const { findings } = filter;
  if (findings === undefined) return [...lists, ...ranges];
  const value = findings ? 'some' : 'none';
  return [
    ...lists,
    ...ranges,
    { id: 'findings', label: `findings${direction}`, value, without: without(filter, 'findings') },
  ];
}

export const QUERY_AT_FIRST: WireQuery = { filter: {}, text: '', scope: 'everything', sort: undefined };

/** A click on a column's head: ascending, descending, as they came in. */
export function sortedBy(query: WireQuery, column: NonNullable<WireQuery['sort']>['column']): WireQuery {
  const { sort } = query;
  if (sort?.column !== column) return { ...query, sort: { column, descending: false } };
  return { ...query, sort: sort.descending ? undefined : { column, descending: true } };
}
