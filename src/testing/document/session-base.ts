/** A LEECH that completes: in base-1.0 by two requests, in extended-1.1 by one. */
import { asTransactionId } from '../../protocol/ids.ts';
import { FILM, head, NEWS, OWN, REPRESENTATION, STATS, TEN_SEGMENTS } from './session-parts.ts';
import type { Line } from './session-parts.ts';

const act = (
  edition: 'base-1.0' | 'extended-1.1',
  transaction: number,
  action: 'JOIN' | 'LEAVE',
  mode: 'SEED' | 'LEECH',
  swarmId = FILM,
) =>
  ({
    ...head(edition, `${transaction}.0`),
    method: 'CONNECT',
    addresses: action === 'JOIN' ? [OWN] : [],
    actions: [{ swarmId, action, mode, transactionId: asTransactionId(`${transaction}.1`) }],
  }) as const;

export const BASE10: readonly Line[] = [
  {
    name: 'join',
    says: 'CONNECT, JOIN film as LEECH',
    request: {
      ...act('base-1.0', 1, 'JOIN', 'LEECH'),
      peerNum: { count: 10, abilityNat: 'STUN', uploadBandwidth: 'NORMAL' },
    },
  },
  {
    name: 'restart',
    says: 'CONNECT, JOIN film as LEECH again (a new list)',
    request: { ...act('base-1.0', 2, 'JOIN', 'LEECH'), peerNum: { count: 2 } },
  },
  {
    name: 'report',
    says: 'STAT_REPORT',
    request: {
      ...head('base-1.0', 3),
      method: 'STAT_REPORT',
      stats: [STATS],
      contentMaps: [],
      properties: [],
    },
  },
  {
    name: 'keep-alive',
    says: 'STAT_REPORT, empty',
    request: { ...head('base-1.0', 4), method: 'STAT_REPORT', stats: [], contentMaps: [], properties: [] },
  },
  {
    name: 'leave',
    says: 'CONNECT, LEAVE film (the registration ends)',
    request: act('base-1.0', 5, 'LEAVE', 'LEECH'),
  },
  { name: 'seed', says: 'CONNECT, JOIN film as SEED', request: act('base-1.0', 6, 'JOIN', 'SEED') },
  {
    name: 'leave-seed',
    says: 'CONNECT, LEAVE film (the registration ends)',
    request: act('base-1.0', 7, 'LEAVE', 'SEED'),
  },
];

export const EXTENDED11: readonly Line[] = [
  {
    name: 'join',
    says: 'CONNECT, JOIN film as LEECH, from segment 4 on',
    request: {
      ...act('extended-1.1', 1, 'JOIN', 'LEECH'),
      peerNum: { count: 10 },
      scope: [{ representation: REPRESENTATION, startIndex: 4 }],
    },
  },
  {
    name: 'find',
    says: 'FIND film, segments 0 to 7',
    request: {
      ...head('extended-1.1', 2),
      method: 'FIND',
      swarmId: FILM,
      peerNum: { count: 10 },
      addresses: [],
      scope: [{ representation: REPRESENTATION, startIndex: 0, endIndex: 7 }],
      properties: [],
    },
  },
  {
    name: 'report',
    says: 'STAT_REPORT with a chunk map',
    request: {
      ...head('extended-1.1', 3),
      method: 'STAT_REPORT',
      stats: [STATS],
      contentMaps: [TEN_SEGMENTS],
      properties: [],
    },
  },
  {
    name: 'keep-alive',
    says: 'STAT_REPORT, empty',
    request: {
      ...head('extended-1.1', 4),
      method: 'STAT_REPORT',
      stats: [],
      contentMaps: [],
      properties: [],
    },
  },
  {
    name: 'promote',
    says: 'CONNECT, JOIN film as SEED (no LEAVE before)',
    request: act('extended-1.1', 5, 'JOIN', 'SEED'),
  },
  {
    name: 'join-more',
    says: 'CONNECT, JOIN news as LEECH (the only LEECH role)',
    request: act('extended-1.1', 6, 'JOIN', 'LEECH', NEWS),
  },
  {
    name: 'disconnect-some',
    says: 'DISCONNECT from news',
    request: { ...head('extended-1.1', 7), method: 'DISCONNECT', swarmIds: [NEWS] },
  },
  {
    name: 'disconnect',
    says: 'DISCONNECT (the registration ends)',
    request: { ...head('extended-1.1', 8), method: 'DISCONNECT', swarmIds: [] },
  },
];
