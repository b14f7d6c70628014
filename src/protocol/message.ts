/**
 * The one message model. Every edition's codec reads its bytes into these types and writes its bytes
 * from them; nothing above `protocol/` knows how an edition spells a field.
 */
import type { ErrorName } from './errors.ts';
import type { PeerId, SwarmId, TransactionId } from './ids.ts';

/** Editions this build speaks. `gu-04` and `extended-1.1` take their place here when they come. */
export const EDITIONS = ['rfc7846', 'base-1.0'] as const;
export type EditionId = (typeof EDITIONS)[number];

export type Method = 'CONNECT' | 'FIND' | 'STAT_REPORT';

/** RFC 7846 spells the complete one SEEDER, the drafts SEED; inside, SEED. */
export type PeerMode = 'SEED' | 'LEECH';
export type SwarmActionKind = 'JOIN' | 'LEAVE';

/** One interface of a peer (RFC 7846 §3.2.4, base-01 table 3). */
export interface PeerAddress {
  readonly addressType: 'ipv4' | 'ipv6';
  /** Canonical text: dotted quad, or RFC 5952 form. */
  readonly address: string;
  /** 0 to 65535. */
  readonly port: number;
  /** Larger is preferred; 0 when the edition lets it be left out and it was. */
  readonly priority: number;
  readonly type: 'HOST' | 'REFLEXIVE' | 'PROXY';
  /** RFC 7846: `wireless` or `wired`; base-01: free text such as `3G`. */
  readonly connection?: string;
  readonly asn?: string;
  readonly peerProtocol?: string;
}

/** A number (RFC 7846) or a level (base-01 table 2): whichever the message carried. */
export type Capability = number | 'HIGH' | 'NORMAL' | 'LOW';

/** The wished-for size of a peer list and the peers wanted in it (RFC 7846 §3.2.2). */
export interface PeerNum {
  /** Entries wanted, as asked; the tracker caps it at 30. */
  readonly count: number;
  readonly abilityNat?: 'NO_NAT' | 'STUN' | 'TURN' | 'PROXY';
  /** Links. */
  readonly concurrentLinks?: Capability;
  /** Seconds. */
  readonly onlineTime?: Capability;
  /** kbit/s. */
  readonly uploadBandwidth?: Capability;
}

/** One action on one swarm (RFC 7846 §3.2.3, base-01 table 2). */
export interface SwarmAction {
  readonly swarmId: SwarmId;
  readonly action: SwarmActionKind;
  readonly mode: PeerMode;
  /** The XML editions number each action; JSON has none. */
  readonly transactionId?: TransactionId;
}

/** Statistics of one swarm (RFC 7846 §3.2.5, base-01 table 5). An absent counter is unknown, not zero. */
export interface StreamStats {
  /** base-01 lets it be left out. */
  readonly swarmId?: SwarmId;
  /** Bytes sent to the swarm since joining. */
  readonly uploadedBytes?: number;
  /** Bytes received from the swarm since joining. */
  readonly downloadedBytes?: number;
  /** Upload bandwidth available now; bit/s in our peers (the texts name no unit). */
  readonly availableBandwidth?: number;
  /** JSON only. */
  readonly concurrentLinks?: number;
}

interface RequestHead {
  readonly edition: EditionId;
  /** As on the wire: `1` for rfc7846, `1.0` for base-1.0. */
  readonly version: string;
  readonly transactionId: TransactionId;
  readonly peerId: PeerId;
}

export interface ConnectRequest extends RequestHead {
  readonly method: 'CONNECT';
  readonly peerNum?: PeerNum;
  /** In the order of the message; empty when none was declared. */
  readonly addresses: readonly PeerAddress[];
  /** At least one. */
  readonly actions: readonly SwarmAction[];
}

/** Not in base-1.0. */
export interface FindRequest extends RequestHead {
  readonly method: 'FIND';
  readonly swarmId: SwarmId;
  readonly peerNum?: PeerNum;
}

export interface StatReportRequest extends RequestHead {
  readonly method: 'STAT_REPORT';
  /** Empty = keep-alive (RFC 7846 §4.1.3). */
  readonly stats: readonly StreamStats[];
}

export type Request = ConnectRequest | FindRequest | StatReportRequest;

/** One listed peer. JSON writes the address of highest priority only, XML all of them. */
export interface PeerInfo {
  readonly peerId: PeerId;
  readonly addresses: readonly PeerAddress[];
}

/** The result of one action. JSON names the swarm, XML the action's transaction; each codec keeps what its form carries. */
export interface ActionResult {
  readonly swarmId?: SwarmId;
  readonly transactionId?: TransactionId;
  readonly ok: boolean;
}

/** The peers handed out for one swarm. */
export interface PeerList {
  readonly swarmId: SwarmId;
  readonly peers: readonly PeerInfo[];
}

interface ResponseHead {
  readonly edition: EditionId;
  /** As asked. */
  readonly version: string;
  /** Which request this answers; the wire does not say, so readers take it from the request. */
  readonly method: Method;
}

export interface SuccessResponse extends ResponseHead {
  readonly outcome: 'success';
  readonly transactionId: TransactionId;
  /** The asker's own address as the tracker sees it (RFC 7846 §4.1.1, base-01 §4.1). */
  readonly publicAddress?: PeerAddress;
  /** One per action of a CONNECT, one for the swarm of a FIND, one per swarm of a STAT_REPORT. */
  readonly results: readonly ActionResult[];
  /** A swarm whose list is empty is left out. */
  readonly peerLists: readonly PeerList[];
}

export interface FailureResponse extends ResponseHead {
  readonly outcome: 'failure';
  /** Empty text when the request could not be read far enough (digest, "Errors"). */
  readonly transactionId: TransactionId | '';
  readonly error: ErrorName;
  /** For people; the XML editions carry it in the HTTP Reason-Phrase, JSON nowhere. Never echoes input. */
  readonly detail?: string;
}

export type Response = SuccessResponse | FailureResponse;

/** Longest peer list handed out (base-01 §3.1; RFC 7846 §3.2.2 "less than 30", read as 30). */
export const MAX_PEER_LIST = 30;
