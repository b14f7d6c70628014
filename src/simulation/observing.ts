/**
 * Gathers what a watcher of a whole run is told (`observation.ts`), row by row, until somebody takes it. Lists are thinned
 * out evenly when there are too many of them; when nobody takes anything for very long, nothing is gathered any more.
 */
import { EDITIONS, METHODS, type EditionId, type Method } from '../protocol/message.ts';
import type { PeerState as RegistrationState } from '../protocol/rules.ts';
import type { PeerEvent } from '../peer/state.ts';
import type { BareResult } from './exchange-log.ts';
import { GrowingBytes, GrowingFloats, GrowingLongs, GrowingTimes, GrowingWords } from './growing.ts';
import {
  DEPARTURES,
  NO_METHOD,
  OUTCOMES,
  PEER_STATES,
  type Observation,
  type Outcome,
} from './observation.ts';
import type { PeerHandle } from './report.ts';

/** Entries of lists in one batch; of more lists every other one is left out, or more. */
const MOST_LISTED = 1 << 16;
/** A byte holds no more; trackers cap what is asked for far below. */
const MOST_WANTED = 255;
/** Rows that wait to be taken, some 25 bytes each: whoever lets so many wait is not there any more. */
const MOST_ROWS = 4_000_000;

export interface ObservingLimits {
  readonly listed: number;
  readonly rows: number;
}

export interface ArrivalFacts {
  readonly peer: PeerHandle;
  readonly peerId: string;
  readonly swarm: number;
  readonly edition: EditionId;
  readonly seed: boolean;
  /** Autonomous system; undefined: none is known. */
  readonly asn: number | undefined;
}

export interface RequestFacts {
  readonly peer: PeerHandle;
  readonly swarm: number;
  readonly method: Method;
  readonly outcome: Outcome;
  /** Milliseconds. */
  readonly took: number;
}

export interface ListFacts {
  readonly asker: PeerHandle;
  readonly swarm: number;
  readonly method: Method;
  /** Peers asked for; undefined: the request did not say. */
  readonly wanted: number | undefined;
}

