/** One realistic message of every kind an edition has, in both directions. */
import { asChunkId, asSwarmId, asTransactionId } from '../ids.ts';
import { MAX_PEER_LIST } from '../message.ts';
import type {
  ContentMap,
  EditionId,
  Method,
  PeerAddress,
  PeerInfo,
  Request,
  Response,
  ScopeRange,
  StatQuery,
  StreamStats,
  SuccessResponse,
  SwarmAction,
} from '../message.ts';
import { RULES } from '../rules.ts';
import type { EditionRules } from '../rules.ts';
import { samplePeers } from './samples.ts';

export interface SampleRequest {
  readonly name: string;
  readonly request: Request;
}

export interface SampleResponse {
  readonly name: string;
  readonly response: Response;
}

const PLAYING = asSwarmId('urn:example:film');
const BEFORE = asSwarmId('urn:example:news');
const TRANSACTION = asTransactionId('12345.0');
const CHUNK = asChunkId('1024');
/** A film of 1,024 segments, an eighth of it held. */
const SEGMENTS = 1024;

/** The peers of the samples that name no other: IDs of 20 bytes, IPv4, all details. */
const usualPeers = (count: number): PeerInfo[] => samplePeers(count, '20-byte hex', 'IPv4', 'full');

const SCOPE: readonly ScopeRange[] = [{ representation: 'video-720p', startIndex: 128, endIndex: 255 }];

const STATS: StreamStats = {
  swarmId: PLAYING,
  uploadedBytes: 512_000_000n,
  downloadedBytes: 768_000_000n,
  availableBandwidth: 1_024_000,
  // JSON alone carries it.
  concurrentLinks: 8,
};

const CONTENT: ContentMap = {
  swarmId: PLAYING,
  representations: [
    {
      id: 'video-720p',
      maps: [
        {
          startIndex: 0,
          endIndex: SEGMENTS - 1,
          bitmap: Uint8Array.from({ length: SEGMENTS / 8 }, (_, at) => (at < SEGMENTS / 64 ? 0xff : 0)),
        },
      ],
    },
  ],
};

const PEER_NUM = { count: MAX_PEER_LIST, abilityNat: 'STUN' } as const;

/** The asking peer, as itself and as the tracker sees it. */
function asker(): { readonly peerId: PeerInfo['peerId']; readonly own: PeerAddress } {
  const [peer] = samplePeers(1, '20-byte hex', 'IPv4', 'full');
  const own = peer?.addresses[0];
  if (peer === undefined || own === undefined) throw new TypeError('a sample of one peer has one');
  return { peerId: peer.peerId, own };
}

function head(edition: EditionId): Pick<Request, 'edition' | 'version' | 'transactionId' | 'peerId'> {
  return { edition, version: RULES[edition].version, transactionId: TRANSACTION, peerId: asker().peerId };
}

/** The swarm actions of a CONNECT, each with a transaction of its own where the edition has them. */
function actions(
  rules: EditionRules,
  ...asked: readonly Omit<SwarmAction, 'transactionId'>[]
): SwarmAction[] {
  return asked.map((action, index) =>
    rules.actionTransactions
      ? { ...action, transactionId: asTransactionId(`12345.${index + 1}`) }
      : { ...action },
  );
}

export function sampleRequests(edition: EditionId): SampleRequest[] {
  return RULES[edition].methods.flatMap((method) => requestsOf(method, edition));
}

