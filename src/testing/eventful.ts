/** A scenario in which a little of everything happens: every model, every fault. For runs on the virtual clock. */
import type { Scenario, ScenarioInput } from '../simulation/scenario/schema.ts';
import { checkScenario } from '../simulation/scenario/read.ts';

const HOSTILITIES = [
  'malformed',
  'wrong-version',
  'unknown-swarm',
  'replayed-transaction',
  'flooding',
] as const;

export const EVENTFUL: ScenarioInput = {
  name: 'eventful',
  seed: 7,
  duration: 120,
  edition: 'mixed',
  measure: { from: 10, until: 100, detail: 'full' },
  network: {
    systems: [
      { asn: 64_496, share: 3, x: 0, y: 0 },
      { asn: 64_497, share: 1, x: 20, y: 10 },
    ],
    loss: 0.01,
    duplication: 0.02,
    reordering: 0.02,
  },
  nat: {
    classes: [
      { name: 'cone', share: 2, mapping: 'endpoint-independent', filtering: 'address-dependent' },
      {
        name: 'symmetric',
        share: 1,
        mapping: 'address-and-port-dependent',
        filtering: 'address-and-port-dependent',
      },
    ],
  },
  peers: { crash: 0.1, freeRiders: 0.1, polluters: 0.05, maxLinks: 4, reportInterval: 15 },
  zapping: { watch: { distribution: 'exponential', mean: 30 } },
  tracker: { serviceTime: { distribution: 'constant', value: 0.0005 }, trackTimer: 40 },
  swarms: [
    {
      id: 'film',
      kind: 'vod',
      chunks: 16,
      chunkBytes: 65_536,
      seeds: 1,
      population: { leeches: 8, seeds: 1 },
      arrivals: { process: 'poisson', rate: 0.2 },
      patience: { distribution: 'exponential', mean: 60 },
      seedTime: { distribution: 'exponential', mean: 20 },
      return: { share: 0.5, after: { distribution: 'exponential', mean: 10 } },
      playback: { bitrate: 100_000 },
    },
    ...['news', 'sport'].map((id) => ({
      id,
      kind: 'live' as const,
      chunks: 8,
      chunkBytes: 50_000,
      chunkSeconds: 1,
      seeds: 1,
      population: { leeches: 4 },
      arrivals: { process: 'poisson' as const, rate: 0.1 },
      patience: { distribution: 'exponential' as const, mean: 60 },
    })),
  ],
  faults: [
    { kind: 'tracker-slow', at: 10, for: 4, delay: { distribution: 'constant', value: 0.2 } },
    { kind: 'tracker-down', at: 15, for: 5 },
    { kind: 'tracker-restart', at: 30, for: 2 },
    { kind: 'tracker-restart', at: 40, for: 2, keepsState: true },
    { kind: 'tracker-errors', at: 45, for: 6, share: 0.5, error: 'overloaded' },
    { kind: 'mass-departure', at: 55, share: 0.3 },
    { kind: 'mass-departure', at: 58, share: 0.5, crash: true, swarm: 'film' },
    { kind: 'worker-killed', at: 65, of: 4, which: 1 },
    ...HOSTILITIES.map((behaviour) => ({ kind: 'hostile' as const, at: 25, for: 12, behaviour, peers: 2 })),
    { kind: 'sybil', at: 50, for: 30, swarm: 'film', peers: 4 },
    { kind: 'loss-burst', at: 75, for: 5, loss: 0.5 },
    { kind: 'partition', at: 85, for: 5, asns: [64_497] },
  ],
};

/** With its defaults filled in, and `changes` on top. */
export function scenarioOf(input: ScenarioInput, changes: Partial<ScenarioInput> = {}): Scenario {
  const read = checkScenario({ ...input, ...changes });
  if (!read.ok) throw new Error(JSON.stringify(read));
  return read.scenario;
}
