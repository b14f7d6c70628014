/** Every method of gu-04. */
import { asChunkId } from '../../protocol/ids.ts';
import { FILM, head, host, NEWS, STATS, TEN_SEGMENTS } from './session-parts.ts';
import type { Line } from './session-parts.ts';

export const GU04: readonly Line[] = [
  {
    name: 'connect',
    says: 'CONNECT',
    request: {
      ...head('gu-04', 1),
      method: 'CONNECT',
      addresses: [host('192.0.2.5', 4005)],
      actions: [],
      certificate: '',
    },
  },
  {
    name: 'join',
    says: 'JOIN film as LEECH',
    request: {
      ...head('gu-04', 2),
      method: 'JOIN',
      swarmId: FILM,
      mode: 'LEECH',
      expireTime: 0,
      peerNum: { count: 10 },
      properties: [],
    },
  },
  {
    name: 'join-chunk',
    says: 'JOIN_CHUNK news, holding chunk 12, for an hour',
    request: {
      ...head('gu-04', 3),
      method: 'JOIN_CHUNK',
      swarmId: NEWS,
      mode: 'LEECH',
      expireTime: 3600,
      chunkId: asChunkId('12'),
      properties: [],
    },
  },
  {
    name: 'find',
    says: 'FIND film',
    request: {
      ...head('gu-04', 4),
      method: 'FIND',
      swarmId: FILM,
      peerNum: { count: 2 },
      addresses: [],
      properties: [],
    },
  },
  {
    name: 'find-chunk',
    says: 'FIND_CHUNK film, chunk 7',
    request: {
      ...head('gu-04', 5),
      method: 'FIND_CHUNK',
      swarmId: FILM,
      peerNum: { count: 10 },
      chunkId: asChunkId('7'),
      addresses: [],
      properties: [],
    },
  },
  {
    name: 'report',
    says: 'STAT_REPORT with a chunk map',
    request: {
      ...head('gu-04', 6),
      method: 'STAT_REPORT',
      stats: [STATS],
      contentMaps: [TEN_SEGMENTS],
      properties: [{ name: 'OnlineTime', value: '100' }],
    },
  },
  {
    name: 'keep-alive',
    says: 'KEEPALIVE',
    asks: ['StreamStats', 'OnlineTime'],
    request: { ...head('gu-04', 7), method: 'KEEPALIVE' },
  },
  {
    name: 'answer',
    says: 'the answer to STAT_QUERY q.1',
    request: {
      ...head('gu-04', 'q.1'),
      method: 'STAT_QUERY',
      stats: [STATS],
      contentMaps: [],
      properties: [{ name: 'OnlineTime', value: '140' }],
    },
  },
  {
    name: 'promote',
    says: 'JOIN film as SEED (no LEAVE before)',
    request: {
      ...head('gu-04', 8),
      method: 'JOIN',
      swarmId: FILM,
      mode: 'SEED',
      expireTime: 0,
      properties: [],
    },
  },
  {
    name: 'leave',
    says: 'LEAVE film (the registration stays)',
    request: { ...head('gu-04', 9), method: 'LEAVE', swarmId: FILM },
  },
  {
    name: 'disconnect',
    says: 'DISCONNECT (the registration ends)',
    request: { ...head('gu-04', 10), method: 'DISCONNECT', swarmIds: [], certificate: '' },
  },
];
