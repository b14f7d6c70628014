/**
 * Who a peer is: what follows from its source, its number there and the scenario alone. A viewer that comes back, or goes
 * on to another swarm, is a new peer with a new number, on the same line and behind the same NAT.
 */
import { EDITIONS } from '../../protocol/message.ts';
import { Concern, dice, type Dice } from '../models/dice.ts';
import { OPEN, reaches } from '../models/nat.ts';
import { NetworkModel } from '../models/network.ts';
import { weighted, zipf } from '../models/weighted.ts';
import type { NatClass } from '../scenario/schema.ts';
import type { Arrival, Origin } from './arrivals.ts';
import { entityOf } from './crowd.ts';
import type { Directory } from './directory.ts';
import type { PeerIndex, SwarmIndex } from './events.ts';
import type { Script } from './script.ts';

/** Bytes/s. */
interface Line {
  readonly upload: number;
  readonly download: number;
}

const DUAL_STACK = 0.2;

export class Cast {
  readonly network: NetworkModel;
  readonly directory: Directory;
  readonly #script: Script;
  readonly #line: (uniform: number) => number;
  readonly #nat: (uniform: number) => number;
  readonly #behaviours: Concern;
  readonly #nats: Concern;
  readonly #stacks: Concern;
  readonly #channels: readonly SwarmIndex[];

  constructor(script: Script, directory: Directory) {
    this.directory = directory;
    this.#script = script;
    const { scenario, seed } = script;
    this.network = new NetworkModel(scenario.network, seed, {
      homeOf: (entity) => (entity === 0 ? 0 : entityOf(directory.viewerOf(entity - 1))),
      realmOf: (entity) => (entity === 0 ? 0 : directory.realmOf(entity - 1)),
      numberOf: (entity) => (entity === 0 ? 0 : directory.numberOf(entity - 1)),
    });
    this.#line = weighted(scenario.lines.map(({ share }) => share));
    this.#nat = weighted(scenario.nat.classes.map(({ share }) => share));
    this.#behaviours = new Concern(seed, 'behaviour');
    this.#nats = new Concern(seed, 'NAT');
    this.#stacks = new Concern(seed, 'address families');
    this.#channels = scenario.swarms.flatMap(({ kind }, swarm) => (kind === 'live' ? [swarm] : []));
  }

  /** Whether a peer is a SEED from time 0 to the end. */
  isPublisher(peer: PeerIndex): boolean {
    return this.directory.sourceOf(peer).origin === 'publisher';
  }

  /** The n-th number of a concern that the viewer behind the peer has, in whichever life. */
  #drawn(concern: Concern, peer: PeerIndex, n: number): number {
    return concern.at(this.directory.numberOf(peer), n, this.directory.sourceOf(peer).realm);
  }

  #dice(concern: string, peer: PeerIndex): Dice {
    const { directory } = this;
    return dice(this.#script.seed, concern, directory.numberOf(peer), directory.sourceOf(peer).realm);
  }

  lineOf({ peer, swarm, origin }: Pick<Arrival, 'peer' | 'swarm' | 'origin'>): Line {
    const script = this.#script.swarms[swarm];
    if (script === undefined) throw new Error(`The scenario has no swarm number ${swarm}.`);
    const lines = this.#dice('lines', peer);
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
    return Math.floor(this.#dice('editions', peer)() * EDITIONS.length);
  }

  behaviourOf(peer: PeerIndex, origin: Origin): string {
    if (origin === 'hostile' || origin === 'sybil') return origin;
    if (origin === 'publisher') return 'regular';
    const { freeRiders, polluters } = this.#script.scenario.peers;
    const drawn = this.#drawn(this.#behaviours, peer, 0);
    if (drawn < freeRiders) return 'free-rider';
    // Independent of who rides free; whoever does both serves nobody, so there is nothing to pollute.
    return this.#drawn(this.#behaviours, peer, 1) < polluters ? 'polluter' : 'regular';
  }

  natOf(peer: PeerIndex, publisher: boolean): NatClass {
    const { classes } = this.#script.scenario.nat;
    if (publisher || classes.length === 0) return OPEN;
    return classes[this.#nat(this.#drawn(this.#nats, peer, 0))] ?? OPEN;
  }

  /** Whether it has an IPv6 address too, and prefers it: one in five. */
  isDualStack(peer: PeerIndex): boolean {
    return this.#drawn(this.#stacks, peer, 0) < DUAL_STACK;
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
