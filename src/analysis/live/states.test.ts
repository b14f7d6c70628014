import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EDITIONS, METHODS, type EditionId, type Method } from '../../protocol/message.ts';
import { DEPARTURES, NO_METHOD, OUTCOMES, PEER_STATES, type Outcome } from '../../simulation/observation.ts';
import type { Directory, Resolved } from './observer.ts';
import type { StatesAnswer, StatesAsk } from './state-questions.ts';
import { observeStates } from './states.ts';
import { codeOf, STEPS, type Step } from './steps.ts';

type StateName = (typeof PEER_STATES)[number];

/** A run told by hand: what happens is written down, then told in one batch or several. */
class Told {
  readonly #rows: { handle: number; swarm: number; edition: number; at: number; gone: number }[] = [];
  readonly #arrivals: [at: number, peer: number, swarm: number, edition: number][] = [];
  readonly #departures: [at: number, peer: number, how: number][] = [];
  readonly #requests: [at: number, peer: number, method: number, outcome: number][] = [];
  readonly #moves: [at: number, peer: number, edition: number, from: number, to: number, by: number][] = [];

  come(at: number, peer: number, edition: EditionId = 'rfc7846', swarm = 0): this {
    const code = EDITIONS.indexOf(edition);
    this.#arrivals.push([at, peer, swarm, code]);
    this.#rows.push({ handle: peer, swarm, edition: code, at, gone: Infinity });
    return this;
  }
  go(at: number, peer: number, how: (typeof DEPARTURES)[number]): this {
    this.#departures.push([at, peer, DEPARTURES.indexOf(how)]);
    return this;
  }
  ask(at: number, peer: number, method: Method, outcome: Outcome = 'ok'): this {
    this.#requests.push([at, peer, METHODS.indexOf(method), OUTCOMES.indexOf(outcome)]);
    return this;
  }
  move(at: number, peer: number, way: readonly [StateName, StateName], by: Method | undefined): this {
    const edition = this.#rows.find(({ handle }) => handle === peer)?.edition ?? 0;
    const [from, to] = [PEER_STATES.indexOf(way[0]), PEER_STATES.indexOf(way[1])];
    this.#moves.push([at, peer, edition, from, to, by === undefined ? NO_METHOD : METHODS.indexOf(by)]);
    return this;
  }

  /** Both at once: a request, and what its answer made the peer believe. */
  step(
    at: number,
    peer: number,
    way: readonly [StateName, StateName],
    by: Method,
    outcome: Outcome = 'ok',
  ): this {
    return this.ask(at, peer, by, outcome).move(at, peer, way, by);
  }

  get directory(): Directory {
    const rows = this.#rows;
    const at = (row: number) => rows[row] ?? { handle: 0, swarm: 0, edition: 0, at: 0, gone: 0 };
    return {
      run: { seed: 1, swarms: [] },
      rowOf: (peer) => {
        const row = rows.findIndex(({ handle }) => handle === peer);
        return row < 0 ? undefined : row;
      },
      count: rows.length,
      handleAt: (row) => at(row).handle,
      peerIdAt: (row) => `peer-${at(row).handle}`,
      swarmAt: (row) => at(row).swarm,
      editionAt: (row) => at(row).edition,
      asnAt: () => 0,
      arrivedAt: (row) => at(row).at,
      departedAt: (row) => at(row).gone,
      modeAt: () => 0,
    };
  }

