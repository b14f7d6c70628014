import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrange, bestStance, boundsOf, placeRadius, titleBelow, type Stance } from './arrangement.ts';

const ROOM = { between: 40, tracker: 84, title: 60 };
const members = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 12 });
const stance = (swarms: number): fc.Arbitrary<Stance> =>
  fc.record({
    rotation: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
    wide: fc
      .array(fc.boolean(), { minLength: swarms, maxLength: swarms })
      .filter((wide) => wide.some(Boolean)),
  });
const scene = members.chain((members) =>
  fc.tuple(fc.constant(members.map(placeRadius)), stance(members.length)),
);

it('keeps hulls apart from each other and from the tracker', () => {
  fc.assert(
    fc.property(scene, ([radii, stance]) => {
      const places = arrange(radii, ROOM, stance);
      expect(places).toHaveLength(radii.length);
      for (const [i, a] of places.entries()) {
        expect(Math.hypot(a.x, a.y) - a.radius).toBeGreaterThan(ROOM.tracker - 0.01);
        const next = places[(i + 1) % places.length];
        if (next === undefined || next === a) continue;
        expect(Math.hypot(a.x - next.x, a.y - next.y)).toBeGreaterThan(
          a.radius + next.radius + ROOM.between - 0.1,
        );
      }
    }),
  );
});

it('counts titles on the side away from the tracker', () => {
  const above = { x: 0, y: -200, radius: 100 };
  const below = { x: 0, y: 200, radius: 100 };
  expect(titleBelow(above)).toBe(false);
  expect(titleBelow(below)).toBe(true);
  expect(boundsOf([above, below], 50)).toEqual({ left: -100, right: 100, top: -350, bottom: 350 });
});

it('lies down for a wide canvas and stands up for a tall one', () => {
  const radii = [300, 250].map(placeRadius);
  const extent = (width: number, height: number): number => {
    const { left, right, top, bottom } = boundsOf(
      arrange(radii, ROOM, bestStance(radii, ROOM, { width, height }, undefined)),
      ROOM.title,
    );
    return (right - left) / (bottom - top);
  };
  expect(extent(1600, 800)).toBeGreaterThan(1);
  expect(extent(400, 900)).toBeLessThan(1);
});

it('does not turn the map for a small change of size', () => {
  const viewport = { width: 1280, height: 720 };
  const before = bestStance([430, 300, 150].map(placeRadius), ROOM, viewport, undefined);
  expect(bestStance([440, 290, 160].map(placeRadius), ROOM, viewport, before)).toBe(before);
});
