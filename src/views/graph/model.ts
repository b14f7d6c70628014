/**
 * Who is on the stage: the snapshots of all workers merged into one set of peers and links.
 * Peers that ended stay for a moment, so that the eye sees them go. No drawing, no layout.
 */
import { isForeign, PHASES } from '../../dashboard/feed.ts';
import type { PeerEnd, PeerHandle } from '../../dashboard/feed.ts';
import { HandOuts } from './hand-outs.ts';
import { LinkTable } from './link-table.ts';
import type { GraphSnapshot, GraphSwarm, Pulse, TrackerHealth } from './messages.ts';

/** Milliseconds a peer that ended is still seen. */
export const FAREWELL = { left: 600, crashed: 2000 } as const;

export interface PeerNode {
  readonly handle: PeerHandle;
  /** Its place in tables; given to another once it is gone. */
  readonly slot: number;
  readonly worker: number;
  readonly swarm: number;
  /** Not one of ours. */
  readonly foreign: boolean;
  /** Empty until its birth is told. */
  peerId: string;
  /** Autonomous system; 0: not known. */
  asn: number;
  seed: boolean;
  /** Index into EDITIONS: spoken now. */
  edition: number;
  /** Index into PHASES. */
  phase: number;
  share: number;
  upload: number;
  download: number;
  /** Present at the run's or the view's beginning: no entrance for them. */
  readonly bornAt: number;
  /** Milliseconds of run time when it was first seen. */
  readonly since: number;
  /** When it became SEED before the viewer's eyes. */
  bloomedAt: number;
  /** When its latest answer came. */
  litAt: number;
  end: { readonly how: PeerEnd['how']; readonly at: number } | undefined;
  /** The layout's; set before a node is first drawn. */
  x: number;
  y: number;
  vx: number;
  vy: number;
  placed: boolean;
  /** Distance from the swarm's centre it strives for; the layout's. */
  orbit: number;
  /** Among those that the layout has given an orbit; the layout's. */
  ranked: boolean;
  /** It stays where it was put; the layout's. */
  pinned: boolean;
  /** One of the set that stands out. */
  picked: boolean;
  /** Place in the layout's list; the layout's. */
  index?: number;
  /** Number of the snapshot that it was in last. */
  seenIn: number;
}

type Birth = GraphSnapshot['births'][number];

interface SwarmCount {
  peers: number;
  seeds: number;
  /** Of the peers, those that are not ours. */
  foreign: number;
}

/** What a snapshot changed, as far as others must act on it. */
interface Change {
  readonly members: boolean;
  readonly links: boolean;
}

const LONG_AGO = -1e9;
const LEAVING = PHASES.indexOf('leaving');

export class GraphModel {
  swarms: readonly GraphSwarm[];
  /** Alive and departing, in the order they came. */
  nodes: PeerNode[] = [];
  readonly links = new LinkTable();
  counts: SwarmCount[];
  readonly #byHandle = new Map<PeerHandle, PeerNode>();
  readonly #bySlot: (PeerNode | undefined)[] = [];
  readonly #free: number[] = [];
  /** Of the latest snapshot, milliseconds. */
  runTime = 0;
  #snapshots = 0;
  #picked: ReadonlySet<PeerHandle> = new Set();
  readonly #linksOf = new Map<number, Uint32Array>();
  readonly #healthOf = new Map<number, TrackerHealth>();
  /** Told before their peers are seen: after a late start one worker's births tell those of all. */
  readonly #births = new Map<PeerHandle, Birth>();
  readonly handOuts = new HandOuts();

  constructor(swarms: readonly GraphSwarm[]) {
    this.swarms = swarms;
    this.counts = swarms.map(nobody);
  }

  /** The swarms are these now: the same as before at the beginning, more or fewer at the end. */
  resize(swarms: readonly GraphSwarm[]): void {
    this.swarms = swarms;
    this.counts = swarms.map((_, i) => this.counts[i] ?? nobody());
    for (const node of this.nodes) if (node.swarm >= swarms.length) this.#byHandle.delete(node.handle);
    this.nodes = this.nodes.filter((node) => node.swarm < swarms.length);
  }

  /** A peer that is alive or departing. */
  node(handle: PeerHandle): PeerNode | undefined {
    return this.#byHandle.get(handle);
  }

  find(slot: number): PeerNode | undefined {
    return this.#bySlot[slot];
  }

  /** The peer of a slot that is in use. */
  at(slot: number): PeerNode {
    return this.#bySlot[slot] as PeerNode;
  }

