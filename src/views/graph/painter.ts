/**
 * Who paints what costs most: the ground, the hulls, the texture of links and the crowd of discs. The few things over
 * it are drawn on the canvas itself, see scene.ts.
 */
import type { Motion } from './backdrop.ts';
import type { Frame } from './frame.ts';
import type { Renderer } from './messages.ts';
import type { PeerNode } from './model.ts';

export interface Layers {
  /** Links step back: something else is meant. */
  readonly dimmed: boolean;
  readonly motion: Motion;
  /** False: nothing of it changed, the same again will do. */
  readonly restamp: boolean;
  /** Peers that are drawn above the crowd later. */
  readonly meant: ReadonlySet<PeerNode>;
}

/** `unfinished`: a better picture is under way. `lost`: nothing was painted, nor will it ever be by this painter. */
export type Painted = 'finished' | 'unfinished' | 'lost';

export interface Painter {
  readonly renderer: Renderer;
  /** Replaces all of the frame's canvas. */
  paint(frame: Frame, layers: Layers): Painted;
  /** Returns when all that was asked for has been done, whoever does it. */
  finish(): void;
  dispose(): void;
}
