import { forceManyBody, forceSimulation, randomLcg } from 'd3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forceCharge } from './charge.ts';
import { ForceSimulation, type Moving } from './simulation.ts';

type Body = Moving;

const body = (x: number, y: number): Body => ({ x, y, vx: 0, vy: 0 });
const place = fc.integer({ min: -50_000, max: 50_000 }).map((hundredths) => hundredths / 100);
const places = fc.array(fc.tuple(place, place), { minLength: 2, maxLength: 60 });

/** Velocities after one push by every pair, as the law has it. */
function exact(bodies: readonly Body[], strength: number, reach: number, alpha: number): [number, number][] {
  return bodies.map((a) => {
    let [vx, vy] = [0, 0];
    for (const b of bodies) {
      if (a === b) continue;
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      let square = dx * dx + dy * dy;
      if (square > reach * reach) continue;
      if (square < 16) square = Math.sqrt(square) * 4 + 1e-6;
      vx += (dx * strength * alpha) / square;
      vy += (dy * strength * alpha) / square;
    }
    return [vx, vy];
  });
}

/** Velocities that the ticks of a force that nothing slows give, written into the bodies; they stay where they are. */
function pushed(bodies: Body[], options: { theta: number; reach: number; share: number }, ticks = 1): void {
  const force = forceCharge({ strength: -30, ...options });
  const simulation = new ForceSimulation<Body>({ alphaDecay: 0, velocityDecay: 0 }, randomLcg(1)).force(
    force,
  );
  simulation.nodes(bodies);
  for (let i = 0; i < ticks; i++) force(0.5);
  simulation.nodes([]);
}

describe('the charge', () => {
  it('is the sum over all pairs when no cell may act as one', () => {
    fc.assert(
      fc.property(places, fc.double({ min: 50, max: 2000, noNaN: true }), (points, reach) => {
        const bodies = points.map(([x, y]) => body(x, y));
        fc.pre(new Set(bodies.map(({ x, y }) => `${x} ${y}`)).size === bodies.length);
        const goal = exact(bodies, -30, reach, 0.5);
        pushed(bodies, { theta: 0, reach, share: 1000 });
        for (const [i, { vx, vy }] of bodies.entries()) {
          expect(vx).toBeCloseTo(goal[i]?.[0] ?? NaN, 6);
          expect(vy).toBeCloseTo(goal[i]?.[1] ?? NaN, 6);
        }
      }),
    );
  });

  it('comes near to d3-force where far cells act as one', () => {
    const random = randomLcg(7);
    const points = Array.from({ length: 400 }, () => [random() * 800, random() * 800] as const);
    const ours = points.map(([x, y]) => body(x, y));
    const theirs = points.map(([x, y]) => body(x, y));
    pushed(ours, { theta: 0.9, reach: Infinity, share: 1000 });
    forceSimulation(theirs).stop().alpha(0.5).alphaDecay(0).velocityDecay(0).force('charge', forceManyBody().strength(-30).distanceMin(4)).tick(); // prettier-ignore
    const off = ours.map((node, i) => {
      const other = theirs[i] as Body;
      return Math.hypot(node.vx - other.vx, node.vy - other.vy) / (Math.hypot(other.vx, other.vy) + 0.1);
    });
    expect(off.sort((a, b) => a - b)[200]).toBeLessThan(0.05);
  });

  it('pushes everybody as hard over a round of turns as in one', () => {
    const points = [[0, 0], [10, 0], [0, 30], [40, 40], [-20, 5], [7, -9], [90, 1]] as const; // prettier-ignore
    const [one, four] = [points.map(([x, y]) => body(x, y)), points.map(([x, y]) => body(x, y))];
    pushed(one, { theta: 0.9, reach: 500, share: 1000 }, 4);
    pushed(four, { theta: 0.9, reach: 500, share: 2 }, 4);
    for (const [i, { vx, vy }] of one.entries()) {
      expect(four[i]?.vx).toBeCloseTo(vx, 9);
      expect(four[i]?.vy).toBeCloseTo(vy, 9);
    }
  });

  it('parts those at one place, and stays finite', () => {
    const bodies = Array.from({ length: 50 }, () => body(3, 3));
    pushed(bodies, { theta: 0.9, reach: 100, share: 1000 });
    for (const { vx, vy } of bodies) expect(Number.isFinite(vx) && Number.isFinite(vy)).toBe(true);
    expect(new Set(bodies.map(({ vx }) => vx)).size).toBeGreaterThan(40);
  });
});
