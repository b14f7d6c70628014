import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dice } from '../simulation/models/dice.ts';
import type { RunEvent } from '../simulation/virtual/events.ts';
import { at, tell } from '../testing/run-events.ts';
import { CATALOGUE, catalogued } from './catalogue.ts';
import type { MeasuredScenario } from './result.ts';
import { RunAnalysis } from './run-analysis.ts';

const scenario = (more: Partial<MeasuredScenario> = {}): MeasuredScenario => ({
  duration: 20,
  swarms: [{ id: 'film' }],
  measure: { from: 10, every: 5 },
  ...more,
});

function analysed(events: readonly RunEvent[], of = scenario(), end = of.duration) {
  const analysis = new RunAnalysis(of, dice(1, 'analysis test', 0));
  for (const event of events) analysis.take(event);
  analysis.finish(at(end));
  const result = analysis.result();
  return {
    rows: analysis.series(),
    summary: analysis.summary(),
    result,
    value: (name: string) => result.measures[name]?.value,
  };
}

describe('population', () => {
  const events = [
    tell.arrived(0, 0, { mode: 'SEED' }),
    tell.arrived(4, 1),
    tell.request(5, 1),
    tell.handled(5.1, 1, { status: 403, error: 'forbidden' }),
    tell.arrived(12, 2),
    tell.completed(14, 1, 10),
    tell.departed(16, 2, 'crashed'),
    tell.arrived(18, 3),
    tell.departed(20, 3, 'gave up'),
  ];

  it('is averaged over time in the measured window', () => {
    const { summary, value } = analysed(events);
    // LEECHes: peer 1 for 4 s, peer 2 for 4 s, peer 3 for 2 s of 10; seeds: 10 s, and peer 1 for 6.
    expect(summary).toEqual({
      messages: 2,
      peers: { arrived: 4, completed: 1, crashed: 1 },
      swarms: [{ id: 'film', meanLeeches: 1, meanSeeds: 1.6, meanDownloadSeconds: 10 }],
    });
    expect(value('swarms.film.meanPeers')).toBeCloseTo(2.6, 12);
    expect(value('swarms.film.arrivalRate')).toBeCloseTo(0.2, 12);
    // One completed, one crashed; who departs at the very end is no more in the window.
    expect(value('swarms.film.completionShare')).toBe(0.5);
    expect(value('swarms.film.meanLeechSeconds')).toBe(7);
    expect(value('peers.gaveUp')).toBe(1);
  });

  it('gives the rows of the series, with everything up to their time', () => {
    const row = (time: number, ...[leeches, seeds, arrivals, departures, requests, errors]: number[]) => ({
      time,
      swarm: 'film',
      leeches,
      seeds,
      arrivals,
      departures,
      requests,
      errors,
    });
    expect(analysed(events).rows).toEqual([
      row(0, 0, 1, 1, 0, 0, 0),
      row(5, 1, 1, 1, 0, 1, 0),
      row(10, 1, 1, 0, 0, 0, 1),
      row(15, 1, 2, 1, 0, 0, 0),
      row(20, 0, 2, 1, 2, 0, 0),
    ]);
  });

  it('gives each row once, as soon as an event comes after its time', () => {
    const analysis = new RunAnalysis(scenario(), dice(1, 'analysis test', 0));
    analysis.take(tell.arrived(0, 0));
    expect(analysis.series()).toEqual([]);
    analysis.take(tell.arrived(5, 1));
    expect(analysis.series().map(({ time }) => time)).toEqual([0]);
    analysis.take(tell.arrived(11, 2));
    expect(analysis.series().map(({ time, leeches }) => [time, leeches])).toEqual([
      [5, 2],
      [10, 2],
    ]);
    analysis.finish(at(12));
    expect(analysis.series()).toEqual([]);
  });

  it('stands on what there is when a run is cut short', () => {
    const { summary, result, rows } = analysed(events.slice(0, 6), scenario(), 14);
    expect(result.window).toEqual({ from: 10, to: 14 });
    expect(summary.swarms[0]?.meanLeeches).toBeCloseTo(1.5, 12);
    expect(rows.at(-1)?.time).toBe(10);
    const early = analysed(events.slice(0, 2), scenario(), 6);
    expect(early.summary.swarms).toEqual([
      { id: 'film', meanLeeches: 0, meanSeeds: 0, meanDownloadSeconds: null },
    ]);
    expect(early.value('swarms.film.meanLeeches')).toBeUndefined();
    expect(early.value('peers.arrived')).toBe(2);
  });

  it('is told from what the tracker holds', () => {
    const { value } = analysed([
      tell.arrived(0, 0),
      tell.joined(0, 0),
      // A refresh is no second peer.
      tell.joined(3, 0),
      tell.departed(11, 0, 'crashed'),
      tell.unjoined(15, 0),
      tell.joined(16, 0, 'LIVESEED', 0),
    ]);
    expect(value('swarms.film.meanLeeches')).toBeCloseTo(0.1, 12);
    expect(value('swarms.film.meanRegisteredLeeches')).toBeCloseTo(0.5, 12);
    expect(value('swarms.film.meanRegisteredSeeds')).toBeCloseTo(0.4, 12);
  });

  it("is that of M/M/infinity, and keeps Little's law", () => {
    const random = dice(11, 'analysis test', 1);
    const exponential = (mean: number) => -mean * Math.log(1 - random());
    const [rate, stay, duration] = [2, 50, 8000];
    const events: RunEvent[] = [];
    for (let time = exponential(1 / rate), peer = 0; time < duration; time += exponential(1 / rate), peer++) {
      events.push(tell.arrived(time, peer));
      const end = time + exponential(stay);
      if (end < duration) events.push(tell.departed(end, peer));
    }
    events.sort((a, b) => a.at - b.at);
    const { result, value } = analysed(events, scenario({ duration, measure: { from: 400, every: 5 } }));
    const mean = result.measures['swarms.film.meanLeeches'];
    // Occupancy is Poisson with mean rate x stay = 100; over 7600 s its mean has a standard deviation of 1.1.
    expect(Math.abs((mean?.value ?? 0) - 100)).toBeLessThan(4);
    expect(mean?.interval).toMatchObject({ method: 'batch means', count: 20, level: 0.95 });
    expect(Math.abs((mean?.value ?? 0) - 100)).toBeLessThan(1.5 * (mean?.interval?.halfWidth ?? 0));
    expect(mean?.interval?.halfWidth).toBeLessThan(5);
    expect(Math.abs((value('swarms.film.littleRatio') ?? 0) - 1)).toBeLessThan(0.03);
    // It fills up with a time constant of 50 s.
    expect(value('swarms.film.warmUpSeconds')).toBeGreaterThan(50);
    expect(value('swarms.film.warmUpSeconds')).toBeLessThan(1000);
  });

  it('does not depend on the order of what happens to different peers at one time', () => {
    const visit = fc.record({ from: fc.nat({ max: 18 }), stay: fc.nat({ max: 8 }), completes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(visit, { minLength: 1, maxLength: 20 }), fc.nat(), (visits, seed) => {
        const random = dice(seed, 'analysis test', 2);
        const lives = visits.map(({ from, stay, completes }, peer) => [
          tell.arrived(from, peer),
          ...(completes ? [tell.completed(from + 1, peer, 1)] : []),
          tell.playback(from + 1, peer, 'started'),
          tell.departed(from + 1 + stay, peer),
        ]);
        const ordered = (peers: readonly number[]) =>
          peers
            .flatMap((peer) => lives[peer] ?? [])
            .map((event, index) => ({ event, index }))
            .sort((a, b) => a.event.at - b.event.at || a.index - b.index)
            .map(({ event }) => event);
        const inOrder = visits.map((_, peer) => peer);
        const shuffled = inOrder
          .map((peer) => ({ peer, key: random() }))
          .sort((a, b) => a.key - b.key)
          .map(({ peer }) => peer);
        const [one, other] = [analysed(ordered(inOrder)), analysed(ordered(shuffled))];
        expect(other.rows).toEqual(one.rows);
        expect(other.summary).toEqual(one.summary);
        expect(Object.keys(other.result.measures)).toEqual(Object.keys(one.result.measures));
        for (const [name, { value }] of Object.entries(one.result.measures))
          expect(other.value(name)).toBeCloseTo(value, 9);
      }),
    );
  });
});

