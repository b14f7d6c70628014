import { describe, expect, test } from 'vitest';
import { asPeerId, asTransactionId } from '../protocol/ids.ts';
import { EDITIONS, type EditionId, type PeerMode, type StatQuery } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { BACK_OFF } from './back-off.ts';
import { LEAVE_ATTEMPTS, protocolState, wakeAt } from './peer.ts';
import { Bench, failure, success } from './testing.ts';

/** What joining, becoming a SEED and leaving come to, in words. */
const JOINING: Record<EditionId, (mode: PeerMode) => string[]> = {
  rfc7846: (mode) => [`JOIN ${mode}`],
  'extended-1.1': (mode) => [`JOIN ${mode}`],
  'base-1.0': (mode) => [`JOIN ${mode}`],
  'gu-04': (mode) => ['CONNECT', `JOIN ${mode}`],
};
const PROMOTION: Record<EditionId, string[]> = {
  rfc7846: ['LEAVE LEECH', 'JOIN SEED'],
  'extended-1.1': ['JOIN SEED'],
  'base-1.0': ['LEAVE LEECH', 'JOIN SEED'],
  'gu-04': ['JOIN SEED'],
};
const LEAVING: Record<EditionId, string[]> = {
  rfc7846: ['LEAVE LEECH'],
  'extended-1.1': ['DISCONNECT'],
  'base-1.0': ['LEAVE LEECH'],
  'gu-04': ['LEAVE', 'DISCONNECT'],
};

