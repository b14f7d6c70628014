/**
 * A session of one peer in each edition, put to the tracker itself: what goes out is what the codec writes, what comes
 * back is what the tracker answers. Four others are in the swarm before, one of each edition.
 */
import { codecOf } from '../../protocol/editions/index.ts';
import type { HttpResponse } from '../../protocol/http.ts';
import { asChunkId, asPeerId, asSwarmId, asTransactionId } from '../../protocol/ids.ts';
import type { ContentMap, EditionId, PeerAddress, Request, StreamStats } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import { stream } from '../../simulation/random.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { createTracker } from '../../tracker/tracker.ts';

export interface Exchange {
  /** Of its region. */
  readonly name: string;
  /** For the diagram: what the peer asks, in words. */
  readonly says: string;
  readonly request: Request;
  readonly body: Uint8Array;
  readonly response: HttpResponse;
}

/** A request of the session. `asks`: an operator wants to know that of the peer before. */
interface Line {
  readonly name: string;
  readonly says: string;
  readonly request: Request;
  readonly asks?: readonly string[];
}

const FILM = asSwarmId('urn:example:film');
const NEWS = asSwarmId('urn:example:news');
const ERIN = asPeerId('erin');
const REMOTE = { address: '203.0.113.5', port: 50_123 };
export const REPRESENTATION = 'video-720p';
/** Seconds between the lines of a session. */
const PACE = 20;

const host = (address: string, port: number, more: Partial<PeerAddress> = {}): PeerAddress => ({
  addressType: address.includes(':') ? 'ipv6' : 'ipv4',
  address,
  port,
  priority: 1,
  type: 'HOST',
  ...more,
});
const OWN = host('192.0.2.5', 4005, { connection: 'wired', asn: '64496', peerProtocol: 'PPSP-PP' });

const head = <E extends EditionId>(edition: E, transaction: number | string) => ({
  edition,
  version: RULES[edition].version,
  transactionId: asTransactionId(String(transaction)),
  peerId: ERIN,
});

const STATS: StreamStats = {
  swarmId: FILM,
  uploadedBytes: 512_000n,
  downloadedBytes: 9_007_199_254_740_993n,
  availableBandwidth: 2_048_000,
};

/** The first ten segments, but for 3 and 8. */
export const TEN_SEGMENTS: ContentMap = {
  swarmId: FILM,
  representations: [
    {
      id: REPRESENTATION,
      maps: [{ startIndex: 0, endIndex: 9, bitmap: Uint8Array.of(0b1110_1111, 0b0100_0000) }],
    },
  ],
};
const EIGHT_SEGMENTS: ContentMap = {
  swarmId: FILM,
  representations: [
    { id: REPRESENTATION, maps: [{ startIndex: 0, endIndex: 7, bitmap: Uint8Array.of(0xff) }] },
  ],
};

/** Everyone else: a seed, and LEECHes of which two have told what they hold. */
function others(): readonly Request[] {
  const base = { transactionId: asTransactionId('o.0'), swarmId: FILM };
  const carol = { edition: 'extended-1.1', version: '1.1', peerId: asPeerId('carol') } as const;
  const dave = { edition: 'gu-04', version: '1.0', peerId: asPeerId('dave') } as const;
  const join = { swarmId: FILM, action: 'JOIN', mode: 'LEECH', transactionId: asTransactionId('o.1') } as const;
  return [
    {
      ...base,
      edition: 'rfc7846',
      version: '1',
      method: 'CONNECT',
      peerId: asPeerId('alice'),
      addresses: [host('192.0.2.1', 4001, { priority: 2, asn: '64496' }), host('2001:db8::1', 4001)],
      actions: [{ swarmId: FILM, action: 'JOIN', mode: 'SEED' }],
    },
    {
      ...base,
      edition: 'base-1.0',
      version: '1.0',
      method: 'CONNECT',
      peerId: asPeerId('bob'),
      addresses: [host('192.0.2.2', 4002, { connection: 'WiFi', asn: '64497' })],
      actions: [join],
    },
    {
      ...base,
      ...carol,
      method: 'CONNECT',
      addresses: [host('2001:db8::3', 4003)],
      actions: [join],
    },
    { ...base, ...carol, method: 'STAT_REPORT', stats: [], contentMaps: [EIGHT_SEGMENTS], properties: [] },
    { ...base, ...dave, method: 'CONNECT', addresses: [host('192.0.2.4', 4004)], actions: [] },
    {
      ...base,
      ...dave,
      method: 'JOIN_CHUNK',
      mode: 'LEECH',
      expireTime: 0,
      chunkId: asChunkId('7'),
      properties: [],
    },
  ];
}

