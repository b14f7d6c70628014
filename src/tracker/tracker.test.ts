import { describe, expect, it } from 'vitest';
import type { PeerAddress, Request, Response, SuccessResponse } from '../protocol/message.ts';
import { EDITIONS } from '../protocol/message.ts';
import { asTransactionId } from '../protocol/ids.ts';
import type { TrackerEvent, TrackerOptions } from './api.ts';
import type { PeerSelection } from './selection.ts';
import { at, connect, dice, find, join, leave, report } from './testing.ts';
import { createTracker } from './tracker.ts';

const start = (options: Partial<TrackerOptions> = {}, selection?: PeerSelection) => {
  const tracker = createTracker(options, 0, selection);
  const random = dice(42);
  let now = 0;
  return {
    tracker,
    wait: (ms: number) => (now += ms),
    say: (request: Request, remote = at(0).remote) => tracker.handle(request, { now, random, remote }),
    stats: () => tracker.stats(now),
  };
};

function success(response: Response): SuccessResponse {
  if (response.outcome !== 'success') throw new Error(`refused: ${response.error} ${response.detail}`);
  return response;
}

const errorOf = (response: Response) => (response.outcome === 'failure' ? response.error : undefined);

const listed = (response: Response, swarm = 'a') =>
  success(response)
    .peerLists.filter(({ swarmId }) => swarmId === swarm)
    .flatMap(({ peers }) => peers.map(({ peerId }) => String(peerId)));

const host = (port: number, type: PeerAddress['type'] = 'HOST', priority = 0): PeerAddress => ({
  addressType: 'ipv4',
  address: '192.0.2.1',
  port,
  priority,
  type,
});

const kinds = (events: readonly TrackerEvent[]) =>
  events.map((event) => {
    if (event.kind === 'tracker') return event.state;
    return event.kind === 'deregistered' ? `deregistered ${event.reason}` : event.kind;
  });

