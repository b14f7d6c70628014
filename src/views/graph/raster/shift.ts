/** A picture seen from a little farther, nearer or beside: good enough until a better one is painted. */
import type { Pixels } from './pixels.ts';

/** Where the new picture's pixel (0, 0) lies in the old one, and how many old pixels a new one is wide. */
export interface Shift {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

let columns = new Int32Array(0);

/** `from` into `to`, both of one size; what lies outside becomes `ground`. */
export function shifted(from: Pixels, to: Pixels, { x, y, scale }: Shift, ground: number): void {
  const { width, height, data } = to;
  if (columns.length < width) columns = new Int32Array(width);
  let first = width;
  let after = 0;
  for (let column = 0; column < width; column++) {
    const source = Math.floor(x + (column + 0.5) * scale);
    columns[column] = source;
    if (source < 0 || source >= width) continue;
    if (column < first) first = column;
    after = column + 1;
  }
  for (let row = 0; row < height; row++) {
    const source = Math.floor(y + (row + 0.5) * scale);
    const at = row * width;
    if (source < 0 || source >= height || first >= after) {
      data.fill(ground, at, at + width);
      continue;
    }
    data.fill(ground, at, at + first);
    data.fill(ground, at + after, at + width);
    const line = source * width;
    if (scale === 1) {
      const begin = line + (columns[first] as number);
      data.set(from.data.subarray(begin, begin + after - first), at + first);
    } else
      for (let column = first; column < after; column++)
        data[at + column] = from.data[line + (columns[column] as number)] as number;
  }
}
