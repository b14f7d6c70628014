import { expect, it } from 'vitest';
import { Labels } from './labels.ts';

it('gives room to whoever comes first', () => {
  const labels = new Labels();
  expect(labels.take(100, 0, 80, 20)).toBe(true);
  expect(labels.take(150, 10, 80, 20)).toBe(false);
  expect(labels.take(150, 20, 80, 20)).toBe(true);
  expect(labels.take(181, 0, 80, 20)).toBe(true);
});
