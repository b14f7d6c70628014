/**
 * Many peers on one clock: arrivals, stays, streaming, and requests to the tracker as real bytes. One host runs in
 * each worker; hosts reach each other's peers through the `route` port.
 */
import { protocolState, step } from '../peer/peer.ts';
import type { PeerEffect, PeerEvent } from '../peer/state.ts';
import type { Endpoint, LinkMessage } from '../streaming/link-message.ts';
import { present } from '../protocol/reading.ts';
import type { Transport } from '../transport/transport.ts';
import { asnOf, endpointOf, peerAt, preferred } from './addresses.ts';
import type { Witness } from './exchange-log.ts';
import { LinkMail } from './link-mail.ts';
import { Listings } from './listings.ts';
import { LinkWatch, type LinkBatch, type WatchedPeer } from './link-watch.ts';
import { arrivalTimes, type ArrivalTimes } from './models/arrivals.ts';
import { dice } from './models/dice.ts';
import { noteOf } from './notes.ts';
import { methodOf, type Observing } from './observing.ts';
import { Population } from './population.ts';
import { stream } from './random.ts';
import type { Counters, PeerBirth, PeerDetail, PeerEnd, PeerHandle, Snapshot } from './report.ts';
import type { Scenario } from './scenario/schema.ts';
import { initialPeers } from './scenario/size.ts';
import type { SimulatedPeer } from './simulated-peer.ts';
import { StandingLook, type Standing } from './standing.ts';
import { TrackerLine } from './tracker-line.ts';
import { linkPairs, peerColumns } from './snapshot.ts';
import type { Micros } from './virtual/events.ts';

/** Who is there from the start: all whom the scenario has at time 0, or, in a dead worker's place, its publishers. */
export type Populate = 'everyone' | 'publishers';

export interface HostOptions {
  readonly scenario: Scenario;
  readonly worker: number;
  readonly workers: number;
  readonly run: string;
  readonly populate: Populate;
  readonly firstSerial: number;
  readonly transport: Transport;
  /** Milliseconds of run time, for what happens between steps. */
  readonly now: () => number;
  /** True while the run is paused. */
  readonly holding: () => boolean;
  /** Told of a bug of ours that the host survived. */
  readonly fault: (cause: unknown) => void;
  readonly witness?: Witness;
  /** Told of all that happens, for whoever takes it from there. */
  readonly observing?: Observing;
  /** Carries messages to the peers of another worker. */
  readonly route: (worker: number, messages: readonly LinkMessage[]) => void;
}

/** Milliseconds over which the peers of time 0 come in. */
const OPENING = 3500;
/** Microseconds in a millisecond: the models' clock is finer than the page's. */
const MICROS = 1000;
/** Milliseconds between two streaming steps. */
const STREAM_STEP = 250;
/** Milliseconds that one step stands for at most. */
const LONGEST_STEP = 1000;
/** Milliseconds between two requests of one peer for more neighbours. */
const ASK_INTERVAL = 10_000;
/** Milliseconds between two looks at whether it needs any. */
const LOOK_INTERVAL = 1000;
/** Milliseconds after which a LEECH that never got a list gives up: nobody watches a blank screen for longer. */
const JOIN_PATIENCE = 60_000;
/** Newcomers are turned away beyond this many times the peers of time 0: a tracker that is gone must not fill the machine. */
const CROWDED = 3;
const NEVER_CROWDED = 200;

export class PeerHost {
  readonly #options: HostOptions;
  readonly #population: Population;
  readonly #mail: LinkMail;
  readonly #watch: LinkWatch;
  readonly #line: TrackerLine;
  readonly #most: number;
  readonly #dice: () => number;
  readonly #openingDice: () => number;
  /** By swarm, the arrivals of all workers: each makes the same, and takes its turns of them. */
  readonly #arrivals: { readonly next: ArrivalTimes; at: Micros; turn: number }[];
  readonly #peers = new Map<PeerHandle, SimulatedPeer>();
  readonly #byEndpoint = new Map<Endpoint, SimulatedPeer>();
  /** Peers of time 0 and when they come, soonest last. */
  readonly #opening: { readonly at: number; readonly make: () => SimulatedPeer }[] = [];
  #births: PeerBirth[] = [];
  readonly #handedOut = new Listings();
  #ends: PeerEnd[] = [];
  #counters = { arrived: 0, completed: 0, left: 0, crashed: 0, turnedAway: 0 };
  #steppedAt: number | undefined;
  #streamedAt: number | undefined;
  #leaving = false;