describe('downloads and playback', () => {
  it('has spreads, and what each behaviour came to', () => {
    const events = [1, 2, 3, 4, 5].flatMap((took, peer) => [
      tell.arrived(11, peer, { behaviour: peer < 4 ? 'regular' : 'free-rider' }),
      tell.completed(11 + took, peer, took),
    ]);
    // In warm-up: counts for nothing.
    const early = [tell.arrived(0, 9), tell.completed(9, 9, 9)];
    const { value, result } = analysed([...early, ...events.toSorted((a, b) => a.at - b.at)]);
    expect(value('downloads.seconds.mean')).toBe(3);
    expect(value('downloads.seconds.p50')).toBe(3);
    expect(value('downloads.seconds.p95')).toBeCloseTo(4.8, 12);
    expect(value('downloads.seconds.max')).toBe(5);
    expect(value('behaviours.regular.meanDownloadSeconds')).toBe(2.5);
    expect(value('behaviours.free-rider.meanDownloadSeconds')).toBe(5);
    expect(result.curves['downloads.seconds']).toEqual({ x: [1, 2, 3, 4, 5], y: [0.2, 0.4, 0.6, 0.8, 1] });
    expect(result.measures['downloads.seconds.mean']?.observations).toBe(5);
  });

  it('has start-up, stalls and continuity', () => {
    const { value } = analysed([
      tell.arrived(9, 0),
      tell.arrived(9, 1),
      tell.playback(10, 0, 'started'),
      tell.playback(11, 1, 'started'),
      tell.playback(12, 0, 'stalled'),
      tell.playback(13, 0, 'resumed'),
      tell.playback(14, 0, 'ended'),
      tell.playback(19, 1, 'stalled'),
    ]);
    expect(value('startUp.seconds.mean')).toBe(1.5);
    // Peer 0: 3 s playing, 1 s stalled; peer 1: 8 s playing, and 1 s stalled when the window ends.
    expect(value('playback.bufferingRatio')).toBeCloseTo(2 / 13, 12);
    expect(value('playback.stallsPerHour')).toBeCloseTo((2 * 3600) / 13, 9);
    expect(value('playback.continuity.mean')).toBeCloseTo((3 / 4 + 8 / 9) / 2, 12);
    expect(value('playback.smoothShare')).toBe(0);
  });

  it('counts a viewing to the departure', () => {
    const { value } = analysed([
      tell.arrived(9, 0),
      tell.playback(10, 0, 'started'),
      tell.departed(15, 0),
      // What a departed peer was still told is nothing.
      tell.playback(16, 0, 'stalled'),
    ]);
    expect(value('playback.continuity.mean')).toBe(1);
    expect(value('playback.smoothShare')).toBe(1);
    expect(value('playback.bufferingRatio')).toBe(0);
  });
});

