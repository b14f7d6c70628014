/** What the tracker holds: each peer's mode in the swarm that it arrived in, and in others where it joined more. */
import type { JoinMode } from '../protocol/message.ts';
import type { PeerIndex, SwarmIndex } from '../simulation/virtual/events.ts';
import { Column } from './column.ts';
import { LEECH, SEED } from './peers.ts';

/** A live seed counts as SEED (gu -06 §4.6). */
export const modeOfJoin = (mode: JoinMode): number => (mode === 'LEECH' ? LEECH : SEED);

export class Registrations {
  readonly #own = new Column('uint8');
  readonly #others = new Map<string, number>();

  /** `LEECH`, `SEED` or 0: in the swarm it arrived in. */
  modeOf(peer: PeerIndex): number {
    return this.#own.get(peer);
  }

  /** Sets the mode (0: unjoined) and says what it was. `own`: whether the swarm is the one that the peer arrived in. */
  change(peer: PeerIndex, swarm: SwarmIndex, own: boolean, mode: number): number {
    if (own) {
      const was = this.#own.get(peer);
      this.#own.set(peer, mode);
      return was;
    }
    const key = `${peer} ${swarm}`;
    const was = this.#others.get(key) ?? 0;
    if (mode === 0) this.#others.delete(key);
    else this.#others.set(key, mode);
    return was;
  }
}
