/**
 * The tracker core: requests in, responses and events out. It has no clock, no dice and no I/O, so the same
 * code runs in a Worker, in Node and in a test.
 */
import type { ErrorName } from '../protocol/errors.ts';
import type { PeerId, SwarmId } from '../protocol/ids.ts';
import type {
  ActionResult,
  ConnectRequest,
  FindRequest,
  PeerAddress,
  PeerList,
  Request,
  Response,
  StatReportRequest,
} from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import type { EditionRules } from '../protocol/rules.ts';
import { publicAddress } from './addresses.ts';
import type {
  Counted,
  Handled,
  RequestContext,
  Tracker,
  TrackerEvent,
  TrackerOptions,
  TrackerStats,
} from './api.ts';
import { RequestCounters } from './counters.ts';
import { drawList } from './lists.ts';
import type { DrawnList, Want } from './lists.ts';
import { Registry } from './registry.ts';
import type { Registration } from './registration.ts';
import { randomSelection } from './selection.ts';
import type { PeerSelection } from './selection.ts';
import { invalidWhileTracking } from './states.ts';
import { judge } from './validity.ts';

/** 90 s and 10 s are the digest's; the bounds keep memory finite under a flood of invented IDs. */
export const DEFAULT_OPTIONS: TrackerOptions = {
  trackTimer: 90_000,
  initTimer: 10_000,
  maxPeers: 1_000_000,
  maxSwarms: 100_000,
  maxJoined: 64,
  maxAnswers: 4,
};

export function createTracker(
  options: Partial<TrackerOptions>,
  now: number,
  selection: PeerSelection = randomSelection,
): Tracker {
  return new TrackerCore({ ...DEFAULT_OPTIONS, ...options }, now, selection);
}

/** What a request came to: the members of a success, or why not. */
type Outcome =
  | {
      readonly ok: true;
      readonly publicAddress: PeerAddress | undefined;
      readonly results: readonly ActionResult[];
      readonly peerLists: readonly PeerList[];
    }
  | { readonly ok: false; readonly error: ErrorName; readonly detail: string };

const failed = (error: ErrorName, detail: string): Outcome => ({ ok: false, error, detail });

class TrackerCore implements Tracker {
  readonly options: TrackerOptions;
  readonly #startedAt: number;
  readonly #selection: PeerSelection;
  readonly #registry: Registry;
  readonly #counters = new RequestCounters();

  constructor(options: TrackerOptions, now: number, selection: PeerSelection) {
    this.options = options;
    this.#startedAt = now;
    this.#selection = selection;
    this.#registry = new Registry(options, selection.grouping);
  }

  handle(request: Request, context: RequestContext): Handled {
    // Whoever ran out by now is gone before this request is looked at, its own sender included.
    const events = this.expire(context.now);
    const outcome = this.#answer(request, context, events);
    this.#counters.count({ ...request, error: outcome.ok ? undefined : outcome.error });
    return { response: respond(request, outcome), events };
  }

  expire(now: number): TrackerEvent[] {
    return this.#registry.expire(now);
  }

  stats(now: number): TrackerStats {
    return {
      uptime: (now - this.#startedAt) / 1000,
      peers: this.#registry.peers,
      swarms: this.#registry.swarms(),
      requests: this.#counters.read(),
    };
  }

  registered(peerId: PeerId): boolean {
    return this.#registry.find(peerId) !== undefined;
  }

  count(request: Counted): void {
    this.#counters.count(request);
  }

  #answer(request: Request, context: RequestContext, events: TrackerEvent[]): Outcome {
    const rules = RULES[request.edition];
    switch (request.method) {
      case 'CONNECT':
        return this.#connect(request, rules, context, events);
      case 'FIND':
        return this.#find(request, rules, context, events);
      case 'STAT_REPORT':
        return this.#report(request, rules, context, events);
      default:
        return request satisfies never;
    }
  }

