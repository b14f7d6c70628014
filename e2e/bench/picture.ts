/** What every contender of the benchmark offers. */
import type { Network } from './network.ts';

/**
 * `drift`: peers move by themselves. The others are asked of ours alone; of `hover`, `select` and `step` (a step of the
 * zoom) the time until they are seen is what matters.
 */
export const MOTIONS = ['drift', 'pan', 'zoom', 'churn', 'hover', 'select', 'step'] as const;
export type Motion = (typeof MOTIONS)[number];

export interface Picture {
  /** Milliseconds from frame to frame since it was last asked, where frames are not drawn by the main thread. */
  frames?(): readonly number[];
  /** Milliseconds from something done by hand to the answer. */
  answers?(): readonly number[];
}

export type Contender = (host: HTMLElement, network: Network, motion: Motion) => Picture;

/** A main-thread contender: `draw` once every frame of the browser. */
export function everyFrame(draw: () => void): Picture {
  const intervals: number[] = [];
  let before: number | undefined;
  const step = (now: number): void => {
    if (before !== undefined) intervals.push(now - before);
    before = now;
    draw();
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  return { frames: () => intervals.splice(0) };
}
