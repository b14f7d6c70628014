import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ease, edgeTowards, outline, OUTLINE_STEPS } from './hull.ts';

const coordinate = fc.double({ min: -400, max: 400, noNaN: true });
const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 80 });

it('is finite and has a body, whoever is in it', () => {
  fc.assert(
    fc.property(points, (points) => {
      const edge = outline(points, { x: 0, y: 0 }, 20);
      expect(edge).toHaveLength(OUTLINE_STEPS);
      for (const distance of edge) expect(distance).toBeGreaterThan(40);
      for (const distance of edge) expect(distance).toBeLessThan(400 * Math.SQRT2 + 21);
    }),
  );
});

it('holds a round crowd with its padding', () => {
  const ring = Array.from({ length: 90 }, (_, i) => ({ x: 50 + 200 * Math.cos(i), y: 200 * Math.sin(i) }));
  const edge = outline(ring, { x: 50, y: 0 }, 20);
  for (const distance of edge) expect(distance).toBeCloseTo(220, -1);
  for (const { x, y } of ring) expect(edgeTowards(edge, x - 50, y)).toBeGreaterThan(200);
});

it('goes to where it should be without a jump', () => {
  const [edge, goal] = [outline([], { x: 0, y: 0 }, 20), outline([{ x: 300, y: 0 }], { x: 0, y: 0 }, 20)];
  let largest = 0;
  let frames = 0;
  for (let moving = true; moving && frames < 500; frames++) {
    const before = edge[0] ?? 0;
    moving = ease(edge, goal, 0.12);
    largest = Math.max(largest, Math.abs((edge[0] ?? 0) - before));
  }
  expect(frames).toBeLessThan(100);
  expect(largest).toBeLessThan(40);
  expect(edge[0]).toBeCloseTo(goal[0] ?? 0, 0);
});
