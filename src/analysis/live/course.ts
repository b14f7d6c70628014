/** What the sources of a run tell, on its way to those who watch: in order, with everybody by their handles. */
import { DEPARTURES, NOBODY, type Observation } from '../../simulation/observation.ts';
import { HANDLES_PER_WORKER } from '../../simulation/report.ts';
import { together } from './batch.ts';
import type { Roll } from './directory.ts';
import { Names } from './names.ts';
import type { Resolved } from './observer.ts';
import { Standings } from './standings.ts';
import { Watermark, type Gone } from './watermark.ts';

/** Milliseconds by the wall clock that a list waits for somebody whom it names, and nobody has told of. */
const PATIENCE = 1500;
/** Less than any two times differ by: milliseconds. */
const MOMENT = 0.001;
const CRASHED = DEPARTURES.indexOf('crashed');

interface Waiting {
  readonly names: readonly string[];
  /** Milliseconds since the run began: of the first list of the batch. */
  readonly at: number;
  /** By the wall clock. */
  readonly since: number;
}

export class Course {
  readonly #roll: Roll;
  readonly #hear: (batch: Resolved) => void;
  readonly #watermark = new Watermark();
  readonly #standings = new Standings();
  /** Undefined as long as lists name nobody. */
  #names: Names | undefined;
  #waiting: Waiting[] = [];

  /** `hear`: takes each batch; by then the roll has what it says of peers. */
  constructor(roll: Roll, hear: (batch: Resolved) => void) {
    this.#roll = roll;
    this.#hear = hear;
  }

  /** A source is there, which has not told anything yet. `now`: milliseconds by the wall clock, here as below. */
  join(source: number, now: number): void {
    this.#watermark.join(source, now);
  }

  /** It died, and its peers with it. */
  lose(source: number): void {
    this.#watermark.lose(source);
  }

  tell(observation: Observation, now: number): void {
    this.#watermark.tell(observation, now);
    const { names, at } = observation.lists;
    if (names === undefined) return this.#names?.learn(observation);
    const known = (this.#names ??= this.#namesSoFar());
    known.learn(observation);
    const missing = known.missing(names);
    const [first] = at;
    if (missing.length > 0 && first !== undefined)
      this.#waiting.push({ names: missing, at: first, since: now });
  }

  /** Passes on what is known by now; true when there is anything new. */
  settle(now: number): boolean {
    const since = this.#watermark.passed;
    const parts = this.#watermark.advance(now, this.#patience(now));
    if (parts !== undefined)
      this.#pass(together(parts, { since, at: this.#watermark.passed }, this.#handlesOf), now);
    const gone = this.#watermark.takeGone();
    for (const one of gone) this.#bury(one);
    return parts !== undefined || gone.length > 0;
  }

  #pass(batch: Resolved, now: number): void {
    for (const { source, standing } of this.#watermark.pass())
      if (standing !== undefined) this.#standings.set(source, standing, now);
    const standing = this.#standings.take(now);
    const gaps = this.#watermark.takeGaps();
    this.#hand({ ...batch, ...(standing && { standing }), ...(gaps.length > 0 && { gaps }) });
  }

  #hand(batch: Resolved): void {
    const { arrivals, departures, turns } = batch;
    for (let row = 0; row < arrivals.at.length; row++)
      this.#roll.arrive({
        at: arrivals.at[row] ?? 0,
        peer: arrivals.peer[row] ?? 0,
        peerId: arrivals.peerIds[row] ?? '',
        swarm: arrivals.swarm[row] ?? 0,
        edition: arrivals.edition[row] ?? 0,
        asn: arrivals.asn[row] ?? 0,
        mode: arrivals.mode[row] ?? 0,
      });
    for (let row = 0; row < departures.at.length; row++)
      this.#roll.depart(departures.peer[row] ?? 0, departures.at[row] ?? 0);
    for (let row = 0; row < turns.at.length; row++)
      this.#roll.turn(turns.peer[row] ?? 0, turns.mode[row] ?? 0);
    this.#hear(batch);
  }

  /** Its peers went with it, at a time that nobody knows: by now at the latest. */
  #bury({ source, at: until }: Gone): void {
    this.#standings.drop(source);
    const roll = this.#roll;
    const dead: number[] = [];
    for (let row = 0; row < roll.count; row++) {
      const peer = roll.handleAt(row);
      const isIts = Math.floor(peer / HANDLES_PER_WORKER) === source && roll.arrivedAt(row) <= until;
      if (isIts && roll.departedAt(row) === Infinity) dead.push(peer);
    }
    const { passed: at } = this.#watermark;
    this.#hand({
      ...together([], { since: at, at }, this.#handlesOf),
      departures: {
        at: new Float64Array(dead.length).fill(at),
        peer: Uint32Array.from(dead),
        how: new Uint8Array(dead.length).fill(CRASHED),
      },
    });
  }

  readonly #handlesOf = (names: readonly string[], swarm: number): Uint32Array =>
    this.#names?.handlesOf(names, swarm) ?? new Uint32Array(names.length).fill(NOBODY);

  /** How far to go: not beyond a list that names somebody who may yet be told of. */
  #patience(now: number): number {
    const waiting = this.#waiting.flatMap((one) => {
      const names = this.#names?.missing(one.names) ?? [];
      if (names.length === 0) return [];
      if (now - one.since < PATIENCE) return [{ ...one, names }];
      this.#names?.giveUp(names);
      return [];
    });
    this.#waiting = waiting;
    return waiting.reduce((least, { at }) => Math.min(least, at - MOMENT), Infinity);
  }

  /** Of all who have come before lists began to name anybody. */
  #namesSoFar(): Names {
    const names = new Names();
    for (let row = 0; row < this.#roll.count; row++)
      names.add(this.#roll.peerIdAt(row), this.#roll.handleAt(row), this.#roll.swarmAt(row));
    for (const observation of this.#watermark.pending) names.learn(observation);
    return names;
  }
}
