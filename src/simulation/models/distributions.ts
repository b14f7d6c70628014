/**
 * Distributions of the scenario file, drawn by d3-random from dice of ours. Whatever enters a run's state is a whole
 * number of microseconds, bytes or bytes/s: logarithms and powers may differ in their last bit between engines.
 *
 * Dice have 32 bits: no quantile beyond 1 - 2^-32 is ever drawn, so that an exponential ends at 22.2 means.
 */
import { randomExponential, randomLogNormal, randomPareto, randomUniform, randomWeibull } from 'd3-random';
import type { Distribution } from '../scenario/schema.ts';
import { SECOND, type Micros } from '../virtual/events.ts';
import type { Dice } from './dice.ts';

/** One value, unrounded; `Infinity` for `never`. */
export type Sampler = (dice: Dice) => number;

/** Beyond a hundred years nothing is told apart; sums of a few still are whole numbers. */
const MAX_MICROS: Micros = 3e15;

/** What d3 draws from: set for the length of one draw, so that one sampler serves every peer's dice. */
let current: Dice;
const source: Dice = () => current();

/** @returns What draws one value of `from`, in its own unit. Keeps nothing between two draws. */
export function sampler(from: Distribution): Sampler {
  switch (from.distribution) {
    case 'constant':
      return () => from.value;
    case 'uniform':
      return drawing(randomUniform.source(source)(from.min, from.max));
    case 'exponential':
      return from.mean === 0 ? () => 0 : drawing(randomExponential.source(source)(1 / from.mean));
    case 'weibull':
      return drawing(randomWeibull.source(source)(from.shape, 0, from.scale));
    case 'pareto': {
      const fromOne = drawing(randomPareto.source(source)(from.shape));
      return (dice) => from.min * fromOne(dice);
    }
    case 'lognormal': {
      const [mu, { sigma }] = [Math.log(from.median), from];
      const logNormal = randomLogNormal.source(source);
      // Made anew each time: d3 keeps the second of the two normals it makes, and that belongs to another peer's dice.
      return (dice) => drawing(logNormal(mu, sigma))(dice);
    }
    case 'empirical': {
      const { values } = from;
      return (dice) => values[Math.floor(dice() * values.length)] ?? 0;
    }
    case 'never':
      return () => Infinity;
    default:
      return from satisfies never;
  }
}

const drawing =
  (draw: () => number): Sampler =>
  (dice) => {
    current = dice;
    return draw();
  };

/** One value, unrounded; `Infinity` for `never`. For what is drawn now and then: `sampler` is for what is drawn often. */
export const draw = (from: Distribution, dice: Dice): number => sampler(from)(dice);

/** @returns What draws one time, in microseconds from seconds; `Infinity` for `never`. */
export function times(from: Distribution): (dice: Dice) => Micros {
  const sample = sampler(from);
  return (dice) => toMicros(sample(dice));
}

/** Seconds to the nearest microsecond; `Infinity` stays, what no clock holds becomes its last moment. */
export const toMicros = (seconds: number): Micros =>
  seconds === Infinity ? Infinity : Math.min(MAX_MICROS, Math.round(seconds * SECOND));

/** @returns What draws one rate or size, in whole bytes/s or bytes. */
export function amounts(from: Distribution): (dice: Dice) => number {
  const sample = sampler(from);
  return (dice) => Math.min(Number.MAX_SAFE_INTEGER, Math.round(sample(dice)));
}
