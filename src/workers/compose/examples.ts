/** The requests that the texts show as examples, as messages; a test holds them against the texts. */
import { asChunkId, asPeerId, asSwarmId, asTransactionId } from '../../protocol/ids.ts';
import type { PeerAddress, PeerNum, Request } from '../../protocol/message.ts';

interface Example {
  /** What it is, and the section that shows it. */
  readonly name: string;
  readonly request: Request;
}

const A = asPeerId('656164657220');
const B = asPeerId('656164657221');
const ONE = asSwarmId('1111');
const TWO = asSwarmId('2222');
const T = asTransactionId('12345');
const t = (place: number) => asTransactionId(`12345.${place}`);

const rfc = { edition: 'rfc7846', version: '1' } as const;
const base = { edition: 'base-1.0', version: '1.0' } as const;
// The draft's own examples say 1.0.
const extended = { edition: 'extended-1.1', version: '1.0' } as const;
const gu = { edition: 'gu-04', version: '1.0' } as const;

const at = (addressType: PeerAddress['addressType'], address: string, priority: number) =>
  ({ addressType, address, port: 80, priority, type: 'HOST' }) as const;
const numbers: PeerNum = {
  count: 5,
  abilityNat: 'STUN',
  concurrentLinks: 5,
  onlineTime: 200,
  uploadBandwidth: 600,
};
const levels: PeerNum = {
  count: 5,
  abilityNat: 'STUN',
  concurrentLinks: 'HIGH',
  onlineTime: 'NORMAL',
  uploadBandwidth: 'NORMAL',
};
const counted = {
  swarmId: ONE,
  uploadedBytes: 512n,
  downloadedBytes: 768n,
  availableBandwidth: 1_024_000,
} as const;
const nothingMore = { contentMaps: [], properties: [] } as const;

