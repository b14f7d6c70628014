import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import '../../testing/property-seed.ts';
import { Roll } from './directory.ts';

const RUN = { seed: 1, swarms: [] };
const newcomer = (peer: number, peerId: string, at = 0) => ({
  peer,
  peerId,
  swarm: peer % 5,
  edition: peer % 4,
  asn: peer % 1000,
  mode: peer % 2,
  at,
});

it('knows everybody who has come, in order of coming, whatever their numbers and names', () => {
  const id = fc.oneof(
    fc.stringMatching(/^[0-9a-f]{40}$/),
    fc.stringMatching(/^[0-9A-F]{40}$/),
    fc.string({ unit: 'binary', maxLength: 50 }),
  );
  const peers = fc.uniqueArray(fc.tuple(fc.nat(0xffff_fffe), id), {
    selector: ([peer]) => peer,
    maxLength: 300,
  });
  fc.assert(
    fc.property(peers, (all) => {
      const roll = new Roll(RUN);
      all.forEach(([peer, peerId], at) => expect(roll.arrive(newcomer(peer, peerId, at))).toBe(at));
      expect(roll.count).toBe(all.length);
      all.forEach(([peer, peerId], row) => {
        expect(roll.rowOf(peer)).toBe(row);
        expect([
          roll.handleAt(row),
          roll.peerIdAt(row),
          roll.swarmAt(row),
          roll.editionAt(row),
          roll.asnAt(row),
          roll.modeAt(row),
          roll.arrivedAt(row),
          roll.departedAt(row),
        ]).toEqual([peer, peerId, peer % 5, peer % 4, peer % 1000, peer % 2, row, Infinity]);
      });
    }),
    { numRuns: 50 },
  );
});

it('notes who goes and who turns', () => {
  const roll = new Roll(RUN);
  roll.arrive(newcomer(8, 'a'));
  roll.depart(8, 70);
  roll.turn(8, 1);
  roll.depart(9, 70);
  roll.turn(9, 1);
  expect([roll.departedAt(0), roll.modeAt(0), roll.rowOf(9), roll.count]).toEqual([70, 1, undefined, 1]);
});

it('has room for so many, and counts those who came after', () => {
  const roll = new Roll(RUN, 2);
  const rows = [5, 6, 7, 5].map((peer) => roll.arrive(newcomer(peer, 'x')));
  expect([rows, roll.count, roll.unlisted]).toEqual([[0, 1, undefined, undefined], 2, 1]);
});

it('takes room for peers in pieces, some 60 bytes each', () => {
  const roll = new Roll(RUN);
  const COUNT = 300_000;
  const before = process.memoryUsage();
  for (let peer = 0; peer < COUNT; peer++)
    roll.arrive(newcomer(peer, peer.toString(16).padStart(40, '0'), peer));
  const after = process.memoryUsage();
  expect([roll.count, roll.peerIdAt(COUNT - 1), roll.rowOf(COUNT - 1)]).toEqual([
    COUNT,
    (COUNT - 1).toString(16).padStart(40, '0'),
    COUNT - 1,
  ]);
  expect((after.arrayBuffers - before.arrayBuffers) / COUNT).toBeLessThan(64);
});