const RFC7846: readonly Line[] = [
  {
    name: 'join',
    says: 'CONNECT, JOIN film as LEECH',
    request: {
      ...head('rfc7846', 1),
      method: 'CONNECT',
      peerNum: { count: 10, abilityNat: 'STUN', uploadBandwidth: 512 },
      addresses: [OWN],
      actions: [{ swarmId: FILM, action: 'JOIN', mode: 'LEECH' }],
    },
  },
  {
    name: 'find',
    says: 'FIND film',
    request: {
      ...head('rfc7846', 2),
      method: 'FIND',
      swarmId: FILM,
      peerNum: { count: 2 },
      addresses: [],
      properties: [],
    },
  },
  {
    name: 'report',
    says: 'STAT_REPORT',
    request: {
      ...head('rfc7846', 3),
      method: 'STAT_REPORT',
      stats: [{ ...STATS, concurrentLinks: 4 }],
      contentMaps: [],
      properties: [],
    },
  },
  {
    name: 'keep-alive',
    says: 'STAT_REPORT, empty',
    request: { ...head('rfc7846', 4), method: 'STAT_REPORT', stats: [], contentMaps: [], properties: [] },
  },
  {
    name: 'switch',
    says: 'CONNECT, JOIN news + LEAVE film as LEECH',
    request: {
      ...head('rfc7846', 5),
      method: 'CONNECT',
      addresses: [],
      actions: [
        { swarmId: NEWS, action: 'JOIN', mode: 'LEECH' },
        { swarmId: FILM, action: 'LEAVE', mode: 'LEECH' },
      ],
    },
  },
  {
    name: 'leave',
    says: 'CONNECT, LEAVE news (the registration ends)',
    request: {
      ...head('rfc7846', 6),
      method: 'CONNECT',
      addresses: [],
      actions: [{ swarmId: NEWS, action: 'LEAVE', mode: 'LEECH' }],
    },
  },
  {
    name: 'seed',
    says: 'CONNECT, JOIN film + JOIN news as SEEDER',
    request: {
      ...head('rfc7846', 7),
      method: 'CONNECT',
      addresses: [OWN],
      actions: [
        { swarmId: FILM, action: 'JOIN', mode: 'SEED' },
        { swarmId: NEWS, action: 'JOIN', mode: 'SEED' },
      ],
    },
  },
  {
    name: 'leave-both',
    says: 'CONNECT, LEAVE film + LEAVE news (the registration ends)',
    request: {
      ...head('rfc7846', 8),
      method: 'CONNECT',
      addresses: [],
      actions: [
        { swarmId: FILM, action: 'LEAVE', mode: 'SEED' },
        { swarmId: NEWS, action: 'LEAVE', mode: 'SEED' },
      ],
    },
  },
];

const act = (
  edition: 'base-1.0' | 'extended-1.1',
  transaction: number,
  action: 'JOIN' | 'LEAVE',
  mode: 'SEED' | 'LEECH',
  swarmId = FILM,
) =>
  ({
    ...head(edition, `${transaction}.0`),
    method: 'CONNECT',
    addresses: action === 'JOIN' ? [OWN] : [],
    actions: [{ swarmId, action, mode, transactionId: asTransactionId(`${transaction}.1`) }],
  }) as const;

