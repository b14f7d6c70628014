import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EDITIONS, PEER_TRANSITIONS } from '../../dashboard/state-flows.ts';
import { stateLayout, type Layout } from './layout.ts';
import { arrowOf, breadthOf, cutTo, type Box, type Point } from './shapes.ts';

const rowsOf = (edition: (typeof EDITIONS)[number] | undefined) =>
  PEER_TRANSITIONS.map((row, index) => ({ ...row, index })).filter(
    ({ sections }) => edition === undefined || sections[edition] !== undefined,
  );

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01;

/** All lines are level or upright: each as a box as broad as the arrow may become. */
function segments(way: readonly Point[], breadth: number): Box[] {
  return way.slice(1).map((to, place) => {
    const from = way[place] ?? to;
    const half = breadth / 2;
    const x = Math.min(from.x, to.x);
    const y = Math.min(from.y, to.y);
    const level = from.y === to.y;
    return {
      x: x - (level ? 0 : half),
      y: y - (level ? half : 0),
      width: level ? Math.abs(to.x - from.x) : breadth,
      height: level ? breadth : Math.abs(to.y - from.y),
    };
  });
}

/** What lies over what, or out of the drawing. */
function troubles({ width, height, tracker, states, edges, broadest }: Layout): string[] {
  const found: string[] = [];
  const words = edges.flatMap(({ key, head, rows }) =>
    [head, ...rows].map((box, place) => [`${key} ${place}`, box] as const),
  );
  const boxes: (readonly [string, Box])[] = [
    ...Object.entries(states),
    ...words,
    ...Object.entries(tracker.states),
    ...tracker.edges.flatMap((edge) =>
      edge.words === undefined ? [] : [[`to ${edge.to}`, edge.words] as const],
    ),
  ];
  for (const [place, [name, box]] of boxes.entries()) {
    const out =
      box.x < 0 || box.y < 0 || box.x + box.width > width + 0.01 || box.y + box.height > height + 0.01;
    if (out) found.push(`${name} is out of the drawing`);
    for (const [other, another] of boxes.slice(place + 1))
      if (overlap(box, another)) found.push(`${name} over ${other}`);
  }
  const ways: (readonly [string, Box[]])[] = [
    ...edges.map(({ key, way }) => [key, segments(way, broadest)] as const),
    ...tracker.edges.map(({ to, way }) => [`to ${to}`, segments(way, 3)] as const),
    ['link', segments(tracker.link, 3)],
  ];
  for (const [place, [key, own]] of ways.entries())
    for (const part of own) {
      for (const [name, box] of words) if (overlap(part, box)) found.push(`${key} through ${name}`);
      for (const [other, parts] of ways.slice(place + 1))
        if (parts.some((one) => overlap(part, one))) found.push(`${key} through ${other}`);
    }
  return found;
}

const someWidth = fc.integer({ min: 280, max: 2600 });

test('at every width and in every edition nothing lies over anything else, words least of all', () => {
  fc.assert(
    fc.property(someWidth, fc.constantFrom(undefined, ...EDITIONS), (width, edition) => {
      expect(troubles(stateLayout(width, rowsOf(edition)))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('every row of the table has its place, every arrow ends at the state it leads to', () => {
  fc.assert(
    fc.property(someWidth, fc.constantFrom(undefined, ...EDITIONS), (width, edition) => {
      const rows = rowsOf(edition);
      const { edges, states } = stateLayout(width, rows);
      expect(edges.flatMap((edge) => edge.rows.map(({ index }) => index)).sort((a, b) => a - b)).toEqual(
        rows.map(({ index }) => index),
      );
      for (const { from, to, way } of edges) {
        const touches = ({ x, y }: Point, box: Box): boolean =>
          x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
        const [first, last] = [way[0] as Point, way.at(-1) as Point];
        expect(touches(first, states[from])).toBe(true);
        expect(touches(last, states[to])).toBe(true);
      }
    }),
  );
});

test('as the standard has it: TERMINATE on the left, TRACKING below PEER REGISTERED below START', () => {
  const { states } = stateLayout(1200, rowsOf('rfc7846'));
  expect(states.TERMINATE.x + states.TERMINATE.width).toBeLessThan(states.START.x);
  expect(states.START.y).toBeLessThan(states['PEER REGISTERED'].y);
  expect(states['PEER REGISTERED'].y).toBeLessThan(states.TRACKING.y);
});

test('an arrow grows with its flow, and its point lies where it leads', () => {
  expect(breadthOf(0, 10, 14)).toBeLessThan(breadthOf(0.1, 10, 14));
  expect(breadthOf(2.5, 10, 14)).toBeLessThan(breadthOf(10, 10, 14));
  expect(breadthOf(10, 10, 14)).toBe(14);
  expect(breadthOf(99, 10, 14)).toBe(14);
  const { path, tip } = arrowOf(
    [
      { x: 0, y: 0 },
      { x: 0, y: 100 },
    ],
    4,
  );
  expect(path).toBe('M0 0L0 91');
  expect(tip).toMatch(/^M0 100L/);
});

test('words that have no room are cut', () => {
  expect(cutTo('FIND valid', 200)).toBe('FIND valid');
  expect(cutTo('request from unregistered peer', 66)).toBe('request f…');
});