describe.each(EDITIONS)('a peer of %s', (edition) => {
  it('registers, is listed, and leaves: events in their order', () => {
    const { say, stats } = start();
    expect(kinds(say(connect(edition, 'p', [join('a')])).events)).toEqual([
      'STARTED',
      'registered',
      'joined',
      'listed',
    ]);
    const second = say(connect(edition, 'q', [join('a')]));
    expect(listed(second.response)).toEqual(['p']);
    expect(stats().swarms).toEqual([{ id: 'a', seeds: 0, leeches: 2 }]);
    expect(kinds(say(connect(edition, 'p', [leave('a')])).events)).toEqual(['left', 'deregistered left']);
    expect(kinds(say(connect(edition, 'q', [leave('a')])).events)).toEqual([
      'left',
      'deregistered left',
      'TERMINATED',
      'INIT',
    ]);
    expect(stats()).toMatchObject({ peers: 0, swarms: [] });
  });

  it('answers every action, LEAVE too, with version, transactions and IDs as asked', () => {
    const { say } = start();
    say(connect(edition, 'p', [join('b')]));
    const actions = [
      { ...join('a'), transactionId: asTransactionId('t.0') },
      { ...leave('b'), transactionId: asTransactionId('t.1') },
    ];
    const response = success(say(connect(edition, 'p', actions, { version: 'v' })).response);
    expect(response).toMatchObject({ edition, version: 'v', method: 'CONNECT', transactionId: 't' });
    expect(response.results).toEqual([
      { swarmId: 'a', transactionId: 't.0', ok: true },
      { swarmId: 'b', transactionId: 't.1', ok: true },
    ]);
  });

  it('lists for a LEECH always, for a SEED only with PeerNum, and no seed for a seed', () => {
    const { say } = start();
    say(connect(edition, 's1', [join('a', 'SEED')]));
    say(connect(edition, 'l1', [join('a')]));
    expect(success(say(connect(edition, 's2', [join('a', 'SEED')])).response).peerLists).toEqual([]);
    expect(
      listed(say(connect(edition, 's3', [join('a', 'SEED')], { peerNum: { count: 30 } })).response),
    ).toEqual(['l1']);
    expect(listed(say(connect(edition, 'l2', [join('a')])).response).sort()).toEqual([
      'l1',
      's1',
      's2',
      's3',
    ]);
  });

  it.each([
    { count: 3, expected: 3 },
    { count: 0, expected: 0 },
    { count: 30, expected: 30 },
    { count: 1_000, expected: 30 },
    { count: undefined, expected: 30 },
  ])('gets min(asked, 30): asked $count', ({ count, expected }) => {
    const { say } = start();
    for (let i = 0; i < 40; i++) say(connect(edition, `p${i}`, [join('a')]));
    const peerNum = count === undefined ? {} : { peerNum: { count } };
    const list = listed(say(connect(edition, 'me', [join('a')], peerNum)).response);
    expect(list).toHaveLength(expected);
    expect(new Set(list).size).toBe(expected);
    const again = listed(say(connect(edition, 'me', [join('a')])).response);
    expect(again).toHaveLength(30);
    expect(again).not.toContain('me');
  });

  it('asks anew by a re-start, which refreshes its addresses and joins nothing', () => {
    const { say, stats } = start();
    say(connect(edition, 'p', [join('a')], { addresses: [host(1)] }));
    say(connect(edition, 'q', [join('a')]));
    const again = say(connect(edition, 'p', [join('a')], { addresses: [host(2)] }));
    expect(kinds(again.events)).toEqual(['listed']);
    expect(listed(again.response)).toEqual(['q']);
    expect(stats().swarms).toEqual([{ id: 'a', seeds: 0, leeches: 2 }]);
    const [list] = success(say(connect(edition, 'q', [join('a')])).response).peerLists;
    expect(list?.peers[0]?.addresses).toEqual([host(2)]);
  });

  it('is registered by nothing invalid', () => {
    const { say, stats } = start();
    for (const request of [
      connect(edition, 'p', [join('a'), join('b')]),
      connect(edition, 'p', [leave('a')]),
      report(edition, 'p'),
      report(edition, 'p', ['a']),
    ]) {
      const { response, events } = say(request);
      expect(errorOf(response)).toBe('forbidden');
      expect(events).toEqual([]);
    }
    expect(stats()).toMatchObject({ peers: 0, swarms: [] });
  });

  it('is told its own address: seen IP, declared port of highest priority', () => {
    const { say } = start();
    const remote = { address: '::ffff:203.0.113.9', port: 5 };
    const seen = { addressType: 'ipv4', address: '203.0.113.9', priority: 0, type: 'REFLEXIVE' };
    const bare = say(connect(edition, 'p', [join('a')]), remote);
    expect(success(bare.response).publicAddress).toEqual({ ...seen, port: 5 });
    const declared = { addresses: [host(1), host(2, 'HOST', 9), host(3, 'HOST', 9)] };
    const told = say(connect(edition, 'q', [join('a')], declared), remote);
    expect(success(told.response).publicAddress).toEqual({ ...seen, port: 2 });
  });

  it('is handed out as declared, or as seen when it declared nothing', () => {
    const { say } = start();
    say(connect(edition, 'p', [join('a')]), { address: '2001:db8::1', port: 77 });
    const [list] = success(say(connect(edition, 'q', [join('a')])).response).peerLists;
    expect(list?.peers).toEqual([
      {
        peerId: 'p',
        addresses: [
          { addressType: 'ipv6', address: '2001:db8::1', port: 77, priority: 0, type: 'REFLEXIVE' },
        ],
      },
    ]);
  });

  it('keeps its addresses over a CONNECT that declares none', () => {
    const { say } = start();
    say(connect(edition, 'p', [join('a')], { addresses: [host(1)] }));
    say(connect(edition, 'p', [join('b'), leave('a')]));
    const [list] = success(say(connect(edition, 'q', [join('b')])).response).peerLists;
    expect(list?.peers[0]?.addresses).toEqual([host(1)]);
  });

  it('expires exactly at the track timer, out of every swarm', () => {
    const { say, wait, tracker, stats } = start();
    say(connect(edition, 'p', [join('a', 'SEED'), join('b', 'SEED')]));
    expect(tracker.expire(89_999)).toEqual([]);
    wait(90_000);
    const { response, events } = say(report(edition, 'p'));
    expect(errorOf(response)).toBe('forbidden');
    expect(kinds(events)).toEqual(['left', 'left', 'deregistered expired', 'TERMINATED', 'INIT']);
    expect(stats()).toMatchObject({ peers: 0, swarms: [], uptime: 90 });
  });

  it('resets the timer by keep-alive, report and CONNECT', () => {
    const { say, wait, stats } = start();
    say(connect(edition, 'p', [join('a')]));
    for (const request of [
      report(edition, 'p'),
      report(edition, 'p', ['a']),
      connect(edition, 'p', [join('a')]),
    ]) {
      wait(60_000);
      success(say(request).response);
    }
    expect(stats().peers).toBe(1);
  });

  it('reports once per swarm, for swarms it is in', () => {
    const { say } = start();
    say(connect(edition, 'p', [join('a', 'SEED'), join('b', 'SEED')]));
    const { response, events } = say(report(edition, 'p', ['a', 'b', 'a'], { uploadedBytes: 1 }));
    expect(success(response).results).toEqual([
      { swarmId: 'a', ok: true },
      { swarmId: 'b', ok: true },
    ]);
    expect(kinds(events)).toEqual(['reported']);
    expect(errorOf(say(report(edition, 'p', ['a', 'c'])).response)).toBe('forbidden');
  });

  it('is refused as overloaded when peers or swarms are full, and nothing changes', () => {
    const { say, stats } = start({ maxPeers: 2, maxSwarms: 2 });
    say(connect(edition, 'p', [join('a')]));
    const full = say(connect(edition, 'q', [join('b', 'SEED'), join('c', 'SEED')]));
    expect(errorOf(full.response)).toBe('overloaded');
    say(connect(edition, 'q', [join('b')]));
    expect(errorOf(say(connect(edition, 'r', [join('a')])).response)).toBe('overloaded');
    // A switch that empties the swarm it leaves needs no more room than before.
    success(say(connect(edition, 'p', [join('c'), leave('a')])).response);
    expect(
      stats()
        .swarms.map(({ id }) => String(id))
        .sort(),
    ).toEqual(['b', 'c']);
    expect(stats().requests.byError).toEqual({ overloaded: 2 });
  });

  it('leaves no trace when a selection policy throws', () => {
    const { say, stats, tracker } = start(
      {},
      {
        name: 'broken',
        select() {
          throw new Error('policy');
        },
      },
    );
    say(connect(edition, 's', [join('a', 'SEED')]));
    expect(() => say(connect(edition, 'p', [join('a')]))).toThrow('policy');
    expect(() => say(connect(edition, 'p', [join('a')]))).toThrow('policy');
    expect(stats()).toMatchObject({ peers: 1, swarms: [{ seeds: 1, leeches: 0 }] });
    expect(kinds(tracker.expire(90_000))).toEqual(['left', 'deregistered expired', 'TERMINATED', 'INIT']);
  });

  it('throws no more dice in a swarm of 5,000 than in one of 50', () => {
    const thrown = [50, 5_000].map((size) => {
      const { say, tracker } = start();
      for (let i = 0; i < size; i++) say(connect(edition, `p${i}`, [join('a', i % 2 ? 'SEED' : 'LEECH')]));
      let count = 0;
      const random = dice(1);
      tracker.handle(
        connect(edition, 'me', [join('a')]),
        at(0, () => (count++, random())),
      );
      return count;
    });
    expect(thrown).toEqual([30, 30]);
  });
});