const BASE10: readonly Line[] = [
  {
    name: 'join',
    says: 'CONNECT, JOIN film as LEECH',
    request: {
      ...act('base-1.0', 1, 'JOIN', 'LEECH'),
      peerNum: { count: 10, abilityNat: 'STUN', uploadBandwidth: 'NORMAL' },
    },
  },
  {
    name: 'restart',
    says: 'CONNECT, JOIN film as LEECH again (a new list)',
    request: { ...act('base-1.0', 2, 'JOIN', 'LEECH'), peerNum: { count: 2 } },
  },
  {
    name: 'report',
    says: 'STAT_REPORT',
    request: {
      ...head('base-1.0', 3),
      method: 'STAT_REPORT',
      stats: [STATS],
      contentMaps: [],
      properties: [],
    },
  },
  {
    name: 'keep-alive',
    says: 'STAT_REPORT, empty',
    request: { ...head('base-1.0', 4), method: 'STAT_REPORT', stats: [], contentMaps: [], properties: [] },
  },
  {
    name: 'leave',
    says: 'CONNECT, LEAVE film (the registration ends)',
    request: act('base-1.0', 5, 'LEAVE', 'LEECH'),
  },
  { name: 'seed', says: 'CONNECT, JOIN film as SEED', request: act('base-1.0', 6, 'JOIN', 'SEED') },
  {
    name: 'leave-seed',
    says: 'CONNECT, LEAVE film (the registration ends)',
    request: act('base-1.0', 7, 'LEAVE', 'SEED'),
  },
];

const EXTENDED11: readonly Line[] = [
  {
    name: 'join',
    says: 'CONNECT, JOIN film as LEECH, from segment 4 on',
    request: {
      ...act('extended-1.1', 1, 'JOIN', 'LEECH'),
      peerNum: { count: 10 },
      scope: [{ representation: REPRESENTATION, startIndex: 4 }],
    },
  },
  {
    name: 'find',
    says: 'FIND film, segments 0 to 7',
    request: {
      ...head('extended-1.1', 2),
      method: 'FIND',
      swarmId: FILM,
      peerNum: { count: 10 },
      addresses: [],
      scope: [{ representation: REPRESENTATION, startIndex: 0, endIndex: 7 }],
      properties: [],
    },
  },
  {
    name: 'report',
    says: 'STAT_REPORT with a chunk map',
    request: {
      ...head('extended-1.1', 3),
      method: 'STAT_REPORT',
      stats: [STATS],
      contentMaps: [TEN_SEGMENTS],
      properties: [],
    },
  },
  {
    name: 'keep-alive',
    says: 'STAT_REPORT, empty',
    request: { ...head('extended-1.1', 4), method: 'STAT_REPORT', stats: [], contentMaps: [], properties: [] },
  },
  {
    name: 'promote',
    says: 'CONNECT, JOIN film as SEED (no LEAVE before)',
    request: act('extended-1.1', 5, 'JOIN', 'SEED'),
  },
  {
    name: 'join-more',
    says: 'CONNECT, JOIN news as LEECH (the only LEECH role)',
    request: act('extended-1.1', 6, 'JOIN', 'LEECH', NEWS),
  },
  {
    name: 'disconnect-some',
    says: 'DISCONNECT from news',
    request: { ...head('extended-1.1', 7), method: 'DISCONNECT', swarmIds: [NEWS] },
  },
  {
    name: 'disconnect',
    says: 'DISCONNECT (the registration ends)',
    request: { ...head('extended-1.1', 8), method: 'DISCONNECT', swarmIds: [] },
  },
];

