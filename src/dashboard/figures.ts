/** The figures of the top bar, as the page counts and as the tracker does. */
import type { TrackerStats } from '../workers/messages.ts';
import type { Figures } from './state.ts';
import { sum, type Tally } from './tally.ts';

/** `rate`: requests a second. */
export function pageFigures(counts: Tally, rate: number): Figures {
  const seeds = sum(counts.seeds);
  const leeches = sum(counts.leeches);
  return {
    peers: seeds + leeches,
    seeds,
    leeches,
    swarms: counts.seeds.filter((count, index) => count + (counts.leeches[index] ?? 0) > 0).length,
    requests: counts.requests,
    errors: counts.errors,
    rate,
  };
}

/** The rate stays the page's own: /stats has totals only, over all who ask. */
export function trackerFigures(stats: TrackerStats, rate: number): Figures {
  return {
    peers: stats.peers,
    seeds: sum(stats.swarms.map((swarm) => swarm.seeds)),
    leeches: sum(stats.swarms.map((swarm) => swarm.leeches)),
    swarms: stats.swarms.length,
    requests: stats.requests.total,
    errors: sum(Object.values(stats.requests.byError)),
    rate,
  };
}

/** Milliseconds over which the rate is taken. */
const RATE_OVER = 5000;

/** Requests a second over the latest few seconds. */
export class RateMeter {
  #seen: { readonly at: number; readonly requests: number }[] = [];

  /** `requests`: the total at `now`, in milliseconds. Returns the rate, to a tenth. */
  take(now: number, requests: number): number {
    // Of virtual time more may have passed in one go: the last moment stays to compare with.
    const last = this.#seen.length - 1;
    const before = this.#seen.filter(({ at }, place) => now - at <= RATE_OVER || place === last);
    this.#seen = [...before, { at: now, requests }];
    const [first] = this.#seen;
    if (first === undefined || now === first.at) return 0;
    return Math.round((10_000 * (requests - first.requests)) / (now - first.at)) / 10;
  }
}
