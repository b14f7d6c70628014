/**
 * Where how many lines lie: links are added up as numbers, and become ink in one pass. Adding is all a line costs, and
 * where many cross, the ink grows dense by a curve of our choice and not by the order of drawing.
 */
import { blend, premultiplied, type Pixels } from './pixels.ts';

/** What a line adds to the pixels under its middle; half to each of two that it passes between. */
export const FULL = 32;
/** Densities beyond are as dense as this one: 128 lines over each other. A pixel counts up to 2,000 of them. */
const DENSEST = 4095;

export class Density {
  width = 0;
  height = 0;
  data = new Uint16Array(0);

  resize(width: number, height: number): void {
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    // A row and a column more: a line adds to the pixel beside its own without asking whether there is one.
    this.data = new Uint16Array((width + 1) * (height + 1));
  }

  clear(): void {
    this.data.fill(0);
  }

  /** A hairline between pixel coordinates, clipped to the picture. Wu's way (SIGGRAPH 1991): two pixels a step. */
  line(x0: number, y0: number, x1: number, y1: number): void {
    const { width, height, data } = this;
    let [dx, dy] = [x1 - x0, y1 - y0];
    // Liang and Barsky's clipping (1984), one edge at a time.
    let [from, to] = [0, 1];
    const inside = (toward: number, room: number): boolean => {
      if (toward === 0) return room >= 0;
      const t = room / toward;
      if (toward < 0) {
        if (t > to) return false;
        if (t > from) from = t;
      } else {
        if (t < from) return false;
        if (t < to) to = t;
      }
      return true;
    };
    const [right, bottom] = [width - 1, height - 1];
    if (!inside(-dx, x0) || !inside(dx, right - x0) || !inside(-dy, y0) || !inside(dy, bottom - y0)) return;
    const stride = width + 1;
    const steep = Math.abs(dy) > Math.abs(dx);
    // Along the longer axis a pixel at a time; whole pixels of the unclipped line, so that clipping moves nothing.
    if (steep) [x0, y0, dx, dy] = [y0, x0, dy, dx];
    if (dx < 0) {
      [x0, y0, dx, dy] = [x0 + dx, y0 + dy, -dx, -dy];
      [from, to] = [1 - to, 1 - from];
    }
    const slope = dx === 0 ? 0 : dy / dx;
    const longest = steep ? bottom : right;
    const last = Math.min(longest, Math.floor(x0 + to * dx + 1e-9));
    const across = steep ? right : bottom;
    for (let x = Math.max(0, Math.ceil(x0 + from * dx - 1e-9)); x <= last; x++) {
      const y = y0 + (x - x0) * slope;
      // The clipped end's rounding may lie a hair outside.
      const row = y <= 0 ? 0 : y >= across ? across : Math.floor(y);
      const beside = Math.floor((y - row) * FULL);
      const at = steep ? x * stride + row : row * stride + x;
      data[at] = (data[at] as number) + FULL - beside;
      const next = at + (steep ? 1 : stride);
      data[next] = (data[next] as number) + beside;
    }
  }
}

/**
 * The ink of each density: one line as strong as `alpha`, and many towards `most`, never beyond.
 * `red` to `blue`: 0 to 255.
 */
export function inkTable(
  { red, green, blue }: { readonly red: number; readonly green: number; readonly blue: number },
  alpha: number,
  most: number,
): Uint32Array {
  return Uint32Array.from({ length: DENSEST + 1 }, (_, density) => {
    const part = most * (1 - Math.exp((-alpha / most) * (density / FULL)));
    return premultiplied(red, green, blue, Math.round(255 * part));
  });
}

/** The ink upon a picture of the same size, rows `from` to `to` (exclusive). */
export function inkOver(density: Density, ink: Uint32Array, on: Pixels, from: number, to: number): void {
  const { width, data } = density;
  for (let row = from; row < to; row++) {
    let at = row * width;
    let mark = row * (width + 1);
    for (const end = at + width; at < end; at++, mark++) {
      const amount = data[mark] as number;
      if (amount === 0) continue;
      on.data[at] = blend(on.data[at] as number, ink[amount < DENSEST ? amount : DENSEST] as number);
    }
  }
}
