/** How fast peers come, by arrival process: expected peers per second. */
import type { Arrivals } from '../scenario/schema.ts';
import { gamma } from './gamma.ts';

const TURN = 2 * Math.PI;

type Varying = Extract<Arrivals, { process: 'poisson' | 'flash-crowd' | 'diurnal' }>;
type Diurnal = Extract<Arrivals, { process: 'diurnal' }>;

/**
 * Arrivals per second at `time` seconds into the run. A crowd's rate is peers/decay at its start, so that its integral
 * over time is `peers`; the next crowd takes the place of what is left of the last. A day's rate is
 * rate (1 + amplitude cos(2 pi (time - peak) / day)), or by the hour.
 */
export function arrivalRate(arrivals: Varying, time: number): number {
  switch (arrivals.process) {
    case 'poisson':
      return arrivals.rate;
    case 'flash-crowd': {
      const { rate, at, every, peers, decay } = arrivals;
      if (time < at) return rate;
      const since = every === undefined ? time - at : (time - at) % every;
      return rate + (peers / decay) * Math.exp(-since / decay);
    }
    case 'diurnal': {
      const { rate, amplitude, peak, day, hours } = arrivals;
      if (hours === undefined) return rate * (1 + amplitude * Math.cos((TURN * (time - peak)) / day));
      const hour = Math.floor(((time % day) / day) * hours.length);
      return (rate * (hours[hour] ?? 0)) / meanOf(hours);
    }
    default:
      return arrivals satisfies never;
  }
}

/** The greatest rate that a day has. */
export const greatestRate = ({ rate, amplitude, hours }: Diurnal): number =>
  rate *
  (hours === undefined ? 1 + amplitude : hours.reduce((most, one) => Math.max(most, one), 0) / meanOf(hours));

const meanOf = (weights: readonly number[]): number =>
  weights.reduce((sum, one) => sum + one, 0) / weights.length;

/** Long-run mean arrivals per second: 0 of what comes once only. */
export function meanArrivalRate(arrivals: Arrivals): number {
  switch (arrivals.process) {
    case 'poisson':
    case 'diurnal':
      return arrivals.rate;
    case 'flash-crowd':
      return arrivals.rate + (arrivals.every === undefined ? 0 : arrivals.peers / arrivals.every);
    case 'batch':
      return arrivals.every === undefined ? 0 : arrivals.peers / arrivals.every;
    case 'trace':
      return 0;
    case 'weibull':
      return 1 / (arrivals.scale * gamma(1 + 1 / arrivals.shape));
    default:
      return arrivals satisfies never;
  }
}
