import { describe, expect, it } from 'vitest';
import { asPeerId } from '../protocol/ids.ts';
import type { PeerAddress, PeerNum } from '../protocol/message.ts';
import type { PeerView } from './registration.ts';
import { matches, OVERSAMPLE } from './selection.ts';
import type { Wish } from './selection.ts';
import { at, connect, dice, join, report } from './testing.ts';
import { createTracker } from './tracker.ts';

const address = (type: PeerAddress['type'], text = '192.0.2.1'): PeerAddress => ({
  addressType: 'ipv4',
  address: text,
  port: 1,
  priority: 0,
  type,
});

const peer = (more: Partial<PeerView> = {}): PeerView => ({
  peerId: asPeerId('p'),
  declared: [],
  remote: { address: '203.0.113.1', port: 1 },
  connectedAt: 0,
  availableBandwidth: undefined,
  concurrentLinks: undefined,
  peerNum: undefined,
  properties: new Map(),
  serial: 0,
  ...more,
});

describe('matches: at least the level wanted', () => {
  it.each<{ wanted: Omit<Wish, 'count'>; peer: Partial<PeerView>; now?: number; expected: boolean }>([
    { wanted: {}, peer: {}, expected: true },
    { wanted: { concurrentLinks: 5 }, peer: { concurrentLinks: 5 }, expected: true },
    { wanted: { concurrentLinks: 5 }, peer: { concurrentLinks: 4 }, expected: false },
    { wanted: { concurrentLinks: 5 }, peer: {}, expected: false },
    { wanted: { concurrentLinks: 'HIGH' }, peer: { concurrentLinks: 1_000 }, expected: true },
    { wanted: { concurrentLinks: 'HIGH' }, peer: { concurrentLinks: 1 }, expected: false },
    { wanted: { onlineTime: 60 }, peer: {}, now: 60_000, expected: true },
    { wanted: { onlineTime: 60 }, peer: {}, now: 59_999, expected: false },
    { wanted: { uploadBandwidth: 1_000 }, peer: { availableBandwidth: 1_000_000 }, expected: true },
    { wanted: { uploadBandwidth: 1_000 }, peer: { availableBandwidth: 999_999 }, expected: false },
    { wanted: { abilityNat: 'TURN' }, peer: {}, expected: false },
    { wanted: { abilityNat: 'TURN' }, peer: { declared: [address('PROXY')] }, expected: true },
    { wanted: { abilityNat: 'STUN' }, peer: { declared: [address('PROXY')] }, expected: false },
    {
      wanted: { abilityNat: 'STUN' },
      peer: { declared: [address('HOST'), address('REFLEXIVE')] },
      expected: true,
    },
    { wanted: { abilityNat: 'NO_NAT' }, peer: { declared: [address('HOST')] }, expected: false },
    {
      wanted: { abilityNat: 'NO_NAT' },
      peer: { declared: [address('HOST', '203.0.113.1')] },
      expected: true,
    },
    {
      wanted: { properties: [{ name: 'STUN', value: 'true' }] },
      peer: { properties: new Map([['STUN', 'true']]) },
      expected: true,
    },
    {
      wanted: { properties: [{ name: 'STUN', value: 'true' }] },
      peer: { properties: new Map([['STUN', 'false']]) },
      expected: false,
    },
    {
      wanted: { concurrentLinks: 1, uploadBandwidth: 1 },
      peer: { concurrentLinks: 1 },
      expected: false,
    },
  ])('$wanted by $peer: $expected', ({ wanted, peer: more, now = 0, expected }) => {
    expect(matches({ count: 1, ...wanted }, peer(more), now)).toBe(expected);
  });
});

describe('the default policy', () => {
  /** `fast` peers report 10 Mbit/s, `slow` ones nothing. */
  const swarm = (fast: number, slow: number) => {
    const tracker = createTracker({}, 0);
    for (let i = 0; i < fast + slow; i++) {
      const name = i < fast ? `fast${i}` : `slow${i}`;
      tracker.handle(connect('rfc7846', name, [join('a')]), at(0));
      if (i < fast) tracker.handle(report('rfc7846', name, ['a'], { availableBandwidth: 10_000_000 }), at(0));
    }
    const ask = (peerNum: PeerNum, random = dice(11)) => {
      const { response } = tracker.handle(connect('rfc7846', 'me', [join('a')], { peerNum }), at(0, random));
      if (response.outcome !== 'success') throw new Error('refused');
      return response.peerLists.flatMap(({ peers }) => peers.map(({ peerId }) => String(peerId)));
    };
    return ask;
  };

  it('prefers matching peers and fills up with others', () => {
    const list = swarm(3, 20)({ count: 8, uploadBandwidth: 'HIGH' });
    expect(list).toHaveLength(8);
    expect(list.slice(0, 3).sort()).toEqual(['fast0', 'fast1', 'fast2']);
    expect(new Set(list).size).toBe(8);
  });

  it('is not bent by a mere count', () => {
    const ask = swarm(5, 45);
    const random = dice(5);
    let fast = 0;
    for (let i = 0; i < 2_000; i++)
      fast += ask({ count: 5 }, random).filter((name) => name.startsWith('fast')).length;
    // One in ten of 10,000, standard deviation 30 at most.
    expect(Math.abs(fast - 1_000)).toBeLessThan(150);
  });

  it('looks at a bounded number of peers, whatever the size of the swarm', () => {
    for (const size of [200, 5_000]) {
      let thrown = 0;
      const random = dice(2);
      swarm(0, size)({ count: 10, onlineTime: 'HIGH' }, () => (thrown++, random()));
      expect(thrown).toBe(10 * OVERSAMPLE);
    }
  });
});

it('takes another policy, which is held to the bounds all the same', () => {
  const tracker = createTracker({}, 0, {
    name: 'everyone',
    select: (_, pool) => pool.draw(pool.available),
  });
  for (let i = 0; i < 50; i++) tracker.handle(connect('rfc7846', `p${i}`, [join('a')]), at(0));
  const { response } = tracker.handle(connect('rfc7846', 'me', [join('a')]), at(0));
  expect(response.outcome === 'success' && response.peerLists[0]?.peers.length).toBe(30);
});
