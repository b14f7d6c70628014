/** What the sessions of the examples share. */
import { asPeerId, asSwarmId, asTransactionId } from '../../protocol/ids.ts';
import type { ContentMap, EditionId, PeerAddress, Request, StreamStats } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';

/** A request of the session. `asks`: an operator wants to know that of the peer before. */
export interface Line {
  readonly name: string;
  readonly says: string;
  readonly request: Request;
  readonly asks?: readonly string[];
}

export const FILM = asSwarmId('urn:example:film');
export const NEWS = asSwarmId('urn:example:news');
export const ERIN = asPeerId('erin');
export const REPRESENTATION = 'video-720p';

export const host = (address: string, port: number, more: Partial<PeerAddress> = {}): PeerAddress => ({
  addressType: address.includes(':') ? 'ipv6' : 'ipv4',
  address,
  port,
  priority: 1,
  type: 'HOST',
  ...more,
});
export const OWN = host('192.0.2.5', 4005, { connection: 'wired', asn: '64496', peerProtocol: 'PPSP-PP' });

export const head = <E extends EditionId>(edition: E, transaction: number | string) => ({
  edition,
  version: RULES[edition].version,
  transactionId: asTransactionId(String(transaction)),
  peerId: ERIN,
});

export const STATS: StreamStats = {
  swarmId: FILM,
  uploadedBytes: 512_000n,
  downloadedBytes: 9_007_199_254_740_993n,
  availableBandwidth: 2_048_000,
};

/** The first ten segments, but for 3 and 8. */
export const TEN_SEGMENTS: ContentMap = {
  swarmId: FILM,
  representations: [
    {
      id: REPRESENTATION,
      maps: [{ startIndex: 0, endIndex: 9, bitmap: Uint8Array.of(0b1110_1111, 0b0100_0000) }],
    },
  ],
};
export const EIGHT_SEGMENTS: ContentMap = {
  swarmId: FILM,
  representations: [
    { id: REPRESENTATION, maps: [{ startIndex: 0, endIndex: 7, bitmap: Uint8Array.of(0xff) }] },
  ],
};
