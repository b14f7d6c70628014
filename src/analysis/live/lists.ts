/**
 * Peer lists that were handed out, watched while the run goes on: who was listed to whom, how often, how fresh, how much
 * alike. The latest lists are kept whole (`HandOuts`), the whole run as sums over time (`ListSeries`).
 */
import { EDITIONS } from '../../protocol/message.ts';
import { isForeign, NOBODY, PEER_STATES } from '../../simulation/observation.ts';
import type { PeerHandle } from '../../simulation/report.ts';
import { Column } from '../column.ts';
import { LEECH, SEED } from '../peers.ts';
import { HandOuts, UNKNOWN, type HandOut } from './hand-outs.ts';
import { LikenessOf } from './likeness.ts';
import { FactsOfLists, whoAre } from './list-facts.ts';
import { edgesOf } from './list-edges.ts';
import { matrixOf } from './list-matrix.ts';
import { pairOf } from './list-pair.ts';
import type { ListFilter, ListsAnswer, ListsAsk, Looked } from './list-questions.ts';
import { ListSeries } from './list-series.ts';
import { spreadOf } from './list-spread.ts';
import { busiestSwarm, selectLists } from './list-window.ts';
import { ALWAYS, Membership, OUT } from './membership.ts';
import type { Directory, Observer, ObserverOf, Resolved } from './observer.ts';
import { readTogether, Stream } from './streams.ts';
import { Gaps } from './time/gaps.ts';

export type { ListsAnswer, ListsAsk } from './list-questions.ts';

/** Only then does a peer believe itself in its swarm. */
const TRACKING = PEER_STATES.indexOf('TRACKING');
const GU04 = EDITIONS.indexOf('gu-04');
/** Milliseconds: lists of two askers so close to each other are of about the same time. */
const SAME_TIME = 5000;
/** Lists of one second of the run that are held against others, the first ones. */
const MOST_COMPARED = 100;
const MOST_EDGES = 5000;
const MOST_RECENT = 500;
const NONE = -1;

export const observeLists: ObserverOf<ListsAsk, ListsAnswer> = (directory) => new PeerListsWatch(directory);

class PeerListsWatch implements Observer<ListsAsk, ListsAnswer> {
  readonly #directory: Directory;
  readonly #handOuts = new HandOuts();
  readonly #facts: FactsOfLists;
  readonly #membership = new Membership();
  readonly #series = new ListSeries();
  /** What each peer is at that moment of the run: `LEECH` or `SEED`. */
  readonly #mode = new Column('uint8');
  readonly #likeness = new LikenessOf();
  /** Of the second of the run that was looked at last: how many lists were held against others. */
  #second = -1;
  #compared = 0;
  /** One more than the number of its latest list; 0: none. */
  readonly #latest = new Column();
  /** Number of the latest list of a LEECH in each swarm. */
  readonly #latestIn = new Map<number, number>();
  readonly #gaps = new Gaps();
  #omitted = 0;
  #now = 0;

  constructor(directory: Directory) {
    this.#directory = directory;
    this.#facts = new FactsOfLists(this.#handOuts, directory);
  }

