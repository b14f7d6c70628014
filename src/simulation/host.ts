/**
 * Many peers on one clock: arrivals, stays, streaming, and requests to the tracker as real bytes. One host runs in
 * each worker; hosts reach each other's peers through the `route` port.
 */
import { step, type PeerEffect, type PeerEvent } from '../peer/peer.ts';
import type { Endpoint, LinkMessage } from '../streaming/link-message.ts';
import type { Transport } from '../transport/transport.ts';
import { endpointOf, preferred, workerOf } from './addresses.ts';
import { Population } from './population.ts';
import { poisson, stream } from './random.ts';
import type { Counters, PeerBirth, PeerDetail, PeerEnd, PeerHandle, Snapshot } from './report.ts';
import { arrivalRate, type Scenario } from './scenario.ts';
import type { SimulatedPeer } from './simulated-peer.ts';
import { TrackerLine } from './tracker-line.ts';
import { linkPairs, peerColumns } from './snapshot.ts';

export interface HostOptions {
  readonly scenario: Scenario;
  readonly worker: number;
  readonly workers: number;
  readonly run: string;
  readonly populate: boolean;
  readonly firstSerial: number;
  readonly transport: Transport;
  /** Milliseconds of run time, for what happens between steps. */
  readonly now: () => number;
  /** Carries messages to the peers of another worker. */
  readonly route: (worker: number, messages: readonly LinkMessage[]) => void;
}

/** Milliseconds over which the peers of time 0 come in. */
const OPENING = 3500;
/** Milliseconds between two streaming steps. */
const STREAM_STEP = 250;
/** Milliseconds between two requests of one peer for more neighbours. */
const ASK_INTERVAL = 10_000;
/** Link messages handled in one step at most; the rest waits for the next. */
const MAX_DELIVERIES = 50_000;

