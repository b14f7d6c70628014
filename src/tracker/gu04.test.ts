import { describe, expect, it } from 'vitest';
import { asChunkId } from '../protocol/ids.ts';
import type { Request } from '../protocol/message.ts';
import { errorOf, host, kinds, listed, startTracker, success } from './testing-core.ts';
import { connect, disconnect, find, join, joinOne, keepAlive, leaveOne, report } from './testing.ts';

const comeIn = (peer: string, swarm = 'a') => [connect('gu-04', peer, []), joinOne(peer, swarm)];

describe('CONNECT alone', () => {
  it('registers with no swarm, for as long as the init timer runs', () => {
    const { say, wait, stats, tracker } = startTracker();
    const { response, events } = say(connect('gu-04', 'p', []));
    expect(success(response)).toMatchObject({ results: [], peerLists: [], queries: [] });
    expect(kinds(events)).toEqual(['STARTED', 'registered']);
    expect(stats()).toMatchObject({ peers: 1, swarms: [] });
    expect(tracker.expire(9_999)).toEqual([]);
    wait(10_000);
    const late = say(joinOne('p', 'a'));
    expect(errorOf(late.response)).toBe('forbidden');
    expect(kinds(late.events)).toEqual(['deregistered expired', 'TERMINATED', 'INIT']);
  });

  it.each<[string, Request]>([
    ['JOIN', joinOne('p', 'a')],
    ['KEEPALIVE', keepAlive('gu-04', 'p')],
    ['STAT_REPORT', report('gu-04', 'p')],
  ])('%s stops the init timer and starts the track timer', (_, request) => {
    const { say, wait, tracker, stats } = startTracker();
    say(connect('gu-04', 'p', []));
    wait(9_000);
    success(say(request).response);
    expect(tracker.expire(98_999)).toEqual([]);
    expect(stats().peers).toBe(1);
    expect(kinds(tracker.expire(99_000))).toContain('deregistered expired');
  });

  it('again is a refresh: of the init timer, of the track timer, of the addresses', () => {
    const { say, wait, tracker } = startTracker();
    say(connect('gu-04', 'p', [], { addresses: [host(1)] }));
    wait(9_000);
    expect(say(connect('gu-04', 'p', [])).events).toEqual([]);
    wait(9_000);
    say(joinOne('p', 'a'));
    wait(60_000);
    say(connect('gu-04', 'p', [], { addresses: [host(2)] }));
    wait(60_000);
    expect(tracker.expire(138_000)).toEqual([]);
    say(connect('gu-04', 'q', []));
    const [list] = success(say(joinOne('q', 'a')).response).peerLists;
    expect(list?.peers).toMatchObject([{ peerId: 'p', mode: 'LEECH', addresses: [{ port: 2 }] }]);
  });

  it.each<[string, Request, 'forbidden' | 'not-found']>([
    ['LEAVE', leaveOne('p', 'a'), 'forbidden'],
    ['FIND of a swarm unknown', find('gu-04', 'p', 'z'), 'not-found'],
    ['FIND of a swarm not joined', find('gu-04', 'p', 'a'), 'forbidden'],
    ['STAT_REPORT of a swarm not joined', report('gu-04', 'p', ['a']), 'forbidden'],
  ])('invalid after it, %s leaves the registration and its init timer alone', (_, request, error) => {
    const { say, wait, tracker, stats } = startTracker();
    comeIn('other').forEach((request) => say(request));
    say(connect('gu-04', 'p', []));
    wait(5_000);
    expect(errorOf(say(request).response)).toBe(error);
    expect(stats().peers).toBe(2);
    expect(kinds(tracker.expire(10_000))).toEqual(['deregistered expired']);
  });

  it.each<[string, Request]>([
    ['CONNECT', connect('rfc7846', 'p', [join('a'), join('b')])],
    ['FIND', find('rfc7846', 'p', 'a')],
    ['STAT_REPORT', report('base-1.0', 'p')],
    ['FIND of extended-1.1', find('extended-1.1', 'p', 'a')],
  ])('and then an invalid %s of another edition ends the registration', (_, request) => {
    const { say } = startTracker();
    say(connect('gu-04', 'p', []));
    const { response, events } = say(request);
    expect(errorOf(response)).toBe('forbidden');
    expect(kinds(events)).toEqual(['deregistered error', 'TERMINATED', 'INIT']);
  });

  it('and then a valid CONNECT of another edition joins as from START', () => {
    const { say, stats } = startTracker();
    say(connect('gu-04', 'p', []));
    expect(kinds(say(connect('base-1.0', 'p', [join('a'), join('b')].slice(0, 1))).events)).toEqual([
      'joined',
      'listed',
    ]);
    expect(stats().swarms).toEqual([{ id: 'a', seeds: 0, leeches: 1 }]);
  });

  it('is refused when peers are full, and nothing is held', () => {
    const { say, stats } = startTracker({ maxPeers: 1 });
    say(connect('gu-04', 'p', []));
    expect(errorOf(say(connect('gu-04', 'q', [])).response)).toBe('overloaded');
    success(say(connect('gu-04', 'p', [])).response);
    expect(stats().peers).toBe(1);
  });
});

