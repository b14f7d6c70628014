/** One peer of others in detail: what it declared and was told, read from its latest exchanges. */
import { readAnswer } from '../../protocol/answer.ts';
import { askedBy } from '../../protocol/codec.ts';
import { codecOf } from '../../protocol/editions/index.ts';
import type { Request, Response } from '../../protocol/message.ts';
import { bytesOf } from '../../recording/record.ts';
import type { RecordedExchange } from '../../recording/record.ts';
import { endpointOf, preferred } from '../../simulation/addresses.ts';
import type { ForeignDetail } from '../messages.ts';
import { phaseOf, type ForeignPeers } from './foreign-peers.ts';

type Watched = NonNullable<ForeignPeers['watched']>;
type Read = (row: number) => Promise<RecordedExchange | undefined>;

/** Addresses of one peer that are told. */
const MOST_ADDRESSES = 8;

/** `read`: the exchange of a row, as long as it is kept. */
export async function foreignDetail({ peer, stay, all }: Watched, read: Read): Promise<ForeignDetail> {
  const rows = await Promise.all(peer.rows.map(read));
  const exchanges = rows.filter((one) => one !== undefined).toReversed();
  const joined = peer.joined === undefined ? undefined : await read(peer.joined);
  const { peerId, edition, remote, since, at, requests, errors, findings } = peer;
  return {
    peerId,
    stay,
    stays: all,
    phase: phaseOf(peer),
    edition,
    remote,
    addresses: joined === undefined ? [] : addressesIn(joined),
    since,
    at,
    requests,
    errors,
    findings,
    list: latestList(exchanges, stay.swarm),
    exchanges,
  };
}

function requestIn({ edition, request }: RecordedExchange): Request | undefined {
  if (edition === undefined || request.body === undefined) return undefined;
  const decoded = codecOf(edition).decodeRequest(bytesOf(request.body));
  return decoded.ok ? decoded.message : undefined;
}

function addressesIn(exchange: RecordedExchange): readonly string[] {
  const request = requestIn(exchange);
  if (request?.method !== 'CONNECT') return [];
  return request.addresses.slice(0, MOST_ADDRESSES).map(endpointOf);
}

/** Newest first. */
function latestList(
  exchanges: readonly RecordedExchange[],
  swarm: string | undefined,
): ForeignDetail['list'] {
  for (const exchange of exchanges) {
    const request = requestIn(exchange);
    const list = request && answerTo(exchange, request)?.peerLists.find(({ swarmId }) => swarmId === swarm);
    if (list === undefined || request === undefined) continue;
    const peers = list.peers.map(({ peerId, addresses }) => {
      const address = preferred(addresses);
      return { peerId, endpoint: address === undefined ? '' : endpointOf(address), linked: false };
    });
    return { at: exchange.time, method: request.method, peers };
  }
  return undefined;
}

function answerTo(
  { edition, result }: RecordedExchange,
  request: Request,
): Extract<Response, { outcome: 'success' }> | undefined {
  if (edition === undefined || result.kind !== 'answered' || result.body === undefined) return undefined;
  const { status, reason, contentType } = result;
  const http = { status, reason, contentType, body: bytesOf(result.body) };
  const read = readAnswer(codecOf(edition), request.method, http, askedBy(request));
  return read.ok && read.message.outcome === 'success' ? read.message : undefined;
}
