/** Small pictures copied into a large one: every sign a peer can be, pixel by pixel without what is empty. */
import { blend, premultiplied, type Pixels } from './pixels.ts';

/** Premultiplied pixels of all stamps used so far, and where each lies in its stamp. */
class Ink {
  count = 0;
  colour = new Uint32Array(0);
  x = new Uint8Array(0);
  y = new Uint8Array(0);
  /** From a stamp's upper left corner, in a picture as wide as `stride`. */
  offset = new Int32Array(0);
  stride = 0;

  add(x: number, y: number, colour: number): void {
    if (this.count === this.colour.length) this.#grow();
    const at = this.count++;
    this.x[at] = x;
    this.y[at] = y;
    this.colour[at] = colour;
    this.offset[at] = y * this.stride + x;
  }

  spread(stride: number): void {
    this.stride = stride;
    for (let at = 0; at < this.count; at++)
      this.offset[at] = (this.y[at] as number) * stride + (this.x[at] as number);
  }

  #grow(): void {
    const { colour, x, y, offset } = this;
    const room = Math.max(4096, 2 * this.count);
    (this.colour = new Uint32Array(room)).set(colour);
    (this.x = new Uint8Array(room)).set(x);
    (this.y = new Uint8Array(room)).set(y);
    (this.offset = new Int32Array(room)).set(offset);
  }
}

export class Stamps {
  /** Side of a stamp's square. */
  readonly cell: number;
  /** As it came: straight alpha, 0xAABBGGRR. */
  readonly #image: Uint32Array;
  readonly #across: number;
  readonly #width: number;
  readonly #ink = new Ink();
  /** Of each stamp: where its opaque pixels begin, where the others, and where it ends. Made when it is first used. */
  readonly #begin: Int32Array;
  readonly #clear: Int32Array;
  readonly #end: Int32Array;

  /** `image`: stamps side by side, `cell` wide and high, counted along its rows. At most 254 pixels a side. */
  constructor(image: Pick<ImageData, 'data' | 'width' | 'height'>, cell: number) {
    this.cell = cell;
    this.#image = new Uint32Array(image.data.buffer);
    this.#width = image.width;
    this.#across = Math.floor(image.width / cell);
    const count = this.#across * Math.floor(image.height / cell);
    this.#begin = new Int32Array(count).fill(-1);
    this.#clear = new Int32Array(count);
    this.#end = new Int32Array(count);
  }

  #make(stamp: number): void {
    this.#begin[stamp] = this.#ink.count;
    this.#gather(stamp, true);
    this.#clear[stamp] = this.#ink.count;
    this.#gather(stamp, false);
    this.#end[stamp] = this.#ink.count;
  }

  #gather(stamp: number, opaque: boolean): void {
    const { cell } = this;
    const left = (stamp % this.#across) * cell;
    const top = Math.floor(stamp / this.#across) * cell;
    for (let y = 0; y < cell; y++)
      for (let x = 0; x < cell; x++) {
        const colour = this.#image[(top + y) * this.#width + left + x] as number;
        const alpha = colour >>> 24;
        if (alpha === 0 || (alpha === 255) !== opaque) continue;
        const [red, green, blue] = [colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255];
        this.#ink.add(x, y, premultiplied(red, green, blue, alpha));
      }
  }

  /** With its upper left corner at a whole pixel, clipped; `strength` 0 to 1 of its alpha. */
  put(on: Pixels, stamp: number, left: number, top: number, strength: number): void {
    if (this.#begin[stamp] === -1) this.#make(stamp);
    const { data, width, height } = on;
    const { cell } = this;
    const inside = left >= 0 && top >= 0 && left + cell <= width && top + cell <= height;
    if (!inside || strength < 1) {
      this.#putPart(on, stamp, left, top, Math.round(strength * 256));
      return;
    }
    if (this.#ink.stride !== width) this.#ink.spread(width);
    const { offset, colour } = this.#ink;
    const corner = top * width + left;
    const clear = this.#clear[stamp] as number;
    const end = this.#end[stamp] as number;
    let from = this.#begin[stamp] as number;
    for (; from < clear; from++) data[corner + (offset[from] as number)] = colour[from] as number;
    for (; from < end; from++) {
      const at = corner + (offset[from] as number);
      data[at] = blend(data[at] as number, colour[from] as number);
    }
  }

  /** Where it hangs over an edge, or is not as strong as it could be. `weight`: 0 to 256. */
  #putPart({ data, width, height }: Pixels, stamp: number, left: number, top: number, weight: number): void {
    const { x: xs, y: ys, colour } = this.#ink;
    const end = this.#end[stamp] as number;
    for (let from = this.#begin[stamp] as number; from < end; from++) {
      const x = left + (xs[from] as number);
      const y = top + (ys[from] as number);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const at = y * width + x;
      data[at] = blend(data[at] as number, weakened(colour[from] as number, weight));
    }
  }
}

/** `weight`: 0 to 256. */
function weakened(colour: number, weight: number): number {
  const redBlue = (Math.imul(colour & 0xff00ff, weight) >>> 8) & 0xff00ff;
  const alphaGreen = Math.imul((colour >>> 8) & 0xff00ff, weight) & 0xff00ff00;
  return (alphaGreen | redBlue) >>> 0;
}