describe.each(EDITIONS)('a peer in %s', (edition) => {
  const joining = JOINING[edition];

  test('joins, reports every interval, leaves', () => {
    const bench = new Bench(edition, 'LEECH').joined().wake().accepted();
    bench.uploadedBytes = 1n;
    bench.wake().accepted();
    bench.do({ kind: 'leave' });
    while (!bench.gone) bench.accepted();
    expect(bench.words).toEqual([...joining('LEECH'), 'STAT_REPORT', 'STAT_REPORT', ...LEAVING[edition]]);
    const reports = bench.sent.filter(({ request }) => request.method === 'STAT_REPORT');
    expect((reports[1]?.at ?? 0) - (reports[0]?.at ?? 0)).toBeCloseTo(30_000, -3);
  });

  test('speaks its edition, and no method that the edition does not have', () => {
    const bench = new Bench(edition, 'LEECH').joined();
    bench.do({ kind: 'short of neighbours', lacks: 12 }).accepted().wake().accepted().wake().accepted();
    bench.do({ kind: 'completed' });
    while (bench.state.registered !== 'SEED') bench.accepted();
    bench.do({ kind: 'leave' });
    while (!bench.gone) bench.accepted();
    for (const { request } of bench.sent) {
      expect(request).toMatchObject({ edition, version: RULES[edition].version });
      expect(RULES[edition].methods).toContain(request.method);
    }
  });

  test('turns from LEECH to SEED the way its edition allows (RFC 7846 table 6; digest, "Validity")', () => {
    const bench = new Bench(edition, 'LEECH').joined().do({ kind: 'completed' });
    while (bench.state.registered !== 'SEED') bench.accepted();
    expect(bench.words).toEqual([...joining('LEECH'), ...PROMOTION[edition]]);
    // It reports on as a SEED.
    expect(wakeAt(bench.state)).toBeGreaterThan(bench.now);
  });

  test('repeats an unanswered request identically, ever more slowly, up to a limit', () => {
    const bench = new Bench(edition, 'LEECH').do({ kind: 'begin' });
    for (let i = 0; i < 7; i++) bench.do({ kind: 'no-answer' }).wake();
    expect(new Set(bench.sent.map(({ request }) => request)).size).toBe(1);
    expect(bench.sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const waits = bench.sent.slice(1).map(({ at }, index) => at - (bench.sent[index]?.at ?? 0));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 8000, 8000, 8000]);
  });

  test('leaves an overloaded tracker alone for as long as it asks, ten minutes at most (RFC 9110 §10.2.3)', () => {
    for (const [asked, waited] of [
      [20_000, 21_000],
      [7_200_000, 601_000],
    ] as const) {
      const bench = new Bench(edition, 'LEECH').do({ kind: 'begin' });
      const response = failure(bench.request, 'overloaded');
      bench.do({ kind: 'answer', response, retryAfter: asked });
      expect(wakeAt(bench.state)).toBe(waited);
    }
  });

  test('that leaves does not stay for a tracker that asks for minutes', () => {
    const bench = new Bench(edition, 'LEECH').joined().do({ kind: 'leave' });
    const response = failure(bench.request, 'overloaded');
    bench.do({ kind: 'answer', response, retryAfter: 60_000 });
    expect(bench.gone).toBe(true);
  });

  test('spreads its retries: the wait is never the same for all', () => {
    for (const [dice, factor] of [
      [0, 0.5],
      [0.999, 1.499],
    ] as const) {
      const bench = new Bench(edition, 'LEECH', () => dice).do({ kind: 'begin' }).do({ kind: 'no-answer' });
      expect(wakeAt(bench.state)).toBeCloseTo(BACK_OFF.first * factor, 0);
    }
  });

  test('a report refused as forbidden means: not known there; it comes anew at once', () => {
    const bench = new Bench(edition, 'SEED').joined().wake().accepted();
    bench.uploadedBytes = 1n;
    bench.wake().refused('forbidden');
    expect(bench.words).toEqual([...joining('SEED'), 'STAT_REPORT', 'STAT_REPORT', joining('SEED')[0]]);
    expect(protocolState(bench.state)).toBe('START');
    while (bench.state.registered !== 'SEED') bench.accepted();
    expect(bench.words.slice(-joining('SEED').length)).toEqual(joining('SEED'));
    // Under the new registration nothing has been reported yet.
    expect(bench.state.reported).toBeUndefined();
  });

  test('whatever a peer is refused for good, it asks more and more slowly', () => {
    const bench = new Bench(edition, 'SEED').do({ kind: 'begin' });
    const refusals: number[] = [];
    while (refusals.length < 12) {
      // CONNECT alone goes through: a registration that never becomes a membership.
      if (bench.state.pending === undefined) bench.wake();
      else if (bench.words.at(-1) === 'CONNECT') bench.accepted();
      else {
        refusals.push(bench.now);
        bench.refused('forbidden');
      }
    }
    const waits = refusals.slice(1).map((at, index) => at - (refusals[index] ?? 0));
    expect(Math.min(...waits.slice(4))).toBeGreaterThanOrEqual(BACK_OFF.last);
  });

  test('a report that is refused as malformed is not sent again before the next is due', () => {
    const bench = new Bench(edition, 'LEECH').joined();
    for (let i = 0; i < 14; i++) {
      if (bench.state.pending !== undefined) bench.refused('bad-request');
      else bench.wake();
    }
    const reports = bench.sent.filter(({ request }) => request.method === 'STAT_REPORT');
    // The one that made it fall back is said again at once, in the plainer edition.
    const times = reports.slice(RULES[edition].fallBack === undefined ? 0 : 1).map(({ at }) => at);
    expect(times.length).toBeGreaterThan(2);
    times.slice(1).forEach((at, index) => expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(30_000));
  });

  test.each(['overloaded', 'internal'] as const)('%s is passing: the same request again, later', (error) => {
    const bench = new Bench(edition, 'LEECH').do({ kind: 'begin' }).refused(error).wake();
    expect(bench.sent[1]?.request).toBe(bench.sent[0]?.request);
    expect(bench.sent[1]?.at).toBe(1000);
  });

  test('a peer that leaves a silent tracker gives up after some tries', () => {
    const bench = new Bench(edition, 'LEECH').joined().do({ kind: 'leave' });
    for (let i = 1; i < LEAVE_ATTEMPTS; i++) bench.do({ kind: 'no-answer' }).wake();
    expect(bench.gone).toBe(false);
    bench.do({ kind: 'no-answer' });
    expect(bench.gone).toBe(true);
  });

  test('a peer told that it is not known there is out, whichever farewell it said', () => {
    const bench = new Bench(edition, 'LEECH').joined().do({ kind: 'leave' });
    for (let i = 0; i < 2 && !bench.gone; i++) bench.refused('forbidden');
    expect(bench.gone).toBe(true);
    expect(protocolState(bench.state)).toBe('TERMINATE');
  });

  test('numbers its transactions; each new request has a new one', () => {
    const bench = new Bench(edition, 'LEECH').joined().wake().accepted().wake();
    const ids = bench.sent.map(({ request }) => request.transactionId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test.each<[EditionId, string, string]>([
  ['rfc7846', 'FIND', 'FIND'],
  ['extended-1.1', 'FIND', 'FIND'],
  ['base-1.0', 'JOIN LEECH', 'JOIN LEECH'],
  ['gu-04', 'FIND', 'FIND_CHUNK'],
])('%s: asks for neighbours by %s, for who holds a segment by %s', (edition, any, holders) => {
  const bench = new Bench(edition, 'LEECH').joined();
  bench.do({ kind: 'short of neighbours', lacks: undefined });
  expect(bench.words.at(-1)).toBe(any);
  expect(bench.request).not.toHaveProperty('scope');
  bench.accepted().do({ kind: 'short of neighbours', lacks: 12 });
  expect(bench.words.at(-1)).toBe(holders);
  if (edition === 'extended-1.1')
    expect(bench.request).toMatchObject({ scope: [{ representation: 'main', startIndex: 12 }] });
  if (edition === 'gu-04') expect(bench.request).toMatchObject({ chunkId: '12' });
});

test('a refused JOIN in rfc7846: leaves what may be left of it there every other time, then joins again', () => {
  const bench = new Bench('rfc7846', 'SEED').do({ kind: 'begin' });
  for (let i = 0; i < 4; i++) bench.refused('forbidden').wake();
  expect(bench.words).toEqual(['JOIN SEED', 'LEAVE LEECH', 'JOIN SEED', 'LEAVE LEECH', 'JOIN SEED']);
  expect(bench.accepted().state.registered).toBe('SEED');
});

test.each(['base-1.0', 'extended-1.1'] as const)(
  '%s: a refused JOIN has itself ended the registration, if there was one (base-01 §2.4.2 B)',
  (edition) => {
    const bench = new Bench(edition, 'SEED').do({ kind: 'begin' }).refused('forbidden').wake();
    expect(bench.words).toEqual(['JOIN SEED', 'JOIN SEED']);
  },
);

describe('a peer of extended-1.1', () => {
  test('that starts in the midst of the content joins with a scope; one that has all or nothing does not', () => {
    const bench = new Bench('extended-1.1', 'LEECH');
    bench.playsFrom = 20;
    bench.do({ kind: 'begin' });
    expect(bench.request).toMatchObject({
      method: 'CONNECT',
      scope: [{ representation: 'main', startIndex: 20 }],
    });
    expect(new Bench('extended-1.1', 'LEECH').do({ kind: 'begin' }).request).not.toHaveProperty('scope');
    const plain = new Bench('rfc7846', 'LEECH');
    plain.playsFrom = 20;
    expect(plain.do({ kind: 'begin' }).request).not.toHaveProperty('scope');
  });

  test.each(['bad-request', 'unsupported-version'] as const)(
    'falls back to base-1.0 on %s, for good, and gets on (extended-04 §4.5)',
    (error) => {
      const bench = new Bench('extended-1.1', 'LEECH').do({ kind: 'begin' }).refused(error);
      expect(bench.effects).toContainEqual({ kind: 'fell back', to: 'base-1.0' });
      expect(bench.request).toMatchObject({ edition: 'base-1.0', version: '1.0', method: 'CONNECT' });
      bench.accepted().wake().accepted();
      bench.do({ kind: 'short of neighbours', lacks: 3 }).accepted();
      bench.do({ kind: 'completed' }).accepted().accepted();
      bench.do({ kind: 'leave' }).accepted();
      expect(bench.words.slice(1)).toEqual([
        'JOIN LEECH',
        'STAT_REPORT',
        'JOIN LEECH',
        'LEAVE LEECH',
        'JOIN SEED',
        'LEAVE SEED',
      ]);
      for (const { request } of bench.sent.slice(1)) expect(request.edition).toBe('base-1.0');
      expect(bench.who.edition).toBe('extended-1.1');
      expect(bench.gone).toBe(true);
    },
  );

  test('that meets the older tracker only at its DISCONNECT leaves by LEAVE', () => {
    const bench = new Bench('extended-1.1', 'LEECH').joined().do({ kind: 'leave' }).refused('bad-request');
    expect(bench.words).toEqual(['JOIN LEECH', 'DISCONNECT', 'LEAVE LEECH']);
    expect(bench.accepted().gone).toBe(true);
  });
});

describe('a peer of gu-04', () => {
  const query = (id: string, ...properties: string[]): StatQuery => ({
    transactionId: asTransactionId(id),
    peerId: new Bench('gu-04', 'LEECH').who.peerId,
    properties,
  });

  test('is registered by CONNECT, and tracked from its JOIN on', () => {
    const bench = new Bench('gu-04', 'LEECH').do({ kind: 'begin' });
    expect(bench.request).toMatchObject({ method: 'CONNECT', certificate: '', actions: [] });
    expect(bench.request).toHaveProperty('addresses', bench.who.addresses);
    bench.accepted();
    expect(protocolState(bench.state)).toBe('PEER REGISTERED');
    expect(bench.request).toMatchObject({
      method: 'JOIN',
      mode: 'LEECH',
      expireTime: 0,
      peerNum: { count: 20 },
    });
    bench.accepted();
    expect(protocolState(bench.state)).toBe('TRACKING');
  });

  test('that is the source of a live stream joins as LIVESEED, any other SEED as SEED', () => {
    const source = new Bench('gu-04', 'SEED', undefined, { liveSource: true })
      .do({ kind: 'begin' })
      .accepted();
    expect(source.request).toMatchObject({ method: 'JOIN', mode: 'LIVESEED' });
    expect(source.accepted().state.registered).toBe('SEED');
    const seed = new Bench('gu-04', 'SEED').do({ kind: 'begin' }).accepted();
    expect(seed.request).toMatchObject({ method: 'JOIN', mode: 'SEED' });
    expect(seed.request).not.toHaveProperty('peerNum');
  });

  test('that brings some chunks declares the first of them with its JOIN', () => {
    const bench = new Bench('gu-04', 'LEECH');
    bench.bitmap = new Uint8Array([0b0101_0000]);
    bench.do({ kind: 'begin' }).accepted();
    // Bit 1 of a map that begins at segment 8, most significant bit first.
    expect(bench.request).toMatchObject({ method: 'JOIN_CHUNK', mode: 'LEECH', chunkId: '9' });
    expect(bench.accepted().state.registered).toBe('LEECH');
  });

  test('has nothing to report when nothing was exchanged since the last report: KEEPALIVE (gu -06 §4.10)', () => {
    const bench = new Bench('gu-04', 'SEED').joined();
    for (const uploaded of [0n, 0n, 0n, 5n, 5n]) {
      bench.uploadedBytes = uploaded;
      bench.wake().accepted();
    }
    expect(bench.words.slice(2)).toEqual([
      'STAT_REPORT',
      'KEEPALIVE',
      'KEEPALIVE',
      'STAT_REPORT',
      'KEEPALIVE',
    ]);
  });

  test('answers a STAT_QUERY with what was asked, under its transaction ID; the unknown is left out', () => {
    const bench = new Bench('gu-04', 'LEECH').joined().wake();
    bench.accepted(query('q.1', 'StreamStats', 'Temper'), query('q.2', 'ChunkMap', 'STUN', 'NAT'));
    expect(bench.request).toMatchObject({
      method: 'STAT_QUERY',
      transactionId: 'q.1',
      stats: [{ swarmId: 'film', downloadedBytes: 0n }],
      contentMaps: [],
      properties: [],
    });
    bench.accepted();
    expect(bench.request).toMatchObject({
      transactionId: 'q.2',
      stats: [],
      contentMaps: [{ swarmId: 'film' }],
      properties: [
        { name: 'NAT', value: 'false' },
        { name: 'STUN', value: 'true' },
      ],
    });
    bench.accepted();
    expect(bench.state.pending).toBeUndefined();
    expect(wakeAt(bench.state)).toBeGreaterThan(bench.now);
  });

  test('answers no question of another peer, none twice at a time, and no flood of them', () => {
    const bench = new Bench('gu-04', 'LEECH').joined().wake();
    const others = { ...query('q.9', 'NAT'), peerId: asPeerId('another') };
    bench.accepted(others, ...Array.from({ length: 9 }, (_, i) => query(`q.${i}`, 'NAT')));
    const first = bench.request;
    bench.accepted(query('q.0', 'NAT'), query('q.1', 'NAT'));
    expect(bench.request).not.toBe(first);
    while (bench.state.pending !== undefined) bench.accepted();
    const answered = bench.sent.filter(({ request }) => request.method === 'STAT_QUERY');
    expect(answered.map(({ request }) => request.transactionId)).toEqual(['q.0', 'q.1', 'q.2', 'q.3']);
  });

  test('takes "nobody has that chunk" for an answer, and an unknown swarm for a tracker that forgot', () => {
    const bench = new Bench('gu-04', 'LEECH').joined().do({ kind: 'short of neighbours', lacks: 3 });
    bench.refused('not-found');
    expect(bench.state).toMatchObject({ registered: 'LEECH', pending: undefined, asking: undefined });
    bench.do({ kind: 'short of neighbours', lacks: undefined }).refused('not-found');
    expect(bench.words.slice(2)).toEqual(['FIND_CHUNK', 'FIND', 'CONNECT']);
  });

  test('carries the AuthToken that its CONNECT was answered with, until it has to CONNECT anew (gu -06 §4.4)', () => {
    const bench = new Bench('gu-04', 'LEECH').do({ kind: 'begin' });
    const tokens = () => bench.sent.map(({ request }) => request.authToken);
    bench.do({ kind: 'answer', response: { ...success(bench.request), authToken: 'c2Vzc2lvbg' } });
    bench.accepted().wake();
    expect(tokens()).toEqual([undefined, 'c2Vzc2lvbg', 'c2Vzc2lvbg']);
    bench.refused('forbidden');
    expect(bench.words.at(-1)).toBe('CONNECT');
    bench.accepted();
    expect(tokens().slice(3)).toEqual([undefined, undefined]);
  });

  test('that is refused its LEAVE still says DISCONNECT', () => {
    const bench = new Bench('gu-04', 'LEECH').joined().do({ kind: 'leave' }).refused('forbidden').accepted();
    expect(bench.words.slice(2)).toEqual(['LEAVE', 'DISCONNECT']);
    expect(bench.gone).toBe(true);
  });
});
