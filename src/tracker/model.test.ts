/**
 * The tracker against a model that knows only sets: for each peer what it is in and when it was last valid.
 * Peers speak all four editions by turns. The model's verdicts are written out by hand, not taken from the tables.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId, JoinMode, PeerMode, Request, SwarmAction } from '../protocol/message.ts';
import {
  at,
  connect,
  dice,
  disconnect,
  find,
  join,
  joinOne,
  keepAlive,
  leave,
  leaveOne,
  report,
} from './testing.ts';
import { createTracker } from './tracker.ts';

const PERIOD = 100_000;
const INIT = 40_000;

interface Place {
  mode: PeerMode;
  until: number;
}

interface Naive {
  readonly joined: Map<string, Place>;
  last: number;
  /** In PEER REGISTERED: CONNECTed by gu-04 and not heard of since. */
  fresh: boolean;
}

const METHODS: Record<EditionId, readonly string[]> = {
  rfc7846: ['CONNECT', 'FIND', 'STAT_REPORT'],
  'extended-1.1': ['CONNECT', 'FIND', 'STAT_REPORT', 'DISCONNECT'],
  'base-1.0': ['CONNECT', 'STAT_REPORT'],
  'gu-04': ['CONNECT', 'DISCONNECT', 'JOIN', 'LEAVE', 'FIND', 'STAT_REPORT', 'KEEPALIVE'],
};

class Model {
  readonly peers = new Map<string, Naive>();

  expire(now: number): void {
    for (const [id, { joined, last, fresh }] of this.peers) {
      if (now - last >= (fresh ? INIT : PERIOD)) this.peers.delete(id);
      for (const [swarm, { until }] of joined) if (until <= now) joined.delete(swarm);
    }
  }

  /** Whether the request is granted; changes follow. */
  apply(request: Request, now: number): boolean {
    this.expire(now);
    const { edition, method, peerId } = request;
    if (!METHODS[edition].includes(method)) return false;
    const peer = this.peers.get(peerId);
    if (!this.#grant(request, peer)) {
      const isEnd =
        edition === 'base-1.0' ||
        edition === 'extended-1.1' ||
        (edition === 'rfc7846' && peer?.fresh === true);
      if (isEnd) this.peers.delete(peerId);
      return false;
    }
    const after = peer ?? { joined: new Map<string, Place>(), last: now, fresh: edition === 'gu-04' };
    after.last = now;
    this.peers.set(peerId, after);
    if (method !== 'CONNECT' || edition !== 'gu-04') after.fresh = false;
    this.#change(request, after, now);
    return true;
  }

