/** What can be wrong with a tracker, as small wrappers around ours. */
import type { HttpRequest, HttpResponse } from '../../protocol/http.ts';
import { codecOf, detectEdition } from '../../protocol/editions/index.ts';
import { asTransactionId } from '../../protocol/ids.ts';
import type { PeerId, SwarmId } from '../../protocol/ids.ts';
import type {
  ConnectRequest,
  EditionId,
  PeerAddress,
  PeerInfo,
  PeerList,
  PeerMode,
  Request,
  Response,
  SuccessResponse,
} from '../../protocol/message.ts';
import { EDITIONS, MAX_PEER_LIST } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import type { EditionRules } from '../../protocol/rules.ts';
import { decodePiece, encodeText } from '../../protocol/text.ts';
import type { Handled, RequestContext, Tracker, TrackerEvent, TrackerOptions } from '../../tracker/api.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { dice } from '../../tracker/testing.ts';
import { createTracker } from '../../tracker/tracker.ts';
import type { AnswersAt } from '../memory-conformance.ts';

type Handle = (request: Request, context: RequestContext) => Handled;

/** One thing that is wrong, wherever it sits. */
export interface Wrong {
  readonly options?: Partial<TrackerOptions>;
  /** In place of the editions' rules, for as long as the tracker is tried. */
  readonly rules?: Partial<Record<EditionId, Partial<EditionRules>>>;
  /** Around the tracker's core; `inner` is ours. */
  readonly handle?: (inner: Tracker) => Handle;
  /** Told of what ended by the clock. */
  readonly expired?: (events: readonly TrackerEvent[]) => void;
  /** Around the whole, bytes in and bytes out. */
  readonly http?: (answer: AnswersAt) => AnswersAt;
}

/** Our tracker, with that thing wrong. */
export function trackerWith({ options, handle, http, expired }: Wrong): AnswersAt {
  const inner = createTracker(options ?? {}, 0);
  const wrong = handle?.(inner);
  const tracker: Tracker = {
    options: inner.options,
    handle: wrong ?? ((request, context) => inner.handle(request, context)),
    expire(now) {
      const events = inner.expire(now);
      expired?.(events);
      return events;
    },
    stats: (now) => inner.stats(now),
    registered: (peerId) => inner.registered(peerId),
    query: (peerId, properties) => inner.query(peerId, properties),
    peer: (peerId) => inner.peer(peerId),
    peersPage: (after, limit) => inner.peersPage(after, limit),
    count: (request) => inner.count(request),
  };
  const endpoint = createTrackerEndpoint(tracker, {
    onFault: (fault) => {
      throw fault;
    },
  });
  const random = dice(7);
  const answer: AnswersAt = (request, now) => endpoint.answer(request, { now, random }).response;
  return http?.(answer) ?? answer;
}

/** Runs with other rules, and puts ours back afterwards. */
export async function underRules<Result>(rules: Wrong['rules'], run: () => Promise<Result>): Promise<Result> {
  const before = EDITIONS.map((edition) => ({ ...RULES[edition] }));
  try {
    for (const edition of EDITIONS) Object.assign(RULES[edition], rules?.[edition]);
    return await run();
  } finally {
    for (const [i, edition] of EDITIONS.entries()) Object.assign(RULES[edition], before[i]);
  }
}

/** Reads requests otherwise than they are. */
export const asking = (change: (request: Request) => Request): Wrong => ({
  handle: (inner) => (request, context) => inner.handle(change(request), context),
});

/** Answers otherwise than it should. */
export const answering = (change: (response: Response, request: Request) => Response): Wrong => ({
  handle: (inner) => (request, context) => {
    const { response, events } = inner.handle(request, context);
    return { response: change(response, request), events };
  },
});

export const succeeding = (change: (response: SuccessResponse, request: Request) => Response): Wrong =>
  answering((response, request) => (response.outcome === 'success' ? change(response, request) : response));

/** Reads other bytes than were sent: `change` sees the body as text. */
export const reading = (change: (text: string) => string): Wrong => ({
  http: (answer) => (request, now) => answer({ ...request, body: changed(request.body, change) }, now),
});

/** Sends another answer than is right. */
export const sending = (change: (response: HttpResponse, request: HttpRequest) => HttpResponse): Wrong => ({
  http: (answer) => (request, now) => change(answer(request, now), request),
});

function changed(body: Uint8Array, change: (text: string) => string): Uint8Array<ArrayBuffer> {
  try {
    return encodeText(change(decodePiece(body)));
  } catch {
    // No text, so nothing that it would read otherwise.
    return new Uint8Array(body);
  }
}

export const writing = (change: (text: string) => string): Wrong =>
  sending((response) => ({
    ...response,
    body: changed(response.body, change),
  }));

const ADDRESS: PeerAddress = {
  addressType: 'ipv4',
  address: '203.0.113.1',
  port: 1,
  priority: 0,
  type: 'HOST',
};

export const invented = (peerId: PeerId, mode: PeerMode = 'LEECH'): PeerInfo => ({
  peerId,
  addresses: [ADDRESS],
  mode,
});

