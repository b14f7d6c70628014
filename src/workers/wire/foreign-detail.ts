/** One peer of others in detail: what it declared and was told, read from its latest exchanges. */
import type { RecordedExchange } from '../../recording/record.ts';
import { endpointOf, preferred } from '../../simulation/addresses.ts';
import type { ForeignDetail } from '../messages.ts';
import { answerIn, requestIn } from './foreign-answer.ts';
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
    const list = answerIn(exchange)?.peerLists.find(({ swarmId }) => swarmId === swarm);
    if (list === undefined || exchange.method === undefined) continue;
    const peers = list.peers.map(({ peerId, addresses }) => {
      const address = preferred(addresses);
      return { peerId, endpoint: address === undefined ? '' : endpointOf(address), linked: false };
    });
    return { at: exchange.time, method: exchange.method, peers };
  }
  return undefined;
}
