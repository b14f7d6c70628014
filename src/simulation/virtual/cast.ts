/**
 * Who a peer is: what follows from its number and the scenario alone. A viewer that comes back, or goes on to another
 * swarm, is a new peer with a new number, on the same line and behind the same NAT.
 */
import { EDITIONS } from '../../protocol/message.ts';
import { Concern, dice } from '../models/dice.ts';
import { OPEN, reaches } from '../models/nat.ts';
import { NetworkModel } from '../models/network.ts';
import { weighted, zipf } from '../models/weighted.ts';
import type { NatClass } from '../scenario/schema.ts';
import type { Arrival, Origin } from './arrivals.ts';
import type { PeerIndex, SwarmIndex } from './events.ts';
import type { Script } from './script.ts';

/** Bytes/s. */
interface Line {
  readonly upload: number;
  readonly download: number;
}

export class Cast {
  readonly network: NetworkModel;
  /** Whether a peer is a SEED from time 0 to the end. */
  readonly isPublisher: (peer: PeerIndex) => boolean;
  readonly #script: Script;
  /** Peers that come by themselves; their further lives have numbers beyond. */
  readonly #viewers: number;
  readonly #line: (uniform: number) => number;
  readonly #nat: (uniform: number) => number;
  readonly #behaviours: Concern;
  readonly #nats: Concern;
  readonly #channels: readonly SwarmIndex[];

  constructor(script: Script, viewers: number) {
    this.isPublisher = publishersOf(script);
    this.#script = script;
    this.#viewers = viewers;
    const { scenario, seed } = script;
    this.network = new NetworkModel(scenario.network, seed);
    this.#line = weighted(scenario.lines.map(({ share }) => share));
    this.#nat = weighted(scenario.nat.classes.map(({ share }) => share));
    this.#behaviours = new Concern(seed, 'behaviour');
    this.#nats = new Concern(seed, 'NAT');
    this.#channels = scenario.swarms.flatMap(({ kind }, swarm) => (kind === 'live' ? [swarm] : []));
  }

  /** Of the one who sits behind it. */
  viewerOf(peer: PeerIndex): PeerIndex {
    return peer % this.#viewers;
  }

  /** The same viewer, come anew; undefined: it has come as often as numbers go. */
  nextLife(peer: PeerIndex): PeerIndex | undefined {
    const next = peer + this.#viewers;
    return next < 2 ** 32 - 1 ? next : undefined;
  }

  lineOf({ peer, swarm, origin }: Pick<Arrival, 'peer' | 'swarm' | 'origin'>): Line {
    const script = this.#script.swarms[swarm];
    if (script === undefined) throw new Error(`The scenario has no swarm number ${swarm}.`);
    const lines = dice(this.#script.seed, 'lines', this.viewerOf(peer));
    const shared = this.#script.lines[this.#line(lines())];
    if (origin === 'publisher')
      return { upload: script.publisherUpload(lines), download: script.download(lines) };
    const { upload, download } = shared ?? script;
    const line = { upload: upload(lines), download: download(lines) };
    return this.behaviourOf(peer, origin) === 'free-rider' ? { ...line, upload: 0 } : line;
  }

  /** Index into EDITIONS. */
  editionOf(peer: PeerIndex): number {
    const { edition } = this.#script.scenario;
    if (edition !== 'mixed') return EDITIONS.indexOf(edition);
    return Math.floor(dice(this.#script.seed, 'editions', this.viewerOf(peer))() * EDITIONS.length);
  }

  behaviourOf(peer: PeerIndex, origin: Origin): string {
    if (origin === 'hostile' || origin === 'sybil') return origin;
    if (origin === 'publisher') return 'regular';
    const { freeRiders, polluters } = this.#script.scenario.peers;
    const drawn = this.#behaviours.at(this.viewerOf(peer), 0);
    if (drawn < freeRiders) return 'free-rider';
    // Independent of who rides free; whoever does both serves nobody, so there is nothing to pollute.
    return this.#behaviours.at(this.viewerOf(peer), 1) < polluters ? 'polluter' : 'regular';
  }

  natOf(peer: PeerIndex, publisher: boolean): NatClass {
    const { classes } = this.#script.scenario.nat;
    if (publisher || classes.length === 0) return OPEN;
    return classes[this.#nat(this.#nats.at(this.viewerOf(peer), 0))] ?? OPEN;
  }

  /** Whether what `from` sends over a new link gets to `to`. */
  reaches(from: NatClass, to: NatClass): boolean {
    return reaches(from, to, this.#script.scenario.nat.traversal);
  }

  /** Where a viewer of a live swarm goes on to: another live one, by its rank among them. */
  nextChannel(from: SwarmIndex, uniform: number): SwarmIndex | undefined {
    const others = this.#channels.filter((swarm) => swarm !== from);
    if (others.length === 0) return undefined;
    const ranks = zipf(this.#channels.length, this.#script.scenario.zapping?.exponent ?? 1);
    const weights = this.#channels.flatMap((swarm, rank) => (swarm === from ? [] : [ranks[rank] ?? 0]));
    return others[weighted(weights)(uniform)];
  }
}

/** They come first, swarm by swarm: see `ArrivalQueue`. */
function publishersOf({ scenario }: Script): (peer: PeerIndex) => boolean {
  const ranges: { readonly from: PeerIndex; readonly to: PeerIndex }[] = [];
  let from = 0;
  for (const { seeds, population } of scenario.swarms) {
    if (seeds > 0) ranges.push({ from, to: from + seeds });
    from += seeds + population.seeds + population.leeches;
  }
  return (peer) => ranges.some((range) => peer >= range.from && peer < range.to);
}
