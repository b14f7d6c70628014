import { describe, expect, it } from 'vitest';
import { arrange, HULL_PADDING, placeRadius } from './arrangement.ts';
import { Layout } from './forces.ts';
import { GraphModel } from './model.ts';
import { churnDisplacement, crowd, links, snapshot, SWARMS, type Row } from './testing.ts';

const ROOM = { between: 40, tracker: 84, title: 60 };
const STANCE = { rotation: 2, wide: [true, true, true] };

function staged(rows: readonly Row[], seed = 1): { model: GraphModel; layout: Layout } {
  const model = new GraphModel(SWARMS);
  model.apply(0, snapshot(rows, { links: links(rows, 5) }), 0);
  const layout = new Layout(SWARMS.length, seed);
  const radii = model.counts.map((count) => placeRadius(count.peers));
  layout.settle(arrange(radii, ROOM, STANCE), true);
  layout.members(model);
  return { model, layout };
}

function ticks(layout: Layout, count: number): void {
  for (let i = 0; i < count; i++) layout.tick();
}

const positions = (model: GraphModel): number[] => model.nodes.flatMap((node) => [node.x, node.y]);

describe('the layout', () => {
  it('is the same for the same seed, and not for another', () => {
    const churned = (seed: number): number[] => {
      const { model, layout } = staged(crowd(120), seed);
      ticks(layout, 30);
      model.apply(0, snapshot([...crowd(115), { handle: 500 }, { handle: 501, swarm: 2 }]), 10);
      layout.members(model);
      ticks(layout, 30);
      return positions(model);
    };
    expect(churned(7)).toEqual(churned(7));
    expect(churned(7)).not.toEqual(churned(8));
  });

  it('stays finite, comes to rest, and keeps the swarms apart', () => {
    const { model, layout } = staged(crowd(600));
    ticks(layout, 400);
    expect(layout.resting).toBe(true);
    for (const value of positions(model)) expect(Number.isFinite(value)).toBe(true);
    for (const node of model.nodes) {
      const own = layout.hubs[node.swarm];
      expect(own).toBeDefined();
      for (const hub of layout.hubs) {
        const distance = Math.hypot(node.x - hub.x, node.y - hub.y);
        if (hub === own) expect(distance).toBeLessThan(hub.radius + HULL_PADDING);
        else expect(distance).toBeGreaterThan(hub.radius);
      }
    }
  });

  it('keeps discs apart', () => {
    const { model, layout } = staged(crowd(300));
    ticks(layout, 300);
    let overlaps = 0;
    for (const [i, a] of model.nodes.entries())
      for (const b of model.nodes.slice(i + 1)) if (Math.hypot(a.x - b.x, a.y - b.y) < 13) overlaps++;
    expect(overlaps).toBeLessThan(model.nodes.length * 0.02);
  });

  it('brings SEEDs to the core', () => {
    const { model, layout } = staged(crowd(300));
    ticks(layout, 200);
    const mean = (seed: boolean): number => {
      const some = model.nodes.filter((node) => node.seed === seed && node.swarm === 0);
      const hub = layout.hubs[0] ?? { x: 0, y: 0 };
      return some.reduce((sum, node) => sum + Math.hypot(node.x - hub.x, node.y - hub.y), 0) / some.length;
    };
    expect(mean(true)).toBeLessThan(mean(false) * 0.7);
  });

  it('keeps one or two peers in the middle of their swarm', () => {
    const rows = [
      { handle: 0, swarm: 0 },
      { handle: 1, swarm: 1 },
      { handle: 2, swarm: 1 },
    ];
    const { model, layout } = staged(rows);
    ticks(layout, 300);
    const offCentre = (swarm: number): number => {
      const members = model.nodes.filter((node) => node.swarm === swarm);
      const mean = (axis: 'x' | 'y'): number =>
        members.reduce((sum, node) => sum + node[axis], 0) / members.length;
      const hub = layout.hubs[swarm] ?? { x: 0, y: 0 };
      return Math.hypot(mean('x') - hub.x, mean('y') - hub.y);
    };
    expect(offCentre(0)).toBeLessThan(1);
    expect(offCentre(1)).toBeLessThan(8);
  });

  it('hardly moves the others when one arrives', () => {
    const { model, layout } = staged(crowd(300));
    ticks(layout, 300);
    const before = new Map(model.nodes.map((node) => [node.handle, { x: node.x, y: node.y }]));
    model.apply(0, snapshot([...crowd(300), { handle: 900 }], { links: links(crowd(300), 5) }), 0);
    layout.members(model);
    ticks(layout, 60);
    const moves = model.nodes.flatMap((node) => {
      const was = before.get(node.handle);
      return was === undefined ? [] : [Math.hypot(node.x - was.x, node.y - was.y)];
    });
    expect(moves.sort((a, b) => a - b)[Math.floor(moves.length / 2)]).toBeLessThan(6);
  });

  it('lets newcomers in at the rim, and carries members along when a swarm moves', () => {
    const { model, layout } = staged(crowd(60));
    ticks(layout, 200);
    model.apply(0, snapshot([...crowd(60), { handle: 900 }]), 0);
    layout.members(model);
    const hub = layout.hubs[0] ?? { x: 0, y: 0, radius: 0 };
    const newcomer = model.node(900) ?? { x: 0, y: 0 };
    expect(Math.hypot(newcomer.x - hub.x, newcomer.y - hub.y)).toBeCloseTo(hub.radius - HULL_PADDING, 0);

    const first = model.node(0) ?? { x: 0, y: 0 };
    const offset = { x: first.x - hub.x, y: first.y - hub.y };
    layout.settle([{ x: hub.x + 500, y: hub.y, radius: hub.radius }], true);
    expect(first.x - (layout.hubs[0]?.x ?? 0)).toBeCloseTo(offset.x, 6);
    expect(first.y - (layout.hubs[0]?.y ?? 0)).toBeCloseTo(offset.y, 6);
  });

  it('stays the map one knows while a hundred of 5,000 come and go each second', () => {
    expect(churnDisplacement(5000, 100, 3)).toBeLessThan(0.01);
  });

  it('stays finite while a swarm grows from nothing, and newcomers bring no speed of others', () => {
    const { model, layout } = staged([]);
    for (let peers = 1; peers < 400; peers += 13) {
      model.apply(0, snapshot(crowd(peers)), peers);
      layout.members(model);
      layout.part();
      layout.tick();
      for (const value of positions(model)) expect(Number.isFinite(value)).toBe(true);
    }
    const before = layout.crowds.flat().length;
    model.apply(0, snapshot(crowd(before + 1)), 1000);
    layout.members(model);
    expect(model.node(before)).toMatchObject({ vx: 0, vy: 0 });
  });
});
