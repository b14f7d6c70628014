/**
 * Ground, hulls and the texture of links: what changes slowly and costs most. It is kept as a picture, and
 * its successor is painted a few hundred links at a time, so that no frame pays for all of them.
 * While the camera moves there is no time for that: then a part of the links stands for all.
 */
import { drawLinks, visibleLinks } from './draw-links.ts';
import { drawHulls } from './draw-swarms.ts';
import type { Frame } from './frame.ts';
import type { NodeLink } from './model.ts';
import type { Palette } from './palette.ts';

/** Links painted in one frame. */
const SLICE = 700;
/** Milliseconds between two pictures while peers only drift. */
const PATIENCE = 240;

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

type Ctx = OffscreenCanvasRenderingContext2D;

export class Backdrop {
  #front = picture();
  #back = picture();
  #view: View | undefined;
  /** Links of the successor still to be painted; undefined when none is under way. */
  #waiting: readonly NodeLink[] | undefined;
  #painted = 0;
  #stale = false;
  #begunAt = 0;

  /** Paints itself under everything; true while a better picture is under way. */
  draw(frame: Frame, dimmed: boolean, motion: Motion): boolean {
    const view = viewOf(frame, dimmed);
    if (motion !== 'none') this.#stale = true;
    if (motion === 'glide' || this.#view === undefined || !sameView(this.#view, view)) {
      this.#view = view;
      this.#paintAtOnce(frame, dimmed);
    } else if (this.#waiting !== undefined) this.#paintOn(frame, this.#waiting, dimmed);
    else if (this.#stale && frame.now - this.#begunAt >= PATIENCE) this.#begin(frame);
    const { ctx, dpr } = frame;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(this.#front.canvas, 0, 0);
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    return this.#stale || this.#waiting !== undefined;
  }

  #paintAtOnce(frame: Frame, dimmed: boolean): void {
    const links = visibleLinks(frame);
    const stride = Math.ceil(links.length / SLICE);
    const some = stride > 1 ? links.filter((_, i) => i % stride === 0) : links;
    clear(this.#front, frame);
    drawHulls({ ...frame, ctx: this.#front });
    drawLinks({ ...frame, ctx: this.#front }, some, dimmed, Math.sqrt(stride));
    this.#waiting = undefined;
    this.#begunAt = frame.now;
    // Gliding hides what is missing; once at rest all links are to be seen.
    this.#stale = stride > 1;
  }

  /** Ground and hulls take a frame of their own. */
  #begin(frame: Frame): void {
    clear(this.#back, frame);
    drawHulls({ ...frame, ctx: this.#back });
    this.#waiting = visibleLinks(frame);
    this.#painted = 0;
    this.#stale = false;
    this.#begunAt = frame.now;
  }

  #paintOn(frame: Frame, waiting: readonly NodeLink[], dimmed: boolean): void {
    const slice = waiting.slice(this.#painted, this.#painted + SLICE);
    drawLinks({ ...frame, ctx: this.#back }, slice, dimmed, 1);
    this.#painted += SLICE;
    if (this.#painted < waiting.length) return;
    this.#waiting = undefined;
    [this.#front, this.#back] = [this.#back, this.#front];
  }
}

function picture(): Ctx {
  const ctx = new OffscreenCanvas(1, 1).getContext('2d', { alpha: false });
  if (ctx === null) throw new Error('no second canvas could be had');
  return ctx;
}

function clear(ctx: Ctx, { viewport, dpr, palette }: Frame): void {
  const [width, height] = [Math.round(viewport.width * dpr), Math.round(viewport.height * dpr)];
  if (ctx.canvas.width !== width || ctx.canvas.height !== height)
    Object.assign(ctx.canvas, { width: Math.max(1, width), height: Math.max(1, height) });
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.ground;
  ctx.fillRect(0, 0, viewport.width, viewport.height);
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
