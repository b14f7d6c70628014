import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  extentOf,
  isAdrift,
  isAtEnd,
  lastTop,
  positionAt,
  rowAfter,
  rowsInSight,
  scrolledTo,
  TALLEST,
  topShowing,
  type Geometry,
} from './layout.ts';

const million: Geometry = { rows: 1_000_000, rowHeight: 28, viewport: 600 };
const few: Geometry = { rows: 100, rowHeight: 28, viewport: 600 };
const geometry = fc.record({
  rows: fc.nat(8_000_000),
  rowHeight: fc.integer({ min: 20, max: 80 }),
  viewport: fc.integer({ min: 100, max: 2000 }),
});

test('no element is taller than browsers can have, and few rows have their own height', () => {
  expect(extentOf(million)).toBe(TALLEST);
  expect(extentOf(few)).toBe(2800);
});

test('a few rows scroll pixel by pixel', () => {
  expect(scrolledTo(few, { scrollTop: 0, top: 0 }, 1234)).toEqual({ scrollTop: 1234, top: 1234 });
});

test('in a million rows a turn of the wheel moves as far as in a few', () => {
  const before = positionAt(million, 5_000_000);
  const after = scrolledTo(million, before, before.scrollTop + 100);
  expect(after.top - before.top).toBe(100);
});

test('a drag of the thumb to its end shows the last row, to the middle the middle', () => {
  const start = positionAt(million, 0);
  const end = scrolledTo(million, start, TALLEST - million.viewport);
  expect(isAtEnd(million, end)).toBe(true);
  expect(rowsInSight(million, end.top).end).toBe(1_000_000);
  const middle = scrolledTo(million, start, (TALLEST - million.viewport) / 2);
  expect(middle.top).toBeCloseTo(lastTop(million) / 2, 0);
});

test('small steps all the way reach either end, once the scrollbar is put right', () => {
  const tall: Geometry = { rows: 300_000, rowHeight: 40, viewport: 500 };
  let position = positionAt(tall, 0);
  for (let step = 0; step < 60_000 && !isAtEnd(tall, position); step++) {
    position = scrolledTo(tall, position, Math.min(TALLEST - 500, position.scrollTop + 400));
    if (isAdrift(tall, position)) position = positionAt(tall, position.top);
  }
  expect(isAtEnd(tall, position)).toBe(true);
  expect(isAdrift(tall, position)).toBe(false);
});

test('what is put right is not adrift, and shows what it was asked to show', () => {
  fc.assert(
    fc.property(geometry, fc.nat(), (any, pixel) => {
      const position = positionAt(any, pixel);
      expect(isAdrift(any, position)).toBe(false);
      expect(position.top).toBe(Math.min(pixel, lastTop(any)));
      expect(position.scrollTop).toBeLessThanOrEqual(Math.max(0, extentOf(any) - any.viewport) + 1);
    }),
  );
});

test('the rows drawn cover the viewport and are no more than that and a few beside', () => {
  fc.assert(
    fc.property(geometry, fc.nat(), (any, pixel) => {
      const { top } = positionAt(any, pixel);
      const { first, end } = rowsInSight(any, top);
      expect(first * any.rowHeight).toBeLessThanOrEqual(top);
      expect(end * any.rowHeight).toBeGreaterThanOrEqual(
        Math.min(top + any.viewport, any.rows * any.rowHeight),
      );
      expect(end - first).toBeLessThanOrEqual(any.viewport / any.rowHeight + 14);
    }),
  );
});

test('the row in hand is brought into sight and no further', () => {
  expect(topShowing(few, 0, 5)).toBe(0);
  expect(topShowing(few, 280, 5)).toBe(140);
  expect(topShowing(few, 0, 50)).toBe(51 * 28 - 600);
});

test('keys move the row in hand within the rows', () => {
  expect(rowAfter('ArrowDown', 99, few)).toBe(99);
  expect(rowAfter('ArrowUp', 3, few)).toBe(2);
  expect(rowAfter('PageDown', 0, few)).toBe(20);
  expect(rowAfter('End', 0, few)).toBe(99);
  expect(rowAfter('Home', 50, few)).toBe(0);
  expect(rowAfter('x', 50, few)).toBeUndefined();
  expect(rowAfter('End', 0, { ...few, rows: 0 })).toBeUndefined();
});
