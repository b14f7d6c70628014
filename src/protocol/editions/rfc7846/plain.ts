/**
 * What peers and trackers say most, reports and the word that they were heard, in the form that our own writer gives
 * them: read by one expression each, without a tree. Whatever departs from it by a byte is declined, and left to the
 * readers that take any JSON. Nothing in these forms could be refused or be a finding.
 */
import { asPeerId, asSwarmId, asTransactionId, MAX_ID_BYTES } from '../../ids.ts';
import type { Method, Request, Response } from '../../message.ts';
import { detached } from '../../text.ts';
import type { Text } from '../../text.ts';
import { ROOT, UNESCAPED } from './json.ts';
import type { Body } from './json.ts';

/** Longer ones are for the other readers: so no identifier, ASCII as it is here, is longer than it may be either. */
const MAX_LENGTH = MAX_ID_BYTES;
/** An identifier with nothing to escape. */
const ID = `"(${UNESCAPED}+)"`;
/** A count that a double holds to the last digit, as JSON writes it. */
const COUNT = '(0|[1-9][0-9]{0,14})';

/** One swarm's statistics (RFC 7846 §3.2.5, §4.1.3). */
const REPORT = new RegExp(
  `^\\{"${ROOT}":\\{"version":1,"request_type":"STAT_REPORT","transaction_id":${ID},"peer_id":${ID},` +
    `"stat_report":\\{"type":"STREAM_STATS","stat":\\[\\{"swarm_id":${ID},"uploaded_bytes":${COUNT},` +
    `"downloaded_bytes":${COUNT},"available_bandwidth":${COUNT},"concurrent_links":${COUNT}\\}\\]\\}\\}\\}$`,
);

/** One swarm's result, and no peers (RFC 7846 §3.3.4). */
const HEARD = new RegExp(
  `^\\{"${ROOT}":\\{"version":1,"response_type":0,"error_code":0,"transaction_id":${ID},` +
    `"swarm_result":\\[\\{"swarm_id":${ID},"result":0\\}\\]\\}\\}$`,
);

export function readPlainReport({ decoded }: Body): Request | undefined {
  const match = matched(decoded, REPORT);
  if (match === undefined) return undefined;
  return {
    edition: 'rfc7846',
    version: '1',
    transactionId: asTransactionId(piece(match, 1)),
    peerId: asPeerId(piece(match, 2)),
    method: 'STAT_REPORT',
    stats: [
      {
        swarmId: asSwarmId(piece(match, 3)),
        uploadedBytes: BigInt(match[4] ?? ''),
        downloadedBytes: BigInt(match[5] ?? ''),
        availableBandwidth: Number(match[6]),
        concurrentLinks: Number(match[7]),
      },
    ],
    contentMaps: [],
    properties: [],
  };
}

export function readPlainAnswer({ decoded }: Body, method: Method): Response | undefined {
  const match = matched(decoded, HEARD);
  if (match === undefined) return undefined;
  return {
    edition: 'rfc7846',
    version: '1',
    method,
    outcome: 'success',
    transactionId: asTransactionId(piece(match, 1)),
    results: [{ swarmId: asSwarmId(piece(match, 2)), ok: true }],
    peerLists: [],
    queries: [],
  };
}

function matched(decoded: Text, form: RegExp): RegExpExecArray | undefined {
  if (!decoded.ok || decoded.byteOrderMark || decoded.text.length > MAX_LENGTH) return undefined;
  return form.exec(decoded.text) ?? undefined;
}

/** In memory of its own. */
const piece = (match: RegExpExecArray, group: number): string => detached(match[group] ?? '');
