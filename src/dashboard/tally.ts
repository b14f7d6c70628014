/** Counts over the latest snapshots of all workers. Pure. */
import { PHASES } from '../workers/client.ts';
import type { Counters, Snapshot, TrackerSight } from '../workers/messages.ts';

export interface Tally {
  /** Per swarm of the scenario. */
  readonly seeds: readonly number[];
  readonly leeches: readonly number[];
  /** Peers that the tracker has registered, as they see it. */
  readonly registered: number;
  /** Requests sent. */
  readonly requests: number;
  /** Refused, unreadable or lost. */
  readonly errors: number;
}

export function tally(latest: Iterable<Snapshot>, swarms: number): Tally {
  const seeds = new Array<number>(swarms).fill(0);
  const leeches = new Array<number>(swarms).fill(0);
  let registered = 0;
  let requests = 0;
  let errors = 0;
  for (const { peers, counters } of latest) {
    for (let row = 0; row < peers.handle.length; row++) {
      const swarm = peers.swarm[row] ?? 0;
      const counts = peers.mode[row] === 1 ? seeds : leeches;
      counts[swarm] = (counts[swarm] ?? 0) + 1;
      if (PHASES[peers.phase[row] ?? 0] !== 'joining') registered++;
    }
    requests += counters.requests;
    errors += lost(counters);
  }
  return { seeds, leeches, registered, requests, errors };
}

const lost = ({ errors, unreadable, failures }: Counters): number => errors + unreadable + failures;

/** Milliseconds by which a good answer may be older than trouble and still outweigh it. */
const FRESH = 2000;

/**
 * One view of the tracker from those of all workers: well when some worker has had a good answer since, or just
 * before, another met trouble. A worker whose peers ask nothing has nothing to say.
 */
export function combinedSight(latest: Iterable<Snapshot>): TrackerSight {
  let trouble: Extract<TrackerSight, { state: 'trouble' }> | undefined;
  let good: Extract<TrackerSight, { state: 'ok' }> | undefined;
  for (const { tracker } of latest) {
    if (tracker.state === 'ok' && tracker.at >= (good?.at ?? 0)) good = tracker;
    else if (tracker.state === 'trouble' && tracker.at >= (trouble?.at ?? 0)) trouble = tracker;
  }
  if (trouble !== undefined && (good === undefined || good.at < trouble.at - FRESH)) return trouble;
  return good ?? { state: 'unknown' };
}

export const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
