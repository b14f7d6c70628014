import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatCompact,
  formatCount,
  formatPercent,
  formatPerSecond,
  formatRate,
  formatSpan,
  formatStamp,
  formatTook,
  hostOf,
  plural,
  shortId,
} from './format.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('times', () => {
  test.each([
    [0, '0:00'],
    [-5, '0:00'],
    [80_400, '1:20'],
    [3_723_000, '1:02:03'],
  ])('clock of %d ms is %s', (ms, text) => expect(formatClock(ms)).toBe(text));

  test.each([
    [80_449, '1:20.4'],
    [999, '0:00.9'],
  ])('stamp of %d ms is %s', (ms, text) => expect(formatStamp(ms)).toBe(text));

  test.each([
    [11_600, '12 s'],
    [192_000, '3 min 12 s'],
    [3_860_000, '1 h 4 min'],
  ])('span of %d ms is %s', (ms, text) => expect(plain(formatSpan(ms))).toBe(text));

  test.each([
    [0.2, '< 1 ms'],
    [4.4, '4 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [1234, '1.2 s'],
  ])('%d ms took %s', (ms, text) => expect(plain(formatTook(ms))).toBe(text));
});

describe('amounts', () => {
  test.each([
    [0, '0 B'],
    [812, '812 B'],
    [999.6, '1.00 kB'],
    [3118, '3.12 kB'],
    [41_500_000, '41.5 MB'],
    [999_900, '1.00 MB'],
    [3e15, '3000 TB'],
  ])('%d bytes are %s', (bytes, text) => expect(plain(formatBytes(bytes))).toBe(text));

  test('at most four figures below the largest unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 9e14, noNaN: true }), (bytes) => {
        expect(plain(formatBytes(bytes))).toMatch(/^\d{1,3}(\.\d{1,2})? (B|kB|MB|GB|TB)$/);
      }),
    );
  });

  test('rates, shares, counts', () => {
    expect(plain(formatRate(412_000))).toBe('412 kB/s');
    expect(plain(formatPercent(0.999))).toBe('99 %');
    expect(plain(formatPercent(1))).toBe('100 %');
    expect(plain(formatPercent(0.29))).toBe('29 %');
    expect(formatCount(1284)).toBe('1,284');
    expect(formatCompact(999_999)).toBe('999,999');
    expect(formatCompact(1_234_567)).toBe('1.235M');
    expect(formatPerSecond(3.14)).toBe('3.1');
    expect(formatPerSecond(0)).toBe('0');
    expect(formatPerSecond(21.4)).toBe('21');
    expect(plural(1, 'peer')).toBe('1 peer');
    expect(plural(1200, 'peer')).toBe('1,200 peers');
  });
});

describe('identifiers', () => {
  test('short ones stay whole, long ones keep both ends', () => {
    expect(shortId('peer-17')).toBe('peer-17');
    expect(shortId('6f2a90817263c41e')).toBe('6f2a…c41e');
    expect(shortId('6f2a9081c41e', 6, 2)).toBe('6f2a90…1e');
  });

  test('never longer than the identifier, never half a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (id) => {
        const short = shortId(id);
        expect(Array.from(short).length).toBeLessThanOrEqual(Math.max(9, 0));
        expect(() => encodeURIComponent(short)).not.toThrow();
      }),
    );
  });

  test('host of a URL', () => {
    expect(hostOf('http://127.0.0.1:7846/announce')).toBe('127.0.0.1:7846');
    expect(hostOf('http://[2001:db8::1]:80/')).toBe('[2001:db8::1]');
    expect(hostOf('nonsense')).toBe('nonsense');
  });
});
