import { expect, test } from 'vitest';
import { figuresOf, peersCsv } from './picked.ts';
import type { PeerSummary } from './state.ts';

const peer = (handle: number, rest: Partial<PeerSummary> = {}): PeerSummary => ({
  handle,
  peerId: `peer${handle}`,
  swarm: 'film',
  endpoint: `198.18.0.${handle}:6881`,
  asn: 64_500,
  edition: 'rfc7846',
  mode: 'LEECH',
  share: 0.25,
  foreign: false,
  ...rest,
});

const three = [
  peer(1, { mode: 'SEED', share: 1 }),
  peer(2, { swarm: 'a "b", c', edition: 'base-1.0' }),
  peer(3, { foreign: true, share: 0, asn: 0 }),
];

test('a set is told by mode, edition and swarm, the most frequent first', () => {
  expect(figuresOf(three)).toEqual({
    modes: [
      ['LEECH', 2],
      ['SEED', 1],
    ],
    editions: [
      ['rfc7846', 2],
      ['base-1.0', 1],
    ],
    swarms: [
      ['film', 2],
      ['a "b", c', 1],
    ],
  });
});

test('as a table a set has a record a peer, and says nothing of what is not known of others', () => {
  expect(peersCsv(three).split('\r\n')).toEqual([
    'peerId,address,asn,swarm,mode,edition,share,foreign',
    'peer1,198.18.0.1:6881,64500,film,SEED,rfc7846,1,no',
    'peer2,198.18.0.2:6881,64500,"a ""b"", c",LEECH,base-1.0,0.25,no',
    'peer3,198.18.0.3:6881,,film,LEECH,rfc7846,,yes',
    '',
  ]);
});
