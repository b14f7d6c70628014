/**
 * What the discs' colours mean, and which class of it a peer is in. A class is told in words by the legend, which shows
 * it alone on request: no colour has to be told from another by eye. Hues of the classes are none of those that mean
 * SEED or LEECH elsewhere.
 */
import { color, interpolateCividis, interpolateRgb } from 'd3';
import { EDITIONS, PHASES } from '../../dashboard/feed.ts';
import type { HandOuts } from './hand-outs.ts';
import type { PeerNode } from './model.ts';
import type { Palette } from './palette.ts';

/** More ways need a row here, and their datum in `Classed`. */
export const COLOUR_NAMES = {
  mode: 'mode',
  edition: 'edition',
  age: 'age',
  upload: 'upload rate',
  asn: 'ASN',
  handouts: 'hand-outs, whole run',
  lately: 'hand-outs, last minute',
} as const;
export type ColourBy = keyof typeof COLOUR_NAMES;
export const COLOURINGS = Object.keys(COLOUR_NAMES) as ColourBy[];

/** Upper bounds of the classes but the last: run seconds since it was first seen, bytes/s. */
const AGES = [10, 60, 300] as const;
const UPLOADS = [1, 32_000, 128_000] as const;
/** Lists that it was on. */
const LISTS = [1, 10, 100, 1000] as const;
const LISTS_NAMES = ['on no list', 'on 1 to 9', 'on 10 to 99', 'on 100 to 999', 'on more lists'];
/** Autonomous systems told apart: as many hues as stay apart, less one for all others. */
const MOST_ASNS = 5;

/** Of `mode`: the signs, in the legend's order. */
export const SIGN_CLASSES = ['seed', 'leech', 'silent', 'foreign', 'joining'] as const;

export const CLASSES: Readonly<Record<ColourBy, readonly string[]>> = {
  mode: SIGN_CLASSES,
  edition: EDITIONS,
  age: ['below 10 s', 'below 1 min', 'below 5 min', 'older'],
  upload: ['none', 'below 32 kB/s', 'below 128 kB/s', 'more'],
  /** Named by who is there. */
  asn: [],
  handouts: LISTS_NAMES,
  lately: LISTS_NAMES,
};

const SILENT = PHASES.indexOf('silent');
const JOINING = PHASES.indexOf('joining');

/** What a class depends on. */
export type Classed = Pick<
  PeerNode,
  'handle' | 'seed' | 'foreign' | 'phase' | 'edition' | 'since' | 'upload' | 'asn'
>;

/** Whom peers are classed among. */
export interface Among {
  /** Milliseconds of run time. */
  readonly runTime: number;
  readonly handOuts: Pick<HandOuts, 'total' | 'lately'>;
}

/** Index into the classes of the painting. */
export function classOf({ by, asns }: Pick<Painting, 'by' | 'asns'>, node: Classed, among: Among): number {
  switch (by) {
    case 'mode':
      if (node.foreign) return 3;
      if (node.phase === SILENT) return 2;
      if (node.phase === JOINING) return 4;
      return node.seed ? 0 : 1;
    case 'edition':
      return node.edition;
    case 'age':
      return step(AGES, (among.runTime - node.since) / 1000);
    case 'upload':
      return step(UPLOADS, node.upload);
    case 'asn': {
      const place = asns.indexOf(node.asn);
      return place === -1 ? asns.length : place;
    }
    case 'handouts':
      return step(LISTS, among.handOuts.total(node.handle));
    case 'lately':
      return step(LISTS, among.handOuts.lately(node.handle));
    default:
      return by satisfies never;
  }
}

/** The autonomous systems with most of the peers, by number; the others share a class. */
export function largestAsns(nodes: readonly Pick<PeerNode, 'asn' | 'end'>[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const { asn, end } of nodes)
    if (asn > 0 && end === undefined) counts.set(asn, (counts.get(asn) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, few], [b, many]) => many - few || a - b)
    .slice(0, MOST_ASNS)
    .map(([asn]) => asn)
    .toSorted((a, b) => a - b);
}

function step(bounds: readonly number[], value: number): number {
  const found = bounds.findIndex((bound) => value < bound);
  return found === -1 ? bounds.length : found;
}

/** Paul Tol's bright scheme: its hues stay apart for every kind of colour vision. */
const BRIGHT = ['#4477aa', '#ee6677', '#ccbb44', '#66ccee', '#aa3377', '#bbbbbb'] as const;

const bright = (_: unknown, i: number): string => BRIGHT[i % BRIGHT.length] as string;

/** Of each class, CSS; nothing where the palette's own colours are meant. */
export function classColours({ by, asns }: Pick<Painting, 'by' | 'asns'>, ground: string): readonly string[] {
  if (by === 'mode') return [];
  if (by === 'edition') return CLASSES[by].map(bright);
  // All others are grey, however few are told apart.
  if (by === 'asn') return [...asns.map(bright), BRIGHT[MOST_ASNS]];
  const { length } = CLASSES[by];
  // From few to many, by lightness, too: the end that would sink into the ground is left out.
  const { r, g, b } = color(ground)?.rgb() ?? { r: 0, g: 0, b: 0 };
  const [from, to] = 0.3 * r + 0.59 * g + 0.11 * b < 128 ? [0.42, 1] : [0, 0.8];
  return CLASSES[by].map((_, i) => interpolateCividis(from + ((to - from) * i) / (length - 1)));
}

/** Of each class, as far as it has colours of its own. The signs stay: a SEED is full, a LEECH open. */
export function classPalettes(painting: Pick<Painting, 'by' | 'asns'>, palette: Palette): readonly Palette[] {
  return classColours(painting, palette.ground).map((colour) => ({
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
  /** Told apart by colour, where colours mean these. */
  readonly asns: readonly number[];
  /** Of each class; empty: the frame's own for all. */
  readonly palettes: readonly Palette[];
}

export const UNPAINTED: Painting = { by: 'mode', chosen: new Set(), asns: [], palettes: [] };

/** While some classes are chosen, others are only hinted at. */
export const isHint = ({ chosen }: Painting, of: number): boolean => chosen.size > 0 && !chosen.has(of);
