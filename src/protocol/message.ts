/**
 * The one message model. Every edition's codec reads its bytes into these types and writes its bytes
 * from them; nothing above `protocol/` knows how an edition spells a field.
 */
import type { EntryPlace } from './entry.ts';
import type { ErrorName } from './errors.ts';
import type { ChunkId, PeerId, SwarmId, TransactionId } from './ids.ts';

/** Newest first. Which texts they are: `docs/protocol.md`. */
export const EDITIONS = ['rfc7846', 'extended-1.1', 'base-1.0', 'gu-04'] as const;
export type EditionId = (typeof EDITIONS)[number];

/** Of all editions together; which edition has which: `EditionRules.methods`. */
export const METHODS = [
  'CONNECT',
  'DISCONNECT',
  'JOIN',
  'JOIN_CHUNK',
  'LEAVE',
  'FIND',
  'FIND_CHUNK',
  'KEEPALIVE',
  'STAT_REPORT',
  'STAT_QUERY',
] as const;
export type Method = (typeof METHODS)[number];

/** RFC 7846 spells the complete one SEEDER, the drafts SEED; inside, SEED. */
export type PeerMode = 'SEED' | 'LEECH';
/** gu -06 §4.6: the one source of a live stream, on every list; it counts as a SEED. */
export type JoinMode = PeerMode | 'LIVESEED';
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
  /** Bytes sent to the swarm since joining; 0 to 2^64 - 1, so a bigint. */
  readonly uploadedBytes?: bigint;
  /** Bytes received from the swarm since joining; 0 to 2^64 - 1. */
  readonly downloadedBytes?: bigint;
  /** Upload bandwidth available now; bit/s in our peers (the texts name no unit). */
  readonly availableBandwidth?: number;
  /** JSON only. */
  readonly concurrentLinks?: number;
}

/**
 * Segments of one representation (a component of the content: a quality, a language) that a request is
 * about (extended-04 §4.4.1, table 4).
 */
export interface ScopeRange {
  readonly representation: string;
  readonly startIndex: number;
  /** The last segment, inclusive; without it the scope is `startIndex` alone (digest, "base-1.0 and extended-1.1"). */
  readonly endIndex?: number;
}

/** Which segments of a run a peer holds (extended-04 §4.4.1, table 3; gu -06 §4.9 ChunkMap). */
export interface ChunkMap {
  readonly startIndex: number;
  /** The last segment, inclusive. */
  readonly endIndex: number;
  /** Bit i is segment startIndex + i, most significant bit of byte 0 first; padding bits are 0. */
  readonly bitmap: Uint8Array;
}

/** What a peer holds of one swarm's content. A new report replaces what it covers. */
export interface ContentMap {
  /** Left out: the only swarm the peer is in. */
  readonly swarmId?: SwarmId;
  readonly representations: readonly { readonly id: string; readonly maps: readonly ChunkMap[] }[];
}

/** A named value of gu-04: a peer's property, or a wish for one. */
export interface Property {
  readonly name: string;
  readonly value: string;
}

interface RequestHead {
  readonly edition: EditionId;
  /** As on the wire: `1` for rfc7846, `1.0` or `1.1` for the XML editions. */
  readonly version: string;
  readonly transactionId: TransactionId;
  readonly peerId: PeerId;
  /** gu -06 §4.1: whoever authenticated says so with it. Never logged, never shown. */
  readonly authToken?: string;
}

export interface ConnectRequest extends RequestHead {
  readonly method: 'CONNECT';
  readonly peerNum?: PeerNum;
  /** In the order of the message; empty when none was declared. */
  readonly addresses: readonly PeerAddress[];
  /** At least one; in gu-04 none, for there CONNECT registers and JOIN joins. */
  readonly actions: readonly SwarmAction[];
  /** extended-1.1: only peers that hold all of it are wanted. Absent: no scope. */
  readonly scope?: readonly ScopeRange[];
  /** gu-04: `<Cer>`, may be empty text. */
  readonly certificate?: string;
}

/** gu-04 and extended-1.1. */
export interface DisconnectRequest extends RequestHead {
  readonly method: 'DISCONNECT';
  /** extended-1.1: leaves only these; empty: leaves all and ends the registration. */
  readonly swarmIds: readonly SwarmId[];
  /** gu-04: `<Cer>`, may be empty text. */
  readonly certificate?: string;
}

