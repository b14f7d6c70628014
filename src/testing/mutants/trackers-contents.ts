/** Trackers that take a request, or write an answer, for something else than it is. */
import { asTransactionId } from '../../protocol/ids.ts';
import type { EditionId, Request, Response } from '../../protocol/message.ts';
import { answering, asking, blindly, succeeding } from './tracker-faults.ts';
import type { Wrong } from './tracker-faults.ts';

const reversed = (byte: number): number => {
  let turned = 0;
  for (let bit = 0; bit < 8; bit++) if ((byte & (1 << bit)) !== 0) turned |= 0x80 >> bit;
  return turned;
};

const failure = (response: Response, request: Request): Response => {
  const { edition, version, method, transactionId } = request;
  return response.outcome === 'failure'
    ? response
    : {
        edition,
        version,
        method,
        transactionId,
        outcome: 'failure',
        error: 'forbidden',
      };
};

const is = (request: Request, edition: EditionId, method: Request['method']): boolean =>
  request.edition === edition && request.method === method;

export const CONTENT_MUTANTS = {
  'answers a repeated request anew': { options: { maxAnswers: 0 } },
  'answers with another transaction ID': answering((response) => ({
    ...response,
    transactionId: asTransactionId('another'),
  })),
  'leaves the Results in another order': succeeding((response) => ({
    ...response,
    results: response.results.toReversed(),
  })),
  'gives no Result of a LEAVE': succeeding((response, request) =>
    request.method === 'CONNECT'
      ? {
          ...response,
          results: response.results.filter((_, i) => request.actions[i]?.action !== 'LEAVE'),
        }
      : response,
  ),
  'tells nobody its public address': succeeding(({ publicAddress: _own, ...response }) => response),
  'answers extended-1.1 in version 1.0': answering((response) =>
    response.edition === 'extended-1.1' ? { ...response, version: '1.0' } : response,
  ),
  'reads the bits of a map from the wrong end': asking((request) =>
    'contentMaps' in request
      ? {
          ...request,
          contentMaps: request.contentMaps.map((content) => ({
            ...content,
            representations: content.representations.map(({ id, maps }) => ({
              id,
              maps: maps.map((map) => ({
                ...map,
                bitmap: map.bitmap.map(reversed),
              })),
            })),
          })),
        }
      : request,
  ),
  'ignores the scope of a request': asking((request) => {
    if (!('scope' in request)) return request;
    const { scope: _scope, ...rest } = request;
    return rest;
  }),
  'forgets the chunk of a JOIN_CHUNK': asking((request) => {
    if (request.method !== 'JOIN_CHUNK') return request;
    const { chunkId: _chunk, ...join } = request;
    return { ...join, method: 'JOIN' };
  }),
  'takes a LIVESEED for a SEED': asking((request) =>
    request.method === 'JOIN' && request.mode === 'LIVESEED' ? { ...request, mode: 'SEED' } : request,
  ),
  'ignores ExpireTime': asking((request) =>
    request.method === 'JOIN' ? { ...request, expireTime: 0 } : request,
  ),
  'forgets what peers say of themselves': asking((request) =>
    request.method === 'STAT_REPORT' ? { ...request, properties: [] } : request,
  ),
  'answers 403 for a swarm it does not know, in gu-04': {
    rules: { 'gu-04': { unknownSwarm: 'forbidden' } },
  },
  'takes a DISCONNECT from one swarm for one from all': asking((request) =>
    request.method === 'DISCONNECT' ? { ...request, swarmIds: [] } : request,
  ),
  'hands out peers where it saw them': asking((request) =>
    request.method === 'CONNECT' ? { ...request, addresses: [] } : request,
  ),
  'refuses statistics of any swarm': answering((response, request) =>
    request.method === 'STAT_REPORT' && request.stats.length > 0 ? failure(response, request) : response,
  ),
  'takes any answer for one to its question': {
    handle: (inner) => (request, context) =>
      is(request, 'gu-04', 'STAT_QUERY')
        ? { response: blindly(request), events: [] }
        : inner.handle(request, context),
  },
} satisfies Readonly<Record<string, Wrong>>;
