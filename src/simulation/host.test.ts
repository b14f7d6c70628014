import { describe, expect, test } from 'vitest';
import { EDITIONS } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { FILM, MemorySwarm } from '../testing/memory-swarm.ts';
import { DEFAULT_SCENARIO } from './default-scenario.ts';
import type { Scenario } from './scenario/schema.ts';

const text = new TextDecoder();

const everySwarm = (swarm: MemorySwarm) => {
  const [stats] = swarm.tracker.stats(swarm.now).swarms;
  return { seeds: stats?.seeds ?? 0, leeches: stats?.leeches ?? 0 };
};

describe.each(EDITIONS)('a film in %s', (edition) => {
  const film = { ...FILM, edition };

  test('LEECHes become SEEDs by downloading, over two workers, and the tracker knows', async () => {
    const swarm = new MemorySwarm(film);
    await swarm.run(240);
    expect(everySwarm(swarm)).toEqual({ seeds: 22, leeches: 0 });
    expect(swarm.snapshots().flatMap(({ peers }) => [...peers.mode])).toEqual(new Array(22).fill(1));
    // Every byte that came down went up somewhere: nothing is made from nothing.
    const detail = swarm.hosts.flatMap((host) =>
      [...host.snapshot(swarm.now).peers.handle].flatMap((handle) => host.detail(handle) ?? []),
    );
    const down = detail.reduce((sum, peer) => sum + peer.downloadedBytes, 0);
    const up = detail.reduce((sum, peer) => sum + peer.uploadedBytes, 0);
    expect(down).toBeGreaterThanOrEqual(20 * 0.05 * 64 * 16_384);
    expect(up).toBeGreaterThanOrEqual(down);
  });

  test('the step from LEECH to SEED is what the edition allows', async () => {
    const swarm = new MemorySwarm(film);
    await swarm.run(240);
    const end = swarm.exchanges.findLast(({ purpose }) => purpose === 'JOIN as SEED');
    const mine = swarm.exchanges.filter(
      ({ peer, purpose }) => peer === end?.peer && /JOIN|LEAVE/.test(purpose),
    );
    const steps = mine.filter(({ purpose }) => !purpose.includes('neighbours')).map(({ purpose }) => purpose);
    expect(steps[0]).toMatch(/^JOIN as LEECH/);
    expect(steps.slice(1)).toEqual(
      RULES[edition].promotion === 'join' ? ['JOIN as SEED'] : ['LEAVE, to return as SEED', 'JOIN as SEED'],
    );
    expect(swarm.tracker.stats(swarm.now).requests.byError).toEqual({});
  });

  test('a tracker that was started anew gets everyone back, nobody twice', async () => {
    const swarm = new MemorySwarm(film);
    await swarm.run(10);
    swarm.restartTracker();
    expect(swarm.tracker.stats(swarm.now).peers).toBe(0);
    // Within one report interval everybody has noticed.
    await swarm.run(film.peers.reportInterval * 1.1 + 3);
    expect(swarm.tracker.stats(swarm.now).peers).toBe(22);
  });

  test('a tracker that answers nonsense is tried again with the identical request, and recovered from', async () => {
    const swarm = new MemorySwarm(film);
    swarm.answer = () => ({
      status: 200,
      reason: 'OK',
      headers: { 'content-type': 'text/html' },
      body: new TextEncoder().encode('<!doctype html><p>It works!'),
    });
    await swarm.run(20);
    expect(swarm.snapshots().map(({ tracker }) => tracker.state)).toEqual(['trouble', 'trouble']);
    const bodies = new Map<string, number>();
    for (const { body } of swarm.requests)
      bodies.set(text.decode(body), (bodies.get(text.decode(body)) ?? 0) + 1);
    expect(bodies.size).toBe(22);
    expect(Math.min(...bodies.values())).toBeGreaterThanOrEqual(3);
    swarm.answer = undefined;
    await swarm.run(15);
    expect(swarm.tracker.stats(swarm.now).peers).toBe(22);
    expect(swarm.snapshots().map(({ tracker }) => tracker.state)).toEqual(['ok', 'ok']);
  });

  test('on stop every peer LEAVEs', async () => {
    const swarm = new MemorySwarm(film);
    await swarm.run(6);
    for (const host of swarm.hosts) host.leaveAll(swarm.now);
    await swarm.run(2);
    expect(swarm.hosts.map(({ alive }) => alive)).toEqual([0, 0]);
    expect(swarm.tracker.stats(swarm.now).peers).toBe(0);
    expect(swarm.ends.filter(({ how }) => how === 'left')).toHaveLength(22);
  });

  test('a peer that crashes stays listed until the track timer runs out', async () => {
    const swarm = new MemorySwarm(film);
    await swarm.run(6);
    const victim = swarm.hosts[0]?.snapshot(swarm.now).peers.handle[3] ?? -1;
    swarm.hosts[0]?.crash(victim, swarm.now);
    await swarm.run(60);
    expect(swarm.tracker.stats(swarm.now).peers).toBe(22);
    await swarm.run(45);
    expect(swarm.tracker.stats(swarm.now).peers).toBe(21);
  });
});

