/** What `npm run bench` measures of the tracker: the cost of one peer list, in a small swarm and in a large one. */
import { asPeerId, asSwarmId, asTransactionId } from '../protocol/ids.ts';
import type { FindRequest } from '../protocol/message.ts';
import { rfc7846 } from '../protocol/editions/rfc7846.ts';
import type { HttpResponse } from '../protocol/http.ts';
import { createTrackerEndpoint } from '../tracker/http.ts';
import { selectionOf } from '../tracker/policies.ts';
import type { SelectionName } from '../tracker/policies.ts';
import { createTracker } from '../tracker/tracker.ts';
import { stream } from '../simulation/random.ts';

export interface TrackerCase {
  readonly name: string;
  /** Members of the two swarms. */
  readonly sizes: readonly [small: number, large: number];
  /** The most that a list of the large one may cost, as a multiple of one of the small one. */
  readonly most: number;
  readonly small: () => HttpResponse;
  readonly large: () => HttpResponse;
}

const head = { edition: 'rfc7846', version: '1', transactionId: asTransactionId('t') } as const;
const swarmId = asSwarmId('film');

/** A FIND of thirty, bytes to bytes, in a swarm of so many, one in ten of them a seed; every peer has an address. */
function listOf(size: number, policy: SelectionName): () => HttpResponse {
  const tracker = createTracker({ maxPeers: size }, 0, selectionOf(policy));
  const random = stream(1, 'tracker cases');
  const context = { now: 0, random, remote: { address: '203.0.113.7', port: 40_000 } };
  for (let index = 0; index < size; index++)
    tracker.handle(
      {
        ...head,
        method: 'CONNECT',
        peerId: asPeerId(`peer ${index}`),
        peerNum: { count: 0 },
        addresses: [
          {
            addressType: 'ipv4',
            address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
            port: 1024 + (index % 60_000),
            priority: 1,
            type: 'HOST',
          },
        ],
        actions: [{ swarmId, action: 'JOIN', mode: index % 10 === 0 ? 'SEED' : 'LEECH' }],
      },
      context,
    );
  const endpoint = createTrackerEndpoint(tracker);
  let asked = 0;
  return () => {
    const request: FindRequest = {
      ...head,
      // Another one every time, or the answer would only be repeated.
      transactionId: asTransactionId(`t${asked++}`),
      method: 'FIND',
      peerId: asPeerId('peer 1'),
      swarmId,
      addresses: [],
      properties: [],
    };
    const body = rfc7846.encodeRequest(request);
    const { remote } = context;
    const asking = { method: 'POST', target: '/', contentType: rfc7846.mediaType, body, remote };
    return endpoint.answer(asking, context).response;
  };
}

export function trackerCases(sizes: TrackerCase['sizes'] = [1_000, 1_000_000]): TrackerCase[] {
  const [small, large] = sizes;
  return [
    {
      name: 'a list of 30 at random',
      sizes,
      most: 2,
      small: listOf(small, 'random'),
      large: listOf(large, 'random'),
    },
  ];
}
