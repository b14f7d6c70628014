/** Makes the peers of a swarm: who they are, what line they have, how long they stay. */
import { asPeerId, asSwarmId } from '../protocol/ids.ts';
import { EDITIONS, MAX_PEER_LIST, type EditionId } from '../protocol/message.ts';
import { newPeer } from '../peer/peer.ts';
import type { LinkMessage } from '../streaming/link-message.ts';
import { StreamingNode } from '../streaming/node.ts';
import { addressesOf, endpointOf, preferred } from './addresses.ts';
import { draw } from './models/distributions.ts';
import { hashName, sfc32, stream } from './random.ts';
import { HANDLES_PER_WORKER } from './report.ts';
import type { Scenario } from './scenario/schema.ts';
import { SimulatedPeer } from './simulated-peer.ts';

/** How a peer comes into the run. */
export type Origin =
  /** There from the first second, to the end. */
  | 'publisher'
  /** There at time 0, somewhere in the middle of its stay. */
  | 'early LEECH'
  | 'early SEED'
  | 'arrival';

export interface PopulationOptions {
  readonly scenario: Scenario;
  readonly worker: number;
  readonly run: string;
  readonly firstSerial: number;
  readonly post: (message: LinkMessage) => void;
}

export class Population {
  readonly #options: PopulationOptions;
  #serial: number;
  readonly #ids: () => number;
  readonly #lines: () => number;
  readonly #stays: () => number;
  readonly #places: () => number;
  readonly #chunks: () => number;
  readonly #editions: () => number;

  constructor(options: PopulationOptions) {
    this.#options = options;
    this.#serial = options.firstSerial;
    const { scenario, worker, run, firstSerial } = options;
    const own = (concern: string) => stream(scenario.seed, `${concern}/${worker}/${firstSerial}`);
    // IDs are the one thing the seed does not decide: two runs against one tracker must not be mistaken for each other.
    this.#ids = sfc32(hashName(run), hashName(`${run}/${worker}`), firstSerial);
    this.#lines = own('lines');
    this.#stays = own('stays');
    this.#places = own('places');
    this.#chunks = own('chunks');
    this.#editions = own('editions');
  }

  make(swarm: number, origin: Origin, now: number): SimulatedPeer {
    const { scenario, worker, post } = this.#options;
    const spec = scenario.swarms[swarm];
    if (spec === undefined) throw new Error(`The scenario has no swarm number ${swarm}.`);
    const serial = this.#serial++;
    const handle = worker * HANDLES_PER_WORKER + serial;
    const peerId = asPeerId(this.#newId());
    const addresses = addressesOf(worker, serial, this.#places);
    const home = preferred(addresses);
    if (home === undefined) throw new Error('A simulated peer has at least one address.');
    const seed = origin === 'publisher' || origin === 'early SEED';
    const live = spec.kind === 'live';
    const edition = this.#edition();
    const node = new StreamingNode({
      endpoint: endpointOf(home),
      peerId,
      handle,
      swarm,
      chunks: spec.chunks,
      chunkBytes: spec.chunkBytes,
      chunkSeconds: live ? (spec.chunkSeconds ?? 1) : undefined,
      source: live && seed,
      upload: draw(origin === 'publisher' ? (spec.publisherUpload ?? spec.upload) : spec.upload, this.#lines),
      download: draw(spec.download, this.#lines),
      maxLinks: scenario.peers.maxLinks,
      random: this.#chunks,
      post,
    });
    if (seed) node.preload(1);
    // Who watches live holds most of the window; who downloads is anywhere between nothing and nearly all.
    else if (origin === 'early LEECH') node.preload(live ? 0.8 : 0.9 * this.#chunks());
    const stay = draw(origin === 'early SEED' ? spec.seedTime : spec.patience, this.#stays) * 1000;
    const crashes = this.#stays() < scenario.peers.crash;
    return new SimulatedPeer({
      handle,
      swarm,
      spec,
      identity: {
        edition,
        peerId,
        swarmId: asSwarmId(spec.id),
        liveSource: live && seed,
        addresses,
        reportInterval: scenario.peers.reportInterval * 1000,
        peerCount: Math.min(MAX_PEER_LIST, scenario.peers.peerCount),
      },
      node,
      bornAt: now,
      departAt: origin === 'publisher' ? Infinity : now + stay,
      crashes: origin !== 'publisher' && crashes,
      state: newPeer(edition, seed ? 'SEED' : 'LEECH'),
    });
  }

  /** In a mixed run every peer draws its own, from dice of their own: nothing else is reshuffled by it. */
  #edition(): EditionId {
    const { edition } = this.#options.scenario;
    if (edition !== 'mixed') return edition;
    return EDITIONS[Math.floor(this.#editions() * EDITIONS.length)] ?? EDITIONS[0];
  }

  /** Milliseconds that a peer which has just completed will stay as SEED. */
  seedTime(peer: SimulatedPeer): number {
    return draw(peer.spec.seedTime, this.#stays) * 1000;
  }

  /** Serial number of the next peer. */
  get nextSerial(): number {
    return this.#serial;
  }

  /** 160 random bits in hexadecimal: the form that swarm IDs and peer IDs of deployed clients have. */
  #newId(): string {
    let id = '';
    for (let word = 0; word < 5; word++)
      id += Math.floor(this.#ids() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return id;
  }
}
