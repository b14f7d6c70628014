/** Geometry of the lists over the run: three lanes over one axis of time. Lengths are pixels, times milliseconds. */
import type { ListWindow, SeriesAnswer } from '../../dashboard/observed.ts';
import { formatClock } from '../format.ts';
import type { Size } from './edge-layout.ts';

export interface Lane {
  readonly name: string;
  readonly top: number;
  readonly bottom: number;
  /** What its top stands for. */
  readonly most: string;
}

export interface StripPlan {
  readonly left: number;
  readonly right: number;
  /** The end of the axis. */
  readonly until: number;
  /** Of a column of the drawing. */
  readonly binWidth: number;
  readonly lanes: readonly Lane[];
  /** Lists a second; a hole where none came. */
  readonly bars: readonly {
    readonly x: number;
    readonly width: number;
    readonly y: number;
    readonly height: number;
  }[];
  /** Areas and lines break where there was nothing to say. */
  readonly gone: string;
  readonly unknown: string;
  readonly own: string;
  readonly ownExpected: string;
  readonly others: string;
  readonly othersExpected: string;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  readonly window: { readonly x: number; readonly width: number };
  /** Stretches of which somebody told nothing, from the first lane to the last. */
  readonly gaps: readonly { readonly x: number; readonly width: number }[];
}

const at = (values: ArrayLike<number>, place: number): number => values[place] ?? 0;

/** Round shares that hold what there is, so that the axis does not twitch. */
const SHARES = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1];
const shareTop = (most: number): number => SHARES.find((share) => most <= share) ?? 1;

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000, 86_400];
const SHORTEST = 30_000;
/** Pixels of a column: in narrower ones a mean is of one list or none. */
const NARROWEST = 6;

export const xOf = (plan: Pick<StripPlan, 'left' | 'right' | 'until'>, time: number): number =>
  plan.left + (Math.min(Math.max(0, time), plan.until) / plan.until) * (plan.right - plan.left);

export const timeOf = (plan: Pick<StripPlan, 'left' | 'right' | 'until'>, x: number): number =>
  Math.min(1, Math.max(0, (x - plan.left) / (plan.right - plan.left))) * plan.until;

export function stripPlan(whole: SeriesAnswer, window: ListWindow, { width, height, rem }: Size): StripPlan {
  const until = Math.max(SHORTEST, whole.lists.length * whole.width);
  const axis = { left: 2.9 * rem, right: Math.max(2.9 * rem + 20, width - 0.5 * rem), until };
  const columns = Math.max(1, Math.floor((axis.right - axis.left) / NARROWEST));
  const answer = coarser(whole, Math.max(1, Math.ceil(until / whole.width / columns)));
  const bins = answer.lists.length;
  const [top, bottom, between] = [0.3 * rem, height - 1.5 * rem, 0.55 * rem];
  const room = Math.max(30, bottom - top - 2 * between);
  const heights = [0.26, 0.32, 0.42].map((share) => share * room);
  const tops = [top, top + (heights[0] ?? 0) + between, bottom - (heights[2] ?? 0)];
  const lane = (place: number, name: string, most: string): Lane => ({
    name,
    most,
    top: tops[place] ?? 0,
    bottom: (tops[place] ?? 0) + (heights[place] ?? 0),
  });

  const perSecond = Array.from(answer.lists, (lists) => (lists * 1000) / answer.width);
  const fastest = Math.max(0.1, ...perSecond);
  const ratios = (sums: ArrayLike<number>, counts: ArrayLike<number>): (number | undefined)[] =>
    Array.from({ length: bins }, (_, bin) =>
      at(counts, bin) > 0 ? at(sums, bin) / at(counts, bin) : undefined,
    );
  const gone = ratios(answer.gone, answer.entries);
  const strangers = ratios(answer.unknown, answer.entries);
  const lost = gone.map((share, bin) => (share === undefined ? undefined : share + (strangers[bin] ?? 0)));
  const own = ratios(answer.ownOverlap, answer.own);
  const ownExpected = ratios(answer.ownExpected, answer.own);
  const others = ratios(answer.othersOverlap, answer.others);
  const othersExpected = ratios(answer.othersExpected, answer.others);
  const most = (...of: readonly (readonly (number | undefined)[])[]): number =>
    of.flat().reduce<number>((top, value) => Math.max(top, value ?? 0), 0);
  const goneTop = shareTop(most(lost));
  const alikeTop = shareTop(most(own, ownExpected, others, othersExpected));
  const lanes = [
    lane(0, 'lists/s', fastest < 10 ? fastest.toFixed(1) : String(Math.round(fastest))),
    lane(1, 'gone', `${goneTop * 100} %`),
    lane(2, 'alike', `${alikeTop * 100} %`),
  ];
  const yIn = (place: number, share: number): number => {
    const of = lanes[place];
    return of === undefined ? 0 : of.bottom - Math.min(1, share) * (of.bottom - of.top);
  };
  const middle = (bin: number): number => xOf(axis, (bin + 0.5) * answer.width);
  const line = (values: readonly (number | undefined)[], place: number, full: number): string =>
    runs(values)
      .map(
        (run) =>
          run
            .map(
              ([bin, value], index) =>
                `${index === 0 ? 'M' : 'L'}${middle(bin).toFixed(1)} ${yIn(place, value / full).toFixed(1)}`,
            )
            .join('') + (run.length === 1 ? 'h0.1' : ''),
      )
      .join('');
  const area = (
    low: readonly (number | undefined)[],
    high: readonly (number | undefined)[],
    full: number,
  ): string =>
    runs(high)
      .map((run) => {
        const [first = 0, last = 0] = [run[0]?.[0], run.at(-1)?.[0]];
        const [begin, end] = [xOf(axis, first * answer.width), xOf(axis, (last + 1) * answer.width)];
        const upper = run.map(
          ([bin, value]) => `${middle(bin).toFixed(1)} ${yIn(1, value / full).toFixed(1)}`,
        );
        const lower = run.map(
          ([bin]) => `${middle(bin).toFixed(1)} ${yIn(1, (low[bin] ?? 0) / full).toFixed(1)}`,
        );
        const base = (bin: number): number => yIn(1, (low[bin] ?? 0) / full);
        return `M${begin.toFixed(1)} ${base(first).toFixed(1)}L${upper.join('L')}L${end.toFixed(1)} ${base(last).toFixed(1)}L${lower.reverse().join('L')}Z`;
      })
      .join('');
  const [from, to] = 'last' in window ? [bins * answer.width - window.last, until] : [window.from, window.to];
  const step =
    STEPS.find((seconds) => (until / 1000 / seconds) * 4 * rem <= axis.right - axis.left) ??
    STEPS.at(-1) ??
    1;
  const ticks = [];
  for (let time = 0; time <= until; time += step * 1000)
    ticks.push({ at: xOf(axis, time), label: formatClock(time) });
  const left = xOf(axis, from);
  const gaps = answer.gaps.flatMap((gap) => {
    const x = xOf(axis, gap.from);
    const width = xOf(axis, gap.to) - x;
    return width > 0 ? [{ x, width }] : [];
  });
  return {
    ...axis,
    binWidth: answer.width,
    lanes,
    bars: perSecond.flatMap((rate, bin) => {
      if (rate === 0) return [];
      const [x, end] = [xOf(axis, bin * answer.width), xOf(axis, (bin + 1) * answer.width)];
      const y = yIn(0, rate / fastest);
      return [{ x, width: Math.max(0.8, end - x - 0.4), y, height: (lanes[0]?.bottom ?? 0) - y }];
    }),
    gone: area([], gone, goneTop),
    unknown: area(
      gone,
      lost.map((share, bin) => ((strangers[bin] ?? 0) > 0 ? share : undefined)),
      goneTop,
    ),
    own: line(own, 2, alikeTop),
    ownExpected: line(ownExpected, 2, alikeTop),
    others: line(others, 2, alikeTop),
    othersExpected: line(othersExpected, 2, alikeTop),
    ticks,
    gaps,
    window: { x: left, width: Math.max(1, xOf(axis, to) - left) },
  };
}

