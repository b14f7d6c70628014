/** Ground and hulls as pixels, without a canvas of their own: reading one back costs more than painting. */
import { color, interpolateRgb } from 'd3';
import { onScreen, type Frame } from './frame.ts';
import type { Hub } from './forces.ts';
import { COSINES, OUTLINE_STEPS, SINES } from './hull.ts';
import type { Palette } from './palette.ts';
import { opaque, type Pixels } from './raster/pixels.ts';
import { fillPolygon, SHADES, strokePolygon } from './raster/shapes.ts';

/** Corners between two steps of the outline: its curve as straight pieces. */
const PIECES = 4;
/** Of the hull's radius: up to here it has its inner colour, and from there on its outer one. */
const [INNER, OUTER] = [0.378, 1.08];

export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** A notation that d3 cannot read is a grey. */
export function rgbOf(css: string): Rgb {
  const { r, g, b } = color(css)?.rgb() ?? { r: 128, g: 128, b: 128 };
  return { red: Math.round(r), green: Math.round(g), blue: Math.round(b) };
}

/** The palette's colours as pixels. */
export interface HullInks {
  readonly ground: number;
  /** By the square of the distance, see `Shading`. */
  readonly body: Uint32Array;
  readonly edge: Rgb;
}

export function hullInksOf(palette: Palette): HullInks {
  const between = interpolateRgb(palette.hullInner, palette.hullOuter);
  const pixel = (css: string): number => {
    const { red, green, blue } = rgbOf(css);
    return opaque(red, green, blue);
  };
  // A membrane: lighter towards its edge, so that the crowd inside keeps its contrast.
  const body = Uint32Array.from({ length: SHADES }, (_, i) => {
    const distance = OUTER * Math.sqrt(i / (SHADES - 1));
    return pixel(between(Math.min(1, Math.max(0, (distance - INNER) / (OUTER - INNER)))));
  });
  return { ground: pixel(palette.ground), body, edge: rgbOf(palette.hullEdge) };
}

/** Quadratic curves through the middles between neighbours, device pixels. */
function cornersOf(frame: Frame, hub: Hub, edge: Float64Array): Float64Array {
  const { camera, dpr } = frame;
  const centre = onScreen(frame, hub);
  const corners = new Float64Array(2 * OUTLINE_STEPS * PIECES);
  const point = (i: number, axis: readonly number[], middle: number): number =>
    (middle + (axis[i % OUTLINE_STEPS] as number) * (edge[i % OUTLINE_STEPS] as number) * camera.k) * dpr;
  for (let i = 0; i < OUTLINE_STEPS; i++)
    for (const [turn, axis, middle] of [
      [0, COSINES, centre.x],
      [1, SINES, centre.y],
    ] as const) {
      const [a, b, c] = [point(i, axis, middle), point(i + 1, axis, middle), point(i + 2, axis, middle)];
      for (let piece = 0; piece < PIECES; piece++) {
        const t = piece / PIECES;
        const [from, to] = [(a + b) / 2 + (b - (a + b) / 2) * t, b + ((b + c) / 2 - b) * t];
        corners[2 * (i * PIECES + piece) + turn] = from + (to - from) * t;
      }
    }
  return corners;
}

/** A hull as it stands on the screen, device pixels. */
interface Outline {
  readonly x: number;
  readonly y: number;
  /** Where the outer colour begins. */
  readonly radius: number;
  /** x and y by turns. */
  readonly corners: Float64Array;
}

/** Those of which something may be seen. */
export function* visibleHulls(frame: Frame): Generator<Outline, void> {
  const { dpr, camera } = frame;
  for (const [i, hub] of frame.hubs.entries()) {
    const { x, y } = onScreen(frame, hub);
    const reach = hub.radius * camera.k * 1.3;
    const { width, height } = frame.viewport;
    if (x + reach < 0 || y + reach < 0 || x - reach > width || y - reach > height) continue;
    const corners = cornersOf(frame, hub, frame.edges[i] as Float64Array);
    const radius = Math.max(1, hub.radius * camera.k * dpr * OUTER);
    yield { x: x * dpr, y: y * dpr, radius, corners };
  }
}

/** How thick the edge is, device pixels. */
export const edgeThickness = ({ palette, dpr }: Frame): number => 1.25 * palette.scale * dpr;

/** Replaces all of `pixels`. */
export function paintHulls(frame: Frame, inks: HullInks, pixels: Pixels): void {
  pixels.data.fill(inks.ground);
  for (const { corners, ...middle } of visibleHulls(frame)) {
    fillPolygon(pixels, corners, { ...middle, colours: inks.body });
    strokePolygon(pixels, corners, edgeThickness(frame), inks.edge);
  }
}
