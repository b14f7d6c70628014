/** The requests themselves: what each purpose comes to in the edition that the peer speaks. */
import { asChunkId, asTransactionId } from '../protocol/ids.ts';
import type { TransactionId } from '../protocol/ids.ts';
import type {
  ConnectRequest,
  ContentMap,
  EditionId,
  FindRequest,
  PeerMode,
  Request,
  ScopeRange,
  StatAnswer,
  SwarmActionKind,
} from '../protocol/message.ts';
import type { Writable } from '../protocol/reading.ts';
import { RULES } from '../protocol/rules.ts';
import type { PeerIdentity, PeerMoment, PeerState, Purpose } from './state.ts';

/** The one component of the content that peers of ours speak of (extended-04 §4.4.1 Representation). */
export const REPRESENTATION = 'main';

interface Head {
  readonly edition: EditionId;
  readonly version: string;
  readonly peerId: PeerIdentity['peerId'];
  readonly transactionId: TransactionId;
  readonly authToken?: string;
}

/** `transaction`: number of the request among the peer's own. */
export function write(
  identity: PeerIdentity,
  state: PeerState,
  purpose: Purpose,
  transaction: number,
  moment: PeerMoment,
): Request {
  const { edition } = state;
  const { peerId, swarmId } = identity;
  const rules = RULES[edition];
  const root = `${peerId.slice(0, 4)}.${transaction}`;
  const { version } = rules;
  const transactionId = asTransactionId(root);
  const head: Head =
    state.authToken === undefined
      ? { edition, version, peerId, transactionId }
      : { edition, version, peerId, transactionId, authToken: state.authToken };
  // The seed shows `<Cer>` in both; what it certifies is left to the security of HTTP.
  const certificate = rules.connect === 'alone' ? { certificate: '' } : {};
  switch (purpose) {
    case 'connect':
      return { ...head, method: 'CONNECT', addresses: identity.addresses, actions: [], ...certificate };
    case 'join':
      return rules.connect === 'alone'
        ? join(head, identity, state, moment)
        : connect(head, identity, 'JOIN', state.wish === 'SEED' ? 'SEED' : 'LEECH', scope(state, moment));
    case 'ask anew':
      // Without FIND, a LEECH's re-start is how it asks for more neighbours (base-01 §4.1).
      return rules.find
        ? find(head, identity, state.asking?.lacks)
        : connect(head, identity, 'JOIN', 'LEECH', undefined);
    case 'leave':
      return rules.connect === 'alone'
        ? { ...head, method: 'LEAVE', swarmId }
        : connect(head, identity, 'LEAVE', state.registered === 'SEED' ? 'SEED' : 'LEECH', undefined);
    case 'leave to return':
      return connect(head, identity, 'LEAVE', 'LEECH', undefined);
    case 'disconnect':
      return { ...head, method: 'DISCONNECT', swarmIds: [], ...certificate };
    case 'report':
      return report(head, moment);
    case 'keep alive':
      return { ...head, method: 'KEEPALIVE' };
    case 'answer query':
      return answer(head, state, moment);
    default:
      return purpose satisfies never;
  }
}

/**
 * Reports and searches are nearly all that a large swarm says: they are made member by member, for members added to
 * a copy of the head cost V8 far more.
 */
const authenticated = <R extends Request>(request: R, { authToken }: Head): R =>
  authToken === undefined ? request : { ...request, authToken };

function report(head: Head, moment: PeerMoment): Request {
  const { edition, version, peerId, transactionId } = head;
  const contentMaps = RULES[edition].contentScopes ? [moment.content()] : [];
  const stats = [moment.stats()];
  return authenticated(
    { edition, version, peerId, transactionId, method: 'STAT_REPORT', stats, contentMaps, properties: [] },
    head,
  );
}