describe('the tracker', () => {
  it('has its load by method, second and error', () => {
    const { value } = analysed([
      tell.arrived(0, 0),
      tell.request(11, 0),
      tell.handled(11.2, 0),
      tell.answered(11.4, 0, 0.4),
      tell.request(12, 0),
      tell.request(13, 0, 2),
      tell.handled(13.1, 0, { method: 'CONNECT' }),
      tell.handled(13.9, 0, { method: 'none', status: 400, error: 'bad-request' }),
      { kind: 'unanswered', at: at(15), peer: 0, method: 'FIND', attempt: 2 },
      tell.handled(20, 0),
    ]);
    expect(value('tracker.requestsPerSecond')).toBeCloseTo(0.3, 12);
    expect(value('tracker.peakPerSecond')).toBe(2);
    expect(value('tracker.methods.FIND.perSecond')).toBeCloseTo(0.1, 12);
    expect(value('tracker.errors.bad-request.perSecond')).toBeCloseTo(0.1, 12);
    expect(value('tracker.errorShare')).toBeCloseTo(1 / 3, 12);
    expect(value('tracker.unansweredShare')).toBeCloseTo(1 / 3, 12);
    expect(value('tracker.retryShare')).toBeCloseTo(1 / 3, 12);
    expect(value('tracker.bytesInPerSecond')).toBeCloseTo(90, 12);
    expect(value('tracker.bytesOutPerSecond')).toBeCloseTo(270, 12);
    expect(value('tracker.responseSeconds.max')).toBeCloseTo(0.4, 12);
    expect(value('tracker.responseSeconds.mean')).toBeCloseTo(0.4, 12);
  });

  it('hands out lists that are more or less stale', () => {
    const { value } = analysed([
      ...[0, 1, 2, 3].map((peer) => tell.arrived(0, peer)),
      tell.departed(11, 1, 'crashed'),
      tell.handled(13, 0, { listed: [1, 2, 3] }),
      tell.departed(13.5, 2),
      tell.answered(14, 0, 2),
      tell.handled(15, 3, { listed: [0] }),
      // Whoever has gone uses nothing.
      tell.departed(15.5, 3),
      tell.answered(16, 3, 1),
    ]);
    expect(value('peerLists.meanLength')).toBe(2);
    expect(value('peerLists.staleAtHandOut')).toBe(0.25);
    expect(value('peerLists.goneSeconds')).toBe(2);
    expect(value('peerLists.staleAtUse')).toBeCloseTo(2 / 3, 12);
  });

  it('lists whom it holds in the window, from its begin or from their joining', () => {
    const { result, value } = analysed([
      ...[0, 1, 2, 3].map((peer) => tell.arrived(1, peer)),
      ...[0, 1, 2].map((peer) => tell.joined(1, peer)),
      // Warm-up: counts for nothing.
      tell.handled(5, 0, { listed: [1, 2] }),
      tell.handled(11, 0, { listed: [1] }),
      tell.joined(12, 3),
      // A refresh begins nothing anew.
      tell.joined(12.5, 1),
      tell.handled(13, 0, { listed: [3] }),
    ]);
    expect(result.curves['inDegree.film.observed']).toEqual({ x: [0, 1, 2], y: [1, 2, 0] });
    // 1 and 2: one of two, then one of three; in the binomial's words twice 5/12. 3: one of three.
    expect(result.curves['inDegree.film.expected']?.y[0]).toBeCloseTo(2 * (7 / 12) ** 2 + 2 / 3, 9);
    expect(value('inDegree.film.mean')).toBeCloseTo(2 / 3, 12);
  });
});