export const EXAMPLES: readonly Example[] = [
  {
    name: 'CONNECT as SEEDER of two swarms (RFC 7846 §4.1.1)',
    request: {
      ...rfc,
      method: 'CONNECT',
      transactionId: T,
      peerId: A,
      addresses: [{ ...at('ipv4', '192.0.2.2', 1), connection: 'wired', asn: '45645' }],
      actions: [
        { swarmId: ONE, action: 'JOIN', mode: 'SEED' },
        { swarmId: TWO, action: 'JOIN', mode: 'SEED' },
      ],
    },
  },
  {
    name: 'CONNECT as LEECH (RFC 7846 §4.1.1)',
    request: {
      ...rfc,
      method: 'CONNECT',
      transactionId: t(0),
      peerId: B,
      peerNum: numbers,
      addresses: [
        { ...at('ipv4', '192.0.2.2', 1), connection: 'wired', asn: '3256546' },
        {
          ...at('ipv6', '2001:db8::2', 2),
          connection: 'wireless',
          asn: '34563456',
          peerProtocol: 'PPSP-PP',
        },
      ],
      actions: [{ swarmId: ONE, action: 'JOIN', mode: 'LEECH' }],
    },
  },
  {
    name: 'CONNECT that changes the swarm (RFC 7846 §4.1.1)',
    request: {
      ...rfc,
      method: 'CONNECT',
      transactionId: T,
      peerId: B,
      peerNum: numbers,
      addresses: [],
      actions: [
        { swarmId: ONE, action: 'LEAVE', mode: 'LEECH' },
        { swarmId: TWO, action: 'JOIN', mode: 'LEECH' },
      ],
    },
  },
  {
    name: 'FIND (RFC 7846 §4.1.2)',
    request: {
      ...rfc,
      method: 'FIND',
      transactionId: T,
      peerId: B,
      swarmId: ONE,
      peerNum: numbers,
      addresses: [],
      properties: [],
    },
  },
  {
    name: 'STAT_REPORT (RFC 7846 §4.1.3)',
    request: {
      ...rfc,
      method: 'STAT_REPORT',
      transactionId: T,
      peerId: B,
      stats: [{ ...counted, concurrentLinks: 5 }],
      ...nothingMore,
    },
  },
  {
    name: 'CONNECT as SEED of two swarms (base-01 §4.1)',
    request: {
      ...base,
      method: 'CONNECT',
      transactionId: t(0),
      peerId: A,
      peerNum: { count: 15, abilityNat: 'STUN' },
      addresses: [],
      actions: [
        { swarmId: ONE, action: 'JOIN', mode: 'SEED', transactionId: t(1) },
        { swarmId: TWO, action: 'JOIN', mode: 'SEED', transactionId: t(2) },
      ],
    },
  },
  {
    name: 'CONNECT as LEECH (base-01 §4.1)',
    request: {
      ...base,
      method: 'CONNECT',
      transactionId: t(0),
      peerId: B,
      peerNum: { count: 5, abilityNat: 'STUN' },
      addresses: [
        { ...at('ipv4', '192.0.2.2', 1), peerProtocol: 'PPSP-PP' },
        { ...at('ipv6', '2001:db8::2', 2), peerProtocol: 'PPSP-PP' },
      ],
      actions: [{ swarmId: ONE, action: 'JOIN', mode: 'LEECH', transactionId: t(1) }],
    },
  },
  {
    name: 'STAT_REPORT (base-01 §4.2)',
    request: {
      ...base,
      method: 'STAT_REPORT',
      transactionId: T,
      peerId: B,
      stats: [counted],
      ...nothingMore,
    },
  },
  {
    name: 'CONNECT with a content scope (extended-04 §5.1)',
    request: {
      ...extended,
      method: 'CONNECT',
      transactionId: t(0),
      peerId: A,
      peerNum: levels,
      addresses: [at('ipv4', '192.0.2.1', 1), { ...at('ipv6', '2001:db8::1', 2), connection: 'ADSL' }],
      actions: [{ swarmId: ONE, action: 'JOIN', mode: 'LEECH', transactionId: t(1) }],
      scope: [
        { representation: 'tag0', startIndex: 20 },
        { representation: 'tag6', startIndex: 20 },
      ],
    },
  },
  {
    name: 'DISCONNECT (extended-04 §5.2)',
    request: { ...extended, method: 'DISCONNECT', transactionId: T, peerId: B, swarmIds: [] },
  },
  {
    name: 'FIND of a range of segments (extended-04 §5.3)',
    request: {
      ...extended,
      method: 'FIND',
      transactionId: T,
      peerId: B,
      swarmId: ONE,
      peerNum: levels,
      addresses: [],
      scope: [{ representation: 'tag4', startIndex: 110, endIndex: 150 }],
      properties: [],
    },
  },
  // gu shows its messages with placeholders; these have values in their places.
  {
    name: 'CONNECT, filled in (gu -06 §4.4)',
    request: {
      ...gu,
      method: 'CONNECT',
      transactionId: T,
      peerId: A,
      addresses: [at('ipv4', '192.0.2.2', 1), at('ipv6', '2001:db8::2', 2)],
      actions: [],
    },
  },
  {
    name: 'JOIN, filled in (gu -06 §4.6)',
    request: {
      ...gu,
      method: 'JOIN',
      transactionId: T,
      peerId: A,
      swarmId: ONE,
      mode: 'LEECH',
      expireTime: 0,
      peerNum: { count: 5 },
      scope: [{ representation: 'tag0', startIndex: 20 }],
      properties: [{ name: 'STUN', value: 'true' }],
    },
  },
  {
    name: 'FIND, filled in (gu -06 §4.8)',
    request: {
      ...gu,
      method: 'FIND',
      transactionId: T,
      peerId: A,
      swarmId: ONE,
      peerNum: { count: 5 },
      addresses: [],
      scope: [{ representation: 'tag0', startIndex: 110, endIndex: 150 }],
      properties: [{ name: 'STUN', value: 'true' }],
    },
  },
  {
    name: 'STAT_REPORT, filled in (gu -06 §4.9)',
    request: {
      ...gu,
      method: 'STAT_REPORT',
      transactionId: T,
      peerId: A,
      stats: [counted],
      contentMaps: [
        {
          swarmId: ONE,
          representations: [
            { id: 'tag0', maps: [{ startIndex: 0, endIndex: 24, bitmap: Uint8Array.of(3, 255, 3, 128) }] },
          ],
        },
      ],
      properties: [],
    },
  },
  {
    name: 'FIND of a chunk, filled in (gu -04 slides)',
    request: {
      ...gu,
      method: 'FIND_CHUNK',
      transactionId: T,
      peerId: A,
      swarmId: ONE,
      chunkId: asChunkId('42'),
      peerNum: { count: 5 },
      addresses: [],
      properties: [],
    },
  },
];
