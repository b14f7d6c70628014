/** The peer workers, as one: starts them, joins them by lines, notices when one dies and puts another in its place. */
import type { LinkBatch, WatchedPeer } from '../simulation/link-watch.ts';
import type { Counters, PeerDetail, PeerHandle, Snapshot } from '../simulation/report.ts';
import { HANDLES_PER_WORKER } from '../simulation/report.ts';
import type { Scenario } from '../simulation/scenario/schema.ts';
import type { Access, Assignment, PeerAction, PeersCommand, PeersReport } from './messages.ts';

export interface PoolListener {
  snapshot(worker: number, snapshot: Snapshot): void;
  detail(detail: PeerDetail): void;
  /** Of the peers that `watchLinks` named. */
  links(batch: LinkBatch): void;
  /** A worker died and was replaced; its peers are told as crashed in a snapshot of their own. */
  restarted(worker: number): void;
  fault(message: string): void;
  /** The other end of the port goes to a peer worker, which tells every exchange through it. */
  recorded(port: MessagePort): void;
  /** The other end of the port goes to the peer worker of this number, which tells what happens through it. */
  observed(worker: number, port: MessagePort): void;
  /** It died, and its peers with it; another one takes its place, or none. */
  lost(worker: number): void;
}

export interface PeerPool {
  readonly size: number;
  start(scenario: Scenario, run: string, access: Access): void;
  pause(): void;
  resume(): void;
  /** Resolves when every peer has left, or had time enough to. */
  stop(): Promise<void>;
  /** Ends the waiting of `stop` at once. */
  abandon(): void;
  inspect(peer: PeerHandle | undefined): void;
  /** What these say to each other is told from now on; another run begins with none. */
  watchLinks(peers: readonly WatchedPeer[]): void;
  act(peer: PeerHandle, action: PeerAction): void;
}

interface Slot {
  worker: Worker;
  heardAt: number;
  /** Of workers that died in this place. */
  carried: Counters | undefined;
  last: Snapshot | undefined;
  nextSerial: number;
  restarts: number;
  stopped: (() => void) | undefined;
  /** Died too often to be started again. */
  down: boolean;
}

/** Milliseconds without a word after which a worker counts as dead; it speaks four times a second. */
const SILENCE = 4000;
/** The same for one that is still starting up. */
const FIRST_SILENCE = 20_000;
const CHECK = 1000;
/** Serial numbers left unused after a death: births that were never reported may have taken some. */
const SERIAL_GAP = 4096;
const MAX_RESTARTS = 20;

