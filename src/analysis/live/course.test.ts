import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEPARTURES, NOBODY, type Observation } from '../../simulation/observation.ts';
import { Observing } from '../../simulation/observing.ts';
import { HANDLES_PER_WORKER } from '../../simulation/report.ts';
import '../../testing/property-seed.ts';
import { Course } from './course.ts';
import { Roll } from './directory.ts';
import type { Resolved } from './observer.ts';
import { Gaps } from './time/gaps.ts';
import { SILENCE, VACANCY } from './watermark.ts';

const RUN = { seed: 1, swarms: [{ id: 'film', kind: 'vod', chunks: 4 }] } as const;

function watching() {
  const roll = new Roll(RUN);
  const heard: Resolved[] = [];
  const course = new Course(roll, (batch) => heard.push(batch));
  return { roll, heard, course };
}

const handle = (source: number, serial: number): number => source * HANDLES_PER_WORKER + serial;
const nameOf = (peer: number): string => peer.toString(16).padStart(40, '0');

function arrive(observing: Observing, at: number, peer: number): void {
  observing.arrived(at, { peer, peerId: nameOf(peer), swarm: 0, edition: 'rfc7846', seed: false, asn: 7 });
}

/** A batch in which the peer does one thing at each time. */
function batch(source: number, at: number, times: readonly number[]): Observation {
  const observing = new Observing();
  times.forEach((time, number) => {
    arrive(observing, time, handle(source, 1000 * at + number));
    observing.turned(time, handle(source, number), true);
    observing.listed(time, { asker: handle(source, number), swarm: 0, method: 'FIND', wanted: 20 }, [
      source,
      number,
    ]);
  });
  return observing.take(source, at);
}

const timesOf = (heard: readonly Resolved[], table: 'arrivals' | 'turns' | 'lists'): number[] =>
  heard.flatMap((one) => [...one[table].at]);

function expectInOrder(heard: readonly Resolved[]): void {
  let passed = 0;
  for (const one of heard) {
    for (const table of [one.arrivals, one.turns, one.lists, one.departures]) {
      const times = [...table.at];
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(Math.min(passed, ...times)).toBe(passed);
      expect(Math.max(one.at, ...times)).toBe(one.at);
    }
    passed = one.at;
  }
}

it('puts what several sources tell in order of time, each row once, however their batches interleave', () => {
  const source = fc.array(
    fc.record({ length: fc.nat(300), times: fc.array(fc.nat(1000), { maxLength: 8 }), wait: fc.nat(300) }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.array(source, { minLength: 1, maxLength: 4 }), (sources) => {
      const { roll, heard, course } = watching();
      const said = sources.flatMap((batches, number) => {
        course.join(number, 0);
        let [from, wall] = [0, 0];
        return batches.map(({ length, times, wait }) => {
          const begin = from;
          from += length;
          // None is late: a source that says nothing for long is a matter of its own.
          wall = Math.max(from, wall + wait);
          const rows = times.map((share) => begin + (share / 1000) * length).sort((a, b) => a - b);
          return { number, at: from, rows, wall: Math.min(wall, from + 800) };
        });
      });
      said.sort((a, b) => a.wall - b.wall || a.number - b.number || a.at - b.at);
      for (const { number, at, rows, wall } of said) {
        course.tell(batch(number, at, rows), wall);
        course.settle(wall);
        expectInOrder(heard);
      }
      for (let wall = 10_000; wall <= 13_000; wall += 500) course.settle(wall);
      expectInOrder(heard);
      const wanted = said.flatMap(({ rows }) => rows).sort((a, b) => a - b);
      for (const table of ['arrivals', 'turns', 'lists'] as const)
        expect(timesOf(heard, table).length).toBe(wanted.length);
      expect(roll.count).toBe(new Set(heard.flatMap(({ arrivals }) => [...arrivals.peer])).size);
      for (const { lists } of heard)
        lists.asker.forEach((asker, row) =>
          expect([...lists.listed.subarray(lists.start[row], lists.start[row + 1])]).toEqual([
            Math.floor(asker / HANDLES_PER_WORKER),
            asker % HANDLES_PER_WORKER,
          ]),
        );
    }),
    { numRuns: 60 },
  );
});