/** CONNECT with its one swarm action. */
function connect(
  head: Head,
  { swarmId, addresses, peerCount }: PeerIdentity,
  action: SwarmActionKind,
  mode: PeerMode,
  scope: readonly ScopeRange[] | undefined,
): Request {
  const { edition, version, peerId, transactionId: root, authToken } = head;
  const numbered = RULES[edition].actionTransactions;
  const request: Writable<ConnectRequest> = {
    edition,
    version,
    peerId,
    // base-01 §4.1 numbers the root `t.0` and its actions `t.1`, `t.2`, ...
    transactionId: numbered ? asTransactionId(`${root}.0`) : root,
    method: 'CONNECT',
    addresses: action === 'JOIN' ? addresses : [],
    actions: [
      numbered
        ? { swarmId, action, mode, transactionId: asTransactionId(`${root}.1`) }
        : { swarmId, action, mode },
    ],
  };
  // Only a LEECH has use for a list.
  if (action === 'JOIN' && mode === 'LEECH') request.peerNum = { count: peerCount };
  if (scope !== undefined) request.scope = scope;
  if (authToken !== undefined) request.authToken = authToken;
  return request;
}

/** A LEECH that starts in the midst of the content wants those who have it from there on (extended-04 §5.1). */
function scope({ edition, wish }: PeerState, moment: PeerMoment): readonly ScopeRange[] | undefined {
  const from = RULES[edition].contentScopes && wish === 'LEECH' ? moment.playsFrom() : undefined;
  return from === undefined ? undefined : [{ representation: REPRESENTATION, startIndex: from }];
}

/** gu-04: JOIN; JOIN_CHUNK of a LEECH that brings something, so that others find it before its first report. */
function join(head: Head, identity: PeerIdentity, { wish }: PeerState, moment: PeerMoment): Request {
  const { swarmId, liveSource, peerCount } = identity;
  // No ExpireTime: how long it will stay is no more known to a simulated peer than to its viewer.
  const joining = { ...head, swarmId, expireTime: 0, properties: [] };
  if (wish === 'SEED') return { ...joining, method: 'JOIN', mode: liveSource ? 'LIVESEED' : 'SEED' };
  const held = firstHeld(moment.content());
  const leech = { ...joining, mode: 'LEECH', peerNum: { count: peerCount } } as const;
  return held === undefined
    ? { ...leech, method: 'JOIN' }
    : { ...leech, method: 'JOIN_CHUNK', chunkId: asChunkId(String(held)) };
}

function find(head: Head, { swarmId, peerCount }: PeerIdentity, lacks: number | undefined): FindRequest {
  const { edition, version, peerId, transactionId } = head;
  const { methods, contentScopes } = RULES[edition];
  const peerNum = { count: peerCount };
  const bare: FindRequest = {
    edition,
    version,
    peerId,
    transactionId,
    method: 'FIND',
    swarmId,
    peerNum,
    addresses: [],
    properties: [],
  };
  const plain = authenticated(bare, head);
  if (lacks === undefined || !contentScopes) return plain;
  if (methods.includes('FIND_CHUNK'))
    return { ...plain, method: 'FIND_CHUNK', chunkId: asChunkId(String(lacks)) };
  return { ...plain, scope: [{ representation: REPRESENTATION, startIndex: lacks }] };
}

/** Under the query's own transaction ID; what the peer does not know of itself is left out. */
function answer(head: Head, { queries }: PeerState, moment: PeerMoment): StatAnswer {
  const [query] = queries;
  const asked = new Set(query?.properties);
  return {
    ...head,
    transactionId: query?.transactionId ?? head.transactionId,
    method: 'STAT_QUERY',
    stats: asked.has('StreamStats') ? [moment.stats()] : [],
    contentMaps: asked.has('ChunkMap') ? [moment.content()] : [],
    properties: moment.properties.filter(({ name }) => asked.has(name)),
  };
}

function firstHeld({ representations }: ContentMap): number | undefined {
  for (const { maps } of representations)
    for (const { startIndex, endIndex, bitmap } of maps)
      for (let segment = startIndex; segment <= endIndex; segment++) {
        const bit = segment - startIndex;
        if (((bitmap[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) return segment;
      }
  return undefined;
}
