import { expect, test } from 'vitest';
import { FILM, MemorySwarm } from '../testing/memory-swarm.ts';
import type { LinkStep, WatchedPeer } from './link-watch.ts';
import { HANDLES_PER_WORKER, type PeerDetail } from './report.ts';

const details = (swarm: MemorySwarm): PeerDetail[] =>
  swarm.hosts.flatMap((host) =>
    [...host.snapshot(swarm.now).peers.handle].flatMap((handle) => host.detail(handle) ?? []),
  );

const watchedOf = ({ peerId, addresses }: PeerDetail): WatchedPeer[] =>
  addresses.map((endpoint) => ({ peerId, endpoint }));

/** Runs it, and takes what was heard as often as the workers do. */
async function listen(swarm: MemorySwarm, seconds: number): Promise<LinkStep[]> {
  const heard: LinkStep[] = [];
  for (let at = 0; at < seconds * 4; at++) {
    await swarm.run(0.25);
    for (const host of swarm.hosts) heard.push(...(host.takeLinks()?.steps ?? []));
  }
  return heard;
}

const downloaded = (of: readonly PeerDetail[]): number =>
  of.reduce((sum, { downloadedBytes }) => sum + downloadedBytes, 0);

test('of everybody, each piece is heard once, whichever worker its ends are in', async () => {
  const swarm = new MemorySwarm(FILM);
  await swarm.run(4);
  const before = details(swarm);
  for (const host of swarm.hosts) host.watchLinks(before.flatMap(watchedOf));
  const heard = await listen(swarm, 200);
  const pieces = heard.filter(({ kind }) => kind === 'piece');
  const bytes = pieces.reduce((sum, step) => sum + (step.bytes ?? 0), 0);
  expect(new Set(pieces.map((step) => step.bytes))).toEqual(new Set([16_384]));
  // What was under way when the listening began arrived after it was sent.
  const missed = downloaded(details(swarm)) - downloaded(before) - bytes;
  expect(missed).toBeGreaterThanOrEqual(0);
  expect(missed).toBeLessThan(22 * 16_384);
  expect(pieces.length).toBeGreaterThan(300);
  // Both workers' peers serve, and links go between the two.
  const home = new Map(before.map(({ peerId, handle }) => [peerId, Math.floor(handle / HANDLES_PER_WORKER)]));
  const ways = new Set(pieces.map(({ from, to }) => `${home.get(from)} to ${home.get(to)}`));
  expect([...ways]).toEqual(expect.arrayContaining(['0 to 0', '0 to 1', '1 to 0', '1 to 1']));
}, 60_000);

test('only what chosen peers say to each other is heard, from greeting to good-bye; of nobody, nothing', async () => {
  const swarm = new MemorySwarm(FILM, 1);
  await swarm.run(0.5);
  expect(await listen(swarm, 1)).toEqual([]);
  const chosen = details(swarm).slice(0, 8);
  for (const host of swarm.hosts) host.watchLinks(chosen.flatMap(watchedOf));
  const heard = await listen(swarm, 60);
  const ids = new Set(chosen.map(({ peerId }) => peerId));
  for (const { from, to } of heard) {
    expect(ids.has(from) && ids.has(to)).toBe(true);
    expect(from).not.toBe(to);
  }
  const kinds = new Set(heard.map(({ kind }) => kind));
  for (const kind of ['hello', 'welcome', 'request', 'piece', 'have'] as const) expect(kinds).toContain(kind);
  const times = heard.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  for (const host of swarm.hosts) host.watchLinks([]);
  expect(await listen(swarm, 5)).toEqual([]);
});

test('a crashed peer refuses by its silence: the greeting that finds nobody is answered for it', async () => {
  const swarm = new MemorySwarm(FILM, 1);
  await swarm.run(0.5);
  const all = details(swarm);
  for (const host of swarm.hosts) host.watchLinks(all.flatMap(watchedOf));
  const [first] = all;
  swarm.hosts[0]?.crash(first?.handle ?? -1, swarm.now);
  const heard = await listen(swarm, 30);
  expect(heard.some(({ kind, from }) => kind === 'refuse' && from === first?.peerId)).toBe(true);
});

test('a batch is bounded, and says how much it left out', async () => {
  const swarm = new MemorySwarm(FILM, 1);
  await swarm.run(4);
  for (const host of swarm.hosts) host.watchLinks(details(swarm).flatMap(watchedOf));
  await swarm.run(120);
  const batch = swarm.hosts[0]?.takeLinks();
  expect(batch?.steps).toHaveLength(500);
  expect(batch?.omitted).toBeGreaterThan(100);
  expect(swarm.hosts[0]?.takeLinks()).toBeUndefined();
});