export class PeerHost {
  readonly #options: HostOptions;
  readonly #population: Population;
  readonly #line: TrackerLine;
  readonly #dice: () => number;
  readonly #arrivalDice: () => number;
  readonly #peers = new Map<PeerHandle, SimulatedPeer>();
  readonly #byEndpoint = new Map<Endpoint, SimulatedPeer>();
  /** Peers of time 0 and when they come, soonest last. */
  readonly #opening: { readonly at: number; readonly make: () => SimulatedPeer }[] = [];
  #mail: LinkMessage[] = [];
  #births: PeerBirth[] = [];
  #ends: PeerEnd[] = [];
  #counters = { arrived: 0, completed: 0, left: 0, crashed: 0 };
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
      post: (message) => this.#mail.push(message),
    });
    this.#dice = stream(scenario.seed, `protocol/${worker}/${firstSerial}`);
    this.#arrivalDice = stream(scenario.seed, `arrivals/${worker}/${firstSerial}`);
    this.#line = new TrackerLine({
      scenario,
      worker,
      workers: options.workers,
      firstSerial,
      transport: options.transport,
      now: options.now,
      settle: (peer, event, now) => this.#apply(peer, event, now),
    });
    if (options.populate) this.#planOpening();
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
    const seconds = (now - (this.#steppedAt ?? now)) / 1000;
    this.#steppedAt = now;
    if (!this.#leaving) this.#arrive(now, seconds);
    for (const peer of this.#peers.values()) this.#live(peer, now);
    const sinceStream = now - (this.#streamedAt ?? now - STREAM_STEP);
    if (sinceStream >= STREAM_STEP) {
      this.#streamedAt = now;
      // After a long halt (a sleeping laptop) the time lost is not made up for in one leap.
      const stepped = Math.min(sinceStream, 4 * STREAM_STEP) / 1000;
      for (const peer of this.#peers.values()) this.#stream(peer, now, stepped);
    }
    this.#deliver(now);
    this.#line.pump();
  }

  /** Messages from the peers of another worker. */
  receive(messages: readonly LinkMessage[]): void {
    for (const message of messages) this.#mail.push(message);
  }

  /** Every peer LEAVEs; nobody comes any more. */
  leaveAll(now: number): void {
    this.#leaving = true;
    this.#opening.length = 0;
    for (const peer of this.#peers.values()) this.#apply(peer, { kind: 'leave' }, now);
    this.#line.pump();
  }

  leave(handle: PeerHandle, now: number): void {
    const peer = this.#peers.get(handle);
    if (peer === undefined) return;
    peer.note(now, 'asked to leave');
    this.#apply(peer, { kind: 'leave' }, now);
    this.#line.pump();
  }

  crash(handle: PeerHandle, now: number): void {
    const peer = this.#peers.get(handle);
    if (peer !== undefined) this.#end(peer, 'crashed', now);
  }

  detail(handle: PeerHandle): PeerDetail | undefined {
    return this.#peers.get(handle)?.detail();
  }

  snapshot(now: number): Snapshot {
    const { exchanges, omitted } = this.#line.takeExchanges();
    const counters: Counters = { ...this.#line.counters, ...this.#counters };
    const snapshot: Snapshot = {
      at: now,
      peers: peerColumns(this.#peers),
      links: linkPairs(this.#peers),
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
  #planOpening(): void {
    const { scenario, worker, workers } = this.#options;
    let turn = 0;
    scenario.swarms.forEach((spec, swarm) => {
      const plan = (count: number, origin: 'publisher' | 'early LEECH' | 'early SEED'): void => {
        for (let i = 0; i < count; i++) {
          if (turn++ % workers !== worker) continue;
          const at = origin === 'publisher' ? 0 : OPENING * this.#arrivalDice();
          this.#opening.push({ at, make: () => this.#population.make(swarm, origin, this.#options.now()) });
        }
      };
      plan(spec.seeds, 'publisher');
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
    // Poisson arrivals split evenly over the workers are Poisson arrivals in each of them.
    this.#options.scenario.swarms.forEach((spec, swarm) => {
      const mean = (arrivalRate(spec.arrivals, now / 1000) * seconds) / this.#options.workers;
      for (let count = poisson(mean, this.#arrivalDice); count > 0; count--)
        this.#add(this.#population.make(swarm, 'arrival', now), now);
    });
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
  }

  /** What is due for one peer: its departure, its timer. */
  #live(peer: SimulatedPeer, now: number): void {
    if (peer.departAt <= now && peer.state.wish !== 'gone') {
      if (peer.crashes) {
        this.#end(peer, 'crashed', now);
        return;
      }
      peer.note(now, peer.completed ? 'has seeded long enough' : 'gives up');
      this.#apply(peer, { kind: 'leave' }, now);
    }
    const wake = peer.wakeAt;
    if (wake !== undefined && wake <= now) this.#apply(peer, { kind: 'wake' }, now);
  }

  #stream(peer: SimulatedPeer, now: number, seconds: number): void {
    // Without a registration there is no list and no neighbour; who is leaving serves nobody any more.
    if (peer.state.registered === undefined && !peer.completed && peer.node.links.size === 0) return;
    peer.node.step(now, seconds);
    if (!peer.completed && peer.node.complete) {
      peer.completed = true;
      this.#counters.completed++;
      peer.departAt = now + this.#population.seedTime(peer);
      peer.note(now, 'has every chunk: becomes SEED');
      this.#apply(peer, { kind: 'completed' }, now);
    } else if (peer.state.registered === 'LEECH' && now >= peer.nextAskAt && peer.node.shortOfNeighbours) {
      peer.nextAskAt = now + ASK_INTERVAL * (1 + this.#dice());
      this.#apply(peer, { kind: 'short of neighbours' }, now);
    }
  }

  #deliver(now: number): void {
    const away = new Map<number, LinkMessage[]>();
    // Answers are posted while this runs, and delivered in the same step.
    let at = 0;
    for (; at < this.#mail.length && at < MAX_DELIVERIES; at++) {
      const message = this.#mail[at];
      if (message === undefined) continue;
      const receiver = this.#byEndpoint.get(message.to);
      if (receiver !== undefined) {
        receiver.node.receive(message, now);
        continue;
      }
      const worker = workerOf(message.to);
      if (worker !== undefined && worker !== this.#options.worker && worker < this.#options.workers) {
        const batch = away.get(worker);
        if (batch === undefined) away.set(worker, [message]);
        else batch.push(message);
      } else if (message.kind === 'hello') {
        // Nobody there: a connection refused. All else to the dead is lost, as it would be.
        this.#mail.push({ kind: 'refuse', from: message.to, to: message.from });
      }
    }
    this.#mail = at < this.#mail.length ? this.#mail.slice(at) : [];
    for (const [worker, messages] of away) this.#options.route(worker, messages);
  }

  #apply(peer: SimulatedPeer, event: PeerEvent, now: number): void {
    const { state, effects } = step(peer.identity, peer.state, event, {
      now,
      random: this.#dice,
      stats: () => peer.stats(),
    });
    peer.state = state;
    for (const effect of effects) this.#perform(peer, effect, now);
  }

  #perform(peer: SimulatedPeer, effect: PeerEffect, now: number): void {
    switch (effect.kind) {
      case 'send':
        this.#line.enqueue(peer, effect.pending);
        return;
      case 'registered':
        peer.note(now, `registered as ${effect.mode}`);
        return;
      case 'forgotten':
        peer.note(now, 'the tracker knows it no longer');
        return;
      case 'listed': {
        const peers = effect.peers.flatMap(({ peerId, addresses }) => {
          const home = preferred(addresses);
          return home === undefined ? [] : [{ peerId, endpoint: endpointOf(home), linked: false }];
        });
        const method = peer.latest?.method ?? 'CONNECT';
        peer.list = { at: now, method, peers };
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
