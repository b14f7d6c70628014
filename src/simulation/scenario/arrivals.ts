/** Arrival processes, as a scenario names them. What each is, and how its times are made: `models/arrivals.ts`. */
import * as v from 'valibot';
import { MAX_VALUES } from './distribution.ts';
import { kind, MAX_SECONDS, number, seconds, someSeconds, whole } from './fields.ts';

/** Peers a second. */
const MAX_RATE = 100_000;
export const MAX_PEERS = 10_000_000;
const HOURS = 24;

const rate = (about: string) => number(0, MAX_RATE, about);

export const Times = v.pipe(
  v.array(number(0, MAX_SECONDS, 'Seconds since the run began.')),
  v.minLength(1),
  v.maxLength(MAX_VALUES),
  v.description('Seconds since the run began, in order, one for each peer that comes.'),
);

export const Arrivals = v.variant('process', [
  v.strictObject({
    process: kind('poisson', 'Peers come independently of each other, at an even rate.'),
    rate: rate('Peers per second.'),
  }),
  v.strictObject({
    process: kind(
      'flash-crowd',
      'A crowd comes all at once; its rate falls off exponentially. Poisson given the rate.',
    ),
    rate: rate('Peers per second outside the crowd.'),
    at: seconds('When the crowd begins to come.'),
    every: v.exactOptional(
      someSeconds('Another such crowd comes at this distance; left out: there is one only.'),
    ),
    peers: number(0, MAX_PEERS, 'How many a crowd is, on average.'),
    decay: someSeconds(
      'Time constant: after it the rate has fallen to 1/e, and 63.2% of the crowd have come.',
    ),
  }),
  v.strictObject({
    process: kind('diurnal', 'The rate goes up and down with the time of day. Poisson given the rate.'),
    rate: rate('Peers per second, mean over a day.'),
    amplitude: v.optional(
      number(0, 1, 'Half of the swing between least and greatest rate, as a part of the mean.'),
      0.5,
    ),
    peak: v.optional(seconds('When in the day the rate is greatest.'), 72_000),
    day: v.optional(someSeconds('Length of a day: shorten it to see many.'), 86_400),
    hours: v.exactOptional(
      v.pipe(
        v.array(number(0, 1_000_000, 'Weight of this hour.')),
        v.length(HOURS),
        v.description(
          'Weights of the 24 hours of the day against each other, in place of the sine of amplitude and peak.',
        ),
      ),
    ),
  }),
  v.strictObject({
    process: kind('batch', 'So many at once.'),
    at: seconds('When the first batch comes.'),
    peers: whole(0, MAX_PEERS, 'How many come at once.'),
    every: v.exactOptional(
      someSeconds('Another such batch comes at this distance; left out: there is one only.'),
    ),
  }),
  v.strictObject({
    process: kind('trace', 'At the times that were observed.'),
    times: Times,
  }),
  v.strictObject({
    process: kind('weibull', 'A renewal process: the times between two arrivals are Weibull distributed.'),
    shape: number(0.05, 1000, 'k of the times between arrivals: below 1 they come in bursts.'),
    scale: someSeconds('Lambda of the times between arrivals.'),
  }),
]);
