import { describe, expect, it } from 'vitest';
import { EDITIONS } from '../protocol/message.ts';
import type { Request } from '../protocol/message.ts';
import { errorOf, host, kinds, listed, startTracker, success } from './testing-core.ts';
import { connect, entering, find, join, report } from './testing.ts';

describe('an invalid request while TRACKING', () => {
  const INVALID: readonly [string, (edition: 'rfc7846' | 'base-1.0') => Request][] = [
    ['CONNECT', (edition) => connect(edition, 'p', [join('b')])],
    ['STAT_REPORT', (edition) => report(edition, 'p', ['b'])],
  ];

  it.each(INVALID)('%s: kept by rfc7846, without a timer reset', (_, request) => {
    const { say, wait, stats, tracker } = startTracker();
    say(connect('rfc7846', 'p', [join('a')]));
    wait(50_000);
    const { response, events } = say(request('rfc7846'));
    expect(errorOf(response)).toBe('forbidden');
    expect(events).toEqual([]);
    expect(stats().peers).toBe(1);
    expect(tracker.expire(90_000)).not.toEqual([]);
  });

  it.each(INVALID)('%s: ends the registration in base-1.0', (_, request) => {
    const { say, stats } = startTracker();
    say(connect('base-1.0', 'p', [join('a')]));
    const { response, events } = say(request('base-1.0'));
    expect(errorOf(response)).toBe('forbidden');
    expect(kinds(events)).toEqual(['left', 'deregistered error', 'TERMINATED', 'INIT']);
    expect(stats()).toMatchObject({ peers: 0, swarms: [] });
  });

  it('is judged by the edition of the request, not of the registration', () => {
    const { say, stats } = startTracker();
    say(connect('base-1.0', 'p', [join('a')]));
    say(connect('rfc7846', 'p', [join('b')]));
    expect(stats().peers).toBe(1);
    say(connect('base-1.0', 'p', [join('b')]));
    expect(stats().peers).toBe(0);
  });
});

describe('FIND', () => {
  it('lists by the mode of the asker in the swarm', () => {
    const { say } = startTracker();
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
    const { say, wait, stats } = startTracker();
    say(connect('rfc7846', 'p', [join('a')]));
    wait(60_000);
    expect(success(say(find('rfc7846', 'p', 'a')).response).peerLists).toEqual([]);
    wait(60_000);
    success(say(find('rfc7846', 'p', 'a')).response);
    expect(stats().peers).toBe(1);
  });

  it('is forbidden for a swarm not joined and for a stranger', () => {
    const { say, stats } = startTracker();
    say(connect('rfc7846', 'p', [join('a')]));
    say(connect('rfc7846', 'q', [join('b')]));
    expect(errorOf(say(find('rfc7846', 'p', 'b')).response)).toBe('forbidden');
    expect(errorOf(say(find('rfc7846', 'r', 'a')).response)).toBe('forbidden');
    expect(stats().peers).toBe(2);
  });

  it('is no message of base-1.0', () => {
    const { say } = startTracker();
    say(connect('base-1.0', 'p', [join('a')]));
    expect(errorOf(say(find('base-1.0', 'p', 'a')).response)).toBe('bad-request');
  });
});

it('leaves out the public address in rfc7846 when the peer gathered its own, never in base-1.0', () => {
  for (const type of ['REFLEXIVE', 'PROXY'] as const) {
    const { say } = startTracker();
    const addresses = { addresses: [host(1), host(2, type)] };
    const json = say(connect('rfc7846', 'p', [join('a')], addresses));
    expect(success(json.response).publicAddress).toBeUndefined();
    const xml = say(connect('base-1.0', 'q', [join('a')], addresses));
    expect(success(xml.response).publicAddress).toMatchObject({ port: 1, type: 'REFLEXIVE' });
  }
});

describe('a tracker that does not work STUN-like', () => {
  it('tells a peer its address as the drafts demand, but as no candidate, and in the other editions not at all', () => {
    const { say } = startTracker({ reflexive: false });
    const told = EDITIONS.map((edition) => {
      const [first] = entering(edition, edition, 'a');
      return first && success(say(first).response).publicAddress?.type;
    });
    expect(told).toEqual([undefined, 'HOST', 'HOST', undefined]);
  });

  it('hands out whoever declared nothing where it was seen, as no candidate', () => {
    const { say } = startTracker({ reflexive: false });
    say(connect('rfc7846', 'p', [join('a')]));
    const [list] = success(say(connect('rfc7846', 'q', [join('a')])).response).peerLists;
    expect(list?.peers[0]?.addresses).toMatchObject([{ port: 40_000, type: 'HOST' }]);
  });
});

it('tells a peer of gu-04 its REFLEXIVE address after CONNECT only', () => {
  const { say } = startTracker();
  const told = entering('gu-04', 'p', 'a').map(
    (request) => success(say(request).response).publicAddress?.type,
  );
  expect(told).toEqual(['REFLEXIVE', undefined]);
});

it('counts requests by method, edition and error', () => {
  const { say, stats, tracker } = startTracker();
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
