/** What a chart says, in words: the text alternative, and the line beside its name. */
import type { SwarmView, TrafficPoint } from '../../dashboard/state.ts';
import { formatClock, formatCount, plural } from '../format.ts';
import { nearest, trendOf } from './layout.ts';

export const swarmSummary = (swarm: SwarmView): string =>
  `${swarm.id}: ${plural(swarm.seeds + swarm.leeches, 'peer')}, ${plural(swarm.seeds, 'seed')}, ` +
  `${trendOf(swarm.history)}.`;

/** `quiet`: nothing is sent now, whatever the latest second had. */
export function trafficSummary(traffic: readonly TrafficPoint[], quiet: boolean): string {
  const last = traffic.at(-1);
  if (last === undefined) return 'Requests: none yet.';
  let errors = 0;
  for (const point of traffic) if (point.time > last.time - 60) errors += point.errors;
  return (
    `Requests: ${formatCount(quiet ? 0 : last.requests)} in the latest second, ` +
    `${plural(errors, 'error')} in the last minute.`
  );
}

export interface Reading {
  /** Undefined: now. */
  readonly time: string | undefined;
  readonly first: string;
  readonly second: string;
}

/** SEEDs and LEECHes now, or at a moment. */
export function swarmReading(swarm: SwarmView, time: number | undefined): Reading {
  const point = time === undefined ? undefined : nearest(swarm.history, time);
  if (point === undefined)
    return { time: undefined, first: formatCount(swarm.seeds), second: formatCount(swarm.leeches) };
  return {
    time: formatClock(point.time * 1000),
    first: formatCount(point.seeds),
    second: formatCount(point.leeches),
  };
}

/** Requests and errors of the latest full second (none while it is quiet), or of a moment. */
export function trafficReading(
  traffic: readonly TrafficPoint[],
  time: number | undefined,
  quiet: boolean,
): Reading {
  const now = quiet ? undefined : traffic.at(-1);
  const point = time === undefined ? now : nearest(traffic, time);
  return {
    time: time === undefined || point === undefined ? undefined : formatClock(point.time * 1000),
    first: formatCount(point?.requests ?? 0),
    second: formatCount(point?.errors ?? 0),
  };
}
