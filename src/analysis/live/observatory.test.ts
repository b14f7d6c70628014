import { expect, it } from 'vitest';
import { EDITIONS } from '../../protocol/message.ts';
import type { Observation } from '../../simulation/observation.ts';
import type { RunEvent } from '../../simulation/virtual/events.ts';
import { SECOND } from '../../simulation/virtual/events.ts';
import { LogReader } from '../../simulation/virtual/log-reader.ts';
import { LocalDesk } from '../../simulation/virtual/port.ts';
import { VirtualRun } from '../../simulation/virtual/run.ts';
import { scenarioOf } from '../../testing/eventful.ts';
import { FILM, MemorySwarm } from '../../testing/memory-swarm.ts';
import { Course } from './course.ts';
import { Roll } from './directory.ts';
import { Observatory } from './observatory.ts';
import type { Resolved } from './observer.ts';

const SCENARIO = scenarioOf({
  name: 'come and go',
  duration: 90,
  peers: { maxLinks: 4, reportInterval: 10, crash: 0.3 },
  tracker: { trackTimer: 30 },
  swarms: [
    {
      id: 'film',
      kind: 'vod',
      chunks: 16,
      chunkBytes: 16_384,
      seeds: 1,
      population: { leeches: 15, seeds: 5 },
      arrivals: { process: 'poisson', rate: 0.4 },
      patience: { distribution: 'exponential', mean: 40 },
      seedTime: { distribution: 'exponential', mean: 20 },
    },
  ],
  faults: [{ at: 40, for: 15, kind: 'tracker-down' }],
});

/** A run in so many parts, told to `hear` every second. */
async function told(parts: number, hear: (observations: readonly Observation[]) => void) {
  const events: RunEvent[] = [];
  const log = new LogReader((event) => events.push(event));
  const run = new VirtualRun({
    scenario: SCENARIO,
    watched: true,
    desks: Array.from({ length: parts }, () => new LocalDesk()),
    onLog: (bytes) => log.read(bytes),
  });
  for (let second = 1; second <= SCENARIO.duration; second++) {
    await run.advance({ until: second * SECOND });
    hear(await run.observations(second % 5 === 0));
  }
  return { events, sha: run.eventsSha256() };
}

/** Every list has the number that its request asked for, and is no longer; a SEED says none, and is given nobody. */
function expectAsked(heard: readonly Resolved[]): void {
  let lists = 0;
  for (const { lists: some } of heard)
    some.wanted.forEach((wanted, row) => {
      lists++;
      const size = (some.start[row + 1] ?? 0) - (some.start[row] ?? 0);
      expect(size).toBeLessThanOrEqual(wanted);
      if (size > 0) expect(wanted).toBe(20);
    });
  expect(lists).toBeGreaterThan(10);
}

