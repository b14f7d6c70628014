/** How fast frames come and what they cost, told at most once a second. */
import type { GraphStats } from './messages.ts';

const PERIOD = 1000;
/** A longer pause between frames is rest, not slowness. */
const REST = 250;

export class Meter {
  #since = 0;
  #latest = -1e9;
  #frames = 0;
  #active = 0;
  #ticks = 0;
  #tickMs = 0;
  #drawMs = 0;
  /** Milliseconds between frames that followed upon each other, since the figures were told. */
  #intervals: number[] = [];

  tick(ms: number): void {
    this.#ticks++;
    this.#tickMs += ms;
  }

  /** `began`: by the browser's own count of frames, so that intervals are of what is seen: one, or more where one is missed. */
  frame(began: number, drawMs: number): void {
    const interval = began - this.#latest;
    this.#latest = began;
    if (interval < REST) {
      this.#frames++;
      this.#active += interval;
      this.#intervals.push(interval);
    }
    this.#drawMs += drawMs;
  }

  /** The figures when they are due. */
  due(
    now: number,
    shown: Pick<GraphStats, 'renderer' | 'nodes' | 'foreign' | 'links'>,
  ): GraphStats | undefined {
    if (now - this.#since < PERIOD) return undefined;
    const sorted = Float64Array.from(this.#intervals).sort();
    const stats = {
      ...shown,
      fps: this.#active > 0 ? Math.round((this.#frames * 10000) / this.#active) / 10 : 0,
      tickMs: this.#ticks > 0 ? this.#tickMs / this.#ticks : 0,
      drawMs: this.#frames > 0 ? this.#drawMs / this.#frames : 0,
      p50: sorted[Math.floor(sorted.length / 2)] ?? 0,
      p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
      intervals: this.#intervals,
    };
    this.#intervals = [];
    this.#since = now;
    this.#frames = this.#active = this.#ticks = this.#tickMs = this.#drawMs = 0;
    return stats;
  }
}