  #change(request: Request, { joined }: Naive, now: number): void {
    const { edition, peerId } = request;
    const enter = (swarm: string, mode: JoinMode, until: number | undefined) =>
      joined.set(swarm, {
        mode: mode === 'LEECH' ? 'LEECH' : 'SEED',
        until: until ?? joined.get(swarm)?.until ?? Infinity,
      });
    if (request.method === 'CONNECT')
      for (const { action, swarmId, mode } of request.actions) {
        if (action === 'JOIN') enter(swarmId, mode, undefined);
        else joined.delete(swarmId);
      }
    if (request.method === 'JOIN')
      enter(request.swarmId, request.mode, request.expireTime ? now + request.expireTime * 1000 : Infinity);
    if (request.method === 'LEAVE') joined.delete(request.swarmId);
    if (request.method === 'DISCONNECT') {
      for (const swarmId of request.swarmIds) joined.delete(swarmId);
      if (request.swarmIds.length === 0) this.peers.delete(peerId);
    }
    const isLeaving = request.method === 'CONNECT' || request.method === 'DISCONNECT';
    if (edition !== 'gu-04' && isLeaving && joined.size === 0) this.peers.delete(peerId);
  }

  #grant(request: Request, peer: Naive | undefined): boolean {
    const { edition } = request;
    const joined = peer?.joined ?? new Map<string, Place>();
    if (request.method === 'CONNECT') {
      if (edition === 'gu-04') return true;
      return grantActions(edition, joined, request.actions);
    }
    if (peer === undefined) return false;
    if (request.method === 'DISCONNECT')
      return (
        new Set(request.swarmIds).size === request.swarmIds.length &&
        request.swarmIds.every((swarmId) => joined.has(swarmId))
      );
    if (edition !== 'gu-04' && peer.fresh) return false;
    if (request.method === 'FIND' || request.method === 'LEAVE') return joined.has(request.swarmId);
    if (request.method === 'STAT_REPORT')
      return request.stats.every(({ swarmId }) => joined.has(swarmId ?? ''));
    return true;
  }

  swarms(): Record<string, { seeds: number; leeches: number }> {
    const counts: Record<string, { seeds: number; leeches: number }> = {};
    for (const { joined } of this.peers.values())
      for (const [id, { mode }] of joined) {
        const swarm = (counts[id] ??= { seeds: 0, leeches: 0 });
        swarm[mode === 'SEED' ? 'seeds' : 'leeches']++;
      }
    return counts;
  }

  /** Everyone who may be on a list for the asker. */
  listable(asker: string, swarm: string, mode: PeerMode): Set<string> {
    const others = [...this.peers].filter(([id, { joined }]) => {
      const theirs = joined.get(swarm);
      return id !== asker && theirs !== undefined && !(mode === 'SEED' && theirs.mode === 'SEED');
    });
    return new Set(others.map(([id]) => id));
  }
}

function grantActions(
  edition: EditionId,
  joined: ReadonlyMap<string, Place>,
  actions: readonly SwarmAction[],
): boolean {
  if (new Set(actions.map(({ swarmId }) => swarmId)).size < actions.length) return false;
  const joins = actions.filter(({ action }) => action === 'JOIN');
  const leaves = actions.filter(({ action }) => action === 'LEAVE');
  if (!leaves.every(({ swarmId }) => joined.has(swarmId))) return false;
  if (joins.length === 0) return true;
  const [first] = joins;
  const isOneLeech = joins.length === 1 && first?.mode === 'LEECH';
  if (joined.size === 0)
    return leaves.length === 0 && (isOneLeech || joins.every(({ mode }) => mode === 'SEED'));
  if (edition === 'extended-1.1') {
    const before = [...joined].filter(([, { mode }]) => mode === 'LEECH').map(([id]) => id);
    const after = new Set<string>(before);
    for (const { swarmId, action, mode } of actions) {
      if (action === 'JOIN' && mode === 'LEECH') after.add(swarmId);
      else after.delete(swarmId);
    }
    return after.size <= Math.max(1, before.length);
  }
  if (!isOneLeech) return false;
  if (leaves.length === 0) return joined.get(first.swarmId)?.mode === 'LEECH';
  // A change of channel: from the one swarm it is a LEECH of to one it is not in.
  const [left] = leaves;
  return joined.size === 1 && leaves.length === 1 && joined.get(left?.swarmId ?? '')?.mode === 'LEECH';
}

const peer = fc.constantFrom('p', 'q', 'r', 's');
const swarm = fc.constantFrom('a', 'b', 'c');
const mode = fc.constantFrom<PeerMode>('SEED', 'LEECH');
const edition = fc.constantFrom<EditionId>(...EDITIONS);
const action: fc.Arbitrary<SwarmAction> = fc
  .tuple(fc.constantFrom(join, leave), swarm, mode)
  .map(([make, swarm, mode]) => make(swarm, mode));
