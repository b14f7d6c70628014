/** A peer more, wherever it comes from, shifts nobody else's dice: whole runs with and without it, side by side. */
import { describe, expect, test } from 'vitest';
import { scenarioOf } from '../../testing/eventful.ts';
import type { ScenarioInput } from '../scenario/schema.ts';
import type { RunEvent } from './events.ts';
import { eventOf } from './line.ts';
import { VirtualRun } from './run.ts';

type SwarmInput = ScenarioInput['swarms'][number];

const swarm = (id: string, leeches: number): SwarmInput => ({
  id,
  kind: 'vod',
  chunks: 8,
  chunkBytes: 40_000,
  seeds: 1,
  population: { leeches, seeds: 1 },
  arrivals: { process: 'poisson', rate: 0.3 },
  patience: { distribution: 'exponential', mean: 40 },
  seedTime: { distribution: 'exponential', mean: 20 },
  return: { share: 0.5, after: { distribution: 'exponential', mean: 5 } },
});

const BASE: ScenarioInput = {
  name: 'one more',
  seed: 3,
  duration: 60,
  edition: 'mixed',
  network: {
    systems: [
      { asn: 64_496, share: 1 },
      { asn: 64_497, share: 1, x: 20 },
    ],
    loss: 0.05,
    jitter: { distribution: 'exponential', mean: 0.005 },
  },
  nat: {
    classes: [
      { name: 'cone', share: 1, mapping: 'endpoint-independent', filtering: 'address-dependent' },
      {
        name: 'symmetric',
        share: 1,
        mapping: 'address-and-port-dependent',
        filtering: 'address-and-port-dependent',
      },
    ],
  },
  lines: [
    { name: 'slow', share: 1, upload: spread(20_000), download: spread(100_000) },
    { name: 'fast', share: 1, upload: spread(90_000), download: spread(400_000) },
  ],
  peers: { crash: 0.3, freeRiders: 0.2, polluters: 0.2, reportInterval: 10 },
  tracker: { trackTimer: 30 },
  swarms: [swarm('film', 5), swarm('song', 5)],
  faults: [
    { kind: 'mass-departure', at: 30, share: 0.2 },
    { kind: 'worker-killed', at: 40, of: 4, which: 1 },
    { kind: 'hostile', at: 20, for: 30, behaviour: 'malformed', peers: 2 },
    { kind: 'sybil', at: 25, for: 10, swarm: 'song', peers: 2 },
  ],
};

function spread(max: number) {
  return { distribution: 'uniform' as const, min: max / 2, max };
}

async function eventsOf(changes: Partial<ScenarioInput>): Promise<readonly RunEvent[]> {
  let log = '';
  const text = new TextDecoder();
  const run = new VirtualRun({
    scenario: scenarioOf(BASE, changes),
    onLog: (bytes) => (log += text.decode(bytes)),
  });
  await run.advance({ until: Infinity });
  return log.trimEnd().split('\n').slice(1).map(eventOf);
}

/** What was drawn for each peer, by its ID: who it is, and when it comes; nobody streams, so when it goes as well. */
async function drawnIn(changes: Partial<ScenarioInput>): Promise<ReadonlyMap<string, unknown>> {
  const quiet = { ...BASE.peers, maxLinks: 0 };
  const events = await eventsOf({ peers: quiet, ...changes });
  const ids = new Map<number, string>();
  const drawn = new Map<string, unknown[]>();
  for (const event of events) {
    if (event.kind === 'arrived') {
      ids.set(event.peer, event.peerId);
      drawn.set(event.peerId, [{ ...event, peer: undefined, swarm: undefined }]);
    } else if (event.kind === 'departed') drawn.get(ids.get(event.peer) ?? '')?.push([event.at, event.how]);
  }
  return drawn;
}