describe('an invalid request while TRACKING', () => {
  const INVALID: readonly [string, (edition: 'rfc7846' | 'base-1.0') => Request][] = [
    ['CONNECT', (edition) => connect(edition, 'p', [join('b')])],
    ['STAT_REPORT', (edition) => report(edition, 'p', ['b'])],
  ];

  it.each(INVALID)('%s: kept by rfc7846, without a timer reset', (_, request) => {
    const { say, wait, stats, tracker } = start();
    say(connect('rfc7846', 'p', [join('a')]));
    wait(50_000);
    const { response, events } = say(request('rfc7846'));
    expect(errorOf(response)).toBe('forbidden');
    expect(events).toEqual([]);
    expect(stats().peers).toBe(1);
    expect(tracker.expire(90_000)).not.toEqual([]);
  });

  it.each(INVALID)('%s: ends the registration in base-1.0', (_, request) => {
    const { say, stats } = start();
    say(connect('base-1.0', 'p', [join('a')]));
    const { response, events } = say(request('base-1.0'));
    expect(errorOf(response)).toBe('forbidden');
    expect(kinds(events)).toEqual(['left', 'deregistered error', 'TERMINATED', 'INIT']);
    expect(stats()).toMatchObject({ peers: 0, swarms: [] });
  });

  it('is judged by the edition of the request, not of the registration', () => {
    const { say, stats } = start();
    say(connect('base-1.0', 'p', [join('a')]));
    say(connect('rfc7846', 'p', [join('b')]));
    expect(stats().peers).toBe(1);
    say(connect('base-1.0', 'p', [join('b')]));
    expect(stats().peers).toBe(0);
  });
});

