/** What is drawn upon and with: the canvases, the theme's colours, and what is kept from frame to frame. */
import type { Motion } from './backdrop.ts';
import type { Bounds, Camera } from './camera.ts';
import { frameOf, typeScale, type Frame, type Scene } from './frame.ts';
import type { GraphCommand, GraphSize, GraphTheme, Renderer } from './messages.ts';
import { Minimap } from './minimap.ts';
import { paletteOf, type Palette } from './palette.ts';
import { Painters } from './painters.ts';
import { Pixels } from './raster/pixels.ts';
import { Sprites } from './sprites.ts';

export class Screen {
  readonly #ctx: OffscreenCanvasRenderingContext2D;
  readonly #canvas: OffscreenCanvas;
  readonly #minimap: Minimap;
  readonly #sprites = new Sprites();
  readonly #pixels = new Pixels();
  readonly #painters: Painters;
  size: GraphSize;
  palette: Palette;
  /** Nothing moves but what has another place. */
  still: boolean;

  /** `redraw`: all of the picture is to be drawn anew. */
  constructor(init: Extract<GraphCommand, { kind: 'init' }>, redraw: () => void) {
    const ctx = init.canvas.getContext('2d', { alpha: false });
    if (ctx === null) throw new Error('this browser gives no 2D drawing to a worker');
    this.#ctx = ctx;
    this.#canvas = init.canvas;
    this.#painters = new Painters(init.renderer, redraw);
    this.#minimap = new Minimap(init.minimap);
    this.size = init.size;
    this.palette = paletteOf(init.theme);
    this.still = init.reducedMotion;
  }

  /** Scale of the text. */
  get type(): number {
    return typeScale(this.size, this.palette);
  }

  get overviewShown(): boolean {
    return this.#minimap.shown;
  }

  get renderer(): Renderer {
    return this.#painters.renderer;
  }

  /** The canvas is blank then. */
  resize(size: GraphSize): void {
    this.size = size;
    this.#canvas.width = Math.max(1, Math.round(size.width * size.dpr));
    this.#canvas.height = Math.max(1, Math.round(size.height * size.dpr));
    this.#pixels.resize(this.#canvas.width, this.#canvas.height);
  }

  /** True when text and strokes have another size. */
  recolour(theme: GraphTheme): boolean {
    const rescaled = theme.scale !== this.palette.scale;
    this.palette = paletteOf(theme);
    return rescaled;
  }

  frame(scene: Scene, camera: Camera, now: number): Frame {
    return frameOf(scene, {
      ctx: this.#ctx,
      pixels: this.#pixels,
      sprites: this.#sprites,
      viewport: this.size,
      dpr: this.size.dpr,
      camera,
      palette: this.palette,
      now,
      still: this.still,
    });
  }

  /** True while a better picture is under way. */
  draw(frame: Frame, motion: Motion, restamp: boolean): boolean {
    const { dpr } = this.size;
    this.#ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    return this.#painters.draw(frame, motion, restamp) === 'unfinished';
  }

  /** True while it is behind what is seen. */
  drawOverview(frame: Frame, bounds: Bounds, seesAll: boolean): boolean {
    return this.#minimap.draw(frame, bounds, seesAll);
  }
}
