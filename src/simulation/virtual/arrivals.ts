/**
 * Who comes when: each source of peers (the publishers of a swarm, its arrivals, the hostile peers of a fault, ...) has
 * its own dice and counts its own peers; merged in the order of time they give peers their numbers in the log. Every
 * part goes through all of it, for it is cheap, and makes only its own.
 */
import { arrivalTimes, type ArrivalTimes } from '../models/arrivals.ts';
import { Concern, dice, wordOf } from '../models/dice.ts';
import { toMicros } from '../models/distributions.ts';
import type { FaultSpec } from '../scenario/schema.ts';
import { SECOND, type Micros, type PeerIndex, type SwarmIndex } from './events.ts';
import type { Script } from './script.ts';

/** How a peer comes into the run. */
export type Origin =
  /** There from the first moment, to the end. */
  | 'publisher'
  /** There at time 0, somewhere in the middle of its stay. */
  | 'early LEECH'
  | 'early SEED'
  | 'arrival'
  /** By a fault of the scenario. */
  | 'hostile'
  | 'sybil';

/** Whence peers come. What it is called by does not depend on which others the scenario has. */
export interface Source {
  readonly swarm: SwarmIndex;
  readonly origin: Origin;
  /** Index of the fault that they come by. */
  readonly fault?: number;
  /** Of its peers' dice. */
  readonly realm: number;
}

export interface Arrival {
  readonly at: Micros;
  readonly peer: PeerIndex;
  readonly swarm: SwarmIndex;
  readonly origin: Origin;
  readonly fault?: number;
  /** Index into the sources, and the how manieth of that source, from 0. */
  readonly source: number;
  readonly number: number;
}

/** Over which the peers of time 0 come in: each at a time of its own dice, publishers before the others. */
const OPENING = { publishers: 0.1 * SECOND, others: 3.5 * SECOND } as const;

interface Stream extends Source {
  /** Times and numbers, in the order of time. */
  readonly next: () => { readonly at: Micros; readonly number: number };
}

export class ArrivalQueue {
  readonly sources: readonly Source[];
  readonly #duration: Micros;
  readonly #streams: readonly Stream[];
  /** By source: the next one to come. */
  readonly #coming: { readonly at: Micros; readonly number: number }[];
  #next: PeerIndex = 0;
  #first: Arrival | undefined;

  constructor(script: Script) {
    this.#duration = script.duration;
    const realms = new Realms();
    this.#streams = [...swarmStreams(script, realms), ...hostileStreams(script, realms)];
    this.sources = this.#streams;
    this.#coming = this.#streams.map(({ next }) => next());
    this.#draw();
  }

  /** The next to come before the end of the run. */
  get first(): Arrival | undefined {
    return this.#first;
  }

  take(): Arrival | undefined {
    const taken = this.#first;
    if (taken !== undefined) this.#draw();
    return taken;
  }

  #draw(): void {
    let source = 0;
    for (let other = 1; other < this.#coming.length; other++)
      if ((this.#coming[other]?.at ?? Infinity) < (this.#coming[source]?.at ?? Infinity)) source = other;
    const coming = this.#coming[source];
    const stream = this.#streams[source];
    if (coming === undefined || stream === undefined || coming.at >= this.#duration) {
      this.#first = undefined;
      return;
    }
    this.#coming[source] = stream.next();
    const { swarm, origin, fault } = stream;
    const by = fault === undefined ? {} : { fault };
    this.#first = { ...coming, peer: this.#next++, swarm, origin, ...by, source };
  }
}

/** Numbered in the order of time. */
function inOrder(times: ArrivalTimes): Stream['next'] {
  let number = 0;
  return () => ({ at: times(), number: number++ });
}

/** A word for each name; of two names that come to one word the later gets another. */
class Realms {
  readonly #given = new Set<number>();

  of(name: string): number {
    let realm = wordOf(name);
    while (this.#given.has(realm)) realm = (Math.imul(realm, 0x9e3779b1) + 1) | 0;
    this.#given.add(realm);
    return realm;
  }
}

function swarmStreams({ seed, scenario }: Script, realms: Realms): Stream[] {
  const times = new Concern(seed, 'opening');
  return scenario.swarms.flatMap(({ id, seeds, population, arrivals }, swarm) => {
    const early = (origin: Origin, count: number, within: Micros): Stream[] => {
      if (count === 0) return [];
      const realm = realms.of(`${origin} of swarm ${id}`);
      return [
        { swarm, origin, realm, next: opening(count, (number) => within * times.at(number, 0, realm)) },
      ];
    };
    const realm = realms.of(`arrival of swarm ${id}`);
    return [
      ...early('publisher', seeds, OPENING.publishers),
      ...early('early SEED', population.seeds, OPENING.others),
      ...early('early LEECH', population.leeches, OPENING.others),
      {
        ...{ swarm, origin: 'arrival' as const, realm },
        next: inOrder(arrivalTimes(arrivals, dice(seed, 'arrivals', 0, realm))),
      },
    ];
  });
}

/** Each at its own time, whatever how many they are. */
function opening(count: number, timeOf: (number: number) => Micros): Stream['next'] {
  let at = Float64Array.from({ length: count }, (_, number) => Math.floor(timeOf(number)));
  let order = Uint32Array.from({ length: count }, (_, number) => number);
  order.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
  let next = 0;
  return () => {
    const number = order[next++] ?? count;
    const come = { at: at[number] ?? Infinity, number };
    // Who has come needs no room any more.
    if (next === count) [at, order] = [new Float64Array(), new Uint32Array()];
    return come;
  };
}

function hostileStreams({ scenario }: Script, realms: Realms): Stream[] {
  return scenario.faults.flatMap((fault, index) => {
    if (fault.kind !== 'hostile' && fault.kind !== 'sybil') return [];
    const named = fault.kind === 'sybil' ? scenario.swarms.findIndex(({ id }) => id === fault.swarm) : 0;
    let left = fault.peers;
    return [
      {
        ...{ swarm: Math.max(0, named), origin: fault.kind, fault: index },
        realm: realms.of(faultName(scenario.faults, index)),
        next: inOrder(() => (left-- > 0 ? toMicros(fault.at) : Infinity)),
      },
    ];
  });
}

/** What the dice that a fault brings go by: what it is and when, not its place among the others. */
export function faultName(faults: readonly FaultSpec[], index: number): string {
  const nameOf = (fault: FaultSpec): string =>
    `${fault.kind}${fault.kind === 'hostile' ? ` ${fault.behaviour}` : ''} at ${fault.at}`;
  const names = faults.slice(0, index + 1).map(nameOf);
  const name = names.at(-1) ?? '';
  return `${name}, number ${names.filter((other) => other === name).length}`;
}