describe('a registered peer of gu-04', () => {
  it('is in any number of swarms in any mode, and stays when it leaves the last', () => {
    const { say, stats, wait, tracker } = startTracker();
    comeIn('p').forEach((request) => say(request));
    say(joinOne('p', 'b'));
    say(joinOne('p', 'c', 'SEED'));
    expect(kinds(say(joinOne('p', 'a', 'SEED')).events)).toEqual(['joined']);
    expect(kinds(say(joinOne('p', 'a', 'SEED')).events)).toEqual([]);
    expect(stats().swarms).toEqual([
      { id: 'a', seeds: 1, leeches: 0 },
      { id: 'b', seeds: 0, leeches: 1 },
      { id: 'c', seeds: 1, leeches: 0 },
    ]);
    wait(50_000);
    for (const swarm of ['a', 'b', 'c'])
      expect(say(leaveOne('p', swarm)).events).toMatchObject([{ kind: 'left', reason: 'left' }]);
    expect(stats()).toMatchObject({ peers: 1, swarms: [] });
    expect(tracker.expire(139_999)).toEqual([]);
    expect(kinds(tracker.expire(140_000))).toEqual(['deregistered expired', 'TERMINATED', 'INIT']);
  });

  it('asks with PeerNum for a list as SEED, and always gets one as LEECH', () => {
    const { say } = startTracker();
    for (const peer of ['p', 'q', 'r']) comeIn(peer).forEach((request) => say(request));
    say(connect('gu-04', 's', []));
    expect(success(say(joinOne('s', 'a', 'SEED')).response).peerLists).toEqual([]);
    expect(listed(say(joinOne('s', 'a', 'SEED', { peerNum: { count: 2 } })).response)).toHaveLength(2);
    expect(listed(say(joinOne('q', 'a')).response).sort()).toEqual(['p', 'r', 's']);
  });

  it('is out of everything once it DISCONNECTs, until it CONNECTs again', () => {
    const { say } = startTracker();
    for (const peer of ['p', 'q']) comeIn(peer).forEach((request) => say(request));
    say(joinOne('p', 'b'));
    expect(kinds(say(disconnect('gu-04', 'p')).events)).toEqual([
      'left',
      'left',
      'deregistered disconnected',
    ]);
    expect(listed(say(find('gu-04', 'q', 'a')).response)).toEqual([]);
    for (const request of [
      joinOne('p', 'a'),
      leaveOne('p', 'a'),
      find('gu-04', 'p', 'a'),
      keepAlive('gu-04', 'p'),
    ])
      expect(errorOf(say(request).response)).toBe('forbidden');
    expect(errorOf(say(disconnect('gu-04', 'p')).response)).toBe('forbidden');
    comeIn('p').forEach((request) => success(say(request).response));
  });

  it('leaves a swarm by itself when its ExpireTime has come, and only that swarm', () => {
    const { say, wait, tracker, stats } = startTracker();
    say(connect('gu-04', 'p', []));
    say(joinOne('p', 'a', 'LEECH', { expireTime: 60 }));
    say(joinOne('p', 'b', 'SEED', { expireTime: 30 }));
    say(joinOne('p', 'c', 'SEED', { expireTime: 20 }));
    // The latest JOIN counts, 0 for never.
    say(joinOne('p', 'c', 'SEED', { expireTime: 0 }));
    expect(tracker.expire(29_999)).toEqual([]);
    expect(tracker.expire(30_000)).toEqual([
      { kind: 'left', peerId: 'p', swarmId: 'b', mode: 'SEED', reason: 'expired' },
    ]);
    wait(60_000);
    const { response, events } = say(find('gu-04', 'p', 'a'));
    expect(errorOf(response)).toBe('not-found');
    expect(events).toMatchObject([{ kind: 'left', swarmId: 'a', reason: 'expired' }]);
    expect(stats()).toMatchObject({ peers: 1, swarms: [{ id: 'c' }] });
    say(leaveOne('p', 'c'));
    expect(stats().peers).toBe(1);
  });

  it('expires in the order of the times, though looked at late', () => {
    const { say, tracker } = startTracker();
    for (const [peer, expireTime] of [
      ['p', 80],
      ['q', 100],
    ] as const) {
      say(connect('gu-04', peer, []));
      say(joinOne(peer, 'a', 'LEECH', { expireTime }));
    }
    const events = tracker.expire(1_000_000);
    expect(events.filter(({ kind }) => kind === 'left')).toMatchObject([
      { peerId: 'p', reason: 'expired' },
      { peerId: 'q', reason: 'deregistered' },
    ]);
  });

  it('FINDs: 404 for a swarm the tracker does not know and a chunk nobody holds, 403 for one not joined', () => {
    const { say, wait, tracker } = startTracker();
    comeIn('p').forEach((request) => say(request));
    comeIn('q', 'b').forEach((request) => say(request));
    expect(errorOf(say(find('gu-04', 'p', 'z')).response)).toBe('not-found');
    expect(errorOf(say(find('gu-04', 'p', 'b')).response)).toBe('forbidden');
    expect(success(say(find('gu-04', 'p', 'a')).response).peerLists).toEqual([]);
    wait(80_000);
    const chunk = { method: 'FIND_CHUNK', chunkId: asChunkId('a-1') } as const;
    expect(errorOf(say(find('gu-04', 'p', 'a', undefined, chunk)).response)).toBe('not-found');
    success(say(find('gu-04', 'p', 'a', { count: 0 }, chunk)).response);
    // It was heard all the same.
    expect(kinds(tracker.expire(90_000))).toEqual(['left', 'deregistered expired']);
    expect(tracker.registered(find('gu-04', 'p', 'a').peerId)).toBe(true);
  });
});