export function createPeerPool(size: number, listener: PoolListener): PeerPool {
  let slots: Slot[] = [];
  let current: { readonly scenario: Scenario; readonly run: string; readonly access: Access } | undefined;
  let inspected: PeerHandle | undefined;
  let watched: readonly WatchedPeer[] = [];
  let paused = false;
  let lastCheck = performance.now();

  const tell = (slot: Slot, command: PeersCommand, transfer: Transferable[] = []): void =>
    slot.worker.postMessage(command, transfer);
  const tellAll = (command: PeersCommand): void => {
    for (const slot of slots) tell(slot, command);
  };

  function spawn(index: number): Worker {
    const worker = new Worker(new URL('./peers.worker.ts', import.meta.url), {
      type: 'module',
      name: `peers ${index}`,
    });
    worker.onmessage = ({ data }: MessageEvent<PeersReport>) => {
      // A worker that was given up may still have had something to say.
      if (slots[index]?.worker === worker) hear(index, data);
    };
    worker.onerror = (event) => listener.fault(event.message || 'A peer worker could not be loaded.');
    return worker;
  }

  function hear(index: number, report: PeersReport): void {
    const slot = slots[index];
    if (slot === undefined) return;
    // A fault is no sign of life: a worker that only ever fails is as good as dead.
    if (report.kind !== 'fault') slot.heardAt = performance.now();
    switch (report.kind) {
      case 'snapshot': {
        const snapshot = withCarried(report.snapshot, slot.carried);
        slot.last = snapshot;
        for (const birth of snapshot.births)
          slot.nextSerial = Math.max(slot.nextSerial, (birth.handle % HANDLES_PER_WORKER) + 1);
        listener.snapshot(index, snapshot);
        return;
      }
      case 'detail':
        listener.detail(report.detail);
        return;
      case 'links':
        listener.links(report.batch);
        return;
      case 'stopped':
        slot.stopped?.();
        return;
      case 'fault':
        listener.fault(report.message);
        return;
      default:
        report satisfies never;
    }
  }

  function assign(index: number, populate: Assignment['populate']): void {
    const slot = slots[index];
    if (slot === undefined || current === undefined) return;
    record(slot);
    observe(index, slot);
    tell(slot, {
      kind: 'start',
      assignment: {
        worker: index,
        workers: size,
        ...current,
        elapsed: slots.reduce((latest, other) => Math.max(latest, other.last?.at ?? 0), 0),
        populate,
        sentAt: performance.timeOrigin + performance.now(),
        firstSerial: slot.nextSerial,
      },
    });
    if (paused) tell(slot, { kind: 'pause' });
    if (inspected !== undefined) tell(slot, { kind: 'inspect', peer: inspected });
    if (watched.length > 0) tell(slot, { kind: 'watch links', peers: watched });
  }

  function record(slot: Slot): void {
    const { port1, port2 } = new MessageChannel();
    tell(slot, { kind: 'record', port: port1 }, [port1]);
    listener.recorded(port2);
  }

  function observe(index: number, slot: Slot): void {
    const { port1, port2 } = new MessageChannel();
    tell(slot, { kind: 'observe', port: port1 }, [port1]);
    listener.observed(index, port2);
  }

  function join(a: number, b: number): void {
    const [one, other] = [slots[a], slots[b]];
    if (one === undefined || other === undefined) return;
    const { port1, port2 } = new MessageChannel();
    tell(one, { kind: 'connect', worker: b, port: port1 }, [port1]);
    tell(other, { kind: 'connect', worker: a, port: port2 }, [port2]);
  }

  function replace(index: number): void {
    const slot = slots[index];
    if (slot === undefined || current === undefined) return;
    slot.worker.terminate();
    listener.lost(index);
    if (slot.last !== undefined) {
      const obituary = asCrashed(slot.last);
      slot.carried = { ...obituary.counters, queued: 0 };
      slot.last = obituary;
      listener.snapshot(index, obituary);
    }
    if (slot.stopped !== undefined) {
      slot.stopped();
      return;
    }
    if (slot.restarts >= MAX_RESTARTS) {
      slot.down = true;
      listener.fault(`Peer worker ${index} died ${MAX_RESTARTS} times and stays down. Reload the page.`);
      return;
    }
    slot.restarts++;
    slot.nextSerial += SERIAL_GAP;
    slot.worker = spawn(index);
    slot.heardAt = performance.now();
    for (let other = 0; other < slots.length; other++) if (other !== index) join(index, other);
    assign(index, slot.last === undefined ? 'everyone' : 'publishers');
    listener.restarted(index);
  }

  setInterval(() => {
    const now = performance.now();
    // The page itself was halted (hidden tab, sleeping machine): nobody could be heard.
    if (now - lastCheck > 2.5 * CHECK) for (const slot of slots) slot.heardAt = now;
    lastCheck = now;
    slots.forEach((slot, index) => {
      const silence = slot.last === undefined ? FIRST_SILENCE : SILENCE;
      if (!slot.down && now - slot.heardAt > silence) replace(index);
    });
  }, CHECK);

  function dismiss(): void {
    for (const slot of slots) slot.worker.terminate();
    slots = [];
    current = undefined;
  }

  return {
    size,
    start(scenario, run, access) {
      dismiss();
      paused = false;
      inspected = undefined;
      watched = [];
      const now = performance.now();
      current = { scenario, run, access };
      slots = Array.from({ length: size }, (_, index) => ({
        worker: spawn(index),
        heardAt: now,
        carried: undefined,
        last: undefined,
        nextSerial: 0,
        restarts: 0,
        stopped: undefined,
        down: false,
      }));
      for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) join(a, b);
      for (let index = 0; index < size; index++) assign(index, 'everyone');
    },
    pause() {
      paused = true;
      tellAll({ kind: 'pause' });
    },
    resume() {
      paused = false;
      tellAll({ kind: 'resume' });
    },
    async stop() {
      const farewells = slots
        .filter((slot) => !slot.down)
        .map(
          (slot) =>
            new Promise<void>((resolve) => {
              slot.stopped = resolve;
              tell(slot, { kind: 'stop' });
            }),
        );
      await Promise.all(farewells);
      dismiss();
    },
    abandon() {
      for (const slot of slots) slot.stopped?.();
    },
    inspect(peer) {
      inspected = peer;
      tellAll({ kind: 'inspect', peer });
    },
    watchLinks(peers) {
      watched = peers;
      tellAll({ kind: 'watch links', peers });
    },
    act(peer, action) {
      const slot = slots[Math.floor(peer / HANDLES_PER_WORKER)];
      if (slot !== undefined) tell(slot, { kind: 'act', peer, action });
    },
  };
}

function withCarried(snapshot: Snapshot, carried: Counters | undefined): Snapshot {
  if (carried === undefined) return snapshot;
  const { counters } = snapshot;
  const sum = (key: keyof Counters): number => counters[key] + carried[key];
  return {
    ...snapshot,
    counters: {
      requests: sum('requests'),
      answered: sum('answered'),
      errors: sum('errors'),
      unreadable: sum('unreadable'),
      failures: sum('failures'),
      arrived: sum('arrived'),
      completed: sum('completed'),
      left: sum('left'),
      crashed: sum('crashed'),
      turnedAway: sum('turnedAway'),
      queued: counters.queued,
    },
  };
}

/** What a worker would have said of its death: all its peers crashed. */
function asCrashed(last: Snapshot): Snapshot {
  const ends = [...last.peers.handle].map((handle) => ({ handle, how: 'crashed' }) as const);
  return {
    ...last,
    peers: {
      handle: new Uint32Array(),
      swarm: new Uint16Array(),
      edition: new Uint8Array(),
      mode: new Uint8Array(),
      phase: new Uint8Array(),
      share: new Float32Array(),
      upload: new Float32Array(),
      download: new Float32Array(),
    },
    links: new Uint32Array(),
    handedOut: new Uint32Array(),
    births: [],
    ends,
    exchanges: [],
    exchangesOmitted: 0,
    counters: { ...last.counters, crashed: last.counters.crashed + ends.length },
    tracker: { state: 'unknown' },
  };
}
