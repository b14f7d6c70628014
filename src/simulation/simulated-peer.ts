/** One simulated peer: its protocol state, its streaming side, and what the page may ask about it. */
import type { PeerId } from '../protocol/ids.ts';
import type { ContentMap, Method, PeerMode, Property, StreamStats } from '../protocol/message.ts';
import { protocolState, wakeAt } from '../peer/peer.ts';
import type { PeerEvent, PeerIdentity, PeerMoment, PeerState } from '../peer/state.ts';
import { REPRESENTATION } from '../peer/write.ts';
import type { StreamingNode } from '../streaming/node.ts';
import { endpointOf } from './addresses.ts';
import { toExchange, type ExchangeRecord } from './exchange-log.ts';
import {
  PHASES,
  type HistoryEntry,
  type ListedPeer,
  type PeerDetail,
  type PeerHandle,
  type PeerPhase,
  type PeerTransition,
} from './report.ts';
import type { SwarmSpec } from './scenario/schema.ts';

const MAX_HISTORY = 40;
/** gu -06 table 4: simulated peers stand on the open network, and need no STUN. */
const PROPERTIES: readonly Property[] = [
  { name: 'NAT', value: 'false' },
  { name: 'STUN', value: 'false' },
];

export class SimulatedPeer {
  readonly handle: PeerHandle;
  readonly swarm: number;
  readonly spec: SwarmSpec;
  readonly identity: PeerIdentity;
  readonly node: StreamingNode;
  readonly bornAt: number;
  /** Vanishes without LEAVE when its time is up. */
  readonly crashes: boolean;
  state: PeerState;
  /** Milliseconds of run time; when it leaves, or crashes. */
  departAt: number;
  /** Not before this does it ask for more neighbours again. */
  nextAskAt = 0;
  /** Bytes of the pending request: a retry sends the very same. */
  body: Uint8Array<ArrayBuffer> | undefined;
  alive = true;
  completed: boolean;
  /** Complete, but not yet registered as SEED. */
  switching = false;
  list: { readonly at: number; readonly method: Method; readonly peers: readonly ListedPeer[] } | undefined;
  latest: ExchangeRecord | undefined;
  readonly history: HistoryEntry[] = [];
  #transition: PeerTransition | undefined;

  constructor(facts: {
    handle: PeerHandle;
    swarm: number;
    spec: SwarmSpec;
    identity: PeerIdentity;
    node: StreamingNode;
    bornAt: number;
    departAt: number;
    crashes: boolean;
    state: PeerState;
  }) {
    this.handle = facts.handle;
    this.swarm = facts.swarm;
    this.spec = facts.spec;
    this.identity = facts.identity;
    this.node = facts.node;
    this.bornAt = facts.bornAt;
    this.departAt = facts.departAt;
    this.crashes = facts.crashes;
    this.state = facts.state;
    this.completed = facts.state.wish === 'SEED';
  }

  get peerId(): PeerId {
    return this.identity.peerId;
  }

  get mode(): PeerMode {
    const { registered } = this.state;
    if (registered === 'SEED' || registered === 'LEECH') return registered;
    return this.completed ? 'SEED' : 'LEECH';
  }

  get phase(): PeerPhase {
    const { wish, pending, registered } = this.state;
    if (wish === 'gone') return 'leaving';
    if (pending !== undefined && (pending.retryAt !== undefined || pending.attempt > 1)) return 'silent';
    if (registered === wish) return 'tracking';
    return this.switching ? 'switching' : 'joining';
  }

  get phaseCode(): number {
    return PHASES.indexOf(this.phase);
  }

  get wakeAt(): number | undefined {
    return wakeAt(this.state);
  }

  /** Takes the state that the event led to. */
  become(state: PeerState, event: PeerEvent, at: number): void {
    const [from, to] = [protocolState(this.state), protocolState(state)];
    const answer = event.kind === 'answer' ? event.response : undefined;
    if (from !== to || answer?.outcome === 'success') this.#transition = { from, to, by: answer?.method, at };
    this.state = state;
  }

  note(at: number, what: string): void {
    this.history.push({ at, what });
    if (this.history.length > MAX_HISTORY) this.history.shift();
  }

  /** What its protocol side may ask of its streaming side. */
  moment(now: number, random: () => number): PeerMoment {
    return {
      now,
      random,
      stats: () => this.#stats(),
      content: () => this.#content(),
      playsFrom: () => this.#playsFrom(),
      properties: PROPERTIES,
    };
  }

  #stats(): StreamStats {
    const { node } = this;
    return {
      swarmId: this.identity.swarmId,
      uploadedBytes: BigInt(Math.round(node.uploadedBytes)),
      downloadedBytes: BigInt(Math.round(node.downloadedBytes)),
      // Neither text names a unit; bit/s, as RFC 7846's other bandwidth counts bits.
      availableBandwidth: Math.max(0, Math.round(8 * (node.options.upload - node.uploadRate))),
      concurrentLinks: node.openLinks,
    };
  }

  #content(): ContentMap {
    const { chunks } = this.node;
    const run = { startIndex: chunks.base, endIndex: chunks.base + chunks.size - 1, bitmap: chunks.bitmap() };
    return {
      swarmId: this.identity.swarmId,
      representations: [{ id: REPRESENTATION, maps: [run] }],
    };
  }

  /** All who watch live are at the same place: only on demand does it matter who has what. */
  #playsFrom(): number | undefined {
    const { chunks } = this.node;
    return this.spec.kind === 'live' || chunks.count === 0 ? undefined : chunks.firstLacking();
  }

  detail(): PeerDetail {
    const { node } = this;
    return {
      handle: this.handle,
      peerId: this.peerId,
      swarm: this.swarm,
      mode: this.mode,
      phase: this.phase,
      edition: this.identity.edition,
      speaks: this.state.edition,
      state: protocolState(this.state),
      transition: this.#transition,
      addresses: this.identity.addresses.map(endpointOf),
      chunksHeld: node.chunks.count,
      chunks: node.chunks.size,
      upload: node.uploadRate,
      uploadLimit: node.options.upload,
      download: node.downloadRate,
      downloadLimit: node.options.download,
      uploadedBytes: Math.round(node.uploadedBytes),
      downloadedBytes: node.downloadedBytes,
      links: node.openLinks,
      deadListed: node.deadCandidates,
      since: this.bornAt,
      nextReport: this.state.reportAt,
      history: [...this.history],
      list: this.list && {
        ...this.list,
        peers: this.list.peers.map((peer) => ({
          ...peer,
          linked: node.links.get(peer.endpoint)?.open ?? false,
        })),
      },
      latest: this.latest && toExchange(this.latest),
    };
  }
}
