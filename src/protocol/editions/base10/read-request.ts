/** base-01 requests, bytes to message (§3.1 to §3.3, §4.1, §4.2). */
import type { Decoded } from '../../codec.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type {
  Capability,
  PeerAddress,
  PeerMode,
  PeerNum,
  Request,
  StreamStats,
  SwarmAction,
} from '../../message.ts';
import { all, MAX_ADDRESSES, MAX_LIST, present, Reading } from '../../reading.ts';
import type { XmlElement } from '../../xml.ts';
import { decodeCanonicalRequest } from './canonical-request.ts';
import { every, readActionTransaction, readAddresses, readRoot, ROOT, single, VERSION } from './elements.ts';

/** A longest list of statistics with five elements each, and room for extensions. */
export const MAX_ELEMENTS = 10_000;
const TABLE_2 = 'base-01 §3.2, table 2';

type Head = Pick<Request, 'edition' | 'version' | 'transactionId' | 'peerId'>;

export function decodeRequest(body: Uint8Array): Decoded<Request> {
  return decodeCanonicalRequest(body, MAX_ELEMENTS) ?? decodeAnyRequest(body);
}

/** Whatever XML it is. */
export function decodeAnyRequest(body: Uint8Array): Decoded<Request> {
  const reading = new Reading();
  const root = readRoot(reading, body, MAX_ELEMENTS);
  return reading.finish(root && readRequest(reading, root));
}

function readRequest(reading: Reading, root: XmlElement): Request | undefined {
  const asked = single(reading, root, ROOT, 'Request')?.text.trim();
  if (asked === undefined)
    return root.children.some(({ name }) => name === 'Response')
      ? reading.refuse(ROOT, 'is a response, not a request')
      : reading.refuse(`${ROOT}.Request`, 'is missing');
  // These words tell a later edition's peer to fall back to this one (digest, "base-1.0 and extended-1.1").
  if (asked !== 'CONNECT' && asked !== 'STAT_REPORT')
    return reading.refuse(`${ROOT}.Request`, 'Unknown Messages');
  const transactionId = reading.id(
    single(reading, root, ROOT, 'TransactionID')?.text,
    `${ROOT}.TransactionID`,
  );
  const peerId = reading.id(single(reading, root, ROOT, 'PeerID')?.text, `${ROOT}.PeerID`);
  if (transactionId === undefined || peerId === undefined) return undefined;

  const head: Head = {
    edition: 'base-1.0',
    version: VERSION,
    transactionId: asTransactionId(transactionId),
    peerId: asPeerId(peerId),
  };
  return asked === 'CONNECT' ? readConnect(reading, root, head) : readStatReport(reading, root, head);
}

function readConnect(reading: Reading, root: XmlElement, head: Head): Request | undefined {
  const peerNum = readPeerNum(reading, root);
  const addresses = readOwnAddresses(reading, root);
  const items = every(root, 'SwarmID', ROOT);
  if (items.length === 0) return reading.refuse(`${ROOT}.SwarmID`, 'is missing');
  if (items.length > MAX_LIST)
    return reading.refuse(`${ROOT}.SwarmID`, `is there more than ${MAX_LIST} times`);
  const actions = all(items, (item) => readAction(reading, item.element, item.path));
  if (!addresses || !actions) return undefined;
  return { ...head, method: 'CONNECT', ...present('peerNum', peerNum), addresses, actions };
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

/** Table 2 writes `PeerNUM`, everything else `PeerNum`. */
function readPeerNum(reading: Reading, root: XmlElement): PeerNum | undefined {
  const element = single(reading, root, ROOT, 'PeerNum', 'PeerNUM');
  if (!element) return undefined;
  const path = `${ROOT}.${element.name}`;
  const digits = element.text.trim();
  let count: number | undefined = MAX_PEER_LIST;
  if (digits === '') reading.found(path, 'the number of peers wanted', TABLE_2);
  else count = reading.digits(digits, path);
  if (count === undefined) return undefined;
  if (count > MAX_PEER_LIST) reading.found(path, `at most ${MAX_PEER_LIST}`, TABLE_2);
  return {
    count,
    ...present('abilityNat', readAbility(reading, element, path)),
    ...present('concurrentLinks', readLevel(reading, element, path, 'concurrentLinks')),
    ...present('onlineTime', readLevel(reading, element, path, 'onlineTime')),
    ...present('uploadBandwidth', readLevel(reading, element, path, 'uploadBWlevel')),
  };
}

function readAbility(reading: Reading, element: XmlElement, parent: string): PeerNum['abilityNat'] {
  const path = `${parent}@abilityNAT`;
  const value = element.attributes.get('abilityNAT');
  if (value === undefined) return undefined;
  if (value === 'NO_NAT') reading.found(path, 'No-NAT, STUN, TURN or PROXY', TABLE_2);
  if (value === 'NO_NAT' || value === 'No-NAT') return 'NO_NAT';
  return reading.oneOf(value, ['STUN', 'TURN', 'PROXY'], path);
}

/** A level; RFC 7846's numbers are read too. */
function readLevel(
  reading: Reading,
  element: XmlElement,
  parent: string,
  name: string,
): Capability | undefined {
  const path = `${parent}@${name}`;
  const value = element.attributes.get(name);
  if (value === undefined || value === 'HIGH' || value === 'NORMAL') return value;
  if (value === 'LOW') {
    // Table 2 has LOW for the links only.
    if (name !== 'concurrentLinks') reading.found(path, 'HIGH or NORMAL', TABLE_2);
    return value;
  }
  reading.found(path, 'a level, not a number', TABLE_2);
  return reading.digits(value, path);
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

function readStatReport(reading: Reading, root: XmlElement, head: Head): Request | undefined {
  const group = single(reading, root, ROOT, 'StatisticsGroup');
  if (!group) return { ...head, method: 'STAT_REPORT', stats: [] }; // keep-alive, §4.2
  const path = `${ROOT}.StatisticsGroup`;
  const items = every(group, 'Stat', path).filter((item) => {
    const property = item.element.attributes.get('property');
    if (property === undefined)
      reading.found(`${item.path}@property`, 'StreamStatistics', 'base-01 §3.2, table 4');
    // Other properties may be defined (§3.2, §7); what is in them is unknown here.
    return property === undefined || property === 'StreamStatistics';
  });
  if (items.length > MAX_LIST) return reading.refuse(path, `has more than ${MAX_LIST} Stat elements`);
  const stats = all(items, (item) => readStat(reading, item.element, item.path));
  return stats && { ...head, method: 'STAT_REPORT', stats };
}

function readStat(reading: Reading, element: XmlElement, path: string): StreamStats {
  const counter = (name: string): number | undefined => {
    const text = single(reading, element, path, name)?.text.trim();
    return text === undefined ? undefined : reading.digits(text, `${path}.${name}`);
  };
  const swarmId = reading.optionalId(single(reading, element, path, 'SwarmID')?.text, `${path}.SwarmID`);
  return {
    ...present('swarmId', swarmId === undefined ? undefined : asSwarmId(swarmId)),
    ...present('uploadedBytes', counter('UploadedBytes')),
    ...present('downloadedBytes', counter('DownloadedBytes')),
    ...present('availableBandwidth', counter('AvailBandwidth')),
  };
}
