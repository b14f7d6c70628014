/**
 * Where the editions' rules differ, as one table of data. Nothing above `protocol/` branches on the
 * edition itself: it asks this table.
 */
import { METHODS } from './message.ts';
import type { EditionId, Method, PeerMode, SwarmActionKind } from './message.ts';

export type PeerState = 'START' | 'PEER REGISTERED' | 'TRACKING' | 'TERMINATE';

/**
 * One row of an edition's validity table: RFC 7846 table 6 = base-01 table 8, and what the digest, "Validity",
 * adds to it or puts in its place. The first row that describes a request decides; none: invalid.
 */
export interface ValidityRow {
  /** Number of actions: exactly one, one JOIN and one LEAVE, any number of one kind, or any mixture of both. */
  readonly swarms: '1' | '1+1' | 'N' | 'mixed';
  /** Of the JOINs; a LEAVE counts whatever mode it names (RFC 7846 §4.1.1). */
  readonly mode: PeerMode | 'either';
  readonly actions: readonly SwarmActionKind[];
  readonly of: SwarmsNamed;
  /**
   * Where CONNECT carries the actions START is a peer in no swarm, for there PEER REGISTERED is transient;
   * where it registers alone, the state it is in.
   */
  readonly before: 'START' | 'PEER REGISTERED' | 'TRACKING';
  readonly after: 'PEER REGISTERED' | 'TRACKING' | 'TERMINATE';
  readonly valid: boolean;
  readonly section: string;
}

/** What the peer is to the swarms that a row speaks of. */
export type SwarmsNamed =
  | 'any'
  /** It joins swarms it is not in. */
  | 'new'
  /** It joins swarms it is in, in the mode it is in. */
  | 'own'
  /** It joins swarms it is in, in the other mode. */
  | 'other mode'
  /** It joins a new swarm and leaves the only one it is in, as LEECH. */
  | 'switch'
  /** It leaves some but not all of its swarms. */
  | 'some'
  /** It leaves all of them. */
  | 'all';

const row = (
  [swarms, mode, actions, of]: readonly [
    ValidityRow['swarms'],
    ValidityRow['mode'],
    'JOIN' | 'LEAVE' | 'JOIN, LEAVE',
    SwarmsNamed,
  ],
  before: ValidityRow['before'],
  after: ValidityRow['after'],
  valid: boolean,
  section: string,
): ValidityRow => ({
  swarms,
  mode,
  actions: actions === 'JOIN, LEAVE' ? ['JOIN', 'LEAVE'] : [actions],
  of,
  before,
  after,
  valid,
  section,
});

/** Rows 1 to 6: what holds of a peer that comes, and of a LEECH that changes or leaves. */
const COMING: readonly ValidityRow[] = [
  row(['1', 'LEECH', 'JOIN', 'any'], 'START', 'TRACKING', true, 'RFC 7846 table 6, base-01 table 8'),
  row(['1', 'LEECH', 'LEAVE', 'any'], 'START', 'TERMINATE', false, 'RFC 7846 table 6, base-01 table 8'),
  row(['1', 'LEECH', 'LEAVE', 'all'], 'TRACKING', 'TERMINATE', true, 'RFC 7846 table 6, base-01 table 8'),
  row(
    ['1+1', 'LEECH', 'JOIN, LEAVE', 'any'],
    'START',
    'TERMINATE',
    false,
    'RFC 7846 table 6, base-01 table 8',
  ),
  row(
    ['1+1', 'LEECH', 'JOIN, LEAVE', 'switch'],
    'TRACKING',
    'TRACKING',
    true,
    'RFC 7846 table 6, base-01 table 8',
  ),
  row(['N', 'SEED', 'JOIN', 'any'], 'START', 'TRACKING', true, 'RFC 7846 table 6, base-01 table 8'),
];
const SEED_JOINS_AGAIN = row(
  ['N', 'SEED', 'JOIN', 'any'],
  'TRACKING',
  'TERMINATE',
  false,
  'RFC 7846 table 6, base-01 table 8',
);
/** Row 8, and what the digest lets pass beside the table. */
const GOING: readonly ValidityRow[] = [
  row(['N', 'SEED', 'LEAVE', 'all'], 'TRACKING', 'TERMINATE', true, 'RFC 7846 table 6, base-01 table 8'),
  row(['N', 'either', 'LEAVE', 'some'], 'TRACKING', 'TRACKING', true, 'digest, "Validity": LEAVE of some'),
  row(['1', 'LEECH', 'JOIN', 'own'], 'TRACKING', 'TRACKING', true, 'RFC 7846 §4.1.1 "start (or re-start)"'),
];

