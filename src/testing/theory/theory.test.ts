import { describe, expect, test } from 'vitest';
import { holds, type Check } from './check.ts';
import { fluid } from './fluid.ts';
import { lists } from './lists.ts';
import { occupancy } from './occupancy.ts';

/** Runs of thousands of peers, on a machine that may be busy. */
const LONG = 120_000;

describe.each([
  ['M/G/infinity and Little\u2019s law', occupancy],
  ['Qiu and Srikant\u2019s fluid model', fluid],
  ['lists at random', lists],
] as const)('%s', (_, check) => {
  test(
    'agrees with the simulator',
    async () => {
      const checks: readonly Check[] = await check('quick');
      expect(checks.filter((one) => !holds(one))).toEqual([]);
      expect(checks.length).toBeGreaterThan(1);
    },
    LONG,
  );
});
