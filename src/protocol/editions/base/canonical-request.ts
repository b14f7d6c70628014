/** Requests in the form our own writer gives them (see canonical.ts). */
import type { Decoded } from '../../codec.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import type { SwarmId } from '../../ids.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type {
  ConnectRequest,
  FindRequest,
  Method,
  PeerAddress,
  PeerNum,
  Request,
  ScopeRange,
  SwarmAction,
} from '../../message.ts';
import { MAX_LIST } from '../../reading.ts';
import type { Writable } from '../../reading.ts';
import { RULES } from '../../rules.ts';
import { readScope, readStatistics } from './canonical-content.ts';
import { Cursor } from './canonical.ts';
import type { BaseEdition } from './elements.ts';

/** `undefined`: departs from the canonical form, so it is for `decodeRequest` to read. */
export function decodeCanonicalRequest(
  body: Uint8Array,
  edition: BaseEdition,
  maxElements: number,
): Decoded<Request> | undefined {
  const cursor = Cursor.open(body, edition, maxElements);
  if (!cursor?.skip('<Request>')) return undefined;
  const { version, methods } = RULES[edition];
  const method = cursor.oneOf(methods);
  if (method === undefined || !cursor.skip('</Request><TransactionID>')) return undefined;
  const transactionId = cursor.id('<');
  if (transactionId === undefined || !cursor.skip('/TransactionID><PeerID>')) return undefined;
  const peerId = cursor.id('<');
  if (peerId === undefined || !cursor.skip('/PeerID>')) return undefined;
  const head: Head = {
    edition,
    version,
    transactionId: asTransactionId(transactionId),
    peerId: asPeerId(peerId),
  };
  const message = readMethod(cursor, method, head);
  return message && cursor.close() ? { ok: true, message, findings: [] } : undefined;
}

/**
 * The same of either edition: what is read so is in the one that its root element names, for the other's has another
 * version, and what extended-04 adds is nothing that base-01's form has room for.
 */
export const decodeEitherRequest = (body: Uint8Array, maxElements: number): Decoded<Request> | undefined =>
  decodeCanonicalRequest(body, 'base-1.0', maxElements) ??
  decodeCanonicalRequest(body, 'extended-1.1', maxElements);

interface Head extends Pick<Request, 'version' | 'transactionId' | 'peerId'> {
  readonly edition: BaseEdition;
}

function readMethod(cursor: Cursor, method: Method, head: Head): Request | undefined {
  switch (method) {
    case 'CONNECT':
      return readConnect(cursor, head);
    case 'FIND':
      return readFind(cursor, head);
    case 'DISCONNECT':
      return readDisconnect(cursor, head);
    default: {
      const statistics = readStatistics(cursor, RULES[head.edition].contentScopes);
      return statistics && { ...head, method: 'STAT_REPORT', ...statistics };
    }
  }
}

function readConnect(cursor: Cursor, head: Head): Request | undefined {
  const peerNum = readPeerNum(cursor);
  if (peerNum === null) return undefined;
  const actions: SwarmAction[] = [];
  while (cursor.skip('<SwarmID action="')) {
    const action = readAction(cursor);
    if (!action || actions.push(action) > MAX_LIST) return undefined;
  }
  const wanted = actions.length === 0 ? undefined : readWanted(cursor, head.edition);
  if (!wanted) return undefined;
  const { edition, version, transactionId, peerId } = head;
  const { addresses, scope } = wanted;
  const message: Writable<ConnectRequest> = {
    edition,
    version,
    transactionId,
    peerId,
    method: 'CONNECT',
    addresses,
    actions,
  };
  if (peerNum !== undefined) message.peerNum = peerNum;
  if (scope !== undefined) message.scope = scope;
  return message;
}

function readFind(cursor: Cursor, head: Head): Request | undefined {
  const swarmId = cursor.skip('<SwarmID>') ? readSwarm(cursor) : undefined;
  const peerNum = readPeerNum(cursor);
  if (swarmId === undefined || peerNum === null) return undefined;
  const wanted = readWanted(cursor, head.edition);
  if (!wanted) return undefined;
  const { edition, version, transactionId, peerId } = head;
  const { addresses, scope } = wanted;
  const message: Writable<FindRequest> = {
    edition,
    version,
    transactionId,
    peerId,
    method: 'FIND',
    swarmId,
    addresses,
    properties: [],
  };
  if (peerNum !== undefined) message.peerNum = peerNum;
  if (scope !== undefined) message.scope = scope;
  return message;
}

