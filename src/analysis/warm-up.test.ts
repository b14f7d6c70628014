import { describe, expect, it } from 'vitest';
import { dice } from '../simulation/models/dice.ts';
import { mser5 } from './warm-up.ts';

const noise = (seed: number, length: number): number[] => {
  const random = dice(seed, 'warm-up test', 0);
  return Array.from({ length }, () => random() - 0.5);
};

describe('MSER-5', () => {
  it('cuts a rise off where it ends', () => {
    for (let seed = 0; seed < 20; seed++) {
      const cut = mser5(noise(seed, 1000).map((off, i) => 50 * (1 - Math.exp(-i / 40)) + off));
      // After 300 samples the rise has less than 0.03 to go.
      expect(cut).toBeGreaterThanOrEqual(130);
      expect(cut).toBeLessThanOrEqual(400);
    }
  });

  it('cuts a step exactly, and nothing of what is steady', () => {
    expect(mser5(Array.from({ length: 400 }, (_, i) => (i < 60 ? 0 : 10)))).toBe(60);
    expect(mser5(new Array(400).fill(7))).toBe(0);
  });

  it('has no answer where nothing settles, or too little is known', () => {
    expect(mser5(Array.from({ length: 400 }, (_, i) => i))).toBeUndefined();
    expect(mser5(new Array(49).fill(7))).toBeUndefined();
  });
});
