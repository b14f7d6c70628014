/** What the tracker knows of one registered peer: the "per-Peer-ID" state machine's data (RFC 7846 §2.3). */
import type { PeerId, SwarmId } from '../protocol/ids.ts';
import type { PeerAddress, PeerMode, PeerNum, StreamStats } from '../protocol/message.ts';
import type { PeerState } from '../protocol/rules.ts';
import type { Remote } from './addresses.ts';
import type { Member, Swarm } from './swarm.ts';
import type { Timed } from './timers.ts';

/** What of a peer a selection policy may look at. */
export interface PeerView {
  readonly peerId: PeerId;
  /** As declared; empty when none was. */
  readonly declared: readonly PeerAddress[];
  readonly remote: Remote;
  readonly connectedAt: number;
  /** From the latest STAT_REPORT, of whatever swarm; upload, bit/s. */
  readonly availableBandwidth: number | undefined;
  readonly concurrentLinks: number | undefined;
  /** Its latest PeerNum, for policies that read it as the asker's own state (RFC 7846 §3.2.2). */
  readonly peerNum: PeerNum | undefined;
}

/** Membership of one peer in one swarm. */
export interface Membership extends Member {
  readonly peer: Registration;
  readonly swarm: Swarm<Membership>;
  stats: StreamStats | undefined;
}

export class Registration implements PeerView, Timed {
  readonly peerId: PeerId;
  readonly connectedAt: number;
  readonly joined = new Map<SwarmId, Membership>();
  state: PeerState = 'START';
  declared: readonly PeerAddress[] = [];
  remote: Remote;
  availableBandwidth: number | undefined;
  concurrentLinks: number | undefined;
  peerNum: PeerNum | undefined;
  /** The track timer: last valid request, and its place in the queue. */
  startedAt: number;
  earlier: this | undefined;
  later: this | undefined;

  constructor(peerId: PeerId, remote: Remote, now: number) {
    this.peerId = peerId;
    this.remote = remote;
    this.connectedAt = now;
    this.startedAt = now;
  }

  join(swarm: Swarm<Membership>, mode: PeerMode): void {
    const membership: Membership = {
      peer: this,
      swarm,
      mode,
      slot: -1,
      group: undefined,
      place: -1,
      stats: undefined,
    };
    swarm.join(membership);
    this.joined.set(swarm.id, membership);
  }

  leave(membership: Membership): void {
    membership.swarm.leave(membership);
    this.joined.delete(membership.swarm.id);
  }

  /** What policies look at has changed: O(swarms it is in), and those are bounded. */
  regroup(): void {
    for (const membership of this.joined.values()) membership.swarm.regroup(membership);
  }

  /** A statistic without a swarm (base-01 table 5) is taken for the only one the peer is in. */
  report(stats: StreamStats): void {
    this.availableBandwidth = stats.availableBandwidth ?? this.availableBandwidth;
    this.concurrentLinks = stats.concurrentLinks ?? this.concurrentLinks;
    const membership = stats.swarmId === undefined ? this.#only() : this.joined.get(stats.swarmId);
    if (membership !== undefined) membership.stats = stats;
  }

  #only(): Membership | undefined {
    const [only] = this.joined.values();
    return this.joined.size === 1 ? only : undefined;
  }
}
