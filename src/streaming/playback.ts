/**
 * Playing what has come: chunk after chunk, each for `chunkSeconds`. Playing begins when `startUp` seconds lie ready
 * in a row from the playhead (or all that there is to come), stops at a chunk that is not there (a stall), and goes on
 * when as much lies ready again. On demand the playhead begins at chunk 0 and playing ends after the last; live it
 * begins in the middle of the window, and goes there again, skipping what it missed, when the window has overtaken it.
 * Continuity is the part of the time since the start in which it played (BiToS: Vlavianos, Iliofotou, Faloutsos, IEEE
 * Global Internet Symposium 2006, measures deadlines met; a chunk that stalls here is one that misses its deadline).
 * Times in milliseconds, whole microseconds.
 */
import type { Chunks } from './chunks.ts';
import type { PlaybackChange, PlaybackOptions } from './options.ts';

/** To whole microseconds. */
const quantised = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

export class Playback {
  /** Chunk being played, or waited for. */
  playhead = 0;
  /** Chunks played to the end, and live skipped. */
  played = 0;
  skipped = 0;
  stalls = 0;
  /** Milliseconds stalled, up to the last change. */
  stalledFor = 0;
  startedAt: number | undefined;
  endedAt: number | undefined;
  readonly #chunks: Chunks;
  readonly #live: boolean;
  readonly #chunk: number;
  readonly #ready: number;
  readonly #tell: (state: PlaybackChange, at: number) => void;
  /** When the chunk under the playhead is played; undefined: waiting. */
  #nextAt: number | undefined;
  #stalledAt = 0;

  constructor(
    chunks: Chunks,
    live: boolean,
    options: PlaybackOptions,
    tell: (state: PlaybackChange, at: number) => void,
  ) {
    this.#chunks = chunks;
    this.#live = live;
    this.#chunk = quantised(options.chunkSeconds * 1000);
    this.#ready = Math.max(1, Math.ceil(options.startUp / options.chunkSeconds));
    this.#tell = tell;
    if (live) this.playhead = this.#middle;
  }

  get wakeAt(): number | undefined {
    return this.#nextAt;
  }

  get playing(): boolean {
    return this.#nextAt !== undefined;
  }

  /** Part of the time from the start to `now` (or to the end) in which it played, 0 to 1; undefined before the start. */
  continuity(now: number): number | undefined {
    if (this.startedAt === undefined) return undefined;
    const whole = (this.endedAt ?? now) - this.startedAt;
    const waiting = this.#nextAt === undefined && this.endedAt === undefined ? now - this.#stalledAt : 0;
    return whole <= 0 ? 1 : 1 - (this.stalledFor + waiting) / whole;
  }

  /** Everything due by `now`; to be called when chunks have come, too. */
  advance(now: number): void {
    if (this.endedAt !== undefined) return;
    for (let due = this.#nextAt; due !== undefined && due <= now; due = this.#nextAt) this.#finish(due);
    if (this.#live && this.playhead < this.#chunks.base) {
      this.skipped += this.startedAt === undefined ? 0 : this.#middle - this.playhead;
      this.playhead = this.#middle;
      if (this.#nextAt !== undefined) this.#stall(now);
    }
    if (this.#nextAt === undefined && this.endedAt === undefined && this.#enough()) this.#begin(now);
  }

  get #middle(): number {
    return this.#chunks.base + (this.#chunks.size >> 1);
  }

  #enough(): boolean {
    const { base, size } = this.#chunks;
    // Live, no more can be waited for than the window has.
    const end = Math.min(this.playhead + this.#ready, base + size);
    for (let chunk = this.playhead; chunk < end; chunk++) if (!this.#chunks.has(chunk)) return false;
    return this.playhead < end;
  }

  #begin(now: number): void {
    const first = this.startedAt === undefined;
    if (first) this.startedAt = now;
    else this.stalledFor += now - this.#stalledAt;
    this.#nextAt = quantised(now + this.#chunk);
    this.#tell(first ? 'started' : 'resumed', now);
  }

  #stall(at: number): void {
    this.stalls++;
    this.#nextAt = undefined;
    this.#stalledAt = at;
    this.#tell('stalled', at);
  }

  #finish(due: number): void {
    this.played++;
    this.playhead++;
    if (!this.#live && this.playhead >= this.#chunks.size) {
      this.#nextAt = undefined;
      this.endedAt = due;
      this.#tell('ended', due);
    } else if (this.#chunks.has(this.playhead)) this.#nextAt = quantised(due + this.#chunk);
    else this.#stall(due);
  }
}
