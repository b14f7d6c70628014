/** Where peers of others stand: in the scenario's swarms by their IDs, and in a few places of their own after those. */

/** Swarms that get a place of their own; peers of any further ones share the last. */
export const MOST_PLACES = 8;
/** Milliseconds that a place is kept after the last of its peers went: they are still seen going. */
const FAREWELL = 4000;

const NO_SWARM = 'no swarm yet';
const FURTHER = 'further swarms';

interface Place {
  /** A swarm's ID, or one of the two above. */
  name: string;
  swarm: string | undefined;
  peers: number;
  emptyAt: number;
}

export class ForeignPlaces {
  readonly #own: readonly string[];
  #others: Place[] = [];

  constructor(own: readonly string[]) {
    this.#own = own;
  }

  /** Names of the places after those of the scenario. */
  get others(): readonly string[] {
    return this.#others.map(({ name }) => name);
  }

  /** One more peer there; the number of the place. `now`: milliseconds from any fixed moment. */
  enter(swarm: string | undefined, now: number): number {
    const own = swarm === undefined ? -1 : this.#own.indexOf(swarm);
    if (own >= 0) return own;
    const index = this.#indexFor(swarm, now);
    const place = this.#others[index];
    if (place !== undefined) place.peers++;
    return this.#own.length + index;
  }

  leave(place: number, now: number): void {
    const left = this.#others[place - this.#own.length];
    if (left === undefined) return;
    left.peers--;
    left.emptyAt = now;
  }

  /** Places at the end that have long been empty go; true when any did. */
  settle(now: number): boolean {
    const before = this.#others.length;
    while (isEmpty(this.#others.at(-1), now)) this.#others.pop();
    return this.#others.length < before;
  }

  #indexFor(swarm: string | undefined, now: number): number {
    const at = this.#others.findIndex((place) => place.name !== FURTHER && place.swarm === swarm);
    if (at >= 0) return at;
    const place: Place = { name: swarm ?? NO_SWARM, swarm, peers: 0, emptyAt: now };
    // Numbers stay as they are as long as anybody stands there: a place in between waits for the next swarm.
    const free = this.#others.findIndex((other) => other.name !== FURTHER && isEmpty(other, now));
    if (free >= 0) {
      this.#others[free] = place;
      return free;
    }
    if (this.#others.length < MOST_PLACES) return this.#others.push(place) - 1;
    if (this.#others.length === MOST_PLACES) this.#others.push({ ...place, name: FURTHER, swarm: undefined });
    return MOST_PLACES;
  }
}

const isEmpty = (place: Place | undefined, now: number): boolean =>
  place !== undefined && place.peers === 0 && now - place.emptyAt >= FAREWELL;