describe('uploads', () => {
  const events = [
    tell.arrived(0, 0, { mode: 'SEED', upload: 9000 }),
    tell.arrived(0, 1, { behaviour: 'free-rider' }),
    tell.arrived(1, 3),
    // In warm-up: counts for nothing.
    tell.departed(9, 3, 'left', { uploaded: 50_000, downloaded: 70_000 }),
    tell.totals(10, 1, 'begin', { uploaded: 3000, downloaded: 1000 }),
    tell.arrived(15, 2),
    tell.completed(18, 2, 3, { uploaded: 4000, downloaded: 7000, polluted: 2000 }),
    tell.totals(19.9, 0, 'end', { uploaded: 5000 }),
    tell.totals(19.9, 1, 'end', { uploaded: 5000, downloaded: 5000 }),
    tell.totals(19.9, 2, 'end', { uploaded: 4000, downloaded: 7000, polluted: 2000 }),
    tell.departed(20, 2, 'left', { uploaded: 4500, downloaded: 7000, polluted: 2000 }),
  ];

  it('are shared more or less evenly among those that arrived as LEECH', () => {
    const { value } = analysed(events);
    // 200 and 800 bytes/s over 10 and 5 s present.
    expect(value('uploads.jain')).toBeCloseTo(1000 ** 2 / (2 * (200 ** 2 + 800 ** 2)), 12);
    expect(value('uploads.gini')).toBeCloseTo(600 / 2000, 12);
    expect(value('uploads.bytesPerSecond')).toBe(1100);
    expect(value('uploads.pollutedShare')).toBeCloseTo(2 / 11, 12);
    expect(value('behaviours.free-rider.meanUploadRate')).toBe(200);
    // 6000 bytes of what two lines of 1000 bytes/s could carry in 10 and 3 s.
    expect(value('swarms.film.effectiveness')).toBeCloseTo(6 / 13, 12);
  });

  it('are not known of a run that ends before its window, and the result says so', () => {
    const { result, value } = analysed(events.slice(0, 7), scenario(), 19);
    expect([value('uploads.jain'), value('swarms.film.effectiveness')]).toEqual([undefined, undefined]);
    expect(result.absent).toContainEqual({
      measures: 'uploads.*',
      why: expect.stringContaining('ended before') as unknown,
    });
    expect(analysed(events).result.absent.map(({ measures }) => measures)).not.toContain('uploads.*');
  });

  it('what is not measured is named, with the reason', () => {
    const names = (from: readonly RunEvent[], end?: number) =>
      analysed(from, scenario(), end).result.absent.map(({ measures }) => measures);
    expect(names(events.slice(0, 4))).toEqual([
      'uploads.*',
      'swarms.*.effectiveness',
      'behaviours.*.meanUploadRate',
      'downloads.*',
      'startUp.*',
      'peerLists.*',
      'links.*',
      'overlay.film.*',
    ]);
    expect(names(events.slice(0, 3), 5)).toEqual(['all but peers.*']);
  });
});