  constructor(options: HostOptions) {
    this.#options = options;
    const { scenario, worker, run, firstSerial } = options;
    this.#population = new Population({
      scenario,
      worker,
      run,
      firstSerial,
      post: (message) => this.#mail.post(message),
    });
    this.#watch = new LinkWatch((from) => this.#byEndpoint.get(from)?.spec.chunkBytes ?? 0);
    this.#mail = new LinkMail({
      worker,
      workers: options.workers,
      route: options.route,
      witness: (message) => this.#watch.hear(message, options.now()),
      hand: (to, message) => {
        const receiver = this.#byEndpoint.get(to);
        receiver?.node.receive(message, options.now());
        return receiver !== undefined;
      },
    });
    this.#most = Math.max(NEVER_CROWDED, (CROWDED * initialPeers(scenario)) / options.workers);
    this.#dice = stream(scenario.seed, `protocol/${worker}/${firstSerial}`);
    this.#openingDice = stream(scenario.seed, `arrivals/${worker}/${firstSerial}`);
    this.#arrivals = scenario.swarms.map(({ arrivals }, swarm) => {
      const next = arrivalTimes(arrivals, dice(scenario.seed, 'arrivals', swarm));
      return { next, at: next(), turn: 0 };
    });
    this.#line = new TrackerLine({
      scenario,
      worker,
      workers: options.workers,
      firstSerial,
      transport: options.transport,
      now: options.now,
      holding: options.holding,
      fault: options.fault,
      ...present('witness', options.witness),
      ...present('observing', options.observing),
      settle: (peer, event, now) => this.#apply(peer, event, now),
    });
    this.#planOpening(options.populate);
  }

  get alive(): number {
    return this.#peers.size;
  }

  /** Serial number of the next peer, for a host that takes over when this one dies. */
  get nextSerial(): number {
    return this.#population.nextSerial;
  }

  /** Everything that is due by `now`, in milliseconds of run time. */
  step(now: number): void {
    // After a long halt the time lost is not made up for in one leap.
    const seconds = Math.min(LONGEST_STEP, now - (this.#steppedAt ?? now)) / 1000;
    this.#steppedAt = now;
    if (!this.#leaving) this.#arrive(now, seconds);
    for (const peer of this.#peers.values()) this.#live(peer, now);
    const sinceStream = now - (this.#streamedAt ?? now - STREAM_STEP);
    if (sinceStream >= STREAM_STEP) {
      this.#streamedAt = now;
      const stepped = Math.min(LONGEST_STEP, sinceStream) / 1000;
      for (const peer of this.#peers.values()) this.#stream(peer, now, stepped);
    }
    this.#mail.deliver();
    this.#line.pump();
  }

  /** Messages from the peers of another worker. */
  receive(messages: readonly LinkMessage[]): void {
    for (const message of messages) this.#mail.arrive(message);
  }

  /** Every peer LEAVEs; nobody comes any more. */
  leaveAll(now: number): void {
    this.#leaving = true;
    this.#opening.length = 0;
    for (const peer of this.#peers.values()) this.#leave(peer, now);
    this.#line.pump();
  }

  /** Whoever is still here is gone at once: the time to LEAVE is over. */
  abandon(now: number): void {
    for (const peer of this.#peers.values()) this.#end(peer, 'crashed', now);
  }

  leave(handle: PeerHandle, now: number): void {
    const peer = this.#peers.get(handle);
    if (peer === undefined) return;
    peer.note(now, 'asked to leave');
    this.#leave(peer, now);
    this.#line.pump();
  }

  crash(handle: PeerHandle, now: number): void {
    const peer = this.#peers.get(handle);
    if (peer !== undefined) this.#end(peer, 'crashed', now);
  }

  /** From now on what these say to each other is kept for `takeLinks`; they may be of other workers too. */
  watchLinks(peers: readonly WatchedPeer[]): void {
    this.#watch.choose(peers);
  }

  takeLinks(): LinkBatch | undefined {
    return this.#watch.take();
  }

  detail(handle: PeerHandle): PeerDetail | undefined {
    return this.#peers.get(handle)?.detail();
  }

  standing(): Standing {
    const look = new StandingLook(this.#options.scenario.swarms);
    for (const { handle, swarm, node } of this.#peers.values())
      look.add(handle, swarm, node.share, node.chunks);
    return look.take();
  }

  snapshot(now: number): Snapshot {
    const { exchanges, omitted } = this.#line.takeExchanges();
    const counters: Counters = { ...this.#line.counters, ...this.#counters };
    const snapshot: Snapshot = {
      at: now,
      peers: peerColumns(this.#peers),
      links: linkPairs(this.#peers),
      handedOut: this.#handedOut.take(),
      births: this.#births,
      ends: this.#ends,
      exchanges,
      exchangesOmitted: omitted,
      counters,
      tracker: this.#line.sight,
    };
    this.#births = [];
    this.#ends = [];
    return snapshot;
  }

  /** The peers of time 0 come in over the first seconds, publishers first; the workers take turns. */
  #planOpening(populate: Populate): void {
    const { scenario, worker, workers } = this.#options;
    let turn = 0;
    scenario.swarms.forEach((spec, swarm) => {
      const plan = (count: number, origin: 'publisher' | 'early LEECH' | 'early SEED'): void => {
        for (let i = 0; i < count; i++) {
          if (turn++ % workers !== worker) continue;
          const at = origin === 'publisher' ? 0 : OPENING * this.#openingDice();
          this.#opening.push({ at, make: () => this.#population.make(swarm, origin, this.#options.now()) });
        }
      };
      plan(spec.seeds, 'publisher');
      if (populate === 'publishers') return;
      plan(spec.population.seeds, 'early SEED');
      plan(spec.population.leeches, 'early LEECH');
    });
    this.#opening.sort((a, b) => b.at - a.at);
  }

  #arrive(now: number, seconds: number): void {
    for (let next = this.#opening.at(-1); next !== undefined && next.at <= now; next = this.#opening.at(-1)) {
      this.#opening.pop();
      this.#add(next.make(), now);
    }
    const { worker, workers } = this.#options;
    const since = (now - seconds * 1000) * MICROS;
    for (const [swarm, arrivals] of this.#arrivals.entries())
      for (; arrivals.at <= now * MICROS; arrivals.at = arrivals.next()) {
        // Those of the time before this host, in a dead worker's place, came without it.
        if (arrivals.turn++ % workers !== worker || arrivals.at < since) continue;
        if (this.#peers.size < this.#most) this.#add(this.#population.make(swarm, 'arrival', now), now);
        else this.#counters.turnedAway++;
      }
  }

  #add(peer: SimulatedPeer, now: number): void {
    this.#peers.set(peer.handle, peer);
    for (const address of peer.identity.addresses) this.#byEndpoint.set(endpointOf(address), peer);
    this.#counters.arrived++;
    this.#births.push({
      handle: peer.handle,
      peerId: peer.peerId,
      swarm: peer.swarm,
      endpoint: peer.node.options.endpoint,
      asn: asnOf(peer.identity.addresses),
    });
    this.#options.witness?.born(peer.peerId);
    const asn = Number(peer.identity.addresses[0]?.asn);
    this.#options.observing?.arrived(now, {
      peer: peer.handle,
      peerId: peer.peerId,
      swarm: peer.swarm,
      edition: peer.identity.edition,
      seed: peer.completed,
      asn: Number.isNaN(asn) ? undefined : asn,
    });
    peer.note(now, `came to swarm ${peer.spec.id}`);
    this.#apply(peer, { kind: 'begin' }, now);
  }

  #end(peer: SimulatedPeer, how: PeerEnd['how'], now: number): void {
    if (!peer.alive) return;
    peer.alive = false;
    peer.note(now, how === 'crashed' ? 'crashed, without LEAVE' : 'gone');
    // A crash says no good-bye: neighbours find out by the silence.
    if (how === 'left') peer.node.leave();
    this.#peers.delete(peer.handle);
    for (const address of peer.identity.addresses) {
      const endpoint = endpointOf(address);
      if (this.#byEndpoint.get(endpoint) === peer) this.#byEndpoint.delete(endpoint);
    }
    this.#counters[how]++;
    this.#ends.push({ handle: peer.handle, how });
    this.#options.observing?.departed(now, peer.handle, how);
  }

  /** Says good-bye to its neighbours, then to the tracker. */
  #leave(peer: SimulatedPeer, now: number): void {
    peer.node.leave();
    this.#apply(peer, { kind: 'leave' }, now);
  }

  /** What is due for one peer: its departure, its timer. */
  #live(peer: SimulatedPeer, now: number): void {
    if (peer.departAt <= now && peer.state.wish !== 'gone') {
      if (peer.crashes) {
        this.#end(peer, 'crashed', now);
        return;
      }
      peer.note(now, peer.completed ? 'has seeded long enough' : 'gives up');
      this.#leave(peer, now);
    }
    if (!peer.completed && peer.list === undefined && now - peer.bornAt > JOIN_PATIENCE) {
      peer.note(now, 'gives up: it never reached the tracker');
      this.#end(peer, 'left', now);
      return;
    }
    const wake = peer.wakeAt;
    if (wake !== undefined && wake <= now) this.#apply(peer, { kind: 'wake' }, now);
  }

  #stream(peer: SimulatedPeer, now: number, seconds: number): void {
    // Who is leaving serves nobody any more; without a registration there is no list and no neighbour.
    if (peer.state.wish === 'gone') return;
    if (peer.state.registered === undefined && !peer.completed && peer.node.links.size === 0) return;
    peer.node.step(now, seconds);
    if (!peer.completed && peer.node.complete) {
      peer.completed = true;
      peer.switching = true;
      this.#counters.completed++;
      this.#options.observing?.turned(now, peer.handle, true);
      peer.departAt = now + this.#population.seedTime(peer);
      peer.note(now, 'has every chunk: becomes SEED');
      this.#apply(peer, { kind: 'completed' }, now);
    } else if (peer.state.registered === 'LEECH' && now >= peer.nextAskAt) {
      const { lacks, shortOfNeighbours } = peer.node;
      if (lacks === undefined && !shortOfNeighbours) {
        peer.nextAskAt = now + LOOK_INTERVAL;
        return;
      }
      peer.nextAskAt = now + ASK_INTERVAL * (1 + this.#dice());
      this.#apply(peer, { kind: 'short of neighbours', lacks }, now);
    }
  }

  #apply(peer: SimulatedPeer, event: PeerEvent, now: number): void {
    const { state, effects } = step(peer.identity, peer.state, event, peer.moment(now, this.#dice));
    const [from, to] = [protocolState(peer.state), protocolState(state)];
    this.#options.observing?.stepped(now, peer.handle, state.edition, { from, to, by: methodOf(event) });
    peer.become(state, event, now);
    for (const effect of effects) this.#perform(peer, effect, now);
  }

  #perform(peer: SimulatedPeer, effect: PeerEffect, now: number): void {
    switch (effect.kind) {
      case 'send':
        this.#line.enqueue(peer, effect.pending);
        return;
      case 'registered':
        if (effect.mode !== 'connected') peer.switching = false;
        peer.note(now, noteOf(effect));
        return;
      case 'forgotten':
      case 'fell back':
      case 'queried':
        peer.note(now, noteOf(effect));
        return;
      case 'listed': {
        const peers = effect.peers.flatMap(({ peerId, addresses }) => {
          const home = preferred(addresses);
          return home === undefined ? [] : [{ peerId, endpoint: endpointOf(home), linked: false }];
        });
        const method = peer.latest?.method ?? 'CONNECT';
        peer.list = { at: now, method, peers };
        for (const { endpoint } of peers) {
          const listed = peerAt(endpoint);
          if (listed !== undefined) this.#handedOut.note(listed);
        }
        this.#options.observing?.listedByName(
          now,
          { asker: peer.handle, swarm: peer.swarm, method, wanted: effect.wanted },
          effect.peers,
        );
        peer.node.learn(peers);
        if (!peer.completed) peer.note(now, `was given ${peers.length} peers`);
        return;
      }
      case 'gone':
        this.#end(peer, 'left', now);
        return;
      default:
        effect satisfies never;
    }
  }
}
