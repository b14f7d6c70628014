/**
 * Messages for property tests, in the canonical form of an edition: what its codec writes and reads back
 * unchanged.
 */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { ERRORS } from '../protocol/errors.ts';
import type { ErrorName } from '../protocol/errors.ts';
import { MAX_PEER_LIST } from '../protocol/message.ts';
import type {
  ActionResult,
  EditionId,
  PeerInfo,
  PeerList,
  Request,
  Response,
  SwarmAction,
} from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { guRequest, guResponse } from './arbitrary-gu04.ts';
import {
  arbitraryAddress,
  arbitraryContentMap,
  arbitraryPeerNum,
  arbitraryScope,
  arbitraryStats,
  optional,
  peerId,
  strip,
  swarmId,
  transactionId,
} from './arbitrary-parts.ts';

type LaterEdition = Exclude<EditionId, 'gu-04'>;

export function arbitraryRequest(edition: EditionId): Arbitrary<Request> {
  return edition === 'gu-04' ? guRequest : laterRequest(edition);
}

export function arbitraryResponse(edition: EditionId): Arbitrary<Response> {
  return edition === 'gu-04' ? guResponse : laterResponse(edition);
}

function arbitraryAction(edition: EditionId): Arbitrary<SwarmAction> {
  return fc
    .record({
      swarmId,
      action: fc.constantFrom('JOIN' as const, 'LEAVE' as const),
      mode: fc.constantFrom('SEED' as const, 'LEECH' as const),
      transactionId: RULES[edition].actionTransactions ? optional(transactionId) : fc.constant(undefined),
    })
    .map(strip);
}

function laterRequest(edition: LaterEdition): Arbitrary<Request> {
  const rules = RULES[edition];
  const head = {
    edition: fc.constant(edition),
    version: fc.constant(rules.version),
    transactionId,
    peerId,
  };
  const peerNum = optional(arbitraryPeerNum(edition));
  const addresses = fc.array(arbitraryAddress(edition), { maxLength: 4 });
  const scope = rules.contentScopes ? optional(arbitraryScope) : fc.constant(undefined);
  const requests: Arbitrary<Request>[] = [
    fc
      .record({
        ...head,
        method: fc.constant('CONNECT' as const),
        peerNum,
        addresses,
        actions: fc.array(arbitraryAction(edition), { minLength: 1, maxLength: 5 }),
        scope,
      })
      .map(strip),
    fc.record({
      ...head,
      method: fc.constant('STAT_REPORT' as const),
      stats: fc.array(arbitraryStats(edition), { maxLength: 4 }),
      contentMaps: rules.contentScopes ? fc.array(arbitraryContentMap, { maxLength: 3 }) : fc.constant([]),
      properties: fc.constant([]),
    }),
  ];
  if (rules.methods.includes('FIND'))
    requests.push(
      fc
        .record({
          ...head,
          method: fc.constant('FIND' as const),
          swarmId,
          peerNum,
          addresses: edition === 'rfc7846' ? fc.constant([]) : addresses,
          scope,
          properties: fc.constant([]),
        })
        .map(strip),
    );
  if (rules.methods.includes('DISCONNECT'))
    requests.push(
      fc.record({
        ...head,
        method: fc.constant('DISCONNECT' as const),
        swarmIds: fc.array(swarmId, { maxLength: 3 }),
      }),
    );
  return fc.oneof(...requests);
}

function arbitraryPeers(edition: EditionId): Arbitrary<PeerInfo[]> {
  const addresses = edition === 'rfc7846' ? { minLength: 1, maxLength: 1 } : { minLength: 0, maxLength: 3 };
  return fc.array(fc.record({ peerId, addresses: fc.array(arbitraryAddress(edition), addresses) }), {
    minLength: 1,
    maxLength: MAX_PEER_LIST,
  });
}

function laterResponse(edition: LaterEdition): Arbitrary<Response> {
  const { version, methods, errorBody } = RULES[edition];
  const head = { edition, version };
  const json = edition === 'rfc7846';
  const swarms = fc.uniqueArray(
    fc.record({
      swarmId,
      transactionId,
      ok: fc.boolean(),
      peers: fc.option(arbitraryPeers(edition), { nil: [] }),
    }),
    { maxLength: 3, selector: (swarm) => swarm.swarmId },
  );
  const success = fc
    .record({
      method: fc.constantFrom(...methods),
      transactionId,
      publicAddress: optional(arbitraryAddress(edition)),
      swarms,
    })
    .map(({ swarms, method, ...rest }): Response => {
      const results = swarms.map(({ swarmId, transactionId, ok }): ActionResult =>
        json ? { swarmId, ok } : { transactionId, ok },
      );
      const peerLists = swarms.flatMap(({ swarmId, peers }): PeerList[] =>
        peers.length > 0 ? [{ swarmId, peers }] : [],
      );
      return strip({
        ...head,
        ...rest,
        method,
        outcome: 'success' as const,
        // XML gives results for the actions of a CONNECT only.
        results: json || method === 'CONNECT' ? results : [],
        peerLists,
        queries: [],
      });
    });
  const names: readonly ErrorName[] = errorBody ? codedErrors() : ['authentication-required'];
  const failure = fc
    .record({
      method: fc.constantFrom(...methods),
      transactionId: fc.option(transactionId, { nil: '' as const }),
      error: fc.constantFrom(...names),
    })
    .map((rest): Response => ({ ...head, ...rest, outcome: 'failure' }));
  return fc.oneof({ weight: 4, arbitrary: success }, { weight: 1, arbitrary: failure });
}

/** JSON carries a code only, and `not-found` has none of its own: it is read back as `forbidden`. */
const codedErrors = (): ErrorName[] =>
  (Object.keys(ERRORS) as ErrorName[]).filter((name) => name !== 'not-found');
