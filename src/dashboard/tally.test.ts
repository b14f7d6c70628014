import { expect, test } from 'vitest';
import { snapshotOf } from '../testing/snapshots.ts';
import type { TrackerSight } from '../workers/messages.ts';
import { History } from './history.ts';
import { RateMeter, pageFigures, trackerFigures } from './figures.ts';
import { Roster } from './roster.ts';
import { combinedSight, tally } from './tally.ts';
import { TrackerHealth } from './tracker-health.ts';

const seeing = (...sights: TrackerSight[]) => sights.map((tracker) => snapshotOf({ tracker }));
const STATS = {
  uptime: 5,
  peers: 7,
  swarms: [
    { id: 'film' as never, seeds: 2, leeches: 4 },
    { id: 'live' as never, seeds: 1, leeches: 0 },
  ],
  requests: {
    total: 90,
    byMethod: { CONNECT: 90 },
    byEdition: { rfc7846: 90 },
    byError: { forbidden: 2, internal: 1 },
  },
};

test('the tally counts modes per swarm over all workers', () => {
  const counters = { requests: 10, errors: 1, unreadable: 1, failures: 2 };
  const one = snapshotOf({ swarm: [0, 0, 1], mode: [1, 0, 0], counters });
  const two = snapshotOf({ swarm: [0, 2, 2], mode: [1, 1, 0], counters });
  const counts = tally([one, two], 3);
  expect(counts).toEqual({ seeds: [2, 0, 1], leeches: [1, 1, 1], registered: 0, requests: 20, errors: 8 });
  expect(pageFigures(counts, 3.5)).toEqual({
    peers: 6,
    seeds: 3,
    leeches: 3,
    swarms: 3,
    requests: 20,
    errors: 8,
    rate: 3.5,
  });
  expect(trackerFigures(STATS, 3.5)).toEqual({
    peers: 7,
    seeds: 3,
    leeches: 4,
    swarms: 2,
    requests: 90,
    errors: 3,
    rate: 3.5,
  });
});

const well = (at: number): TrackerSight => ({ state: 'ok', at, latency: 4 });
const ill = (at: number): TrackerSight => ({ state: 'trouble', at, failure: 'timeout', detail: '' });
const unknown: TrackerSight = { state: 'unknown' };

test('workers of different minds: the latest good answer counts, unless trouble is clearly newer', () => {
  expect(combinedSight(seeing(unknown, unknown))).toEqual(unknown);
  expect(combinedSight(seeing(ill(5), unknown))).toEqual(ill(5));
  expect(combinedSight(seeing(ill(5000), well(4000)))).toEqual(well(4000));
  expect(combinedSight(seeing(well(4000), well(9000)))).toEqual(well(9000));
  // A worker whose last peer left long ago must not vouch for a tracker that is gone.
  expect(combinedSight(seeing(ill(9000), well(4000)))).toEqual(ill(9000));
});

test('a tracker that stops answering for its figures is gone; one that is slow, or never had any, is not', () => {
  const health = new TrackerHealth();
  health.hear({ kind: 'silent' });
  health.hear({ kind: 'silent' });
  expect(health.sight([], 0, true)).toEqual(unknown);
  health.hear({ kind: 'stats', stats: STATS });
  expect(health.stats).toBe(STATS);
  health.hear({ kind: 'slow' });
  health.hear({ kind: 'slow' });
  expect(health.stats).toBe(STATS);
  expect(health.sight(seeing(well(100)), 200, true)).toEqual(well(100));
  health.hear({ kind: 'slow' });
  expect(health.stats).toBeUndefined();
  health.hear({ kind: 'silent' });
  expect(health.sight(seeing(well(100)), 200, true)).toEqual(well(100));
  health.hear({ kind: 'silent' });
  expect(health.sight(seeing(well(100)), 200, true)).toMatchObject({
    state: 'trouble',
    failure: 'unreachable',
  });
  // Paused or stopped, only its figures can tell that it is back; what peers met before is old.
  health.hear({ kind: 'stats', stats: STATS });
  expect(health.sight(seeing(ill(100)), 200, false)).toMatchObject({ state: 'ok' });
});

test('history has one point a second; what a gap brought is spread over it', () => {
  const history = new History(1);
  const at = (elapsed: number, requests: number) =>
    history.take(elapsed, { seeds: [1], leeches: [2], registered: 3, requests, errors: 0 });
  expect([at(200, 5), at(700, 9), at(1100, 15), at(5000, 95)]).toEqual([true, false, true, true]);
  expect(history.traffic).toEqual([
    { time: 0, requests: 5, errors: 0 },
    { time: 1, requests: 10, errors: 0 },
    { time: 5, requests: 20, errors: 0 },
  ]);
  expect(history.swarms[0]?.at(-1)).toEqual({ time: 5, seeds: 1, leeches: 2 });
});

test('the rate is that of the last few seconds', () => {
  const meter = new RateMeter();
  expect(meter.take(0, 0)).toBe(0);
  expect(meter.take(2000, 100)).toBe(50);
  for (let now = 3000; now <= 20_000; now += 1000) meter.take(now, 100);
  expect(meter.take(21_000, 100)).toBe(0);
});

test('the roster finds by ID, address and swarm, and forgets who is gone', () => {
  const roster = new Roster();
  const birth = (handle: number, peerId: string, swarm: number) => ({
    handle,
    peerId,
    swarm,
    endpoint: `198.18.0.${handle}:6881`,
    asn: 0,
  });
  roster.take(0, snapshotOf({ births: [birth(1, 'aa11', 0), birth(2, 'bb22', 1)] }));
  const find = (text: string) => roster.find(text, 10, ['film', 'News Live']).map(({ handle }) => handle);
  expect([find(''), find('AA'), find('0.2:'), find('news'), find('none')]).toEqual([
    [1, 2],
    [1],
    [2],
    [2],
    [],
  ]);
  expect(roster.peerOf('bb22')).toBe(2);
  roster.take(0, snapshotOf({ ends: [{ handle: 2, how: 'left' }] }));
  expect([find(''), roster.peerOf('bb22')]).toEqual([[1], undefined]);
});