it('waits for the slowest, but not for one that is silent for two seconds; what that one says later is told then', () => {
  const { heard, course } = watching();
  course.join(0, 0);
  course.join(1, 0);
  course.tell(batch(0, 1000, [900]), 0);
  course.tell(batch(1, 400, [300]), 0);
  course.settle(50);
  expect([heard.at(-1)?.at, timesOf(heard, 'turns')]).toEqual([400, [300]]);
  for (let wall = 100; wall < 1900; wall += 100) {
    course.tell(batch(0, 1000 + wall, []), wall);
    course.settle(wall);
  }
  expect(timesOf(heard, 'turns')).toEqual([300]);
  course.tell(batch(0, 3000, []), 2100);
  course.settle(2100);
  expect([heard.at(-1)?.at, timesOf(heard, 'turns')]).toEqual([3000, [300, 900]]);
  course.tell(batch(1, 3100, [500, 3050]), 2200);
  course.tell(batch(0, 3100, []), 2200);
  course.settle(2200);
  expect(timesOf(heard, 'turns')).toEqual([300, 900, 3000, 3050]);
  expectInOrder(heard);
});

it('does not take a halt of the whole page for silence', () => {
  const { heard, course } = watching();
  course.join(0, 0);
  course.join(1, 0);
  course.tell(batch(0, 1000, [900]), 0);
  course.tell(batch(1, 400, []), 0);
  course.settle(0);
  course.settle(60_000);
  expect(heard.at(-1)?.at).toBe(400);
  course.tell(batch(1, 1000, [500]), 60_010);
  course.settle(60_050);
  expect(timesOf(heard, 'turns')).toEqual([500, 900]);
});

it('stands still with a run that is paused', () => {
  const { heard, course } = watching();
  for (let wall = 0; wall < 10_000; wall += 125) {
    course.tell(batch(0, 700, []), wall);
    course.tell(batch(1, 700, []), wall);
    course.settle(wall);
  }
  expect(heard.map(({ at }) => at)).toEqual([700]);
});

/** Of what nobody told, stretches that touch put together. */
function missing(heard: readonly Resolved[]): readonly object[] {
  const gaps = new Gaps();
  for (const gap of heard.flatMap((batch) => batch.gaps ?? [])) gaps.add(gap);
  return gaps.within({ from: 0, to: Infinity });
}

it('leaves a gap where a source is silent and the others go on, until it is heard again', () => {
  const { heard, course } = watching();
  const both = (at: number, wall: number): void => {
    for (const source of [0, 1]) course.tell(batch(source, at, []), wall);
    course.settle(wall);
  };
  both(1000, 1000);
  for (let wall = 2000; wall <= 9000; wall += 1000) {
    course.tell(batch(1, wall, []), wall);
    course.settle(wall);
    // Up to two seconds it is waited for, and nothing is missing.
    expect(missing(heard)).toEqual(wall < 1000 + SILENCE ? [] : [{ from: 1000, to: wall }]);
  }
  both(10_000, 10_000);
  both(11_000, 11_000);
  expect(missing(heard)).toEqual([{ from: 1000, to: 9000 }]);
  // Where nobody tells anything the run is halted.
  for (let wall = 12_000; wall <= 20_000; wall += 1000) course.settle(wall);
  expect(missing(heard)).toEqual([{ from: 1000, to: 9000 }]);
});

it('leaves a gap where a worker dies that none comes for, but not for ever: its peers are known to be gone', () => {
  const { heard, course } = watching();
  for (const source of [0, 1]) course.tell(batch(source, 1000, []), 1000);
  course.settle(1000);
  course.lose(0);
  for (let wall = 2000; wall <= 30_000; wall += 1000) {
    course.tell(batch(1, wall, []), wall);
    course.settle(wall);
  }
  expect(missing(heard)).toEqual([{ from: 1000, to: 2000 + VACANCY - 1000 }]);
});

it('counts the peers of a worker that died as crashed, and says from when to when nobody told of them', () => {
  const { roll, heard, course } = watching();
  course.tell(batch(0, 1000, [100, 200]), 0);
  course.tell(batch(1, 1000, [150]), 0);
  course.settle(0);
  course.tell(batch(1, 5000, []), 0);
  course.lose(0);
  course.settle(50);
  const { departures } = heard.at(-1) ?? { departures: { peer: [], how: [] } };
  const dead = [handle(0, 1_000_000), handle(0, 1_000_001)];
  expect([[...departures.peer], [...departures.how]]).toEqual([
    dead,
    dead.map(() => DEPARTURES.indexOf('crashed')),
  ]);
  expect(dead.map((peer) => roll.departedAt(roll.rowOf(peer) ?? -1))).toEqual([5000, 5000]);
  expect(roll.departedAt(roll.rowOf(handle(1, 1_000_000)) ?? -1)).toBe(Infinity);
  // Its successor has peers of its own, which live.
  course.join(0, 100);
  course.tell(batch(0, 5200, [5150]), 200);
  course.tell(batch(1, 5200, []), 200);
  course.settle(200);
  expect(missing(heard)).toEqual([{ from: 1000, to: 5200 }]);
  expect(roll.departedAt(roll.rowOf(handle(0, 5_200_000)) ?? -1)).toBe(Infinity);
  expectInOrder(heard);
});