/** Whether a request of its kind is answered with a list for that swarm. */
function listedFor(request: Request): readonly SwarmId[] {
  switch (request.method) {
    case 'CONNECT':
      return request.actions.flatMap(({ action, mode, swarmId }) =>
        action === 'JOIN' && (mode === 'LEECH' || request.peerNum !== undefined) ? [swarmId] : [],
      );
    case 'JOIN':
      return request.mode === 'LEECH' || request.peerNum !== undefined ? [request.swarmId] : [];
    case 'FIND':
      return [request.swarmId];
    default:
      return [];
  }
}

/** How many peers a list may hold. */
export const roomFor = (request: Request): number =>
  Math.min(MAX_PEER_LIST, ('peerNum' in request ? request.peerNum?.count : undefined) ?? MAX_PEER_LIST);

/** Puts these on every list that is asked for, empty ones too, as far as there is room for them. */
export function adding(
  response: SuccessResponse,
  request: Request,
  more: (swarm: SwarmId) => readonly PeerInfo[],
): SuccessResponse {
  const room = roomFor(request);
  const swarms = listedFor(request);
  const others = response.peerLists.filter(({ swarmId }) => !swarms.includes(swarmId));
  const lists = swarms.map((swarmId): PeerList => {
    const list = response.peerLists.find((each) => each.swarmId === swarmId) ?? { swarmId, peers: [] };
    const added = more(swarmId).filter(({ peerId }) => peerId !== request.peerId);
    const known = new Set(added.map(({ peerId }) => peerId));
    const kept = list.peers.filter(({ peerId }) => !known.has(peerId));
    return { ...list, peers: [...added, ...kept].slice(0, room) };
  });
  return {
    ...response,
    peerLists: [...others, ...lists].filter(({ peers }) => peers.length > 0),
  };
}

/** Goes on handing out who is gone, for a reason that it does not care about. */
export function haunted(
  isForgotten: (event: TrackerEvent & { readonly kind: 'left' }, why: string) => boolean,
): Wrong {
  const ghosts = new Map<SwarmId, Map<PeerId, PeerInfo>>();
  const follow = (events: readonly TrackerEvent[]): void => {
    for (const event of events) {
      if (event.kind === 'joined') ghosts.get(event.swarmId)?.delete(event.peerId);
      if (event.kind !== 'left') continue;
      const end = events.find(({ kind }) => kind === 'deregistered');
      const why = end?.kind === 'deregistered' ? end.reason : event.reason;
      if (!isForgotten(event, why)) continue;
      const swarm = ghosts.get(event.swarmId) ?? new Map<PeerId, PeerInfo>();
      swarm.set(event.peerId, invented(event.peerId));
      ghosts.set(event.swarmId, swarm);
    }
  };
  return {
    expired: follow,
    handle: (inner) => (request, context) => {
      const { response, events } = inner.handle(request, context);
      follow(events);
      if (response.outcome === 'failure') return { response, events };
      return {
        response: adding(response, request, (swarm) => [...(ghosts.get(swarm)?.values() ?? [])]),
        events,
      };
    },
  };
}

/** What says nothing but that the peer is there. */
export const signOfLife = (request: Request): Request => {
  const { edition, version, transactionId, peerId } = request;
  const head = { edition, version, transactionId, peerId };
  return edition === 'gu-04'
    ? { ...head, method: 'KEEPALIVE' }
    : {
        ...head,
        method: 'STAT_REPORT',
        stats: [],
        contentMaps: [],
        properties: [],
      };
};

/** A plain success, as a tracker that looks at nothing would give. */
export const blindly = (request: Request): SuccessResponse => {
  const { edition, version, method, transactionId } = request;
  const results = request.method === 'CONNECT' ? resultsOf(request) : [];
  return {
    edition,
    version,
    method,
    transactionId,
    outcome: 'success',
    results,
    peerLists: [],
    queries: [],
  };
};

const resultsOf = ({ actions }: ConnectRequest): SuccessResponse['results'] =>
  actions.map(({ swarmId, transactionId }) => ({
    swarmId,
    ok: true,
    ...(transactionId !== undefined && { transactionId }),
  }));

/** One that refuses whatever it can read. */
export const REFUSES_ALL: Wrong = {
  handle:
    () =>
    ({ edition, version, method, transactionId }) => ({
      response: {
        edition,
        version,
        method,
        transactionId,
        outcome: 'failure',
        error: 'forbidden',
      },
      events: [],
    }),
};

/** One that never refuses: what ours would, it answers with success. */
export const REFUSES_NOTHING: Wrong = sending((response, { body }) => {
  if (response.status < 400) return response;
  const codec = codecOf(detectEdition(body) ?? 'base-1.0');
  const { edition, version } = codec;
  const transactionId = asTransactionId('any');
  const success = {
    edition,
    version,
    method: 'CONNECT',
    transactionId,
    outcome: 'success',
  } as const;
  const headers = { 'content-type': codec.mediaType };
  const encoded = codec.encodeResponse({
    ...success,
    results: [],
    peerLists: [],
    queries: [],
  });
  return { status: 200, reason: 'OK', headers, body: encoded };
});
