import { expect, test } from 'vitest';
import { Hand } from './hand.ts';
import { GraphModel } from './model.ts';
import { snapshot, SWARMS } from './testing.ts';

/** Peers 0 to 4 side by side, a hundred units apart; the last has left. */
function five(): GraphModel {
  const model = new GraphModel(SWARMS);
  const rows = [0, 1, 2, 3, 4].map((handle) => ({ handle }));
  model.apply(0, snapshot(rows), 0);
  model.apply(0, snapshot(rows.slice(0, 4), { ends: [{ handle: 4, how: 'left' }] }), 10);
  for (const node of model.nodes) Object.assign(node, { x: 100 * node.handle, y: 0 });
  return model;
}

const drawn = (hand: Hand, corners: readonly (readonly [number, number])[]): void => {
  for (const [x, y] of corners) hand.drawTo({ x, y }, 1);
};

test('a line picks those it goes around that are still here', () => {
  const { nodes } = five();
  const hand = new Hand();
  hand.draw({ x: 150, y: -50 }, undefined);
  drawn(hand, [
    [450, -50],
    [450, 50],
    [150, 50],
  ]);
  expect(hand.draws).toBe(true);
  expect(hand.line).toHaveLength(4);
  expect(hand.release(nodes)).toEqual([nodes[2], nodes[3]]);
  expect(hand.draws).toBe(false);
  expect(hand.line).toEqual([]);
});

test('a press without a line means the peer under it, or nothing', () => {
  const { nodes } = five();
  const hand = new Hand();
  hand.draw({ x: 100, y: 0 }, nodes[1]);
  drawn(hand, [[101, 1]]);
  expect(hand.release(nodes)).toBe(nodes[1]);
  hand.draw({ x: 150, y: 0 }, undefined);
  expect(hand.release(nodes)).toBeUndefined();
});

test('a line has as many corners as can be seen, however long the hand goes on', () => {
  const { nodes } = five();
  const hand = new Hand();
  hand.draw({ x: 1000, y: 0 }, undefined);
  for (let turn = 0; turn < 20_000; turn++) {
    const angle = (2 * Math.PI * turn) / 20_000;
    hand.drawTo({ x: 1000 * Math.cos(angle), y: 1000 * Math.sin(angle) }, 3);
  }
  expect(hand.line.length).toBeGreaterThan(200);
  expect(hand.line.length).toBeLessThanOrEqual(600);
  expect(hand.release(nodes)).toHaveLength(4);
});

test('a peer in the hand is told until it is let go, and picks nobody', () => {
  const { nodes } = five();
  const hand = new Hand();
  hand.grab(nodes[2]);
  expect(hand.held).toBe(nodes[2]);
  expect(hand.release(nodes)).toBeUndefined();
  expect(hand.held).toBeUndefined();
});