/** Every event of the swarm's peers by names that do not depend on who else is there; sizes depend on addresses. */
async function storyOf(id: string, changes: Partial<ScenarioInput>): Promise<readonly unknown[]> {
  const swarms = changes.swarms ?? BASE.swarms;
  const events = await eventsOf({ faults: [], ...changes });
  const ids = new Map<number, string>();
  const own = new Set<number>();
  for (const event of events)
    if (event.kind === 'arrived') {
      ids.set(event.peer, event.peerId);
      if (swarms[event.swarm]?.id === id) own.add(event.peer);
    }
  const name = (peer: number): string => ids.get(peer) ?? 'nobody';
  return events.flatMap((event) => {
    if (!('peer' in event) || !own.has(event.peer)) return [];
    // Whose timer has run out the tracker finds when it next does anything, for whomever.
    if (event.kind === 'unjoined' && event.reason !== 'left') return [];
    const { peer, ...told } = event;
    const said: Record<string, unknown> = { ...told, peer: name(peer), swarm: undefined, bytes: undefined };
    if ('to' in event && typeof event.to === 'number') said['to'] = name(event.to);
    if ('listed' in event) said['listed'] = event.listed?.map(name);
    return [said];
  });
}

const [film, song] = BASE.swarms;
if (film === undefined || song === undefined) throw new Error('There are two.');
const more = (of: SwarmInput, population: { leeches: number; seeds: number }): SwarmInput => ({
  ...of,
  population,
});
const quiet: SwarmInput = { ...swarm('quiet', 3), arrivals: { process: 'poisson', rate: 0 } };
const hostile = { kind: 'hostile', at: 5, for: 10, behaviour: 'replayed-transaction', peers: 1 } as const;
const sybils = { kind: 'sybil', at: 6, for: 10, swarm: 'film', peers: 3 } as const;

const ADDITIONS: readonly (readonly [what: string, changes: Partial<ScenarioInput>])[] = [
  ['an initial LEECH of another swarm', { swarms: [more(film, { leeches: 6, seeds: 1 }), song] }],
  ['an initial SEED of another swarm', { swarms: [more(film, { leeches: 5, seeds: 2 }), song] }],
  ['a publisher of another swarm', { swarms: [{ ...film, seeds: 2 }, song] }],
  ['an initial LEECH of the same swarm', { swarms: [film, more(song, { leeches: 6, seeds: 1 })] }],
  ['a swarm before the others, without arrivals', { swarms: [quiet, film, song] }],
  ['a swarm after the others, without arrivals', { swarms: [film, song, quiet] }],
  ['arrivals of another swarm', { swarms: [{ ...film, arrivals: { process: 'poisson', rate: 0.4 } }, song] }],
  ['a hostile source', { faults: [hostile, ...(BASE.faults ?? [])] }],
  ['Sybils', { faults: [...(BASE.faults ?? []), sybils] }],
];

describe('with one source or one peer more, all others are who they were:', () => {
  const before = drawnIn({});

  test.each(ADDITIONS)('%s', async (what, changes) => {
    const [without, withMore] = [await before, await drawnIn(changes)];
    expect(withMore.size, what).toBeGreaterThan(without.size);
    const same = (id: string): boolean =>
      JSON.stringify(withMore.get(id)) === JSON.stringify(without.get(id));
    const others = [...without.keys()].filter((id) => !same(id));
    // Of a swarm whose arrivals are others, the arrivals are not who they were.
    if (what !== 'arrivals of another swarm') expect(others).toEqual([]);
    else expect(without.size - others.length).toBeGreaterThan(without.size / 3);
  });
});

test.each(ADDITIONS.slice(0, 7).filter(([what]) => !what.includes('same')))(
  'and what befalls the peers of a swarm stays what it was, to the last link, with %s',
  async (_, changes) => {
    const [without, withMore] = [await storyOf('song', {}), await storyOf('song', changes)];
    expect(without.length).toBeGreaterThan(500);
    expect(withMore).toEqual(without);
  },
);
