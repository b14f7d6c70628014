/** What `npm run bench` measures of the tracker: the cost of one peer list, in a small swarm and in a large one. */
import { asPeerId, asSwarmId, asTransactionId } from '../protocol/ids.ts';
import type { FindRequest } from '../protocol/message.ts';
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
  readonly small: () => unknown;
  readonly large: () => unknown;
}

const head = { edition: 'rfc7846', version: '1', transactionId: asTransactionId('t') } as const;
const swarmId = asSwarmId('film');

/** A FIND of thirty in a swarm of so many, one in ten of them a seed. */
function listOf(size: number, policy: SelectionName): () => unknown {
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
        addresses: [],
        actions: [{ swarmId, action: 'JOIN', mode: index % 10 === 0 ? 'SEED' : 'LEECH' }],
      },
      context,
    );
  const request: FindRequest = {
    ...head,
    method: 'FIND',
    peerId: asPeerId('peer 1'),
    swarmId,
    addresses: [],
    properties: [],
  };
  return () => tracker.handle(request, context);
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
