import { expect, test } from 'vitest';
import { stateEdges, wentAlong } from './peer-states.ts';

const named = (edges: ReturnType<typeof stateEdges>) =>
  edges.map(({ from, to }) => `${from} > ${to}`).toSorted();

test('the ways of the machine are those that the edition has, each once', () => {
  expect(named(stateEdges('rfc7846'))).toEqual([
    'PEER REGISTERED > TERMINATE',
    'PEER REGISTERED > TRACKING',
    'START > PEER REGISTERED',
    'START > TERMINATE',
    'TRACKING > TERMINATE',
    'TRACKING > TRACKING',
  ]);
  // There CONNECT alone leaves a peer registered and in no swarm.
  expect(named(stateEdges('gu-04'))).toContain('PEER REGISTERED > PEER REGISTERED');
});

test('the latest transition is drawn along the ways that the tracker went', () => {
  const along = (from: 'START' | 'TRACKING', to: 'START' | 'TRACKING' | 'TERMINATE') =>
    named(stateEdges('rfc7846').filter((edge) => wentAlong(edge, { from, to, by: 'CONNECT', at: 0 })));
  expect(along('START', 'TRACKING')).toEqual(['PEER REGISTERED > TRACKING', 'START > PEER REGISTERED']);
  expect(along('TRACKING', 'TRACKING')).toEqual(['TRACKING > TRACKING']);
  expect(along('TRACKING', 'START')).toEqual(['TRACKING > TERMINATE']);
  expect(stateEdges('rfc7846').some((edge) => wentAlong(edge, undefined))).toBe(false);
});
