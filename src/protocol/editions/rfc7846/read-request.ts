/** RFC 7846 requests, bytes to message (§3.3.3, §4.1). */
import type { Decoded } from '../../codec.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import type { PeerAddress, PeerMode, Request, StreamStats, SwarmAction } from '../../message.ts';
import { all, MAX_ADDRESSES, MAX_LIST, present, Reading } from '../../reading.ts';
import { readAddress, readHead, readPeerNum } from './elements.ts';
import { readFaultlessRequest } from './faultless-request.ts';
import { readFaultless } from './faultless.ts';
import { Body, list, member, object, readRoot, ROOT } from './json.ts';
import type { JsonObject } from './parse.ts';
import { readPlainReport } from './plain.ts';

const REQUEST = 'RFC 7846 §3.3.3';
const ACTION = 'RFC 7846 §3.2.3';
const STATISTICS = 'RFC 7846 §3.2.5';

type Head = Pick<Request, 'edition' | 'version' | 'transactionId' | 'peerId'>;

export function decodeRequest(bytes: Uint8Array): Decoded<Request> {
  const body = new Body(bytes);
  const message = readPlainReport(body) ?? readFaultless(body, readFaultlessRequest);
  return message ? { ok: true, message, findings: [] } : judgeRequest(body);
}

/** Any request: the path of whatever departs from the grammar. */
export function judgeRequest(body: Body): Decoded<Request> {
  const reading = new Reading();
  const root = readRoot(reading, body);
  return reading.finish(root && readRequest(reading, root));
}

function readRequest(reading: Reading, root: JsonObject): Request | undefined {
  const version = readHead(reading, root, ROOT, (value) => {
    // A missing or malformed one is refused below: a version we do not speak comes first.
    const id = new Reading().id(value, '');
    reading.transactionId = id === undefined ? undefined : asTransactionId(id);
  });
  if (version === undefined) return undefined;
  const asked = member(root, 'request_type');
  if (asked === undefined && member(root, 'response_type') !== undefined)
    return reading.refuse(ROOT, 'is a response, not a request');
  const method = reading.oneOf(asked, ['CONNECT', 'FIND', 'STAT_REPORT'], `${ROOT}.request_type`);
  const transactionId = reading.id(member(root, 'transaction_id'), `${ROOT}.transaction_id`);
  const peerId = reading.id(member(root, 'peer_id'), `${ROOT}.peer_id`);
  if (method === undefined || transactionId === undefined || peerId === undefined) return undefined;

  const head: Head = {
    edition: 'rfc7846',
    version,
    transactionId: asTransactionId(transactionId),
    peerId: asPeerId(peerId),
  };
  switch (method) {
    case 'CONNECT':
      return readConnect(reading, root, head);
    case 'FIND':
      return readFind(reading, root, head);
    case 'STAT_REPORT':
      return readStatReport(reading, root, head);
    default:
      return method satisfies never;
  }
}

function readConnect(reading: Reading, root: JsonObject, head: Head): Request | undefined {
  const path = `${ROOT}.connect`;
  const from = object(reading, member(root, 'connect'), path);
  if (!from) return undefined;
  const peerNum = readPeerNum(reading, member(from, 'peer_num'), `${path}.peer_num`);
  const addresses = readAddresses(reading, member(from, 'peer_addr'), `${path}.peer_addr`);
  const items = list(reading, member(from, 'swarm_action'), `${path}.swarm_action`, REQUEST, MAX_LIST);
  if (items?.length === 0) return reading.refuse(`${path}.swarm_action`, 'is missing or empty');
  const actions = items && all(items, (item) => readAction(reading, item.value, item.path));
  if (!addresses || !actions) return undefined;
  return { ...head, method: 'CONNECT', ...present('peerNum', peerNum), addresses, actions };
}

function readAddresses(reading: Reading, value: unknown, path: string): PeerAddress[] | undefined {
  const items = list(reading, value, path, REQUEST, MAX_ADDRESSES);
  if (items?.length === 0 && value !== undefined) reading.found(path, 'at least one, or none of it', REQUEST);
  return items && all(items, (item) => readAddress(reading, item.value, item.path));
}

function readAction(reading: Reading, value: unknown, path: string): SwarmAction | undefined {
  const from = object(reading, value, path);
  if (!from) return undefined;
  const swarmId = reading.id(member(from, 'swarm_id'), `${path}.swarm_id`);
  const action = reading.oneOf(member(from, 'action'), ['JOIN', 'LEAVE'], `${path}.action`);
  const mode = readMode(reading, member(from, 'peer_mode'), `${path}.peer_mode`);
  if (swarmId === undefined || action === undefined || mode === undefined) return undefined;
  return { swarmId: asSwarmId(swarmId), action, mode };
}

