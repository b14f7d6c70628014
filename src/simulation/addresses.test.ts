import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalAddress } from '../protocol/address.ts';
import { addressesOf, endpointOf, MAX_WORKERS, preferred, workerOf } from './addresses.ts';
import { stream } from './random.ts';

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
      }
      const best = preferred(addresses);
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
