/** Paints with the processor alone: fluid on any machine. */
import { Backdrop } from './backdrop.ts';
import { stampPeers } from './draw-peers.ts';
import type { Frame } from './frame.ts';
import type { Layers, Painted, Painter } from './painter.ts';
import type { Sheet } from './sprites.ts';

export class RasterPainter implements Painter {
  readonly renderer = 'raster';
  readonly #backdrop: Backdrop;

  constructor(backdrop = new Backdrop()) {
    this.#backdrop = backdrop;
  }

  paint(frame: Frame, { dimmed, motion, restamp, meant }: Layers): Painted {
    const { ctx, model, pixels } = frame;
    const unfinished = this.#backdrop.advance(frame, dimmed, motion);
    if (restamp) {
      this.#backdrop.show(frame, pixels);
      const put = ({ stamps }: Sheet, sign: number, left: number, top: number, strength: number): void =>
        stamps.put(pixels, sign, left, top, strength);
      stampPeers(frame, model.nodes, meant, put);
    }
    pixels.putOn(ctx);
    return unfinished ? 'unfinished' : 'finished';
  }

  finish(): void {
    // Nobody else has a hand in it.
  }

  dispose(): void {
    // All it has is memory.
  }
}
