/** Requests from the packed form (`layout.ts`). */
import type { Decoded } from '../codec.ts';
import { asChunkId, asPeerId, asSwarmId, asTransactionId } from '../ids.ts';
import type { SwarmId } from '../ids.ts';
import type {
  Capability,
  ChunkMap,
  ContentMap,
  PeerNum,
  Property,
  Request,
  ScopeRange,
  StreamStats,
  SwarmAction,
} from '../message.ts';
import { present } from '../reading.ts';
import { readAddresses } from './address.ts';
import {
  ACTION,
  FAILURE,
  FIELDS,
  FIELDS_OF,
  LEVEL_CODES,
  MODE_CODES,
  NAT_CODES,
  PEER_NUM,
  RESPONSE,
  STATS,
} from './layout.ts';
import { readHead } from './read-head.ts';
import { PackedReader } from './reading.ts';

export function unpackRequest(body: Uint8Array): Decoded<Request> {
  const from = new PackedReader(body);
  const { flags, parts, ...start } = readHead(from);
  if (flags & (RESPONSE | FAILURE)) from.refuse('is no request');
  if (parts !== 0) from.refuse('has parts of a response');
  const fields = from.byte();
  if (fields & ~FIELDS_OF[start.method]) from.refuse('has a field its method has not');
  const head = {
    edition: start.edition,
    version: start.version,
    transactionId: asTransactionId(from.id(from.literal())),
    peerId: asPeerId(from.id(from.literal())),
  };
  const field = <Value>(bit: number, read: () => Value): Value | undefined =>
    fields & bit ? read() : undefined;
  // In this order, which is theirs on the wire.
  const authToken = present(
    'authToken',
    field(FIELDS.authToken, () => from.literal()),
  );
  const peerNum = present(
    'peerNum',
    field(FIELDS.peerNum, () => readPeerNum(from)),
  );
  const addresses = field(FIELDS.addresses, () => readAddresses(from)) ?? [];
  const scope = present(
    'scope',
    field(FIELDS.scope, () => from.list(() => readRange(from))),
  );
  const certificate = present(
    'certificate',
    field(FIELDS.certificate, () => from.literal()),
  );
  const chunkId = present(
    'chunkId',
    field(FIELDS.chunkId, () => asChunkId(from.id(from.literal()))),
  );
  const properties = field(FIELDS.properties, () => from.list(() => readProperty(from))) ?? [];
  const expireTime = field(FIELDS.expireTime, () => from.varint()) ?? 0;
  const common = { ...head, ...authToken };

  const content = (): Request => {
    const { method } = start;
    switch (method) {
      case 'CONNECT': {
        const actions = from.list(() => readAction(from));
        return { ...common, method, ...peerNum, addresses, actions, ...scope, ...certificate };
      }
      case 'DISCONNECT':
        return { ...common, method, swarmIds: from.list(() => readSwarm(from)), ...certificate };
      case 'JOIN':
      case 'JOIN_CHUNK': {
        const swarmId = readSwarm(from);
        const mode = from.word(MODE_CODES, from.byte());
        return { ...common, method, swarmId, mode, expireTime, ...peerNum, ...scope, ...chunkId, properties };
      }
      case 'LEAVE':
        return { ...common, method, swarmId: readSwarm(from) };
      case 'FIND':
      case 'FIND_CHUNK': {
        const swarmId = readSwarm(from);
        return { ...common, method, swarmId, ...peerNum, addresses, ...scope, ...chunkId, properties };
      }
      case 'KEEPALIVE':
        return { ...common, method };
      case 'STAT_REPORT':
      case 'STAT_QUERY': {
        const stats = from.list(() => readStats(from));
        const contentMaps = from.list(() => readContentMap(from));
        return { ...common, method, stats, contentMaps, properties };
      }
      default:
        return method satisfies never;
    }
  };
  return from.finish(content());
}

const readSwarm = (from: PackedReader): SwarmId => asSwarmId(from.id(from.text()));

function readPeerNum(from: PackedReader): PeerNum {
  const count = from.varint();
  const flags = from.byte();
  const nat = flags >> 5;
  const capability = (bit: number): Capability | undefined =>
    flags & bit ? readCapability(from) : undefined;
  return {
    count,
    ...present('abilityNat', nat === 0 ? undefined : from.word(NAT_CODES, nat - 1)),
    ...present('concurrentLinks', capability(PEER_NUM.links)),
    ...present('onlineTime', capability(PEER_NUM.online)),
    ...present('uploadBandwidth', capability(PEER_NUM.bandwidth)),
  };
}

function readCapability(from: PackedReader): Capability {
  const code = from.counter(BigInt(Number.MAX_SAFE_INTEGER) + BigInt(LEVEL_CODES.length));
  return LEVEL_CODES[Number(code)] ?? Number(code - BigInt(LEVEL_CODES.length));
}

function readRange(from: PackedReader): ScopeRange {
  const representation = from.id(from.text());
  const start = from.counter(2n * BigInt(Number.MAX_SAFE_INTEGER) + 1n);
  const startIndex = Number(start >> 1n);
  if ((start & 1n) === 0n) return { representation, startIndex };
  return { representation, startIndex, endIndex: readEnd(from, startIndex) };
}

function readEnd(from: PackedReader, startIndex: number): number {
  const endIndex = from.varint();
  if (endIndex < startIndex) from.refuse('ends before it starts');
  return endIndex;
}

const readProperty = (from: PackedReader): Property => ({ name: from.id(from.text()), value: from.text() });

function readAction(from: PackedReader): SwarmAction {
  const flags = from.byte();
  const swarmId = readSwarm(from);
  const transactionId = flags & ACTION.transaction ? asTransactionId(from.id(from.literal())) : undefined;
  return {
    swarmId,
    action: flags & ACTION.leave ? 'LEAVE' : 'JOIN',
    mode: flags & ACTION.seed ? 'SEED' : 'LEECH',
    ...present('transactionId', transactionId),
  };
}

function readStats(from: PackedReader): StreamStats {
  const flags = from.byte();
  const field = <Value>(bit: number, read: () => Value): Value | undefined =>
    flags & bit ? read() : undefined;
  return {
    ...present(
      'swarmId',
      field(STATS.swarm, () => readSwarm(from)),
    ),
    ...present(
      'uploadedBytes',
      field(STATS.uploaded, () => from.counter()),
    ),
    ...present(
      'downloadedBytes',
      field(STATS.downloaded, () => from.counter()),
    ),
    ...present(
      'availableBandwidth',
      field(STATS.bandwidth, () => from.varint()),
    ),
    ...present(
      'concurrentLinks',
      field(STATS.links, () => from.varint()),
    ),
  };
}

function readContentMap(from: PackedReader): ContentMap {
  const swarmId = from.byte() === 0 ? undefined : readSwarm(from);
  const representations = from.list(() => ({
    id: from.id(from.text()),
    maps: from.list(() => readChunkMap(from)),
  }));
  return { ...present('swarmId', swarmId), representations };
}

function readChunkMap(from: PackedReader): ChunkMap {
  const startIndex = from.varint();
  const endIndex = readEnd(from, startIndex);
  // A copy: the message outlives the bytes it came in.
  return { startIndex, endIndex, bitmap: from.bytes(from.varint()).slice() };
}
