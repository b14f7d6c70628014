/** Counts over the latest snapshots of all workers. Pure. */
import type { Counters, Snapshot, TrackerSight } from '../workers/messages.ts';

export interface Tally {
  /** Per swarm of the scenario. */
  readonly seeds: readonly number[];
  readonly leeches: readonly number[];
  /** Requests sent. */
  readonly requests: number;
  /** Refused, unreadable or lost. */
  readonly errors: number;
}

export function tally(latest: Iterable<Snapshot>, swarms: number): Tally {
  const seeds = new Array<number>(swarms).fill(0);
  const leeches = new Array<number>(swarms).fill(0);
  let requests = 0;
  let errors = 0;
  for (const { peers, counters } of latest) {
    for (let row = 0; row < peers.handle.length; row++) {
      const swarm = peers.swarm[row] ?? 0;
      const counts = peers.mode[row] === 1 ? seeds : leeches;
      counts[swarm] = (counts[swarm] ?? 0) + 1;
    }
    requests += counters.requests;
    errors += lost(counters);
  }
  return { seeds, leeches, requests, errors };
}

const lost = ({ errors, unreadable, failures }: Counters): number => errors + unreadable + failures;

/** One view of the tracker from those of all workers: well as soon as one worker is answered. */
export function combinedSight(latest: Iterable<Snapshot>): TrackerSight {
  let seen: TrackerSight = { state: 'unknown' };
  let latency = 0;
  let well = 0;
  for (const { tracker } of latest) {
    if (tracker.state === 'ok') {
      latency += tracker.latency;
      well++;
    } else if (tracker.state === 'trouble') seen = tracker;
  }
  return well > 0 ? { state: 'ok', latency: latency / well } : seen;
}

export const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
