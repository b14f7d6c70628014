/** A LEECH that changes channel, leaves, and comes again as SEEDER of two swarms. */
import { FILM, head, NEWS, OWN, STATS } from './session-parts.ts';
import type { Line } from './session-parts.ts';

export const RFC7846: readonly Line[] = [
  {
    name: 'join',
    says: 'CONNECT, JOIN film as LEECH',
    request: {
      ...head('rfc7846', 1),
      method: 'CONNECT',
      peerNum: { count: 10, abilityNat: 'STUN', uploadBandwidth: 512 },
      addresses: [OWN],
      actions: [{ swarmId: FILM, action: 'JOIN', mode: 'LEECH' }],
    },
  },
  {
    name: 'find',
    says: 'FIND film',
    request: {
      ...head('rfc7846', 2),
      method: 'FIND',
      swarmId: FILM,
      peerNum: { count: 2 },
      addresses: [],
      properties: [],
    },
  },
  {
    name: 'report',
    says: 'STAT_REPORT',
    request: {
      ...head('rfc7846', 3),
      method: 'STAT_REPORT',
      stats: [{ ...STATS, concurrentLinks: 4 }],
      contentMaps: [],
      properties: [],
    },
  },
  {
    name: 'keep-alive',
    says: 'STAT_REPORT, empty',
    request: { ...head('rfc7846', 4), method: 'STAT_REPORT', stats: [], contentMaps: [], properties: [] },
  },
  {
    name: 'switch',
    says: 'CONNECT, JOIN news + LEAVE film as LEECH',
    request: {
      ...head('rfc7846', 5),
      method: 'CONNECT',
      addresses: [],
      actions: [
        { swarmId: NEWS, action: 'JOIN', mode: 'LEECH' },
        { swarmId: FILM, action: 'LEAVE', mode: 'LEECH' },
      ],
    },
  },
  {
    name: 'leave',
    says: 'CONNECT, LEAVE news (the registration ends)',
    request: {
      ...head('rfc7846', 6),
      method: 'CONNECT',
      addresses: [],
      actions: [{ swarmId: NEWS, action: 'LEAVE', mode: 'LEECH' }],
    },
  },
  {
    name: 'seed',
    says: 'CONNECT, JOIN film + JOIN news as SEEDER',
    request: {
      ...head('rfc7846', 7),
      method: 'CONNECT',
      addresses: [OWN],
      actions: [
        { swarmId: FILM, action: 'JOIN', mode: 'SEED' },
        { swarmId: NEWS, action: 'JOIN', mode: 'SEED' },
      ],
    },
  },
  {
    name: 'leave-both',
    says: 'CONNECT, LEAVE film + LEAVE news (the registration ends)',
    request: {
      ...head('rfc7846', 8),
      method: 'CONNECT',
      addresses: [],
      actions: [
        { swarmId: FILM, action: 'LEAVE', mode: 'SEED' },
        { swarmId: NEWS, action: 'LEAVE', mode: 'SEED' },
      ],
    },
  },
];
