import { expect, test } from 'vitest';
import { rfc7846 } from '../protocol/editions/rfc7846.ts';
import { trackerCases } from './tracker-cases.ts';

test('both sides of every case hand out a list of thirty', () => {
  for (const { small, large } of trackerCases([40, 400]))
    for (const list of [small, large])
      expect(rfc7846.decodeResponse(list().body, 'FIND')).toMatchObject({
        ok: true,
        message: { outcome: 'success', peerLists: [{ peers: { length: 30 } }] },
      });
});
