import { randomLcg } from 'd3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { forceApart } from './collide.ts';
import { ForceSimulation, type Force, type Moving } from './simulation.ts';

type Body = Moving;

/** Velocities after one push. */
function parted(bodies: Body[]): void {
  const force: Force = forceApart(10, 1);
  const simulation = new ForceSimulation<Body>({ alphaDecay: 0, velocityDecay: 0 }, randomLcg(1)).force(
    force,
  );
  simulation.nodes(bodies);
  force(1);
  simulation.nodes([]);
}

const place = fc.integer({ min: -12_000, max: 12_000 }).map((hundredths) => hundredths / 100);

it('pushes exactly those apart that overlap, by half of the overlap each', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { minLength: 2, maxLength: 80 }), (points) => {
      const bodies: Body[] = points.map(([x, y]) => ({ x, y, vx: 0, vy: 0 }));
      fc.pre(new Set(points.map(([x, y]) => `${x} ${y}`)).size === points.length);
      const goal = bodies.map((a) => {
        let [vx, vy] = [0, 0];
        for (const b of bodies) {
          const [dx, dy] = [a.x - b.x, a.y - b.y];
          const distance = Math.sqrt(dx * dx + dy * dy);
          if (a === b || distance === 0 || distance >= 20) continue;
          vx += ((dx / distance) * (20 - distance)) / 2;
          vy += ((dy / distance) * (20 - distance)) / 2;
        }
        return [vx, vy];
      });
      parted(bodies);
      for (const [i, { vx, vy }] of bodies.entries()) {
        expect(vx).toBeCloseTo(goal[i]?.[0] ?? NaN, 6);
        expect(vy).toBeCloseTo(goal[i]?.[1] ?? NaN, 6);
      }
    }),
  );
});

it('parts those at one place, however far others are', () => {
  const bodies: Body[] = [
    { x: 5, y: 5, vx: 0, vy: 0 },
    { x: 5, y: 5, vx: 0, vy: 0 },
    { x: 1e7, y: -1e7, vx: 0, vy: 0 },
  ];
  parted(bodies);
  const [a, b, far] = bodies as [Body, Body, Body];
  expect(Math.hypot(a.vx - b.vx, a.vy - b.vy)).toBeCloseTo(20, 3);
  expect([far.vx, far.vy]).toEqual([0, 0]);
});
