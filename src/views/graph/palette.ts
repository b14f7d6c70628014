/** The theme's colours and what is mixed from them, made once per theme. */
import { color, interpolateRgb } from 'd3';
import type { GraphTheme } from './messages.ts';

/** The same colour, partly transparent; a notation that d3 cannot read stays opaque. */
export const faint = (css: string, opacity: number): string =>
  color(css)?.copy({ opacity }).formatRgb() ?? css;

const mix = (from: string, to: string, part: number): string => interpolateRgb(from, to)(part);

export interface Palette extends GraphTheme {
  readonly hullInner: string;
  readonly hullOuter: string;
  readonly hullEdge: string;
  readonly seedRim: string;
  readonly leechTrack: string;
  /** Inside of an open disc: hides links behind it. */
  readonly hollow: string;
  readonly silent: string;
  readonly halo: string;
}

export function paletteOf(theme: GraphTheme): Palette {
  const body = mix(theme.ground, theme.tracker, 0.055);
  return {
    ...theme,
    hullInner: mix(body, theme.ink, 0.015),
    hullOuter: mix(body, theme.ink, 0.075),
    hullEdge: mix(theme.ground, theme.ink, 0.24),
    seedRim: mix(theme.seed, theme.ink, 0.5),
    leechTrack: mix(theme.ground, theme.leech, 0.34),
    hollow: mix(theme.ground, theme.leech, 0.05),
    silent: mix(theme.ground, theme.inkSoft, 0.8),
    halo: faint(theme.ground, 0.82),
  };
}
