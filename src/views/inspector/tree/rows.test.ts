import { expect, test } from 'vitest';
import type { ExplainedNode } from '../../../dashboard/explanations.ts';
import { openAtFirst, rowsOf, step } from './rows.ts';

const node = (
  name: string,
  children: readonly ExplainedNode[] = [],
  verdict: ExplainedNode['verdict'] = 'ok',
): ExplainedNode => ({
  path: name,
  name,
  kind: children.length > 0 ? 'object' : 'member',
  bytes: { start: 0, end: 0 },
  verdict,
  section: '§1',
  meaning: 'Something.',
  children,
});

const tree = node('a', [node('b', [node('c'), node('d')]), node('e')]);
const names = (root: ExplainedNode, open: ReadonlySet<string>): string[] =>
  rowsOf(root, open).map((row) => row.node.name);

test('a small message is open as a whole', () => {
  expect(names(tree, openAtFirst(tree))).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a large one is open at its top, and where there is something to find', () => {
  const deep = (name: string, leaf: ExplainedNode): ExplainedNode =>
    node(name, [node(`${name}1`, [node(`${name}2`, [leaf])])]);
  const many = Array.from({ length: 60 }, (_, index) => deep(`x${index}`, node(`leaf${index}`)));
  const root = node('root', [...many, deep('y', node('fault', [], 'departs'))]);
  const shown = names(root, openAtFirst(root));
  expect(shown).toContain('x01');
  expect(shown).toContain('fault');
  expect(shown).not.toContain('leaf0');
});

test('rows know their level and place', () => {
  expect(
    rowsOf(tree, openAtFirst(tree)).map(({ key, level, place, siblings }) => [key, level, place, siblings]),
  ).toEqual([
    ['0', 1, 1, 1],
    ['0.0', 2, 1, 2],
    ['0.0.0', 3, 1, 2],
    ['0.0.1', 3, 2, 2],
    ['0.1', 2, 2, 2],
  ]);
});

test('keys move through the tree, open it and close it', () => {
  const rows = rowsOf(tree, openAtFirst(tree));
  expect(step(rows, '0', 'ArrowDown')).toEqual({ active: '0.0' });
  expect(step(rows, '0', 'ArrowUp')).toEqual({ active: '0' });
  expect(step(rows, '0', 'End')).toEqual({ active: '0.1' });
  expect(step(rows, '0.1', 'Home')).toEqual({ active: '0' });
  expect(step(rows, '0.0', 'ArrowRight')).toEqual({ active: '0.0.0' });
  expect(step(rows, '0.0', 'ArrowLeft')).toEqual({ active: '0.0', toggle: '0.0' });
  expect(step(rows, '0.0.1', 'ArrowLeft')).toEqual({ active: '0.0' });
  expect(step(rows, '0.0.1', 'ArrowRight')).toBeUndefined();
  expect(step(rows, '0.0', 'Enter')).toEqual({ active: '0.0', toggle: '0.0' });
  expect(step(rows, '0.0', 'x')).toBeUndefined();
  const closed = rowsOf(tree, new Set(['0']));
  expect(step(closed, '0.0', 'ArrowRight')).toEqual({ active: '0.0', toggle: '0.0' });
});
