/** Peers as columns of typed arrays, ready to be transferred to the page. */
import { EDITIONS } from '../protocol/message.ts';
import type { PeerColumns, PeerHandle } from './report.ts';
import type { SimulatedPeer } from './simulated-peer.ts';

type Peers = ReadonlyMap<PeerHandle, SimulatedPeer>;

export function peerColumns(peers: Peers): PeerColumns {
  const count = peers.size;
  const columns: PeerColumns = {
    handle: new Uint32Array(count),
    swarm: new Uint16Array(count),
    edition: new Uint8Array(count),
    mode: new Uint8Array(count),
    phase: new Uint8Array(count),
    share: new Float32Array(count),
    upload: new Float32Array(count),
    download: new Float32Array(count),
  };
  let row = 0;
  for (const peer of peers.values()) {
    columns.handle[row] = peer.handle;
    columns.swarm[row] = peer.swarm;
    columns.edition[row] = EDITIONS.indexOf(peer.state.edition);
    columns.mode[row] = peer.mode === 'SEED' ? 1 : 0;
    columns.phase[row] = peer.phaseCode;
    columns.share[row] = peer.node.share;
    columns.upload[row] = peer.node.uploadRate;
    columns.download[row] = peer.node.downloadRate;
    row++;
  }
  return columns;
}

/** Each open link once, told by the peer that opened it: from, to, from, to, ... */
export function linkPairs(peers: Peers): Uint32Array<ArrayBuffer> {
  const pairs: number[] = [];
  for (const peer of peers.values())
    for (const link of peer.node.links.values())
      if (link.ours && link.open && link.handle !== undefined) pairs.push(peer.handle, link.handle);
  return Uint32Array.from(pairs);
}