/** RFC 7846 table 6 = base-01 table 8. */
const STRICT: readonly ValidityRow[] = [...COMING, SEED_JOINS_AGAIN, ...GOING];

/** extended-04 §4.3.2 B: LEECH in at most one swarm (`leechSwarms`), all else may be joined while TRACKING. */
const FREE: readonly ValidityRow[] = [
  ...COMING,
  ...GOING,
  row(['N', 'SEED', 'JOIN', 'own'], 'TRACKING', 'TRACKING', true, 'digest, "Validity": a SEED\'s refresh'),
  row(['N', 'SEED', 'JOIN', 'other mode'], 'TRACKING', 'TRACKING', true, 'digest, "Validity": LEECH to SEED'),
  row(['N', 'either', 'JOIN', 'any'], 'TRACKING', 'TRACKING', true, 'extended-04 §4.3.1 (5)'),
  row(['mixed', 'either', 'JOIN, LEAVE', 'any'], 'TRACKING', 'TRACKING', true, 'extended-04 §4.3.1 (5)'),
];

/** gu-04: one swarm at a time, once CONNECT has registered the peer. */
const SINGLE: readonly ValidityRow[] = [
  row(['1', 'either', 'JOIN', 'any'], 'START', 'TERMINATE', false, 'gu-04 DISCONNECT: CONNECT comes first'),
  row(['1', 'either', 'LEAVE', 'any'], 'START', 'TERMINATE', false, 'gu-04 DISCONNECT: CONNECT comes first'),
  row(['1', 'either', 'JOIN', 'any'], 'PEER REGISTERED', 'TRACKING', true, 'gu -06 §4.6'),
  row(['1', 'either', 'LEAVE', 'any'], 'PEER REGISTERED', 'PEER REGISTERED', false, 'gu -06 §4.7'),
  row(['1', 'either', 'JOIN', 'new'], 'TRACKING', 'TRACKING', true, 'gu -06 §4.6'),
  row(['1', 'either', 'JOIN', 'own'], 'TRACKING', 'TRACKING', true, 'digest, "Validity": a refresh'),
  row(['1', 'either', 'JOIN', 'other mode'], 'TRACKING', 'TRACKING', true, 'digest, "Validity": in any mode'),
  row(['1', 'either', 'LEAVE', 'some'], 'TRACKING', 'TRACKING', true, 'gu -06 §4.7'),
  row(
    ['1', 'either', 'LEAVE', 'all'],
    'TRACKING',
    'TRACKING',
    true,
    'digest, "Validity": the last LEAVE keeps',
  ),
];

export interface EditionRules {
  /** What the edition calls itself in `version`. */
  readonly version: string;
  /** Requests it has; any other is answered `bad-request`, "Unknown Messages" (extended-04 §4.5). */
  readonly methods: readonly Method[];
  /** Method names are case-sensitive, except in gu-04 (gu -06 §4.2). */
  readonly methodCase: 'sensitive' | 'insensitive';
  /** Whether CONNECT carries swarm actions, or registers alone and JOIN joins (gu-04). */
  readonly connect: 'with actions' | 'alone';
  /** Rows of the validity table; what they do not list is invalid. */
  readonly validity: readonly ValidityRow[];
  /** Swarms a peer may be LEECH in at once: extended-04 §4.3.2 B one, gu-04 any number. */
  readonly leechSwarms: number;
  /** What ends a registration besides the timer: the last LEAVE, or (gu-04) DISCONNECT only. */
  readonly lastLeave: 'terminate' | 'keep';
  /**
   * An invalid request in PEER REGISTERED ends the registration (RFC 7846 §2.3.2 A, extended-04 §4.3.2 A);
   * in gu-04 only DISCONNECT or the timer does (digest, "Validity").
   */
  readonly errorWhileRegistered: 'terminate' | 'keep';
  /** An invalid request while TRACKING ends the registration: base-01 §2.4.2 B yes; RFC 7846 §2.3.2 C no. */
  readonly errorWhileTracking: 'terminate' | 'keep';
  /** How a LEECH that completed becomes SEED: by LEAVE and CONNECT, two requests, or by one JOIN as SEED. */
  readonly promotion: 'leave and join' | 'join';
  /** What says "still alive" and nothing more. */
  readonly keepAlive: 'STAT_REPORT' | 'KEEPALIVE';
  /** The edition has FIND (RFC 7846 §4.1.2). Without it a LEECH asks anew by a re-start. */
  readonly find: boolean;
  /** FIND of a swarm the tracker does not know: forbidden, or gu-04's OBJECT NOT FOUND (gu -06 table 3). */
  readonly unknownSwarm: 'forbidden' | 'not-found';
  /** A search for content that nobody holds (gu -06 §4.8, "find chunk option"). */
  readonly nobodyHolds: 'empty list' | 'not-found';
  /**
   * When the asker's own address is in the response: base-01 §4.1 always. Only of a tracker that works
   * STUN-like: RFC 7846 §4.1.1, unless the peer declared REFLEXIVE or PROXY addresses itself; gu -06 §4.4,
   * after CONNECT.
   */
  readonly publicAddress: 'always' | 'unless-gathered' | 'connect if reflexive';
  /** Every action carries a transaction ID of its own (base-01 table 2). */
  readonly actionTransactions: boolean;
  /** CONNECT and FIND may name the segments wanted, STAT_REPORT those held (extended-04 §4.4). */
  readonly contentScopes: boolean;
  /** The tracker may ask: STAT_QUERY. */
  readonly statQuery: boolean;
  /** A JOIN may name the time it ends by itself. */
  readonly expireTime: boolean;
  /** Who is answered with a body when refused: JSON and gu-04; the others say it in the status line. */
  readonly errorBody: boolean;
  /** What a peer speaks from then on to a tracker that answers 400 (extended-04 §4.5). */
  readonly fallBack: EditionId | undefined;
}

