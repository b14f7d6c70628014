/**
 * How stale handed-out peer lists are: whether those listed were still there when the tracker listed them, and when the
 * list reached the asker. A list is held only while its answer is under way.
 */
import type { Method } from '../protocol/message.ts';
import type { Micros, PeerIndex } from '../simulation/virtual/events.ts';
import type { Measures } from './measures.ts';
import type { EventOf, Peers } from './peers.ts';
import { inSeconds, shareOf, Tally, type Window } from './window.ts';

export class PeerLists {
  readonly #window: Window;
  readonly #peers: Peers;
  /** Lists under way, by asker, then by the request's method. */
  readonly #underWay = new Map<PeerIndex, Map<Method, readonly PeerIndex[]>>();
  /** Places on lists: all, and those of each behaviour, by its index. */
  readonly #places: Tally;
  readonly #placesOf: Tally[] = [];
  #lists = 0;
  #listed = 0;
  #staleAtHandOut = 0;
  #gone = 0;
  #goneFor = 0;
  #received = 0;
  #staleAtUse = 0;

  constructor(window: Window, peers: Peers) {
    this.#window = window;
    this.#peers = peers;
    this.#places = new Tally(window);
  }

  handOut({ at, peer, method, listed }: EventOf<'handled'>): void {
    if (listed === undefined || listed.length === 0 || method === 'none' || !this.#window.has(at)) return;
    this.#lists++;
    this.#listed += listed.length;
    this.#places.add(at, listed.length);
    for (const other of listed) {
      const behaviour = this.#peers.behaviourOf(other);
      while (this.#placesOf.length <= behaviour) this.#placesOf.push(new Tally(this.#window));
      this.#placesOf[behaviour]?.add(at);
      const gone = at - this.#peers.departedAt(other);
      if (this.#peers.isInvented(other)) this.#staleAtHandOut++;
      if (gone < 0) continue;
      this.#staleAtHandOut++;
      this.#gone++;
      this.#goneFor += inSeconds(gone);
    }
    if (!this.#peers.isPresent(peer)) return;
    let lists = this.#underWay.get(peer);
    if (lists === undefined) this.#underWay.set(peer, (lists = new Map()));
    lists.set(method, listed);
  }

  answered({ at, peer, method }: EventOf<'answered'>): void {
    const listed = this.#underWay.get(peer)?.get(method);
    if (listed === undefined) return;
    this.#received += listed.length;
    for (const other of listed)
      if (this.#peers.isInvented(other) || this.#peers.departedAt(other) <= at) this.#staleAtUse++;
    this.#drop(peer, method);
  }

  unanswered({ peer, method }: EventOf<'unanswered'>): void {
    this.#drop(peer, method);
  }

  departed(peer: PeerIndex): void {
    this.#underWay.delete(peer);
  }

  get isEmpty(): boolean {
    return this.#lists === 0;
  }

  #drop(peer: PeerIndex, method: Method): void {
    const lists = this.#underWay.get(peer);
    if (lists?.delete(method) === true && lists.size === 0) this.#underWay.delete(peer);
  }

  tell(measures: Measures, now: Micros): void {
    measures.tell('peerLists.meanLength', this.#listed / this.#lists, { observations: this.#lists });
    measures.tell('peerLists.staleAtHandOut', this.#staleAtHandOut / this.#listed, {
      observations: this.#listed,
    });
    measures.tell('peerLists.staleAtUse', this.#staleAtUse / this.#received, {
      observations: this.#received,
    });
    measures.tell('peerLists.goneSeconds', this.#goneFor / this.#gone, { observations: this.#gone });
    this.#peers.behaviours.forEach((of, index) => {
      if (this.#listed === 0) return;
      const { value, interval } = shareOf(
        this.#placesOf[index] ?? new Tally(this.#window),
        this.#places,
        now,
      );
      measures.tell('behaviours.*.listShare', value, { of, interval, observations: this.#listed });
    });
  }
}
