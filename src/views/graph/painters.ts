/**
 * Which painter paints. It begins with the rasteriser, which any machine has; once there is a picture, WebGL2 is tried
 * beside it, and takes over only where it is wished for or clearly faster. Should it ever be lost, the frame in hand
 * is the rasteriser's again.
 */
import type { RendererWish } from '../../dashboard/renderer.ts';
import type { Motion } from './backdrop.ts';
import type { Frame } from './frame.ts';
import type { Renderer } from './messages.ts';
import type { Painted, Painter } from './painter.ts';
import { RasterPainter } from './raster-painter.ts';
import { drawScene } from './scene.ts';

export class Painters {
  readonly #wish: RendererWish;
  readonly #redraw: () => void;
  #tried = false;
  #changed = false;
  #current: Painter = new RasterPainter();

  /** `redraw`: another one paints from now on. */
  constructor(wish: RendererWish, redraw: () => void) {
    this.#wish = wish;
    this.#redraw = redraw;
  }

  get renderer(): Renderer {
    return this.#current.renderer;
  }

  draw(frame: Frame, motion: Motion, restamp: boolean): Painted {
    const anew = restamp || this.#changed;
    this.#changed = false;
    let painted = drawScene(frame, this.#current, motion, anew);
    if (painted === 'lost') {
      this.#current = new RasterPainter();
      painted = drawScene(frame, this.#current, motion, true);
    }
    if (!this.#tried && frame.model.nodes.length > 0) void this.#try(frame);
    return painted;
  }

  async #try(frame: Frame): Promise<void> {
    this.#tried = true;
    if (this.#wish === 'raster') return;
    try {
      const { glPainterFor } = await import('./gl/trial.ts');
      const other = await glPainterFor(frame, this.#wish, this.#redraw);
      if (other === undefined) return;
      this.#current = other;
      this.#changed = true;
      this.#redraw();
    } catch {
      // Its program did not come, or it could not be made: there is no need of it.
    }
  }
}