describe('links', () => {
  it('are tried, and come about or not for some reason', () => {
    const { value, result } = analysed([
      ...[0, 1, 2].map((peer) => tell.arrived(0, peer)),
      // In warm-up.
      tell.unlinked(5, 0, 2, 'nat'),
      tell.link(11, 0, 1),
      tell.unlinked(12, 1, 2, 'nat'),
      tell.unlinked(13, 1, 0, 'dead'),
      tell.link(14, 0, 1, false),
      tell.unlinked(15, 2, 0, 'refused'),
    ]);
    expect(value('links.attemptsPerSecond')).toBeCloseTo(0.4, 12);
    expect(value('links.failedShare')).toBe(0.75);
    expect(['nat', 'dead', 'silent', 'refused'].map((why) => value(`links.failures.${why}.share`))).toEqual([
      0.25, 0.25, 0, 0.25,
    ]);
    expect(result.absent.map(({ measures }) => measures)).not.toContain('links.*');
  });

  it('have an interval where there are attempts in every batch', () => {
    const events = Array.from({ length: 200 }, (_, n) =>
      n % 4 === 0 ? tell.unlinked(10 + n / 20, 0, 1, 'silent') : tell.link(10 + n / 20, 0, 1),
    );
    const { result } = analysed([tell.arrived(0, 0), tell.arrived(0, 1), ...events]);
    const share = result.measures['links.failedShare'];
    expect(share?.value).toBe(0.25);
    expect(share?.interval).toMatchObject({ method: 'batch means', count: 20 });
  });
});

describe('names that a flooding peer invents', () => {
  const events = [
    tell.arrived(0, 0),
    tell.arrived(0, 1, { behaviour: 'hostile' }),
    tell.joined(1, 0),
    tell.invented(10, 1, 1001),
    tell.joined(10, 1001),
    tell.handled(12, 0, { listed: [1001, 1001, 1001] }),
    tell.answered(13, 0, 1),
    tell.handled(14, 1, { listed: [0] }),
    tell.unjoined(15, 1001),
  ];

  it('take places on lists, and are in the tracker\u2019s population', () => {
    const { value } = analysed(events);
    expect(value('behaviours.invented.listShare')).toBe(0.75);
    expect(value('behaviours.regular.listShare')).toBe(0.25);
    expect(value('behaviours.hostile.listShare')).toBe(0);
    expect(value('peerLists.staleAtHandOut')).toBe(0.75);
    expect(value('peerLists.staleAtUse')).toBe(1);
    expect(value('swarms.film.meanRegisteredLeeches')).toBeCloseTo(1.5, 12);
    expect(value('behaviours.invented.meanRegistered')).toBeCloseTo(0.5, 12);
    expect(value('behaviours.regular.meanRegistered')).toBeCloseTo(1, 12);
    // They never came.
    expect(value('peers.arrived')).toBe(2);
    expect(value('swarms.film.meanPeers')).toBe(2);
  });
});