it('does not bury the peers of a successor that is quick', () => {
  const { roll, course } = watching();
  course.tell(batch(0, 1000, [100]), 0);
  course.settle(0);
  course.lose(0);
  course.join(0, 100);
  course.tell(batch(0, 5200, [5150]), 200);
  course.settle(250);
  expect([1_000_000, 5_200_000].map((serial) => roll.departedAt(roll.rowOf(serial) ?? -1))).toEqual([
    5200,
    Infinity,
  ]);
});

function listing(source: number, at: number, names: readonly string[]): Observation {
  const observing = new Observing();
  observing.listedByName(
    at - 10,
    { asker: handle(source, 1), swarm: 0, method: 'CONNECT', wanted: 20 },
    names.map((peerId) => ({ peerId })),
  );
  return observing.take(source, at);
}
const listed = (heard: readonly Resolved[]): number[][] =>
  heard.filter(({ lists }) => lists.at.length > 0).map(({ lists }) => [...lists.listed]);

it('knows peers of other sources by their names, of those told of a moment later as well', () => {
  const { heard, course } = watching();
  const [known, late] = [handle(1, 2), handle(1, 3)];
  const first = new Observing();
  arrive(first, 50, known);
  course.tell(first.take(1, 100), 0);
  course.tell(listing(0, 100, [nameOf(known), nameOf(late)]), 0);
  course.settle(0);
  expect(listed(heard)).toEqual([]);
  const arrival = new Observing();
  arrive(arrival, 150, late);
  course.tell(arrival.take(1, 200), 500);
  course.settle(500);
  expect(listed(heard)).toEqual([[known, late]]);
});

it('lets a list that names a stranger wait once, and not for long', () => {
  const { heard, course } = watching();
  course.tell(listing(0, 100, ['a stranger']), 0);
  for (const wall of [0, 500, 1000, 1400]) course.settle(wall);
  expect(listed(heard)).toEqual([]);
  course.settle(1600);
  expect(listed(heard)).toEqual([[NOBODY]]);
  course.tell(listing(0, 200, ['a stranger']), 1700);
  course.settle(1700);
  expect(listed(heard)).toEqual([[NOBODY], [NOBODY]]);
});

it('knows a peer of several swarms in each of them', () => {
  const { heard, course } = watching();
  const observing = new Observing();
  for (const swarm of [0, 1])
    observing.arrived(1, {
      peer: handle(63, swarm),
      peerId: 'both',
      swarm,
      edition: 'gu-04',
      seed: true,
      asn: undefined,
    });
  for (const swarm of [0, 1])
    observing.listedByName(2, { asker: handle(63, 9), swarm, method: 'FIND', wanted: 20 }, [
      { peerId: 'both' },
    ]);
  course.tell(observing.take(63, 2), 0);
  course.settle(0);
  expect(listed(heard)).toEqual([[handle(63, 0), handle(63, 1)]]);
});

it('tells how far everybody is when all sources have said it, or one has waited long enough', () => {
  const { heard, course } = watching();
  const standing = (peer: number, holders: number) => ({
    peer: Uint32Array.of(peer),
    share: Float32Array.of(0.5),
    holders: [{ swarm: 0, chunks: Uint32Array.of(holders, 1) }],
  });
  const say = (source: number, at: number, wall: number, holders?: number): void => {
    const told = holders === undefined ? undefined : standing(handle(source, 1), holders);
    course.tell(new Observing().take(source, at, told), wall);
  };
  say(0, 100, 0, 1);
  say(1, 100, 0, 2);
  course.settle(0);
  say(0, 200, 500, 3);
  say(1, 200, 500);
  course.settle(500);
  say(0, 300, 900);
  say(1, 300, 900, 4);
  course.settle(900);
  say(0, 400, 1200, 5);
  say(1, 400, 1200);
  course.settle(1200);
  say(0, 500, 2000);
  say(1, 500, 2000);
  course.settle(2000);
  say(0, 600, 2800);
  say(1, 600, 2800);
  course.settle(2800);
  expect(
    heard.flatMap(({ at, standing }) =>
      standing === undefined ? [] : [[at, [...standing.peer], [...(standing.holders[0]?.chunks ?? [])]]],
    ),
  ).toEqual([
    [100, [handle(0, 1), handle(1, 1)], [3, 2]],
    [300, [handle(0, 1), handle(1, 1)], [7, 2]],
    [600, [handle(0, 1), handle(1, 1)], [9, 2]],
  ]);
});
