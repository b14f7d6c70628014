import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { EDITIONS } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import { EVENTFUL, scenarioOf } from '../../testing/eventful.ts';
import type { Exchange } from '../report.ts';
import type { Scenario } from '../scenario/schema.ts';
import { SECOND, type RunEvent } from './events.ts';
import { eventOf } from './line.ts';
import { LocalDesk } from './port.ts';
import { VirtualRun, type Goal } from './run.ts';

const text = new TextDecoder();
const EVENTS = scenarioOf(EVENTFUL);
/** The first seconds of it. */
const shortened = (duration: number, seed = 7): Scenario =>
  scenarioOf(EVENTFUL, { duration, seed, faults: [], measure: { detail: 'full' } });

/** All the bytes that a run writes. */
class Log {
  bytes = '';
  readonly hash = createHash('sha256');
  readonly onLog = (bytes: Uint8Array): void => {
    this.bytes += text.decode(bytes);
    this.hash.update(bytes);
  };

  get events(): RunEvent[] {
    return this.bytes.trimEnd().split('\n').slice(1).map(eventOf);
  }
}

const parted = (count: number): LocalDesk[] => Array.from({ length: count }, () => new LocalDesk());

async function runThrough(scenario: Scenario, parts = 1, goals: readonly Goal[] = []): Promise<Log> {
  const log = new Log();
  const run = new VirtualRun({ scenario, desks: parted(parts), onLog: log.onLog });
  // One goal after the other is what is tried here.
  for (const goal of goals) await run.advance(goal);
  const { ended, time } = await run.advance({ until: Infinity });
  expect([ended, time]).toEqual([true, scenario.duration * SECOND]);
  expect(run.eventsSha256()).toBe(log.hash.digest('hex'));
  return log;
}

const whole = await runThrough(EVENTS);
const told = whole.events;
const ofKind = <K extends RunEvent['kind']>(kind: K) =>
  told.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);

