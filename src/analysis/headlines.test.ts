import { expect, it } from 'vitest';
import { headlines } from './headlines.ts';

const names = (measures: Readonly<Record<string, number>>): readonly string[] =>
  headlines({
    measures: Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, { value }])),
  }).map(({ name }) => name);

it('are in one order, whatever the order of the measures, with their units', () => {
  expect(names({ 'uploads.jain': 0.9, 'swarms.b.meanSeeds': 2, 'swarms.a.meanSeeds': 1 })).toEqual([
    'swarms.b.meanSeeds',
    'swarms.a.meanSeeds',
    'uploads.jain',
  ]);
  expect(headlines({ measures: { 'swarms.a.meanSeeds': { value: 1 } } })[0]?.unit).toBe('peers');
});

it('leave out what came to nothing, and what only the whole list has room for', () => {
  expect(
    names({ 'links.failures.nat.share': 0, 'links.failures.dead.share': 0.1, 'uploads.gini': 0.4 }),
  ).toEqual(['links.failures.dead.share']);
});

it('tell behaviours apart where there are two', () => {
  const [regular, sybil] = ['behaviours.regular.listShare', 'behaviours.sybil.listShare'] as const;
  expect(names({ [regular]: 1 })).toEqual([]);
  expect(names({ [regular]: 0.3, [sybil]: 0.7 })).toEqual([regular, sybil]);
});

it('are no more than a screen holds', () => {
  const many = Array.from({ length: 100 }, (_, swarm) => [`swarms.s${swarm}.meanSeeds`, 1] as const);
  expect(names(Object.fromEntries(many))).toHaveLength(40);
});