const peerNum = fc.option(fc.record({ count: fc.nat(4) }), { nil: undefined });
const swarms = fc.array(swarm, { maxLength: 2 });
const spoken: fc.Arbitrary<Request> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(edition, peer, fc.array(action, { minLength: 1, maxLength: 3 }), peerNum)
      .map(([edition, peer, actions, peerNum]) =>
        connect(edition, peer, edition === 'gu-04' ? [] : actions, peerNum ? { peerNum } : {}),
      ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        peer,
        swarm,
        fc.constantFrom<JoinMode>('SEED', 'LEECH', 'LIVESEED'),
        peerNum,
        fc.constantFrom(0, 0, 30, 50),
      )
      .map(([peer, swarm, mode, peerNum, expireTime]) =>
        joinOne(peer, swarm, mode, { expireTime, ...(peerNum && { peerNum }) }),
      ),
  },
  { weight: 1, arbitrary: fc.tuple(peer, swarm).map(([peer, swarm]) => leaveOne(peer, swarm)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom<EditionId>('gu-04', 'extended-1.1'), peer, swarms)
      .map(([edition, peer, swarms]) => disconnect(edition, peer, edition === 'gu-04' ? [] : swarms)),
  },
  { weight: 1, arbitrary: fc.tuple(edition, peer).map(([edition, peer]) => keepAlive(edition, peer)) },
  {
    weight: 2,
    arbitrary: fc.tuple(edition, peer, swarm).map(([edition, peer, swarm]) => find(edition, peer, swarm)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(edition, peer, swarms)
      .map(([edition, peer, swarms]) => report(edition, peer, swarms)),
  },
);
const step = fc.record({
  request: spoken,
  wait: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(60_000) }),
});

/** The swarms of which a granted request gets a list. */
function asked(request: Request): readonly string[] {
  switch (request.method) {
    case 'FIND':
      return [request.swarmId];
    case 'JOIN':
      return request.mode === 'LEECH' || request.peerNum ? [request.swarmId] : [];
    case 'CONNECT':
      return request.actions
        .filter(({ action, mode }) => action === 'JOIN' && (mode === 'LEECH' || request.peerNum))
        .map(({ swarmId }) => swarmId);
    default:
      return [];
  }
}

it('agrees with the model, request for request', () => {
  const verdicts = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), fc.nat(), (steps, seed) => {
      const model = new Model();
      const tracker = createTracker({ trackTimer: PERIOD, initTimer: INIT }, 0);
      const random = dice(seed);
      let now = 0;
      for (const { request, wait } of steps) {
        now += wait;
        const expected = model.apply(request, now);
        const { response } = tracker.handle(request, at(now, random));
        expect(response.outcome).toBe(expected ? 'success' : 'failure');
        const verdict = `${request.edition} ${expected}`;
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);

        const { peers, swarms } = tracker.stats(now);
        expect(peers).toBe(model.peers.size);
        const counts = Object.fromEntries(swarms.map(({ id, seeds, leeches }) => [id, { seeds, leeches }]));
        expect(counts).toEqual(model.swarms());
        const { peers: page } = tracker.peersPage(undefined, 10);
        expect(page.map(({ peerId }) => String(peerId)).sort()).toEqual([...model.peers.keys()].sort());

        if (response.outcome === 'failure') continue;
        // Every list: complete up to the number asked, nobody twice, nobody who may not be on it.
        const lists = new Map(response.peerLists.map(({ swarmId, peers }) => [String(swarmId), peers]));
        for (const swarmId of asked(request)) {
          const mode = model.peers.get(request.peerId)?.joined.get(swarmId)?.mode ?? 'LEECH';
          const listable = model.listable(request.peerId, swarmId, mode);
          const list = lists.get(swarmId)?.map(({ peerId }) => String(peerId)) ?? [];
          const count = 'peerNum' in request ? (request.peerNum?.count ?? 30) : 30;
          expect(list).toHaveLength(Math.min(count, listable.size));
          expect(new Set(list).size).toBe(list.length);
          expect(list.every((id) => listable.has(id))).toBe(true);
          lists.delete(swarmId);
        }
        expect([...lists.keys()]).toEqual([]);
      }
    }),
    { numRuns: 400 },
  );
  // The generator must reach both sides in every edition, or the agreement says nothing.
  expect(verdicts.size).toBe(2 * EDITIONS.length);
  expect(Math.min(...verdicts.values())).toBeGreaterThan(150);
}, 60_000);
