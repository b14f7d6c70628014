import { expect, test } from 'vitest';
import { meets, toLevel, toNumber } from './capability.ts';

test.each(['concurrentLinks', 'onlineTime', 'uploadBandwidth'] as const)(
  '%s: every level is the level of its own number, and the levels ascend',
  (kind) => {
    const levels = ['LOW', 'NORMAL', 'HIGH'] as const;
    expect(levels.map((level) => toLevel(kind, toNumber(kind, level)))).toEqual(levels);
    expect(toNumber(kind, 'LOW')).toBeLessThan(toNumber(kind, 'NORMAL'));
    expect(toLevel(kind, toNumber(kind, 'HIGH') - 1)).toBe('NORMAL');
    expect(toLevel(kind, toNumber(kind, 'NORMAL') - 1)).toBe('LOW');
    expect(toNumber(kind, 17)).toBe(17);
  },
);

test('a capability meets what it reaches at least', () => {
  expect(meets('uploadBandwidth', 600, 600)).toBe(true);
  expect(meets('uploadBandwidth', 599, 600)).toBe(false);
  expect(meets('uploadBandwidth', 'HIGH', 'NORMAL')).toBe(true);
  expect(meets('uploadBandwidth', 'NORMAL', 'HIGH')).toBe(false);
  expect(meets('uploadBandwidth', 600, 'NORMAL')).toBe(true);
  expect(meets('onlineTime', 0, 'LOW')).toBe(true);
});
