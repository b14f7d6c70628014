/** What holds where a scenario says nothing. Plain data: the page has it without the schema. */
import { EDITIONS } from '../../protocol/message.ts';

/** One edition for all peers, or each peer one of the four, in equal shares. */
export const RUN_EDITIONS = [...EDITIONS, 'mixed'] as const;

const NOTHING = { distribution: 'constant', value: 0 } as const;

export const TRACKER_DEFAULTS = {
  url: 'embedded',
  trackTimer: 90,
  initTimer: 10,
  policy: 'random',
  serviceTime: NOTHING,
} as const;

export const NETWORK_DEFAULTS = {
  latency: { distribution: 'lognormal', median: 0.04, sigma: 0.5 },
  jitter: NOTHING,
  loss: 0,
  duplication: 0,
  reordering: 0,
  holdUp: { distribution: 'exponential', mean: 0.1 },
} as const;

export const PEER_DEFAULTS = {
  reportInterval: 30,
  peerCount: 20,
  maxLinks: 8,
  crash: 0,
  freeRiders: 0,
  polluters: 0,
  incentive: 'none',
  replace: 'silent',
  replaceEvery: 30,
} as const;

export const SWARM_DEFAULTS = {
  about: '',
  seeds: 1,
  patience: { distribution: 'never' },
  seedTime: { distribution: 'exponential', mean: 300 },
  return: { share: 0, after: { distribution: 'exponential', mean: 600 } },
  upload: { distribution: 'constant', value: 125_000 },
  download: { distribution: 'constant', value: 500_000 },
  selection: 'rarest-first',
  window: 16,
} as const;

/** All that a scenario may leave out as a whole. */
export const SCENARIO_DEFAULTS = {
  seed: 1,
  clock: 'virtual',
  edition: 'rfc7846',
  tracker: TRACKER_DEFAULTS,
  network: { ...NETWORK_DEFAULTS, systems: [] },
  nat: { classes: [], traversal: 'hole-punching' },
  lines: [],
  peers: PEER_DEFAULTS,
  faults: [],
  measure: { from: 0, every: 1, detail: 'protocol' },
} as const;
