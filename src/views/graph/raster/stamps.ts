/** Small pictures copied into a large one: every sign a peer can be, row by row without its empty corners. */
import { blend, premultiplied, type Pixels } from './pixels.ts';

/** First column of a row without anything in it. */
const EMPTY = 255;

export class Stamps {
  /** Side of a stamp's square. */
  readonly cell: number;
  /** As it came: straight alpha, 0xAABBGGRR. */
  readonly #image: Uint32Array;
  readonly #across: number;
  readonly #width: number;
  /** Premultiplied; stamp after stamp, row by row. Made when a stamp is first used. */
  readonly #data: Uint32Array;
  readonly #made: Uint8Array;
  /** First and last column of each row that has something in it; an empty row begins behind its end. */
  readonly #first: Uint8Array;
  readonly #last: Uint8Array;

  /** `image`: stamps side by side, `cell` wide and high, counted along its rows. At most 254 pixels a side. */
  constructor(image: Pick<ImageData, 'data' | 'width' | 'height'>, cell: number) {
    this.cell = cell;
    this.#image = new Uint32Array(image.data.buffer);
    this.#width = image.width;
    this.#across = Math.floor(image.width / cell);
    const count = this.#across * Math.floor(image.height / cell);
    this.#data = new Uint32Array(count * cell * cell);
    this.#made = new Uint8Array(count);
    this.#first = new Uint8Array(count * cell).fill(EMPTY);
    this.#last = new Uint8Array(count * cell);
  }

  #make(stamp: number): void {
    const { cell } = this;
    this.#made[stamp] = 1;
    const left = (stamp % this.#across) * cell;
    const top = Math.floor(stamp / this.#across) * cell;
    for (let y = 0; y < cell; y++) {
      const row = stamp * cell + y;
      for (let x = 0; x < cell; x++) {
        const colour = this.#image[(top + y) * this.#width + left + x] as number;
        const alpha = colour >>> 24;
        if (alpha === 0) continue;
        this.#data[row * cell + x] = premultiplied(
          colour & 255,
          (colour >>> 8) & 255,
          (colour >>> 16) & 255,
          alpha,
        );
        if (this.#first[row] === EMPTY) this.#first[row] = x;
        this.#last[row] = x;
      }
    }
  }

  /** With its upper left corner at a whole pixel, clipped; `strength` 0 to 1 of its alpha. */
  put(on: Pixels, stamp: number, left: number, top: number, strength: number): void {
    if (this.#made[stamp] === 0) this.#make(stamp);
    const { cell } = this;
    const { data, width, height } = on;
    const weight = Math.round(strength * 256);
    const until = Math.min(cell, height - top);
    for (let y = top < 0 ? -top : 0; y < until; y++) {
      const row = stamp * cell + y;
      let x = this.#first[row] as number;
      if (x === EMPTY) continue;
      if (left + x < 0) x = -left;
      const last = Math.min(this.#last[row] as number, width - 1 - left);
      let at = (top + y) * width + left + x;
      for (let from = row * cell + x; x <= last; x++, at++, from++) {
        let over = this.#data[from] as number;
        if (over === 0) continue;
        if (weight < 256) over = weakened(over, weight);
        data[at] = over >>> 24 === 255 ? over : blend(data[at] as number, over);
      }
    }
  }
}

/** `weight`: 0 to 256. */
function weakened(colour: number, weight: number): number {
  const redBlue = (Math.imul(colour & 0xff00ff, weight) >>> 8) & 0xff00ff;
  const alphaGreen = Math.imul((colour >>> 8) & 0xff00ff, weight) & 0xff00ff00;
  return (alphaGreen | redBlue) >>> 0;
}
