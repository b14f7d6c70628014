import { expect, test } from 'vitest';
import { Meter } from './meter.ts';
import { crowd, links, snapshot, SWARMS, type Row } from './testing.ts';
import { World } from './world.ts';

const VIEWPORT = { width: 1200, height: 800 };

/** A world of three swarms at rest. */
function settled(rows: readonly Row[], seed = 3): World {
  const world = new World(() => undefined);
  world.measure(VIEWPORT, 1);
  world.reset(SWARMS, seed);
  world.take(0, snapshot(rows, { links: links(rows, 4) }), 0, false);
  run(world, 600);
  return world;
}

const run = (world: World, frames: number, from = 0): void => {
  const meter = new Meter();
  for (let frame = 0; frame < frames; frame++) world.advance(from + frame * 16, meter);
};

const places = (world: World): readonly (readonly number[])[] =>
  world.model.nodes.map(({ handle, x, y }) => [handle, x, y]);

test('a peer that was moved stays where it was put, and the others make room', () => {
  const world = settled(crowd(240));
  const [moved, other] = [world.model.node(7), world.model.node(20)];
  if (moved === undefined || other === undefined) throw new Error('nobody there');
  const at = { x: other.x, y: other.y };
  world.pin(moved, at);
  run(world, 400);
  expect([moved.x, moved.y]).toEqual([at.x, at.y]);
  expect(Math.hypot(other.x - moved.x, other.y - moved.y)).toBeGreaterThan(10);
  // Also while peers come and go.
  const rows = crowd(260).filter(({ handle }) => handle !== 20);
  world.take(0, snapshot(rows, { links: links(rows, 4) }), 10_000, false);
  run(world, 400, 10_000);
  const { bounds } = world.plan;
  expect(moved.pinned).toBe(true);
  expect(moved.x).toBeGreaterThanOrEqual(bounds.left);
  expect(Math.hypot(moved.vx, moved.vy)).toBe(0);
});

test('a peer that is let go returns to its orbit', () => {
  const world = settled(crowd(240));
  const node = world.model.node(8);
  const hub = world.layout.hubs[node?.swarm ?? 0];
  if (node === undefined || hub === undefined) throw new Error('nobody there');
  const { orbit } = node;
  // Towards the tracker: that is on the map, whatever way the swarm lies.
  const away = 1 - (hub.radius * 1.3) / Math.hypot(hub.x, hub.y);
  world.pin(node, { x: hub.x * away, y: hub.y * away });
  run(world, 100);
  expect(Math.hypot(node.x - hub.x, node.y - hub.y)).toBeGreaterThan(hub.radius * 1.2);
  world.unpin(node);
  run(world, 900);
  expect(Math.abs(Math.hypot(node.x - hub.x, node.y - hub.y) - orbit)).toBeLessThan(40);
  expect(world.pins.size).toBe(0);
});

test('no pin leads off the map', () => {
  const world = settled(crowd(60));
  const node = world.model.node(3);
  if (node === undefined) throw new Error('nobody there');
  world.pin(node, { x: 1e9, y: -1e9 });
  const { right, top } = world.plan.bounds;
  expect([node.x, node.y]).toEqual([right, top]);
});

test('who is gone is pinned no more', () => {
  const world = settled(crowd(60));
  const node = world.model.node(3);
  if (node === undefined) throw new Error('nobody there');
  world.pin(node, node);
  const rest = crowd(60).filter(({ handle }) => handle !== 3);
  world.take(0, snapshot(rest, { ends: [{ handle: 3, how: 'left' }] }), 1000, false);
  run(world, 80, 1000);
  expect(world.pins.size).toBe(0);
});

test('nobody pinned, the same seed gives the same map, before and after somebody was', () => {
  expect(places(settled(crowd(120)))).toEqual(places(settled(crowd(120))));
  const [one, two] = [settled(crowd(120)), settled(crowd(120))];
  for (const world of [one, two]) {
    const node = world.model.node(5);
    if (node !== undefined) world.pin(node, { x: node.x + 30, y: node.y });
    run(world, 50);
    if (node !== undefined) world.unpin(node);
    run(world, 50);
  }
  expect(places(one)).toEqual(places(two));
});

test('a swarm that moves takes its pinned peers along', () => {
  const world = settled(crowd(120));
  const node = world.model.node(5);
  const hub = world.layout.hubs[node?.swarm ?? 0];
  if (node === undefined || hub === undefined) throw new Error('nobody there');
  world.pin(node, { x: hub.x + 10, y: hub.y - 10 });
  world.measure({ width: 500, height: 1400 }, 1);
  run(world, 600);
  expect(node.x - hub.x).toBeCloseTo(10, 3);
  expect(node.y - hub.y).toBeCloseTo(-10, 3);
});
