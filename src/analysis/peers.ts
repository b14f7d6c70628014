/** Who is who in a run: a few numbers for each peer that ever arrived. */
import type { Micros, PeerIndex, RunEvent } from '../simulation/virtual/events.ts';
import { Column } from './column.ts';

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>;
export type { EventOf };

const ABSENT = 0;
/** What names of nobody count as among the behaviours. */
const INVENTED = 'invented';
export const LEECH = 1;
export const SEED = 2;

export class Peers {
  /** One more than its swarm's index; 0: never arrived. */
  readonly #swarm = new Column('uint32');
  readonly #mode = new Column('uint8', ABSENT);
  readonly #arrivedAs = new Column('uint8', ABSENT);
  readonly #asn = new Column('uint32');
  readonly #behaviour = new Column('uint32');
  readonly #upload = new Column();
  readonly #arrivedAt = new Column('float64', Number.NaN);
  readonly #departedAt = new Column('float64', Infinity);
  readonly behaviours: string[] = [];
  /** Identities that flooding peers invented, and the swarms that these came to: names of nobody. */
  readonly #invented = new Map<PeerIndex, number>();
  #count = 0;

  arrive(event: EventOf<'arrived'>): void {
    const { peer } = event;
    const behaviour = this.#indexOf(event.behaviour);
    this.#swarm.set(peer, event.swarm + 1);
    this.#mode.set(peer, event.mode === 'SEED' ? SEED : LEECH);
    this.#arrivedAs.set(peer, event.mode === 'SEED' ? SEED : LEECH);
    this.#asn.set(peer, event.asn);
    this.#behaviour.set(peer, behaviour);
    this.#upload.set(peer, event.upload);
    this.#arrivedAt.set(peer, event.at);
    this.#count = Math.max(this.#count, peer + 1);
  }

  #indexOf(behaviour: string): number {
    const known = this.behaviours.indexOf(behaviour);
    return known === -1 ? this.behaviours.push(behaviour) - 1 : known;
  }

  invent({ peer, as }: EventOf<'invented'>): void {
    this.#indexOf(INVENTED);
    this.#invented.set(as, this.swarmOf(peer));
  }

  depart(peer: PeerIndex, at: Micros): void {
    this.#departedAt.set(peer, at);
  }
  complete(peer: PeerIndex): void {
    this.#mode.set(peer, SEED);
  }

  /** One more than the greatest index so far. */
  get count(): number {
    return this.#count;
  }
  /** Index of its swarm; -1 of a peer that never arrived. */
  swarmOf(peer: PeerIndex): number {
    return this.#swarm.get(peer) - 1;
  }
  /** `LEECH` or `SEED`: what it is, or was when it departed. */
  modeOf(peer: PeerIndex): number {
    return this.#mode.get(peer);
  }
  arrivedAsLeech(peer: PeerIndex): boolean {
    return this.#arrivedAs.get(peer) === LEECH;
  }
  asnOf(peer: PeerIndex): number {
    return this.#asn.get(peer);
  }
  /** Index into `behaviours`. */
  behaviourOf(peer: PeerIndex): number {
    return this.#invented.has(peer) ? this.behaviours.indexOf(INVENTED) : this.#behaviour.get(peer);
  }
  isInvented(peer: PeerIndex): boolean {
    return this.#invented.has(peer);
  }
  /** Index of the swarm that a name stands in, whether somebody bears it or nobody; -1: none. */
  swarmOfName(peer: PeerIndex): number {
    return this.#invented.get(peer) ?? this.swarmOf(peer);
  }
  /** Bytes/s of its uplink. */
  uploadOf(peer: PeerIndex): number {
    return this.#upload.get(peer);
  }
  arrivedAt(peer: PeerIndex): Micros {
    return this.#arrivedAt.get(peer);
  }
  /** Infinity while it is there. */
  departedAt(peer: PeerIndex): Micros {
    return this.#departedAt.get(peer);
  }
  isPresent(peer: PeerIndex): boolean {
    return this.#swarm.get(peer) > 0 && this.#departedAt.get(peer) === Infinity;
  }
}