const GU04: readonly Line[] = [
  {
    name: 'connect',
    says: 'CONNECT',
    request: {
      ...head('gu-04', 1),
      method: 'CONNECT',
      addresses: [host('192.0.2.5', 4005)],
      actions: [],
      certificate: '',
    },
  },
  {
    name: 'join',
    says: 'JOIN film as LEECH',
    request: {
      ...head('gu-04', 2),
      method: 'JOIN',
      swarmId: FILM,
      mode: 'LEECH',
      expireTime: 0,
      peerNum: { count: 10 },
      properties: [],
    },
  },
  {
    name: 'join-chunk',
    says: 'JOIN_CHUNK news, holding chunk 12, for an hour',
    request: {
      ...head('gu-04', 3),
      method: 'JOIN_CHUNK',
      swarmId: NEWS,
      mode: 'LEECH',
      expireTime: 3600,
      chunkId: asChunkId('12'),
      properties: [],
    },
  },
  {
    name: 'find',
    says: 'FIND film',
    request: {
      ...head('gu-04', 4),
      method: 'FIND',
      swarmId: FILM,
      peerNum: { count: 2 },
      addresses: [],
      properties: [],
    },
  },
  {
    name: 'find-chunk',
    says: 'FIND_CHUNK film, chunk 7',
    request: {
      ...head('gu-04', 5),
      method: 'FIND_CHUNK',
      swarmId: FILM,
      peerNum: { count: 10 },
      chunkId: asChunkId('7'),
      addresses: [],
      properties: [],
    },
  },
  {
    name: 'report',
    says: 'STAT_REPORT with a chunk map',
    request: {
      ...head('gu-04', 6),
      method: 'STAT_REPORT',
      stats: [STATS],
      contentMaps: [TEN_SEGMENTS],
      properties: [{ name: 'OnlineTime', value: '100' }],
    },
  },
  {
    name: 'keep-alive',
    says: 'KEEPALIVE',
    asks: ['StreamStats', 'OnlineTime'],
    request: { ...head('gu-04', 7), method: 'KEEPALIVE' },
  },
  {
    name: 'answer',
    says: 'the answer to STAT_QUERY q.1',
    request: {
      ...head('gu-04', 'q.1'),
      method: 'STAT_QUERY',
      stats: [STATS],
      contentMaps: [],
      properties: [{ name: 'OnlineTime', value: '140' }],
    },
  },
  {
    name: 'promote',
    says: 'JOIN film as SEED (no LEAVE before)',
    request: {
      ...head('gu-04', 8),
      method: 'JOIN',
      swarmId: FILM,
      mode: 'SEED',
      expireTime: 0,
      properties: [],
    },
  },
  {
    name: 'leave',
    says: 'LEAVE film (the registration stays)',
    request: { ...head('gu-04', 9), method: 'LEAVE', swarmId: FILM },
  },
  {
    name: 'disconnect',
    says: 'DISCONNECT (the registration ends)',
    request: { ...head('gu-04', 10), method: 'DISCONNECT', swarmIds: [], certificate: '' },
  },
];

const SESSIONS: Readonly<Record<EditionId, readonly Line[]>> = {
  rfc7846: RFC7846,
  'extended-1.1': EXTENDED11,
  'base-1.0': BASE10,
  'gu-04': GU04,
};

export const names = (edition: EditionId): readonly string[] => SESSIONS[edition].map(({ name }) => name);

const sessions = new Map<EditionId, readonly Exchange[]>();

/** The same every time: the clock is counted, the dice are seeded. */
export function session(edition: EditionId): readonly Exchange[] {
  const known = sessions.get(edition);
  if (known !== undefined) return known;
  const tracker = createTracker({}, 0);
  const endpoint = createTrackerEndpoint(tracker);
  const random = stream(7846, `document ${edition}`);
  for (const request of others()) tracker.handle(request, { now: 0, random, remote: REMOTE });
  const exchanges = SESSIONS[edition].map(({ name, says, request, asks }, index): Exchange => {
    if (asks !== undefined) tracker.query(ERIN, asks);
    const codec = codecOf(edition);
    const body = codec.encodeRequest(request);
    const posted = { method: 'POST', target: '/', contentType: codec.mediaType, body, remote: REMOTE };
    // The others are silent, so all must be over before their track timers are.
    const now = (index * PACE * 1000) / 4;
    return { name, says, request, body, response: endpoint.answer(posted, { now, random }).response };
  });
  sessions.set(edition, exchanges);
  return exchanges;
}
