/** What there is to say about a set of peers, and the set as a table. */
import { csvTable } from '../workers/client.ts';
import type { PeerSummary } from './state.ts';

/** How many of the peers have the same; the most frequent first. */
export type Shares = readonly (readonly [name: string, peers: number])[];

export interface PickedFigures {
  readonly modes: Shares;
  readonly editions: Shares;
  readonly swarms: Shares;
}

export const figuresOf = (peers: readonly PeerSummary[]): PickedFigures => ({
  modes: sharesOf(peers, ({ mode }) => mode),
  editions: sharesOf(peers, ({ edition }) => edition),
  swarms: sharesOf(peers, ({ swarm }) => swarm),
});

function sharesOf(peers: readonly PeerSummary[], nameOf: (peer: PeerSummary) => string): Shares {
  const counts = new Map<string, number>();
  for (const peer of peers) {
    const name = nameOf(peer);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, most], [b, more]) => more - most || (a < b ? -1 : 1));
}

/** One record a peer. `share` and `asn` are empty where they are not known. */
export const peersCsv = (peers: readonly PeerSummary[]): string =>
  csvTable(
    ['peerId', 'address', 'asn', 'swarm', 'mode', 'edition', 'share', 'foreign'],
    peers.map(({ peerId, endpoint, asn, swarm, mode, edition, share, foreign }) => ({
      peerId,
      address: endpoint,
      asn: asn === 0 ? undefined : asn,
      swarm,
      mode,
      edition,
      share: foreign ? undefined : Number(share.toFixed(4)),
      foreign: foreign ? 'yes' : 'no',
    })),
  );