function requestsOf(method: Method, edition: EditionId): SampleRequest[] {
  const rules = RULES[edition];
  const start = head(edition);
  const { own } = asker();
  const film = { swarmId: PLAYING };
  const properties: [] = [];
  switch (method) {
    case 'CONNECT': {
      if (rules.connect === 'alone')
        return [
          {
            name: 'CONNECT',
            request: { ...start, method, addresses: [], actions: [], certificate: '' },
          },
        ];
      const connect = { ...start, method, addresses: [] };
      const join = { swarmId: PLAYING, action: 'JOIN', mode: 'LEECH' } as const;
      const leave = { swarmId: BEFORE, action: 'LEAVE', mode: 'LEECH' } as const;
      const joining = { ...connect, peerNum: PEER_NUM, addresses: [own], actions: actions(rules, join) };
      return [
        { name: 'CONNECT JOIN', request: joining },
        ...(rules.contentScopes
          ? [{ name: 'CONNECT JOIN with a scope', request: { ...joining, scope: SCOPE } }]
          : []),
        { name: 'CONNECT LEAVE', request: { ...connect, actions: actions(rules, leave) } },
        {
          name: 'CONNECT JOIN + LEAVE',
          request: { ...connect, peerNum: PEER_NUM, actions: actions(rules, join, leave) },
        },
      ];
    }
    case 'DISCONNECT':
      return [
        {
          name: method,
          request: {
            ...start,
            method,
            swarmIds: [],
            ...(rules.connect === 'alone' ? { certificate: '' } : {}),
          },
        },
      ];
    case 'JOIN':
    case 'JOIN_CHUNK': {
      const chunk = method === 'JOIN' ? {} : { chunkId: CHUNK };
      const joining = {
        ...film,
        mode: 'LEECH',
        expireTime: 0,
        peerNum: PEER_NUM,
        ...chunk,
        properties,
      } as const;
      return [{ name: method, request: { ...start, method, ...joining } }];
    }
    case 'LEAVE':
      return [{ name: method, request: { ...start, method, ...film } }];
    case 'FIND':
    case 'FIND_CHUNK': {
      const chunk = method === 'FIND' ? {} : { chunkId: CHUNK };
      const find = { ...start, method, ...film, peerNum: PEER_NUM, addresses: [], ...chunk, properties };
      return [
        { name: method, request: find },
        ...(rules.contentScopes && method === 'FIND'
          ? [{ name: 'FIND with a scope', request: { ...find, scope: SCOPE } }]
          : []),
      ];
    }
    case 'KEEPALIVE':
      return [{ name: method, request: { ...start, method } }];
    case 'STAT_REPORT': {
      const report = { ...start, method, stats: [STATS], contentMaps: [], properties };
      return [
        { name: method, request: report },
        ...(rules.contentScopes
          ? [{ name: 'STAT_REPORT with a chunk map', request: { ...report, contentMaps: [CONTENT] } }]
          : []),
        ...(rules.keepAlive === method
          ? [{ name: 'STAT_REPORT as keep-alive', request: { ...report, stats: [] } }]
          : []),
      ];
    }
    case 'STAT_QUERY':
      return [
        {
          name: 'answer to STAT_QUERY',
          request: { ...start, method, stats: [STATS], contentMaps: [], properties },
        },
      ];
    default:
      return method satisfies never;
  }
}

/** A success as a tracker gives it; results name the action's transaction where actions have one. */
function success(
  edition: EditionId,
  method: Method,
  peers: readonly PeerInfo[],
  queries: readonly StatQuery[] = [],
): SuccessResponse {
  const rules = RULES[edition];
  const { own } = asker();
  const told = rules.publicAddress !== 'connect if reflexive' || method === 'CONNECT';
  const ofAction = rules.actionTransactions && method === 'CONNECT';
  return {
    edition,
    version: rules.version,
    method,
    outcome: 'success',
    transactionId: TRANSACTION,
    ...(told ? { publicAddress: reflexive(own) } : {}),
    results: [
      ofAction ? { transactionId: asTransactionId('12345.1'), ok: true } : { swarmId: PLAYING, ok: true },
    ],
    peerLists: peers.length === 0 ? [] : [{ swarmId: PLAYING, peers }],
    queries,
  };
}

const reflexive = ({ addressType, address, port }: PeerAddress): PeerAddress => ({
  addressType,
  address,
  port,
  priority: 0,
  type: 'REFLEXIVE',
});

/** The answer that lists peers: to CONNECT, or where that registers alone, to JOIN. */
export function listingResponse(edition: EditionId, peers: readonly PeerInfo[]): SuccessResponse {
  const alone = RULES[edition].connect === 'alone';
  if (!alone) return success(edition, 'CONNECT', peers);
  // gu -06 §4.6: there a list says who is a seed.
  return success(
    edition,
    'JOIN',
    peers.map((peer) => ({ ...peer, mode: 'LEECH' })),
  );
}

export function sampleResponses(edition: EditionId): SampleResponse[] {
  const rules = RULES[edition];
  const empty = listingResponse(edition, []);
  const full = listingResponse(edition, usualPeers(MAX_PEER_LIST));
  const listed = full.peerLists.flatMap(({ peers }) => peers);
  const query = {
    transactionId: asTransactionId('q.1'),
    peerId: asker().peerId,
    properties: ['StreamStats', 'ChunkMap'],
  };
  return [
    { name: `to ${empty.method}, no peers`, response: empty },
    { name: `to ${full.method}, 30 peers`, response: full },
    ...(rules.find
      ? [
          { name: 'to FIND, no peers', response: success(edition, 'FIND', []) },
          { name: 'to FIND, 30 peers', response: success(edition, 'FIND', listed) },
        ]
      : []),
    { name: 'to STAT_REPORT', response: success(edition, 'STAT_REPORT', []) },
    ...(rules.statQuery
      ? [
          {
            name: 'to STAT_REPORT, with STAT_QUERY',
            response: success(edition, 'STAT_REPORT', [], [query]),
          },
        ]
      : []),
    {
      name: 'forbidden',
      response: {
        edition,
        version: rules.version,
        method: full.method,
        outcome: 'failure',
        transactionId: TRANSACTION,
        error: 'forbidden',
      },
    },
  ];
}
