/** Messages to the packed form (`layout.ts`). */
import type {
  Capability,
  ContentMap,
  PeerList,
  PeerNum,
  Property,
  Request,
  Response,
  ScopeRange,
  StatQuery,
  StreamStats,
  SuccessResponse,
  ActionResult,
  SwarmAction,
} from '../message.ts';
import { RULES } from '../rules.ts';
import { writeAddress, writeAddresses } from './address.ts';
import {
  ACTION,
  EDITION_CODES,
  ENTRY_HAS_ADDRESSES,
  ERROR_CODES,
  FAILURE,
  FAILURE_PARTS,
  FIELDS,
  FORM,
  LEVEL_CODES,
  LIST,
  METHOD_CODES,
  MODE_CODES,
  NAT_CODES,
  OTHER_VERSION,
  PEER_NUM,
  RESPONSE,
  RESULT,
  STATS,
  SUCCESS_PARTS,
} from './layout.ts';
import { PackedWriter } from './writing.ts';

export function packRequest(request: Request): Uint8Array<ArrayBuffer> {
  const out = new PackedWriter();
  writeHead(out, request, 0, 0);
  const fields = writtenFields(request);
  out.byte(fields.reduce((bits, [bit]) => bits | bit, 0));
  out.literal(request.transactionId);
  out.literal(request.peerId);
  for (const [, write] of fields) write(out);
  writeContent(out, request);
  return out.finish();
}

export function packResponse(response: Response): Uint8Array<ArrayBuffer> {
  const out = new PackedWriter();
  if (response.outcome === 'failure') {
    const { transactionId, detail, error } = response;
    const parts =
      (transactionId === '' ? 0 : FAILURE_PARTS.transaction) |
      (detail === undefined ? 0 : FAILURE_PARTS.detail);
    writeHead(out, response, RESPONSE | FAILURE, parts);
    out.byte(ERROR_CODES.indexOf(error));
    if (transactionId !== '') out.literal(transactionId);
    if (detail !== undefined) out.text(detail);
  } else writeSuccess(out, response);
  return out.finish();
}

function writeHead(
  out: PackedWriter,
  { edition, version, method }: Request | Response,
  flags: number,
  parts: number,
): void {
  const own = version === RULES[edition].version;
  out.byte((FORM << 5) | flags | (EDITION_CODES.indexOf(edition) << 2) | (own ? 0 : OTHER_VERSION));
  out.byte((METHOD_CODES.indexOf(method) << 4) | parts);
  if (!own) out.literal(version);
}

/** The bits of the fields a request has, in their order, and how each is written. */
function writtenFields(request: Request): [bit: number, write: (out: PackedWriter) => void][] {
  const fields: [bit: number, write: (out: PackedWriter) => void][] = [];
  const { authToken } = request;
  if (authToken !== undefined) fields.push([FIELDS.authToken, (out) => out.literal(authToken)]);
  if ('peerNum' in request && request.peerNum !== undefined) {
    const { peerNum } = request;
    fields.push([FIELDS.peerNum, (out) => writePeerNum(out, peerNum)]);
  }
  if ('addresses' in request && request.addresses.length > 0)
    fields.push([FIELDS.addresses, (out) => writeAddresses(out, request.addresses)]);
  if ('scope' in request && request.scope !== undefined) {
    const { scope } = request;
    fields.push([FIELDS.scope, (out) => out.list(scope, (range) => writeRange(out, range))]);
  }
  if ('certificate' in request && request.certificate !== undefined) {
    const { certificate } = request;
    fields.push([FIELDS.certificate, (out) => out.literal(certificate)]);
  }
  if ('chunkId' in request && request.chunkId !== undefined) {
    const { chunkId } = request;
    fields.push([FIELDS.chunkId, (out) => out.literal(chunkId)]);
  }
  if ('properties' in request && request.properties.length > 0)
    fields.push([
      FIELDS.properties,
      (out) => out.list(request.properties, (property) => writeProperty(out, property)),
    ]);
  if ('expireTime' in request && request.expireTime > 0)
    fields.push([FIELDS.expireTime, (out) => out.varint(request.expireTime)]);
  return fields;
}

/** What a method always has. */
function writeContent(out: PackedWriter, request: Request): void {
  switch (request.method) {
    case 'CONNECT':
      return out.list(request.actions, (action) => writeAction(out, action));
    case 'DISCONNECT':
      return out.list(request.swarmIds, (swarmId) => out.text(swarmId));
    case 'JOIN':
    case 'JOIN_CHUNK':
      out.text(request.swarmId);
      return out.byte(MODE_CODES.indexOf(request.mode));
    case 'LEAVE':
    case 'FIND':
    case 'FIND_CHUNK':
      return out.text(request.swarmId);
    case 'KEEPALIVE':
      return undefined;
    case 'STAT_REPORT':
    case 'STAT_QUERY':
      out.list(request.stats, (stats) => writeStats(out, stats));
      return out.list(request.contentMaps, (map) => writeContentMap(out, map));
    default:
      return request satisfies never;
  }
}

