/** What nodes do together, on the wound clock with exact events. */
import { describe, expect, test } from 'vitest';
import type { NodeEvent } from './options.ts';
import { WoundSwarm } from './testing.ts';

const names = (count: number, what: string) => Array.from({ length: count }, (_, i) => `${what} ${i}`);

test('bytes are conserved, and no line carries more than it can', () => {
  const swarm = new WoundSwarm({ chunks: 64 });
  swarm.add('seed').preload(1);
  const leeches = names(12, 'leech').map((name, i) =>
    swarm.add(name, { upload: 20_000 + 5000 * i, download: 60_000 + 20_000 * i }),
  );
  for (const leech of leeches) swarm.introduce(leech, 'seed', ...names(12, 'leech'));
  for (let second = 1; second <= 120; second++) {
    swarm.run(1);
    for (const { options, uploadedBytes, downloadedBytes } of leeches) {
      expect(uploadedBytes).toBeLessThanOrEqual(options.upload * second + 1);
      expect(downloadedBytes).toBeLessThanOrEqual(options.download * second + 1);
    }
  }
  expect(leeches.map(({ complete }) => complete)).toEqual(leeches.map(() => true));
  let [up, down, aborted] = [0, 0, 0];
  for (const node of swarm.nodes.values()) {
    up += node.uploadedBytes;
    down += node.downloadedBytes;
    aborted += node.abortedBytes;
    expect(node.downloadedBytes - node.wastedBytes).toBe(node.options.endpoint === 'seed' ? 0 : 640_000);
  }
  expect(up).toBeCloseTo(down + aborted, 2);
  // All have everything: nothing is due any more.
  for (const node of swarm.nodes.values()) expect([node.idle, node.wakeAt]).toEqual([true, undefined]);
});

test('one source alone is done when its line says, to the millisecond', () => {
  const swarm = new WoundSwarm({ chunks: 32, upload: 50_000, download: 1e6 }, { delay: 10 });
  swarm.add('seed').preload(1);
  const leech = swarm.add('leech');
  swarm.introduce(leech, 'seed');
  // Hello, welcome and request take 30 ms, the last chunk 10 ms; 320 kB take 6.4 s.
  swarm.run(6.439);
  expect(leech.complete).toBe(false);
  swarm.run(0.002);
  expect(leech.complete).toBe(true);
});

test('driven in steps it comes to what exact events come to, within some steps', () => {
  const options = { chunks: 48, upload: 50_000, download: 300_000 } as const;
  const times = [0.01, 250].map((step) => {
    const swarm = new WoundSwarm(options, { delay: 10, step });
    swarm.add('seed').preload(1);
    const leech = swarm.add('leech');
    swarm.introduce(leech, 'seed');
    let seconds = 0;
    for (; !leech.complete && seconds < 60; seconds += 0.05) swarm.run(0.05);
    return seconds;
  });
  expect(times[0]).toBeCloseTo(9.6, 0);
  expect(Math.abs((times[0] ?? 0) - (times[1] ?? 0))).toBeLessThan(4 * 0.25);
});

describe('who is served', () => {
  test('tit-for-tat favours givers: free-riders are done later than under no incentive', () => {
    const meanDone = (incentive: 'none' | 'tit-for-tat') => {
      const swarm = new WoundSwarm({ chunks: 128, incentive, download: 200_000, maxLinks: 10 });
      swarm.add('seed').preload(1);
      const all = names(30, 'peer');
      for (const [i, name] of all.entries()) swarm.add(name, i % 3 === 0 ? { behaviour: 'free-rider' } : {});
      for (const name of all) {
        const node = swarm.nodes.get(name);
        if (node !== undefined) swarm.introduce(node, 'seed', ...all.toSorted(() => swarm.random() - 0.5));
      }
      const done = new Map<string, number>();
      for (let second = 1; second <= 600 && done.size < all.length; second++) {
        swarm.run(1);
        for (const name of all)
          if (swarm.nodes.get(name)?.complete === true && !done.has(name)) done.set(name, second);
      }
      const mean = (free: boolean) => {
        const times = all.filter((_, i) => (i % 3 === 0) === free).map((name) => done.get(name) ?? 600);
        return times.reduce((sum, time) => sum + time, 0) / times.length;
      };
      return mean(true) / mean(false);
    };
    const [none, titForTat] = [meanDone('none'), meanDone('tit-for-tat')];
    expect(titForTat).toBeGreaterThan(none * 1.1);
    expect(titForTat).toBeGreaterThan(1.1);
  });

  test('a SEED under tit-for-tat serves more LEECHes than it has places, by rotation', () => {
    const swarm = new WoundSwarm({ chunks: 400, incentive: 'tit-for-tat', upload: 100_000, maxLinks: 12 });
    swarm.add('seed').preload(1);
    const leeches = names(12, 'leech').map((name) => swarm.add(name, { upload: 1 }));
    for (const leech of leeches) swarm.introduce(leech, 'seed');
    swarm.run(5);
    expect(leeches.filter(({ chunks }) => chunks.count > 0)).toHaveLength(5);
    swarm.run(40);
    expect(leeches.filter(({ chunks }) => chunks.count > 0)).toHaveLength(12);
  });

  test('a free-rider gets its chunks and gives none', () => {
    const swarm = new WoundSwarm();
    swarm.add('seed').preload(1);
    const rider = swarm.add('rider', { behaviour: 'free-rider' });
    const leech = swarm.add('leech');
    swarm.introduce(rider, 'seed', 'leech');
    swarm.introduce(leech, 'rider');
    swarm.run(60);
    expect([rider.complete, rider.uploadedBytes, rider.links.size]).toEqual([true, 0, 0]);
  });
});

