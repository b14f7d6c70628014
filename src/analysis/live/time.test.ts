import fc from 'fast-check';
import { expect, test } from 'vitest';
import { METHODS } from '../../protocol/message.ts';
import { DEPARTURES, OUTCOMES } from '../../simulation/observation.ts';
import { Roll } from './directory.ts';
import type { Resolved } from './observer.ts';
import { observeTime, type TimeAsk, type TimePart } from './time.ts';

interface Stay {
  readonly peer: number;
  readonly swarm: number;
  readonly mode: number;
  readonly come: number;
  readonly turn?: number;
  readonly go?: number;
}
interface Request {
  readonly at: number;
  readonly method?: (typeof METHODS)[number];
  readonly outcome?: (typeof OUTCOMES)[number];
  readonly took?: number;
}
interface Told extends Pick<Resolved, 'standing' | 'gaps'> {
  readonly from?: number;
  readonly at: number;
  readonly stays?: readonly Stay[];
  readonly requests?: readonly Request[];
  readonly how?: (typeof DEPARTURES)[number];
}

const EMPTY = {
  transitions: {
    at: new Float64Array(),
    peer: new Uint32Array(),
    edition: new Uint8Array(),
    from: new Uint8Array(),
    to: new Uint8Array(),
    by: new Uint8Array(),
  },
  lists: {
    at: new Float64Array(),
    asker: new Uint32Array(),
    swarm: new Uint16Array(),
    method: new Uint8Array(),
    wanted: new Uint8Array(),
    start: new Uint32Array(1),
    listed: new Uint32Array(),
  },
  listsOmitted: 0,
};

/** A run that is watched: `tell` what of these stays and requests falls into a while. */
function watched(swarms: readonly { readonly kind: 'vod' | 'live'; readonly chunks: number }[]) {
  const roll = new Roll({ seed: 1, swarms: swarms.map((swarm, i) => ({ id: `swarm ${i}`, ...swarm })) });
  const observer = observeTime(roll);
  const tell = ({ from = 0, at, stays = [], requests = [], how = 'left', standing, gaps }: Told): void => {
    const within = (time: number | undefined): time is number =>
      time !== undefined && time > from && time <= at;
    const came = stays.filter(({ come }) => within(come)).toSorted((one, other) => one.come - other.come);
    const turned = stays.filter(({ turn }) => within(turn));
    const went = stays.filter(({ go }) => within(go));
    for (const { peer, swarm, mode, come } of came)
      roll.arrive({ peer, peerId: `p${peer}`, swarm, edition: 0, asn: 0, mode, at: come });
    for (const { peer } of turned) roll.turn(peer, 1);
    for (const { peer, go = 0 } of went) roll.depart(peer, go);
    const ended = requests.filter(({ at: time }) => within(time));
    const peers = (all: readonly Stay[]) => Uint32Array.from(all, ({ peer }) => peer);
    observer.take({
      ...EMPTY,
      at,
      arrivals: {
        at: Float64Array.from(came, ({ come }) => come),
        peer: peers(came),
        swarm: Uint16Array.from(came, ({ swarm }) => swarm),
        edition: new Uint8Array(came.length),
        mode: Uint8Array.from(came, ({ mode }) => mode),
        asn: new Uint32Array(came.length),
        peerIds: came.map(({ peer }) => `p${peer}`),
      },
      turns: {
        at: Float64Array.from(turned, ({ turn = 0 }) => turn),
        peer: peers(turned),
        mode: new Uint8Array(turned.length).fill(1),
      },
      departures: {
        at: Float64Array.from(went, ({ go = 0 }) => go),
        peer: peers(went),
        how: new Uint8Array(went.length).fill(DEPARTURES.indexOf(how)),
      },
      requests: {
        at: Float64Array.from(ended, ({ at: time }) => time),
        peer: new Uint32Array(ended.length),
        swarm: new Uint16Array(ended.length),
        method: Uint8Array.from(ended, ({ method = 'CONNECT' }) => METHODS.indexOf(method)),
        outcome: Uint8Array.from(ended, ({ outcome = 'ok' }) => OUTCOMES.indexOf(outcome)),
        took: Float32Array.from(ended, ({ took = 10 }) => took),
      },
      ...(standing && { standing }),
      ...(gaps && { gaps }),
    });
  };
  const ask = (parts: readonly TimePart[], more: Partial<TimeAsk> = {}) =>
    observer.answer({
      parts,
      range: { latest: Infinity },
      columns: 64,
      swarms: 5,
      availabilityOf: 0,
      progressOf: undefined,
      progressBy: 'age',
      ...more,
    });
  return { tell, ask };
}