const RFC_METHODS = ['CONNECT', 'FIND', 'STAT_REPORT'] as const;
const BASE_METHODS = ['CONNECT', 'STAT_REPORT'] as const;

export const RULES: Readonly<Record<EditionId, EditionRules>> = {
  rfc7846: {
    version: '1',
    methods: RFC_METHODS,
    methodCase: 'sensitive',
    connect: 'with actions',
    validity: STRICT,
    leechSwarms: 1,
    lastLeave: 'terminate',
    errorWhileRegistered: 'terminate',
    errorWhileTracking: 'keep',
    promotion: 'leave and join',
    keepAlive: 'STAT_REPORT',
    find: true,
    unknownSwarm: 'forbidden',
    nobodyHolds: 'empty list',
    publicAddress: 'unless-gathered',
    actionTransactions: false,
    contentScopes: false,
    statQuery: false,
    expireTime: false,
    errorBody: true,
    fallBack: undefined,
  },
  'extended-1.1': {
    version: '1.1',
    methods: ['CONNECT', 'DISCONNECT', 'FIND', 'STAT_REPORT'],
    methodCase: 'sensitive',
    connect: 'with actions',
    validity: FREE,
    leechSwarms: 1,
    lastLeave: 'terminate',
    errorWhileRegistered: 'terminate',
    errorWhileTracking: 'terminate',
    promotion: 'join',
    keepAlive: 'STAT_REPORT',
    find: true,
    unknownSwarm: 'forbidden',
    nobodyHolds: 'empty list',
    publicAddress: 'always',
    actionTransactions: true,
    contentScopes: true,
    statQuery: false,
    expireTime: false,
    errorBody: false,
    fallBack: 'base-1.0',
  },
  'base-1.0': {
    version: '1.0',
    methods: BASE_METHODS,
    methodCase: 'sensitive',
    connect: 'with actions',
    validity: STRICT,
    leechSwarms: 1,
    lastLeave: 'terminate',
    errorWhileRegistered: 'terminate',
    errorWhileTracking: 'terminate',
    promotion: 'leave and join',
    keepAlive: 'STAT_REPORT',
    find: false,
    unknownSwarm: 'forbidden',
    nobodyHolds: 'empty list',
    publicAddress: 'always',
    actionTransactions: true,
    contentScopes: false,
    statQuery: false,
    expireTime: false,
    errorBody: false,
    fallBack: undefined,
  },
  'gu-04': {
    version: '1.0',
    methods: METHODS,
    methodCase: 'insensitive',
    connect: 'alone',
    validity: SINGLE,
    leechSwarms: Number.POSITIVE_INFINITY,
    lastLeave: 'keep',
    errorWhileRegistered: 'keep',
    errorWhileTracking: 'keep',
    promotion: 'join',
    keepAlive: 'KEEPALIVE',
    find: true,
    unknownSwarm: 'not-found',
    nobodyHolds: 'not-found',
    publicAddress: 'connect if reflexive',
    actionTransactions: false,
    contentScopes: true,
    statQuery: true,
    expireTime: true,
    errorBody: true,
    fallBack: undefined,
  },
};