  batch(from: number, to: number): Resolved {
    const within = <Row extends readonly number[]>(rows: Row[]): Row[] =>
      rows.filter(([at = 0]) => at >= from && at < to).sort(([a = 0], [b = 0]) => a - b);
    const [a, d, r, m] = [
      within(this.#arrivals),
      within(this.#departures),
      within(this.#requests),
      within(this.#moves),
    ];
    return {
      at: to,
      arrivals: {
        at: Float64Array.from(a, ([at]) => at),
        peer: Uint32Array.from(a, ([, peer]) => peer),
        swarm: Uint16Array.from(a, ([, , swarm]) => swarm),
        edition: Uint8Array.from(a, ([, , , edition]) => edition),
        mode: new Uint8Array(a.length),
        asn: new Uint32Array(a.length),
        peerIds: a.map(([, peer]) => `peer-${peer}`),
      },
      departures: {
        at: Float64Array.from(d, ([at]) => at),
        peer: Uint32Array.from(d, ([, peer]) => peer),
        how: Uint8Array.from(d, ([, , how]) => how),
      },
      turns: { at: new Float64Array(), peer: new Uint32Array(), mode: new Uint8Array() },
      requests: {
        at: Float64Array.from(r, ([at]) => at),
        peer: Uint32Array.from(r, ([, peer]) => peer),
        swarm: new Uint16Array(r.length),
        method: Uint8Array.from(r, ([, , method]) => method),
        outcome: Uint8Array.from(r, ([, , , outcome]) => outcome),
        took: new Float32Array(r.length),
      },
      lists: {
        at: new Float64Array(),
        asker: new Uint32Array(),
        swarm: new Uint16Array(),
        method: new Uint8Array(),
        wanted: new Uint8Array(),
        start: new Uint32Array(1),
        listed: new Uint32Array(),
      },
      listsOmitted: 0,
      transitions: {
        at: Float64Array.from(m, ([at]) => at),
        peer: Uint32Array.from(m, ([, peer]) => peer),
        edition: Uint8Array.from(m, ([, , edition]) => edition),
        from: Uint8Array.from(m, ([, , , from]) => from),
        to: Uint8Array.from(m, ([, , , , to]) => to),
        by: Uint8Array.from(m, ([, , , , , by]) => by),
      },
    };
  }

  answer(ask: StatesAsk = {}, cuts: readonly number[] = []): StatesAnswer {
    const observer = observeStates(this.directory);
    const ends = [...cuts].sort((a, b) => a - b).concat(1e6);
    let from = 0;
    for (const to of ends) {
      observer.take(this.batch(from, to));
      from = to;
    }
    return observer.answer(ask);
  }
}

const counted = ({ steps }: StatesAnswer): Partial<Record<Step, number>> => {
  const sums: Partial<Record<Step, number>> = {};
  for (const [place, count] of steps.entries()) {
    const step = STEPS[place % STEPS.length];
    if (count > 0 && step !== undefined) sums[step] = (sums[step] ?? 0) + count;
  }
  return sums;
};
const inState = ({ present }: StatesAnswer, name: StateName): number =>
  present[PEER_STATES.indexOf(name)] ?? 0;

const life = (): Told =>
  new Told()
    .come(0, 7)
    .step(50, 7, ['START', 'TRACKING'], 'CONNECT')
    .ask(1000, 7, 'STAT_REPORT')
    .ask(2000, 7, 'FIND')
    .step(3000, 7, ['TRACKING', 'START'], 'CONNECT')
    .step(3050, 7, ['START', 'TRACKING'], 'CONNECT')
    .step(9000, 7, ['TRACKING', 'TERMINATE'], 'CONNECT')
    .go(9000, 7, 'left');

describe('steps of one peer', () => {
  test('a whole life: comes, reports, asks anew, becomes SEED by two requests, leaves', () => {
    expect(counted(life().answer())).toEqual({
      'registers and joins': 2,
      'STAT_REPORT while TRACKING': 1,
      'FIND while TRACKING': 1,
      'leaves the last swarm': 2,
    });
    expect([...life().answer().present]).toEqual([0, 0, 0, 0]);
  });

  test('it is the same in whatever batches it is told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 6 }), (cuts) => {
        expect(counted(life().answer({}, cuts))).toEqual(counted(life().answer()));
      }),
    );
  });

  test('a gu-04 peer that left its last swarm is TRACKING to the tracker until it disconnects', () => {
    const told = new Told()
      .come(0, 1, 'gu-04')
      .step(10, 1, ['START', 'PEER REGISTERED'], 'CONNECT')
      .step(20, 1, ['PEER REGISTERED', 'TRACKING'], 'JOIN')
      .step(30, 1, ['TRACKING', 'PEER REGISTERED'], 'LEAVE');
    expect(inState(told.answer(), 'TRACKING')).toBe(1);
    expect(counted(told.answer())).toEqual({ registers: 1, joins: 1, 'LEAVE while TRACKING': 1 });
    told.step(40, 1, ['PEER REGISTERED', 'TERMINATE'], 'DISCONNECT');
    expect(counted(told.answer())).toMatchObject({ disconnects: 1 });
    expect(inState(told.answer(), 'TRACKING')).toBe(0);
  });

  test('what a peer cannot know has names of its own', () => {
    const told = new Told()
      .come(0, 1)
      .ask(10, 1, 'CONNECT', 'forbidden')
      .step(20, 1, ['START', 'TRACKING'], 'CONNECT')
      .step(30, 1, ['TRACKING', 'START'], 'STAT_REPORT', 'forbidden')
      .step(40, 1, ['START', 'TRACKING'], 'CONNECT')
      .ask(50, 1, 'CONNECT', 'timeout')
      .move(60, 1, ['TRACKING', 'TERMINATE'], undefined)
      .come(0, 2)
      .move(70, 2, ['START', 'TRACKING'], undefined)
      .come(0, 3)
      .move(80, 3, ['START', 'TERMINATE'], undefined);
    expect(counted(told.answer())).toEqual({
      'is refused at START': 1,
      'registers and joins': 2,
      'is refused while TRACKING': 1,
      'has no answer': 1,
      'gives up its farewell': 1,
      'may be registered': 1,
      'is gone before it registered': 1,
    });
  });

  test('errors that pass and a search that finds nobody leave the state', () => {
    const told = new Told()
      .come(0, 1, 'gu-04')
      .step(10, 1, ['START', 'PEER REGISTERED'], 'CONNECT')
      .ask(15, 1, 'JOIN', 'overloaded')
      .step(20, 1, ['PEER REGISTERED', 'TRACKING'], 'JOIN')
      .ask(30, 1, 'FIND_CHUNK', 'not-found');
    expect(counted(told.answer())).toEqual({
      registers: 1,
      'is sent away for now': 1,
      joins: 1,
      'finds nobody': 1,
    });
  });
});

