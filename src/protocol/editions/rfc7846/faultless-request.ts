/** Faultless requests (RFC 7846 §3.3.3, §4.1). */
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import type {
  ConnectRequest,
  FindRequest,
  PeerAddress,
  Request,
  StatReportRequest,
  StreamStats,
  SwarmAction,
} from '../../message.ts';
import { MAX_ADDRESSES, MAX_LIST } from '../../reading.ts';
import type { Writable } from '../../reading.ts';
import { isCount, isMembers, readPeerAddress, readWish } from './faultless.ts';
import type { Members, Tally } from './faultless.ts';

type Head = Pick<Request, 'transactionId' | 'peerId'>;

export function readFaultlessRequest(root: Members, tally: Tally): Request | undefined {
  const { version, request_type, transaction_id, peer_id } = root;
  if (version !== 1 || !tally.id(transaction_id) || !tally.id(peer_id)) return undefined;
  tally.colons += 4;
  const head: Head = { transactionId: asTransactionId(transaction_id), peerId: asPeerId(peer_id) };
  switch (request_type) {
    case 'CONNECT':
      return readConnect(root['connect'], tally, head);
    case 'FIND':
      return readFind(root['find'], tally, head);
    case 'STAT_REPORT':
      return readStatReport(root['stat_report'], tally, head);
    default:
      return undefined;
  }
}

function readConnect(value: unknown, tally: Tally, head: Head): ConnectRequest | undefined {
  if (!isMembers(value)) return undefined;
  const { peer_num, peer_addr, swarm_action } = value;
  const actions = readActions(swarm_action, tally);
  const addresses = peer_addr === undefined ? [] : readAddresses(peer_addr, tally);
  if (!actions || !addresses) return undefined;
  tally.colons += 2;
  const request: Writable<ConnectRequest> = {
    edition: 'rfc7846',
    version: '1',
    transactionId: head.transactionId,
    peerId: head.peerId,
    method: 'CONNECT',
    addresses,
    actions,
  };
  return peer_num === undefined ? request : withWish(request, peer_num, tally);
}

function withWish<R extends ConnectRequest | FindRequest>(
  request: Writable<R>,
  value: unknown,
  tally: Tally,
): R | undefined {
  const wish = readWish(value, tally);
  if (!wish) return undefined;
  tally.colons++;
  request.peerNum = wish;
  return request;
}

function readAddresses(value: unknown, tally: Tally): PeerAddress[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_ADDRESSES) return undefined;
  tally.colons++;
  const addresses: PeerAddress[] = [];
  for (const item of value as readonly unknown[]) {
    const address = readPeerAddress(item, tally);
    if (!address) return undefined;
    addresses.push(address);
  }
  return addresses;
}

function readActions(value: unknown, tally: Tally): SwarmAction[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_LIST) return undefined;
  const actions: SwarmAction[] = [];
  for (const item of value as readonly unknown[]) {
    if (!isMembers(item)) return undefined;
    const { swarm_id, action, peer_mode } = item;
    if (!tally.id(swarm_id) || (action !== 'JOIN' && action !== 'LEAVE')) return undefined;
    if (peer_mode !== 'SEEDER' && peer_mode !== 'LEECH') return undefined;
    tally.colons += 3;
    actions.push({ swarmId: asSwarmId(swarm_id), action, mode: peer_mode === 'SEEDER' ? 'SEED' : 'LEECH' });
  }
  return actions;
}

function readFind(value: unknown, tally: Tally, head: Head): FindRequest | undefined {
  if (!isMembers(value)) return undefined;
  const { swarm_id, peer_num } = value;
  if (!tally.id(swarm_id)) return undefined;
  tally.colons += 2;
  const request: Writable<FindRequest> = {
    edition: 'rfc7846',
    version: '1',
    transactionId: head.transactionId,
    peerId: head.peerId,
    method: 'FIND',
    swarmId: asSwarmId(swarm_id),
    addresses: [],
    properties: [],
  };
  return peer_num === undefined ? request : withWish(request, peer_num, tally);
}

function readStatReport(value: unknown, tally: Tally, head: Head): StatReportRequest | undefined {
  const stats = value === undefined ? [] : readStats(value, tally);
  return (
    stats && {
      edition: 'rfc7846',
      version: '1',
      transactionId: head.transactionId,
      peerId: head.peerId,
      method: 'STAT_REPORT',
      stats,
      contentMaps: [],
      properties: [],
    }
  );
}

function readStats(value: unknown, tally: Tally): StreamStats[] | undefined {
  if (!isMembers(value) || value['type'] !== 'STREAM_STATS') return undefined;
  const { stat } = value;
  if (!Array.isArray(stat) || stat.length === 0 || stat.length > MAX_LIST) return undefined;
  tally.colons += 3;
  const stats: StreamStats[] = [];
  for (const item of stat as readonly unknown[]) {
    if (!isMembers(item)) return undefined;
    const { swarm_id, uploaded_bytes, downloaded_bytes, available_bandwidth, concurrent_links } = item;
    if (!tally.id(swarm_id)) return undefined;
    // A counter beyond 2^53 was rounded by now: the parser that keeps every digit reads it.
    if (!isExact(uploaded_bytes) || !isExact(downloaded_bytes)) return undefined;
    if (!isExact(available_bandwidth) || !isExact(concurrent_links)) return undefined;
    tally.colons += 5;
    stats.push({
      swarmId: asSwarmId(swarm_id),
      uploadedBytes: BigInt(uploaded_bytes),
      downloadedBytes: BigInt(downloaded_bytes),
      availableBandwidth: available_bandwidth + 0,
      concurrentLinks: concurrent_links + 0,
    });
  }
  return stats;
}

const isExact = (value: unknown): value is number => isCount(value, Number.MAX_SAFE_INTEGER);