  take({ at, arrivals, departures, turns, transitions, lists, listsOmitted, gaps = [] }: Resolved): void {
    this.#omitted += listsOmitted;
    for (const gap of gaps) this.#gaps.add(gap);
    this.#now = Math.max(this.#now, at);
    readTogether([
      new Stream(arrivals.at, (i, at) => {
        this.#arrive(at, arrivals.peer[i] ?? NOBODY, arrivals.mode[i] === 1 ? SEED : LEECH);
      }),
      new Stream(transitions.at, (i, at) => {
        const peer = transitions.peer[i] ?? NOBODY;
        if (transitions.to[i] === TRACKING) this.#enter(at, peer, transitions.edition[i]);
        else if (transitions.from[i] === TRACKING) this.#leave(at, peer);
      }),
      new Stream(turns.at, (i, at) => {
        this.#turn(at, turns.peer[i] ?? NOBODY, turns.mode[i] === 1 ? SEED : LEECH);
      }),
      new Stream(lists.at, (i, at) => {
        const listed = lists.listed.subarray(lists.start[i], lists.start[i + 1]);
        const [swarm, method, wanted] = [lists.swarm[i] ?? 0, lists.method[i] ?? 0, lists.wanted[i] ?? 0];
        this.#hand(at, lists.asker[i] ?? NOBODY, { swarm, method, wanted }, listed);
      }),
      new Stream(departures.at, (i, at) => this.#leave(at, departures.peer[i] ?? NOBODY)),
    ]);
  }

  answer(ask: ListsAsk): ListsAnswer {
    const handOuts = this.#handOuts;
    const directory = this.#directory;
    switch (ask.about) {
      case 'series':
        return this.#series.answer(ask.swarm, this.#now, {
          omitted: this.#omitted,
          gaps: this.#gaps.within({ from: 0, to: Infinity }),
        });
      case 'edges': {
        const { lists, looked } = this.#select(ask.filter);
        const row = this.#rowOf(ask.peer);
        const most = Math.min(ask.most, MOST_EDGES);
        const edges = edgesOf(handOuts, lists, directory, { peer: row, order: ask.order, most });
        return { about: 'edges', looked, peer: row === undefined ? undefined : ask.peer, ...edges };
      }
      case 'matrix': {
        const { lists, looked } = this.#select(ask.filter);
        return { about: 'matrix', looked, ...matrixOf(handOuts, lists, directory, ask) };
      }
      case 'spread':
        return this.#spread(ask.filter);
      case 'recent': {
        const { lists, looked } = this.#select(ask.filter);
        const most = Math.min(ask.most, MOST_RECENT);
        return { about: 'recent', looked, lists: this.#facts.latest(lists, this.#rowOf(ask.peer), most) };
      }
      case 'pair':
        return this.#pair(ask.a, ask.b);
      case 'who':
        return { about: 'who', peers: whoAre(ask.peers, directory) };
      default:
        return ask satisfies never;
    }
  }

