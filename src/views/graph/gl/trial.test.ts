import { expect, it } from 'vitest';
import { isClearlyFaster, trialModel } from './trial.ts';

it('is won by the median, and clearly', () => {
  expect(isClearlyFaster([6, 6, 6], [10, 10, 10])).toBe(true);
  expect(isClearlyFaster([8, 8, 8], [10, 10, 10])).toBe(false);
  expect(isClearlyFaster([43, 41], [16, 17])).toBe(false);
  // One picture that was held up is no verdict, on either side.
  expect(isClearlyFaster([5, 90, 5], [10, 10, 10])).toBe(true);
  expect(isClearlyFaster([9, 9, 9], [10, 90, 10])).toBe(false);
});

it('is held on a scene of one size: its peers within the hull, all links between two of them', () => {
  const { nodes, links } = trialModel();
  expect([nodes.length, links.count]).toEqual([2000, 10_000]);
  expect(Math.max(...nodes.map(({ x, y }) => Math.hypot(x, y)))).toBeLessThan(290);
  for (let i = 0; i < links.count; i++) expect(links.ends[2 * i]).not.toBe(links.ends[2 * i + 1]);
});
