/** The measured window of a run, and levels averaged over it in time. */
import type { Micros } from '../simulation/virtual/events.ts';
import { batchMeans, BATCHES, type Interval } from './confidence.ts';

const SECOND: Micros = 1_000_000;
export const inMicros = (seconds: number): Micros => Math.round(seconds * SECOND);
export const inSeconds = (micros: Micros): number => micros / SECOND;

/** From `from` (inclusive) until `to` (exclusive), cut into 20 batches of equal length. */
export class Window {
  readonly from: Micros;
  readonly to: Micros;

  constructor(from: Micros, to: Micros) {
    this.from = from;
    this.to = Math.max(from, to);
  }

  get batchLength(): number {
    return (this.to - this.from) / BATCHES;
  }

  has(at: Micros): boolean {
    return at >= this.from && at < this.to;
  }

  /** Which batch `at`, a time in the window, lies in. */
  batchOf(at: Micros): number {
    return Math.min(BATCHES - 1, Math.floor((at - this.from) / this.batchLength));
  }

  /** Microseconds of the window that have gone by at `now`. */
  passed(now: Micros): Micros {
    return Math.max(0, Math.min(now, this.to) - this.from);
  }

  /** Batches that are over at `now`: those before are whole. */
  wholeBatches(now: Micros): number {
    return this.to === this.from ? 0 : Math.floor(this.passed(now) / this.batchLength + 1e-9);
  }
}

/** A number that holds from one event to the next (peers present, bytes/s on offer), and its integral over time. */
export class Level {
  readonly #window: Window;
  readonly #batches = new Float64Array(BATCHES);
  #value = 0;
  #since: Micros = 0;

  constructor(window: Window) {
    this.#window = window;
  }

  get value(): number {
    return this.#value;
  }

  change(at: Micros, by: number): void {
    this.#pass(at);
    this.#value += by;
  }

  /** Time-weighted mean over the window until `now`; NaN while none of it has gone by. */
  mean(now: Micros): number {
    return this.integral(now) / this.#window.passed(now);
  }

  /** In unit times microseconds. */
  integral(now: Micros): number {
    this.#pass(now);
    let sum = 0;
    for (const part of this.#batches) sum += part;
    return sum;
  }

  /** Time-weighted means of the batches that are over. */
  batchMeans(now: Micros): Float64Array {
    this.#pass(now);
    const whole = this.#batches.subarray(0, this.#window.wholeBatches(now));
    return whole.map((part) => part / this.#window.batchLength);
  }

  #pass(now: Micros): void {
    const { from, to, batchLength } = this.#window;
    let at = Math.max(this.#since, from);
    const end = Math.min(now, to);
    this.#since = Math.max(this.#since, now);
    if (this.#value === 0) return;
    for (let batch = at < end ? this.#window.batchOf(at) : 0; at < end; batch++) {
      const until = batch === BATCHES - 1 ? end : Math.min(end, from + (batch + 1) * batchLength);
      this.#batches[batch] = (this.#batches[batch] ?? 0) + this.#value * (until - at);
      at = until;
    }
  }
}

/** Events of one kind in the window, counted by batch. */
export class Tally {
  readonly #window: Window;
  readonly #batches = new Float64Array(BATCHES);
  #all = 0;

  constructor(window: Window) {
    this.#window = window;
  }

  add(at: Micros, amount = 1): void {
    this.#all += amount;
    if (!this.#window.has(at)) return;
    const batch = this.#window.batchOf(at);
    this.#batches[batch] = (this.#batches[batch] ?? 0) + amount;
  }

  /** Over the whole run. */
  get all(): number {
    return this.#all;
  }

  /** In the window. */
  get measured(): number {
    let sum = 0;
    for (const part of this.#batches) sum += part;
    return sum;
  }

  /** Per second of the window until `now`; NaN while none of it has gone by. */
  rate(now: Micros): number {
    return this.measured / inSeconds(this.#window.passed(now));
  }

  /** Per second, in the batches that are over. */
  batchRates(now: Micros): Float64Array {
    const seconds = inSeconds(this.#window.batchLength);
    return this.#batches.subarray(0, this.#window.wholeBatches(now)).map((part) => part / seconds);
  }
}

/** What part of `whole` is `part`, both in the window until `now`; the interval where every batch has some. */
export function shareOf(
  part: Tally,
  whole: Tally,
  now: Micros,
): { readonly value: number; readonly interval: Interval | undefined } {
  const wholes = whole.batchRates(now);
  const shares = part.batchRates(now).map((rate, batch) => rate / (wholes[batch] ?? 0));
  const interval = shares.every(Number.isFinite) ? batchMeans(shares) : undefined;
  return { value: part.measured / whole.measured, interval };
}
