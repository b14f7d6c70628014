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

/** Whose dice an entity has; the tracker's realm and number are 0. */
export interface Whose {
  /** The entity whose place it has: a viewer that comes back is where it was. */
  homeOf(entity: number): number;
  realmOf(entity: number): number;
  numberOf(entity: number): number;
}
const ITS_OWN: Whose = { homeOf: (entity) => entity, realmOf: () => 0, numberOf: (entity) => entity };
/** Answers have dice apart from requests, though both have the peer's. */
const ANSWERS = 0x27d4eb2f;

/** Dice for what is drawn once for `entity` and the n-th of something. */
class Counted {
  readonly #concern: Concern;
  readonly #draws: number;
  #entity = 0;
  #n = 0;
  #realm = 0;
  /** For a sampler: the numbers of the place last set by `at`. */
  readonly dice: Dice = () => this.#concern.at(this.#entity, this.#n++, this.#realm);

  constructor(seed: number, concern: string, draws: number) {
    this.#concern = new Concern(seed, concern);
    this.#draws = draws;
  }

  at(entity: number, n: number, realm: number): Dice {
    this.#entity = entity;
    this.#n = n * this.#draws;
    this.#realm = realm;
    return this.dice;
  }
}

export class NetworkModel {
  readonly #latency: (dice: Dice) => Micros;
  readonly #jitter: ((dice: Dice) => Micros) | undefined;
  readonly #holdUp: (dice: Dice) => Micros;
  readonly #spec: NetworkSpec;
  readonly #whose: Whose;
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

  constructor(spec: NetworkSpec, seed: number, whose: Whose = ITS_OWN) {
    this.#spec = spec;
    this.#whose = whose;
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
    if (entity === 0) return this.#trackerSystem;
    const home = this.#whose.homeOf(entity);
    return this.#place(this.#places.at(this.#whose.numberOf(home), 0, this.#whose.realmOf(home)));
  }

  /** Whether a cut around these systems goes between the two. */
  isCut(asns: readonly number[], from: number, to: number): boolean {
    return asns.includes(this.asnOf(from)) !== asns.includes(this.asnOf(to));
  }

  /** One-way delay without jitter: the same there and back, unless the scenario's matrix says otherwise. */
  between(from: number, to: number): Micros {
    const latency = this.#latency(this.#diceOfPair(this.#whose.homeOf(from), this.#whose.homeOf(to)));
    const { systems } = this.#spec;
    const way =
      systems.length === 0
        ? 0
        : (this.#ways[this.#systemOf(from) * systems.length + this.#systemOf(to)] ?? 0);
    return Math.max(LEAST_DELAY, way + latency);
  }

  /** Of the two together, in an order that does not depend on who came first. */
  #diceOfPair(one: number, other: number): Dice {
    const whose = this.#whose;
    let [low, high] = [whose.numberOf(one), whose.numberOf(other)];
    let [lowRealm, highRealm] = [whose.realmOf(one), whose.realmOf(other)];
    if (lowRealm > highRealm || (lowRealm === highRealm && low > high)) {
      [low, high] = [high, low];
      [lowRealm, highRealm] = [highRealm, lowRealm];
    }
    return this.#pairs.at(low, high, Math.imul(lowRealm, 0x9e3779b1) ^ Math.imul(highRealm, 0xc2b2ae35));
  }

  /**
   * What becomes of the n-th message (from 0) that the peer `from` sends to anybody, or of what the tracker answers to
   * the n-th of `to`: its delay, or -1 when it is lost. `again` and `heldUp` tell the rest. `loss`: the part that is
   * lost now, where a burst of losses says so.
   */
  send(from: number, to: number, n: number, loss: number = this.#spec.loss): Micros {
    this.again = -1;
    this.heldUp = false;
    const peer = from === 0 ? to : from;
    const number = this.#whose.numberOf(peer);
    const realm = this.#whose.realmOf(peer) ^ (from === 0 ? ANSWERS : 0);
    if (loss > 0 && this.#losses.at(number, n, realm) < loss) return -1;
    const { duplication, reordering } = this.#spec;
    const way = this.between(from, to);
    let delay = way + (this.#jitter?.(this.#jitters.at(number, 2 * n, realm)) ?? 0);
    if (reordering > 0 && this.#orders.at(number, n, realm) < reordering) {
      this.heldUp = true;
      delay += this.#holdUp(this.#holdUps.at(number, n, realm));
    }
    if (duplication > 0 && this.#doubles.at(number, n, realm) < duplication)
      this.again = way + (this.#jitter?.(this.#jitters.at(number, 2 * n + 1, realm)) ?? 0);
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
