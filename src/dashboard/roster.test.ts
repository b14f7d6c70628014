import { expect, test } from 'vitest';
import { snapshotOf } from '../testing/snapshots.ts';
import { Roster } from './roster.ts';

const birth = (handle: number) => ({
  handle,
  peerId: `peer${handle}`,
  swarm: 0,
  endpoint: `198.18.0.${handle}:6881`,
});

test('peers are found by ID, address, swarm, mode and the edition that they speak', () => {
  const roster = new Roster();
  const snapshot = snapshotOf({ swarm: [0, 0, 0], mode: [0, 1, 0], births: [0, 1, 2].map(birth) });
  // As told: rfc7846, gu-04, and base-1.0, whatever it came with.
  snapshot.peers.edition.set([0, 3, 2]);
  roster.take(0, snapshot);
  const found = (text: string): string[] => roster.find(text, 9, ['film']).map(({ peerId }) => peerId);
  expect(found('GU-04')).toEqual(['peer1']);
  expect(found('base')).toEqual(['peer2']);
  expect(found('198.18.0.2')).toEqual(['peer2']);
  expect(found('seed')).toEqual(['peer1']);
  expect(found('film')).toEqual(['peer0', 'peer1', 'peer2']);
  expect(roster.find('peer0', 9, ['film'])).toMatchObject([{ edition: 'rfc7846', mode: 'LEECH' }]);
});
