/** base-01 requests in the form our own writer gives them (see canonical.ts). */
import type { Decoded } from '../../codec.ts';
import { asPeerId, asSwarmId, asTransactionId } from '../../ids.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type { PeerAddress, PeerNum, Request, StreamStats, SwarmAction } from '../../message.ts';
import { MAX_LIST, present } from '../../reading.ts';
import { Cursor } from './canonical.ts';
import { VERSION } from './elements.ts';

/** `undefined`: departs from the canonical form, so it is for `decodeRequest` to read. */
export function decodeCanonicalRequest(body: Uint8Array, maxElements: number): Decoded<Request> | undefined {
  const cursor = Cursor.open(body, maxElements);
  if (!cursor?.skip('<Request>')) return undefined;
  const method = cursor.oneOf(['CONNECT', 'STAT_REPORT']);
  if (method === undefined || !cursor.skip('</Request><TransactionID>')) return undefined;
  const transactionId = cursor.id('<');
  if (transactionId === undefined || !cursor.skip('/TransactionID><PeerID>')) return undefined;
  const peerId = cursor.id('<');
  if (peerId === undefined || !cursor.skip('/PeerID>')) return undefined;
  const head = {
    edition: 'base-1.0',
    version: VERSION,
    transactionId: asTransactionId(transactionId),
    peerId: asPeerId(peerId),
  } as const;
  const message = method === 'CONNECT' ? readConnect(cursor, head) : readStatReport(cursor, head);
  return message && cursor.close() ? { ok: true, message, findings: [] } : undefined;
}

type Head = Pick<Request, 'edition' | 'version' | 'transactionId' | 'peerId'>;

function readConnect(cursor: Cursor, head: Head): Request | undefined {
  let peerNum: PeerNum | undefined;
  if (cursor.skip('<PeerNum')) {
    peerNum = readPeerNum(cursor);
    if (!peerNum) return undefined;
  }
  const actions: SwarmAction[] = [];
  while (cursor.skip('<SwarmID action="')) {
    const action = readAction(cursor);
    if (!action || actions.push(action) > MAX_LIST) return undefined;
  }
  if (actions.length === 0) return undefined;
  let addresses: PeerAddress[] | undefined = [];
  if (cursor.skip('<PeerGroup><PeerInfo>')) {
    addresses = cursor.addresses();
    if (!addresses || !cursor.skip('</PeerInfo></PeerGroup>')) return undefined;
  }
  return { ...head, method: 'CONNECT', ...present('peerNum', peerNum), addresses, actions };
}

function readAction(cursor: Cursor): SwarmAction | undefined {
  const action = cursor.oneOf(['JOIN', 'LEAVE']);
  if (action === undefined || !cursor.skip('" peerMode="')) return undefined;
  const mode = cursor.oneOf(['SEED', 'LEECH']);
  // One without is a finding.
  if (mode === undefined || !cursor.skip('" transactionID="')) return undefined;
  const transactionId = cursor.id('"');
  if (transactionId === undefined || !cursor.skip('>')) return undefined;
  const swarmId = cursor.id('<');
  if (swarmId === undefined || !cursor.skip('/SwarmID>')) return undefined;
  return { swarmId: asSwarmId(swarmId), action, mode, transactionId: asTransactionId(transactionId) };
}

/** The value of an attribute that may be left out; `null` when it is there and not one of these. */
function wish<const Word extends string>(
  cursor: Cursor,
  name: string,
  words: readonly Word[],
): Word | undefined | null {
  if (!cursor.skip(` ${name}="`)) return undefined;
  const word = cursor.oneOf(words);
  return word !== undefined && cursor.skip('"') ? word : null;
}

/** Levels other than these, and more peers than are ever handed out, are findings (table 2, §3.1). */
function readPeerNum(cursor: Cursor): PeerNum | undefined {
  const ability = wish(cursor, 'abilityNAT', ['No-NAT', 'STUN', 'TURN', 'PROXY']);
  const concurrentLinks = wish(cursor, 'concurrentLinks', ['HIGH', 'NORMAL', 'LOW']);
  const onlineTime = wish(cursor, 'onlineTime', ['HIGH', 'NORMAL']);
  const uploadBandwidth = wish(cursor, 'uploadBWlevel', ['HIGH', 'NORMAL']);
  if (ability === null || concurrentLinks === null || onlineTime === null || uploadBandwidth === null)
    return undefined;
  const count = cursor.skip('>') ? cursor.number(MAX_PEER_LIST) : undefined;
  if (count === undefined || !cursor.skip('</PeerNum>')) return undefined;
  return {
    count,
    ...present('abilityNat', ability === 'No-NAT' ? 'NO_NAT' : ability),
    ...present('concurrentLinks', concurrentLinks),
    ...present('onlineTime', onlineTime),
    ...present('uploadBandwidth', uploadBandwidth),
  };
}

function readStatReport(cursor: Cursor, head: Head): Request | undefined {
  const stats: StreamStats[] = [];
  if (cursor.skip('<StatisticsGroup>')) {
    while (cursor.skip('<Stat property="StreamStatistics"')) {
      const read = cursor.skip('/>') ? {} : readStat(cursor);
      if (!read || stats.push(read) > MAX_LIST) return undefined;
    }
    if (!cursor.skip('</StatisticsGroup>')) return undefined;
  }
  return { ...head, method: 'STAT_REPORT', stats };
}

function readStat(cursor: Cursor): StreamStats | undefined {
  if (!cursor.skip('>')) return undefined;
  let swarmId: string | undefined;
  if (cursor.skip('<SwarmID>')) {
    swarmId = cursor.id('<');
    if (swarmId === undefined || !cursor.skip('/SwarmID>')) return undefined;
  }
  const uploaded = counter(cursor, 'UploadedBytes');
  const downloaded = counter(cursor, 'DownloadedBytes');
  const bandwidth = counter(cursor, 'AvailBandwidth');
  if (uploaded === null || downloaded === null || bandwidth === null) return undefined;
  if (!cursor.skip('</Stat>')) return undefined;
  return {
    ...present('swarmId', swarmId === undefined ? undefined : asSwarmId(swarmId)),
    ...present('uploadedBytes', uploaded),
    ...present('downloadedBytes', downloaded),
    ...present('availableBandwidth', bandwidth),
  };
}

/** A counter that may be left out; `null` when it is there and no number. */
function counter(cursor: Cursor, name: string): number | undefined | null {
  if (!cursor.skip(`<${name}>`)) return undefined;
  const number = cursor.number();
  return number !== undefined && cursor.skip(`</${name}>`) ? number : null;
}
