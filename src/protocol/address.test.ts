import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalAddress, formatIpv6, ipv6Groups, seenAddress, typedAddress } from './address.ts';

describe('IPv4 (RFC 3986 §3.2.2)', () => {
  test.each(['0.0.0.0', '192.0.2.1', '255.255.255.255', '1.20.99.100'])('%s', (text) => {
    expect(canonicalAddress('ipv4', text)).toBe(text);
  });
  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.04',
    ' 1.2.3.4',
    '1.2.3.4\n',
    '1.2.3.-4',
    '1.2.3.',
    '1..3.4',
    '.2.3.4',
    '1.2.3.4.',
    '1.2.3.4a',
    '1.2.3.00',
    '1.2.3.1000',
    '::1',
  ])('refuses %j', (text) => {
    expect(canonicalAddress('ipv4', text)).toBeUndefined();
  });
  test('takes what the grammar takes', () => {
    const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
    const grammar = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
    const part = fc.oneof(
      fc.nat(300).map(String),
      fc.constantFrom('', '0', '00', '01', '.', ' ', 'a', '/', ':'),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 3, maxLength: 5 }), (parts) => {
        const text = parts.join('.');
        expect(canonicalAddress('ipv4', text)).toBe(grammar.test(text) ? text : undefined);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('IPv6 (RFC 4291 §2.2 read, RFC 5952 §4 written)', () => {
  test.each([
    ['2001:db8::2', '2001:db8::2'],
    ['2001:0DB8:0:0:0:0:0:0002', '2001:db8::2'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'], // §4.2.2: one zero group is not shortened
    ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'], // §4.2.3: the longest run
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'], // §4.2.3: the first of equals
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'], // §5
    ['::FFFF:C000:201', '::ffff:192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalAddress('ipv6', text)).toBe(canonical);
  });
  test.each(
    '|:|:::|1::2::3|1:2:3:4:5:6:7|1:2:3:4:5:6:7:8:9|1:2:3:4:5:6:7::8|12345::|g::|fe80::1%eth0|[::1]|::1.2.3|::1.2.3.4:5|1.2.3.4|:1:2:3:4:5:6:7'.split(
      '|',
    ),
  )('refuses %j', (text) => {
    expect(canonicalAddress('ipv6', text)).toBeUndefined();
  });
  test('canonical text is its own canonical text', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const canonical = canonicalAddress('ipv6', text);
        expect(canonical).toBeDefined();
        expect(canonicalAddress('ipv6', canonical ?? '')).toBe(canonical);
      }),
    );
  });
  test('however an address is written, the short way round reads it as the long one does', () => {
    const group = fc.constantFrom('0', '0', '0', '1', 'ffff', 'db8', '', '00', 'A', '12345', 'g', '1.2.3.4');
    const written = fc.array(group, { minLength: 1, maxLength: 9 }).map((groups) => groups.join(':'));
    const value = fc.oneof(fc.constant(0), fc.constantFrom(1, 0xffff), fc.nat(0xffff));
    const canonical = fc.array(value, { minLength: 8, maxLength: 8 }).map(formatIpv6);
    // One run of zeros more or less shortened than it should be.
    const nearly = fc
      .tuple(canonical, fc.constantFrom(':0::', '::0:', '::', ':0:', ':0:0:'))
      .map(([text, run]) => text.replace(/:(?::|0:)+/, run));
    fc.assert(
      fc.property(fc.oneof(written, canonical, nearly), (text) => {
        const groups = ipv6Groups(text);
        expect(canonicalAddress('ipv6', text)).toBe(groups && formatIpv6(groups));
      }),
      { numRuns: 5000 },
    );
  });
  test('agrees with the URL standard, save for the mapped form', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        fc.pre(!/^(0*:)*:?(0+:)*ffff:/i.test(text));
        expect(`[${canonicalAddress('ipv6', text)}]`).toBe(new URL(`http://[${text}]/`).hostname);
      }),
    );
  });
});

test('an address without a type is typed by its form', () => {
  expect(typedAddress('192.0.2.1')).toEqual({ addressType: 'ipv4', address: '192.0.2.1' });
  expect(typedAddress('::1')).toEqual({ addressType: 'ipv6', address: '::1' });
  expect(typedAddress('localhost')).toBeUndefined();
});

test('what a socket reports is brought into a form other peers can use', () => {
  expect(seenAddress('::ffff:192.0.2.1')).toEqual({ addressType: 'ipv4', address: '192.0.2.1' });
  expect(seenAddress('fe80::1%eth0')).toEqual({ addressType: 'ipv6', address: 'fe80::1' });
  expect(seenAddress('192.0.2.1')).toEqual({ addressType: 'ipv4', address: '192.0.2.1' });
  expect(seenAddress('nowhere')).toBeUndefined();
});
