/** What was, second by second of run time: membership per swarm, and traffic. */
import type { SwarmPoint, TrafficPoint } from './state.ts';
import type { Tally } from './tally.ts';

/** Seconds that the charts reach back. */
export const MAX_POINTS = 900;

interface Totals {
  readonly second: number;
  readonly requests: number;
  readonly errors: number;
}

export class History {
  readonly swarms: SwarmPoint[][];
  traffic: readonly TrafficPoint[] = [];
  #last: Totals | undefined;

  constructor(swarms: number) {
    this.swarms = Array.from({ length: swarms }, () => []);
  }

  /** One point a second; true when one was added. `elapsed`: milliseconds of run time. */
  take(elapsed: number, { seeds, leeches, requests, errors }: Tally): boolean {
    const second = Math.floor(elapsed / 1000);
    const last = this.#last;
    if (last !== undefined && second <= last.second) return false;
    this.#last = { second, requests, errors };
    // More than a second may have passed since the last point: its traffic is the mean.
    const seconds = last === undefined ? 1 : second - last.second;
    const point = {
      time: second,
      requests: (requests - (last?.requests ?? 0)) / seconds,
      errors: (errors - (last?.errors ?? 0)) / seconds,
    };
    this.traffic = [...this.traffic, point].slice(-MAX_POINTS);
    this.swarms.forEach((points, swarm) => {
      const now = { time: second, seeds: seeds[swarm] ?? 0, leeches: leeches[swarm] ?? 0 };
      this.swarms[swarm] = [...points, now].slice(-MAX_POINTS);
    });
    return true;
  }
}
