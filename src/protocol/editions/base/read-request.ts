/** Requests of base-01 (§3.1 to §3.3, §4.1, §4.2) and extended-04 (§4.4, §5), bytes to message. */
import type { Decoded } from '../../codec.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import type { Method, PeerAddress, PeerMode, Request, SwarmAction } from '../../message.ts';
import { all, MAX_ADDRESSES, MAX_LIST, present, Reading } from '../../reading.ts';
import { RULES } from '../../rules.ts';
import type { XmlElement } from '../../xml.ts';
import { decodeCanonicalRequest } from './canonical-request.ts';
import type { BaseEdition } from './elements.ts';
import { every, readActionTransaction, readAddresses, readRoot, ROOT, single, TABLE_2 } from './elements.ts';
import { readScope } from './read-content.ts';
import { readPeerNum } from './read-peer-num.ts';
import { readStatistics } from './read-statistics.ts';

/** A longest list of statistics with five elements each, and room for extensions. */
export const MAX_ELEMENTS = 10_000;

interface Head extends Pick<Request, 'version' | 'transactionId' | 'peerId'> {
  readonly edition: BaseEdition;
}

export function decodeRequest(body: Uint8Array, edition: BaseEdition): Decoded<Request> {
  return decodeCanonicalRequest(body, edition, MAX_ELEMENTS) ?? decodeAnyRequest(body, edition);
}

/** Whatever XML it is. */
export function decodeAnyRequest(body: Uint8Array, edition: BaseEdition): Decoded<Request> {
  const reading = new Reading();
  const read = readRoot(reading, body, edition, MAX_ELEMENTS);
  return reading.finish(read && readRequest(reading, read.root, edition, read.version));
}

function readRequest(
  reading: Reading,
  root: XmlElement,
  edition: BaseEdition,
  version: string,
): Request | undefined {
  const word = single(reading, root, ROOT, 'Request')?.text.trim();
  if (word === undefined)
    return root.children.some(({ name }) => name === 'Response')
      ? reading.refuse(ROOT, 'is a response, not a request')
      : reading.refuse(`${ROOT}.Request`, 'is missing');
  const method = RULES[edition].methods.find((name) => name === word);
  // These words tell a later edition's peer to fall back to this one (extended-04 §4.5).
  if (method === undefined) return reading.refuse(`${ROOT}.Request`, 'Unknown Messages');
  const transactionId = reading.id(
    single(reading, root, ROOT, 'TransactionID')?.text,
    `${ROOT}.TransactionID`,
  );
  const peerId = reading.id(single(reading, root, ROOT, 'PeerID')?.text, `${ROOT}.PeerID`);
  if (transactionId === undefined || peerId === undefined) return undefined;
  const ids = { transactionId: asTransactionId(transactionId), peerId: asPeerId(peerId) };
  return readMethod(reading, root, method, { edition, version, ...ids });
}

function readMethod(reading: Reading, root: XmlElement, method: Method, head: Head): Request | undefined {
  switch (method) {
    case 'CONNECT':
      return readConnect(reading, root, head);
    case 'FIND':
      return readFind(reading, root, head);
    case 'DISCONNECT':
      return readDisconnect(reading, root, head);
    default: {
      const statistics = readStatistics(reading, root, head.edition);
      return statistics && { ...head, method: 'STAT_REPORT', ...statistics };
    }
  }
}

/** All elements of that name, bounded. */
function readSwarms(reading: Reading, root: XmlElement): ReturnType<typeof every> | undefined {
  const items = every(root, 'SwarmID', ROOT);
  return items.length <= MAX_LIST
    ? items
    : reading.refuse(`${ROOT}.SwarmID`, `is there more than ${MAX_LIST} times`);
}

function readConnect(reading: Reading, root: XmlElement, head: Head): Request | undefined {
  const peerNum = readPeerNum(reading, root);
  const addresses = readOwnAddresses(reading, root);
  const items = readSwarms(reading, root);
  if (!items) return undefined;
  if (items.length === 0) return reading.refuse(`${ROOT}.SwarmID`, 'is missing');
  const actions = all(items, (item) => readAction(reading, item.element, item.path));
  if (!addresses || !actions) return undefined;
  const scope = RULES[head.edition].contentScopes ? readScope(reading, root) : undefined;
  return {
    ...head,
    method: 'CONNECT',
    addresses,
    actions,
    ...present('peerNum', peerNum),
    ...present('scope', scope),
  };
}

function readAction(reading: Reading, element: XmlElement, path: string): SwarmAction | undefined {
  const swarmId = reading.id(element.text, path);
  const action = reading.oneOf(element.attributes.get('action'), ['JOIN', 'LEAVE'], `${path}@action`);
  const mode = readMode(reading, element.attributes.get('peerMode'), `${path}@peerMode`);
  if (swarmId === undefined || action === undefined || mode === undefined) return undefined;
  const transactionId = readActionTransaction(reading, element, path);
  return { swarmId: asSwarmId(swarmId), action, mode, ...present('transactionId', transactionId) };
}

function readMode(reading: Reading, value: string | undefined, path: string): PeerMode | undefined {
  if (value === 'SEEDER') {
    reading.found(path, 'SEED or LEECH', TABLE_2);
    return 'SEED';
  }
  return reading.oneOf(value, ['SEED', 'LEECH'], path);
}

/** extended-04 §5.3. */
function readFind(reading: Reading, root: XmlElement, head: Head): Request | undefined {
  const swarmId = reading.id(single(reading, root, ROOT, 'SwarmID')?.text, `${ROOT}.SwarmID`);
  const peerNum = readPeerNum(reading, root);
  const addresses = readOwnAddresses(reading, root);
  if (swarmId === undefined || !addresses) return undefined;
  return {
    ...head,
    method: 'FIND',
    swarmId: asSwarmId(swarmId),
    addresses,
    properties: [],
    ...present('peerNum', peerNum),
    ...present('scope', readScope(reading, root)),
  };
}

/** extended-04 §5.2; the swarms may be named (§4.4), with or without the attributes of an action. */
function readDisconnect(reading: Reading, root: XmlElement, head: Head): Request | undefined {
  const items = readSwarms(reading, root);
  const swarmIds = items && all(items, ({ element, path }) => reading.id(element.text, path));
  return swarmIds && { ...head, method: 'DISCONNECT', swarmIds: swarmIds.map(asSwarmId) };
}

/** The addresses of the one PeerInfo that is the asker's own. */
function readOwnAddresses(reading: Reading, root: XmlElement): PeerAddress[] | undefined {
  const group = single(reading, root, ROOT, 'PeerGroup');
  if (!group) return [];
  const path = `${ROOT}.PeerGroup`;
  const lists = all(every(group, 'PeerInfo', path), (item) =>
    readAddresses(reading, item.element, item.path),
  );
  const addresses = lists?.flat();
  if (addresses && addresses.length > MAX_ADDRESSES)
    return reading.refuse(path, `holds more than ${MAX_ADDRESSES} addresses`);
  return addresses;
}
