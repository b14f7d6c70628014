/**
 * Ground, hulls and the texture of links: what changes slowly and costs most. It is kept as a picture, and its
 * successor is painted a few milliseconds a frame, so that no frame pays for all of it. While the camera moves, the
 * picture moves along as it is, and what it lacks comes with its successor.
 */
import { addLinks, FAINTEST, linkStrength, MOST_INK, visibleLinks, type LinkEnds } from './draw-links.ts';
import { hullInksOf, paintHulls, rgbOf, type HullInks } from './draw-hulls.ts';
import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';
import { Density, inkOver, inkTable } from './raster/density.ts';
import { Pixels } from './raster/pixels.ts';
import { shifted } from './raster/shift.ts';

/** Links that stand for all of them while whole swarms move. */
const THINNED = 1200;
/** Milliseconds of a frame that go into the successor. */
const SLICE = 2;
/** Links, and rows of pixels, between two looks at the clock. */
const STRIDE = 128;
const ROWS = 32;
/** Milliseconds between two pictures while peers only drift. */
const PATIENCE = 240;

/** Since the last frame: whole swarms moved, or peers within them, or nothing. */
export type Motion = 'glide' | 'drift' | 'none';

/** From where, and in which colours, a picture was painted. */
type View = Pick<Frame, 'camera' | 'viewport' | 'dpr' | 'palette'> & { readonly dimmed: boolean };

interface Picture {
  readonly pixels: Pixels;
  view: View | undefined;
}

/** A successor under way, all of it as seen in one frame. */
interface Work {
  readonly frame: Frame;
  readonly view: View;
  readonly seen: LinkEnds;
  readonly ink: Uint32Array;
  links: number;
  rows: number;
}

export class Backdrop {
  readonly #density = new Density();
  /** What is shown, and what the next is painted into. */
  #front: Picture = { pixels: new Pixels(), view: undefined };
  #back: Picture = { pixels: new Pixels(), view: undefined };
  #work: Work | undefined;
  #inks: { readonly palette: Palette; readonly hulls: HullInks } | undefined;
  #stale = false;
  #begunAt = 0;

  /** A frame's share of the work; true while a better picture is under way. */
  advance(frame: Frame, dimmed: boolean, motion: Motion): boolean {
    const view: View = { ...frame, dimmed };
    const shown = this.#front.view;
    if (motion !== 'none') this.#stale = true;
    if (motion === 'glide' || shown === undefined || !sameSheet(shown, view)) this.#paintAtOnce(frame, view);
    else if (this.#work !== undefined && sameSheet(this.#work.view, view)) this.#paintOn(this.#work);
    else if (!sameView(shown, view) || (this.#stale && frame.now - this.#begunAt >= PATIENCE))
      this.#begin(frame, view);
    return this.#stale || this.#work !== undefined;
  }

  /** Fills `pixels` with the picture as it looks from where the camera is now. */
  show({ camera, palette }: Frame, pixels: Pixels): void {
    const { pixels: from, view } = this.#front;
    if (view === undefined) return;
    const { width, height } = from;
    const scale = view.camera.k / camera.k;
    const k = view.camera.k * view.dpr;
    const x = (width * (1 - scale)) / 2 + (camera.x - view.camera.x) * k;
    const y = (height * (1 - scale)) / 2 + (camera.y - view.camera.y) * k;
    if (scale === 1 && x === 0 && y === 0) pixels.data.set(from.data);
    else shifted(from, pixels, { x, y, scale }, this.#inksOf(palette).ground);
  }

  #inksOf(palette: Palette): HullInks {
    if (this.#inks?.palette !== palette) this.#inks = { palette, hulls: hullInksOf(palette) };
    return this.#inks.hulls;
  }

  #paintAtOnce(frame: Frame, view: View): void {
    const stride = Math.max(1, Math.ceil(frame.model.links.count / THINNED));
    const work = this.#prepare(frame, view, stride, this.#front);
    addLinks(frame, work.seen, 0, work.seen.count, this.#density);
    inkOver(this.#density, work.ink, this.#front.pixels, 0, this.#front.pixels.height);
    this.#front.view = view;
    this.#work = undefined;
    this.#stale = true;
    this.#begunAt = frame.now;
  }

  #begin(frame: Frame, view: View): void {
    this.#work = this.#prepare(frame, view, 1, this.#back);
    this.#stale = false;
    this.#begunAt = frame.now;
  }

  #paintOn(work: Work): void {
    const until = performance.now() + SLICE;
    while (work.links < work.seen.count) {
      const next = Math.min(work.seen.count, work.links + STRIDE);
      addLinks(work.frame, work.seen, work.links, next, this.#density);
      work.links = next;
      if (performance.now() > until) return;
    }
    const { pixels } = this.#back;
    while (work.rows < pixels.height) {
      const next = Math.min(pixels.height, work.rows + ROWS);
      inkOver(this.#density, work.ink, pixels, work.rows, next);
      work.rows = next;
      if (performance.now() > until) return;
    }
    this.#work = undefined;
    this.#back.view = work.view;
    [this.#front, this.#back] = [this.#back, this.#front];
  }

  /** Every `stride`th link, as strong as if it were all of them. */
  #prepare(frame: Frame, view: View, stride: number, { pixels }: Picture): Work {
    const [width, height] = sizeOf(frame);
    pixels.resize(width, height);
    this.#density.resize(width, height);
    this.#density.clear();
    paintHulls(frame, this.#inksOf(frame.palette), pixels);
    const alpha = linkStrength(frame, view.dimmed) * Math.sqrt(stride);
    const seen = alpha < FAINTEST ? { ends: new Int32Array(0), count: 0 } : visibleLinks(frame, stride);
    const ink = inkTable(rgbOf(frame.palette.ink), alpha, MOST_INK);
    return { frame, view, seen, ink, links: 0, rows: 0 };
  }
}

/** Of the canvas, device pixels. */
const sizeOf = ({ viewport, dpr }: Frame): [number, number] => [
  Math.max(1, Math.round(viewport.width * dpr)),
  Math.max(1, Math.round(viewport.height * dpr)),
];

/** One can stand for the other until that is painted. */
const sameSheet = (a: View, b: View): boolean =>
  a.viewport.width === b.viewport.width &&
  a.viewport.height === b.viewport.height &&
  a.dpr === b.dpr &&
  a.palette === b.palette;

const sameView = (a: View, b: View): boolean =>
  a.camera.x === b.camera.x &&
  a.camera.y === b.camera.y &&
  a.camera.k === b.camera.k &&
  a.dimmed === b.dimmed;
