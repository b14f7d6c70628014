/** Shell around `PeerHost`: commands in, snapshots out, a timer, lines to the other workers. */
import { toExchange } from '../simulation/exchange-log.ts';
import { PeerHost } from '../simulation/host.ts';
import { Observing } from '../simulation/observing.ts';
import type { Exchange, Snapshot } from '../simulation/report.ts';
import { RunClock } from '../simulation/run-clock.ts';
import type { LinkMessage } from '../streaming/link-message.ts';
import { lineTo } from './line-to-tracker.ts';
import type { Assignment, PeersCommand, PeersReport, RecordedBatch } from './messages.ts';
import { FELL_BEHIND, SourceLine } from './observe/source-line.ts';

/** Milliseconds between two steps; a snapshot goes out with every second one. */
const STEP = 125;
/** Milliseconds between two steps that are taken for a halt of the whole page. */
const HALT = 2000;
/** Milliseconds that peers are given to LEAVE when the run is stopped, and more per peer. */
const FAREWELL = { least: 5000, perPeer: 20 };

interface Run {
  readonly assignment: Assignment;
  readonly host: PeerHost;
  readonly observing: Observing;
  readonly clock: RunClock;
  steps: number;
  /** By the wall clock. */
  tickedAt: number;
  /** By the wall clock, when waiting for LEAVEs ends. */
  leaveBy: number | undefined;
}

let run: Run | undefined;
let inspected: number | undefined;
const lines = new Map<number, MessagePort>();
/** To the recording of every exchange. */
let record: MessagePort | undefined;
let batch: { born: string[]; exchanges: Exchange[] } = { born: [], exchanges: [] };
/** To whoever watches the run. */
let watcher: SourceLine | undefined;

const tell = (report: PeersReport, transfer: Transferable[] = []): void =>
  self.postMessage(report, { transfer });

function start(assignment: Assignment): void {
  const onTheWay = Math.max(0, performance.timeOrigin + performance.now() - assignment.sentAt);
  const clock = new RunClock(() => performance.now(), assignment.elapsed + onTheWay);
  const observing = new Observing();
  const host = new PeerHost({
    ...assignment,
    transport: lineTo(assignment.access),
    now: () => clock.now(),
    holding: () => clock.paused,
    fault,
    witness: {
      born: (peerId) => batch.born.push(peerId),
      exchanged: (exchange) => batch.exchanges.push(toExchange(exchange)),
    },
    observing,
    route: (worker, messages) => lines.get(worker)?.postMessage(messages),
  });
  run = { assignment, host, observing, clock, steps: 0, tickedAt: performance.now(), leaveBy: undefined };
}

function connect(worker: number, port: MessagePort): void {
  lines.get(worker)?.close();
  lines.set(worker, port);
  port.onmessage = ({ data }: MessageEvent<readonly LinkMessage[]>) => run?.host.receive(data);
}

const buffers = ({ peers, links, handedOut }: Snapshot): Transferable[] => [
  peers.handle.buffer,
  peers.swarm.buffer,
  peers.edition.buffer,
  peers.mode.buffer,
  peers.phase.buffer,
  peers.share.buffer,
  peers.upload.buffer,
  peers.download.buffer,
  links.buffer,
  handedOut.buffer,
];

function report({ assignment, host, clock }: Run): void {
  const { worker } = assignment;
  const snapshot = host.snapshot(clock.now());
  tell({ kind: 'snapshot', worker, snapshot }, buffers(snapshot));
  const detail = inspected === undefined ? undefined : host.detail(inspected);
  if (detail !== undefined) tell({ kind: 'detail', worker, detail });
  const batch = host.takeLinks();
  if (batch !== undefined) tell({ kind: 'links', worker, batch });
}

/** While nothing happens too: whoever records must know that it has heard everything up to now. */
function recordBatch({ clock }: Run): void {
  record?.postMessage({ at: clock.now(), ...batch } satisfies RecordedBatch);
  batch = { born: [], exchanges: [] };
}

/** `last`: there is no other batch to come. */
function observe({ assignment, host, observing, clock }: Run, last = false): void {
  if (watcher !== undefined && observing.deaf) {
    watcher = undefined;
    fault(FELL_BEHIND);
  }
  if (watcher === undefined || (!watcher.free && !last)) return;
  const standing = watcher.standingDue ? host.standing() : undefined;
  watcher.tell([observing.take(assignment.worker, clock.now(), standing)]);
}

function tick(): void {
  if (run === undefined) return;
  const { host, clock, assignment } = run;
  const now = performance.now();
  // The tab was frozen or the machine slept: the run stood still, as in a pause.
  const gap = now - run.tickedAt - STEP;
  if (gap > HALT) clock.skip(gap);
  run.tickedAt = now;
  if (!clock.paused) guarded(() => host.step(clock.now()));
  recordBatch(run);
  observe(run);
  // While paused too: silence would look like death.
  if (run.steps++ % 2 === 1) report(run);
  if (run.leaveBy !== undefined && (host.alive === 0 || now > run.leaveBy)) {
    host.abandon(clock.now());
    recordBatch(run);
    observe(run, true);
    report(run);
    tell({ kind: 'stopped', worker: assignment.worker });
    run = undefined;
  }
}

function obey(command: PeersCommand): void {
  switch (command.kind) {
    case 'start':
      start(command.assignment);
      return;
    case 'connect':
      connect(command.worker, command.port);
      return;
    case 'record':
      record = command.port;
      return;
    case 'observe':
      watcher = new SourceLine(command.port, () => performance.now());
      return;
    case 'pause':
      run?.clock.pause();
      return;
    case 'resume':
      run?.clock.resume();
      return;
    case 'stop':
      if (run === undefined) return;
      run.clock.resume();
      run.host.leaveAll(run.clock.now());
      run.leaveBy = performance.now() + FAREWELL.least + run.host.alive * FAREWELL.perPeer;
      return;
    case 'inspect':
      inspected = command.peer;
      return;
    case 'watch links':
      run?.host.watchLinks(command.peers);
      return;
    case 'act':
      if (command.action === 'leave') run?.host.leave(command.peer, run.clock.now());
      else run?.host.crash(command.peer, run.clock.now());
      return;
    default:
      command satisfies never;
  }
}

function fault(cause: unknown): void {
  const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  tell({ kind: 'fault', worker: run?.assignment.worker ?? -1, message });
}

/** A bug of ours costs one step, never the worker. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (cause) {
    fault(cause);
  }
}

self.onmessage = ({ data }: MessageEvent<PeersCommand>) => guarded(() => obey(data));
setInterval(() => guarded(tick), STEP);
