/**
 * The tracker against a model that knows only sets: for each peer what it is in and when it was last valid.
 * The model's verdicts are written out by hand, not taken from the table.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EditionId, PeerMode, Request, SwarmAction } from '../protocol/message.ts';
import { EDITIONS } from '../protocol/message.ts';
import { at, connect, dice, find, join, leave, report } from './testing.ts';
import { createTracker } from './tracker.ts';

const PERIOD = 100;

interface Naive {
  readonly joined: Map<string, PeerMode>;
  last: number;
}

class Model {
  readonly peers = new Map<string, Naive>();

  expire(now: number): void {
    for (const [id, peer] of this.peers) if (now - peer.last >= PERIOD) this.peers.delete(id);
  }

  /** Whether the request is granted; changes follow. */
  apply(request: Request, now: number): boolean {
    this.expire(now);
    const peer = this.peers.get(request.peerId);
    const granted = this.#grant(request, peer?.joined ?? new Map<string, PeerMode>());
    if (!granted) {
      if (request.edition === 'base-1.0' && request.method !== 'FIND') this.peers.delete(request.peerId);
      return false;
    }
    const after = peer ?? { joined: new Map<string, PeerMode>(), last: now };
    after.last = now;
    if (request.method === 'CONNECT')
      for (const { action, swarmId, mode } of request.actions) {
        if (action === 'JOIN') after.joined.set(swarmId, mode);
        else after.joined.delete(swarmId);
      }
    if (after.joined.size === 0) this.peers.delete(request.peerId);
    else this.peers.set(request.peerId, after);
    return true;
  }

  #grant(request: Request, joined: ReadonlyMap<string, PeerMode>): boolean {
    if (request.method === 'FIND') return request.edition === 'rfc7846' && joined.has(request.swarmId);
    if (request.method === 'STAT_REPORT')
      return joined.size > 0 && request.stats.every(({ swarmId }) => joined.has(swarmId ?? ''));
    const { actions } = request;
    if (new Set(actions.map(({ swarmId }) => swarmId)).size < actions.length) return false;
    const joins = actions.filter(({ action }) => action === 'JOIN');
    const leaves = actions.filter(({ action }) => action === 'LEAVE');
    if (!leaves.every(({ swarmId }) => joined.has(swarmId))) return false;
    if (joins.length === 0) return true;
    const [first] = joins;
    const isOneLeech = joins.length === 1 && first?.mode === 'LEECH';
    if (joined.size === 0)
      return leaves.length === 0 && (isOneLeech || joins.every(({ mode }) => mode === 'SEED'));
    if (!isOneLeech) return false;
    if (leaves.length === 0) return joined.get(first.swarmId) === 'LEECH';
    // A change of channel: from the one swarm it is a LEECH of to one it is not in.
    const [left] = leaves;
    return joined.size === 1 && leaves.length === 1 && joined.get(left?.swarmId ?? '') === 'LEECH';
  }

  swarms(): Record<string, { seeds: number; leeches: number }> {
    const counts: Record<string, { seeds: number; leeches: number }> = {};
    for (const { joined } of this.peers.values())
      for (const [id, mode] of joined) {
        const swarm = (counts[id] ??= { seeds: 0, leeches: 0 });
        swarm[mode === 'SEED' ? 'seeds' : 'leeches']++;
      }
    return counts;
  }

  /** Everyone who may be on a list for the asker. */
  listable(asker: string, swarm: string, mode: PeerMode): Set<string> {
    const others = [...this.peers].filter(([id, { joined }]) => {
      const theirs = joined.get(swarm);
      return id !== asker && theirs !== undefined && !(mode === 'SEED' && theirs === 'SEED');
    });
    return new Set(others.map(([id]) => id));
  }
}

const peer = fc.constantFrom('p', 'q', 'r', 's');
const swarm = fc.constantFrom('a', 'b', 'c');
const mode = fc.constantFrom<PeerMode>('SEED', 'LEECH');
const edition = fc.constantFrom<EditionId>(...EDITIONS);
const action: fc.Arbitrary<SwarmAction> = fc
  .tuple(fc.constantFrom(join, leave), swarm, mode)
  .map(([make, swarm, mode]) => make(swarm, mode));
const peerNum = fc.record({ count: fc.nat(4) });
const request: fc.Arbitrary<Request> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(edition, peer, fc.array(action, { minLength: 1, maxLength: 3 }), fc.option(peerNum))
      .map(([edition, peer, actions, peerNum]) =>
        connect(edition, peer, actions, peerNum ? { peerNum } : {}),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(edition, peer, swarm).map(([edition, peer, swarm]) => find(edition, peer, swarm)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(edition, peer, fc.array(swarm, { maxLength: 2 }))
      .map(([edition, peer, swarms]) => report(edition, peer, swarms)),
  },
);
const step = fc.record({
  request,
  wait: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(60) }),
});

it('agrees with the model, request for request', () => {
  let granted = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), fc.nat(), (steps, seed) => {
      const model = new Model();
      const tracker = createTracker({ trackTimer: PERIOD }, 0);
      const random = dice(seed);
      let now = 0;
      for (const { request, wait } of steps) {
        now += wait;
        const expected = model.apply(request, now);
        const { response } = tracker.handle(request, at(now, random));
        expect(response.outcome).toBe(expected ? 'success' : 'failure');
        if (expected) granted++;
        else refused++;

        const { peers, swarms } = tracker.stats(now);
        expect(peers).toBe(model.peers.size);
        const counts = Object.fromEntries(swarms.map(({ id, seeds, leeches }) => [id, { seeds, leeches }]));
        expect(counts).toEqual(model.swarms());

        if (response.outcome === 'failure' || request.method === 'STAT_REPORT') continue;
        // Every list: complete up to the number asked, nobody twice, nobody who may not be on it.
        const asked =
          request.method === 'FIND'
            ? [request.swarmId]
            : request.actions
                .filter(({ action, mode }) => action === 'JOIN' && (mode === 'LEECH' || request.peerNum))
                .map(({ swarmId }) => swarmId);
        const lists = new Map(response.peerLists.map(({ swarmId, peers }) => [swarmId, peers]));
        for (const swarmId of asked) {
          const mode = model.peers.get(request.peerId)?.joined.get(swarmId) ?? 'LEECH';
          const listable = model.listable(request.peerId, swarmId, mode);
          const list = lists.get(swarmId)?.map(({ peerId }) => String(peerId)) ?? [];
          expect(list).toHaveLength(Math.min(request.peerNum?.count ?? 30, listable.size));
          expect(new Set(list).size).toBe(list.length);
          expect(list.every((id) => listable.has(id))).toBe(true);
          lists.delete(swarmId);
        }
        expect([...lists.keys()]).toEqual([]);
      }
    }),
    { numRuns: 400 },
  );
  // The generator must reach both sides, or the agreement says nothing.
  expect(Math.min(granted, refused)).toBeGreaterThan(1_000);
});
