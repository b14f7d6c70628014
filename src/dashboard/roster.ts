/** Who is there: every simulated peer by handle and by ID. */
import { EDITIONS } from '../workers/client.ts';
import type { PeerBirth, PeerColumns, PeerHandle, Snapshot } from '../workers/messages.ts';
import type { PeerSummary } from './state.ts';

/** A peer that no column has yet. */
const NEWBORN = { mode: 'LEECH', share: 0, edition: EDITIONS[0] } as const;

type Row = Pick<PeerSummary, 'mode' | 'share' | 'edition'>;

export class Roster {
  readonly #births = new Map<PeerHandle, PeerBirth>();
  readonly #handles = new Map<string, PeerHandle>();
  /** Latest columns of each worker. */
  readonly #columns = new Map<number, PeerColumns>();

  take(worker: number, { births, ends, peers }: Snapshot): void {
    this.#columns.set(worker, peers);
    for (const birth of births) {
      this.#births.set(birth.handle, birth);
      this.#handles.set(birth.peerId, birth.handle);
    }
    for (const { handle } of ends) {
      const birth = this.#births.get(handle);
      if (birth !== undefined) this.#handles.delete(birth.peerId);
      this.#births.delete(handle);
    }
  }

  clear(): void {
    this.#births.clear();
    this.#handles.clear();
    this.#columns.clear();
  }

  peerOf(peerId: string): PeerHandle | undefined {
    return this.#handles.get(peerId);
  }

  /** Peers whose ID, address, swarm, mode or edition contains the text, in order of arrival. `swarms`: their names. */
  find(text: string, most: number, swarms: readonly string[]): readonly PeerSummary[] {
    const wanted = text.trim().toLowerCase();
    const found: PeerSummary[] = [];
    const rows = this.#rows();
    for (const { handle, peerId, endpoint, swarm: index } of this.#births.values()) {
      if (found.length >= most) break;
      const swarm = swarms[index] ?? '';
      const row = rows.get(handle) ?? NEWBORN;
      if (`${peerId} ${endpoint} ${swarm} ${row.mode} ${row.edition}`.toLowerCase().includes(wanted))
        found.push({ handle, peerId, swarm, endpoint, ...row });
    }
    return found;
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
