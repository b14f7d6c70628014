import { expect, it } from 'vitest';
import { composeGuide } from '../../workers/compose/guide.ts';
import { offersIn, valuesAt } from './words.ts';

const { editions } = composeGuide();

it('offers what the catalogue has at a place', () => {
  const { words } = editions.rfc7846;
  const names = (path: string): string[] => offersIn(words, path, 'children').map(({ name }) => name);
  expect(names('')).toEqual(['PPSPTrackerProtocol']);
  expect(names('PPSPTrackerProtocol.connect.swarm_action')).toEqual(['swarm_id', 'action', 'peer_mode']);
  expect(names('PPSPTrackerProtocol.connect.peer_num').at(-1)).toBe('upload_bandwidth_level');
  expect(valuesAt(words, 'PPSPTrackerProtocol.connect.swarm_action.peer_mode')).toEqual(['SEEDER', 'LEECH']);
  expect(valuesAt(words, 'PPSPTrackerProtocol.peer_id')).toEqual([]);
});

it('tells elements and attributes apart', () => {
  const { words } = editions['base-1.0'];
  const of = (what: 'children' | 'attributes'): string[] =>
    offersIn(words, 'PPSPTrackerProtocol.SwarmID', what).map(({ name }) => name);
  expect(of('attributes')).toEqual(['action', 'peerMode', 'transactionID']);
  expect(of('children')).toEqual([]);
});