  /** Trouble that one worker sees is trouble. */
  get health(): TrackerHealth {
    const seen = [...this.#healthOf.values()];
    if (seen.includes('trouble')) return 'trouble';
    return seen.includes('ok') ? 'ok' : 'unknown';
  }

  apply(worker: number, snapshot: GraphSnapshot, now: number): Change {
    const firstOfWorker = !this.#healthOf.has(worker);
    this.#healthOf.set(worker, snapshot.tracker);
    for (const birth of snapshot.births) {
      const node = this.#byHandle.get(birth.handle);
      if (node === undefined) this.#births.set(birth.handle, birth);
      else Object.assign(node, { peerId: birth.peerId, asn: birth.asn });
    }
    this.handOuts.note(snapshot.handedOut, snapshot.at);

    const { peers } = snapshot;
    this.runTime = Math.max(this.runTime, snapshot.at);
    const number = ++this.#snapshots;
    let members = false;
    for (let row = 0; row < peers.handle.length; row++) {
      const handle = peers.handle[row] as number;
      let node = this.#byHandle.get(handle);
      if (node === undefined) {
        const swarm = peers.swarm[row] as number;
        if (swarm >= this.swarms.length) continue;
        node = this.#enter(worker, handle, swarm, firstOfWorker ? LONG_AGO : now, snapshot.at);
        members = true;
      } else if (node.end !== undefined) {
        node.end = undefined;
        members = true;
      }
      node.seenIn = number;
      const seed = peers.mode[row] === 1;
      if (seed && !node.seed && node.placed) node.bloomedAt = now;
      node.seed = seed;
      node.edition = peers.edition[row] as number;
      node.phase = peers.phase[row] as number;
      node.share = peers.share[row] as number;
      node.upload = peers.upload[row] as number;
      node.download = peers.download[row] as number;
    }

    const how = new Map(snapshot.ends.map((end) => [end.handle, end.how]));
    for (const node of this.nodes) {
      if (node.worker !== worker || node.end !== undefined || node.seenIn === number) continue;
      // A peer that is gone without a word was on its way out, or it crashed.
      const fallback = node.phase === LEAVING ? 'left' : 'crashed';
      node.end = { how: how.get(node.handle) ?? fallback, at: now };
      members = true;
    }
    for (const end of snapshot.ends) this.#births.delete(end.handle);

    const links = !sameHandles(this.#linksOf.get(worker), snapshot.links);
    this.#linksOf.set(worker, snapshot.links);
    if (links || members) this.#relink();
    this.#count();
    return { members, links };
  }

  /** Those that stand out from now on, here or not. */
  pick(peers: ReadonlySet<PeerHandle>): void {
    this.#picked = peers;
    for (const node of this.nodes) node.picked = peers.has(node.handle);
  }

  /** Those who were answered just now. */
  light(pulses: readonly Pulse[], now: number): void {
    for (const pulse of pulses) {
      const node = this.#byHandle.get(pulse.peer);
      if (node !== undefined && pulse.outcome !== 'failed') node.litAt = now;
    }
  }

  /** Lets go of those whose farewell is over; true when any was. */
  sweep(now: number): boolean {
    const over = (node: PeerNode): boolean =>
      node.end !== undefined && now - node.end.at >= FAREWELL[node.end.how];
    if (!this.nodes.some(over)) return false;
    this.nodes = this.nodes.filter((node) => {
      if (!over(node)) return true;
      this.#byHandle.delete(node.handle);
      this.handOuts.forget(node.handle);
      this.#bySlot[node.slot] = undefined;
      this.#free.push(node.slot);
      return false;
    });
    return true;
  }

  #enter(worker: number, handle: PeerHandle, swarm: number, bornAt: number, since: number): PeerNode {
    const birth = this.#births.get(handle);
    const slot = this.#free.pop() ?? this.#bySlot.length;
    const node: PeerNode = {
      handle,
      slot,
      worker,
      swarm,
      foreign: isForeign(handle),
      peerId: birth?.peerId ?? '',
      asn: birth?.asn ?? 0,
      seed: false,
      edition: 0,
      phase: 0,
      share: 0,
      upload: 0,
      download: 0,
      bornAt,
      since,
      bloomedAt: LONG_AGO,
      litAt: LONG_AGO,
      end: undefined,
      x: 0,
      y: 0,
      vx: 0,
      vy: 0,
      placed: false,
      orbit: 0,
      ranked: false,
      pinned: false,
      picked: this.#picked.has(handle),
      seenIn: this.#snapshots,
    };
    this.#bySlot[slot] = node;
    this.#births.delete(handle);
    this.#byHandle.set(handle, node);
    this.nodes.push(node);
    return node;
  }

  /** Links whose both ends are alive; workers tell theirs at different moments. */
  #relink(): void {
    this.links.clear();
    for (const pairs of this.#linksOf.values()) {
      for (let i = 0; i + 1 < pairs.length; i += 2) {
        const source = this.#byHandle.get(pairs[i] as number);
        const target = this.#byHandle.get(pairs[i + 1] as number);
        if (source === undefined || source.end !== undefined) continue;
        if (target === undefined || target.end !== undefined || target === source) continue;
        this.links.add(source.slot, target.slot);
      }
    }
  }

  #count(): void {
    for (const count of this.counts) count.peers = count.seeds = count.foreign = 0;
    for (const node of this.nodes) {
      const count = this.counts[node.swarm];
      if (node.end !== undefined || count === undefined) continue;
      count.peers++;
      if (node.seed) count.seeds++;
      if (node.foreign) count.foreign++;
    }
  }
}

const nobody = (): SwarmCount => ({ peers: 0, seeds: 0, foreign: 0 });

function sameHandles(before: Uint32Array | undefined, after: Uint32Array): boolean {
  if (before?.length !== after.length) return false;
  for (let i = 0; i < after.length; i++) if (before[i] !== after[i]) return false;
  return true;
}
