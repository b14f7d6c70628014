/** What the pictures of peer lists say, in words: their readings, and their text alternatives. */
import type {
  EdgesAnswer,
  Looked,
  MatrixAnswer,
  PairAnswer,
  SeriesAnswer,
  SpreadAnswer,
} from '../../dashboard/observed.ts';
import { formatClock, formatCount, plural } from '../format.ts';

const NBSP = '\u00a0';

/** To the tenth of a percent while it is small. */
export const percent = (share: number): string => {
  const of = share * 100;
  return `${of > 0 && of < 9.95 ? of.toFixed(1) : Math.round(of)}${NBSP}%`;
};

/** How long it is: `4 s`, `2:10`. */
export function since(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 100 ? `${seconds}${NBSP}s` : formatClock(seconds * 1000);
}

export const ago = (milliseconds: number): string => `${since(milliseconds)}${NBSP}ago`;

export const NO_LISTS =
  'No lists in this time: a peer that joins a swarm is handed one. Start the run, or look at a longer time.';

/** What was looked at, and what could not be. */
export function lookedWords({ lists, entries, from, to, cut, omitted }: Looked): string {
  const span = `${formatClock(from)} to ${formatClock(to)}`;
  const gaps = [
    cut ? 'earlier lists are not kept any more' : '',
    omitted > 0 ? `${plural(omitted, 'list')} of the run were left out before they came here` : '',
  ].filter((gap) => gap !== '');
  const rest = gaps.length === 0 ? '' : `; ${gaps.join('; ')}`;
  return `${plural(lists, 'list')} with ${plural(entries, 'entry', 'entries')}, ${span}${rest}.`;
}

export function edgesWords(answer: EdgesAnswer): string {
  const { looked, peer, peers, times, stale, entriesLeft } = answer;
  if (looked.lists === 0) return NO_LISTS;
  const edges = times.length;
  const gone = stale.reduce((sum, one) => sum + one, 0);
  if (peer !== undefined) {
    const centre = peers.indexOf(peer);
    const got = answer.asker.reduce((sum, one) => sum + (one === centre ? 1 : 0), 0);
    const stood = answer.listed.reduce((sum, one) => sum + (one === centre ? 1 : 0), 0);
    return `Was handed ${plural(got, 'peer')}, stood on the lists of ${plural(stood, 'peer')}; ${formatCount(gone)} gone when last listed.`;
  }
  const left =
    entriesLeft > 0 ? ` ${plural(entriesLeft, 'earlier entry', 'earlier entries')} not drawn.` : '';
  return `${plural(edges, 'pair')} of asker and listed among ${plural(peers.length, 'peer')}, ${formatCount(gone)} gone when last listed.${left} ${lookedWords(looked)}`;
}

export function matrixWords({ looked, peers, rows, columns, times, unknown }: MatrixAnswer): string {
  if (looked.lists === 0) return NO_LISTS;
  const shown = times.reduce((sum, one) => sum + one, 0);
  const step = Math.max(rows.step, columns.step);
  const size = step === 1 ? 'a cell for each pair' : `${rows.step} × ${columns.step} peers to a cell`;
  const strangers = unknown > 0 ? ` ${plural(unknown, 'entry', 'entries')} of peers nobody here knows.` : '';
  return `${plural(peers.length, 'peer')}, ${size}, ${plural(shown, 'entry', 'entries')} in sight.${strangers} ${lookedWords(looked)}`;
}

/** Fewer say nothing. */
const FEWEST_SPELLS = 8;
const FEWEST_LISTS = 5;
const UNLIKELY = 0.01;

export type Verdict = 'chance' | 'favoured' | 'even' | 'unsure';

export function verdictOf({ spells, looked, pValue }: SpreadAnswer): Verdict {
  if (pValue === undefined || spells < FEWEST_SPELLS || looked.lists < FEWEST_LISTS) return 'unsure';
  if (pValue < UNLIKELY) return 'favoured';
  return pValue > 1 - UNLIKELY ? 'even' : 'chance';
}

const pWords = (p: number): string =>
  p < 0.001 ? 'p < 0.001' : p > 0.999 ? 'p > 0.999' : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;