function writePeerNum(out: PackedWriter, wanted: PeerNum): void {
  const { abilityNat, concurrentLinks, onlineTime, uploadBandwidth } = wanted;
  out.varint(wanted.count);
  out.byte(
    (abilityNat === undefined ? 0 : (NAT_CODES.indexOf(abilityNat) + 1) << 5) |
      (concurrentLinks === undefined ? 0 : PEER_NUM.links) |
      (onlineTime === undefined ? 0 : PEER_NUM.online) |
      (uploadBandwidth === undefined ? 0 : PEER_NUM.bandwidth),
  );
  for (const capability of [concurrentLinks, onlineTime, uploadBandwidth])
    if (capability !== undefined) out.varint(capabilityCode(capability));
}

const capabilityCode = (capability: Capability): bigint =>
  typeof capability === 'number'
    ? BigInt(capability) + BigInt(LEVEL_CODES.length)
    : BigInt(LEVEL_CODES.indexOf(capability));

function writeRange(out: PackedWriter, { representation, startIndex, endIndex }: ScopeRange): void {
  out.text(representation);
  out.varint(BigInt(startIndex) * 2n + (endIndex === undefined ? 0n : 1n));
  if (endIndex !== undefined) out.varint(endIndex);
}

function writeProperty(out: PackedWriter, { name, value }: Property): void {
  out.text(name);
  out.text(value);
}

function writeAction(out: PackedWriter, { swarmId, action, mode, transactionId }: SwarmAction): void {
  out.byte(
    (action === 'LEAVE' ? ACTION.leave : 0) |
      (mode === 'SEED' ? ACTION.seed : 0) |
      (transactionId === undefined ? 0 : ACTION.transaction),
  );
  out.text(swarmId);
  if (transactionId !== undefined) out.literal(transactionId);
}

function writeStats(out: PackedWriter, stats: StreamStats): void {
  const { swarmId, uploadedBytes, downloadedBytes, availableBandwidth, concurrentLinks } = stats;
  out.byte(
    (swarmId === undefined ? 0 : STATS.swarm) |
      (uploadedBytes === undefined ? 0 : STATS.uploaded) |
      (downloadedBytes === undefined ? 0 : STATS.downloaded) |
      (availableBandwidth === undefined ? 0 : STATS.bandwidth) |
      (concurrentLinks === undefined ? 0 : STATS.links),
  );
  if (swarmId !== undefined) out.text(swarmId);
  for (const counter of [uploadedBytes, downloadedBytes, availableBandwidth, concurrentLinks])
    if (counter !== undefined) out.varint(counter);
}

function writeContentMap(out: PackedWriter, { swarmId, representations }: ContentMap): void {
  out.byte(swarmId === undefined ? 0 : 1);
  if (swarmId !== undefined) out.text(swarmId);
  out.list(representations, ({ id, maps }) => {
    out.text(id);
    out.list(maps, ({ startIndex, endIndex, bitmap }) => {
      out.varint(startIndex);
      out.varint(endIndex);
      out.varint(bitmap.length);
      out.bytes(bitmap);
    });
  });
}

function writeSuccess(out: PackedWriter, response: SuccessResponse): void {
  const { publicAddress, results, peerLists, queries } = response;
  const parts =
    (publicAddress === undefined ? 0 : SUCCESS_PARTS.address) |
    (results.length === 0 ? 0 : SUCCESS_PARTS.results) |
    (peerLists.length === 0 ? 0 : SUCCESS_PARTS.lists) |
    (queries.length === 0 ? 0 : SUCCESS_PARTS.queries);
  writeHead(out, response, RESPONSE, parts);
  out.literal(response.transactionId);
  if (publicAddress !== undefined) writeAddress(out, publicAddress);
  if (results.length > 0) out.list(results, (result) => writeResult(out, result));
  if (peerLists.length > 0) out.list(peerLists, (list) => writePeerList(out, list));
  if (queries.length > 0) out.list(queries, (query) => writeQuery(out, query));
}

function writeResult(out: PackedWriter, { ok, swarmId, transactionId }: ActionResult): void {
  out.byte(
    (ok ? RESULT.ok : 0) |
      (swarmId === undefined ? 0 : RESULT.swarm) |
      (transactionId === undefined ? 0 : RESULT.transaction),
  );
  if (swarmId !== undefined) out.text(swarmId);
  if (transactionId !== undefined) out.literal(transactionId);
}

function writePeerList(out: PackedWriter, { swarmId, peers, chunkId }: PeerList): void {
  const heads = peers.some(({ mode, addresses }) => mode !== undefined || addresses.length === 0);
  out.text(swarmId);
  out.byte((chunkId === undefined ? 0 : LIST.chunk) | (heads ? LIST.heads : 0));
  if (chunkId !== undefined) out.literal(chunkId);
  out.list(peers, ({ peerId, addresses, mode }) => {
    if (heads)
      out.byte(
        (mode === undefined ? 0 : MODE_CODES.indexOf(mode) + 1) |
          (addresses.length > 0 ? ENTRY_HAS_ADDRESSES : 0),
      );
    out.literal(peerId);
    writeAddresses(out, addresses);
  });
}

function writeQuery(out: PackedWriter, { transactionId, peerId, properties }: StatQuery): void {
  out.literal(transactionId);
  out.literal(peerId);
  out.list(properties, (name) => out.text(name));
}
