import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatInstant, LAST_INSTANT, parseInstant } from './instant.ts';

const FIRST = Date.UTC(2000, 0, 1) - 2000 * 365.2425 * 86_400_000;
const milliseconds = fc.integer({ min: Math.ceil(FIRST) + 86_400_000, max: LAST_INSTANT });

test('says what Date says', () => {
  fc.assert(
    fc.property(milliseconds, (time) => {
      expect(formatInstant(time)).toBe(new Date(time).toISOString());
      expect(parseInstant(new Date(time).toISOString())).toBe(time);
    }),
  );
});

test('keeps microseconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e15 }), (micros) => {
      expect(parseInstant(formatInstant(micros / 1000))).toBe(micros / 1000);
    }),
  );
  expect(formatInstant(1_795_306_865_125.0625)).toBe('2026-11-22T00:21:05.125063Z');
});

test('zones, and forms with less in them', () => {
  expect(parseInstant('2026-11-22T02:51:05+02:30')).toBe(Date.UTC(2026, 10, 22, 0, 21, 5));
  expect(parseInstant('2026-11-21t19:21-0500')).toBe(Date.UTC(2026, 10, 22, 0, 21));
  expect(parseInstant('2026-11-22T00:21:05,5z')).toBe(Date.UTC(2026, 10, 22, 0, 21, 5, 500));
});

test.each([
  '2026-11-22',
  '2026-11-22T00:21:05',
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '1669076465',
  '',
])('%s is no instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});
