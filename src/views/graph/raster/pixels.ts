/**
 * A picture as 32-bit pixels in memory, for a machine that draws with its processor: putting it on a canvas whole is
 * cheaper than ten thousand drawing calls. The colour of a pixel is `0xAABBGGRR`: bytes R, G, B, A in memory order on
 * every machine that runs a browser today.
 */
export class Pixels {
  width = 0;
  height = 0;
  /** Row by row. */
  data = new Uint32Array(0);
  #image: ImageData | undefined;

  /** True when the size changed; the content is void then. */
  resize(width: number, height: number): boolean {
    if (width === this.width && height === this.height) return false;
    this.width = width;
    this.height = height;
    this.#image = new ImageData(width, height);
    this.data = new Uint32Array(this.#image.data.buffer);
    return true;
  }

  /** Replaces all of the canvas. */
  putOn(ctx: OffscreenCanvasRenderingContext2D): void {
    if (this.#image !== undefined) ctx.putImageData(this.#image, 0, 0);
  }
}

/**
 * `over` blended upon `under`, both 0xAABBGGRR, `under` opaque; `over` has its colour multiplied by its alpha already.
 * Two channels at a time; off by at most 1 in a channel.
 */
export function blend(under: number, over: number): number {
  const alpha = over >>> 24;
  const keep = 256 - alpha - (alpha >>> 7);
  const redBlue = (Math.imul(under & 0xff00ff, keep) >>> 8) & 0xff00ff;
  const green = (Math.imul(under & 0xff00, keep) >>> 8) & 0xff00;
  return ((over & 0xffffff) + redBlue + green) | 0xff000000;
}

/** A colour with straight alpha, its colour multiplied by its alpha. */
export function premultiplied(red: number, green: number, blue: number, alpha: number): number {
  const part = (channel: number): number => Math.round((channel * alpha) / 255);
  return ((alpha << 24) | (part(blue) << 16) | (part(green) << 8) | part(red)) >>> 0;
}

export const opaque = (red: number, green: number, blue: number): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
