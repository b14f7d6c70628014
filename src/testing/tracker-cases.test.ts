import { expect, test } from 'vitest';
import { trackerCases } from './tracker-cases.ts';

test('both sides of every case hand out a list of thirty', () => {
  for (const { small, large } of trackerCases([40, 400]))
    for (const list of [small, large])
      expect(list()).toMatchObject({
        response: { outcome: 'success', peerLists: [{ peers: { length: 30 } }] },
      });
});
