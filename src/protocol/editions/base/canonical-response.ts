/** Responses in the form our own writer gives them (see canonical.ts). */
import type { Decoded } from '../../codec.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import type { SwarmId } from '../../ids.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type { ActionResult, Method, PeerAddress, PeerInfo, PeerList, Response } from '../../message.ts';
import { MAX_LIST, present } from '../../reading.ts';
import { RULES } from '../../rules.ts';
import { Cursor, tag } from './canonical.ts';
import type { BaseEdition } from './elements.ts';

const LISTED = tag('<PeerInfo swarmID="');
const PEER_ID = tag('><PeerID>');
const PEER_ID_END = tag('/PeerID>');
const INFO_END = tag('</PeerInfo>');

/** `undefined`: departs from the canonical form, so it is for `decodeResponse` to read. */
export function decodeCanonicalResponse(
  body: Uint8Array,
  edition: BaseEdition,
  method: Method,
  maxElements: number,
): Decoded<Response> | undefined {
  const cursor = Cursor.open(body, edition, maxElements);
  if (!cursor?.skip('<Response>')) return undefined;
  const head: Head = { edition, version: RULES[edition].version, method };
  const message = cursor.skip('SUCCESSFUL</Response><TransactionID>')
    ? readSuccess(cursor, head)
    : cursor.skip('AUTHENTICATION REQUIRED</Response><TransactionID')
      ? readFailure(cursor, head)
      : undefined;
  return message && cursor.close() ? { ok: true, message, findings: [] } : undefined;
}

type Head = Pick<Response, 'edition' | 'version' | 'method'>;

function readFailure(cursor: Cursor, head: Head): Response | undefined {
  let transactionId: string | undefined = '';
  if (!cursor.skip('/>')) {
    transactionId = cursor.skip('>') ? cursor.id('<') : undefined;
    if (transactionId === undefined || !cursor.skip('/TransactionID>')) return undefined;
  }
  return {
    ...head,
    outcome: 'failure',
    transactionId: asTransactionId(transactionId),
    error: 'authentication-required',
  };
}

function readSuccess(cursor: Cursor, head: Head): Response | undefined {
  const connects = head.method === 'CONNECT';
  if (connects && !cursor.skip('<Result transactionID="')) return undefined;
  const transactionId = cursor.id(connects ? '"' : '<');
  if (transactionId === undefined || (connects && !cursor.skip('>200 OK</Result><'))) return undefined;
  const results = connects ? readResults(cursor) : [];
  if (!results || !cursor.skip('/TransactionID>')) return undefined;

  const grouped = cursor.skip('<PeerGroup>');
  let publicAddress: PeerAddress | undefined;
  if (grouped && cursor.skip('<PeerInfo>')) {
    const own = cursor.addresses();
    if (own?.length !== 1 || !cursor.skip('</PeerInfo>')) return undefined;
    publicAddress = own[0];
  }
  const peerLists = readPeerLists(cursor);
  if (!peerLists || (grouped && !cursor.skip('</PeerGroup>'))) return undefined;
  return {
    ...head,
    outcome: 'success',
    transactionId: asTransactionId(transactionId),
    results,
    ...present('publicAddress', publicAddress),
    peerLists,
    queries: [],
  };
}

/** Of the actions, each past the "<" of what follows. */
function readResults(cursor: Cursor): ActionResult[] | undefined {
  const results: ActionResult[] = [];
  while (cursor.skip('Result transactionID="')) {
    const id = cursor.id('"');
    const ok = cursor.skip('>200 OK</Result><');
    if (id === undefined || !(ok || cursor.skip('>403 Forbidden</Result><'))) return undefined;
    if (results.push({ transactionId: asTransactionId(id), ok }) > MAX_LIST) return undefined;
  }
  return results;
}

function readPeerLists(cursor: Cursor): PeerList[] | undefined {
  const lists = new Map<SwarmId, PeerInfo[]>();
  let swarm: string | undefined;
  let peers: PeerInfo[] = [];
  while (cursor.pass(LISTED)) {
    const swarmId = cursor.again(cursor.swarmId);
    if (swarmId === undefined || !cursor.pass(PEER_ID)) return undefined;
    const peerId = cursor.id('<');
    if (peerId === undefined || !cursor.pass(PEER_ID_END)) return undefined;
    const addresses = cursor.addresses();
    if (!addresses || !cursor.pass(INFO_END)) return undefined;
    if (swarm !== swarmId) {
      swarm = swarmId;
      peers = lists.get(asSwarmId(swarmId)) ?? [];
      lists.set(asSwarmId(swarmId), peers);
    }
    // A longer one is a finding.
    if (peers.push({ peerId: asPeerId(peerId), addresses }) > MAX_PEER_LIST) return undefined;
  }
  if (lists.size > MAX_LIST) return undefined;
  return Array.from(lists, ([swarmId, peers]): PeerList => ({ swarmId, peers }));
}