const FILM = { kind: 'vod', chunks: 4 } as const;

const stay = fc
  .record({
    swarm: fc.nat(2),
    mode: fc.nat(1),
    come: fc.double({ min: 1, max: 50_000, noNaN: true }),
    turns: fc.option(fc.double({ min: 0.1, max: 20_000, noNaN: true }), { nil: undefined }),
    lasts: fc.option(fc.double({ min: 20_000, max: 60_000, noNaN: true }), { nil: undefined }),
  })
  .map(({ turns, lasts, come, ...rest }) => ({
    ...rest,
    come,
    ...(turns === undefined ? {} : { turn: come + turns }),
    ...(lasts === undefined ? {} : { go: come + lasts }),
  }));

test('levels are those who are there at the end of each column, however the run is cut into batches and ranges', () => {
  fc.assert(
    fc.property(
      fc.array(stay, { maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(60_000),
      (all, batches, from) => {
        const stays = all.map((one, peer) => ({ peer, ...one }));
        const { tell, ask } = watched([FILM, FILM, FILM]);
        const end = 120_000;
        for (let i = 0; i < batches; i++)
          tell({ from: (i * end) / batches, at: ((i + 1) * end) / batches, stays });
        const { population } = ask(['population'], { range: { from, to: end }, columns: 20 });
        if (population === undefined) throw new Error('No population was told.');
        for (const { swarm, seeds, leeches } of population.swarms)
          for (let column = 0; column < population.columns; column++) {
            const until = population.from + (column + 1) * population.width;
            const there = stays.filter(
              (one) => one.swarm === swarm && one.come < until && (one.go ?? Infinity) >= until,
            );
            const seeding = there.filter(({ mode, turn = Infinity }) => mode === 1 || turn < until);
            expect([seeds[column], leeches[column]]).toEqual([seeding.length, there.length - seeding.length]);
          }
      },
    ),
  );
});

test('of many swarms the largest are by themselves, the others together; nobody is lost', () => {
  const { tell, ask } = watched(Array.from({ length: 300 }, () => FILM));
  const stays = Array.from({ length: 600 }, (_, peer) => ({
    peer,
    swarm: peer < 300 ? peer : peer < 450 ? 7 : 9,
    mode: 0,
    come: 100,
  }));
  tell({ at: 1000, stays: [...stays, { peer: 600, swarm: 9, mode: 1, come: 50 }] });
  const swarms = ask(['population'], { swarms: 2 }).population?.swarms ?? [];
  expect(swarms.map(({ swarm }) => swarm)).toEqual([9, 7, undefined]);
  expect(swarms.map(({ seeds, leeches }) => (seeds[0] ?? 0) + (leeches[0] ?? 0))).toEqual([152, 151, 298]);
});

test('who is told to have gone twice is one fewer, not two', () => {
  const { tell, ask } = watched([FILM]);
  const gone = { peer: 1, swarm: 0, mode: 0, come: 100 };
  tell({ at: 2000, stays: [{ ...gone, go: 1100 }] });
  tell({ from: 2000, at: 4000, stays: [{ ...gone, go: 3000 }] });
  expect(ask(['population']).population?.swarms[0]?.leeches).toEqual(Float64Array.of(1, 0, 0, 0));
});

test('a place of peers of others that nobody has numbers for counts among the others', () => {
  const { tell, ask } = watched([FILM]);
  tell({ at: 1000, stays: [{ peer: 1, swarm: 40_000, mode: 0, come: 100 }] });
  expect(ask(['population']).population?.swarms).toEqual([
    { swarm: undefined, seeds: Float64Array.of(0), leeches: Float64Array.of(1) },
  ]);
});

test('every request counts by its method, and by what was wrong with it; latency is that of answers', () => {
  const { tell, ask } = watched([FILM]);
  tell({
    at: 3000,
    requests: [
      { at: 100, took: 20 },
      { at: 200, method: 'FIND', outcome: 'forbidden', took: 40 },
      { at: 2100, method: 'FIND', outcome: 'timeout', took: 10_000 },
    ],
  });
  const { requests, errors, latency } = ask(['requests', 'errors', 'latency']);
  const counts = (kinds: readonly { kind: string; count: Float64Array }[] = []) =>
    Object.fromEntries(kinds.map(({ kind, count }) => [kind, [...count]]));
  expect(counts(requests?.kinds)).toEqual({ CONNECT: [1, 0, 0], FIND: [1, 0, 1] });
  expect(counts(errors?.kinds)).toEqual({ forbidden: [1, 0, 0], timeout: [0, 0, 1] });
  expect([...(requests?.all ?? [])]).toEqual([2, 0, 1]);
  expect([...(latency?.count ?? [])]).toEqual([2, 0, 0]);
  expect(latency?.p99[0]).toBeCloseTo(40, 0);
  expect(latency?.p50[2]).toBeNaN();
});

test('latency is read over the last ten seconds; where nobody knows how long it took, it does not count', () => {
  const { tell, ask } = watched([FILM]);
  const late = [12_100, 13_100, 14_100, 15_100].map((at) => ({ at, took: at < 15_000 ? 30 : 90 }));
  tell({ at: 16_000, requests: [{ at: 100, took: 5000 }, ...late, { at: 15_500, took: Number.NaN }] });
  const { latency, requests } = ask(['latency', 'requests']);
  expect(requests?.all.reduce((sum, one) => sum + one, 0)).toBe(6);
  expect(latency?.count.reduce((sum, one) => sum + one, 0)).toBe(5);
  expect(latency?.p50[15]).toBeCloseTo(90, -1);
  expect(latency?.lately.p50).toBeCloseTo(30, 0);
  expect(latency?.lately.p99).toBeCloseTo(90, -1);
});

test('who came and who went, and how; what was not asked for is not told', () => {
  const { tell, ask } = watched([FILM]);
  const stays = [1, 2, 3].map((peer) => ({
    peer,
    swarm: 0,
    mode: 0,
    come: peer * 100,
    go: 1000 + peer * 100,
  }));
  tell({ at: 2000, stays, how: 'crashed' });
  const answer = ask(['churn']);
  expect(answer.churn).toMatchObject({
    arrivals: Float64Array.of(3, 0),
    departures: [{ kind: 'crashed', count: Float64Array.of(0, 3) }],
  });
  expect(answer).not.toHaveProperty('population');
  expect(answer).not.toHaveProperty('requests');
});

test('holders as a share of the peers of that swarm, a row of chunks at a time; NaN where nobody looked', () => {
  const { tell, ask } = watched([{ kind: 'vod', chunks: 256 }, FILM]);
  const stays = [1, 2, 3, 4].map((peer) => ({ peer, swarm: peer === 4 ? 1 : 0, mode: 0, come: 10 }));
  tell({ at: 1000, stays });
  const chunks = Uint32Array.from({ length: 256 }, (_, chunk) => (chunk === 255 ? 0 : 3));
  const standing = {
    peer: Uint32Array.of(1, 2, 3, 4),
    share: new Float32Array(4),
    holders: [{ swarm: 0, chunks }],
  };
  tell({ from: 1000, at: 2500, standing });
  const told = ask(['availability']).availability;
  expect([told?.rows, told?.chunksPerRow, told?.columns]).toEqual([128, 2, 3]);
  expect(told?.share[0]).toBeNaN();
  expect(told?.share[2 * 128]).toBe(1);
  expect(told?.share[2 * 128 + 127]).toBe(0.5);
  expect([...(told?.peers ?? [])]).toEqual([Number.NaN, Number.NaN, 3]);
  expect(ask(['availability'], { availabilityOf: 5 }).availability).toBeUndefined();
});

test('the latest look before a range comes with it, as long as nothing was missed since', () => {
  const { tell, ask } = watched([FILM]);
  tell({ at: 1000, stays: [{ peer: 1, swarm: 0, mode: 0, come: 500 }] });
  const holders = [{ swarm: 0, chunks: Uint32Array.of(1, 1, 0, 0) }];
  tell({ from: 1000, at: 3000, standing: { peer: Uint32Array.of(1), share: Float32Array.of(0.5), holders } });
  tell({ from: 3000, at: 20_000 });
  const range = { from: 8000, to: 14_000 };
  const seen = (more: Partial<TimeAsk> = {}) => {
    const { availability, progress } = ask(['availability', 'progress'], {
      range,
      progressBy: 'run',
      ...more,
    });
    return [availability?.from, availability?.peers[0], progress?.from, progress?.looks[0]];
  };
  expect(seen()).toEqual([3000, 1, 3000, 1]);
  expect(seen({ range: { from: 10_000, to: 14_000 } })).toEqual([10_000, Number.NaN, 10_000, 0]);
  tell({ from: 20_000, at: 21_000, gaps: [{ source: 0, from: 5000, to: 6000 }] });
  expect(seen()).toEqual([8000, Number.NaN, 8000, 0]);
});

test('progress is of those who came to download; who completed and left still counts by age, who gave up does not', () => {
  const { tell, ask } = watched([FILM, { kind: 'live', chunks: 4 }]);
  const stays: Stay[] = [
    { peer: 1, swarm: 0, mode: 0, come: 500 },
    { peer: 2, swarm: 0, mode: 0, come: 500, turn: 800, go: 1500 },
    { peer: 3, swarm: 0, mode: 0, come: 500, go: 1500 },
    { peer: 4, swarm: 0, mode: 1, come: 500 },
    { peer: 5, swarm: 1, mode: 0, come: 500 },
  ];
  const look = (peers: readonly number[], share: readonly number[]) => ({
    peer: Uint32Array.from(peers),
    share: Float32Array.from(share),
    holders: [],
  });
  tell({ at: 1000, stays, standing: look([1, 2, 3, 4, 5], [0.25, 1, 0.5, 1, 0.1]) });
  tell({ from: 1000, at: 2600, stays, standing: look([1, 4, 5], [0.75, 1, 0.1]) });
  const byAge = ask(['progress']).progress;
  expect([...(byAge?.looks ?? [])]).toEqual([3, 0, 2]);
  expect(byAge?.quantiles.map((quantile) => quantile[0])).toEqual([0.25, 0.25, 0.5, 1, 1]);
  expect(byAge?.quantiles.map((quantile) => quantile[2])).toEqual([0.75, 0.75, 0.75, 1, 1]);
  const byRun = ask(['progress'], { progressBy: 'run', progressOf: 0 }).progress;
  expect([...(byRun?.looks ?? [])]).toEqual([0, 3, 1]);
  expect(ask(['progress'], { progressOf: 1 }).progress).toBeUndefined();
});

test('hours at full speed take no more room than minutes, and totals stay exact', () => {
  const { tell, ask } = watched([FILM]);
  const hours = 20;
  for (let second = 1; second <= hours * 3600; second += 7)
    tell({ from: (second - 7) * 1000, at: second * 1000, requests: [{ at: second * 1000 }] });
  const answer = ask(['requests'], { columns: 4096 });
  expect(answer.finest).toBe(32_000);
  expect(answer.requests?.columns).toBeLessThanOrEqual(4096);
  const all = answer.requests?.all.reduce((sum, some) => sum + some, 0);
  expect(all).toBe(Math.ceil((hours * 3600) / 7));
});

test('gaps within the range are told, and up to when everything is known', () => {
  const { tell, ask } = watched([FILM]);
  tell({ at: 9000, gaps: [{ source: 1, from: 2000, to: 5000 }] });
  const answer = ask([], { range: { from: 4000, to: 20_000 } });
  expect(answer).toMatchObject({
    told: 9000,
    gaps: [{ from: 2000, to: 5000 }],
    range: { from: 4000, to: 20_000 },
  });
  expect(ask([], { range: { latest: 3000 } })).toMatchObject({ gaps: [], range: { from: 6000, to: 9000 } });
});
