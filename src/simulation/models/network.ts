/**
 * The network between entities (0: the tracker; a peer: its index + 1): how long a message takes, and what becomes of
 * it. All of it follows from the seed and from who sends which of its messages to whom, so that it is the same
 * whichever worker the sender lives in.
 *
 * One-way delay of a message = way between the systems + latency of the pair + jitter, at least 1 ms. The way is the
 * distance of the two in a plane (network coordinates: Dabek, Cox, Kaashoek, Morris: Vivaldi, SIGCOMM 2004; one way,
 * not there and back), or from a matrix. Messages have no size here: lines are the streaming side's concern.
 */
import type { Distribution, NetworkSpec } from '../scenario/schema.ts';
import type { Micros } from '../virtual/events.ts';
import { Concern, type Dice } from './dice.ts';
import { times, toMicros } from './distributions.ts';
import { weighted } from './weighted.ts';

/** The least one-way delay there is: how far one worker may look ahead of the others. */
export const LEAST_DELAY: Micros = 1000;
/** Numbers a pair may draw for its latency; a normal takes 2.5 on average. */
const DRAWS_PER_PAIR = 64;

const isNothing = (from: Distribution): boolean => from.distribution === 'constant' && from.value === 0;

/** Dice for what is drawn once for `entity` and the n-th of something. */
class Counted {
  readonly #concern: Concern;
  readonly #draws: number;
  #entity = 0;
  #n = 0;
  /** For a sampler: the numbers of the place last set by `at`. */
  readonly dice: Dice = () => this.#concern.at(this.#entity, this.#n++);

  constructor(seed: number, concern: string, draws: number) {
    this.#concern = new Concern(seed, concern);
    this.#draws = draws;
  }

  at(entity: number, n: number): Dice {
    this.#entity = entity;
    this.#n = n * this.#draws;
    return this.dice;
  }
}

export class NetworkModel {
  readonly #latency: (dice: Dice) => Micros;
  readonly #jitter: ((dice: Dice) => Micros) | undefined;
  readonly #holdUp: (dice: Dice) => Micros;
  readonly #spec: NetworkSpec;
  readonly #pairs: Counted;
  readonly #jitters: Counted;
  readonly #holdUps: Counted;
  readonly #losses: Concern;
  readonly #doubles: Concern;
  readonly #orders: Concern;
  readonly #places: Concern;
  readonly #place: (uniform: number) => number;
  /** Microseconds from system to system, row by row; empty without systems. */
  readonly #ways: Float64Array;
  readonly #trackerSystem: number;
  /** Of the message last asked for by `send`: it arrives a second time so long after it was sent; -1: it does not. */
  again: Micros = -1;
  /** It was held up, so that a later one may overtake it. */
  heldUp = false;

  constructor(spec: NetworkSpec, seed: number) {
    this.#spec = spec;
    this.#latency = times(spec.latency);
    this.#jitter = isNothing(spec.jitter) ? undefined : times(spec.jitter);
    this.#holdUp = times(spec.holdUp);
    this.#pairs = new Counted(seed, 'latency', DRAWS_PER_PAIR);
    this.#jitters = new Counted(seed, 'jitter', DRAWS_PER_PAIR);
    this.#holdUps = new Counted(seed, 'hold-up', DRAWS_PER_PAIR);
    this.#losses = new Concern(seed, 'loss');
    this.#doubles = new Concern(seed, 'duplication');
    this.#orders = new Concern(seed, 'reordering');
    this.#places = new Concern(seed, 'system');
    this.#place = weighted(spec.systems.map(({ share }) => share));
    this.#ways = waysBetween(spec);
    const tracker = spec.systems.findIndex(({ asn }) => asn === spec.trackerAsn);
    this.#trackerSystem = Math.max(0, tracker);
  }

  /** Number of the autonomous system that an entity is in; 0 where the scenario has none. */
  asnOf(entity: number): number {
    return this.#spec.systems[this.#systemOf(entity)]?.asn ?? 0;
  }

  #systemOf(entity: number): number {
    return entity === 0 ? this.#trackerSystem : this.#place(this.#places.at(entity, 0));
  }

  /** Whether a cut around these systems goes between the two. */
  isCut(asns: readonly number[], from: number, to: number): boolean {
    return asns.includes(this.asnOf(from)) !== asns.includes(this.asnOf(to));
  }

  /** One-way delay without jitter: the same there and back, unless the scenario's matrix says otherwise. */
  between(from: number, to: number): Micros {
    const [low, high] = from < to ? [from, to] : [to, from];
    const latency = this.#latency(this.#pairs.at(low, high));
    const { systems } = this.#spec;
    const way =
      systems.length === 0
        ? 0
        : (this.#ways[this.#systemOf(from) * systems.length + this.#systemOf(to)] ?? 0);
    return Math.max(LEAST_DELAY, way + latency);
  }

  /**
   * What becomes of the n-th message (from 0) that `from` sends to anybody: its delay, or -1 when it is lost.
   * `again` and `heldUp` tell the rest. `loss`: the part that is lost now, where a burst of losses says so.
   */
  send(from: number, to: number, n: number, loss: number = this.#spec.loss): Micros {
    this.again = -1;
    this.heldUp = false;
    if (loss > 0 && this.#losses.at(from, n) < loss) return -1;
    const { duplication, reordering } = this.#spec;
    const way = this.between(from, to);
    let delay = way + (this.#jitter?.(this.#jitters.at(from, 2 * n)) ?? 0);
    if (reordering > 0 && this.#orders.at(from, n) < reordering) {
      this.heldUp = true;
      delay += this.#holdUp(this.#holdUps.at(from, n));
    }
    if (duplication > 0 && this.#doubles.at(from, n) < duplication)
      this.again = way + (this.#jitter?.(this.#jitters.at(from, 2 * n + 1)) ?? 0);
    return delay;
  }
}

const squared = (length: number): number => length * length;

function waysBetween({ systems, delays }: NetworkSpec): Float64Array {
  const ways = new Float64Array(systems.length * systems.length);
  for (const [row, from] of systems.entries())
    for (const [column, to] of systems.entries()) {
      const written = delays?.[row]?.[column];
      // Products and roots are the same in every engine; powers need not be.
      const distance = Math.sqrt(squared(from.x - to.x) + squared(from.y - to.y)) / 1000;
      ways[row * systems.length + column] = toMicros(written ?? distance);
    }
  return ways;
}
