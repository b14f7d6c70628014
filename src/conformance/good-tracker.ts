/** What a tracker that finds no fault answers, and what it then holds of the peer. */
import type { SwarmId } from '../protocol/ids.ts';
import { asPeerId } from '../protocol/ids.ts';
import { MAX_PEER_LIST } from '../protocol/message.ts';
import type {
  ActionResult,
  PeerAddress,
  PeerInfo,
  PeerMode,
  Request,
  StatQuery,
  SuccessResponse,
} from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';

/** What it holds of one peer. */
export interface Standing {
  readonly registered: boolean;
  readonly swarms: ReadonlyMap<SwarmId, PeerMode>;
}

export const UNKNOWN: Standing = { registered: false, swarms: new Map() };

export interface Granted {
  /** The list to hand out where one is due; five neighbours when left out. */
  readonly list?: readonly PeerInfo[];
  readonly queries?: readonly StatQuery[];
}

/** Peers at addresses kept for documentation (RFC 5737): nobody's. */
export function neighbours(count: number): readonly PeerInfo[] {
  return Array.from({ length: count }, (_, i): PeerInfo => {
    const net = ['192.0.2', '198.51.100', '203.0.113'][Math.floor(i / 250) % 3] ?? '192.0.2';
    const address: PeerAddress = {
      addressType: 'ipv4',
      address: `${net}.${(i % 250) + 1}`,
      port: 7007,
      priority: 1,
      type: 'HOST',
    };
    return { peerId: asPeerId(`neighbour-${i + 1}`), addresses: [address], mode: 'SEED' };
  });
}

const FIVE = neighbours(5);

/** The swarm that a request wants peers of (RFC 7846 §4.1.1: a LEECH always, a SEED when it sends PeerNum). */
function wantsListOf(request: Request): SwarmId | undefined {
  switch (request.method) {
    case 'CONNECT':
      return request.actions.find(
        ({ action, mode }) => action === 'JOIN' && (mode === 'LEECH' || request.peerNum !== undefined),
      )?.swarmId;
    case 'JOIN':
    case 'JOIN_CHUNK':
      return request.mode === 'LEECH' ? request.swarmId : undefined;
    case 'FIND':
    case 'FIND_CHUNK':
      return request.swarmId;
    default:
      return undefined;
  }
}

function resultsOf(request: Request): readonly ActionResult[] {
  switch (request.method) {
    case 'CONNECT':
      return request.actions.map(({ swarmId, transactionId }) => ({
        swarmId,
        ...(transactionId === undefined ? {} : { transactionId }),
        ok: true,
      }));
    case 'FIND':
    case 'FIND_CHUNK':
      return [{ swarmId: request.swarmId, ok: true }];
    case 'STAT_REPORT':
      return request.stats.flatMap(({ swarmId }) => (swarmId === undefined ? [] : [{ swarmId, ok: true }]));
    default:
      return [];
  }
}

/** The asker's own address, where the edition has it always (base-01 §4.1); that of its first declaration will do. */
function publicAddressOf(request: Request): PeerAddress | undefined {
  if (request.method !== 'CONNECT' || RULES[request.edition].publicAddress !== 'always') return undefined;
  const [declared] = request.addresses;
  const fallback = { addressType: 'ipv4', address: '127.0.0.1', port: 0, priority: 0 } as const;
  return { ...(declared ?? fallback), type: 'REFLEXIVE' };
}

export function succeed(request: Request, { list = FIVE, queries = [] }: Granted = {}): SuccessResponse {
  const { edition, version, method, transactionId } = request;
  const swarmId = wantsListOf(request);
  const count = 'peerNum' in request ? (request.peerNum?.count ?? MAX_PEER_LIST) : MAX_PEER_LIST;
  const peers = list.length > MAX_PEER_LIST ? list : list.slice(0, Math.max(1, count));
  const publicAddress = publicAddressOf(request);
  return {
    edition,
    version,
    method,
    outcome: 'success',
    transactionId,
    ...(publicAddress === undefined ? {} : { publicAddress }),
    results: resultsOf(request),
    peerLists: swarmId === undefined || peers.length === 0 ? [] : [{ swarmId, peers }],
    queries,
  };
}

/** What is held of the peer after the request was granted. */
export function held(before: Standing, request: Request): Standing {
  const swarms = new Map(before.swarms);
  switch (request.method) {
    case 'CONNECT': {
      for (const { action, swarmId, mode } of request.actions) {
        if (action === 'JOIN') swarms.set(swarmId, mode);
        else swarms.delete(swarmId);
      }
      const left = request.actions.some(({ action }) => action === 'LEAVE') && swarms.size === 0;
      return left ? UNKNOWN : { registered: true, swarms };
    }
    case 'JOIN':
    case 'JOIN_CHUNK':
      swarms.set(request.swarmId, request.mode === 'LEECH' ? 'LEECH' : 'SEED');
      return { ...before, swarms };
    case 'LEAVE':
      swarms.delete(request.swarmId);
      return { ...before, swarms };
    case 'DISCONNECT':
      if (request.swarmIds.length === 0) return UNKNOWN;
      for (const swarmId of request.swarmIds) swarms.delete(swarmId);
      return swarms.size === 0 ? UNKNOWN : { ...before, swarms };
    default:
      return before;
  }
}