test('polluted chunks are thrown away, and who served three is banned', () => {
  const told: NodeEvent[] = [];
  const swarm = new WoundSwarm();
  const polluter = swarm.add('polluter', { behaviour: 'polluter', upload: 500_000 });
  polluter.preload(1);
  swarm.add('seed').preload(1);
  const leech = swarm.add('leech', { tell: (event) => told.push(event) });
  swarm.introduce(leech, 'polluter', 'seed');
  swarm.run(120);
  expect(leech.complete).toBe(true);
  const bad = told.filter((event) => event.kind === 'chunk' && !event.good);
  expect(bad.length).toBeGreaterThanOrEqual(3);
  expect(leech.wastedBytes).toBe(bad.length * 10_000);
  expect(told).toContainEqual({ kind: 'banned', handle: 0 });
  expect(leech.links.has('polluter')).toBe(false);
  expect(leech.downloadedBytes).toBe(640_000 + leech.wastedBytes);
});

test('a peer behind a NAT that a hello does not get through is no neighbour', () => {
  const swarm = new WoundSwarm();
  swarm.add('seed').preload(1);
  const leech = swarm.add('leech', { reaches: () => false });
  swarm.introduce(leech, 'seed');
  swarm.run(10);
  expect([leech.links.size, leech.deadCandidates]).toEqual([0, 1]);
});

test('the neighbour that gives least is given up for another, where the scenario says so', () => {
  for (const replace of ['silent', 'worst'] as const) {
    const swarm = new WoundSwarm({ chunks: 200, maxLinks: 2, replace, replaceEvery: 10 });
    for (const name of ['slow', 'good', 'spare'])
      swarm.add(name, { upload: name === 'slow' ? 10 : 20_000 }).preload(1);
    const leech = swarm.add('leech');
    swarm.introduce(leech, 'slow', 'good', 'spare');
    swarm.run(18);
    expect([...leech.links.keys()].toSorted()).toEqual(
      replace === 'worst' ? ['good', 'spare'] : ['good', 'slow'],
    );
  }
});

test('the last chunk does not wait for a slow neighbour', () => {
  const swarm = new WoundSwarm({ chunks: 8 });
  swarm.add('slow', { upload: 500 }).preload(1);
  swarm.add('fast').preload(1);
  const leech = swarm.add('leech');
  swarm.introduce(leech, 'slow', 'fast');
  // Alone, the slow one takes 20 s for one chunk.
  swarm.run(12);
  expect(leech.complete).toBe(true);
});

test('playing in a window begins sooner than rarest first, and tells what happens', () => {
  const started = (['window', 'rarest-first'] as const).map((selection) => {
    const told: NodeEvent[] = [];
    const swarm = new WoundSwarm({ chunks: 64 });
    swarm.add('seed').preload(1);
    const playback = { chunkSeconds: 0.25, startUp: 1 };
    const leech = swarm.add('leech', { selection, playback, tell: (event) => told.push(event) });
    swarm.introduce(leech, 'seed');
    swarm.run(60);
    expect(told.filter(({ kind }) => kind === 'playback').at(-1)).toMatchObject({ state: 'ended' });
    expect(leech.idle).toBe(true);
    return leech.playback?.startedAt ?? Infinity;
  });
  expect(started[0]).toBeLessThan((started[1] ?? 0) / 2);
});

test('whatever the network loses, all is downloaded, and nobody wakes for nothing', () => {
  const swarm = new WoundSwarm(
    {
      ...{ chunks: 64, incentive: 'tit-for-tat', replace: 'random', replaceEvery: 10, selection: 'window' },
      playback: { chunkSeconds: 0.5, startUp: 2 },
    },
    { loss: 0.02 },
  );
  swarm.add('seed', { upload: 100_000 }).preload(1);
  const all = names(12, 'leech');
  const leeches = all.map((name, i) =>
    swarm.add(name, i === 0 ? { behaviour: 'polluter' } : i === 1 ? { behaviour: 'free-rider' } : {}),
  );
  for (let second = 0; second < 600; second += 10) {
    for (const leech of leeches) if (!leech.complete) swarm.introduce(leech, 'seed', ...all);
    swarm.run(10);
  }
  expect(leeches.map(({ share }) => share)).toEqual(leeches.map(() => 1));
  expect(swarm.met).toBeLessThan(60_000);
});

test('live: viewers play on, and a stall ends where the stream comes again', () => {
  const swarm = new WoundSwarm({ chunks: 20, chunkBytes: 20_000, chunkSeconds: 1 });
  swarm.add('source', { source: true, upload: 200_000 });
  const all = names(10, 'viewer');
  const playback = { chunkSeconds: 1, startUp: 3 };
  const viewers = all.map((name) => swarm.add(name, { playback, selection: 'window' }));
  for (const viewer of viewers) swarm.introduce(viewer, 'source', ...all);
  swarm.run(120);
  for (const viewer of viewers) {
    expect(viewer.playback?.continuity(swarm.now)).toBeGreaterThan(0.9);
    expect(viewer.playback?.played).toBeGreaterThan(90);
    expect(viewer.complete).toBe(false);
  }
  expect(swarm.met).toBeLessThan(40_000);
});
