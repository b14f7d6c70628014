import { expect, test } from 'vitest';
import { scrollTo, windowOf } from './useWindow.ts';

const metrics = { columns: 80, rowHeight: 20, height: 200 };

test('of a million rows only those near what is in sight are drawn', () => {
  const { first, end } = windowOf(10_000_000, metrics, 1_000_000);
  expect(first).toBeLessThanOrEqual(500_000);
  expect(end).toBeGreaterThanOrEqual(500_010);
  expect(end - first).toBeLessThan(50);
  expect(windowOf(0, metrics, 3)).toEqual({ first: 0, end: 3 });
});

test('what is marked is scrolled to only where it is out of sight', () => {
  expect(scrollTo({ first: 2, last: 3 }, 0, metrics)).toBeUndefined();
  // Larger than the pane: its beginning is enough.
  expect(scrollTo({ first: 2, last: 50 }, 0, metrics)).toBeUndefined();
  expect(scrollTo({ first: 100, last: 101 }, 0, metrics)).toBe(1960);
  expect(scrollTo({ first: 0, last: 0 }, 500, metrics)).toBe(0);
});
