/**
 * Who is who: a peer's number in the log is its place in the order of arrival, but its dice are those of the source that
 * it came from and of its number there, so that one peer more anywhere shifts nobody else's. A viewer that comes back, or
 * goes on to another swarm, is a new peer: number + viewers, twice that, ...; so are the identities that a flooding peer
 * invents. Their dice are those of the viewer and the life's number.
 */
import { ArrivalQueue, type Source } from './arrivals.ts';
import type { PeerIndex } from './events.ts';
import type { Script } from './script.ts';

/** Numbers end here: an entity is a peer's number and one. */
const MAX_PEERS = 2 ** 32 - 1;
const NOBODY = 2 ** 32 - 1;

export class Directory {
  /** Peers that come by themselves; further lives have numbers beyond. */
  readonly viewers: number;
  readonly sources: readonly Source[];
  /** Of each viewer: index of its source, and its number there. */
  readonly #source: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  readonly #number: Uint32Array<ArrayBuffer>;
  /** By source: its viewers, by their numbers there. */
  readonly #viewers: readonly Uint32Array<ArrayBuffer>[];
  readonly #byRealm: ReadonlyMap<number, number>;

  constructor(script: Script) {
    const queue = new ArrivalQueue(script);
    this.sources = queue.sources;
    this.#byRealm = new Map(this.sources.map(({ realm }, source) => [realm >>> 0, source]));
    const source: number[] = [];
    const number: number[] = [];
    const sizes = new Uint32Array(this.sources.length);
    for (let next = queue.take(); next !== undefined; next = queue.take()) {
      source.push(next.source);
      number.push(next.number);
      sizes[next.source] = Math.max(sizes[next.source] ?? 0, next.number + 1);
    }
    this.#source = (this.sources.length > 0xffff ? Uint32Array : Uint16Array).from(source);
    this.#number = Uint32Array.from(number);
    this.#viewers = Array.from(sizes, (size) => new Uint32Array(size).fill(NOBODY));
    number.forEach((place, viewer) => this.#viewers[source[viewer] ?? 0]?.fill(viewer, place, place + 1));
    this.viewers = Math.max(1, source.length);
  }

  /** The peer that was the first life of this one. */
  viewerOf(peer: PeerIndex): PeerIndex {
    return peer % this.viewers;
  }

  /** The how manieth life, from 0. */
  lifeOf(peer: PeerIndex): number {
    return Math.floor(peer / this.viewers);
  }

  /** Lives that there are numbers for, the first one included. */
  get lives(): number {
    return Math.floor(MAX_PEERS / this.viewers);
  }

  /** The same viewer, come anew; undefined: it has come as often as numbers go. */
  nextLife(peer: PeerIndex): PeerIndex | undefined {
    const next = peer + this.viewers;
    return this.lifeOf(next) < this.lives ? next : undefined;
  }

  sourceOf(peer: PeerIndex): Source {
    const source = this.sources[this.#source[this.viewerOf(peer)] ?? 0];
    if (source === undefined) throw new Error('A peer comes from somewhere.');
    return source;
  }

  /** Of its source, from 0. */
  numberOf(peer: PeerIndex): number {
    return this.#number[this.viewerOf(peer)] ?? 0;
  }

  /** With its number, whose dice it has: another in each life. */
  realmOf(peer: PeerIndex): number {
    return (this.sourceOf(peer).realm + Math.imul(this.lifeOf(peer), 0x9e3779b1)) | 0;
  }

  /** The peer whose dice these are; undefined: nobody's. `realm`: of the source. */
  peerOf(realm: number, number: number, life: number): PeerIndex | undefined {
    const source = this.#byRealm.get(realm >>> 0);
    const viewer = source === undefined ? undefined : this.#viewers[source]?.[number];
    if (viewer === undefined || viewer === NOBODY || life >= this.lives) return undefined;
    return viewer + life * this.viewers;
  }

  /** Whether `one` comes before `other` in an order that who came first has no part in. */
  precedes(one: PeerIndex, other: PeerIndex): boolean {
    const by = this.realmOf(one) - this.realmOf(other) || this.numberOf(one) - this.numberOf(other);
    return by < 0;
  }
}
