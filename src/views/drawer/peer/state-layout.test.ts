import { expect, test } from 'vitest';
import { BOXES, HEIGHT, WIDTH, wayOf } from './state-layout.ts';

test('the states stand within the drawing and clear of each other', () => {
  const boxes = Object.values(BOXES);
  for (const { x, y, width, height } of boxes) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(WIDTH);
    expect(y + height).toBeLessThanOrEqual(HEIGHT);
  }
  for (const a of boxes)
    for (const b of boxes)
      if (a !== b) {
        const across = a.x + a.width < b.x || b.x + b.width < a.x;
        const down = a.y + a.height < b.y || b.y + b.height < a.y;
        expect(across || down).toBe(true);
      }
});

test('a way begins at its state and ends just before the other', () => {
  expect(wayOf('START', 'PEER REGISTERED')).toBe('M59 41H90');
  expect(wayOf('PEER REGISTERED', 'TERMINATE')).toBe('M156 54V87');
  expect(wayOf('TRACKING', 'TERMINATE')).toBe('M291 54Q291 103 201 103');
  expect(wayOf('TRACKING', 'TRACKING')).toMatch(/^M279 28C.* 303 25$/);
});
