/**
 * The overview in the corner: hulls, and peers as density, painted a few times a second on a canvas of its own; the
 * frame of what is seen follows the view.
 */
import { toScreen, type Bounds, type Camera } from './camera.ts';
import { rgbOf } from './draw-hulls.ts';
import type { Frame } from './frame.ts';
import { COSINES, OUTLINE_STEPS, SINES } from './hull.ts';
import { exceeds, frameIn, OVERVIEW, overviewCamera } from './overview.ts';
import { faint } from './palette.ts';

/** Milliseconds between two pictures, the same while the view moves, and between two places of the frame. */
const PAINT_EVERY = 400;
const PAINT_MOVING = 2000;
const MOVE_EVERY = 80;
/** Narrower views have no room for it. */
const NARROWEST = 600;
/** Of the ink: one peer on a pixel, and each further one. */
const [FIRST, FURTHER] = [0.42, 0.2];

type Ctx = OffscreenCanvasRenderingContext2D;

const contextOf = (canvas: OffscreenCanvas): Ctx => {
  const ctx = canvas.getContext('2d');
  if (ctx === null) throw new Error('no canvas could be had for the overview');
  return ctx;
};

export class Minimap {
  readonly #ctx: Ctx;
  /** Hulls and peers, without the frame. */
  readonly #picture = new OffscreenCanvas(1, 1);
  readonly #dots = new OffscreenCanvas(OVERVIEW.width, OVERVIEW.height);
  readonly #counts = new Uint8Array(OVERVIEW.width * OVERVIEW.height);
  #shown = false;
  #paintedAt = 0;
  #movedAt = 0;
  #seen: Camera | undefined;

  constructor(canvas: OffscreenCanvas) {
    this.#ctx = contextOf(canvas);
  }

  get shown(): boolean {
    return this.#shown;
  }

  /** True while there is something left to draw. `seesAll`: the view is made to hold all. */
  draw(frame: Frame, bounds: Bounds, seesAll: boolean): boolean {
    const { camera, viewport, now } = frame;
    const shown = !seesAll && viewport.width >= NARROWEST && exceeds(bounds, camera, viewport);
    if (shown && !this.#shown) this.#paintedAt = 0;
    this.#shown = shown;
    if (!shown) return false;
    const moved = this.#seen !== camera;
    // The large picture has most to draw just then, and all eyes.
    const aged = now - this.#paintedAt >= (moved ? PAINT_MOVING : PAINT_EVERY);
    if (aged) this.#paint(frame, bounds);
    if (!aged && !moved) return false;
    if (!aged && now - this.#movedAt < MOVE_EVERY) return true;
    this.#seen = camera;
    this.#movedAt = now;
    this.#compose(frame, bounds);
    return false;
  }

  #paint(frame: Frame, bounds: Bounds): void {
    this.#paintedAt = frame.now;
    const { dpr } = frame;
    const [width, height] = [Math.round(OVERVIEW.width * dpr), Math.round(OVERVIEW.height * dpr)];
    for (const canvas of [this.#picture, this.#ctx.canvas])
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const ctx = contextOf(this.#picture);
    const own = overviewCamera(bounds);
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.fillStyle = frame.palette.panel;
    ctx.fillRect(0, 0, OVERVIEW.width, OVERVIEW.height);
    this.#paintHulls(frame, own, ctx);
    this.#paintPeers(frame, own);
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(this.#dots, 0, 0, OVERVIEW.width, OVERVIEW.height);
    const tracker = toScreen(own, OVERVIEW, { x: 0, y: 0 });
    ctx.fillStyle = frame.palette.tracker;
    ctx.fillRect(tracker.x - 2, tracker.y - 2, 4, 4);
  }

  #paintHulls({ hubs, edges, palette }: Frame, own: Camera, ctx: Ctx): void {
    ctx.fillStyle = palette.hullOuter;
    ctx.strokeStyle = palette.hullEdge;
    ctx.lineWidth = 1;
    for (const [i, hub] of hubs.entries()) {
      const edge = edges[i] as Float64Array;
      ctx.beginPath();
      for (let step = 0; step < OUTLINE_STEPS; step++) {
        const reach = edge[step] as number;
        const x = hub.x + (COSINES[step] as number) * reach;
        const y = hub.y + (SINES[step] as number) * reach;
        const at = toScreen(own, OVERVIEW, { x, y });
        ctx.lineTo(at.x, at.y);
      }
      ctx.closePath();
      ctx.fill();
      ctx.stroke();
    }
  }

  #paintPeers({ model, palette, selection }: Frame, own: Camera): void {
    const { width, height } = OVERVIEW;
    const image = new ImageData(width, height);
    const marked: number[] = [];
    this.#counts.fill(0);
    for (const node of model.nodes) {
      if (node.end !== undefined) continue;
      const at = toScreen(own, OVERVIEW, node);
      const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const place = y * width + x;
      this.#counts[place] = Math.min(255, (this.#counts[place] as number) + 1);
      if (node.picked || node.handle === selection.peer) marked.push(place);
    }
    const ink = inkOf(palette.ink);
    const data = new Uint32Array(image.data.buffer);
    for (let place = 0; place < data.length; place++) {
      const count = this.#counts[place] as number;
      if (count > 0) data[place] = ink(Math.min(1, FIRST + FURTHER * (count - 1)));
    }
    const mark = inkOf(palette.selected);
    for (const place of marked)
      for (const near of [place, place + 1, place + width, place + width + 1]) data[near] = mark(1);
    contextOf(this.#dots).putImageData(image, 0, 0);
  }

  #compose({ palette, camera, viewport, dpr }: Frame, bounds: Bounds): void {
    const ctx = this.#ctx;
    const { x, y, width, height } = frameIn(bounds, camera, viewport);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(this.#picture, 0, 0);
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.fillStyle = faint(palette.panel, 0.5);
    ctx.beginPath();
    ctx.rect(0, 0, OVERVIEW.width, OVERVIEW.height);
    ctx.rect(x, y, width, height);
    ctx.fill('evenodd');
    ctx.strokeStyle = palette.ink;
    ctx.lineWidth = 1.5;
    ctx.strokeRect(x, y, width, height);
  }
}

/** A colour as a pixel of image data, by its strength 0 to 1. */
function inkOf(css: string): (strength: number) => number {
  const { red, green, blue } = rgbOf(css);
  return (strength) => ((Math.round(strength * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
