/** What opening the page shows: three swarms of different temper, some 300 peers. */
import { PEER_DEFAULTS, SCENARIO_DEFAULTS, SWARM_DEFAULTS } from './scenario/defaults.ts';
import type { Scenario } from './scenario/schema.ts';

const KB = 1000;

export const DEFAULT_SCENARIO: Scenario = {
  ...SCENARIO_DEFAULTS,
  name: 'three tempers',
  seed: 42,
  clock: 'real',
  duration: 3600,
  peers: { ...PEER_DEFAULTS, reportInterval: 15, peerCount: 20, maxLinks: 6, crash: 0.08 },
  swarms: [
    {
      ...SWARM_DEFAULTS,
      id: 'film',
      about: 'steady film: peers come evenly, download, stay a while as SEED',
      kind: 'vod',
      chunks: 200,
      chunkBytes: 32_768,
      seeds: 2,
      population: { leeches: 66, seeds: 62 },
      arrivals: { process: 'poisson', rate: 0.8 },
      patience: { distribution: 'never' },
      seedTime: { distribution: 'exponential', mean: 80 },
      upload: { distribution: 'lognormal', median: 90 * KB, sigma: 0.4 },
      download: { distribution: 'lognormal', median: 240 * KB, sigma: 0.4 },
    },
    {
      ...SWARM_DEFAULTS,
      id: 'premiere',
      about: 'flash crowd: a rush all at once, then the swarm seeds itself and empties',
      kind: 'vod',
      chunks: 120,
      chunkBytes: 32_768,
      seeds: 3,
      population: { leeches: 18, seeds: 21 },
      arrivals: { process: 'flash-crowd', rate: 0.15, at: 12, every: 150, peers: 90, decay: 12 },
      patience: { distribution: 'never' },
      seedTime: { distribution: 'exponential', mean: 45 },
      upload: { distribution: 'lognormal', median: 80 * KB, sigma: 0.4 },
      download: { distribution: 'lognormal', median: 200 * KB, sigma: 0.4 },
    },
    {
      ...SWARM_DEFAULTS,
      id: 'news live',
      about: 'live channel with churn: viewers zap in and out, few stay long',
      kind: 'live',
      chunks: 30,
      chunkBytes: 32_768,
      chunkSeconds: 1,
      seeds: 4,
      population: { leeches: 116, seeds: 0 },
      arrivals: { process: 'poisson', rate: 1.3 },
      patience: { distribution: 'exponential', mean: 90 },
      seedTime: { distribution: 'never' },
      publisherUpload: { distribution: 'constant', value: 600 * KB },
      upload: { distribution: 'lognormal', median: 90 * KB, sigma: 0.5 },
      download: { distribution: 'lognormal', median: 160 * KB, sigma: 0.3 },
    },
  ],
};