describe('FIND', () => {
  it('lists by the mode of the asker in the swarm', () => {
    const { say } = start();
    say(connect('rfc7846', 's', [join('a', 'SEED')]));
    say(connect('rfc7846', 't', [join('a', 'SEED')]));
    say(connect('rfc7846', 'l', [join('a')]));
    const seed = say(find('rfc7846', 's', 'a'));
    expect(listed(seed.response)).toEqual(['l']);
    expect(kinds(seed.events)).toEqual(['listed']);
    const leech = success(say(find('rfc7846', 'l', 'a', { count: 9 })).response);
    expect(listed(leech).sort()).toEqual(['s', 't']);
    expect(leech.results).toEqual([{ swarmId: 'a', ok: true }]);
    expect(leech.publicAddress?.type).toBe('REFLEXIVE');
  });

  it('resets the track timer', () => {
    const { say, wait, stats } = start();
    say(connect('rfc7846', 'p', [join('a')]));
    wait(60_000);
    expect(success(say(find('rfc7846', 'p', 'a')).response).peerLists).toEqual([]);
    wait(60_000);
    success(say(find('rfc7846', 'p', 'a')).response);
    expect(stats().peers).toBe(1);
  });

  it('is forbidden for a swarm not joined and for a stranger', () => {
    const { say, stats } = start();
    say(connect('rfc7846', 'p', [join('a')]));
    say(connect('rfc7846', 'q', [join('b')]));
    expect(errorOf(say(find('rfc7846', 'p', 'b')).response)).toBe('forbidden');
    expect(errorOf(say(find('rfc7846', 'r', 'a')).response)).toBe('forbidden');
    expect(stats().peers).toBe(2);
  });

  it('is no message of base-1.0', () => {
    const { say } = start();
    say(connect('base-1.0', 'p', [join('a')]));
    expect(errorOf(say(find('base-1.0', 'p', 'a')).response)).toBe('bad-request');
  });
});

it('leaves out the public address in rfc7846 when the peer gathered its own, never in base-1.0', () => {
  for (const type of ['REFLEXIVE', 'PROXY'] as const) {
    const { say } = start();
    const addresses = { addresses: [host(1), host(2, type)] };
    const json = say(connect('rfc7846', 'p', [join('a')], addresses));
    expect(success(json.response).publicAddress).toBeUndefined();
    const xml = say(connect('base-1.0', 'q', [join('a')], addresses));
    expect(success(xml.response).publicAddress).toMatchObject({ port: 1, type: 'REFLEXIVE' });
  }
});

it('counts requests by method, edition and error', () => {
  const { say, stats, tracker } = start();
  say(connect('rfc7846', 'p', [join('a')]));
  say(find('rfc7846', 'p', 'a'));
  say(report('base-1.0', 'x'));
  tracker.count({ error: 'bad-request' });
  expect(stats().requests).toEqual({
    total: 4,
    byMethod: { CONNECT: 1, FIND: 1, STAT_REPORT: 1 },
    byEdition: { rfc7846: 2, 'base-1.0': 1 },
    byError: { forbidden: 1, 'bad-request': 1 },
  });
});
