/**
 * Arrival processes as streams of times. Every worker that has the same dice makes the same stream, and takes its own
 * peers out of it.
 */
import type { Arrivals } from '../scenario/schema.ts';
import { SECOND, type Micros } from '../virtual/events.ts';
import type { Dice } from './dice.ts';
import { times, toMicros } from './distributions.ts';
import { arrivalRate, greatestRate } from './rates.ts';

/** The next arrival, never before the last; `Infinity` when nobody comes any more. */
export type ArrivalTimes = () => Micros;

const NOBODY: ArrivalTimes = () => Infinity;

/** Poisson processes have exponential gaps, rounded to the clock's step: at 100,000/s the mean is off by 0.04%. */
export function arrivalTimes(arrivals: Arrivals, dice: Dice): ArrivalTimes {
  switch (arrivals.process) {
    case 'poisson':
      return renewal({ distribution: 'exponential', mean: 1 / arrivals.rate }, arrivals.rate, dice);
    case 'flash-crowd':
      return crowds(arrivals, dice);
    case 'diurnal':
      return days(arrivals, dice);
    case 'batch':
      return batches(arrivals);
    case 'trace':
      return traced(arrivals.times);
    case 'weibull':
      return renewal({ distribution: 'weibull', shape: arrivals.shape, scale: arrivals.scale }, 1, dice);
    default:
      return arrivals satisfies never;
  }
}

/** Independent gaps of one distribution, the first of them from time 0 (an ordinary renewal process). */
function renewal(gaps: Parameters<typeof times>[0], rate: number, dice: Dice): ArrivalTimes {
  if (rate === 0) return NOBODY;
  const gap = times(gaps);
  let now: Micros = 0;
  return () => (now += gap(dice));
}

/** Exponential gap of a Poisson process of `rate` per second, whole microseconds. */
const gapOf = (rate: number, dice: Dice): Micros => Math.round((-Math.log1p(-dice()) / rate) * SECOND);

/**
 * Thinning (Lewis and Shedler, Naval Research Logistics Quarterly 26, 1979, 403-413): candidates of the greatest rate,
 * each kept with the probability of its own. Between two crowds the rate only falls, so what it is now bounds it until
 * the next one: few candidates are in vain.
 */
function crowds(arrivals: Extract<Arrivals, { process: 'flash-crowd' }>, dice: Dice): ArrivalTimes {
  const [at, every] = [
    toMicros(arrivals.at),
    arrivals.every === undefined ? Infinity : toMicros(arrivals.every),
  ];
  if (arrivals.rate === 0 && arrivals.peers === 0) return NOBODY;
  let now: Micros = 0;
  let next = at;
  return () => {
    for (;;) {
      const bound = arrivalRate(arrivals, now / SECOND);
      const candidate = bound === 0 ? Infinity : now + gapOf(bound, dice);
      if (candidate >= next) {
        // Poisson processes have no memory: the search may begin anew where the rate jumps.
        if (next === Infinity) return Infinity;
        now = next;
        next += every;
        continue;
      }
      now = candidate;
      if (dice() * bound < arrivalRate(arrivals, now / SECOND)) return now;
    }
  };
}

/** The same, with the day's greatest rate as the bound all day. */
function days(arrivals: Extract<Arrivals, { process: 'diurnal' }>, dice: Dice): ArrivalTimes {
  const bound = greatestRate(arrivals);
  if (!(bound > 0)) return NOBODY;
  let now: Micros = 0;
  return () => {
    do now += gapOf(bound, dice);
    while (dice() * bound >= arrivalRate(arrivals, now / SECOND));
    return now;
  };
}

function batches({ at, peers, every }: Extract<Arrivals, { process: 'batch' }>): ArrivalTimes {
  if (peers === 0) return NOBODY;
  const distance = every === undefined ? Infinity : toMicros(every);
  let now = toMicros(at);
  let left = peers;
  return () => {
    if (left === 0) {
      now += distance;
      left = peers;
    }
    left--;
    return now;
  };
}

function traced(seconds: readonly number[]): ArrivalTimes {
  let next = 0;
  return () => {
    const time = seconds[next++];
    return time === undefined ? Infinity : toMicros(time);
  };
}
