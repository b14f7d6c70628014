/**
 * What passes between peers and tracker. While messages are few each one is a dot that travels;
 * beyond that only rates are kept, and the drawing shows a stream instead.
 */
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { Outcome, Pulse } from './messages.ts';

/** Milliseconds a dot takes each way. */
export const TRAVEL = 620;
/** Messages a second at which dots become a stream, and at which they come back. */
const STREAM_FROM = 70;
const DOTS_BELOW = 45;
/** Fewer messages a second are none. */
export const QUIET = 0.05;
/** A batch is played back over at most this long. */
const LONGEST_BATCH = 1000;
/** Time constant of the rates. */
const MEMORY = 1600;
/** Milliseconds without a word after which a worker's messages per second are none. */
const SILENCE = 2500;
/** The last milliseconds of a flight. */
const LANDING = 60;

interface Flight {
  readonly peer: PeerHandle;
  readonly outcome: Outcome;
  /** When the request sets out. */
  readonly start: number;
}

export interface Rate {
  /** Messages per second, smoothed. */
  all: number;
  /** Of them, those that went wrong. */
  bad: number;
}

export class Traffic {
  flights: Flight[] = [];
  readonly rates: Rate[];
  streaming = false;
  readonly #latest = new Map<number, number>();
  /** By worker, messages per second of the run, smoothed, and when that was last looked at. */
  readonly #perSecond = new Map<number, { readonly value: number; readonly now: number }>();
  #agedAt = 0;

  constructor(swarms: number) {
    this.rates = Array.from({ length: swarms }, () => ({ all: 0, bad: 0 }));
  }

  /** More swarms, or fewer, at the end. */
  resize(swarms: number): void {
    while (this.rates.length < swarms) this.rates.push({ all: 0, bad: 0 });
    this.rates.length = swarms;
  }

  /** Messages per second of the run: on the virtual clock that may be a second of any length. */
  get perSecond(): number {
    let sum = 0;
    for (const { value } of this.#perSecond.values()) sum += value;
    return sum;
  }

  /** Messages per second of the viewer's time over all swarms. */
  get total(): number {
    return this.rates.reduce((sum, rate) => sum + rate.all, 0);
  }

  /** One worker's messages since its last snapshot; the first of a run is history and only counts. */
  note(
    worker: number,
    at: number,
    pulses: readonly Pulse[],
    omitted: number,
    now: number,
    dots: boolean,
  ): void {
    const since = this.#latest.get(worker);
    this.#latest.set(worker, at);
    if (since === undefined) return;
    this.age(now);
    if (at > since) this.#count(worker, ((pulses.length + omitted) * 1000) / (at - since), now);
    const weight = pulses.length === 0 ? 0 : (1 + omitted / pulses.length) * (1000 / MEMORY);
    for (const pulse of pulses) {
      const rate = this.rates[pulse.swarm];
      if (rate === undefined) continue;
      rate.all += weight;
      if (pulse.outcome !== 'ok') rate.bad += weight;
    }
    this.streaming = this.total > (this.streaming ? DOTS_BELOW : STREAM_FROM);
    if (this.streaming || !dots) return;
    for (const pulse of pulses) {
      // Apart as they were in the run, so that a batch does not leave as a volley.
      const delay = Math.min(LONGEST_BATCH, Math.max(0, pulse.at - since));
      this.flights.push({ peer: pulse.peer, outcome: pulse.outcome, start: now + delay });
    }
  }

  #count(worker: number, perSecond: number, now: number): void {
    const last = this.#perSecond.get(worker);
    const fade = last === undefined ? 0 : Math.exp(-Math.max(0, now - last.now) / MEMORY);
    this.#perSecond.set(worker, { value: fade * (last?.value ?? 0) + (1 - fade) * perSecond, now });
  }

  /** Peers whose answer lands light up. */
  light(now: number, find: (peer: PeerHandle) => { litAt: number } | undefined): void {
    for (const { peer, outcome, start } of this.flights) {
      const home = start + 2 * TRAVEL;
      if (outcome === 'failed' || home - now > LANDING) continue;
      const node = find(peer);
      if (node !== undefined && node.litAt < home - LANDING) node.litAt = now;
    }
  }

  /** Lets rates fade and landed dots go. */
  age(now: number): void {
    const fade = Math.exp(-Math.max(0, now - this.#agedAt) / MEMORY);
    this.#agedAt = now;
    for (const rate of this.rates) {
      rate.all *= fade;
      rate.bad *= fade;
    }
    for (const [worker, { now: told }] of this.#perSecond)
      if (now - told > SILENCE) this.#perSecond.delete(worker);
    // Between two batches the rate sags; only a lasting silence ends a stream here.
    if (this.total < DOTS_BELOW / 2) this.streaming = false;
    if (this.flights.some((flight) => landed(flight, now)))
      this.flights = this.flights.filter((flight) => !landed(flight, now));
  }
}

const landed = (flight: Flight, now: number): boolean => now - flight.start > 2 * TRAVEL;

/** Where a dot is: 0 at the peer, 1 at the tracker; undefined before it sets out. */
export function position(
  flight: Flight,
  now: number,
): { readonly at: number; readonly back: boolean } | undefined {
  const way = (now - flight.start) / TRAVEL;
  if (way < 0 || way > 2) return undefined;
  return way <= 1 ? { at: eased(way), back: false } : { at: eased(2 - way), back: true };
}

const eased = (t: number): number => (t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t));
