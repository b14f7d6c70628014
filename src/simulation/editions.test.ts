import { describe, expect, test } from 'vitest';
import { detectEdition } from '../protocol/editions/index.ts';
import { EDITIONS, type EditionId } from '../protocol/message.ts';
import { FILM, MemorySwarm } from '../testing/memory-swarm.ts';
import type { PeerDetail } from './report.ts';
import type { Scenario } from './scenario/schema.ts';

const MIXED: Scenario = { ...FILM, edition: 'mixed' };

/** What every peer has to say of itself. */
const details = (swarm: MemorySwarm): PeerDetail[] =>
  swarm.hosts.flatMap((host) =>
    [...host.snapshot(swarm.now).peers.handle].flatMap((handle) => host.detail(handle) ?? []),
  );

describe('a swarm of all four editions', () => {
  test('a peer of each edition finds the other three in its list', async () => {
    const swarm = new MemorySwarm({
      ...MIXED,
      swarms: FILM.swarms.map((spec) => ({ ...spec, population: { leeches: 60, seeds: 10 } })),
    });
    await swarm.run(6);
    const peers = details(swarm);
    const editionOf = new Map(peers.map(({ peerId, speaks }) => [peerId, speaks]));
    for (const edition of EDITIONS) {
      const others = EDITIONS.filter((other) => other !== edition);
      const lists = peers
        .filter(({ speaks }) => speaks === edition)
        .map(({ list }) => new Set(list?.peers.map(({ peerId }) => editionOf.get(peerId))));
      expect(lists.some((seen) => others.every((other) => seen.has(other)))).toBe(true);
    }
  });

  test('LEECHes become SEEDs from whoever has the chunks, and the tracker refuses nobody', async () => {
    const swarm = new MemorySwarm(MIXED);
    await swarm.run(240);
    const { swarms, requests } = swarm.tracker.stats(swarm.now);
    expect(swarms).toEqual([{ id: 'film', seeds: 22, leeches: 0 }]);
    expect(requests.byError).toEqual({});
    expect(Object.keys(requests.byEdition).toSorted()).toEqual([...EDITIONS].toSorted());
    for (const { edition, requestText } of swarm.exchanges)
      expect(detectEdition(new TextEncoder().encode(requestText))).toBe(edition);
    for (const host of swarm.hosts) host.leaveAll(swarm.now);
    await swarm.run(4);
    expect(swarm.tracker.stats(swarm.now)).toMatchObject({ peers: 0, requests: { byError: {} } });
  });

  test('the draw of editions reshuffles nothing else', async () => {
    const born = async ({ swarms, ...rest }: Scenario) => {
      const lines = { distribution: 'lognormal', median: 90_000, sigma: 0.4 } as const;
      const swarm = new MemorySwarm({
        ...rest,
        swarms: swarms.map((spec) => ({ ...spec, upload: lines, download: lines })),
      });
      await swarm.run(4);
      return details(swarm).map(({ peerId, addresses, uploadLimit, downloadLimit, chunks }) => ({
        peerId,
        addresses,
        uploadLimit,
        downloadLimit,
        chunks,
      }));
    };
    const mixed = await born(MIXED);
    expect(mixed).toHaveLength(22);
    for (const edition of EDITIONS) expect(await born({ ...FILM, edition })).toEqual(mixed);
  });

  test('the shares are equal', async () => {
    const swarm = new MemorySwarm({
      ...MIXED,
      swarms: FILM.swarms.map((spec) => ({ ...spec, population: { leeches: 400, seeds: 398 } })),
    });
    await swarm.run(4);
    const counts = new Map<number, number>();
    for (const { peers } of swarm.snapshots())
      for (const edition of peers.edition) counts.set(edition, (counts.get(edition) ?? 0) + 1);
    expect(counts.size).toBe(4);
    // 800 draws: a quarter each, give or take four standard deviations of a binomial count.
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(4 * Math.sqrt(150));
  });
});

test('before a tracker that speaks only base-1.0, peers of extended-1.1 fall back to it (extended-04 §4.5)', async () => {
  const swarm = new MemorySwarm({ ...FILM, edition: 'extended-1.1' });
  const refused: (EditionId | undefined)[] = [];
  swarm.answer = (request) => {
    const edition = detectEdition(request.body);
    if (edition === 'base-1.0') return swarm.ask(request);
    refused.push(edition);
    return { status: 400, reason: 'Bad Request: Unknown Messages', headers: {}, body: new Uint8Array() };
  };
  await swarm.run(60);
  // Each is refused once, and remembers it.
  expect(refused).toEqual(new Array(22).fill('extended-1.1'));
  expect(swarm.tracker.stats(swarm.now)).toMatchObject({ peers: 22, requests: { byError: {} } });
  for (const peer of details(swarm)) {
    expect(peer).toMatchObject({ edition: 'extended-1.1', speaks: 'base-1.0', state: 'TRACKING' });
    expect(peer.history.map(({ what }) => what)).toContain('was not understood: speaks base-1.0 from now on');
  }
  for (const { peers } of swarm.snapshots())
    expect(new Set(peers.edition)).toEqual(new Set([EDITIONS.indexOf('base-1.0')]));
});

describe('gu-04', () => {
  test('peers with nothing to report say KEEPALIVE, are asked, and answer', async () => {
    const swarm = new MemorySwarm({ ...FILM, edition: 'gu-04' });
    await swarm.run(400);
    const methods = swarm.exchanges.map(({ method }) => method);
    expect(methods).toContain('KEEPALIVE');
    const answers = swarm.exchanges.filter(({ method }) => method === 'STAT_QUERY');
    expect(answers.length).toBeGreaterThan(0);
    for (const { result, transactionId } of answers) {
      expect(result).toMatchObject({ kind: 'answered', verdict: 'ok' });
      expect(transactionId).toMatch(/^q\./);
    }
    expect(swarm.tracker.stats(swarm.now).requests.byError).toEqual({});
  });

  test('LEECHes that bring chunks declare one, the source of a live stream is a LIVESEED', async () => {
    const swarm = new MemorySwarm({
      ...FILM,
      edition: 'gu-04',
      swarms: FILM.swarms.flatMap((spec) => [
        spec,
        { ...spec, id: 'news', kind: 'live', chunkSeconds: 1, chunks: 30, seeds: 1 },
      ]),
    });
    await swarm.run(10);
    const [film, news] = [0, 1].map((index) =>
      swarm.exchanges.filter((exchange) => exchange.swarm === index).map(({ purpose }) => purpose),
    );
    expect(news?.filter((purpose) => /SEED/.test(purpose))).toEqual(['JOIN as LIVESEED']);
    expect(film).toContain('JOIN as SEED');
    expect(film).not.toContain('JOIN as LIVESEED');
    expect(film?.some((purpose) => /^JOIN as LEECH, with chunk \d+$/.test(purpose))).toBe(true);
    expect(swarm.tracker.stats(swarm.now).requests.byError).toEqual({});
  });
});

test('LEECHes of extended-1.1 that start in the midst of a film say so, and report what they hold', async () => {
  const swarm = new MemorySwarm({ ...FILM, edition: 'extended-1.1' });
  await swarm.run(30);
  const text = (method: string) =>
    swarm.exchanges.filter((exchange) => exchange.method === method).map(({ requestText }) => requestText);
  expect(text('CONNECT').some((body) => /<ContentGroup>.*startIndex="\d+"/s.test(body))).toBe(true);
  for (const body of text('STAT_REPORT')) expect(body).toContain('property="ContentMap"');
  expect(swarm.tracker.stats(swarm.now).requests.byError).toEqual({});
});
