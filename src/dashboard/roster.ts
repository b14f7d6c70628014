/** Who is there: every simulated peer by handle and by ID. */
import type { PeerBirth, PeerHandle, Snapshot } from '../workers/messages.ts';
import type { PeerSummary } from './state.ts';

export class Roster {
  readonly #births = new Map<PeerHandle, PeerBirth>();
  readonly #handles = new Map<string, PeerHandle>();

  take({ births, ends }: Snapshot): void {
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
  }

  peerOf(peerId: string): PeerHandle | undefined {
    return this.#handles.get(peerId);
  }

  /** Peers whose ID, address or swarm contains the text, in order of arrival. `swarms`: their names. */
  find(text: string, most: number, swarms: readonly string[]): readonly PeerSummary[] {
    const wanted = text.trim().toLowerCase();
    const found: PeerSummary[] = [];
    for (const { handle, peerId, endpoint, swarm: index } of this.#births.values()) {
      if (found.length >= most) break;
      const swarm = swarms[index] ?? '';
      if (`${peerId} ${endpoint} ${swarm}`.toLowerCase().includes(wanted))
        found.push({ handle, peerId, swarm, endpoint });
    }
    return found;
  }
}