  #connect(
    request: ConnectRequest,
    rules: EditionRules,
    context: RequestContext,
    events: TrackerEvent[],
  ): Outcome {
    const { actions, peerNum } = request;
    const registry = this.#registry;
    const known = registry.find(request.peerId);
    const peer = known ?? registry.create(request.peerId, context);

    const verdict = judge(rules, known ? 'TRACKING' : 'START', peer.joined, actions);
    if (!verdict.valid) {
      if (known) return this.#refuse(known, rules, verdict.problem, context, events);
      registry.step(peer, 'swarm actions invalid', context.now);
      return failed('forbidden', verdict.problem);
    }
    const problem = registry.problem(peer, actions);
    if (problem !== undefined) {
      if (!known) registry.step(peer, 'registration error', context.now);
      return failed(problem.error, problem.detail);
    }

    // Lists are drawn before anything is changed: a selection policy that throws leaves no trace.
    const declared = request.addresses.length > 0 ? request.addresses : peer.declared;
    const listed: TrackerEvent[] = [];
    const drawn: DrawnList[] = [];
    for (const { action, mode, swarmId } of actions)
      // A SEED gets a list only when it sent PeerNum (RFC 7846 §4.1.1).
      if (action === 'JOIN' && (mode === 'LEECH' || peerNum !== undefined))
        drawn.push(this.#list({ peer, declared, swarmId, mode, peerNum }, context, listed));

    peer.declared = declared;
    peer.remote = context.remote;
    peer.peerNum = peerNum ?? peer.peerNum;
    peer.regroup();
    if (!known) registry.register(peer, context.now, events);
    for (const { action, mode, swarmId } of actions) {
      if (action === 'LEAVE') registry.leave(peer, swarmId, events);
      else registry.join(peer, swarmId, mode, events);
    }
    events.push(...listed);
    for (const { list, chosen } of drawn) registry.handedOut(list.swarmId, chosen);
    if (known) registry.step(peer, 'CONNECT valid', context.now);
    if (verdict.after === 'TERMINATE') registry.deregister(peer, 'left last swarm', context.now, events);

    return {
      ok: true,
      publicAddress: publicAddress(rules, peer.declared, context.remote),
      results: actions.map(({ swarmId, transactionId }) =>
        transactionId === undefined ? { swarmId, ok: true } : { swarmId, transactionId, ok: true },
      ),
      peerLists: drawn.map(({ list }) => list).filter(({ peers }) => peers.length > 0),
    };
  }

  #find(request: FindRequest, rules: EditionRules, context: RequestContext, events: TrackerEvent[]): Outcome {
    const { swarmId, peerNum } = request;
    if (!rules.find) return failed('bad-request', 'Unknown Messages');
    const peer = this.#registry.find(request.peerId);
    if (!peer) return this.#stray(request.peerId, context);
    const member = peer.joined.get(swarmId);
    if (!member) return this.#refuse(peer, rules, 'FIND of a swarm not joined', context, events);

    const { declared } = peer;
    const wanted = { peer, declared, swarmId, mode: member.mode, peerNum };
    const { list, chosen } = this.#list(wanted, context, events);
    this.#registry.handedOut(swarmId, chosen);
    peer.remote = context.remote;
    peer.peerNum = peerNum ?? peer.peerNum;
    peer.regroup();
    this.#registry.step(peer, 'FIND valid', context.now);
    return {
      ok: true,
      publicAddress: publicAddress(rules, declared, context.remote),
      results: [{ swarmId, ok: true }],
      peerLists: list.peers.length > 0 ? [list] : [],
    };
  }

  #report(
    request: StatReportRequest,
    rules: EditionRules,
    context: RequestContext,
    events: TrackerEvent[],
  ): Outcome {
    const { peerId, stats } = request;
    const peer = this.#registry.find(peerId);
    if (!peer) return this.#stray(peerId, context);
    const swarmIds = new Set<SwarmId>();
    for (const { swarmId } of stats) {
      if (swarmId === undefined) continue;
      if (!peer.joined.has(swarmId))
        return this.#refuse(peer, rules, 'STAT_REPORT of a swarm not joined', context, events);
      swarmIds.add(swarmId);
    }
    for (const stat of stats) peer.report(stat);
    peer.regroup();
    peer.remote = context.remote;
    this.#registry.step(peer, 'STAT_REPORT valid', context.now);
    events.push({ kind: 'reported', peerId });
    return {
      ok: true,
      publicAddress: undefined,
      results: [...swarmIds].map((swarmId) => ({ swarmId, ok: true })),
      peerLists: [],
    };
  }

  /** FIND or STAT_REPORT of a peer ID without registration (RFC 7846 §2.3.2 B). */
  #stray(peerId: PeerId, context: RequestContext): Outcome {
    this.#registry.strayed(peerId, context);
    return failed('forbidden', 'peer not registered');
  }

  /** An invalid request of a TRACKING peer: some editions end its registration, others keep it. */
  #refuse(
    peer: Registration,
    rules: EditionRules,
    problem: string,
    context: RequestContext,
    events: TrackerEvent[],
  ): Outcome {
    this.#registry.invalid(peer, invalidWhileTracking(rules), context.now, events);
    return failed('forbidden', problem);
  }

  #list(
    want: Omit<Want, 'swarm' | 'importance'>,
    context: RequestContext,
    events: TrackerEvent[],
  ): DrawnList {
    const { swarmId, peer } = want;
    const swarm = this.#registry.swarm(swarmId);
    const importance = this.#registry.importance(swarmId);
    const drawn = drawList({ ...want, swarm, importance }, this.#selection, context);
    const peers = drawn.list.peers.map(({ peerId }) => peerId);
    events.push({ kind: 'listed', peerId: peer.peerId, swarmId, peers });
    return drawn;
  }
}

function respond(request: Request, outcome: Outcome): Response {
  const { edition, version, method, transactionId } = request;
  if (!outcome.ok) {
    const { error, detail } = outcome;
    return { edition, version, method, transactionId, outcome: 'failure', error, detail };
  }
  const { publicAddress: seen, results, peerLists } = outcome;
  return {
    edition,
    version,
    method,
    transactionId,
    outcome: 'success',
    ...(seen && { publicAddress: seen }),
    results,
    peerLists,
  };
}
