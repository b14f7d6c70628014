/** Geometry of the Lab's plots: values in, coordinates out. Pure. */
import { scaleLinear, scalePoint } from 'd3';

/** How a line or a mark looks; each has a dash or a shape of its own beside its colour. */
export type Kind = 'leech' | 'seed' | 'tracker' | 'selected' | 'error';
export const KINDS: readonly Kind[] = ['tracker', 'selected', 'leech', 'seed', 'error'];

/** As CSS has it. */
export const colourOf = (kind: Kind): string => `var(--${kind})`;

export interface Line {
  readonly name: string;
  readonly kind: Kind;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export const WIDTH = 720;
export const HEIGHT = 240;
export const MARGIN = { left: 58, right: 96, top: 12, bottom: 40 } as const;

interface Axes {
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

export interface LinePlan extends Axes {
  readonly lines: readonly {
    readonly name: string;
    readonly kind: Kind;
    readonly d: string;
    readonly endY: number;
  }[];
}

const across = [MARGIN.left, WIDTH - MARGIN.right] as const;
const up = [HEIGHT - MARGIN.bottom, MARGIN.top] as const;
/** Points of one line: more are thinned out to what a screen can show. */
const MOST_POINTS = 1500;

export function linePlan(lines: readonly Line[]): LinePlan {
  const all = lines.flatMap(({ points }) => points);
  const x = scaleLinear([least(all.map(([value]) => value)), greatest(all.map(([value]) => value))], across);
  const y = scaleLinear([0, greatest(all.map(([, value]) => value)) || 1], up).nice();
  return {
    ...axes(x, y),
    lines: lines.map(({ name, kind, points }) => {
      const step = Math.max(1, Math.ceil(points.length / MOST_POINTS));
      const drawn = points.filter((_, place) => place % step === 0 || place === points.length - 1);
      const d = drawn
        .map(([a, b], place) => `${place === 0 ? 'M' : 'L'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`)
        .join('');
      return { name, kind, d, endY: y(points.at(-1)?.[1] ?? 0) };
    }),
  };
}

export interface Spot {
  readonly x: unknown;
  readonly mean: number;
  readonly halfWidth: number | undefined;
  /** What tells it from the others at the same place. */
  readonly group: string;
}

export interface SpotPlan extends Axes {
  readonly groups: readonly {
    readonly name: string;
    readonly kind: Kind;
    readonly d: string;
    readonly spots: readonly {
      readonly x: number;
      readonly y: number;
      readonly low: number;
      readonly high: number;
    }[];
  }[];
}

export function spotPlan(spots: readonly Spot[]): SpotPlan {
  const numeric = spots.every(({ x }) => typeof x === 'number');
  const names = [...new Set(spots.map(({ x }) => label(x)))];
  const linear = scaleLinear(
    [least(spots.map(({ x }) => Number(x))), greatest(spots.map(({ x }) => Number(x)))],
    [across[0] + 20, across[1] - 20],
  );
  const point = scalePoint(names, across).padding(0.5);
  const placeOf = (x: unknown): number => (numeric ? linear(Number(x)) : (point(label(x)) ?? 0));
  const low = Math.min(0, least(spots.map(({ mean, halfWidth = 0 }) => mean - halfWidth)));
  const y = scaleLinear(
    [low, greatest(spots.map(({ mean, halfWidth = 0 }) => mean + halfWidth)) || 1],
    up,
  ).nice();
  const groups = [...new Set(spots.map(({ group }) => group))];
  return {
    xTicks: numeric
      ? [...new Set(spots.map(({ x }) => Number(x)))].map((value) => ({
          at: linear(value),
          label: String(value),
        }))
      : names.map((name) => ({ at: placeOf(name), label: name })),
    yTicks: y.ticks(5).map((value) => ({ at: y(value), label: value.toLocaleString('en-US') })),
    groups: groups.map((name, place) => {
      // A little apart, so that intervals at one place are told from each other.
      const shift = (place - (groups.length - 1) / 2) * Math.min(7, 60 / groups.length);
      const own = spots
        .filter(({ group }) => group === name)
        .map(({ x, mean, halfWidth = 0 }) => ({
          x: placeOf(x) + shift,
          y: y(mean),
          low: y(mean - halfWidth),
          high: y(mean + halfWidth),
        }));
      return {
        name,
        kind: KINDS[place % KINDS.length] ?? 'tracker',
        d: own.map((one, at) => `${at === 0 ? 'M' : 'L'}${one.x.toFixed(1)} ${one.y.toFixed(1)}`).join(''),
        spots: own,
      };
    }),
  };
}

type Linear = ReturnType<typeof scaleLinear<number>>;

const axes = (x: Linear, y: Linear): Axes => ({
  xTicks: x.ticks(8).map((value) => ({ at: x(value), label: value.toLocaleString('en-US') })),
  yTicks: y.ticks(5).map((value) => ({ at: y(value), label: value.toLocaleString('en-US') })),
});

const label = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
