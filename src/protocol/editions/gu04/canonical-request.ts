/** gu-04 requests in the form our own writer gives them (see canonical.ts). */
import type { Decoded } from '../../codec.ts';
import { asChunkId, asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import type { FindRequest, JoinRequest, Request } from '../../message.ts';
import { present } from '../../reading.ts';
import { Cursor } from '../base/canonical.ts';
import { leaf, numberLeaf, readAddresses, requiredLeaf } from './canonical.ts';
import { readScope, readStatistics, readWishes } from './canonical-stats.ts';
import { MAX_TOKEN_BYTES, VERSION } from './elements.ts';

/** The longer of two that begin alike comes first. */
const ASKED = [
  'CONNECT',
  'DISCONNECT',
  'JOIN_CHUNK',
  'JOIN',
  'LEAVE',
  'FIND_CHUNK',
  'FIND',
  'KEEPALIVE',
  'STAT_REPORT',
] as const;

/** `undefined`: departs from the canonical form, so it is for `decodeAnyRequest` to read. */
export function decodeCanonicalRequest(body: Uint8Array, maxElements: number): Decoded<Request> | undefined {
  const cursor = Cursor.open(body, 'gu-04', maxElements);
  if (!cursor) return undefined;
  const method = readMethod(cursor);
  const head = method === undefined ? undefined : readHead(cursor);
  const message = method === undefined ? undefined : head && readData(cursor, head, method);
  return message && cursor.close() ? { ok: true, message, findings: [] } : undefined;
}

function readMethod(cursor: Cursor): Request['method'] | undefined {
  if (cursor.skip('<RESPONSE>STAT_QUERY</RESPONSE>')) return 'STAT_QUERY';
  const method = cursor.skip('<Method>') ? cursor.oneOf(ASKED) : undefined;
  return cursor.skip('</Method>') ? method : undefined;
}

type Head = Pick<Request, 'edition' | 'version' | 'transactionId' | 'peerId' | 'authToken'>;

function readHead(cursor: Cursor): Head | undefined {
  const transactionId = requiredLeaf(cursor, 'TransactionID');
  const peerId = requiredLeaf(cursor, 'PeerID');
  const authToken = leaf(cursor, 'AuthToken', MAX_TOKEN_BYTES);
  if (transactionId === undefined || peerId === undefined || authToken === null) return undefined;
  return {
    edition: 'gu-04',
    version: VERSION,
    transactionId: asTransactionId(transactionId),
    peerId: asPeerId(peerId),
    ...present('authToken', authToken),
  };
}

function readData(cursor: Cursor, head: Head, method: Request['method']): Request | undefined {
  switch (method) {
    case 'CONNECT': {
      const certificate = readCertificate(cursor);
      const addresses = readAddresses(cursor);
      if (certificate === null || !addresses) return undefined;
      return { ...head, method, addresses, actions: [], ...present('certificate', certificate) };
    }
    case 'DISCONNECT': {
      const certificate = readCertificate(cursor);
      if (certificate === null) return undefined;
      return { ...head, method, swarmIds: [], ...present('certificate', certificate) };
    }
    case 'JOIN':
    case 'JOIN_CHUNK':
      return readJoin(cursor, head, method);
    case 'LEAVE': {
      const swarmId = requiredLeaf(cursor, 'SwarmID');
      return swarmId === undefined ? undefined : { ...head, method, swarmId: asSwarmId(swarmId) };
    }
    case 'FIND':
    case 'FIND_CHUNK':
      return readFind(cursor, head, method);
    case 'KEEPALIVE':
      return { ...head, method };
    case 'STAT_REPORT':
    case 'STAT_QUERY': {
      const statistics = readStatistics(cursor);
      return statistics && { ...head, method, ...statistics };
    }
    default:
      return method satisfies never;
  }
}

/** One of several lines, or longer than an identifier, is for the other reader. */
const readCertificate = (cursor: Cursor): string | undefined | null =>
  cursor.skip('<Cer/>') ? '' : leaf(cursor, 'Cer');

function readJoin(cursor: Cursor, head: Head, method: JoinRequest['method']): JoinRequest | undefined {
  const swarmId = requiredLeaf(cursor, 'SwarmID');
  const chunkId = method === 'JOIN_CHUNK' ? requiredLeaf(cursor, 'ChunkID') : undefined;
  if (swarmId === undefined || (method === 'JOIN_CHUNK' && chunkId === undefined)) return undefined;
  const expireTime = numberLeaf(cursor, 'ExpireTime');
  // None of them is a finding.
  if (expireTime === undefined || expireTime === null || !cursor.skip('<PeerMode>')) return undefined;
  const mode = cursor.oneOf(['LEECH', 'SEED', 'LIVESEED']);
  if (mode === undefined || !cursor.skip('</PeerMode>')) return undefined;
  const count = numberLeaf(cursor, 'PeerNum');
  const properties = readWishes(cursor);
  const scope = readScope(cursor);
  if (count === null || !properties || scope === null) return undefined;
  return {
    ...head,
    method,
    swarmId: asSwarmId(swarmId),
    mode,
    expireTime,
    ...present('peerNum', count === undefined ? undefined : { count }),
    ...present('chunkId', chunkId === undefined ? undefined : asChunkId(chunkId)),
    ...present('scope', scope),
    properties,
  };
}

function readFind(cursor: Cursor, head: Head, method: FindRequest['method']): FindRequest | undefined {
  const swarmId = requiredLeaf(cursor, 'SwarmID');
  const chunkId = leaf(cursor, 'ChunkID');
  if (chunkId === undefined && method === 'FIND_CHUNK') return undefined;
  const count = numberLeaf(cursor, 'Peernum');
  const properties = readWishes(cursor);
  const scope = readScope(cursor);
  if (swarmId === undefined || chunkId === null || count === null) return undefined;
  if (!properties || scope === null) return undefined;
  return {
    ...head,
    method,
    swarmId: asSwarmId(swarmId),
    ...present('peerNum', count === undefined ? undefined : { count }),
    addresses: [],
    ...present('scope', scope),
    ...present('chunkId', chunkId === undefined ? undefined : asChunkId(chunkId)),
    properties,
  };
}
