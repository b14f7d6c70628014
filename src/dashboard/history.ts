/** What was, second by second of run time: membership per swarm, and traffic. */
import type { TimeAnswer, TimeAsk } from '../workers/messages.ts';
import type { SwarmPoint, TrafficPoint } from './state.ts';
import type { Tally } from './tally.ts';

/** Seconds that the charts reach back. */
export const MAX_POINTS = 900;

export interface Past {
  /** By swarm of the scenario. */
  readonly swarms: readonly (readonly SwarmPoint[])[];
  readonly traffic: readonly TrafficPoint[];
}

interface Totals {
  readonly second: number;
  readonly requests: number;
  readonly errors: number;
}

export class History implements Past {
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

/** What `pastOf` is made of: all there is of the latest `MAX_POINTS` seconds. */
export const pastAsk = (swarms: number): TimeAsk => ({
  parts: ['population', 'requests', 'errors'],
  range: { latest: MAX_POINTS * SECOND },
  columns: MAX_POINTS,
  swarms,
  availabilityOf: 0,
  progressOf: undefined,
  progressBy: 'run',
});

const SECOND = 1000;
/** A column of which less than this is known yet says nothing of a rate. */
const ENOUGH = 0.5;

/** The past as whoever watched the whole run has it: exact, however fast the run goes. */
export function pastOf({ population, requests, errors, told }: TimeAnswer, swarms: number): Past {
  const failed = (column: number): number =>
    errors?.kinds.reduce((sum, { count }) => sum + (count[column] ?? 0), 0) ?? 0;
  const levels = new Map(population?.swarms.map((one) => [one.swarm, one]));
  return {
    swarms: Array.from({ length: swarms }, (_, swarm) => {
      const { seeds, leeches } = levels.get(swarm) ?? {};
      return pointsOf(population, told, (column, _known, time) => ({
        time,
        seeds: seeds?.[column] ?? 0,
        leeches: leeches?.[column] ?? 0,
      }));
    }),
    traffic: pointsOf(requests, told, (column, known, time) =>
      known < ENOUGH * (requests?.width ?? 0)
        ? undefined
        : {
            time,
            requests: ((requests?.all[column] ?? 0) / known) * SECOND,
            errors: (failed(column) / known) * SECOND,
          },
    ),
  };
}

/** One at the end of each column that anything is known of; `known`: how much of it, in milliseconds. */
function pointsOf<Point>(
  grid: Pick<NonNullable<TimeAnswer['population']>, 'from' | 'width' | 'columns'> | undefined,
  told: number,
  make: (column: number, known: number, time: number) => Point | undefined,
): readonly Point[] {
  if (grid === undefined) return [];
  const points: Point[] = [];
  for (let column = 0; column < grid.columns; column++) {
    const from = grid.from + column * grid.width;
    const to = Math.min(from + grid.width, told);
    if (to <= from) break;
    const point = make(column, to - from, to / SECOND);
    if (point !== undefined) points.push(point);
  }
  return points;
}
