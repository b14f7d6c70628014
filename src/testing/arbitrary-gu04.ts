/** gu-04's messages for property tests, in the form its codec writes and reads back unchanged. */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { asChunkId, asTransactionId } from '../protocol/ids.ts';
import { MAX_PEER_LIST, METHODS } from '../protocol/message.ts';
import type {
  JoinMode,
  PeerInfo,
  Property,
  Request,
  Response,
  SuccessResponse,
} from '../protocol/message.ts';
import {
  arbitraryAddress,
  arbitraryContentMap,
  arbitraryId,
  arbitraryPeerNum,
  arbitraryScope,
  arbitraryStats,
  optional,
  peerId,
  strip,
  swarmId,
  transactionId,
  wholeNumber,
} from './arbitrary-parts.ts';

const EDITION = 'gu-04' as const;
const VERSION = '1.0';

const chunkId = arbitraryId.map(asChunkId);
const mode = fc.constantFrom<JoinMode>('LEECH', 'SEED', 'LIVESEED');
const peerNum = optional(arbitraryPeerNum(EDITION));
/** Not the names of what has a place of its own: ChunkMap and StreamStats. */
const properties: Arbitrary<Property[]> = fc.array(
  fc.record({
    name: fc.oneof(fc.constantFrom('STUN', 'NAT', 'OnlineTime'), arbitraryId),
    value: arbitraryId,
  }),
  { maxLength: 3 },
);

const head = {
  edition: fc.constant(EDITION),
  version: fc.constant(VERSION),
  transactionId,
  peerId,
  authToken: optional(arbitraryId),
} as const;
/** `<Cer>` may be empty. */
const certificate = optional(fc.oneof(fc.constant(''), arbitraryId));
const statistics = {
  stats: fc.array(arbitraryStats(EDITION), { maxLength: 3 }),
  contentMaps: fc.array(arbitraryContentMap, { maxLength: 2 }),
  properties,
};
const join = {
  swarmId,
  mode,
  expireTime: wholeNumber,
  peerNum,
  scope: optional(arbitraryScope),
  properties,
};
const find = { swarmId, peerNum, addresses: fc.constant([]), properties };

export const guRequest: Arbitrary<Request> = fc.oneof(
  fc
    .record({
      ...head,
      method: fc.constant('CONNECT' as const),
      addresses: fc.array(arbitraryAddress(EDITION), { maxLength: 3 }),
      actions: fc.constant([]),
      certificate,
    })
    .map((request): Request => strip(request)),
  fc
    .record({ ...head, method: fc.constant('DISCONNECT' as const), swarmIds: fc.constant([]), certificate })
    .map((request): Request => strip(request)),
  fc
    .record({ ...head, method: fc.constant('JOIN' as const), ...join })
    .map((request): Request => strip(request)),
  fc
    .record({ ...head, method: fc.constant('JOIN_CHUNK' as const), ...join, chunkId })
    .map((request): Request => strip(request)),
  fc
    .record({ ...head, method: fc.constant('LEAVE' as const), swarmId })
    .map((request): Request => strip(request)),
  fc
    .record({
      ...head,
      method: fc.constant('FIND' as const),
      ...find,
      chunkId: optional(chunkId),
      scope: optional(arbitraryScope),
    })
    .map((request): Request => strip(request)),
  fc
    .record({ ...head, method: fc.constant('FIND_CHUNK' as const), ...find, chunkId })
    .map((request): Request => strip(request)),
  fc.record({ ...head, method: fc.constant('KEEPALIVE' as const) }).map((request): Request => strip(request)),
  fc
    .record({ ...head, method: fc.constant('STAT_REPORT' as const), ...statistics })
    .map((request): Request => strip(request)),
  fc
    .record({ ...head, method: fc.constant('STAT_QUERY' as const), ...statistics })
    .map((request): Request => strip(request)),
);

const peers: Arbitrary<PeerInfo[]> = fc.array(
  fc
    .record({
      peerId,
      addresses: fc.array(arbitraryAddress(EDITION), { maxLength: 3 }),
      mode: optional(mode),
    })
    .map(strip),
  { minLength: 1, maxLength: MAX_PEER_LIST },
);

/** The one swarm that a request names, with its peers if there are any. */
const swarm = fc
  .record({ swarmId, peers: optional(peers), chunkId: optional(chunkId) })
  .map(({ swarmId, peers, chunkId }): Pick<SuccessResponse, 'results' | 'peerLists'> => ({
    results: [{ swarmId, ok: true }],
    peerLists: peers ? [strip({ swarmId, peers, chunkId })] : [],
  }));

const queries = fc.array(
  fc.record({
    transactionId: arbitraryId.map((id) => asTransactionId(`q.${id}`)),
    peerId,
    properties: fc.array(arbitraryId, { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 2 },
);

const method = fc.constantFrom(...METHODS);
const LISTING: ReadonlySet<string> = new Set(['JOIN', 'JOIN_CHUNK', 'FIND', 'FIND_CHUNK']);
const ASKING: ReadonlySet<string> = new Set(['KEEPALIVE', 'STAT_REPORT']);

const success: Arbitrary<Response> = fc
  .record({
    method,
    transactionId,
    publicAddress: optional(arbitraryAddress(EDITION)),
    swarm,
    queries,
  })
  .map(({ method, swarm, queries, publicAddress, ...rest }): Response =>
    strip({
      edition: EDITION,
      version: VERSION,
      method,
      outcome: 'success' as const,
      ...rest,
      publicAddress: method === 'CONNECT' ? publicAddress : undefined,
      ...(LISTING.has(method) ? swarm : { results: [], peerLists: [] }),
      queries: ASKING.has(method) ? queries : [],
    }),
  );

const failure: Arbitrary<Response> = fc
  .record({
    method,
    transactionId: fc.option(transactionId, { nil: '' as const }),
    error: fc.constantFrom(...(Object.keys(ERRORS) as ErrorName[])),
  })
  .map((rest) => ({ edition: EDITION, version: VERSION, ...rest, outcome: 'failure' as const }));

export const guResponse: Arbitrary<Response> = fc.oneof(
  { weight: 4, arbitrary: success },
  { weight: 1, arbitrary: failure },
);
