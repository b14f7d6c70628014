/**
 * The fluid model of Qiu and Srikant (Modeling and Performance Analysis of BitTorrent-Like Peer-to-Peer Networks,
 * SIGCOMM 2004): with x LEECHes and y SEEDs, in files per second,
 *
 *   dx/dt = lambda - min(c x, mu (eta x + y)),   dy/dt = min(c x, mu (eta x + y)) - gamma y
 *
 * where nobody gives up (theta = 0). In the steady state y = lambda / gamma, whatever the bottleneck; where it is the
 * uplinks (1/c < (1/mu - 1/gamma) / eta), x = lambda (1/mu - 1/gamma) / eta. So eta is what LEECHes upload as a part of
 * what their uplinks could. The paper puts it close to 1 for files of many chunks, about 1 - (log N / N)^k
 * with N chunks and k neighbours.
 */
import type { ScenarioInput } from '../../simulation/scenario/schema.ts';
import { measured, type Check, type Size } from './check.ts';

const CHUNKS = 256;
const CHUNK_BYTES = 16_384;
/** Bytes/s: a file in 33.6 s; the downlink takes it in a quarter of that. */
const UPLOAD = 125_000;
/** Mean seconds as SEED. */
const SEED_TIME = 10;
/** From the first peer to the steady state: several downloads. */
const WARM_UP = 150;

const SIZES = {
  quick: { rate: 2, measured: 120 },
  full: { rate: 4, measured: 1200 },
} as const;

function scenario(size: Size): ScenarioInput {
  const { rate, measured: seconds } = SIZES[size];
  return {
    name: 'fluid model',
    duration: WARM_UP + seconds,
    peers: { maxLinks: 8, peerCount: 30 },
    measure: { from: WARM_UP, detail: 'full' },
    swarms: [
      {
        id: 'film',
        kind: 'vod',
        chunks: CHUNKS,
        chunkBytes: CHUNK_BYTES,
        seeds: 1,
        arrivals: { process: 'poisson', rate },
        seedTime: { distribution: 'exponential', mean: SEED_TIME },
        upload: { distribution: 'constant', value: UPLOAD },
        download: { distribution: 'constant', value: 4 * UPLOAD },
      },
    ],
  };
}

/** SEEDs within 5% (of a quick run: three standard errors, sqrt(2 / completions) each); eta between 0.85 and 1.05. */
export async function fluid(size: Size): Promise<Check[]> {
  const of = await measured(scenario(size));
  const { rate, measured: seconds } = SIZES[size];
  // The publisher besides.
  const expected = 1 + rate * SEED_TIME;
  return [
    {
      what: 'SEEDs of the fluid model, lambda / gamma',
      expected,
      measured: of('swarms.film.meanSeeds'),
      allowed: Math.max(0.05, size === 'full' ? 0 : 3 * Math.sqrt(2 / (rate * seconds))) * expected,
    },
    {
      what: `effectiveness eta, ${CHUNKS} chunks`,
      expected: 0.95,
      measured: of('swarms.film.effectiveness'),
      allowed: 0.1,
    },
  ];
}