describe('the same scenario and seed', () => {
  test.each([2, 3, 4])('give the same bytes from %i parts', async (parts) => {
    const log = await runThrough(EVENTS, parts);
    expect(log.bytes === whole.bytes).toBe(true);
  });

  test('give the same bytes however the run is cut, event by event included', async () => {
    const goals: Goal[] = [
      ...Array.from({ length: 40 }, () => ({ events: 1 })),
      { until: 12.345_678 * SECOND },
      { events: 1000 },
      { until: 30 * SECOND },
      { until: 30 * SECOND },
      { events: 7 },
    ];
    const cut = await runThrough(EVENTS, 1, goals);
    expect(cut.bytes === whole.bytes).toBe(true);
    const short = shortened(20);
    const [one, three] = [await runThrough(short), await runThrough(short, 3, goals)];
    expect(three.bytes === one.bytes).toBe(true);
  });

  test('another seed gives another log', async () => {
    const [one, other] = [await runThrough(shortened(10)), await runThrough(shortened(10, 8))];
    expect(one.events).not.toEqual(other.events);
  });

  test('whatever the scenario', async () => {
    const stay = fc.oneof(
      fc.record({
        distribution: fc.constant('exponential' as const),
        mean: fc.double({ min: 1, max: 60, noNaN: true }),
      }),
      fc.record({ distribution: fc.constant('constant' as const), value: fc.integer({ min: 1, max: 30 }) }),
    );
    const scenario = fc.record({
      seed: fc.maxSafeNat(),
      edition: fc.constantFrom('rfc7846', 'base-1.0', 'extended-1.1', 'gu-04', 'mixed'),
      loss: fc.constantFrom(0, 0.1),
      leeches: fc.nat(8),
      rate: fc.double({ min: 0, max: 1, noNaN: true }),
      stay,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      parts: fc.integer({ min: 2, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ seed, edition, loss, leeches, rate, stay, share, parts }) => {
        const made = scenarioOf({
          name: 'drawn',
          seed,
          duration: 25,
          edition: edition,
          network: { loss, latency: { distribution: 'uniform', min: 0, max: 0.05 } },
          peers: { crash: share, reportInterval: 5 },
          measure: { detail: 'full' },
          swarms: [
            {
              id: 'film',
              kind: 'vod',
              chunks: 4,
              chunkBytes: 20_000,
              seeds: 1,
              population: { leeches },
              arrivals: { process: 'poisson', rate },
              patience: stay,
              seedTime: stay,
              return: { share },
            },
          ],
          faults: [
            { kind: 'mass-departure', at: 10, share },
            { kind: 'tracker-restart', at: 12, for: 1 },
          ],
        });
        const [one, several] = [await runThrough(made), await runThrough(made, parts)];
        expect(several.bytes === one.bytes).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
});

describe('the log', () => {
  test('begins with what run it is of', () => {
    const [header = ''] = whole.bytes.split('\n');
    expect(JSON.parse(header)).toEqual({
      format: 'swarmscope-events',
      version: 1,
      scenarioSha256: new VirtualRun({ scenario: EVENTS }).scenarioSha256,
      seed: 7,
      detail: 'full',
    });
  });

  test('is in the order of time, and tells of a peer from its arrival to its departure', () => {
    const here = new Set<number>();
    const gone = new Set<number>();
    let last = 0;
    for (const event of told) {
      expect(event.at).toBeGreaterThanOrEqual(last);
      last = event.at;
      if (!('peer' in event)) continue;
      const { peer, kind } = event;
      if (kind === 'arrived') expect(here.has(peer)).toBe(false);
      if (kind === 'arrived') here.add(peer);
      // What the tracker holds of a peer may outlive it, as may its last request.
      else if (kind !== 'unjoined' && kind !== 'handled' && kind !== 'joined') {
        expect([kind, here.has(peer), gone.has(peer)]).toEqual([kind, true, false]);
        if (kind === 'departed') gone.add(peer);
      }
    }
  });

  test('without chunks is the same but for them', async () => {
    const short = shortened(20);
    const full = await runThrough(short);
    const plain = await runThrough({ ...short, measure: { ...short.measure, detail: 'protocol' } });
    expect(full.events.some(({ kind }) => kind === 'chunk')).toBe(true);
    expect(plain.events).toEqual(full.events.filter(({ kind }) => kind !== 'chunk'));
  });

  test('has the phases where they begin', () => {
    expect(ofKind('phase').map(({ at, phase }) => [at / SECOND, phase])).toEqual([
      [0, 'warm-up'],
      [10, 'measured'],
      [100, 'cool-down'],
    ]);
  });
});

describe('faults', () => {
  test('each begins and ends as an event, at its time', () => {
    const seen = ofKind('fault').map(({ at, fault, what, on }) => [at / SECOND, fault, what, on]);
    const due = EVENTS.faults.flatMap((fault, index) => [
      [fault.at, index, fault.kind, true],
      ...('for' in fault ? [[fault.at + fault.for, index, fault.kind, false]] : []),
    ]);
    const order = (list: readonly unknown[][]) => list.map((entry) => JSON.stringify(entry)).sort();
    expect(order(seen)).toEqual(order(due));
  });

  test('a tracker that is down handles nothing, and forgets only without its state', () => {
    const down = (from: number, to: number) =>
      ofKind('handled').filter(({ at }) => at > from * SECOND && at < to * SECOND).length;
    expect([down(15, 20), down(30, 32), down(40, 42)]).toEqual([0, 0, 0]);
    expect(down(20, 25)).toBeGreaterThan(0);
    expect(ofKind('unanswered').some(({ at }) => at > 15 * SECOND && at < 30 * SECOND)).toBe(true);
    const forgotten = (at: number) =>
      ofKind('unjoined').filter((event) => event.at === at * SECOND && event.reason === 'deregistered')
        .length;
    expect(forgotten(30)).toBeGreaterThan(0);
    expect([forgotten(15), forgotten(40)]).toEqual([0, 0]);
  });

  test('a tracker in trouble answers with what the scenario says', () => {
    const refused = ofKind('handled').filter(({ error }) => error === 'overloaded');
    expect(refused.length).toBeGreaterThan(0);
    for (const { at, status } of refused) {
      expect(status).toBe(503);
      expect(at).toBeGreaterThanOrEqual(45 * SECOND);
      expect(at).toBeLessThan(51 * SECOND);
    }
  });

  test('masses depart at once, and of a dead worker nobody says good-bye', () => {
    const departed = (at: number, how: string) =>
      ofKind('departed').filter((event) => event.at === at * SECOND && event.how === how);
    expect(departed(58, 'crashed').length).toBeGreaterThan(0);
    const killed = departed(65, 'crashed');
    expect(killed.length).toBeGreaterThan(0);
    // About every fourth, and in each life of a viewer the same.
    const alive = ofKind('arrived').filter(({ at }) => at < 65 * SECOND).length;
    expect(killed.length).toBeLessThan(alive / 2);
    const leaving = ofKind('request').filter(({ at }) => at === 55 * SECOND);
    expect(leaving.length).toBeGreaterThan(3);
  });

  test('hostile peers are refused and heard of, and Sybils are listed as SEEDs', () => {
    const hostile = new Set(
      ofKind('arrived')
        .filter(({ behaviour }) => behaviour === 'hostile')
        .map(({ peer }) => peer),
    );
    expect(hostile.size).toBe(10);
    const answers = ofKind('handled').filter(({ peer }) => hostile.has(peer));
    const errors = new Set(answers.map(({ error }) => error));
    expect(errors).toContain('bad-request');
    expect(errors).toContain('unsupported-version');
    expect(errors).toContain('not-found');
    expect(errors).not.toContain('internal');
    const sybils = new Set(
      ofKind('arrived')
        .filter(({ behaviour }) => behaviour === 'sybil')
        .map(({ peer }) => peer),
    );
    expect(sybils.size).toBe(4);
    expect(ofKind('joined').some(({ peer, mode }) => sybils.has(peer) && mode === 'SEED')).toBe(true);
  });

  test('a peer that asks about an unknown swarm is registered when it does', async () => {
    for (const edition of EDITIONS) {
      const scenario = scenarioOf(EVENTFUL, {
        ...{ edition, duration: 40, network: {}, tracker: {}, measure: {} },
        faults: [{ kind: 'hostile', at: 5, for: 30, behaviour: 'unknown-swarm', peers: 1 }],
      });
      const { events } = await runThrough(scenario);
      const hostile = events.find((event) => event.kind === 'arrived' && event.behaviour === 'hostile');
      const peer = hostile !== undefined && 'peer' in hostile ? hostile.peer : -1;
      let registered = false;
      const refused: unknown[] = [];
      for (const event of events) {
        if (!('peer' in event) || event.peer !== peer) continue;
        if (event.kind === 'joined') registered = true;
        if (event.kind !== 'handled' || event.error === undefined) continue;
        refused.push([event.method, event.error, registered]);
        // Some editions end the registration for it: it registers again before it asks again.
        if (RULES[edition].errorWhileTracking === 'terminate') registered = false;
      }
      const { find, unknownSwarm } = RULES[edition];
      expect(refused.length).toBeGreaterThan(10);
      for (const answer of refused)
        expect(answer).toEqual([find ? 'FIND' : 'STAT_REPORT', unknownSwarm, true]);
    }
  });

  test('names that a flooding peer invents are in the log, registered and listed', () => {
    const invented = new Set(ofKind('invented').map(({ as }) => as));
    expect(invented.size).toBeGreaterThan(15);
    expect(invented.size).toBe(ofKind('invented').length);
    const arrived = new Set(ofKind('arrived').map(({ peer }) => peer));
    for (const peer of invented) expect(arrived.has(peer)).toBe(false);
    expect(ofKind('joined').some(({ peer }) => invented.has(peer))).toBe(true);
    expect(ofKind('unjoined').some(({ peer }) => invented.has(peer))).toBe(true);
    expect(ofKind('handled').some(({ listed }) => listed?.some((peer) => invented.has(peer)))).toBe(true);
  });

  test('the network\u2019s losses, doubles, detours and cuts are told', () => {
    const what = new Map<string, number>();
    for (const event of ofKind('network')) what.set(event.what, (what.get(event.what) ?? 0) + 1);
    expect([...what.keys()].sort()).toEqual(['duplicated', 'lost', 'partitioned', 'reordered']);
    const lost = (from: number, to: number) =>
      ofKind('network').filter(
        (event) => event.what === 'lost' && event.at >= from * SECOND && event.at < to * SECOND,
      ).length /
      (to - from);
    expect(lost(75, 80)).toBeGreaterThan(4 * lost(90, 110));
    for (const { at } of ofKind('network').filter((event) => event.what === 'partitioned')) {
      expect(at).toBeGreaterThanOrEqual(85 * SECOND);
      expect(at).toBeLessThan(90 * SECOND);
    }
  });
});

test('arrivals come when the model says, whoever else comes in at the beginning', async () => {
  const times = [0, 0, 0.25, 1, 3, 5];
  const { events } = await runThrough(
    scenarioOf({
      ...{ name: 'on time', duration: 8 },
      swarms: [
        {
          ...{ id: 'film', kind: 'vod', chunks: 4, chunkBytes: 10_000, seeds: 2 },
          ...{ population: { leeches: 30 }, arrivals: { process: 'trace', times } },
        },
      ],
    }),
  );
  const came = events.flatMap((event) => (event.kind === 'arrived' ? [event] : []));
  const at = came.map(({ at }) => at / SECOND);
  for (const time of times) expect(at).toContain(time);
  expect(at.filter((time) => time === 0)).toHaveLength(2);
  const publishers = came.filter(({ mode }) => mode === 'SEED');
  expect(publishers).toHaveLength(2);
  for (const { at } of publishers) expect(at).toBeLessThan(0.1 * SECOND);
});

describe('what peers sent and got', () => {
  const MOST_UNDER_WAY = 12 * 65_536;

  test('is told in every log, and is what the chunks come to', async () => {
    // Of a chunk that the network doubles, loses or holds up the two ends think differently.
    const scenario = scenarioOf(EVENTFUL, { faults: [], network: {} });
    const { events } = await runThrough(scenario);
    const sent = new Map<number, number>();
    const got = new Map<number, number>();
    const bad = new Map<number, number>();
    const add = (to: Map<number, number>, peer: number, bytes: number) =>
      to.set(peer, (to.get(peer) ?? 0) + bytes);
    let checked = 0;
    for (const event of events) {
      if (event.kind === 'chunk') {
        add(sent, event.from, event.bytes);
        add(got, event.peer, event.bytes);
        if (!event.good) add(bad, event.peer, event.bytes);
      }
      if (event.kind !== 'departed' && event.kind !== 'completed' && event.kind !== 'totals') continue;
      const { peer, uploaded = 0, downloaded = 0, polluted = 0 } = event;
      expect([peer, downloaded, polluted]).toEqual([peer, got.get(peer) ?? 0, bad.get(peer) ?? 0]);
      // Chunks on their way count with what has been sent of them.
      const whole = sent.get(peer) ?? 0;
      expect(uploaded).toBeGreaterThanOrEqual(whole - 1);
      expect(uploaded).toBeLessThanOrEqual(whole + MOST_UNDER_WAY);
      if (whole > 0) checked++;
    }
    expect(checked).toBeGreaterThan(20);
    const ends = events
      .flatMap((event) => (event.kind === 'totals' ? [event] : []))
      .map(({ at, edge }) => `${edge} ${at}`);
    expect([...new Set(ends)]).toEqual([`begin ${10 * SECOND}`, `end ${100 * SECOND - 1}`]);
  });
});

test('links that do not come about are told, with the reason', () => {
  const why = new Map<string, number>();
  for (const event of ofKind('unlinked')) why.set(event.why, (why.get(event.why) ?? 0) + 1);
  expect([...why.keys()].sort()).toEqual(['dead', 'nat', 'refused', 'silent']);
  const nats = new Map(ofKind('arrived').map(({ peer, nat }) => [peer, nat]));
  for (const { peer, to, why } of ofKind('unlinked'))
    if (why === 'nat') expect([nats.get(peer), nats.get(to)]).toContain('symmetric');
});

test('viewers come back and switch channels as new peers behind the same NAT', () => {
  const arrived = new Map(ofKind('arrived').map((event) => [event.peer, event]));
  const viewers = [...arrived.keys()].filter((peer) => !ofKind('switched').some(({ to }) => to === peer));
  const switches = ofKind('switched').filter(({ to }) => arrived.has(to));
  expect(switches.length).toBeGreaterThan(3);
  for (const { peer, to } of switches) {
    const [before, after] = [arrived.get(peer), arrived.get(to)];
    expect(after?.swarm).not.toBe(before?.swarm);
    expect([after?.nat, after?.upload, after?.edition]).toEqual([
      before?.nat,
      before?.upload,
      before?.edition,
    ]);
  }
  expect(viewers.length).toBeLessThan(arrived.size);
});

test('nobody waits for ever: a cancelled advance returns, and goes on when asked', async () => {
  const log = new Log();
  const run = new VirtualRun({ scenario: EVENTS, onLog: log.onLog });
  const stopped = await run.advance({ until: Infinity }, () => run.cancel());
  expect(stopped.ended).toBe(false);
  expect((await run.advance({ until: Infinity })).ended).toBe(true);
  expect(log.bytes === whole.bytes).toBe(true);
});

test('who watches sees the peers, their lives and what they say; looking changes nothing', async () => {
  const log = new Log();
  const exchanges: Exchange[] = [];
  const run = new VirtualRun({ scenario: EVENTS, watched: true, desks: parted(2), onLog: log.onLog });
  const born = new Set<number>();
  const received = new Map<number, number>();
  for (let second = 5; second <= 120; second += 5) {
    await run.advance({ until: second * SECOND });
    for (const look of await run.snapshots()) {
      for (const { handle } of look.births) born.add(handle);
      exchanges.push(...look.exchanges);
      for (let at = 0; at < look.handedOut.length; at += 2) {
        const [peer, times] = [look.handedOut[at] ?? 0, look.handedOut[at + 1] ?? 0];
        received.set(peer, (received.get(peer) ?? 0) + times);
      }
      for (const handle of look.peers.handle) expect(born.has(handle)).toBe(true);
      if (second !== 60) continue;
      for (const handle of look.peers.handle) {
        const detail = await run.detail(handle);
        expect(detail?.handle).toBe(handle);
        expect(detail?.history.length).toBeGreaterThan(0);
      }
    }
  }
  expect(born.size).toBe(ofKind('arrived').length);
  // Some answers are lost, and what comes twice counts once.
  const handedOut = new Map<number, number>();
  for (const peer of ofKind('handled').flatMap(({ listed }) => listed ?? []))
    handedOut.set(peer, (handedOut.get(peer) ?? 0) + 1);
  for (const [peer, times] of received) expect(times).toBeLessThanOrEqual(handedOut.get(peer) ?? 0);
  const sum = (counts: Map<number, number>): number =>
    [...counts.values()].reduce((all, one) => all + one, 0);
  expect(sum(received)).toBeGreaterThan(sum(handedOut) * 0.5);
  expect(
    exchanges.some(({ result }) => result.kind === 'answered' && result.responseText.includes('PPSP')),
  ).toBe(true);
  expect(log.bytes === whole.bytes).toBe(true);
});