  #rowOf(peer: PeerHandle | undefined): number | undefined {
    return peer === undefined ? undefined : this.#directory.rowOf(peer);
  }

  #arrive(at: number, peer: PeerHandle, mode: number): void {
    const row = this.#rowOf(peer);
    if (row === undefined) return;
    this.#mode.set(row, mode);
    // Peers of others are seen once they are in; ours say when the tracker has them.
    if (isForeign(peer)) this.#enter(at, peer, undefined);
  }

  /** `edition`: the one spoken now, if known. */
  #enter(at: number, peer: PeerHandle, edition: number | undefined): void {
    const row = this.#rowOf(peer);
    if (row === undefined || this.#membership.partOf(row) !== OUT) return;
    const swarm = this.#directory.swarmAt(row);
    const mode = this.#mode.get(row);
    const isLive = this.#directory.run.swarms[swarm]?.kind === 'live';
    if (mode === SEED && isLive && (edition ?? this.#directory.editionAt(row)) === GU04) {
      this.#membership.change(at, row, ALWAYS);
      return;
    }
    this.#membership.change(at, row, mode);
    this.#likeness.join(row, swarm);
  }

  #leave(at: number, peer: PeerHandle): void {
    const row = this.#rowOf(peer);
    if (row === undefined || this.#membership.change(at, row, OUT) === OUT) return;
    this.#likeness.leave(row);
  }

  #turn(at: number, peer: PeerHandle, mode: number): void {
    const row = this.#rowOf(peer);
    if (row === undefined) return;
    this.#mode.set(row, mode);
    const part = this.#membership.partOf(row);
    if (part === LEECH || part === SEED) this.#membership.change(at, row, mode);
  }

  #hand(
    at: number,
    peer: PeerHandle,
    { swarm, method, wanted }: Pick<HandOut, 'swarm' | 'method' | 'wanted'>,
    listed: Uint32Array<ArrayBuffer>,
  ): void {
    const asker = this.#rowOf(peer);
    if (asker === undefined) return;
    // A SEED that asks for nobody is answered without a list (digest, "Peer list"): it is not an empty one.
    const isLeech = this.#mode.get(asker) === LEECH;
    if (listed.length === 0 && !isLeech) return;
    const rows = new Uint32Array(listed.length);
    let gone = 0;
    let unknown = 0;
    listed.forEach((one, place) => {
      const row = one === NOBODY ? undefined : this.#directory.rowOf(one);
      rows[place] = row ?? UNKNOWN;
      if (row === undefined) unknown++;
      else if (this.#directory.departedAt(row) <= at) gone++;
    });
    const before = this.#latest.get(asker) - 1;
    const joins = this.#likeness.joins(swarm);
    const list = this.#handOuts.add({ at, asker, swarm, method, wanted, joins, before }, rows);
    this.#latest.set(asker, list + 1);

    // A SEED's list has no SEEDs: it is like no other by rule.
    const other = this.#latestIn.get(swarm) ?? NONE;
    if (isLeech) this.#latestIn.set(swarm, list);
    const isCompared = isLeech && this.#mayCompare(at);
    const own = isCompared ? this.#likeness.between(this.#handOuts, before, list) : undefined;
    const isOther =
      isCompared &&
      this.#handOuts.has(other) &&
      this.#handOuts.asker(other) !== asker &&
      at - this.#handOuts.at(other) <= SAME_TIME;
    const others = isOther ? this.#likeness.between(this.#handOuts, other, list) : undefined;
    this.#series.add(at, swarm, {
      lists: 1,
      entries: rows.length,
      asking: wanted > 0 ? 1 : 0,
      wanted,
      gone,
      unknown,
      own: own === undefined ? 0 : 1,
      ownOverlap: own?.overlap ?? 0,
      ownExpected: own?.expected ?? 0,
      others: others === undefined ? 0 : 1,
      othersOverlap: others?.overlap ?? 0,
      othersExpected: others?.expected ?? 0,
    });
  }

  /** Enough of each second for a mean: a fast run hands out thousands. */
  #mayCompare(at: number): boolean {
    const second = Math.floor(at / 1000);
    if (second !== this.#second) this.#compared = 0;
    this.#second = second;
    return this.#compared++ < MOST_COMPARED;
  }

  #select(filter: ListFilter): { readonly lists: number[]; readonly looked: Looked } {
    return selectLists(this.#handOuts, filter, this.#now, this.#omitted);
  }

  #spread(filter: ListFilter): ListsAnswer {
    const all = this.#select(filter);
    const swarm = filter.swarm ?? busiestSwarm(this.#handOuts, all.lists);
    const { lists, looked } = filter.swarm === undefined ? this.#select({ ...filter, swarm }) : all;
    // Before that it is not known who was there.
    const from = Math.max(looked.from, this.#membership.since);
    const counted = lists.filter((list) => this.#handOuts.at(list) >= from);
    const of = { swarm, from, to: looked.to };
    return {
      about: 'spread',
      looked: { ...looked, from, lists: counted.length, cut: looked.cut || from > looked.from },
      swarm,
      ...spreadOf(this.#handOuts, counted, this.#membership, this.#directory, of),
    };
  }

  #pair(a: number, b: number): ListsAnswer {
    const hasBoth = this.#handOuts.has(a) && this.#handOuts.has(b);
    return {
      about: 'pair',
      a: this.#handOuts.has(a) ? this.#facts.of(a) : undefined,
      b: this.#handOuts.has(b) ? this.#facts.of(b) : undefined,
      ...(hasBoth ? pairOf(this.#handOuts, a, b, this.#membership, this.#directory) : NO_PAIR()),
    };
  }
}

const NO_PAIR = () => ({
  peers: new Uint32Array(0),
  on: new Uint8Array(0),
  mode: new Uint8Array(0),
  age: new Float64Array(0),
  gone: new Uint8Array(0),
  overlap: undefined,
  expected: undefined,
  candidates: undefined,
});
