import { describe, expect, it } from 'vitest';
import { asTransactionId } from '../protocol/ids.ts';
import { errorOf, host, kinds, listed, startTracker, success } from './testing-core.ts';
import { at, CONNECTING, connect, dice, join, leave, report } from './testing.ts';

describe.each(CONNECTING)('a peer of %s', (edition) => {
  it('registers, is listed, and leaves: events in their order', () => {
    const { say, stats } = startTracker();
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
    const { say } = startTracker();
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
    const { say } = startTracker();
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
    const { say } = startTracker();
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
    const { say, stats } = startTracker();
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
    const { say, stats } = startTracker();
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
    const { say } = startTracker();
    const remote = { address: '::ffff:203.0.113.9', port: 5 };
    const seen = { addressType: 'ipv4', address: '203.0.113.9', priority: 0, type: 'REFLEXIVE' };
    const bare = say(connect(edition, 'p', [join('a')]), remote);
    expect(success(bare.response).publicAddress).toEqual({ ...seen, port: 5 });
    const declared = { addresses: [host(1), host(2, 'HOST', 9), host(3, 'HOST', 9)] };
    const told = say(connect(edition, 'q', [join('a')], declared), remote);
    expect(success(told.response).publicAddress).toEqual({ ...seen, port: 2 });
  });

  it('is handed out as declared, or as seen when it declared nothing', () => {
    const { say } = startTracker();
    say(connect(edition, 'p', [join('a')]), { address: '2001:db8::1', port: 77 });
    const [list] = success(say(connect(edition, 'q', [join('a')])).response).peerLists;
    expect(list?.peers).toEqual([
      {
        peerId: 'p',
        mode: 'LEECH',
        addresses: [
          { addressType: 'ipv6', address: '2001:db8::1', port: 77, priority: 0, type: 'REFLEXIVE' },
        ],
      },
    ]);
  });

  it('is handed out where it was seen last', () => {
    const { say } = startTracker();
    say(connect(edition, 'p', [join('a')]));
    say(report(edition, 'p'), { address: '203.0.113.5', port: 9 });
    const [list] = success(say(connect(edition, 'q', [join('a')])).response).peerLists;
    expect(list?.peers[0]?.addresses).toMatchObject([{ address: '203.0.113.5', port: 9 }]);
  });

  it('keeps its addresses over a CONNECT that declares none', () => {
    const { say } = startTracker();
    say(connect(edition, 'p', [join('a')], { addresses: [host(1)] }));
    say(connect(edition, 'p', [join('b'), leave('a')]));
    const [list] = success(say(connect(edition, 'q', [join('b')])).response).peerLists;
    expect(list?.peers[0]?.addresses).toEqual([host(1)]);
  });

  it('expires exactly at the track timer, out of every swarm', () => {
    const { say, wait, tracker, stats } = startTracker();
    say(connect(edition, 'p', [join('a', 'SEED'), join('b', 'SEED')]));
    expect(tracker.expire(89_999)).toEqual([]);
    wait(90_000);
    const { response, events } = say(report(edition, 'p'));
    expect(errorOf(response)).toBe('forbidden');
    expect(kinds(events)).toEqual(['left', 'left', 'deregistered expired', 'TERMINATED', 'INIT']);
    expect(stats()).toMatchObject({ peers: 0, swarms: [], uptime: 90 });
  });

  it('resets the timer by keep-alive, report and CONNECT', () => {
    const { say, wait, stats } = startTracker();
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
    const { say } = startTracker();
    say(connect(edition, 'p', [join('a', 'SEED'), join('b', 'SEED')]));
    const { response, events } = say(report(edition, 'p', ['a', 'b', 'a'], { uploadedBytes: 1n }));
    expect(success(response).results).toEqual([
      { swarmId: 'a', ok: true },
      { swarmId: 'b', ok: true },
    ]);
    expect(kinds(events)).toEqual(['reported']);
    expect(errorOf(say(report(edition, 'p', ['a', 'c'])).response)).toBe('forbidden');
  });

  it('is forbidden beyond so many swarms of one peer, and nothing changes', () => {
    const { say, stats } = startTracker({ maxJoined: 2 });
    const swarms = ['a', 'b', 'c'].map((id) => join(id, 'SEED'));
    expect(errorOf(say(connect(edition, 'p', swarms)).response)).toBe('forbidden');
    expect(stats()).toMatchObject({ peers: 0, swarms: [] });
    expect(errorOf(say(connect(edition, 'p', swarms.slice(1))).response)).toBeUndefined();
  });

  it('is refused as overloaded when peers or swarms are full, and nothing changes', () => {
    const { say, stats } = startTracker({ maxPeers: 2, maxSwarms: 2 });
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
    const { say, stats, tracker } = startTracker(
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
      const { say, tracker } = startTracker();
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