it.each([1, 2])('tells of a run in %i parts what its log tells', async (parts) => {
  const roll = new Roll({ seed: SCENARIO.seed, swarms: SCENARIO.swarms });
  const heard: Resolved[] = [];
  const course = new Course(roll, (batch) => heard.push(batch));
  let wall = 0;
  const { events } = await told(parts, (observations) => {
    for (const observation of observations) course.tell(observation, wall);
    course.settle(wall);
    wall += 125;
  });
  const of = <Kind extends RunEvent['kind']>(kind: Kind) =>
    events.filter((event): event is Extract<RunEvent, { kind: Kind }> => event.kind === kind);
  const ms = (at: number): number => at / 1000;

  const arrived = of('arrived');
  expect(roll.count).toBe(arrived.length);
  for (const { at, peer, peerId, swarm, edition, asn } of arrived) {
    const row = roll.rowOf(peer) ?? -1;
    expect([roll.arrivedAt(row), roll.peerIdAt(row), roll.swarmAt(row), roll.asnAt(row)]).toEqual([
      ms(at),
      peerId,
      swarm,
      asn,
    ]);
    expect(EDITIONS[roll.editionAt(row)]).toBe(edition);
  }
  const gone = of('departed');
  for (const { at, peer } of gone) expect(roll.departedAt(roll.rowOf(peer) ?? -1)).toBe(ms(at));
  const there = Array.from({ length: roll.count }, (_, row) => roll.departedAt(row)).filter(
    (at) => at === Infinity,
  );
  expect(there.length).toBe(arrived.length - gone.length);
  const seeds = new Set([
    ...arrived.filter(({ mode }) => mode === 'SEED').map(({ peer }) => peer),
    ...of('completed').map(({ peer }) => peer),
  ]);
  for (let row = 0; row < roll.count; row++)
    expect(roll.modeAt(row)).toBe(seeds.has(roll.handleAt(row)) ? 1 : 0);

  const asked = heard.flatMap(({ requests }) =>
    [...requests.took].map((took, row) => [requests.at[row], took]),
  );
  const answered = of('answered');
  expect(asked.length).toBe(answered.length + of('unanswered').length);
  expect(of('unanswered').length).toBeGreaterThan(0);
  const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
  const waited = asked.filter(([, took = 0]) => took < 8000).map(([, took = 0]) => took);
  expect(sum(waited)).toBeCloseTo(sum(answered.map(({ took }) => ms(took))), 0);

  const handed = of('handled').filter(({ listed }) => listed !== undefined);
  const lists = heard.flatMap(({ lists }) =>
    [...lists.asker].map((asker, row) => ({
      at: lists.at[row],
      asker,
      listed: [...lists.listed.subarray(lists.start[row], lists.start[row + 1])],
    })),
  );
  expect(lists).toEqual(
    handed.map(({ at, peer, listed }) => ({ at: ms(at), asker: peer, listed: [...(listed ?? [])] })),
  );
  expectAsked(heard);
  expect(heard.some(({ standing }) => (standing?.peer.length ?? 0) > 0)).toBe(true);
  const steps = heard.flatMap(({ transitions }) => [...transitions.to]);
  expect(new Set(steps).size).toBeGreaterThan(1);
});

it('leaves the log as it is, and is nothing at all in a run that nobody watches', async () => {
  const run = new VirtualRun({ scenario: SCENARIO });
  await run.advance({ until: Infinity });
  expect(await run.observations(true)).toEqual([]);
  const { sha } = await told(1, () => {});
  expect(run.eventsSha256()).toBe(sha);
});

it('answers each view about a swarm on the real clock, whose peers are in two workers', async () => {
  const scenario = { ...FILM, peers: { ...FILM.peers, crash: 0 } };
  const swarm = new MemorySwarm(scenario);
  const observatory = new Observatory({ seed: scenario.seed, swarms: scenario.swarms });
  const roll = new Roll({ seed: scenario.seed, swarms: scenario.swarms });
  const heard: Resolved[] = [];
  const course = new Course(roll, (batch) => heard.push(batch));
  for (let wall = 0; wall < 60_000; wall += 1000) {
    await swarm.run(1);
    for (const observation of swarm.observations()) {
      observatory.tell(structuredClone(observation), wall);
      course.tell(observation, wall);
    }
    expect(observatory.settle(wall)).toBe(true);
    course.settle(wall);
  }
  expectAsked(heard);
  const [there] = swarm.tracker.stats(swarm.now).swarms;
  const modes = Array.from({ length: roll.count }, (_, row) => roll.modeAt(row));
  expect(roll.count).toBe(22);
  expect(modes.filter((mode) => mode === 1).length).toBe(there?.seeds);
  expect(heard.reduce((sum, { requests }) => sum + requests.at.length, 0)).toBe(swarm.requests.length);
  // Whoever is listed has a handle, in whichever worker it is.
  const listed = heard.flatMap(({ lists }) => [...lists.listed]);
  expect(listed.length).toBeGreaterThan(100);
  expect(listed.every((peer) => roll.rowOf(peer) !== undefined)).toBe(true);
  const standing = heard.findLast((batch) => batch.standing !== undefined)?.standing;
  expect([standing?.peer.length, standing?.holders[0]?.chunks.length]).toEqual([22, 64]);
  const time = observatory.answer({
    kind: 'time',
    ask: {
      parts: ['population'],
      range: { latest: Infinity },
      columns: 10,
      swarms: 1,
      availabilityOf: 0,
      progressOf: undefined,
      progressBy: 'run',
    },
  });
  expect(time).toMatchObject({ told: 60_000, population: { swarms: [{ swarm: 0 }] } });
});