test('whom answers list is told by handle, however many workers there are', async () => {
  const swarm = new MemorySwarm(FILM);
  await swarm.run(60);
  const born = new Set(swarm.births.map(({ handle }) => handle));
  expect(born.size).toBe(22);
  for (const handle of swarm.handedOut.keys()) expect(born).toContain(handle);
  const listed = swarm.exchanges.map(({ result }) => (result.kind === 'answered' ? result.listed : 0));
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);
  expect(sum(listed)).toBeGreaterThan(100);
  expect(sum(swarm.handedOut.values())).toBe(sum(listed));
  expect(swarm.births.every(({ asn }) => asn >= 64_496 && asn <= 64_511)).toBe(true);
});

const REFUSED = { status: 503, reason: 'Service Unavailable', headers: {}, body: new Uint8Array() };

test('with the tracker gone for half an hour the machine does not fill up, and all is well again afterwards', async () => {
  const swarm = new MemorySwarm(
    { ...DEFAULT_SCENARIO, tracker: { ...DEFAULT_SCENARIO.tracker, url: 'http://tracker.example/' } },
    2,
  );
  await swarm.run(10);
  swarm.answer = () => REFUSED;
  await swarm.run(1800);
  const alive = swarm.hosts.reduce((sum, host) => sum + host.alive, 0);
  expect(alive).toBeLessThan(2 * 292);
  swarm.answer = undefined;
  swarm.restartTracker();
  await swarm.run(60);
  const { peers, swarms } = swarm.tracker.stats(swarm.now);
  expect(swarms).toHaveLength(3);
  expect(peers).toBeGreaterThan(100);
});

test('an hour that nobody lived brings no hour of arrivals at once', async () => {
  const swarm = new MemorySwarm(
    { ...DEFAULT_SCENARIO, tracker: { ...DEFAULT_SCENARIO.tracker, url: 'http://tracker.example/' } },
    2,
  );
  await swarm.run(10);
  const before = swarm.hosts.reduce((sum, host) => sum + host.alive, 0);
  swarm.leap(3600);
  await swarm.run(0.25);
  expect(swarm.hosts.reduce((sum, host) => sum + host.alive, 0)).toBeLessThan(before + 60);
});

test('a paused line sends nothing, not even what already waits', async () => {
  const swarm = new MemorySwarm(
    { ...FILM, tracker: { ...DEFAULT_SCENARIO.tracker, url: 'http://tracker.example/' } },
    1,
  );
  await swarm.run(4);
  swarm.holding = true;
  swarm.requests.length = 0;
  await swarm.run(40);
  expect(swarm.requests).toHaveLength(0);
  swarm.holding = false;
  await swarm.run(2);
  expect(swarm.requests.length).toBeGreaterThan(0);
});

