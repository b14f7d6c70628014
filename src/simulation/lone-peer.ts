/**
 * One peer alone before a tracker, on a clock that calls: what the conformance suite tests as our own. It has
 * no neighbours; whoever owns it says what its streaming side would.
 */
import { step as ownStep } from '../peer/peer.ts';
import type { PeerEffect, PeerEvent, PeerIdentity, PeerMoment, PeerState, Step } from '../peer/state.ts';
import type { PeerId } from '../protocol/ids.ts';
import type { EditionId, PeerMode } from '../protocol/message.ts';
import type { Transport } from '../transport/transport.ts';
import { Population } from './population.ts';
import { stream } from './random.ts';
import { PEER_DEFAULTS, SCENARIO_DEFAULTS, SWARM_DEFAULTS, TRACKER_DEFAULTS } from './scenario/defaults.ts';
import type { Scenario } from './scenario/schema.ts';
import type { SimulatedPeer } from './simulated-peer.ts';
import { TrackerLine } from './tracker-line.ts';

export interface LonePeerOptions {
  readonly edition: EditionId;
  readonly mode: PeerMode;
  /** Of the tracker. */
  readonly url: string;
  /** Its name in the run, from which its peer ID comes. */
  readonly name: string;
  readonly seed: number;
  readonly transport: Transport;
  /** Milliseconds from any fixed moment, and a call after so many of them; what that returns calls it off. */
  readonly clock: {
    now(): number;
    after(milliseconds: number, call: () => void): () => void;
  };
  /** Seconds between reports. */
  readonly reportInterval: number;
  readonly swarm: string;
  /** Told of a bug of ours. */
  readonly fault: (cause: unknown) => void;
  /** Its mind: the state machine of `src/peer`, unless another is put in its place. */
  readonly step?: (identity: PeerIdentity, state: PeerState, event: PeerEvent, moment: PeerMoment) => Step;
}

const CHUNKS = 16;
const CHUNK_BYTES = 16_384;

function scenarioOf({ edition, url, seed, reportInterval, swarm }: LonePeerOptions): Scenario {
  return {
    ...SCENARIO_DEFAULTS,
    name: 'one peer alone',
    seed,
    clock: 'real',
    edition,
    duration: 3600,
    tracker: { ...TRACKER_DEFAULTS, url },
    peers: { ...PEER_DEFAULTS, reportInterval, maxLinks: 6 },
    swarms: [
      {
        ...SWARM_DEFAULTS,
        id: swarm,
        about: 'one peer alone',
        kind: 'vod',
        chunks: CHUNKS,
        chunkBytes: CHUNK_BYTES,
        seeds: 0,
        population: { leeches: 0, seeds: 0 },
        arrivals: { process: 'poisson', rate: 0 },
        patience: { distribution: 'never' },
        seedTime: { distribution: 'never' },
        upload: { distribution: 'constant', value: 100_000 },
        download: { distribution: 'constant', value: 400_000 },
      },
    ],
  };
}

export class LonePeer {
  readonly #options: LonePeerOptions;
  readonly #step: NonNullable<LonePeerOptions['step']>;
  readonly #peer: SimulatedPeer;
  readonly #line: TrackerLine;
  readonly #dice: () => number;
  #sleeping: (() => void) | undefined;

  constructor(options: LonePeerOptions) {
    this.#options = options;
    this.#step = options.step ?? ownStep;
    const scenario = scenarioOf(options);
    const only = { scenario, worker: 0, firstSerial: 0 };
    const population = new Population({ ...only, run: options.name, post: () => undefined });
    const now = (): number => options.clock.now();
    this.#peer = population.make(0, options.mode === 'SEED' ? 'publisher' : 'arrival', now());
    this.#dice = stream(options.seed, `protocol/${options.name}`);
    this.#line = new TrackerLine({
      ...only,
      workers: 1,
      transport: options.transport,
      now,
      holding: () => false,
      fault: options.fault,
      settle: (_peer, event) => this.#apply(event),
    });
  }

  get peerId(): PeerId {
    return this.#peer.peerId;
  }

  begin(): void {
    this.#apply({ kind: 'begin' });
  }

  /** What its streaming side, or whoever watches, would tell it; it does hear of it. */
  urge(urge: 'complete' | 'ask anew' | 'leave'): true {
    switch (urge) {
      case 'complete':
        this.#complete();
        return true;
      case 'ask anew':
        this.#apply({ kind: 'short of neighbours', lacks: undefined });
        return true;
      case 'leave':
        this.#apply({ kind: 'leave' });
        return true;
      default:
        return urge satisfies never;
    }
  }

  /** Gone without a word. */
  end(): void {
    this.#peer.alive = false;
    this.#sleeping?.();
  }

  #complete(): void {
    const { node } = this.#peer;
    node.downloadedBytes += (node.chunks.size - node.chunks.count) * CHUNK_BYTES;
    node.preload(1);
    this.#peer.completed = true;
    this.#peer.switching = true;
    this.#apply({ kind: 'completed' });
  }

  #apply(event: PeerEvent): void {
    const peer = this.#peer;
    if (!peer.alive) return;
    const now = this.#options.clock.now();
    const { state, effects } = this.#step(peer.identity, peer.state, event, peer.moment(now, this.#dice));
    peer.become(state, event, now);
    for (const effect of effects) this.#perform(effect);
    this.#line.pump();
    this.#sleep();
  }

  #perform(effect: PeerEffect): void {
    if (effect.kind === 'send') this.#line.enqueue(this.#peer, effect.pending);
    else if (effect.kind === 'gone') this.end();
  }

  #sleep(): void {
    this.#sleeping?.();
    this.#sleeping = undefined;
    const { wakeAt, alive } = this.#peer;
    if (wakeAt === undefined || !alive) return;
    const { clock } = this.#options;
    this.#sleeping = clock.after(Math.max(0, wakeAt - clock.now()), () => this.#apply({ kind: 'wake' }));
  }
}
