/**
 * Who comes when: the arrivals of all swarms, and whoever comes to do harm, in one order, which gives peers their
 * numbers. Every part goes through all of it, for it is cheap, and makes only its own.
 */
import { arrivalTimes, type ArrivalTimes } from '../models/arrivals.ts';
import { dice } from '../models/dice.ts';
import { toMicros } from '../models/distributions.ts';
import { SECOND, type Micros, type PeerIndex, type SwarmIndex } from './events.ts';
import type { Script } from './script.ts';

/** How a peer comes into the run. */
export type Origin =
  /** There from the first second, to the end. */
  | 'publisher'
  /** There at time 0, somewhere in the middle of its stay. */
  | 'early LEECH'
  | 'early SEED'
  | 'arrival'
  /** By a fault of the scenario. */
  | 'hostile'
  | 'sybil';

export interface Arrival {
  readonly at: Micros;
  readonly peer: PeerIndex;
  readonly swarm: SwarmIndex;
  readonly origin: Origin;
  /** Index of the fault that it comes by. */
  readonly fault?: number;
}

type Coming = Omit<Arrival, 'at' | 'peer'>;

/** Over which the peers of time 0 come in. */
const OPENING: Micros = 3.5 * SECOND;

export class ArrivalQueue {
  readonly #duration: Micros;
  readonly #early: readonly Coming[];
  readonly #sources: readonly { readonly next: ArrivalTimes; readonly coming: Coming }[];
  /** By source: when the next one comes. */
  readonly #at: Micros[];
  #next: PeerIndex = 0;
  #first: Arrival | undefined;

  constructor(script: Script) {
    this.#duration = script.duration;
    const { swarms } = script.scenario;
    this.#early = swarms.flatMap(({ seeds, population }, swarm) => [
      ...several(seeds, { swarm, origin: 'publisher' }),
      ...several(population.seeds, { swarm, origin: 'early SEED' }),
      ...several(population.leeches, { swarm, origin: 'early LEECH' }),
    ]);
    this.#sources = [
      ...swarms.map(({ arrivals }, swarm) => ({
        next: arrivalTimes(arrivals, dice(script.seed, 'arrivals', swarm)),
        coming: { swarm, origin: 'arrival' as const },
      })),
      ...hostileSources(script),
    ];
    this.#at = this.#sources.map(({ next }) => next());
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
    const peer = this.#next++;
    const early = this.#early[peer];
    if (early !== undefined) {
      this.#first = { at: Math.floor((OPENING * peer) / this.#early.length), peer, ...early };
      return;
    }
    let soonest = 0;
    for (let other = 1; other < this.#at.length; other++)
      if ((this.#at[other] ?? Infinity) < (this.#at[soonest] ?? Infinity)) soonest = other;
    const at = this.#at[soonest] ?? Infinity;
    const source = this.#sources[soonest];
    if (at >= this.#duration || source === undefined) {
      this.#first = undefined;
      return;
    }
    this.#at[soonest] = source.next();
    // Whoever comes while the first are still coming in comes after them: numbers are in the order of time.
    this.#first = { at: Math.max(at, this.#first?.at ?? 0), peer, ...source.coming };
  }
}

const several = (count: number, coming: Coming): Coming[] => Array.from({ length: count }, () => coming);

function hostileSources({ scenario }: Script): { next: ArrivalTimes; coming: Coming }[] {
  return scenario.faults.flatMap((fault, index) => {
    if (fault.kind !== 'hostile' && fault.kind !== 'sybil') return [];
    const named = fault.kind === 'sybil' ? scenario.swarms.findIndex(({ id }) => id === fault.swarm) : 0;
    const coming: Coming = { swarm: Math.max(0, named), origin: fault.kind, fault: index };
    let left = fault.peers;
    return [{ next: () => (left-- > 0 ? toMicros(fault.at) : Infinity), coming }];
  });
}

/** How many come in all. */
export function countArrivals(script: Script): number {
  const queue = new ArrivalQueue(script);
  let count = 0;
  while (queue.take() !== undefined) count++;
  return count;
}