test('the time to leave is over: whoever is still there is told as crashed', async () => {
  const swarm = new MemorySwarm(FILM);
  await swarm.run(6);
  swarm.answer = () => REFUSED;
  for (const host of swarm.hosts) host.leaveAll(swarm.now);
  await swarm.run(1);
  for (const host of swarm.hosts) host.abandon(swarm.now);
  await swarm.run(0.25);
  expect(swarm.hosts.map(({ alive }) => alive)).toEqual([0, 0]);
  expect(swarm.ends.filter(({ how }) => how === 'crashed')).toHaveLength(22);
});

test('a tracker that refuses everything is trouble, told by the error it names', async () => {
  const swarm = new MemorySwarm(FILM);
  swarm.answer = () => ({
    status: 401,
    reason: 'Authentication Required',
    headers: { 'content-type': 'application/ppsp-tracker+json' },
    body: new TextEncoder().encode(
      '{"PPSPTrackerProtocol":{"version":1,"response_type":1,"error_code":6,"transaction_id":""}}',
    ),
  });
  await swarm.run(30);
  for (const { tracker } of swarm.snapshots())
    expect(tracker).toMatchObject({
      state: 'trouble',
      failure: 'refuses',
      detail: 'authentication-required',
    });
});

test('a worker in a dead one\u2019s place has its publishers, and nobody else at first', async () => {
  const swarm = new MemorySwarm(FILM, 2, 'publishers');
  await swarm.run(8);
  expect(everySwarm(swarm)).toEqual({ seeds: 2, leeches: 0 });
});

test('a peer short of neighbours asks by what its edition has for it', async () => {
  // Nobody but the first peer of each worker is there when they ask first.
  const lonely: Scenario = {
    ...FILM,
    swarms: FILM.swarms.map((spec) => ({ ...spec, seeds: 1, population: { leeches: 2, seeds: 0 } })),
  };
  for (const [edition, method, purpose] of [
    ['rfc7846', 'FIND', 'more neighbours'],
    ['extended-1.1', 'FIND', 'more neighbours'],
    ['gu-04', 'FIND', 'more neighbours'],
    ['base-1.0', 'CONNECT', 'JOIN anew, for more neighbours'],
  ] as const) {
    const swarm = new MemorySwarm({ ...lonely, edition });
    await swarm.run(60);
    const asked = swarm.exchanges.filter((exchange) => exchange.purpose === purpose);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map((exchange) => exchange.method))).toEqual(new Set([method]));
    expect(asked.every(({ result }) => result.kind === 'answered' && result.verdict === 'ok')).toBe(true);
  }
});

test('the default scenario keeps its three tempers: some 300 peers, both modes, few errors', async () => {
  const swarm = new MemorySwarm(
    { ...DEFAULT_SCENARIO, tracker: { ...DEFAULT_SCENARIO.tracker, url: 'http://tracker.example/' } },
    3,
  );
  await swarm.run(20);
  const early = swarm.tracker.stats(swarm.now);
  expect(early.peers).toBeGreaterThan(250);
  expect(early.swarms).toHaveLength(3);
  for (const { seeds, leeches } of early.swarms) expect(Math.min(seeds, leeches)).toBeGreaterThan(0);
  await swarm.run(130);
  const late = swarm.tracker.stats(swarm.now);
  expect(late.requests.byError).toEqual({});
  expect(late.peers).toBeGreaterThan(200);
  expect(late.peers).toBeLessThan(480);
});

test('simulated peers advertise benchmark and documentation addresses only', async () => {
  const swarm = new MemorySwarm({
    ...DEFAULT_SCENARIO,
    tracker: { ...DEFAULT_SCENARIO.tracker, url: 'http://tracker.example/' },
  });
  await swarm.run(8);
  const declared = swarm.requests.flatMap(({ body }) =>
    [...text.decode(body).matchAll(/"address":"([^"]+)"/g)].map(([, a]) => a),
  );
  expect(declared.length).toBeGreaterThan(300);
  for (const address of declared) expect(address).toMatch(/^(198\.1[89]\.\d+\.\d+|2001:db8:[0-9a-f:]+)$/);
});
