/**
 * Peer lists at random: of n others each is on a list of k with probability k / n, independently from list to list, so
 * how many lists a peer is on is binomial, given how many were handed out while it was there.
 */
import type { ScenarioInput } from '../../simulation/scenario/schema.ts';
import { measured, type Check, type Size } from './check.ts';

const SIZES = {
  quick: { peers: 150, seconds: 600 },
  full: { peers: 500, seconds: 3000 },
} as const;
/** Seconds, of everybody: where stays differ much, so do in-degrees, and chi-square sees nothing else. */
const STAY = 120;
const SIGNIFICANCE = 0.001;

function scenario(size: Size): ScenarioInput {
  const { peers, seconds } = SIZES[size];
  return {
    name: 'lists at random',
    duration: 300 + seconds,
    peers: { maxLinks: 0, peerCount: 20, reportInterval: 1000 },
    tracker: { trackTimer: 10_000, policy: 'random' },
    measure: { from: 300 },
    swarms: [
      {
        id: 'film',
        kind: 'vod',
        chunks: 1,
        chunkBytes: 1024,
        seeds: 0,
        arrivals: { process: 'poisson', rate: peers / STAY },
        patience: { distribution: 'constant', value: STAY },
      },
    ],
  };
}

/** By chi-square, and by the index of dispersion. */
export async function lists(size: Size): Promise<Check[]> {
  const of = await measured(scenario(size));
  return [
    {
      what: 'in-degree of random lists, 1 - p of chi-square',
      expected: 0,
      measured: 1 - of('inDegree.film.pValue'),
      allowed: 1 - SIGNIFICANCE,
    },
    {
      what: 'in-degree of random lists, dispersion',
      expected: 1,
      measured: of('inDegree.film.dispersion'),
      allowed: size === 'full' ? 0.03 : 0.15,
    },
  ];
}
