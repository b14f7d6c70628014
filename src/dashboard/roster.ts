/** Who is there: every peer by handle and by ID, ours and those of others. */
import { EDITIONS, isForeign } from '../workers/client.ts';
import type { PeerBirth, PeerColumns, PeerHandle, Snapshot } from '../workers/messages.ts';
import type { PeerSummary } from './state.ts';

/** A peer that no column has yet. */
const NEWBORN = { mode: 'LEECH', share: 0, edition: EDITIONS[0] } as const;

type Row = Pick<PeerSummary, 'mode' | 'share' | 'edition'>;

export class Roster {
  readonly #births = new Map<PeerHandle, PeerBirth>();
  readonly #handles = new Map<string, PeerHandle>();
  /** Latest links and columns of each worker. */
  readonly #links = new Map<number, Uint32Array>();
  readonly #columns = new Map<number, PeerColumns>();

  take(
    worker: number,
    { births, ends, peers, links }: Pick<Snapshot, 'births' | 'ends' | 'peers' | 'links'>,
  ): void {
    this.#columns.set(worker, peers);
    this.#links.set(worker, links);
    for (const birth of births) {
      this.#births.set(birth.handle, birth);
      // A peer of others has a handle in each of its swarms: the first stands for it.
      if (!isForeign(birth.handle) || !this.#handles.has(birth.peerId))
        this.#handles.set(birth.peerId, birth.handle);
    }
    for (const { handle } of ends) {
      const birth = this.#births.get(handle);
      this.#births.delete(handle);
      if (birth === undefined || this.#handles.get(birth.peerId) !== handle) continue;
      this.#handles.delete(birth.peerId);
      const other = isForeign(handle) ? this.#stayOf(birth.peerId) : undefined;
      if (other !== undefined) this.#handles.set(birth.peerId, other);
    }
  }

  clear(): void {
    this.#births.clear();
    this.#handles.clear();
    this.#columns.clear();
    this.#links.clear();
  }

  peerOf(peerId: string): PeerHandle | undefined {
    return this.#handles.get(peerId);
  }

  /** The peer of that address, or the first to have come whose ID begins so. */
  peerNamed(text: string): PeerHandle | undefined {
    const wanted = text.toLowerCase();
    for (const { handle, peerId, endpoint } of this.#births.values())
      if (endpoint === text || peerId.toLowerCase().startsWith(wanted)) return handle;
    return undefined;
  }

  /** Where links to the peer of this ID go. */
  endpointOf(peerId: string): string | undefined {
    return this.#births.get(this.#handles.get(peerId) ?? -1)?.endpoint;
  }

  /** IDs of those that the peer of this ID has open links with. */
  linkedWith(peerId: string): readonly string[] {
    const handle = this.#handles.get(peerId);
    if (handle === undefined) return [];
    const found = new Set<PeerHandle>();
    for (const pairs of this.#links.values())
      for (let at = 0; at + 1 < pairs.length; at += 2) {
        const [a, b] = [pairs[at], pairs[at + 1]];
        const other = a === handle ? b : b === handle ? a : undefined;
        if (other !== undefined) found.add(other);
      }
    return [...found].flatMap((one) => this.#births.get(one)?.peerId ?? []);
  }

  #stayOf(peerId: string): PeerHandle | undefined {
    for (const birth of this.#births.values()) if (birth.peerId === peerId) return birth.handle;
    return undefined;
  }

  /** Peers whose ID, address, swarm, mode, edition or the word `foreign` contains the text, in order of arrival, of those `among` which it looks. `swarms`: their names. */
  find(
    text: string,
    most: number,
    swarms: readonly string[],
    among?: ReadonlySet<PeerHandle>,
  ): readonly PeerSummary[] {
    const wanted = text.trim().toLowerCase();
    const found: PeerSummary[] = [];
    const rows = this.#rows();
    for (const birth of this.#births.values()) {
      if (found.length >= most) break;
      if (among?.has(birth.handle) === false) continue;
      const peer = summaryOf(birth, rows, swarms);
      const words = `${peer.peerId} ${peer.endpoint} ${peer.swarm} ${peer.mode} ${peer.edition}${peer.foreign ? ' foreign' : ''}`;
      if (words.toLowerCase().includes(wanted)) found.push(peer);
    }
    return found;
  }

  /** Those of the peers that are here, in their order. `swarms`: their names. */
  peersOf(handles: Iterable<PeerHandle>, swarms: readonly string[]): readonly PeerSummary[] {
    const rows = this.#rows();
    return [...handles].flatMap((handle) => {
      const birth = this.#births.get(handle);
      return birth === undefined ? [] : [summaryOf(birth, rows, swarms)];
    });
  }

  /** Built when it is asked for: a list is looked at far more rarely than snapshots come. */
  #rows(): ReadonlyMap<PeerHandle, Row> {
    const rows = new Map<PeerHandle, Row>();
    for (const { handle, mode, share, edition } of this.#columns.values())
      handle.forEach((peer, row) => {
        rows.set(peer, {
          mode: mode[row] === 1 ? 'SEED' : 'LEECH',
          share: share[row] ?? 0,
          edition: EDITIONS[edition[row] ?? 0] ?? EDITIONS[0],
        });
      });
    return rows;
  }
}

function summaryOf(
  { swarm, ...birth }: PeerBirth,
  rows: ReadonlyMap<PeerHandle, Row>,
  swarms: readonly string[],
): PeerSummary {
  const foreign = isForeign(birth.handle);
  return { ...birth, swarm: swarms[swarm] ?? '', foreign, ...(rows.get(birth.handle) ?? NEWBORN) };
}