function readDisconnect(cursor: Cursor, head: Head): Request | undefined {
  const swarmIds: SwarmId[] = [];
  while (cursor.skip('<SwarmID>')) {
    const swarmId = readSwarm(cursor);
    if (swarmId === undefined || swarmIds.push(swarmId) > MAX_LIST) return undefined;
  }
  return { ...head, method: 'DISCONNECT', swarmIds };
}

/** Of an element, past its start tag. */
function readSwarm(cursor: Cursor): SwarmId | undefined {
  const swarmId = cursor.id('<');
  return swarmId !== undefined && cursor.skip('/SwarmID>') ? asSwarmId(swarmId) : undefined;
}

/** What ends a CONNECT and a FIND alike: the segments wanted, the asker's own addresses. */
function readWanted(
  cursor: Cursor,
  edition: BaseEdition,
): { readonly addresses: PeerAddress[]; readonly scope: ScopeRange[] | undefined } | undefined {
  const scope = RULES[edition].contentScopes ? readScope(cursor) : undefined;
  if (scope === null) return undefined;
  if (!cursor.skip('<PeerGroup><PeerInfo>')) return { addresses: [], scope };
  const addresses = cursor.addresses();
  return addresses && cursor.skip('</PeerInfo></PeerGroup>') ? { addresses, scope } : undefined;
}

function readAction(cursor: Cursor): SwarmAction | undefined {
  const action = cursor.oneOf(['JOIN', 'LEAVE']);
  if (action === undefined || !cursor.skip('" peerMode="')) return undefined;
  const mode = cursor.oneOf(['SEED', 'LEECH']);
  // One without is a finding.
  if (mode === undefined || !cursor.skip('" transactionID="')) return undefined;
  const transactionId = cursor.id('"');
  if (transactionId === undefined || !cursor.skip('>')) return undefined;
  const swarmId = cursor.id('<');
  if (swarmId === undefined || !cursor.skip('/SwarmID>')) return undefined;
  return { swarmId: asSwarmId(swarmId), action, mode, transactionId: asTransactionId(transactionId) };
}

/** The value of an attribute that may be left out; `null` when it is there and not one of these. */
function wish<const Word extends string>(
  cursor: Cursor,
  name: string,
  words: readonly Word[],
): Word | undefined | null {
  if (!cursor.skip(` ${name}="`)) return undefined;
  const word = cursor.oneOf(words);
  return word !== undefined && cursor.skip('"') ? word : null;
}

/**
 * `null` when it is there and not like this: levels other than these, and more peers than are ever handed
 * out, are findings (table 2, §3.1).
 */
function readPeerNum(cursor: Cursor): PeerNum | undefined | null {
  if (!cursor.skip('<PeerNum')) return undefined;
  const ability = wish(cursor, 'abilityNAT', ['No-NAT', 'STUN', 'TURN', 'PROXY']);
  const concurrentLinks = wish(cursor, 'concurrentLinks', ['HIGH', 'NORMAL', 'LOW']);
  const onlineTime = wish(cursor, 'onlineTime', ['HIGH', 'NORMAL']);
  const uploadBandwidth = wish(cursor, 'uploadBWlevel', ['HIGH', 'NORMAL']);
  if (ability === null || concurrentLinks === null || onlineTime === null || uploadBandwidth === null)
    return null;
  const count = cursor.skip('>') ? cursor.number(MAX_PEER_LIST) : undefined;
  if (count === undefined || !cursor.skip('</PeerNum>')) return null;
  const wanted: Writable<PeerNum> = { count };
  if (ability !== undefined) wanted.abilityNat = ability === 'No-NAT' ? 'NO_NAT' : ability;
  if (concurrentLinks !== undefined) wanted.concurrentLinks = concurrentLinks;
  if (onlineTime !== undefined) wanted.onlineTime = onlineTime;
  if (uploadBandwidth !== undefined) wanted.uploadBandwidth = uploadBandwidth;
  return wanted;
}
