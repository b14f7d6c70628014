/**
 * Where the editions' rules differ, as one table of data. Nothing above `protocol/` branches on the
 * edition itself: it asks this table.
 */
import type { EditionId, PeerMode, SwarmActionKind } from './message.ts';

export type PeerState = 'START' | 'PEER REGISTERED' | 'TRACKING' | 'TERMINATE';

/** One row of RFC 7846 table 6 = base-01 table 8. */
export interface ValidityRow {
  /** Number of actions: exactly one, one JOIN and one LEAVE, or any number from one. */
  readonly swarms: '1' | '1+1' | 'N';
  readonly mode: PeerMode;
  readonly actions: readonly SwarmActionKind[];
  readonly before: 'START' | 'TRACKING';
  readonly after: 'TRACKING' | 'TERMINATE';
  readonly valid: boolean;
}

const VALIDITY: readonly ValidityRow[] = [
  { swarms: '1', mode: 'LEECH', actions: ['JOIN'], before: 'START', after: 'TRACKING', valid: true },
  { swarms: '1', mode: 'LEECH', actions: ['LEAVE'], before: 'START', after: 'TERMINATE', valid: false },
  { swarms: '1', mode: 'LEECH', actions: ['LEAVE'], before: 'TRACKING', after: 'TERMINATE', valid: true },
  {
    swarms: '1+1',
    mode: 'LEECH',
    actions: ['JOIN', 'LEAVE'],
    before: 'START',
    after: 'TERMINATE',
    valid: false,
  },
  {
    swarms: '1+1',
    mode: 'LEECH',
    actions: ['JOIN', 'LEAVE'],
    before: 'TRACKING',
    after: 'TRACKING',
    valid: true,
  },
  { swarms: 'N', mode: 'SEED', actions: ['JOIN'], before: 'START', after: 'TRACKING', valid: true },
  { swarms: 'N', mode: 'SEED', actions: ['JOIN'], before: 'TRACKING', after: 'TERMINATE', valid: false },
  { swarms: 'N', mode: 'SEED', actions: ['LEAVE'], before: 'TRACKING', after: 'TERMINATE', valid: true },
];

export interface EditionRules {
  /** Rows of the validity table; what they do not list is invalid, save the two exceptions below. */
  readonly validity: readonly ValidityRow[];
  /** LEAVE of some but not all of a SEED's swarms keeps it TRACKING (digest, "Validity"). */
  readonly partialLeave: boolean;
  /** A LEECH's JOIN of the swarm it is in is a re-start (RFC 7846 §4.1.1 "start (or re-start)"). */
  readonly restart: boolean;
  /** An invalid request while TRACKING ends the registration: base-01 §2.4.2 B yes; RFC 7846 §2.3.2 C no. */
  readonly errorWhileTracking: 'terminate' | 'keep';
  /** The edition has FIND (RFC 7846 §4.1.2). Without it a LEECH asks anew by a re-start. */
  readonly find: boolean;
  /**
   * When the asker's own address is in the response: base-01 §4.1 always; RFC 7846 §4.1.1 unless
   * the peer declared REFLEXIVE or PROXY addresses itself.
   */
  readonly publicAddress: 'always' | 'unless-gathered';
  /** Every action carries a transaction ID of its own (base-01 table 2). */
  readonly actionTransactions: boolean;
}

export const RULES: Readonly<Record<EditionId, EditionRules>> = {
  rfc7846: {
    validity: VALIDITY,
    partialLeave: true,
    restart: true,
    errorWhileTracking: 'keep',
    find: true,
    publicAddress: 'unless-gathered',
    actionTransactions: false,
  },
  'base-1.0': {
    validity: VALIDITY,
    partialLeave: true,
    restart: true,
    errorWhileTracking: 'terminate',
    find: false,
    publicAddress: 'always',
    actionTransactions: true,
  },
};
