import { expect, test } from 'vitest';
import { snapshotOf } from '../testing/snapshots.ts';
import { Roster } from './roster.ts';

const birth = (handle: number) => ({
  handle,
  peerId: `peer${handle}`,
  swarm: 0,
  endpoint: `198.18.0.${handle}:6881`,
  asn: 64_500,
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

test('a peer of others is found by that word, and stands for its ID as long as it is in any swarm', () => {
  const roster = new Roster();
  const first = 63 * 2 ** 26;
  const stays = [first, first + 1].map((handle, swarm) => ({
    handle,
    peerId: 'stranger',
    swarm,
    endpoint: '192.0.2.1:1',
    asn: 0,
  }));
  roster.take(0, snapshotOf({ births: [birth(0)] }));
  roster.take(63, snapshotOf({ births: stays }));
  expect(roster.find('foreign', 9, ['film', 'theirs'])).toMatchObject([
    { peerId: 'stranger', swarm: 'film', foreign: true },
    { peerId: 'stranger', swarm: 'theirs', foreign: true },
  ]);
  expect(roster.find('peer0', 9, ['film'])).toMatchObject([{ foreign: false }]);
  expect(roster.peerOf('stranger')).toBe(first);
  roster.take(63, snapshotOf({ ends: [{ handle: first, how: 'left' }] }));
  expect(roster.peerOf('stranger')).toBe(first + 1);
  roster.take(63, snapshotOf({ ends: [{ handle: first + 1, how: 'left' }] }));
  expect(roster.peerOf('stranger')).toBeUndefined();
});

test('who has links with whom, over all workers, as long as they are there', () => {
  const roster = new Roster();
  const links = (...pairs: number[]): Uint32Array<ArrayBuffer> => Uint32Array.from(pairs);
  roster.take(0, { ...snapshotOf({ births: [0, 1, 2].map(birth) }), links: links(0, 1) });
  roster.take(1, { ...snapshotOf({ births: [9].map(birth) }), links: links(9, 1, 9, 2) });
  expect(roster.linkedWith('peer1')).toEqual(['peer0', 'peer9']);
  expect(roster.linkedWith('peer2')).toEqual(['peer9']);
  expect(roster.linkedWith('nobody')).toEqual([]);
  expect(roster.endpointOf('peer2')).toBe('198.18.0.2:6881');
  expect(roster.peerNamed('PEER9')).toBe(9);
  expect(roster.peerNamed('pee')).toBe(0);
  expect(roster.peerNamed('198.18.0.2:6881')).toBe(2);
  expect(roster.peerNamed('198.18.0.2')).toBeUndefined();
  roster.take(0, { ...snapshotOf({ ends: [{ handle: 0, how: 'left' }] }), links: links() });
  expect(roster.linkedWith('peer1')).toEqual(['peer9']);
  expect(roster.endpointOf('peer0')).toBeUndefined();
});