describe('peers together', () => {
  const crashed = (): Told =>
    new Told()
      .come(0, 1)
      .step(1000, 1, ['START', 'TRACKING'], 'CONNECT')
      .ask(20_000, 1, 'STAT_REPORT')
      .go(50_000, 1, 'crashed')
      .come(0, 2, 'base-1.0', 1)
      .step(500, 2, ['START', 'TRACKING'], 'CONNECT');

  test('one that vanished stays with the tracker until the track timer has run out', () => {
    const silent = crashed().answer();
    expect([inState(silent, 'TRACKING'), silent.silent[2]]).toEqual([1, 1]);
    // The clock stands at 1,000 s; it was heard last at 20 s.
    const soon = crashed().answer({ trackTimer: 979_000 + 2000 });
    expect(soon.silent[2]).toBe(1);
    const later = crashed().answer({ trackTimer: 90_000 });
    expect(later.silent[2]).toBe(0);
    expect(counted(later)).toMatchObject({ 'track timer ran out': 1 });
    expect(later.tracker).toEqual({ held: 1, since: 500, starts: 1, ends: 0 });
  });

  test('a swarm or an edition alone', () => {
    expect(inState(crashed().answer({ swarm: 1 }), 'TRACKING')).toBe(1);
    expect(inState(crashed().answer({ edition: 0 }), 'TRACKING')).toBe(0);
    expect(counted(crashed().answer({ edition: 2 }))).toEqual({ 'registers and joins': 1 });
    expect(counted(crashed().answer({ swarm: 0, edition: 2 }))).toEqual({});
  });

  test('the tracker starts with the first registration and ends with the last', () => {
    expect(life().answer().tracker).toEqual({ held: 0, since: 9000, starts: 2, ends: 2 });
  });

  test('rates are over the last ten seconds', () => {
    const told = new Told().come(0, 1).step(10, 1, ['START', 'TRACKING'], 'CONNECT');
    for (let at = 980_500; at < 1_000_000; at += 500) told.ask(at, 1, 'FIND');
    const { rates } = told.answer();
    expect(rates[codeOf('FIND while TRACKING')]).toBeCloseTo(2, 0);
    expect(rates[codeOf('registers and joins')]).toBe(0);
  });

  test('who is in a state, and who went a way', () => {
    const told = crashed().come(0, 9).step(700, 9, ['START', 'TRACKING'], 'CONNECT');
    const state = told.answer({ who: { state: 2 } }).who;
    expect(state?.total).toBe(3);
    expect(state?.first.map(({ peer, since, gone }) => [peer, since, gone])).toEqual([
      [1, 50_000, true],
      [9, 700, false],
      [2, 500, false],
    ]);
    const step = codeOf('registers and joins');
    const ways = [0, 1, 2, 3].map((edition) => ({ edition, step }));
    const went = told.answer({ who: { ways }, swarm: 0, most: 1 }).who;
    expect([went?.total, ...(went?.handles ?? [])]).toEqual([2, 1]);
    expect(went?.first[0]?.peerId).toBe('peer-1');
  });

  test('a peer that comes again after it was given up is there again', () => {
    const told = new Told().come(0, 1).step(10, 1, ['START', 'TRACKING'], 'CONNECT').go(20, 1, 'left');
    expect(inState(told.answer(), 'TRACKING')).toBe(0);
    told.come(30, 1).step(40, 1, ['START', 'TRACKING'], 'CONNECT');
    expect(inState(told.answer({}, [25]), 'TRACKING')).toBe(1);
  });
});
