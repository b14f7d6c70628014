/** RFC 7846 messages to bytes: the grammar's form, whatever the examples do (§3). */
import { toNumber } from '../../capability.ts';
import type { CapabilityKind } from '../../capability.ts';
import { entryOf } from '../../entry.ts';
import { ERRORS } from '../../errors.ts';
import type { SwarmId } from '../../ids.ts';
import type {
  Capability,
  ConnectRequest,
  PeerAddress,
  PeerInfo,
  PeerNum,
  Request,
  Response,
  StreamStats,
  SuccessResponse,
} from '../../message.ts';
import { encodeText } from '../../text.ts';
import { jsonConnection } from './elements.ts';
import { ROOT, UNESCAPED } from './json.ts';

/** JSON.stringify leaves members that are `undefined` out, which is how optional ones are written here. */
const message = (root: object): Uint8Array<ArrayBuffer> => encodeText(JSON.stringify({ [ROOT]: root }));

/** What JSON has nothing to escape in, as identifiers nearly always are. */
const PLAIN = new RegExp(`^${UNESCAPED}*$`);

/** A string in JSON. */
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

/** A message as far as its head goes, member by member as text: what is said all the time costs half as much so. */
function opened(version: string, members: string): string {
  const number = Number(version);
  return `{"${ROOT}":{"version":${Number.isFinite(number) ? number : 'null'},${members}`;
}

/** @throws {RangeError} For a method that this edition does not have; `EditionRules.methods` names those it has. */
export function encodeRequest(request: Request): Uint8Array<ArrayBuffer> {
  const { method } = request;
  const head = (): object => ({
    version: Number(request.version),
    request_type: method,
    transaction_id: request.transactionId,
    peer_id: request.peerId,
  });
  // §3.3.3, table 5.
  switch (method) {
    case 'CONNECT':
      return message({ ...head(), connect: connect(request) });
    case 'FIND':
      return message({
        ...head(),
        find: { swarm_id: request.swarmId, peer_num: request.peerNum && peerNum(request.peerNum) },
      });
    case 'STAT_REPORT': {
      // Statistics of no named swarm cannot be said here.
      const stats: string[] = [];
      for (const one of request.stats)
        if (one.swarmId !== undefined) stats.push(streamStats(one.swarmId, one));
      if (stats.length === 0) return message(head());
      const { version, transactionId, peerId } = request;
      const ids = `"transaction_id":${quoted(transactionId)},"peer_id":${quoted(peerId)}`;
      const open = opened(version, `"request_type":"STAT_REPORT",${ids}`);
      return encodeText(`${open},"stat_report":{"type":"STREAM_STATS","stat":[${stats.join(',')}]}}}`);
    }
    default:
      throw new RangeError(`RFC 7846 has no ${method}`);
  }
}

function connect(request: ConnectRequest): object {
  return {
    peer_num: request.peerNum && peerNum(request.peerNum),
    peer_addr: request.addresses.length > 0 ? request.addresses.map(peerAddr) : undefined,
    swarm_action: request.actions.map(({ swarmId, action, mode }) => ({
      swarm_id: swarmId,
      action,
      peer_mode: mode === 'SEED' ? 'SEEDER' : mode,
    })),
  };
}

/**
 * As text: JSON.stringify takes no bigint, and a double would round it. An unknown counter is left out, for 0
 * would be a lie.
 */
function streamStats(swarmId: SwarmId, stats: Omit<StreamStats, 'swarmId'>): string {
  const { uploadedBytes, downloadedBytes, availableBandwidth, concurrentLinks } = stats;
  let text = `{"swarm_id":${quoted(swarmId)}`;
  if (uploadedBytes !== undefined) text += `,"uploaded_bytes":${uploadedBytes}`;
  if (downloadedBytes !== undefined) text += `,"downloaded_bytes":${downloadedBytes}`;
  if (availableBandwidth !== undefined) text += `,"available_bandwidth":${availableBandwidth}`;
  if (concurrentLinks !== undefined) text += `,"concurrent_links":${concurrentLinks}`;
  return `${text}}`;
}

function peerNum(wanted: PeerNum): object {
  const number = (kind: CapabilityKind, capability: Capability | undefined): number | undefined =>
    capability === undefined ? undefined : toNumber(kind, capability);
  return {
    peer_count: wanted.count,
    // The drafts' PROXY has no word here (§3.2.2).
    ability_nat: wanted.abilityNat === 'PROXY' ? undefined : wanted.abilityNat,
    concurrent_links: number('concurrentLinks', wanted.concurrentLinks),
    online_time: number('onlineTime', wanted.onlineTime),
    upload_bandwidth: number('uploadBandwidth', wanted.uploadBandwidth),
  };
}

function peerAddr(address: PeerAddress): object {
  return {
    ip_address: { address_type: address.addressType, address: address.address },
    port: address.port,
    priority: address.priority,
    type: address.type,
    connection: address.connection === undefined ? undefined : jsonConnection(address.connection),
    asn: address.asn,
    peer_protocol: address.peerProtocol,
  };
}

export function encodeResponse(response: Response): Uint8Array<ArrayBuffer> {
  const success = response.outcome === 'success';
  const outcome = success ? 0 : 1;
  const code = success ? 0 : ERRORS[response.error].code;
  const transaction = quoted(response.transactionId);
  const open = opened(
    response.version,
    `"response_type":${outcome},"error_code":${code},"transaction_id":${transaction}`,
  );
  if (!success) return encodeText(`${open}}}`);
  const { publicAddress } = response;
  const address =
    publicAddress === undefined ? '' : `,"peer_addr":${JSON.stringify(peerAddr(publicAddress))}`;
  const results = swarmResults(response);
  const told = results.length === 0 ? '' : `,"swarm_result":[${results.join(',')}]`;
  return encodeText(`${open}${address}${told}}}`);
}

/** As texts: a list has thirty peers, and one text in one go costs less than thirty objects. */
function swarmResults({ results, peerLists }: SuccessResponse): string[] {
  const lists = new Map(peerLists.map(({ swarmId, peers }) => [swarmId, peers]));
  const texts: string[] = [];
  for (const { swarmId, ok } of results) {
    if (swarmId === undefined) continue;
    texts.push(swarmResult(swarmId, ok, lists.get(swarmId) ?? []));
    lists.delete(swarmId);
  }
  // A list that no result names stands for a request that went well.
  for (const [swarmId, peers] of lists) texts.push(swarmResult(swarmId, true, peers));
  return texts;
}

/** No peers, no group: the grammar says 1..* (§3.2.4; digest). */
function swarmResult(swarmId: SwarmId, ok: boolean, peers: readonly PeerInfo[]): string {
  let infos = '';
  for (const peer of peers) {
    const info = entryOf(peer, 'json', peerInfo);
    if (info !== '') infos += infos === '' ? info : `,${info}`;
  }
  const group = infos === '' ? '' : `,"peer_group":{"peer_info":[${infos}]}`;
  return `{"swarm_id":${quoted(swarmId)},"result":${ok ? 0 : 1}${group}}`;
}

/** One address per peer here (§3.2.4): the one preferred, the first among equals. Nothing where there is none. */
function peerInfo({ peerId, addresses }: PeerInfo): string {
  let best: PeerAddress | undefined;
  for (const address of addresses) if (best === undefined || address.priority > best.priority) best = address;
  return best === undefined ? '' : JSON.stringify({ peer_id: peerId, peer_addr: peerAddr(best) });
}
