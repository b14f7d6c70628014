/** Colours of shares: from the ground to full green, and another for what nobody holds. */
import { rgb } from 'd3';
import type { Look } from './paint.ts';

const STEPS = 64;

/** A pixel as canvases have it in memory: little-endian RGBA. */
const pixelOf = (red: number, green: number, blue: number): number =>
  ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;

/** Of a share from 0 to 1; transparent where it is not known. */
export function heatColours({ colour }: Pick<Look, 'colour'>): (share: number) => number {
  const [from, to, none] = [rgb(colour.panel), rgb(colour.seed), rgb(colour.error)];
  const ramp = Uint32Array.from({ length: STEPS + 1 }, (_, i) => {
    // What a few hold can be told from the ground.
    const part = 0.12 + 0.88 * (i / STEPS);
    const mix = (one: number, other: number): number => one + (other - one) * part;
    return pixelOf(mix(from.r, to.r), mix(from.g, to.g), mix(from.b, to.b));
  });
  const nobody = pixelOf(none.r, none.g, none.b);
  return (share) => {
    if (Number.isNaN(share)) return 0;
    return share === 0 ? nobody : (ramp[Math.round(Math.min(1, share) * STEPS)] ?? 0);
  };
}