export function spreadWords(answer: SpreadAnswer): string {
  const { looked, dispersion = 1, pValue = 1 } = answer;
  if (looked.lists === 0) return NO_LISTS;
  const scattered = `dispersion ${dispersion.toFixed(2)}, ${pWords(pValue)}`;
  switch (verdictOf(answer)) {
    case 'chance':
      return `As uniform random lists would give: ${scattered}.`;
    case 'favoured':
      return `Some peers are favoured beyond chance: ${scattered}.`;
    case 'even':
      return `Spread more evenly than chance would: ${scattered}.`;
    default:
      return 'Too few lists in this time to say.';
  }
}

export function spreadNotes({ spells, mean, always, looked, fit }: SpreadAnswer): string {
  const seeds =
    always > 0
      ? ` ${plural(always, 'live seed')} of gu-04 left out: on every list by rule (gu -06 §4.6), not by chance.`
      : '';
  const shape =
    fit === undefined
      ? ''
      : ` Shape: χ² ${fit.statistic.toFixed(1)} at ${fit.degrees} degrees of freedom, ${pWords(fit.pValue)}.`;
  return `${plural(spells, 'stay')} on the tracker, listed ${mean.toFixed(1)} times each on average; each is held against the lists given while it was registered.${shape}${seeds} ${lookedWords(looked)}`;
}

const sumOf = (values: ArrayLike<number>, from: number, to: number): number => {
  let sum = 0;
  for (let bin = from; bin < to; bin++) sum += values[bin] ?? 0;
  return sum;
};

export interface SeriesFigures {
  readonly lists: number;
  readonly size: number | undefined;
  /** Of those that asked for so many. */
  readonly wanted: number | undefined;
  readonly gone: number | undefined;
  readonly unknown: number | undefined;
  readonly own: number | undefined;
  readonly ownExpected: number | undefined;
  readonly others: number | undefined;
  readonly othersExpected: number | undefined;
}

/** Of bins `from` (inclusive) to `to` (exclusive); undefined: there was nothing. */
export function seriesFigures(answer: SeriesAnswer, from: number, to: number): SeriesFigures {
  const lists = sumOf(answer.lists, from, to);
  const entries = sumOf(answer.entries, from, to);
  const own = sumOf(answer.own, from, to);
  const others = sumOf(answer.others, from, to);
  const ratio = (values: ArrayLike<number>, of: number): number | undefined =>
    of > 0 ? sumOf(values, from, to) / of : undefined;
  return {
    lists,
    size: lists > 0 ? entries / lists : undefined,
    wanted: ratio(answer.wanted, sumOf(answer.asking, from, to)),
    gone: ratio(answer.gone, entries),
    unknown: ratio(answer.unknown, entries),
    own: ratio(answer.ownOverlap, own),
    ownExpected: ratio(answer.ownExpected, own),
    others: ratio(answer.othersOverlap, others),
    othersExpected: ratio(answer.othersExpected, others),
  };
}

const overlapWords = (what: string, seen: number | undefined, expected: number | undefined): string =>
  seen === undefined ? '' : ` ${what} ${percent(seen)} alike (random: ${percent(expected ?? 0)}).`;

export function figuresWords(figures: SeriesFigures): string {
  if (figures.lists === 0) return 'no lists';
  const asked = figures.wanted === undefined ? '' : ` (${figures.wanted.toFixed(1)} asked for)`;
  const strangers = (figures.unknown ?? 0) > 0 ? `, ${percent(figures.unknown ?? 0)} unknown` : '';
  return (
    `${plural(figures.lists, 'list')} of ${(figures.size ?? 0).toFixed(1)} peers${asked}, ` +
    `${percent(figures.gone ?? 0)} gone${strangers}.` +
    overlapWords('One peer’s lists', figures.own, figures.ownExpected) +
    overlapWords('Two peers’ lists', figures.others, figures.othersExpected)
  );
}

export function pairWords({ a, b, on, overlap, expected, candidates }: PairAnswer): string {
  if (a === undefined || b === undefined) return 'One of the two is not kept any more: choose another.';
  const both = on.reduce((sum, one) => sum + (one === 3 ? 1 : 0), 0);
  const beginning = `${plural(both, 'peer')} on both of ${formatCount(a.size)} and ${formatCount(b.size)}.`;
  if (overlap === undefined || expected === undefined || candidates === undefined)
    return `${beginning} No telling what chance would give: not of one swarm, too long ago, or nobody could be on both.`;
  return `${beginning} Of the ${formatCount(candidates)} that could be on both, ${percent(overlap)} alike; random lists: ${percent(expected)}.`;
}
