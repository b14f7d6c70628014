/**
 * A swarm in which nobody downloads anything is M/G/infinity: peers come by Poisson's process at rate lambda, stay as
 * long as their patience has it, and none waits for another. In its steady state as many are there as come during a
 * mean stay, however stays are distributed (Takacs: Introduction to the Theory of Queues, 1962, ch. 3).
 *
 * As the tracker counts them: from the CONNECT that reaches it to the LEAVE, both as late as the way takes, so that a
 * registration lasts as long as its peer stays; but for who would leave before the answer to its CONNECT has come:
 * that adds less than a round trip, 40 ms of a mean of a minute.
 */
import { gamma } from '../../simulation/models/gamma.ts';
import type { Distribution, ScenarioInput } from '../../simulation/scenario/schema.ts';
import { measured, type Check, type Size } from './check.ts';

/** Mean stay, in seconds. */
const STAY = 60;
/** In mean stays: after it 99% of the steady state's population are there with any of the distributions. */
const WARM_UP = 15;
const SHAPE = 0.59;
const SIGMA = 1;

/** The Weibull distribution has the shape that Stutzbach and Rejaie measured (IMC 2006). */
const PATIENCES: readonly Distribution[] = [
  { distribution: 'exponential', mean: STAY },
  { distribution: 'weibull', shape: SHAPE, scale: STAY / gamma(1 + 1 / SHAPE) },
  { distribution: 'lognormal', median: STAY / Math.exp(SIGMA ** 2 / 2), sigma: SIGMA },
];

/** Peers at a time, and arrivals measured: the standard error is sqrt((1 + cv^2) / arrivals), cv that of a stay. */
const SIZES = {
  quick: { peers: 100, arrivals: 5000 },
  full: { peers: 500, arrivals: 40_000 },
} as const;

function scenario(patience: Distribution, size: Size): ScenarioInput {
  const { peers, arrivals } = SIZES[size];
  const from = WARM_UP * STAY;
  return {
    name: `occupancy, ${patience.distribution} patience`,
    duration: from + (arrivals * STAY) / peers,
    network: { latency: { distribution: 'constant', value: 0.02 } },
    tracker: { trackTimer: 100_000 },
    peers: { maxLinks: 0, peerCount: 0, reportInterval: 50_000 },
    measure: { from },
    swarms: [
      {
        id: 'film',
        kind: 'vod',
        chunks: 1,
        chunkBytes: 1024,
        seeds: 0,
        arrivals: { process: 'poisson', rate: peers / STAY },
        patience,
      },
    ],
  };
}

/** Population within 5%, and Little's law (L = lambda W, each measured on its own) within 3%. */
export async function occupancy(size: Size): Promise<Check[]> {
  const runs = await Promise.all(
    PATIENCES.map(async (patience) => ({ patience, of: await measured(scenario(patience, size)) })),
  );
  return runs.flatMap(({ patience: { distribution }, of }): Check[] => {
    const { peers } = SIZES[size];
    const registered = of('swarms.film.meanRegisteredLeeches');
    return [
      {
        what: `registered peers, ${distribution} patience`,
        expected: peers,
        measured: registered,
        allowed: 0.05 * peers,
      },
      {
        what: `Little: L / (lambda W), ${distribution} patience`,
        expected: 1,
        measured: of('swarms.film.littleRatio'),
        allowed: 0.03,
      },
    ];
  });
}