function readMode(reading: Reading, value: unknown, path: string): PeerMode | undefined {
  if (value === 'SEEDER') return 'SEED';
  if (value === 'SEED') {
    reading.found(path, 'SEEDER or LEECH', ACTION);
    return 'SEED';
  }
  return reading.oneOf(value, ['SEEDER', 'LEECH'], path) && 'LEECH';
}

/** The RFC's example of a FIND (§4.1.2.1) writes the members of `find` at the root; some peers, `peer_num` only. */
function readFind(reading: Reading, root: JsonObject, head: Head): Request | undefined {
  const inside = member(root, 'find');
  const path = inside === undefined ? ROOT : `${ROOT}.find`;
  const from = inside === undefined ? root : object(reading, inside, path);
  if (!from) return undefined;
  if (inside === undefined) {
    if (member(root, 'swarm_id') === undefined) return reading.refuse(`${ROOT}.find`, 'is missing');
    reading.found(`${ROOT}.find`, 'swarm_id and peer_num inside it', REQUEST);
  }
  const swarmId = reading.id(member(from, 'swarm_id'), `${path}.swarm_id`);
  const isOutside =
    inside !== undefined && member(from, 'peer_num') === undefined && member(root, 'peer_num') !== undefined;
  if (isOutside) reading.found(`${ROOT}.peer_num`, 'peer_num inside find', REQUEST);
  const [holder, at] = isOutside ? [root, ROOT] : [from, path];
  const peerNum = readPeerNum(reading, member(holder, 'peer_num'), `${at}.peer_num`);
  if (swarmId === undefined) return undefined;
  return {
    ...head,
    method: 'FIND',
    swarmId: asSwarmId(swarmId),
    ...present('peerNum', peerNum),
    addresses: [],
    properties: [],
  };
}

function readStatReport(reading: Reading, root: JsonObject, head: Head): Request | undefined {
  const path = `${ROOT}.stat_report`;
  const value = member(root, 'stat_report');
  const keepAlive = { ...head, method: 'STAT_REPORT', stats: [], contentMaps: [], properties: [] } as const;
  if (value === undefined) return keepAlive; // §4.1.3
  const from = object(reading, value, path);
  if (!from) return undefined;
  const type = reading.note(member(from, 'type'), `${path}.type`);
  if (member(from, 'type') === undefined) reading.found(`${path}.type`, 'STREAM_STATS', STATISTICS);
  // Other properties may be defined (§3.2.5); what is in them is unknown here, so only the peer's life counts.
  else if (type !== 'STREAM_STATS') return type === undefined ? undefined : keepAlive;

  let name = 'stat';
  if (member(from, 'stat') === undefined && member(from, 'Stat') !== undefined) {
    name = 'Stat';
    reading.found(`${path}.Stat`, 'stat', STATISTICS);
  }
  const items = list(reading, member(from, name), `${path}.${name}`, STATISTICS, MAX_LIST);
  if (items?.length === 0) reading.found(`${path}.stat`, 'at least one', STATISTICS);
  const stats = items && all(items, (item) => readStat(reading, item.value, item.path));
  return stats && { ...keepAlive, stats };
}

function readStat(reading: Reading, value: unknown, path: string): StreamStats | undefined {
  const from = object(reading, value, path);
  if (!from) return undefined;
  const swarmId = reading.id(member(from, 'swarm_id'), `${path}.swarm_id`);
  if (swarmId === undefined) return undefined;
  /** Every one of them is due (§3.2.5); one that is left out is unknown. */
  const due = (name: string): unknown => {
    const value = member(from, name);
    if (value === undefined) reading.found(`${path}.${name}`, 'a number', STATISTICS);
    return value;
  };
  const counter = (name: string): bigint | undefined => {
    const value = due(name);
    return value === undefined ? undefined : reading.counter(value, `${path}.${name}`, STATISTICS);
  };
  const number = (name: string): number | undefined => {
    const value = due(name);
    return value === undefined ? undefined : reading.integer(value, `${path}.${name}`, STATISTICS);
  };
  return {
    swarmId: asSwarmId(swarmId),
    ...present('uploadedBytes', counter('uploaded_bytes')),
    ...present('downloadedBytes', counter('downloaded_bytes')),
    ...present('availableBandwidth', number('available_bandwidth')),
    ...present('concurrentLinks', number('concurrent_links')),
  };
}
