/** Filled and outlined polygons in pixels: the few large shapes that lie behind everything. */
import { blend, type Pixels } from './pixels.ts';

/** Steps of a gradient. */
export const SHADES = 256;

/** Colours from the middle outwards: `colours` has one for each even step of the square of the distance. */
export interface Shading {
  readonly x: number;
  readonly y: number;
  /** Where the last colour begins. */
  readonly radius: number;
  /** Opaque, `SHADES` of them. */
  readonly colours: Uint32Array;
}

/** `corners`: x and y by turns, in pixels; may hang over any edge. Pixels whose middle is inside are filled. */
export function fillPolygon(on: Pixels, corners: Float64Array, { x, y, radius, colours }: Shading): void {
  const { width, height, data } = on;
  const crossings: number[] = [];
  const perStep = (SHADES - 1) / (radius * radius);
  const [first, last] = rowsOf(corners, height);
  for (let row = first; row <= last; row++) {
    crossings.length = 0;
    const middle = row + 0.5;
    for (let i = 0; i < corners.length; i += 2) {
      const j = i + 2 < corners.length ? i + 2 : 0;
      const [y0, y1] = [corners[i + 1] as number, corners[j + 1] as number];
      if (y0 <= middle === y1 <= middle) continue;
      const [x0, x1] = [corners[i] as number, corners[j] as number];
      crossings.push(x0 + ((middle - y0) / (y1 - y0)) * (x1 - x0));
    }
    crossings.sort(ascending);
    const down = (middle - y) * (middle - y);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.ceil((crossings[pair] as number) - 0.5));
      const to = Math.min(width - 1, Math.ceil((crossings[pair + 1] as number) - 0.5) - 1);
      for (let column = from, at = row * width + from; column <= to; column++, at++) {
        const across = column + 0.5 - x;
        const step = (across * across + down) * perStep;
        data[at] = colours[step < SHADES ? step | 0 : SHADES - 1] as number;
      }
    }
  }
}

const ascending = (a: number, b: number): number => a - b;

/** The first and the last row that a polygon may touch. */
function rowsOf(corners: Float64Array, height: number): [number, number] {
  let [top, bottom] = [Infinity, -Infinity];
  for (let i = 1; i < corners.length; i += 2) {
    top = Math.min(top, corners[i] as number);
    bottom = Math.max(bottom, corners[i] as number);
  }
  return [Math.max(0, Math.floor(top)), Math.min(height - 1, Math.ceil(bottom))];
}

/** The polygon's edge, `thickness` pixels wide, smooth. `red` to `blue`: 0 to 255. */
export function strokePolygon(
  on: Pixels,
  corners: Float64Array,
  thickness: number,
  { red, green, blue }: { readonly red: number; readonly green: number; readonly blue: number },
): void {
  for (let i = 0; i < corners.length; i += 2) {
    const j = i + 2 < corners.length ? i + 2 : 0;
    const [x0, y0, x1, y1] = [corners[i], corners[i + 1], corners[j], corners[j + 1]] as [
      number,
      number,
      number,
      number,
    ];
    const steep = Math.abs(y1 - y0) > Math.abs(x1 - x0);
    if (steep) bar(on, y0, x0, y1, x1, thickness, true, red, green, blue);
    else bar(on, x0, y0, x1, y1, thickness, false, red, green, blue);
  }
}

/** From `u0` to before `u1` along the longer axis, so that no pixel is drawn by two bars of a closed line. */
function bar(
  on: Pixels,
  u0: number,
  v0: number,
  u1: number,
  v1: number,
  thickness: number,
  steep: boolean,
  red: number,
  green: number,
  blue: number,
): void {
  const { width, height, data } = on;
  if (u0 > u1) [u0, v0, u1, v1] = [u1, v1, u0, v0];
  const slope = u1 === u0 ? 0 : (v1 - v0) / (u1 - u0);
  const half = (thickness * Math.sqrt(1 + slope * slope)) / 2;
  const [along, across] = steep ? [height, width] : [width, height];
  const end = Math.min(along, Math.ceil(u1 - 0.5));
  for (let u = Math.max(0, Math.ceil(u0 - 0.5)); u < end; u++) {
    const v = v0 + (u + 0.5 - u0) * slope;
    const last = Math.min(across - 1, Math.floor(v + half));
    for (let w = Math.max(0, Math.floor(v - half)); w <= last; w++) {
      const cover = Math.min(w + 1, v + half) - Math.max(w, v - half);
      if (cover <= 0) continue;
      const part = cover < 1 ? cover : 1;
      const at = steep ? u * width + w : w * width + u;
      const over =
        (Math.round(255 * part) << 24) |
        (Math.round(blue * part) << 16) |
        (Math.round(green * part) << 8) |
        Math.round(red * part);
      data[at] = blend(data[at] as number, over);
    }
  }
}
