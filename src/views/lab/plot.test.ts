import { expect, test } from 'vitest';
import { HEIGHT, linePlan, MARGIN, spotPlan, WIDTH } from './plot.ts';

test('lines run from edge to edge, and higher values are higher up', () => {
  const { lines, yTicks } = linePlan([
    { name: 'SEED', kind: 'seed', points: [[0, 0] as const, [100, 10] as const] },
  ]);
  expect(lines[0]?.d).toBe(
    `M${MARGIN.left}.0 ${HEIGHT - MARGIN.bottom}.0L${WIDTH - MARGIN.right}.0 ${MARGIN.top}.0`,
  );
  expect(yTicks.map(({ label }) => label)).toEqual(['0', '2', '4', '6', '8', '10']);
});

test('a long run is thinned out, its end kept', () => {
  const points = Array.from({ length: 100_000 }, (_, at) => [at, at] as const);
  const [line] = linePlan([{ name: 'LEECH', kind: 'leech', points }]).lines;
  expect((line?.d.match(/L/g) ?? []).length).toBeLessThan(1600);
  expect(line?.endY).toBeCloseTo(MARGIN.top, 1);
});

test('numbers stand where they belong, words in their order; groups stand beside each other', () => {
  const spot = (x: unknown, mean: number, group = '') => ({ x, mean, halfWidth: 1, group });
  const byNumber = spotPlan([spot(5, 1), spot(10, 2), spot(20, 3)]);
  const [five, ten, twenty] = byNumber.xTicks.map(({ at }) => at);
  expect(((ten ?? 0) - (five ?? 0)) * 2).toBeCloseTo((twenty ?? 0) - (ten ?? 0));
  const byWord = spotPlan([spot('none', 1, 'a'), spot('tit-for-tat', 2, 'a'), spot('none', 2, 'b')]);
  expect(byWord.xTicks.map(({ label }) => label)).toEqual(['none', 'tit-for-tat']);
  const [a, b] = byWord.groups;
  expect(a?.spots[0]?.x).not.toBe(b?.spots[0]?.x);
  for (const { low, y, high } of a?.spots ?? []) expect(low > y && y > high).toBe(true);
});
