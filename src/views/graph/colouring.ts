/**
 * What the discs' colours mean, and which class of it a peer is in. A class is told in words by the legend, which shows
 * it alone on request: no colour has to be told from another by eye. Hues of the classes are none of those that mean
 * SEED or LEECH elsewhere.
 */
import { color, interpolateCividis, interpolateRgb } from 'd3';
import { EDITIONS, PHASES } from '../../dashboard/feed.ts';
import type { PeerNode } from './model.ts';
import type { Palette } from './palette.ts';

/** More ways need a row here, and their datum in `PeerNode`. */
export const COLOUR_NAMES = {
  mode: 'mode',
  edition: 'edition',
  age: 'age',
  upload: 'upload rate',
} as const;
export type ColourBy = keyof typeof COLOUR_NAMES;
export const COLOURINGS = Object.keys(COLOUR_NAMES) as ColourBy[];

/** Upper bounds of the classes but the last: run seconds since it was first seen, bytes/s. */
const AGES = [10, 60, 300] as const;
const UPLOADS = [1, 32_000, 128_000] as const;

/** Of `mode`: the signs, in the legend's order. */
export const SIGN_CLASSES = ['seed', 'leech', 'silent', 'foreign', 'joining'] as const;

export const CLASSES: Readonly<Record<ColourBy, readonly string[]>> = {
  mode: SIGN_CLASSES,
  edition: EDITIONS,
  age: ['below 10 s', 'below 1 min', 'below 5 min', 'older'],
  upload: ['none', 'below 32 kB/s', 'below 128 kB/s', 'more'],
};

const SILENT = PHASES.indexOf('silent');
const JOINING = PHASES.indexOf('joining');

/** What a class depends on. */
export type Classed = Pick<PeerNode, 'seed' | 'foreign' | 'phase' | 'edition' | 'since' | 'upload'>;

/** Index into `CLASSES[by]`. `at`: milliseconds of run time. */
export function classOf(by: ColourBy, node: Classed, at: number): number {
  switch (by) {
    case 'mode':
      if (node.foreign) return 3;
      if (node.phase === SILENT) return 2;
      if (node.phase === JOINING) return 4;
      return node.seed ? 0 : 1;
    case 'edition':
      return node.edition;
    case 'age':
      return step(AGES, (at - node.since) / 1000);
    case 'upload':
      return step(UPLOADS, node.upload);
    default:
      return by satisfies never;
  }
}

function step(bounds: readonly number[], value: number): number {
  const found = bounds.findIndex((bound) => value < bound);
  return found === -1 ? bounds.length : found;
}

/** Paul Tol's bright scheme: its hues stay apart for every kind of colour vision. */
const BRIGHT = ['#4477aa', '#ee6677', '#ccbb44', '#66ccee', '#aa3377', '#bbbbbb'] as const;

/** Of each class, CSS; nothing where the palette's own colours are meant. */
export function classColours(by: ColourBy, ground: string): readonly string[] {
  if (by === 'mode') return [];
  const { length } = CLASSES[by];
  if (by === 'edition') return CLASSES[by].map((_, i) => BRIGHT[i % BRIGHT.length] as string);
  // From few to many, by lightness, too: the end that would sink into the ground is left out.
  const { r, g, b } = color(ground)?.rgb() ?? { r: 0, g: 0, b: 0 };
  const [from, to] = 0.3 * r + 0.59 * g + 0.11 * b < 128 ? [0.42, 1] : [0, 0.8];
  return CLASSES[by].map((_, i) => interpolateCividis(from + ((to - from) * i) / (length - 1)));
}

/** Of each class, as far as it has colours of its own. The signs stay: a SEED is full, a LEECH open. */
export function classPalettes(by: ColourBy, palette: Palette): readonly Palette[] {
  return classColours(by, palette.ground).map((colour) => ({
    ...palette,
    seed: colour,
    seedRim: interpolateRgb(colour, palette.ink)(0.5),
    leech: colour,
    leechTrack: interpolateRgb(palette.ground, colour)(0.4),
    hollow: interpolateRgb(palette.ground, colour)(0.06),
  }));
}

/** How peers are coloured, and which classes stand out: all, or those chosen. */
export interface Painting {
  readonly by: ColourBy;
  readonly chosen: ReadonlySet<number>;
  /** Of each class; empty: the frame's own for all. */
  readonly palettes: readonly Palette[];
}

export const UNPAINTED: Painting = { by: 'mode', chosen: new Set(), palettes: [] };

/** While some classes are chosen, others are only hinted at. */
export const isHint = ({ chosen }: Painting, of: number): boolean => chosen.size > 0 && !chosen.has(of);
