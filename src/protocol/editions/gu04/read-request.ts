/** gu-04 requests, bytes to message (-04 slides; gu -06 §4.4 to §4.10). */
import type { Decoded } from '../../codec.ts';
import { asChunkId, asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type { FindRequest, JoinRequest, PeerNum, Property, Request } from '../../message.ts';
import { all, present, Reading } from '../../reading.ts';
import type { XmlElement } from '../../xml.ts';
import { ROOT, single } from '../base/elements.ts';
import { decodeCanonicalRequest } from './canonical-request.ts';
import { readScope } from './clip.ts';
import {
  childId,
  MAX_CERTIFICATE,
  MAX_TOKEN_BYTES,
  readAddresses,
  readMethod,
  readMode,
  readProperty,
  readRoot,
  readStatItems,
  readVersion,
  VERSION,
} from './elements.ts';
import { readStatistics } from './read-stats.ts';

/** A longest list of statistics with six elements each, and room for extensions. */
export const MAX_ELEMENTS = 10_000;

type Head = Pick<Request, 'edition' | 'version' | 'transactionId' | 'peerId' | 'authToken'>;

export function decodeRequest(body: Uint8Array): Decoded<Request> {
  return decodeCanonicalRequest(body, MAX_ELEMENTS) ?? decodeAnyRequest(body);
}

/** Whatever XML it is. */
export function decodeAnyRequest(body: Uint8Array): Decoded<Request> {
  const reading = new Reading();
  const root = readRoot(reading, body, MAX_ELEMENTS);
  if (!root || readVersion(reading, root, ROOT) === undefined) return reading.finish<Request>(undefined);
  return reading.finish(readRequest(reading, root));
}

function readRequest(reading: Reading, root: XmlElement): Request | undefined {
  const asked = single(reading, root, ROOT, 'Method');
  const answered = single(reading, root, ROOT, 'RESPONSE', 'Response');
  if (asked && answered) return reading.refuse(ROOT, 'has both a Method and a Response'); // gu -06 §4.1
  const element = asked ?? answered;
  if (!element) return reading.refuse(`${ROOT}.Method`, 'is missing');
  const path = `${ROOT}.${element.name}`;
  const method = readMethod(reading, element.text, path);
  if (answered && method !== 'STAT_QUERY') return reading.refuse(ROOT, 'is a response, not a request');
  if (method === undefined) return reading.refuse(path, 'Unknown Messages');
  if (asked && method === 'STAT_QUERY') return reading.refuse(path, 'is for a tracker to ask');
  if (answered?.name === 'Response') reading.found(path, 'RESPONSE', 'gu -04 slides, "STAT_QUERY Response"');

  const head = readHead(reading, root);
  if (!head) return undefined;
  switch (method) {
    case 'CONNECT': {
      const addresses = readAddresses(reading, root, ROOT);
      return addresses && { ...head, method, addresses, actions: [], ...readCertificate(reading, root) };
    }
    case 'DISCONNECT':
      return { ...head, method, swarmIds: [], ...readCertificate(reading, root) };
    case 'JOIN':
    case 'JOIN_CHUNK':
      return readJoin(reading, root, head, method);
    case 'LEAVE': {
      const swarmId = childId(reading, root, ROOT, 'SwarmID');
      return swarmId === undefined ? undefined : { ...head, method, swarmId: asSwarmId(swarmId) };
    }
    case 'FIND':
    case 'FIND_CHUNK':
      return readFind(reading, root, head, method);
    case 'KEEPALIVE':
      return { ...head, method };
    case 'STAT_REPORT':
    case 'STAT_QUERY': {
      const statistics = readStatistics(reading, root);
      return statistics && { ...head, method, ...statistics };
    }
    default:
      return method satisfies never;
  }
}

function readHead(reading: Reading, root: XmlElement): Head | undefined {
  const transactionId = childId(reading, root, ROOT, 'TransactionID');
  const peerId = childId(reading, root, ROOT, 'PeerID');
  const token = single(reading, root, ROOT, 'AuthToken')?.text;
  // Who has none yet may say so by an empty one.
  const authToken =
    token === undefined || token === '' ? undefined : reading.id(token, `${ROOT}.AuthToken`, MAX_TOKEN_BYTES);
  if (transactionId === undefined || peerId === undefined) return undefined;
  return {
    edition: 'gu-04',
    version: VERSION,
    transactionId: asTransactionId(transactionId),
    peerId: asPeerId(peerId),
    ...present('authToken', authToken),
  };
}

/** `<Cer>`, kept as it stands. -06 has `<Auth>` and `<Credentials>` in its place, which are not read. */
function readCertificate(reading: Reading, root: XmlElement): { readonly certificate?: string } {
  const certificate = single(reading, root, ROOT, 'Cer')?.text;
  if (certificate !== undefined && certificate.length > MAX_CERTIFICATE)
    reading.refuse(`${ROOT}.Cer`, `is longer than ${MAX_CERTIFICATE} characters`);
  return present('certificate', certificate);
}

function readJoin(
  reading: Reading,
  root: XmlElement,
  head: Head,
  method: JoinRequest['method'],
): JoinRequest | undefined {
  const swarmId = childId(reading, root, ROOT, 'SwarmID');
  const chunkId = readChunkId(reading, root, method === 'JOIN_CHUNK');
  if (method === 'JOIN' && chunkId !== undefined)
    reading.found(`${ROOT}.ChunkID`, 'JOIN_CHUNK for a chunk', 'gu -04 slides, "JOIN"');
  const expireTime = readExpireTime(reading, root);
  const mode = readMode(reading, root, ROOT) ?? 'LEECH';
  const peerNum = readPeerNum(reading, root);
  const properties = readProperties(reading, root);
  const scope = readScope(reading, root, ROOT);
  if (swarmId === undefined || expireTime === undefined || !properties) return undefined;
  return {
    ...head,
    method,
    swarmId: asSwarmId(swarmId),
    mode,
    expireTime,
    ...present('peerNum', peerNum),
    ...present('chunkId', chunkId),
    ...present('scope', scope),
    properties,
  };
}

function readFind(
  reading: Reading,
  root: XmlElement,
  head: Head,
  method: FindRequest['method'],
): FindRequest | undefined {
  const swarmId = childId(reading, root, ROOT, 'SwarmID');
  const chunkId = readChunkId(reading, root, method === 'FIND_CHUNK');
  const peerNum = readPeerNum(reading, root);
  const properties = readProperties(reading, root);
  const scope = readScope(reading, root, ROOT);
  if (swarmId === undefined || !properties) return undefined;
  return {
    ...head,
    method,
    swarmId: asSwarmId(swarmId),
    ...present('peerNum', peerNum),
    addresses: [],
    ...present('scope', scope),
    ...present('chunkId', chunkId),
    properties,
  };
}

function readChunkId(
  reading: Reading,
  root: XmlElement,
  required: boolean,
): FindRequest['chunkId'] | undefined {
  const text = single(reading, root, ROOT, 'ChunkID')?.text;
  const id = required ? reading.id(text, `${ROOT}.ChunkID`) : reading.optionalId(text, `${ROOT}.ChunkID`);
  return id === undefined ? undefined : asChunkId(id);
}

/** Seconds. -06's schema types it as a date, against its own §4.6; such a one is refused. */
function readExpireTime(reading: Reading, root: XmlElement): number | undefined {
  const path = `${ROOT}.ExpireTime`;
  const text = single(reading, root, ROOT, 'ExpireTime')?.text;
  if (text !== undefined) return reading.digits(text.trim(), path);
  reading.found(path, 'seconds, 0 for none', 'gu -04 slides, "JOIN"; gu -06 §4.6');
  return 0;
}

/** The slides' FIND writes `Peernum`, -06 writes `PeerNum`. */
function readPeerNum(reading: Reading, root: XmlElement): PeerNum | undefined {
  const element = single(reading, root, ROOT, 'PeerNum', 'Peernum');
  if (!element) return undefined;
  const path = `${ROOT}.${element.name}`;
  const digits = element.text.trim();
  if (digits !== '') {
    const count = reading.digits(digits, path);
    return count === undefined ? undefined : { count };
  }
  reading.found(path, 'the number of peers wanted', 'gu -06 §4.8');
  return { count: MAX_PEER_LIST };
}

function readProperties(reading: Reading, root: XmlElement): Property[] | undefined {
  const items = readStatItems(reading, root);
  return items && all(items, (item) => readProperty(reading, item.element, item.path));
}
