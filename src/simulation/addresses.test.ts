import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalAddress } from '../protocol/address.ts';
import { addressesOf, asnOf, endpointOf, MAX_WORKERS, peerAt, preferred, workerOf } from './addresses.ts';
import { stream } from './random.ts';
import { HANDLES_PER_WORKER } from './report.ts';

const worker = fc.integer({ min: 0, max: MAX_WORKERS - 1 });
const serial = fc.integer({ min: 0, max: 2 ** 26 - 1 });

test('every address lies in the ranges for tests and documentation, is canonical, and leads back to its worker', () => {
  fc.assert(
    fc.property(worker, serial, fc.nat(), (home, number, seed) => {
      const addresses = addressesOf(home, number, stream(seed, 'test'));
      for (const address of addresses) {
        expect(address.address).toMatch(/^(198\.1[89]\.|2001:db8:)/);
        expect(canonicalAddress(address.addressType, address.address)).toBe(address.address);
        expect(address.port).toBeGreaterThan(1023);
        expect(address.port).toBeLessThan(65_536);
        expect(workerOf(endpointOf(address))).toBe(home);
        expect(peerAt(endpointOf(address))).toBe(home * HANDLES_PER_WORKER + number);
      }
      const best = preferred(addresses);
      expect(asnOf(addresses)).toBe(Number(best?.asn));
      expect(best?.priority).toBe(Math.max(...addresses.map(({ priority }) => priority)));
    }),
    {
      examples: [
        [0, 0xffff, 0],
        [0, 2 ** 26 - 1, 0],
      ],
    },
  );
});

test('no two peers of a run share an endpoint', () => {
  const seen = new Set<string>();
  for (const home of [0, 1, 63])
    for (let number = 0; number < 20_000; number++) {
      const [first] = addressesOf(home, number, () => 0.9);
      if (first !== undefined) seen.add(endpointOf(first));
    }
  expect(seen.size).toBe(60_000);
});

test.each([
  '192.0.2.1:80',
  '198.51.100.1:6881',
  '[2001:db8:ffff::1]:1',
  '[2001:db9:1:1::1]:1',
  '198.20.0.1:1',
  '',
])('%s is nobody simulated here', (endpoint) => {
  expect(workerOf(endpoint)).toBeUndefined();
});

test('an endpoint that no peer can have leads to nobody', () => {
  for (const endpoint of [
    '192.0.2.1:6881',
    '198.18.0.0:6881',
    '198.18.0.255:6881',
    '198.18.999.1:6881',
    '198.18.0.1:6880',
    '198.19.255.254:65535',
    '[2001:db8:ff:1::1]:6881',
    '[2001:db8:0:0::1]:6881',
    '[2001:db8:0:ffff::1]:6881',
    'nowhere',
  ])
    expect(peerAt(endpoint)).toBeUndefined();
});

test('an ASN is a number of 32 bits, or none', () => {
  const [first] = addressesOf(0, 0, () => 0.9);
  if (first === undefined) throw new Error('no address');
  const saying = (asn: string): number => asnOf([{ ...first, asn }]);
  expect(saying('64500')).toBe(64_500);
  expect([saying('AS1'), saying('-1'), saying('4294967296'), saying('1.5'), asnOf([])]).toEqual([
    0, 0, 0, 0, 0,
  ]);
});
