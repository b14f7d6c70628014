import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { EDITIONS, METHODS } from '../protocol/message.ts';
import '../testing/property-seed.ts';
import { DEPARTURES, NO_METHOD, OUTCOMES, PEER_STATES } from './observation.ts';
import { Observing } from './observing.ts';

const happening = fc.oneof(
  fc.record({
    kind: fc.constant('arrived' as const),
    peer: fc.nat(),
    swarm: fc.nat(9),
    edition: fc.constantFrom(...EDITIONS),
    seed: fc.boolean(),
    asn: fc.option(fc.nat(65_535), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('departed' as const), peer: fc.nat(), how: fc.constantFrom(...DEPARTURES) }),
  fc.record({ kind: fc.constant('turned' as const), peer: fc.nat(), seed: fc.boolean() }),
  fc.record({
    kind: fc.constant('asked' as const),
    peer: fc.nat(),
    swarm: fc.nat(9),
    method: fc.constantFrom(...METHODS),
    outcome: fc.constantFrom(...OUTCOMES),
    took: fc.nat(9000),
  }),
  fc.record({
    kind: fc.constant('listed' as const),
    asker: fc.nat(),
    swarm: fc.nat(9),
    method: fc.constantFrom(...METHODS),
    wanted: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
    peers: fc.array(fc.nat(50), { maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant('stepped' as const),
    peer: fc.nat(),
    edition: fc.constantFrom(...EDITIONS),
    from: fc.constantFrom(...PEER_STATES),
    to: fc.constantFrom(...PEER_STATES),
    by: fc.option(fc.constantFrom(...METHODS), { nil: undefined }),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer What> ? What : never;

function tell(observing: Observing, at: number, what: Happening, byName: boolean): void {
  switch (what.kind) {
    case 'arrived':
      return observing.arrived(at, { ...what, peerId: `peer ${what.peer}` });
    case 'departed':
      return observing.departed(at, what.peer, what.how);
    case 'turned':
      return observing.turned(at, what.peer, what.seed);
    case 'asked':
      return observing.asked(at, what);
    case 'listed':
      if (!byName) return observing.listed(at, what, what.peers);
      return observing.listedByName(
        at,
        what,
        what.peers.map((peer) => ({ peerId: `peer ${peer}` })),
      );
    case 'stepped':
      return observing.stepped(at, what.peer, what.edition, what);
    default:
      return what satisfies never;
  }
}

/** The batch as what was told, told apart by table and in its order. */
function told({ arrivals, departures, turns, requests, lists, transitions }: ReturnType<Observing['take']>) {
  const rows = <Row>(table: { readonly at: Float64Array }, row: (at: number) => Row) =>
    Array.from(table.at, (at, place) => ({ at, ...row(place) }));
  return {
    arrived: rows(arrivals, (row) => ({
      peer: arrivals.peer[row],
      peerId: arrivals.peerIds[row],
      swarm: arrivals.swarm[row],
      edition: EDITIONS[arrivals.edition[row] ?? -1],
      seed: arrivals.mode[row] === 1,
      asn: arrivals.asn[row],
    })),
    departed: rows(departures, (row) => ({
      peer: departures.peer[row],
      how: DEPARTURES[departures.how[row] ?? -1],
    })),
    turned: rows(turns, (row) => ({ peer: turns.peer[row], seed: turns.mode[row] === 1 })),
    asked: rows(requests, (row) => ({
      peer: requests.peer[row],
      swarm: requests.swarm[row],
      method: METHODS[requests.method[row] ?? -1],
      outcome: OUTCOMES[requests.outcome[row] ?? -1],
      took: requests.took[row],
    })),
    listed: rows(lists, (row) => ({
      asker: lists.asker[row],
      swarm: lists.swarm[row],
      method: METHODS[lists.method[row] ?? -1],
      wanted: lists.wanted[row],
      peers: [...lists.listed.subarray(lists.start[row], lists.start[row + 1])].map((entry) =>
        lists.names === undefined ? entry : Number(lists.names[entry]?.slice(5)),
      ),
    })),
    stepped: rows(transitions, (row) => ({
      peer: transitions.peer[row],
      edition: EDITIONS[transitions.edition[row] ?? -1],
      from: PEER_STATES[transitions.from[row] ?? -1],
      to: PEER_STATES[transitions.to[row] ?? -1],
      by: transitions.by[row] === NO_METHOD ? undefined : METHODS[transitions.by[row] ?? -1],
    })),
  };
}

it('gives out what was put in, once and in order, however often it is taken', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(happening, { maxLength: 200 }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (batches, byName) => {
        const observing = new Observing();
        let now = 0;
        for (const batch of batches) {
          const wanted: Record<string, object[]> = {
            arrived: [],
            departed: [],
            turned: [],
            asked: [],
            listed: [],
            stepped: [],
          };
          for (const what of batch) {
            now += 0.25;
            tell(observing, now, what, byName);
            const { kind, ...facts } = what;
            if (what.kind === 'stepped' && what.from === what.to) continue;
            wanted[kind]?.push({
              at: now,
              ...facts,
              ...(what.kind === 'arrived' && { peerId: `peer ${what.peer}`, asn: what.asn ?? 0 }),
              ...(what.kind === 'listed' && { wanted: Math.min(255, what.wanted ?? 0) }),
            });
          }
          const observation = observing.take(3, now);
          expect(told(observation)).toEqual(wanted);
          expect([observation.source, observation.at, observation.listsOmitted]).toEqual([3, now, 0]);
        }
      },
    ),
    { numRuns: 50 },
  );
});

it('names each name once in a batch', () => {
  const observing = new Observing();
  const facts = { asker: 1, swarm: 0, method: 'FIND', wanted: undefined } as const;
  for (let at = 0; at < 5; at++) observing.listedByName(at, facts, [{ peerId: 'a' }, { peerId: 'b' }]);
  expect(observing.take(0, 5).lists.names).toEqual(['a', 'b']);
  observing.listedByName(6, facts, [{ peerId: 'b' }]);
  expect(observing.take(0, 6).lists).toMatchObject({ names: ['b'], listed: Uint32Array.of(0) });
});

it('leaves out lists evenly where there are too many, and says how many; each list that is kept is whole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(12), { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 20, max: 200 }),
      (sizes, most) => {
        const observing = new Observing({ listed: most, rows: Infinity });
        sizes.forEach((size, number) =>
          observing.listed(
            number,
            { asker: number, swarm: 0, method: 'FIND', wanted: undefined },
            Array.from({ length: size }, (_, entry) => 1000 * number + entry),
          ),
        );
        const { lists, listsOmitted } = observing.take(0, sizes.length);
        const kept = [...lists.asker];
        expect(kept.length + listsOmitted).toBe(sizes.length);
        expect(lists.listed.length).toBeLessThanOrEqual(most + 12);
        const stride = (kept[1] ?? 1) - (kept[0] ?? 0);
        expect(kept).toEqual(
          Array.from({ length: Math.ceil(sizes.length / stride) }, (_, place) => stride * place),
        );
        expect([...lists.at]).toEqual(kept);
        kept.forEach((number, place) =>
          expect([...lists.listed.subarray(lists.start[place], lists.start[place + 1])]).toEqual(
            Array.from({ length: sizes[number] ?? 0 }, (_, entry) => 1000 * number + entry),
          ),
        );
        // The next batch begins anew.
        observing.listed(9999, { asker: 7, swarm: 0, method: 'FIND', wanted: undefined }, [1]);
        expect(observing.take(0, 9999).lists.asker).toEqual(Uint32Array.of(7));
      },
    ),
    { numRuns: 100 },
  );
});

it('gathers nothing any more when nobody takes anything', () => {
  const observing = new Observing({ listed: 100, rows: 10 });
  for (let peer = 0; peer < 10; peer++) observing.turned(peer, peer, true);
  expect(observing.deaf).toBe(false);
  observing.turned(10, 10, true);
  expect(observing.deaf).toBe(true);
  for (let peer = 0; peer < 10; peer++) observing.turned(peer, peer, true);
  expect(observing.take(0, 20).turns.at).toHaveLength(0);
});

it('tells what a clock that was set back has said in order, and nothing from the future', () => {
  const observing = new Observing();
  for (const at of [1, 2, 9000, 3, 9001, 4]) observing.turned(at, at, true);
  const { turns } = observing.take(0, 4);
  expect([[...turns.at], [...turns.peer]]).toEqual([
    [1, 2, 3, 3, 4, 4],
    [1, 2, 9000, 3, 9001, 4],
  ]);
  observing.turned(9002, 1, true);
  expect([...observing.take(0, 5).turns.at]).toEqual([5]);
});
