import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVENTFUL, scenarioOf } from '../../testing/eventful.ts';
import { endpointOf } from '../addresses.ts';
import { Directory } from './directory.ts';
import { ipv4Of, ipv6Of, peerAt, PeerIds } from './homes.ts';
import { scriptOf } from './script.ts';

const peer = fc.integer({ min: 0, max: 2 ** 32 - 2 });

test('an address leads back to who lives there, and to nobody else', () => {
  fc.assert(
    fc.property(peer, (peer) => {
      const { address, port } = ipv4Of(peer);
      expect(port).toBeLessThan(65_536);
      expect(peerAt(endpointOf({ addressType: 'ipv4', address, port, priority: 1, type: 'HOST' }))).toBe(
        peer,
      );
      const v6 = endpointOf({
        addressType: 'ipv6',
        address: ipv6Of(peer % 2 ** 31),
        port,
        priority: 1,
        type: 'HOST',
      });
      expect(peerAt(v6)).toBe(peer % 2 ** 31);
    }),
  );
  for (const stranger of ['127.0.0.1:80', '[::1]:80', 'nonsense', '198.20.0.1:6881'])
    expect(peerAt(stranger)).toBeUndefined();
});

test('so does a peer ID, in the run that gave it', () => {
  const directory = new Directory(scriptOf(scenarioOf(EVENTFUL)));
  const last = directory.viewers * directory.lives - 1;
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: last }), (seed, peer) => {
      const ids = new PeerIds(seed, directory);
      expect(ids.of(peer)).toMatch(/^[0-9a-f]{40}$/);
      expect(ids.peerOf(ids.of(peer))).toBe(peer);
      for (const stranger of ['', 'flood-12', 'f'.repeat(40), 'x'.repeat(40)])
        expect(ids.peerOf(stranger)).toBeUndefined();
    }),
  );
  const ids = new PeerIds(7, directory);
  const some = Array.from({ length: 20 * directory.viewers }, (_, peer) => ids.of(peer));
  expect(new Set(some).size).toBe(some.length);
});