describe('the overlay', () => {
  it('is that of those present, swarm by swarm', () => {
    const of = scenario({
      swarms: [{ id: 'film' }, { id: 'live $& 1' }],
      measure: { from: 0, until: 10, every: 5 },
    });
    const { value } = analysed(
      [
        ...[0, 1, 2, 3].map((peer) => tell.arrived(0, peer, { asn: peer < 2 ? 64_500 : 64_501 })),
        ...[4, 5].map((peer) => tell.arrived(0, peer, { swarm: 1, mode: peer === 4 ? 'SEED' : 'LEECH' })),
        tell.link(1, 0, 1),
        tell.link(1, 1, 0),
        tell.link(1, 1, 2),
        tell.link(1, 2, 3),
        tell.link(1, 4, 5),
        tell.link(1, 1, 2, false),
        tell.departed(1, 3, 'crashed'),
        // After the window.
        tell.link(10, 0, 2),
      ],
      of,
    );
    expect([value('overlay.film.nodes'), value('overlay.film.edges')]).toEqual([3, 1]);
    expect(value('overlay.film.giantShare')).toBeCloseTo(2 / 3, 12);
    expect(value('overlay.live $& 1.meanPathLength')).toBe(1);
    expect(value('overlay.live $& 1.assortativityByMode')).toBe(-1);
  });

  it('is the mean over ten moments, and says how sure it is', () => {
    const events = Array.from({ length: 11 }, (_, peer) => tell.arrived(0, peer));
    // One link more each second: at the moments 11, 12, ..., 20 there were those of before.
    for (let second = 0; second < 10; second++) events.push(tell.link(10.5 + second, second, second + 1));
    const { result } = analysed(events);
    const edges = result.measures['overlay.film.edges'];
    expect(edges?.value).toBe(5.5);
    expect(edges?.observations).toBe(10);
    expect(edges?.interval).toMatchObject({ method: 'batch means', count: 10 });
    expect(result.measures['overlay.film.nodes']?.value).toBe(11);
    expect(result.curves['overlay.film.degrees']?.y).toEqual([0, 2, 9]);
  });

  it('of a crowd that has gone by the end of the window is that of when it was there', () => {
    const { value, result } = analysed([
      tell.arrived(0, 0),
      tell.arrived(0, 1),
      tell.link(10.5, 0, 1),
      tell.departed(12.5, 0),
    ]);
    expect(value('overlay.film.edges')).toBe(1);
    expect(result.measures['overlay.film.edges']?.observations).toBe(2);
    const none = analysed([tell.arrived(0, 0), tell.arrived(0, 1)]).result.absent;
    expect(none).toContainEqual({
      measures: 'overlay.film.*',
      why: 'no two of its peers were linked at the 10 moments looked at',
    });
  });
});

describe('the catalogue', () => {
  it('has every measure, and every measure of it is told by a run that has everything', () => {
    const random = dice(7, 'analysis test', 3);
    const events: RunEvent[] = [];
    const peers = Array.from({ length: 120 }, (_, peer) => peer);
    for (const peer of peers) {
      events.push(tell.arrived(peer / 20, peer, { asn: peer % 3, mode: peer % 4 === 0 ? 'SEED' : 'LEECH' }));
      events.push(tell.joined(peer / 20, peer, peer % 4 === 0 ? 'SEED' : 'LEECH'));
      const other = Math.floor(random() * 120);
      events.push(tell.request(10 + peer / 20, peer), tell.answered(11 + peer / 20, peer, 1));
      events.push(
        tell.handled(10.5 + peer / 20, peer, {
          listed: [other],
          ...(peer === 7 ? { error: 'internal' } : {}),
        }),
      );
      events.push(
        tell.link(12, peer, other),
        tell.playback(12, peer, 'started'),
        tell.unlinked(13, peer, other, 'dead'),
      );
      if (peer % 4 === 1) events.push(tell.completed(14, peer, 14 - peer / 20, { uploaded: 100 }));
      if (peer % 8 === 2) events.push(tell.departed(11, peer, 'crashed'));
      else events.push(tell.totals(16.5, peer, 'end', { uploaded: 100, downloaded: 200 }));
    }
    events.sort((a, b) => a.at - b.at);
    for (let peer = 120; peer < 130; peer++) events.push(tell.arrived(17, peer));
    const { result } = analysed(events, scenario({ measure: { from: 10, every: 0.1 } }));
    const told = new Set<string>();
    for (const name of Object.keys(result.measures)) {
      const entry = catalogued(name);
      expect(entry, name).toBeDefined();
      told.add(entry?.name ?? '');
    }
    const silent = CATALOGUE.map(({ name }) => name as string).filter((name) => !told.has(name));
    expect(silent).toEqual([]);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('finds entries by full name, whatever a swarm is called', () => {
    expect(catalogued('swarms.film.meanSeeds')?.unit).toBe('peers');
    expect(catalogued('swarms.a.b.$&.meanSeeds')?.name).toBe('swarms.*.meanSeeds');
    expect(catalogued('tracker.responseSeconds.p95')?.unit).toBe('s');
    for (const none of ['swarms..meanSeeds', 'swarms.film', 'peers', ''])
      expect(catalogued(none)).toBeUndefined();
    expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
  });
});