/** So many bins put together, counted from the beginning, so that they stay as the run goes on. */
export function coarser(answer: SeriesAnswer, bins: number): SeriesAnswer {
  const { about, width, omitted, gaps, ...columns } = answer;
  const sum = (of: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
    const sums = new Float64Array(Math.ceil(of.length / bins));
    of.forEach((value, bin) => {
      const to = Math.floor(bin / bins);
      sums[to] = at(sums, to) + value;
    });
    return sums;
  };
  return {
    about,
    width: width * bins,
    omitted,
    gaps,
    lists: sum(columns.lists),
    entries: sum(columns.entries),
    asking: sum(columns.asking),
    wanted: sum(columns.wanted),
    gone: sum(columns.gone),
    unknown: sum(columns.unknown),
    own: sum(columns.own),
    ownOverlap: sum(columns.ownOverlap),
    ownExpected: sum(columns.ownExpected),
    others: sum(columns.others),
    othersOverlap: sum(columns.othersOverlap),
    othersExpected: sum(columns.othersExpected),
  };
}

/** Stretches without a hole, each value with its place. */
export function runs(values: readonly (number | undefined)[]): (readonly [bin: number, value: number])[][] {
  const found: (readonly [number, number])[][] = [];
  let open: (readonly [number, number])[] | undefined;
  values.forEach((value, bin) => {
    if (value === undefined) open = undefined;
    else {
      if (open === undefined) found.push((open = []));
      open.push([bin, value]);
    }
  });
  return found;
}

/** Pixels from one stroke of a hatch to the next. */
const STROKES = 6;

/** Rising strokes that fill a box, as a path: the same ones wherever the box begins, so that they stay as it grows. */
export function hatchPath(
  { x, width }: { readonly x: number; readonly width: number },
  top: number,
  bottom: number,
): string {
  const height = bottom - top;
  const end = x + width;
  let path = '';
  for (let foot = Math.floor((x - height) / STROKES) * STROKES; foot < end; foot += STROKES) {
    const [from, to] = [Math.max(x, foot), Math.min(end, foot + height)];
    if (from < to)
      path += `M${from.toFixed(1)} ${(bottom - (from - foot)).toFixed(1)}L${to.toFixed(1)} ${(bottom - (to - foot)).toFixed(1)}`;
  }
  return path;
}
