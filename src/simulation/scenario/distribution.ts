/** Distributions, as a scenario names them. What each is, and how it is drawn: `models/distributions.ts`. */
import * as v from 'valibot';
import { kind, number } from './fields.ts';

/** The widest value that a distribution's parameter may have: seconds, bytes/s, whatever its place in the scenario says. */
const MAX = 1e12;
/** Values of an empirical distribution, and times of a trace. */
export const MAX_VALUES = 1_000_000;

const from0 = (about: string) => number(0, MAX, about);
const above0 = (about: string) => number(1e-9, MAX, about);
/** Shapes beyond these give values that no clock holds, or that are all alike. */
const shape = (about: string) => number(0.05, 1000, about);

/** Numbers written out, or the name of a file that holds them: the reader has put its content here. */
export const Values = v.pipe(
  v.array(number(0, MAX, 'One observed value.')),
  v.minLength(1),
  v.maxLength(MAX_VALUES),
  v.description('Observed values, in any order.'),
);

export const Distribution = v.variant('distribution', [
  v.strictObject({
    distribution: kind('constant', 'Always the same value.'),
    value: from0('The value.'),
  }),
  v.strictObject({
    distribution: kind('uniform', 'Any value between two, each as likely.'),
    min: from0('The least value.'),
    max: from0('The greatest value.'),
  }),
  v.strictObject({
    distribution: kind('exponential', 'Memoryless: F(x) = 1 - exp(-x / mean).'),
    mean: from0('The mean.'),
  }),
  v.strictObject({
    distribution: kind('weibull', 'F(x) = 1 - exp(-(x / scale)^shape).'),
    shape: shape('k: below 1 there are many short and a few very long.'),
    scale: above0('Lambda: 63.2% of all values are below it.'),
  }),
  v.strictObject({
    distribution: kind('pareto', 'F(x) = 1 - (min / x)^shape, from min upwards.'),
    shape: shape('Alpha: at most 1 means that there is no mean.'),
    min: above0('The least value.'),
  }),
  v.strictObject({
    distribution: kind('lognormal', 'ln(x) is normal, with mean ln(median) and standard deviation sigma.'),
    median: above0('Half of all values are below it.'),
    sigma: number(0, 10, 'Standard deviation of ln(x).'),
  }),
  v.strictObject({
    distribution: kind('empirical', 'One of the observed values, each as likely.'),
    values: Values,
  }),
  v.strictObject({
    distribution: kind('never', 'The moment never comes: for times only.'),
  }),
]);
