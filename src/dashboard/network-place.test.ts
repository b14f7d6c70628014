import { expect, test } from 'vitest';
import { goesInward, placeOf } from './network-place.ts';

test.each([
  ['loopback', ['localhost', 'a.localhost', '127.0.0.1', '127.9.9.9', '[::1]']],
  [
    'private',
    ['10.0.0.1', '172.16.0.1', '172.31.9.9', '192.168.0.1', '100.64.0.1', '100.127.0.1', '169.254.1.1'],
  ],
  ['private', ['[fd00::1]', '[fc00::1]', '[fe80::1]', '[febf::1]', 'box.local']],
  [
    'public',
    ['172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '11.0.0.1', '192.169.0.1', '[2001:db8::1]'],
  ],
  // Names, whatever they look like.
  ['public', ['tracker.example', '127.example', '10.0.0.1.example', 'localhost.example', 'fd00.example']],
] as const)('%s: %j', (place, hosts) => {
  expect(hosts.map((host) => [host, placeOf(host)])).toEqual(hosts.map((host) => [host, place]));
});

test('inward is from the open to the protected, and never the other way', () => {
  expect(goesInward('public', 'private')).toBe(true);
  expect(goesInward('public', 'loopback')).toBe(true);
  expect(goesInward('private', 'loopback')).toBe(true);
  expect(goesInward('loopback', 'private')).toBe(false);
  expect(goesInward('private', 'private')).toBe(false);
});
