/**
 * The tracker core: requests in, responses and events out. It has no clock, no dice and no I/O, so the same
 * code runs in a Worker, in Node and in a test. What each request does: `swarm-actions.ts`, `search.ts`,
 * `reports.ts`.
 */
import type { PeerId } from '../protocol/ids.ts';
import type { Request } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
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
import { Queries } from './queries.ts';
import { MAX_PAGE, recordOf } from './records.ts';
import type { PeerPage, PeerRecord } from './records.ts';
import { Registry } from './registry.ts';
import { answer, keepAlive, report } from './reports.ts';
import { search } from './search.ts';
import { randomSelection } from './selection.ts';
import type { PeerSelection } from './selection.ts';
import { connect, disconnect, join, leave } from './swarm-actions.ts';
import { failed, respond, Turn } from './turn.ts';
import type { Desk, Outcome } from './turn.ts';

/** The timers are the digest's; the bounds keep memory finite under a flood of invented IDs. */
export const DEFAULT_OPTIONS: TrackerOptions = {
  trackTimer: 90_000,
  initTimer: 10_000,
  reportInterval: 30_000,
  reflexive: true,
  maxPeers: 1_000_000,
  maxSwarms: 100_000,
  maxJoined: 64,
  maxHoldings: 1_000_000,
  maxAnswers: 4,
  // It pays where everybody is on many lists while they are there: not in a swarm of a million, where most of a list
  // would be written for the first time, and kept for nothing.
  keepEntries: 0,
};

export function createTracker(
  options: Partial<TrackerOptions>,
  now: number,
  selection: PeerSelection = randomSelection,
): Tracker {
  return new TrackerCore({ ...DEFAULT_OPTIONS, ...options }, now, selection);
}

class TrackerCore implements Tracker {
  readonly options: TrackerOptions;
  readonly #startedAt: number;
  readonly #desk: Desk;
  readonly #counters = new RequestCounters();

  constructor(options: TrackerOptions, now: number, selection: PeerSelection) {
    this.options = options;
    this.#startedAt = now;
    const registry = new Registry(options, selection.grouping);
    this.#desk = { options, selection, registry, queries: new Queries(options.reportInterval) };
  }

  handle(request: Request, context: RequestContext): Handled {
    // Whoever ran out by now is gone before this request is looked at, its own sender included.
    const events = this.expire(context.now);
    const outcome = this.#answer(request, context, events);
    const { edition, method } = request;
    this.#counters.count({ edition, method, error: outcome.ok ? undefined : outcome.error });
    return { response: respond(request, outcome), events };
  }

  expire(now: number): TrackerEvent[] {
    return this.#desk.registry.expire(now);
  }

  stats(now: number): TrackerStats {
    const { registry } = this.#desk;
    return {
      uptime: (now - this.#startedAt) / 1000,
      peers: registry.peers,
      swarms: registry.swarms.stats(),
      requests: this.#counters.read(),
    };
  }

  registered(peerId: PeerId): boolean {
    return this.#desk.registry.find(peerId) !== undefined;
  }

  query(peerId: PeerId, properties: readonly string[]): boolean {
    const peer = this.#desk.registry.find(peerId);
    return peer !== undefined && this.#desk.queries.wait(peer, properties);
  }

  peer(peerId: PeerId): PeerRecord | undefined {
    const peer = this.#desk.registry.find(peerId);
    return peer && recordOf(peer);
  }

  peersPage(after: number | undefined, limit: number): PeerPage {
    const count = Math.max(1, Math.min(limit, MAX_PAGE));
    // One more than asked tells whether there is a next page.
    const found = this.#desk.registry.roster.page(after ?? -1, count + 1);
    const last = found[count - 1];
    return {
      peers: found.slice(0, count).map(recordOf),
      ...(found.length > count && last !== undefined && { next: last.serial }),
    };
  }

  count(request: Counted): void {
    this.#counters.count(request);
  }

  #answer(request: Request, context: RequestContext, events: TrackerEvent[]): Outcome {
    if (!RULES[request.edition].methods.includes(request.method))
      return failed('bad-request', 'Unknown Messages');
    const turn = <R extends Request>(request: R) => new Turn(request, context, this.#desk, events);
    switch (request.method) {
      case 'CONNECT':
        return connect(turn(request));
      case 'DISCONNECT':
        return disconnect(turn(request));
      case 'JOIN':
      case 'JOIN_CHUNK':
        return join(turn(request));
      case 'LEAVE':
        return leave(turn(request));
      case 'FIND':
      case 'FIND_CHUNK':
        return search(turn(request));
      case 'KEEPALIVE':
        return keepAlive(turn(request));
      case 'STAT_REPORT':
        return report(turn(request));
      case 'STAT_QUERY':
        return answer(turn(request));
      default:
        return request satisfies never;
    }
  }
}
