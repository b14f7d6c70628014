/**
 * Ground, hulls and the texture of links: what changes slowly and costs most. It is kept as a picture, and its
 * successor is painted a few milliseconds a frame, so that no frame pays for all of it. While the camera moves there
 * is no time for that: then a part of the links stands for all.
 */
import { color } from 'd3';
import { addLinks, FAINTEST, linkStrength, visibleLinks } from './draw-links.ts';
import { drawHulls } from './draw-swarms.ts';
import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';
import { Density, inkOver, inkTable } from './raster/density.ts';
import { Pixels } from './raster/pixels.ts';

/** Links that stand for all of them while the camera moves. */
const THINNED = 2500;
/** Milliseconds of a frame that go into the successor. */
const SLICE = 2.5;
/** Links, and rows of pixels, between two looks at the clock. */
const STRIDE = 256;
const ROWS = 32;
/** Milliseconds between two pictures while peers only drift. */
const PATIENCE = 240;
/** As dense as links may become, however many lie over each other. */
const MOST_INK = 0.62;

/** Since the last frame: whole swarms moved, or peers within them, or nothing. */
export type Motion = 'glide' | 'drift' | 'none';

/** What makes a picture useless when it changes. */
interface View {
  readonly x: number;
  readonly y: number;
  readonly k: number;
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
  readonly palette: Palette;
  readonly dimmed: boolean;
}

/** A successor under way. */
interface Work {
  readonly base: Uint32Array;
  readonly ends: Int32Array;
  readonly count: number;
  readonly ink: Uint32Array;
  links: number;
  rows: number;
}

export class Backdrop {
  readonly #ground = canvas();
  readonly #density = new Density();
  /** What is shown, and what the next is painted into. */
  #front = new Pixels();
  #back = new Pixels();
  #view: View | undefined;
  #work: Work | undefined;
  #stale = false;
  #begunAt = 0;

  /** Fills `pixels` with itself; true while a better picture is under way. */
  draw(frame: Frame, pixels: Pixels, dimmed: boolean, motion: Motion): boolean {
    const view = viewOf(frame, dimmed);
    if (motion !== 'none') this.#stale = true;
    if (motion === 'glide' || this.#view === undefined || !sameView(this.#view, view)) {
      this.#view = view;
      this.#paintAtOnce(frame, dimmed);
    } else if (this.#work !== undefined) this.#paintOn(frame, this.#work);
    else if (this.#stale && frame.now - this.#begunAt >= PATIENCE) this.#begin(frame, dimmed);
    pixels.data.set(this.#front.data);
    return this.#stale || this.#work !== undefined;
  }

  #paintAtOnce(frame: Frame, dimmed: boolean): void {
    const { count } = frame.model.links;
    const stride = Math.max(1, Math.ceil(count / THINNED));
    const work = this.#prepare(frame, dimmed, stride, this.#front);
    addLinks(frame, work, 0, work.count, this.#density);
    inkOver(work.base, this.#density, work.ink, this.#front, 0, this.#front.height);
    this.#work = undefined;
    this.#begunAt = frame.now;
    // Gliding hides what is missing; once at rest all links are to be seen.
    this.#stale = stride > 1;
  }

  /** Ground and hulls take a frame of their own. */
  #begin(frame: Frame, dimmed: boolean): void {
    this.#work = this.#prepare(frame, dimmed, 1, this.#back);
    this.#stale = false;
    this.#begunAt = frame.now;
  }

  #paintOn(frame: Frame, work: Work): void {
    const until = performance.now() + SLICE;
    while (work.links < work.count) {
      const next = Math.min(work.count, work.links + STRIDE);
      addLinks(frame, work, work.links, next, this.#density);
      work.links = next;
      if (performance.now() > until) return;
    }
    const { height } = this.#back;
    while (work.rows < height) {
      const next = Math.min(height, work.rows + ROWS);
      inkOver(work.base, this.#density, work.ink, this.#back, work.rows, next);
      work.rows = next;
      if (performance.now() > until) return;
    }
    this.#work = undefined;
    [this.#front, this.#back] = [this.#back, this.#front];
  }

  /** Every `stride`th link, as strong as if it were all of them. */
  #prepare(frame: Frame, dimmed: boolean, stride: number, into: Pixels): Work {
    const [width, height] = sizeOf(frame);
    into.resize(width, height);
    this.#density.resize(width, height);
    this.#density.clear();
    const alpha = linkStrength(frame, dimmed) * Math.sqrt(stride);
    const seen = alpha < FAINTEST ? { ends: new Int32Array(0), count: 0 } : visibleLinks(frame, stride);
    const { r, g, b } = color(frame.palette.ink)?.rgb() ?? { r: 128, g: 128, b: 128 };
    return {
      base: this.#paintGround(frame, width, height),
      ends: seen.ends.slice(0, 2 * seen.count),
      count: seen.count,
      ink: inkTable({ red: r, green: g, blue: b }, alpha, MOST_INK),
      links: 0,
      rows: 0,
    };
  }

  #paintGround(frame: Frame, width: number, height: number): Uint32Array {
    const ctx = this.#ground;
    if (ctx.canvas.width !== width || ctx.canvas.height !== height)
      Object.assign(ctx.canvas, { width, height });
    ctx.setTransform(frame.dpr, 0, 0, frame.dpr, 0, 0);
    ctx.fillStyle = frame.palette.ground;
    ctx.fillRect(0, 0, frame.viewport.width, frame.viewport.height);
    drawHulls({ ...frame, ctx });
    return new Uint32Array(ctx.getImageData(0, 0, width, height).data.buffer);
  }
}

/** Of the canvas, device pixels. */
const sizeOf = ({ viewport, dpr }: Frame): [number, number] => [
  Math.max(1, Math.round(viewport.width * dpr)),
  Math.max(1, Math.round(viewport.height * dpr)),
];

function canvas(): OffscreenCanvasRenderingContext2D {
  const ctx = new OffscreenCanvas(1, 1).getContext('2d', { alpha: false, willReadFrequently: true });
  if (ctx === null) throw new Error('no second canvas could be had');
  return ctx;
}

function viewOf({ camera, viewport, dpr, palette }: Frame, dimmed: boolean): View {
  const { x, y, k } = camera;
  return { x, y, k, width: viewport.width, height: viewport.height, dpr, palette, dimmed };
}

function sameView(a: View, b: View): boolean {
  return (
    a.x === b.x &&
    a.y === b.y &&
    a.k === b.k &&
    a.width === b.width &&
    a.height === b.height &&
    a.dpr === b.dpr &&
    a.palette === b.palette &&
    a.dimmed === b.dimmed
  );
}
