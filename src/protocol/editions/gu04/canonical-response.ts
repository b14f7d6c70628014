/** gu-04 responses in the form our own writer gives them (see canonical.ts). */
import type { Decoded } from '../../codec.ts';
import type { ErrorName } from '../../errors.ts';
import { asChunkId, asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import type { Method, PeerAddress, PeerInfo, Response, StatQuery, SuccessResponse } from '../../message.ts';
import { MAX_LIST, present } from '../../reading.ts';
import { Cursor, tag } from '../base/canonical.ts';
import { ROOT } from '../base/elements.ts';
import { leaf, readAddress, readAddresses, requiredLeaf } from './canonical.ts';
import { ERROR_WORDS, namesSwarm, VERSION } from './elements.ts';

const LISTED = tag('<PeerInfo><PeerID>');
const PEER_ID_END = tag('/PeerID><PeerMode>');
const MODE_END = tag('</PeerMode>');
const INFO_END = tag('</PeerInfo>');

/** `undefined`: departs from the canonical form, so it is for `decodeAnyResponse` to read. */
export function decodeCanonicalResponse(
  body: Uint8Array,
  method: Method,
  maxElements: number,
): Decoded<Response> | undefined {
  const cursor = Cursor.open(body, 'gu-04', maxElements);
  if (!cursor?.skip('<Response>')) return undefined;
  const message = succeeds(cursor, method) ? readSuccess(cursor, method) : readFailure(cursor, method);
  return message && cursor.close() ? { ok: true, message, findings: [] } : undefined;
}

const succeeds = (cursor: Cursor, method: Method): boolean =>
  cursor.skip('OK</Response>') || cursor.skip(`${method}</Response>`);

const FAILURES = Object.entries(ERROR_WORDS) as [ErrorName, string][];

function readFailure(cursor: Cursor, method: Method): Response | undefined {
  const [error] = FAILURES.find(([, word]) => cursor.skip(`${word}</Response>`)) ?? [];
  if (error === undefined) return undefined;
  const transactionId = cursor.skip('<TransactionID/>') ? '' : requiredLeaf(cursor, 'TransactionID');
  if (transactionId === undefined) return undefined;
  return {
    edition: 'gu-04',
    version: VERSION,
    method,
    outcome: 'failure',
    transactionId: asTransactionId(transactionId),
    error,
  };
}

function readSuccess(cursor: Cursor, method: Method): Response | undefined {
  const transactionId = requiredLeaf(cursor, 'TransactionID');
  let publicAddress: PeerAddress | undefined;
  if (cursor.skip('<ReflexiveAddress ip="')) {
    publicAddress = readAddress(cursor, 'REFLEXIVE');
    if (!publicAddress) return undefined;
  }
  const listing = namesSwarm(method) ? readListing(cursor) : { results: [], peerLists: [] };
  const queries = readQueries(cursor);
  if (transactionId === undefined || !listing || !queries) return undefined;
  return {
    edition: 'gu-04',
    version: VERSION,
    method,
    outcome: 'success',
    transactionId: asTransactionId(transactionId),
    ...present('publicAddress', publicAddress),
    ...listing,
    queries,
  };
}

function readListing(cursor: Cursor): Pick<SuccessResponse, 'results' | 'peerLists'> | undefined {
  const id = requiredLeaf(cursor, 'SwarmID');
  // None is a finding.
  if (id === undefined) return undefined;
  const swarmId = asSwarmId(id);
  const chunk = leaf(cursor, 'ChunkID');
  if (chunk === null) return undefined;
  const chunkId = chunk === undefined ? undefined : asChunkId(chunk);
  const results = [{ swarmId, ok: true }];
  if (!cursor.skip('<Peers>')) return { results, peerLists: [] };
  const peers = readPeers(cursor);
  return peers && { results, peerLists: [{ swarmId, peers, ...present('chunkId', chunkId) }] };
}

function readPeers(cursor: Cursor): PeerInfo[] | undefined {
  const peers: PeerInfo[] = [];
  while (cursor.pass(LISTED)) {
    const peerId = cursor.id('<');
    // One without a mode is a finding.
    if (peerId === undefined || !cursor.pass(PEER_ID_END)) return undefined;
    const mode = cursor.oneOf(['LEECH', 'SEED', 'LIVESEED']);
    if (mode === undefined || !cursor.pass(MODE_END)) return undefined;
    const addresses = readAddresses(cursor);
    if (!addresses || !cursor.pass(INFO_END)) return undefined;
    if (peers.push({ peerId: asPeerId(peerId), addresses, mode }) > MAX_LIST) return undefined;
  }
  return peers.length > 0 && cursor.skip('</Peers>') ? peers : undefined;
}

function readQueries(cursor: Cursor): StatQuery[] | undefined {
  const queries: StatQuery[] = [];
  if (!cursor.skip('<Queries>')) return queries;
  while (cursor.skip(`<${ROOT} version="${VERSION}"><Method>STAT_QUERY</Method>`)) {
    const query = readQuery(cursor);
    if (!query || queries.push(query) > MAX_LIST) return undefined;
  }
  return cursor.skip('</Queries>') ? queries : undefined;
}

function readQuery(cursor: Cursor): StatQuery | undefined {
  const transactionId = requiredLeaf(cursor, 'TransactionID');
  const peerId = requiredLeaf(cursor, 'PeerID');
  // Another identifier is a finding.
  if (!transactionId?.startsWith('q.') || peerId === undefined) return undefined;
  if (!cursor.skip('<StatRequest>')) return undefined;
  const properties: string[] = [];
  while (cursor.skip('<Stat property="')) {
    const name = cursor.id('"');
    if (name === undefined || !cursor.skip('/>') || properties.push(name) > MAX_LIST) return undefined;
  }
  if (properties.length === 0 || !cursor.skip(`</StatRequest></${ROOT}>`)) return undefined;
  return { transactionId: asTransactionId(transactionId), peerId: asPeerId(peerId), properties };
}
