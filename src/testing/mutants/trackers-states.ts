/** Trackers whose registrations come and go by the wrong rules. */
import { asSwarmId } from '../../protocol/ids.ts';
import type { SwarmId } from '../../protocol/ids.ts';
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId, Request } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import type { ValidityRow } from '../../protocol/rules.ts';
import { asking, blindly, signOfLife } from './tracker-faults.ts';
import type { Wrong } from './tracker-faults.ts';

/** The rows of an edition's table with some of them otherwise. */
const rows = (edition: EditionId, change: (row: ValidityRow) => ValidityRow) => ({
  validity: RULES[edition].validity.map(change),
});

const isSeedJoin = ({ mode, actions, before, valid }: ValidityRow): boolean =>
  mode === 'SEED' && actions[0] === 'JOIN' && before === 'TRACKING' && !valid;
const allowed = (row: ValidityRow): ValidityRow =>
  isSeedJoin(row) ? { ...row, valid: true, after: 'TRACKING' } : row;

/** It says that the peer is there, and nothing more. */
const isIdle = (request: Request): boolean =>
  request.method === 'KEEPALIVE' ||
  (request.method === 'STAT_REPORT' &&
    request.stats.length + request.contentMaps.length + request.properties.length === 0);

export const STATE_MUTANTS = {
  'takes a LEAVE from START': {
    handle: (inner) => (request, context) => {
      const strange =
        request.method === 'CONNECT' &&
        request.actions.some(({ action }) => action === 'LEAVE') &&
        !inner.registered(request.peerId);
      return strange ? { response: blindly(request), events: [] } : inner.handle(request, context);
    },
  },
  'lets a SEED join while TRACKING': {
    rules: {
      rfc7846: rows('rfc7846', allowed),
      'base-1.0': rows('base-1.0', allowed),
    },
  },
  'lets a LEECH be in two swarms': {
    rules: { 'extended-1.1': { leechSwarms: 2 } },
  },
  'keeps a registration after an error': {
    rules: {
      'base-1.0': { errorWhileTracking: 'keep' },
      'extended-1.1': { errorWhileTracking: 'keep' },
    },
  },
  'ends a registration after an error, in gu-04': {
    rules: { 'gu-04': { errorWhileTracking: 'terminate' } },
  },
  'ends a registration with the last LEAVE, in gu-04': {
    rules: {
      'gu-04': rows('gu-04', (row) => (row.of === 'all' ? { ...row, after: 'TERMINATE' } : row)),
    },
  },
  'never cleans out silent peers': { options: { trackTimer: 1e12 } },
  'resets the track timer on refused requests': {
    handle: (inner) => (request, context) => {
      const handled = inner.handle(request, context);
      if (handled.response.outcome === 'failure' && inner.registered(request.peerId))
        inner.handle(signOfLife(request), context);
      return handled;
    },
  },
  'does not reset the track timer on signs of life': {
    handle: (inner) => (request, context) =>
      isIdle(request) && inner.registered(request.peerId)
        ? { response: blindly(request), events: [] }
        : inner.handle(request, context),
  },
  'answers peers that it does not know': {
    handle: (inner) => (request, context) =>
      request.method !== 'CONNECT' && !inner.registered(request.peerId)
        ? { response: blindly(request), events: [] }
        : inner.handle(request, context),
  },
  'does not look whether a peer is in the swarm': {
    handle: (inner) => (request, context) => {
      const peer = inner.peer(request.peerId);
      const isIn = (swarmId?: SwarmId): boolean =>
        swarmId === undefined || peer?.swarms.some((each) => each.swarmId === swarmId) === true;
      const strange =
        request.method === 'FIND' || request.method === 'LEAVE'
          ? !isIn(request.swarmId)
          : request.method === 'STAT_REPORT' && !request.stats.every(({ swarmId }) => isIn(swarmId));
      return strange && peer !== undefined
        ? { response: blindly(request), events: [] }
        : inner.handle(request, context);
    },
  },
  'refuses a JOIN of a swarm the peer is in': {
    rules: Object.fromEntries(
      EDITIONS.map((edition) => [
        edition,
        rows(edition, (row) => (row.of === 'own' ? { ...row, valid: false } : row)),
      ]),
    ),
  },
  'ends a registration with any LEAVE': {
    rules: Object.fromEntries(
      EDITIONS.map((edition) => [
        edition,
        rows(edition, (row) => (row.of === 'some' ? { ...row, after: 'TERMINATE' } : row)),
      ]),
    ),
  },
  'takes the same swarm twice': asking((request) =>
    request.method === 'CONNECT'
      ? {
          ...request,
          actions: request.actions.filter(
            ({ swarmId }, i) => request.actions.findIndex((action) => action.swarmId === swarmId) === i,
          ),
        }
      : request,
  ),
  'takes identifiers for numbers': asking((request) =>
    request.method === 'CONNECT'
      ? {
          ...request,
          actions: request.actions.map((action) => ({
            ...action,
            swarmId: asSwarmId(action.swarmId.replace(/^0+(?=.)/, '')),
          })),
        }
      : request,
  ),
} satisfies Readonly<Record<string, Wrong>>;
