/** Faultless responses to a request that went well: nearly all there are (RFC 7846 §3.3.4, §4.2). */
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type { ActionResult, Method, PeerInfo, PeerList, SuccessResponse } from '../../message.ts';
import { MAX_LIST } from '../../reading.ts';
import type { Writable } from '../../reading.ts';
import { isMembers, readPeerAddress } from './faultless.ts';
import type { Members, Tally } from './faultless.ts';

export function readFaultlessResponse(
  root: Members,
  tally: Tally,
  method: Method,
): SuccessResponse | undefined {
  const { version, response_type, error_code, transaction_id, peer_addr, swarm_result } = root;
  if (version !== 1 || response_type !== 0 || error_code !== 0) return undefined;
  if (!tally.id(transaction_id)) return undefined;
  tally.colons += 4;
  const results: ActionResult[] = [];
  const peerLists: PeerList[] = [];
  if (swarm_result !== undefined) {
    tally.colons++;
    if (!readResults(swarm_result, tally, results, peerLists)) return undefined;
  }
  const response: Writable<SuccessResponse> = {
    edition: 'rfc7846',
    version: '1',
    method,
    outcome: 'success',
    transactionId: asTransactionId(transaction_id),
    results,
    peerLists,
    queries: [],
  };
  if (peer_addr !== undefined) {
    const publicAddress = readPeerAddress(peer_addr, tally);
    if (!publicAddress) return undefined;
    tally.colons++;
    response.publicAddress = publicAddress;
  }
  return response;
}

/** Adds them to both lists; false declines. */
function readResults(value: unknown, tally: Tally, results: ActionResult[], peerLists: PeerList[]): boolean {
  if (!Array.isArray(value) || value.length > MAX_LIST) return false;
  for (const entry of value as readonly unknown[]) {
    if (!isMembers(entry)) return false;
    const { swarm_id, result, peer_group } = entry;
    if (!tally.id(swarm_id) || (result !== 0 && result !== 1)) return false;
    tally.colons += 2;
    const swarmId = asSwarmId(swarm_id);
    results.push({ swarmId, ok: result === 0 });
    if (peer_group === undefined) continue;
    const peers = readPeers(peer_group, tally);
    if (!peers) return false;
    tally.colons++;
    peerLists.push({ swarmId, peers });
  }
  return true;
}

function readPeers(value: unknown, tally: Tally): PeerInfo[] | undefined {
  const infos = isMembers(value) ? value['peer_info'] : undefined;
  if (!Array.isArray(infos) || infos.length === 0 || infos.length > MAX_PEER_LIST) return undefined;
  tally.colons++;
  const peers: PeerInfo[] = [];
  for (const info of infos as readonly unknown[]) {
    if (!isMembers(info)) return undefined;
    const { peer_id, peer_addr } = info;
    if (!tally.id(peer_id)) return undefined;
    const address = readPeerAddress(peer_addr, tally);
    if (!address) return undefined;
    tally.colons += 2;
    peers.push({ peerId: asPeerId(peer_id), addresses: [address] });
  }
  return peers;
}
