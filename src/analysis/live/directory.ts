/** Who is who in a run that is watched: columns in pieces, so that a million peers cost bytes and no copying. */
import type { ObservedRun } from '../../simulation/observation.ts';
import type { PeerHandle } from '../../simulation/report.ts';
import type { Directory } from './observer.ts';
import { IdColumn, Pieces } from './pieces.ts';

/** Peers remembered at the most: some 60 bytes each. */
export const MOST_PEERS = 2_000_000;
/** Handles of one page of the way from handle to row. */
const PAGE = 1 << 12;

export interface Newcomer {
  readonly peer: PeerHandle;
  readonly peerId: string;
  readonly swarm: number;
  readonly edition: number;
  readonly asn: number;
  readonly mode: number;
  /** Milliseconds since the run began. */
  readonly at: number;
}

export class Roll implements Directory {
  readonly run: ObservedRun;
  /** Peers that came when there was no more room: nobody knows them. */
  unlisted = 0;
  #count = 0;
  readonly #most: number;
  /** Row + 1 of each handle, by page; 0: nobody. */
  readonly #pages = new Map<number, Uint32Array<ArrayBuffer>>();
  readonly #handle = new Pieces((size) => new Uint32Array(size));
  readonly #swarm = new Pieces((size) => new Uint16Array(size));
  readonly #edition = new Pieces((size) => new Uint8Array(size));
  readonly #asn = new Pieces((size) => new Uint32Array(size));
  readonly #arrived = new Pieces((size) => new Float64Array(size));
  readonly #departed = new Pieces((size) => new Float64Array(size));
  readonly #mode = new Pieces((size) => new Uint8Array(size));
  readonly #ids = new IdColumn();

  constructor(run: ObservedRun, most = MOST_PEERS) {
    this.run = run;
    this.#most = most;
  }

  get count(): number {
    return this.#count;
  }

  rowOf(peer: PeerHandle): number | undefined {
    const row = (this.#pages.get(Math.floor(peer / PAGE))?.[peer % PAGE] ?? 0) - 1;
    return row < 0 ? undefined : row;
  }

  handleAt(row: number): PeerHandle {
    return this.#handle.at(row);
  }

  peerIdAt(row: number): string {
    return this.#ids.at(row);
  }

  swarmAt(row: number): number {
    return this.#swarm.at(row);
  }

  editionAt(row: number): number {
    return this.#edition.at(row);
  }

  asnAt(row: number): number {
    return this.#asn.at(row);
  }

  arrivedAt(row: number): number {
    return this.#arrived.at(row);
  }

  departedAt(row: number): number {
    return this.#departed.at(row);
  }

  modeAt(row: number): number {
    return this.#mode.at(row);
  }

  /** Its row; undefined: there is no more room, or it came before. */
  arrive({ peer, peerId, swarm, edition, asn, mode, at }: Newcomer): number | undefined {
    if (this.rowOf(peer) !== undefined) return undefined;
    if (this.#count >= this.#most) {
      this.unlisted++;
      return undefined;
    }
    const row = this.#count++;
    this.#pageOf(peer)[peer % PAGE] = row + 1;
    this.#handle.set(row, peer);
    this.#swarm.set(row, swarm);
    this.#edition.set(row, edition);
    this.#asn.set(row, asn);
    this.#arrived.set(row, at);
    this.#departed.set(row, Infinity);
    this.#mode.set(row, mode);
    this.#ids.set(row, peerId);
    return row;
  }

  depart(peer: PeerHandle, at: number): void {
    const row = this.rowOf(peer);
    if (row !== undefined) this.#departed.set(row, at);
  }

  turn(peer: PeerHandle, mode: number): void {
    const row = this.rowOf(peer);
    if (row !== undefined) this.#mode.set(row, mode);
  }

  #pageOf(peer: PeerHandle): Uint32Array<ArrayBuffer> {
    const number = Math.floor(peer / PAGE);
    const page = this.#pages.get(number) ?? new Uint32Array(PAGE);
    this.#pages.set(number, page);
    return page;
  }
}
