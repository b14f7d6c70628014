import { expect, test } from 'vitest';
import { COLUMNS_AT_FIRST, NARROWEST, withMoved, withShown, withWidth } from './columns.ts';
import { chipsOf, QUERY_AT_FIRST, sortedBy, withEnd, withFindings, withRange, withWord } from './filters.ts';
import { MAX_PINNED, newLog, remainingOf, withPin, type ExchangeRow, type WireLog } from './state.ts';

test('each part of a filter is a chip, and leaving it out leaves the others', () => {
  let filter = withWord({}, 'methods', 'FIND', true);
  filter = withWord(filter, 'methods', 'CONNECT', true);
  filter = withRange(filter, 'took', withEnd({}, 'from', '100'));
  filter = withFindings({ ...filter, direction: 'request' }, true);
  const chips = chipsOf(filter);
  expect(chips.map(({ label, value }) => `${label} ${value}`)).toEqual([
    'method FIND',
    'method CONNECT',
    'latency ≥ 100 ms',
    'findings of request some',
  ]);
  expect(chips[0]?.without).toEqual({
    methods: ['CONNECT'],
    took: { from: 100 },
    findings: true,
    direction: 'request',
  });
});

test('a list that loses its last word, a range without ends: nothing is asked', () => {
  expect(withWord(withWord({}, 'swarms', 'film', true), 'swarms', 'film', false)).toEqual({});
  expect(withRange({ size: { from: 1 } }, 'size', withEnd({ from: 1 }, 'from', ''))).toEqual({});
});

test.each(['-1', 'x', ' ', '1e999'])('%j is no end of a range', (typed) => {
  expect(withEnd({ to: 5 }, 'from', typed)).toEqual({ to: 5 });
});

test('a head is pressed: ascending, descending, as they came', () => {
  const once = sortedBy(QUERY_AT_FIRST, 'took');
  const twice = sortedBy(once, 'took');
  expect(once.sort).toEqual({ column: 'took', descending: false });
  expect(twice.sort).toEqual({ column: 'took', descending: true });
  expect(sortedBy(twice, 'took').sort).toBeUndefined();
  expect(sortedBy(twice, 'status').sort).toEqual({ column: 'status', descending: false });
});

test('columns move, widen and hide, and one stays', () => {
  expect(withMoved(COLUMNS_AT_FIRST, 'time', -1)[0]?.id).toBe('time');
  expect(withMoved(COLUMNS_AT_FIRST, 'number', -1)).toBe(COLUMNS_AT_FIRST);
  expect(withWidth(COLUMNS_AT_FIRST, 'number', 0)[0]?.width).toBe(NARROWEST);
  let columns = COLUMNS_AT_FIRST;
  for (const { id } of COLUMNS_AT_FIRST) columns = withShown(columns, id, false);
  expect(columns.filter(({ shown }) => shown)).toHaveLength(1);
});

test('the rows pinned last stay when there are too many', () => {
  const logWith = (pinned: readonly ExchangeRow[]): WireLog => ({ ...newLog(0, 'Live'), pinned });
  let pinned: readonly ExchangeRow[] = [];
  for (let row = 0; row < MAX_PINNED + 2; row++)
    pinned = withPin(logWith(pinned), { row } as ExchangeRow, true);
  expect(pinned.map(({ row }) => row)).toEqual(Array.from({ length: MAX_PINNED }, (_, at) => at + 2));
  expect(withPin(logWith(pinned), { row: 3 } as ExchangeRow, false)).toHaveLength(MAX_PINNED - 1);
});

test('the time to go is told from the speed so far, once there is one', () => {
  expect(remainingOf(0, 100, 1000)).toBeUndefined();
  expect(remainingOf(10, 100, 100)).toBeUndefined();
  expect(remainingOf(25, 100, 1000)).toBe(3000);
});
