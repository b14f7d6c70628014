/**
 * Who is in which state of the tracker's machine, and what moves through it (RFC 7846 §2.3, figure 5), as the peers tell
 * it: now, over the last seconds, and in all; and who they are.
 */
import { DEPARTURES, NO_METHOD, OUTCOMES, PEER_STATES } from '../../simulation/observation.ts';
import type { PeerHandle } from '../../simulation/report.ts';
import type { Directory, Observer, ObserverOf, Resolved } from './observer.ts';
import { RecentSteps } from './recent-steps.ts';
import type { StatesAnswer, StatesAsk, TrackerMachine, Way, Who } from './state-questions.ts';
import { StepCounts } from './step-counts.ts';
import { codeOf, REGISTERED, START, stepOfBelief, stepOfRequest, STEPS, TRACKING } from './steps.ts';

/** Peers told with all that is known of them. */
const NAMED = 200;
/** Handles that any question is answered with. */
const MOST = 20_000;
/** Added to the state of one that vanished while the tracker held it. */
const SILENT = 0x10;
/** In place of a state: not there. */
const AWAY = 0x2f;

/** The tracker has a registration of it. */
const isHeld = (state: number): boolean => state % SILENT === REGISTERED || state % SILENT === TRACKING;

const OK = OUTCOMES.indexOf('ok');
const CRASHED = DEPARTURES.indexOf('crashed');
const MUTE = DEPARTURES.indexOf('silent');
const TRACK_TIMER = codeOf('track timer ran out');
const INIT_TIMER = codeOf('init timer ran out');