/** gu-04: one swarm at a time. */
export interface JoinRequest extends RequestHead {
  readonly method: 'JOIN' | 'JOIN_CHUNK';
  readonly swarmId: SwarmId;
  /** LEECH when the message names none (-04 has no PeerMode). */
  readonly mode: JoinMode;
  /** Seconds until the peer leaves by itself; 0 = none. */
  readonly expireTime: number;
  readonly peerNum?: PeerNum;
  /** JOIN_CHUNK always has it: the chunk the peer declares to hold. */
  readonly chunkId?: ChunkId;
  /** -06 `<Clip>`: what the peer starts with; only peers that hold all of it are wanted. */
  readonly scope?: readonly ScopeRange[];
  /** -06: properties of the asker, such as `STUN` `true`. */
  readonly properties: readonly Property[];
}

/** gu-04. */
export interface LeaveRequest extends RequestHead {
  readonly method: 'LEAVE';
  readonly swarmId: SwarmId;
}

/** Not in base-1.0; FIND_CHUNK in gu-04 only. */
export interface FindRequest extends RequestHead {
  readonly method: 'FIND' | 'FIND_CHUNK';
  readonly swarmId: SwarmId;
  readonly peerNum?: PeerNum;
  /** extended-1.1: updates what was declared before; empty: leaves it. */
  readonly addresses: readonly PeerAddress[];
  /** extended-1.1, and gu -06's `<Clip>`. */
  readonly scope?: readonly ScopeRange[];
  /** gu-04: FIND_CHUNK always has it; the slides' FIND may. */
  readonly chunkId?: ChunkId;
  /** gu-04: requirements on the peers returned. */
  readonly properties: readonly Property[];
}

/** gu-04; elsewhere an empty STAT_REPORT says the same. */
export interface KeepaliveRequest extends RequestHead {
  readonly method: 'KEEPALIVE';
}

/** What a peer tells of itself: STAT_REPORT by itself, STAT_QUERY when asked. */
interface Statistics {
  readonly stats: readonly StreamStats[];
  /** extended-1.1 `ContentMap`, gu -06 `ChunkMap`. */
  readonly contentMaps: readonly ContentMap[];
  /** gu-04: every other property. */
  readonly properties: readonly Property[];
}

export interface StatReportRequest extends RequestHead, Statistics {
  /** With nothing in it: keep-alive (RFC 7846 §4.1.3). */
  readonly method: 'STAT_REPORT';
}

/** gu-04: a peer's `<RESPONSE>` to a tracker's STAT_QUERY, POSTed like a request. */
export interface StatAnswer extends RequestHead, Statistics {
  readonly method: 'STAT_QUERY';
}

export type Request =
  | ConnectRequest
  | DisconnectRequest
  | JoinRequest
  | LeaveRequest
  | FindRequest
  | KeepaliveRequest
  | StatReportRequest
  | StatAnswer;

/** Entries that are asked for in peer lists; undefined: the request does not say. */
export const wantedBy = (request: Request): number | undefined =>
  'peerNum' in request ? request.peerNum?.count : undefined;

/** gu-04: what the tracker wants to know; rides on the response to a KEEPALIVE or STAT_REPORT. */
export interface StatQuery {
  /** Starts with `q.` */
  readonly transactionId: TransactionId;
  readonly peerId: PeerId;
  /** Names of the properties asked for, at least one. */
  readonly properties: readonly string[];
}

/** One listed peer. JSON writes the address of highest priority only, XML all of them. */
export interface PeerInfo {
  readonly peerId: PeerId;
  readonly addresses: readonly PeerAddress[];
  /** gu-04 says it, the others do not. */
  readonly mode?: JoinMode;
  /** Where its entry is kept once it was written, if whoever lists it has one. */
  readonly place?: EntryPlace;
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
  /** gu-04: the chunk that was asked for. */
  readonly chunkId?: ChunkId;
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
  /** One per action of a CONNECT, one for the swarm of a FIND, one per swarm of a STAT_REPORT or DISCONNECT. */
  readonly results: readonly ActionResult[];
  /** A swarm whose list is empty is left out. */
  readonly peerLists: readonly PeerList[];
  /** gu-04: questions to the peer. */
  readonly queries: readonly StatQuery[];
  /** gu -06 §4.4: in the answer to CONNECT, for every request after it. Never logged, never shown. */
  readonly authToken?: string;
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