describe('DISCONNECT in extended-1.1', () => {
  const seed = (swarms: readonly string[]) =>
    connect(
      'extended-1.1',
      'p',
      swarms.map((id) => join(id, 'SEED')),
    );

  it('leaves the swarms named, and ends the registration with the last', () => {
    const { say, stats } = startTracker();
    say(seed(['a', 'b', 'c']));
    const part = say(disconnect('extended-1.1', 'p', ['a', 'b']));
    expect(success(part.response).results).toEqual([
      { swarmId: 'a', ok: true },
      { swarmId: 'b', ok: true },
    ]);
    expect(kinds(part.events)).toEqual(['left', 'left']);
    expect(stats().peers).toBe(1);
    expect(kinds(say(disconnect('extended-1.1', 'p', ['c'])).events)).toEqual([
      'left',
      'deregistered disconnected',
      'TERMINATED',
      'INIT',
    ]);
  });

  it('leaves all when it names none; ends the registration as any invalid request when it names others', () => {
    const { say, stats } = startTracker();
    say(seed(['a', 'b']));
    expect(success(say(disconnect('extended-1.1', 'p')).response).results).toEqual([]);
    expect(stats().peers).toBe(0);
    for (const swarms of [['b'], ['a', 'a']]) {
      say(seed(['a']));
      const { response, events } = say(disconnect('extended-1.1', 'p', swarms));
      expect(errorOf(response)).toBe('forbidden');
      expect(kinds(events)).toContain('deregistered error');
    }
  });
});

it.each<[string, Request]>([
  ['rfc7846', disconnect('rfc7846', 'p')],
  ['base-1.0', disconnect('base-1.0', 'p')],
  ['base-1.0', find('base-1.0', 'p', 'a')],
  ['rfc7846', keepAlive('rfc7846', 'p')],
  ['extended-1.1', keepAlive('extended-1.1', 'p')],
  ['extended-1.1', { ...joinOne('p', 'a'), edition: 'extended-1.1' }],
  ['extended-1.1', { ...leaveOne('p', 'a'), edition: 'extended-1.1' }],
])('%s does not know what it has not: %#', (_, request) => {
  const { say, stats } = startTracker();
  comeIn('p').forEach((request) => say(request));
  const { response, events } = say(request);
  expect(response).toMatchObject({ outcome: 'failure', error: 'bad-request', detail: 'Unknown Messages' });
  expect(events).toEqual([]);
  expect(stats().peers).toBe(1);
});