class States implements Observer<StatesAsk, StatesAnswer> {
  readonly #directory: Directory;
  readonly #counts = new StepCounts(STEPS.length);
  readonly #recent = new RecentSteps(STEPS.length);
  /** By row: state, with SILENT where it vanished; edition spoken; when that state began; when it was last answered well. */
  #state = new Uint8Array(1024).fill(AWAY);
  #edition = new Uint8Array(1024);
  #since = new Float64Array(1024);
  #heard = new Float64Array(1024);
  #at = 0;
  #tracker: TrackerMachine = { held: 0, since: 0, starts: 0, ends: 0 };
  /** Of the batch in hand: the first of each peer's transitions not taken in yet, and after each the next or -1. */
  readonly #first = new Map<PeerHandle, number>();
  #next = new Int32Array(64);

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  take(batch: Resolved): void {
    this.#grow(this.#directory.count);
    const { arrivals, departures } = batch;
    for (const [i, peer] of arrivals.peer.entries()) {
      const row = this.#directory.rowOf(peer);
      if (row === undefined) continue;
      this.#edition[row] = arrivals.edition[i] ?? 0;
      this.#enter(row, START, arrivals.at[i] ?? 0);
    }
    this.#ways(batch);
    for (const [i, peer] of departures.peer.entries()) {
      const row = this.#directory.rowOf(peer);
      // It may have come again since.
      if (row !== undefined && (departures.at[i] ?? 0) >= this.#directory.arrivedAt(row))
        this.#depart(row, departures.how[i] ?? 0, departures.at[i] ?? 0);
    }
    this.#at = Math.max(this.#at, batch.at);
  }

  answer(ask: StatesAsk): StatesAnswer {
    this.#expire(ask);
    const states = PEER_STATES.length;
    const answer = {
      at: this.#at,
      present: new Uint32Array(states),
      silent: new Uint32Array(states),
      ...this.#counts.sums(this.#at, ask.swarm, ask.edition),
      tracker: this.#tracker,
    };
    for (let row = 0; row < this.#directory.count; row++) {
      const state = this.#state[row] ?? AWAY;
      if (state === AWAY || !this.#isMeant(row, ask)) continue;
      const counts = state >= SILENT ? answer.silent : answer.present;
      counts[state % SILENT] = (counts[state % SILENT] ?? 0) + 1;
    }
    return ask.who === undefined ? answer : { ...answer, who: this.#who(ask, ask.who) };
  }

  #isMeant(row: number, { swarm, edition }: StatesAsk): boolean {
    return (
      (swarm === undefined || swarm === this.#directory.swarmAt(row)) &&
      (edition === undefined || edition === this.#edition[row])
    );
  }

  /** Requests, and what was believed after them, each peer's in order of time. */
  #ways({ requests, transitions }: Resolved): void {
    this.#lineUp(transitions);
    for (const [i, peer] of requests.peer.entries()) {
      const row = this.#directory.rowOf(peer);
      if (row === undefined) continue;
      const [at, method, outcome] = [requests.at[i] ?? 0, requests.method[i] ?? 0, requests.outcome[i] ?? 0];
      let told = this.#first.get(peer);
      while (told !== undefined && (transitions.at[told] ?? 0) < at)
        told = this.#believe(row, transitions, told);
      if (told !== undefined && transitions.at[told] === at && transitions.by[told] === method)
        this.#believe(row, transitions, told, outcome);
      else this.#count(row, stepOfRequest(this.#state[row] ?? AWAY, method, outcome), at);
      // RFC 7846 §2.3.1: every valid request starts the track timer anew.
      if (outcome === OK) this.#heard[row] = at;
    }
    for (const [peer, first] of [...this.#first]) {
      const row = this.#directory.rowOf(peer);
      if (row === undefined) continue;
      let told: number | undefined = first;
      while (told !== undefined) told = this.#believe(row, transitions, told);
    }
  }

  #lineUp({ peer }: Resolved['transitions']): void {
    this.#first.clear();
    if (this.#next.length < peer.length) this.#next = new Int32Array(peer.length * 2);
    for (let i = peer.length - 1; i >= 0; i--) {
      this.#next[i] = this.#first.get(peer[i] ?? 0) ?? -1;
      this.#first.set(peer[i] ?? 0, i);
    }
  }

  /** Takes in the transition at `index`, with the outcome of the request it came with; returns the peer's next. */
  #believe(
    row: number,
    transitions: Resolved['transitions'],
    index: number,
    outcome = transitions.by[index] === NO_METHOD ? undefined : OK,
  ): number | undefined {
    const [at, to, by] = [transitions.at[index] ?? 0, transitions.to[index] ?? 0, transitions.by[index] ?? 0];
    this.#edition[row] = transitions.edition[index] ?? 0;
    const went = stepOfBelief(this.#state[row] ?? AWAY, to, by, outcome);
    if (went !== undefined) {
      this.#count(row, went.step, at);
      if (went.to !== this.#state[row]) this.#enter(row, went.to, at);
    }
    const peer = transitions.peer[index] ?? 0;
    const next = this.#next[index] ?? -1;
    if (next < 0) this.#first.delete(peer);
    else this.#first.set(peer, next);
    return next < 0 ? undefined : next;
  }

  #count(row: number, step: number | undefined, at: number): void {
    if (step === undefined) return;
    const edition = this.#edition[row] ?? 0;
    this.#counts.add(this.#directory.swarmAt(row), edition, step, at);
    this.#recent.add(edition, step, row, at);
  }

  #enter(row: number, state: number, at: number): void {
    this.#put(row, state, at);
    this.#since[row] = at;
    this.#heard[row] = Math.max(this.#heard[row] ?? 0, at);
  }

  #put(row: number, state: number, at: number): void {
    const [before, after] = [isHeld(this.#state[row] ?? AWAY), isHeld(state)];
    this.#state[row] = state;
    if (before === after) return;
    const { held, since, starts, ends } = this.#tracker;
    if (after)
      this.#tracker = {
        held: held + 1,
        since: held === 0 ? at : since,
        starts: starts + (held === 0 ? 1 : 0),
        ends,
      };
    else
      this.#tracker = {
        held: held - 1,
        since: held === 1 ? at : since,
        starts,
        ends: ends + (held === 1 ? 1 : 0),
      };
  }

  #depart(row: number, how: number, at: number): void {
    const state = this.#state[row] ?? AWAY;
    if (isHeld(state) && (how === CRASHED || how === MUTE)) {
      this.#put(row, state + SILENT, at);
      this.#since[row] = at;
    } else this.#put(row, AWAY, at);
  }

  /** The tracker has ended the registrations of those that have been silent for longer than its timers. */
  #expire({ trackTimer = Infinity, initTimer = Infinity }: StatesAsk): void {
    for (let row = 0; row < this.#directory.count; row++) {
      const state = this.#state[row] ?? AWAY;
      if (state < SILENT || state === AWAY) continue;
      const tracking = state === SILENT + TRACKING;
      const due = (this.#heard[row] ?? 0) + (tracking ? trackTimer : initTimer);
      if (due > this.#at) continue;
      this.#count(row, tracking ? TRACK_TIMER : INIT_TIMER, due);
      this.#put(row, AWAY, due);
    }
  }

  #who(ask: StatesAsk, who: NonNullable<StatesAsk['who']>): Who {
    const { rows, since, total } =
      'state' in who ? this.#inState(ask, who.state) : this.#wentWays(ask, who.ways);
    const most = Math.min(MOST, ask.most ?? NAMED);
    const directory = this.#directory;
    const kept = rows.slice(0, most);
    return {
      total,
      handles: Uint32Array.from(kept, (row) => directory.handleAt(row)),
      first: kept.slice(0, NAMED).map((row, place) => ({
        peer: directory.handleAt(row),
        peerId: directory.peerIdAt(row),
        swarm: directory.swarmAt(row),
        edition: this.#edition[row] ?? 0,
        since: since[place] ?? 0,
        gone: (this.#state[row] ?? AWAY) >= SILENT,
      })),
    };
  }

  #inState(ask: StatesAsk, wanted: number): Found {
    const rows: number[] = [];
    for (let row = 0; row < this.#directory.count; row++)
      if ((this.#state[row] ?? AWAY) % SILENT === wanted && this.#isMeant(row, ask)) rows.push(row);
    rows.sort((a, b) => (this.#since[b] ?? 0) - (this.#since[a] ?? 0));
    return { rows, since: rows.map((row) => this.#since[row] ?? 0), total: rows.length };
  }

  #wentWays(ask: StatesAsk, ways: readonly Way[]): Found {
    const meant = ways.filter(({ edition }) => ask.edition === undefined || edition === ask.edition);
    const { rows, since } = this.#recent.latest(
      meant,
      (row) => ask.swarm === undefined || ask.swarm === this.#directory.swarmAt(row),
    );
    return { rows, since, total: this.#counts.total(meant, ask.swarm) };
  }

  #grow(rows: number): void {
    if (rows <= this.#state.length) return;
    const size = 2 ** Math.ceil(Math.log2(rows));
    const state = new Uint8Array(size).fill(AWAY);
    state.set(this.#state);
    this.#state = state;
    this.#edition = grown(new Uint8Array(size), this.#edition);
    this.#since = grown(new Float64Array(size), this.#since);
    this.#heard = grown(new Float64Array(size), this.#heard);
  }
}

interface Found {
  readonly rows: readonly number[];
  readonly since: readonly number[];
  readonly total: number;
}

function grown<Column extends { set(from: Column): void }>(column: Column, before: Column): Column {
  column.set(before);
  return column;
}

export const observeStates: ObserverOf<StatesAsk, StatesAnswer> = (directory) => new States(directory);