export class Observing {
  readonly #limits: ObservingLimits;
  #rows = 0;
  #deaf = false;
  /** Of the latest row of all. */
  #latest = -Infinity;
  #disorderly = false;
  readonly #arrivals = {
    at: new GrowingTimes(),
    peer: new GrowingLongs(),
    swarm: new GrowingWords(),
    edition: new GrowingBytes(),
    mode: new GrowingBytes(),
    asn: new GrowingLongs(),
  };
  #peerIds: string[] = [];
  readonly #departures = { at: new GrowingTimes(), peer: new GrowingLongs(), how: new GrowingBytes() };
  readonly #turns = { at: new GrowingTimes(), peer: new GrowingLongs(), mode: new GrowingBytes() };
  readonly #requests = {
    at: new GrowingTimes(),
    peer: new GrowingLongs(),
    swarm: new GrowingWords(),
    method: new GrowingBytes(),
    outcome: new GrowingBytes(),
    took: new GrowingFloats(),
  };
  readonly #lists;
  readonly #transitions = {
    at: new GrowingTimes(),
    peer: new GrowingLongs(),
    edition: new GrowingBytes(),
    from: new GrowingBytes(),
    to: new GrowingBytes(),
    by: new GrowingBytes(),
  };

  constructor(limits: ObservingLimits = { listed: MOST_LISTED, rows: MOST_ROWS }) {
    this.#limits = limits;
    this.#lists = new GrowingLists(limits.listed);
  }

  /** Too much has waited for too long: nothing is gathered or told from here on. */
  get deaf(): boolean {
    return this.#deaf;
  }

  arrived(at: number, { peer, peerId, swarm, edition, seed, asn = 0 }: ArrivalFacts): void {
    if (!this.#room(at)) return;
    const table = this.#arrivals;
    table.at.push(at);
    table.peer.push(peer);
    table.swarm.push(swarm);
    table.edition.push(EDITIONS.indexOf(edition));
    table.mode.push(seed ? 1 : 0);
    table.asn.push(asn);
    this.#peerIds.push(peerId);
  }

  departed(at: number, peer: PeerHandle, how: (typeof DEPARTURES)[number]): void {
    if (!this.#room(at)) return;
    const table = this.#departures;
    table.at.push(at);
    table.peer.push(peer);
    table.how.push(DEPARTURES.indexOf(how));
  }

  turned(at: number, peer: PeerHandle, seed: boolean): void {
    if (!this.#room(at)) return;
    const table = this.#turns;
    table.at.push(at);
    table.peer.push(peer);
    table.mode.push(seed ? 1 : 0);
  }

  /** A request has ended. */
  asked(at: number, { peer, swarm, method, outcome, took }: RequestFacts): void {
    if (!this.#room(at)) return;
    const table = this.#requests;
    table.at.push(at);
    table.peer.push(peer);
    table.swarm.push(swarm);
    table.method.push(METHODS.indexOf(method));
    table.outcome.push(OUTCOMES.indexOf(outcome));
    table.took.push(took);
  }

  /** A list of peers by handles. */
  listed(at: number, facts: ListFacts, peers: readonly PeerHandle[]): void {
    if (this.#room(at)) this.#lists.add(at, facts, peers);
  }

  /** The same where only their IDs are known: each list of a source is told in this way, or none is. */
  listedByName(at: number, facts: ListFacts, peers: readonly { readonly peerId: string }[]): void {
    if (this.#room(at)) this.#lists.addNames(at, facts, peers);
  }

  /** The state before and after an event; the same state twice is no transition. */
  stepped(
    at: number,
    peer: PeerHandle,
    edition: EditionId,
    step: {
      readonly from: RegistrationState;
      readonly to: RegistrationState;
      /** The request with whose answer it came; undefined: with none. */
      readonly by: Method | undefined;
    },
  ): void {
    const { from, to, by } = step;
    if (from === to || !this.#room(at)) return;
    const table = this.#transitions;
    table.at.push(at);
    table.peer.push(peer);
    table.edition.push(EDITIONS.indexOf(edition));
    table.from.push(PEER_STATES.indexOf(from));
    table.to.push(PEER_STATES.indexOf(to));
    table.by.push(by === undefined ? NO_METHOD : METHODS.indexOf(by));
  }

  /** Everything since the last time. `at`: everything up to here has been said. */
  take(source: number, at: number, standing?: Observation['standing']): Observation {
    const peerIds = this.#peerIds;
    this.#peerIds = [];
    this.#rows = 0;
    const observation: Observation = {
      source,
      at,
      arrivals: { ...taken(this.#arrivals), peerIds },
      departures: taken(this.#departures),
      turns: taken(this.#turns),
      requests: taken(this.#requests),
      ...this.#lists.take(),
      transitions: taken(this.#transitions),
      ...(standing && { standing }),
    };
    if (this.#disorderly || this.#latest > at) putInOrder(observation);
    this.#latest = -Infinity;
    this.#disorderly = false;
    return observation;
  }

  #room(at: number): boolean {
    if (this.#deaf) return false;
    if (at < this.#latest) this.#disorderly = true;
    else this.#latest = at;
    if (++this.#rows <= this.#limits.rows) return true;
    this.#deaf = true;
    this.take(0, 0);
    return false;
  }
}

type Taken<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends { take(): infer Column } ? Column : never;
};

function taken<Table extends Readonly<Record<string, { take(): unknown }>>>(table: Table): Taken<Table> {
  return Object.fromEntries(
    Object.entries(table).map(([name, column]) => [name, column.take()]),
  ) as Taken<Table>;
}

/** A clock that was halted went on for a moment, and was then set back: what it said meanwhile happened no later than what came after. */
function putInOrder({ at, ...tables }: Observation): void {
  for (const table of Object.values(tables)) {
    if (typeof table !== 'object' || !('at' in table)) continue;
    let latest = at;
    for (let row = table.at.length - 1; row >= 0; row--)
      latest = table.at[row] = Math.min(latest, table.at[row] ?? latest);
  }
}

/** Peer lists, of which there may be more than anyone can look through: the first of every few are kept then. */
class GrowingLists {
  readonly #most: number;
  #at = new GrowingTimes();
  #asker = new GrowingLongs();
  #swarm = new GrowingWords();
  #method = new GrowingBytes();
  #wanted = new GrowingBytes();
  #start = new GrowingLongs();
  #listed = new GrowingLongs();
  /** Place of each name; undefined: lists are told by handles. */
  #names: Map<string, number> | undefined;
  /** One in so many is kept; of so many that there were. */
  #stride = 1;
  #seen = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(at: number, facts: ListFacts, peers: readonly PeerHandle[]): void {
    if (!this.#begin(at, facts)) return;
    this.#listed.append(peers);
    this.#thinOut();
  }

  addNames(at: number, facts: ListFacts, peers: readonly { readonly peerId: string }[]): void {
    const names = (this.#names ??= new Map());
    if (!this.#begin(at, facts)) return;
    for (const { peerId } of peers) {
      let place = names.get(peerId);
      if (place === undefined) names.set(peerId, (place = names.size));
      this.#listed.push(place);
    }
    this.#thinOut();
  }

  take(): Pick<Observation, 'lists' | 'listsOmitted'> {
    this.#start.push(this.#listed.length);
    const listsOmitted = this.#seen - this.#at.length;
    this.#seen = 0;
    this.#stride = 1;
    const names = this.#names;
    if (names !== undefined) this.#names = new Map();
    return {
      lists: {
        at: this.#at.take(),
        asker: this.#asker.take(),
        swarm: this.#swarm.take(),
        method: this.#method.take(),
        wanted: this.#wanted.take(),
        start: this.#start.take(),
        listed: this.#listed.take(),
        ...(names && { names: [...names.keys()] }),
      },
      listsOmitted,
    };
  }

  #begin(at: number, { asker, swarm, method, wanted = 0 }: ListFacts): boolean {
    if (this.#seen++ % this.#stride !== 0) return false;
    this.#at.push(at);
    this.#asker.push(asker);
    this.#swarm.push(swarm);
    this.#method.push(METHODS.indexOf(method));
    this.#wanted.push(Math.min(wanted, MOST_WANTED));
    this.#start.push(this.#listed.length);
    return true;
  }

  /** Every other one goes; those kept are still the first of every so many. */
  #thinOut(): void {
    if (this.#listed.length <= this.#most || this.#at.length < 2) return;
    this.#stride *= 2;
    const entries = this.#listed;
    const count = this.#at.length;
    let filled = 0;
    let kept = 0;
    for (let list = 0; list < count; list += 2, kept++) {
      const from = this.#start.at(list);
      const to = list + 1 < count ? this.#start.at(list + 1) : entries.length;
      entries.move(filled, from, to);
      this.#start.set(kept, filled);
      filled += to - from;
      for (const column of [this.#at, this.#asker, this.#swarm, this.#method, this.#wanted])
        column.set(kept, column.at(list));
    }
    for (const column of [this.#at, this.#asker, this.#swarm, this.#method, this.#wanted, this.#start])
      column.cut(kept);
    entries.cut(filled);
  }
}

/** The request whose answer the event is. */
export const methodOf = (event: PeerEvent): Method | undefined =>
  event.kind === 'answer' ? event.response.method : undefined;

/** How a request ended, in one word. */
export function outcomeOf(result: BareResult, event: PeerEvent): Outcome {
  if (result.kind === 'failed') return result.failure;
  if (event.kind === 'answer' && event.response.outcome === 'failure') return event.response.error;
  return event.kind === 'answer' ? 'ok' : 'unreadable';
}
