/** Shell around the logs of exchanges: batches of peer workers and of the tracker in, files in and out, rows out. */
import manifest from '../../package.json' with { type: 'json' };
import { exchangesOf, exportNdjson } from '../recording/export.ts';
import { writeHar } from '../recording/har/write-har.ts';
import { hintsFor } from '../recording/hints.ts';
import { importFile } from '../recording/import.ts';
import { recordOfSimulated } from '../recording/simulated.ts';
import { peersIn } from '../recording/steps.ts';
import { recordOfStreamed } from '../recording/streamed.ts';
import { FOREIGN_WORKER } from '../simulation/report.ts';
import type {
  ComposedNews,
  ImportReport,
  LogId,
  RecordedBatch,
  WireCommand,
  WireExport,
  WireReport,
} from './messages.ts';
import { SourceLine } from './observe/source-line.ts';
import { Echoes } from './wire/echoes.ts';
import { listenTo } from './wire/events.ts';
import { blobOf, piecesOf, sourceOf } from './wire/files.ts';
import { foreignDetail } from './wire/foreign-detail.ts';
import { ForeignPeers } from './wire/foreign-peers.ts';
import { Log } from './wire/log.ts';
import { Once } from './wire/once.ts';
import { Witnesses } from './wire/witnesses.ts';

const LIVE: LogId = 0;
/** Of the live log: the newest million, or as many as fit a gibibyte. */
const LIVE_LIMITS = { rows: 1_000_000, bytes: 1024 ** 3 };
/** Milliseconds between two looks at what is new. */
const STEP = 200;
/** Milliseconds between two words of progress. */
const PROGRESS = 100;
/** Milliseconds of silence after which a peer of others counts as gone: a track timer of the usual length. */
const TRACK_TIMER = 90_000;
/** Exchange numbers of foreign peers begin where no simulated run comes to. */
const FIRST_FOREIGN = 2 ** 48;

interface Run {
  readonly swarms: readonly string[];
  readonly trackerUrl: string;
  /** Milliseconds since the epoch. */
  readonly began: number;
  /** Milliseconds since the run began, as last heard. */
  at: number;
  readonly foreign: ForeignPeers;
  /** Where events come from. */
  sources: readonly { stop(): void }[];
  /** To whoever watches the run. */
  watcher: SourceLine | undefined;
}

const logs = new Map<LogId, Log>([[LIVE, new Log(LIVE, LIVE_LIMITS)]]);
const reports = new Map<LogId, ImportReport>();
const files = new Map<LogId, File>();
const cancelled = new Set<number>();
let run = newRun([], '');
let foreign = FIRST_FOREIGN;
let echoes = new Echoes();
/** Asked for anew with each answer: an older one must not overtake a newer. */
let details = 0;
let watched: LogId = LIVE;
let told = '';

const tell = (report: WireReport): void => self.postMessage(report);
const now = (): number => performance.now();
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const witnesses = new Witnesses<unknown>((line) => {
  const exchange = recordOfStreamed(line, { id: foreign++, time: run.at, url: run.trackerUrl });
  const live = logs.get(LIVE);
  if (exchange !== undefined && live !== undefined) run.foreign.take(exchange, live.append(exchange), now());
});
function newRun(swarms: readonly string[], trackerUrl: string): Run {
  const foreign = new ForeignPeers(swarms, TRACK_TIMER);
  return { swarms, trackerUrl, began: Date.now(), at: 0, foreign, sources: [], watcher: undefined };
}

function begin(swarms: readonly string[], trackerUrl: string, events: readonly string[]): void {
  for (const source of run.sources) source.stop();
  run = newRun(swarms, trackerUrl);
  witnesses.reset();
  echoes = new Echoes();
  logs.set(LIVE, new Log(LIVE, LIVE_LIMITS));
  const once = new Once(now);
  run.sources = events.map((url) =>
    listenTo(url, {
      event(line) {
        if (!once.isNew(line, url) || echoes.isEcho(line)) return;
        const peerId =
          typeof line === 'object' && line !== null && 'peerId' in line ? line.peerId : undefined;
        witnesses.tell(line, typeof peerId === 'string' ? peerId : undefined, now());
      },
      state: (state) => tell({ kind: 'events', report: state }),
    }),
  );
}

/** Says who else is there, when that has changed. */
function reportForeign(): void {
  const { foreign: peers, at } = run;
  const news = peers.news(at, now());
  if (news === undefined) return;
  tell({ kind: 'foreign', news });
  void reportWatched().catch(fault);
}

/** Nothing as long as there has been nobody: our own peers need not wait for those who never come. */
function observeForeign(): void {
  const { foreign: peers, watcher, at } = run;
  if (watcher?.free !== true || !peers.anybody) return;
  watcher.tell([peers.observing.take(FOREIGN_WORKER, at)]);
}

async function reportWatched(): Promise<void> {
  const mine = ++details;
  const { watched } = run.foreign;
  if (watched === undefined) return;
  const detail = await foreignDetail(watched, async (row) => logs.get(LIVE)?.exchange(row));
  if (mine === details) tell({ kind: 'foreign detail', detail });
}

function line(port: MessagePort): void {
  const mine = run;
  witnesses.expect(port, now());
  port.onmessage = ({ data }: MessageEvent<RecordedBatch>) => {
    // Of the run before.
    if (run !== mine) return port.close();
    mine.at = Math.max(mine.at, data.at);
    const live = logs.get(LIVE);
    for (const exchange of data.exchanges) live?.append(recordOfSimulated(exchange, mine.swarms));
    witnesses.batch(port, data.born, now());
  };
}

/** A peer that only the composer speaks for is shown among the others that are not simulated. */
function composer(port: MessagePort): void {
  port.onmessage = ({ data }: MessageEvent<ComposedNews>) => {
    if (data.kind === 'sending') return echoes.expect(data.request);
    const exchange = { ...data.exchange, time: run.at, clock: 'run' as const };
    if (exchange.result.kind === 'failed') echoes.giveUp(exchange.request);
    const live = logs.get(LIVE);
    if (live === undefined) return;
    const row = live.append(exchange);
    if (exchange.peerId !== undefined && !witnesses.isOwn(exchange.peerId))
      run.foreign.take(exchange, row, now());
  };
}

/** Says how the watched log stands, when that has changed. */
function report(): void {
  const log = logs.get(watched);
  if (log === undefined) return;
  if (log.update(now())) void log.search(breathe).catch(fault);
  const { status } = log;
  const next = JSON.stringify({ ...status, tally: undefined });
  if (next === told) return;
  told = next;
  tell({ kind: 'status', status });
}

async function open(id: LogId, file: File): Promise<void> {
  const log = new Log(id);
  logs.set(id, log);
  files.set(id, file);
  const began = now();
  let saidAt = began;
  const isWanted = (): boolean => logs.get(id) === log;
  try {
    const chunks = piecesOf(file, isWanted);
    const result = await importFile(
      log.store,
      { name: file.name, source: sourceOf(file), chunks },
      (bytes) => {
        if (now() - saidAt < PROGRESS) return;
        saidAt = now();
        if (isWanted()) tell({ kind: 'importing', log: id, bytes });
      },
    );
    if (!isWanted()) return;
    reports.set(id, result);
    const hints = hintsFor(log.store, result);
    tell({ kind: 'imported', log: id, report: result, hints, took: now() - began });
  } catch (cause) {
    if (isWanted()) tell({ kind: 'unreadable', log: id, message: messageOf(cause) });
  }
  report();
}

/** Pieces that a file has beside those of its exchanges, and how many each of these has. */
const PIECES = { ndjson: { frame: 1, each: 2 }, har: { frame: 2, each: 1 } } as const;

async function exportRows(ask: number, log: Log, rows: Uint32Array, format: WireExport): Promise<void> {
  let done = 0;
  let saidAt = now();
  const pieces =
    format === 'ndjson'
      ? exportNdjson(log.store, rows)
      : writeHar(exchangesOf(log.store, rows), { version: manifest.version, runBegan: beganOf(log.id) });
  const { frame, each } = PIECES[format];
  let count = -frame;
  const blob = await blobOf(pieces, 'application/json', () => {
    done = Math.max(0, Math.floor(++count / each));
    return now() - saidAt < PROGRESS || goesOn();
  });
  async function goesOn(): Promise<boolean> {
    tell({ kind: 'exporting', ask, done, of: rows.length });
    await breathe();
    saidAt = now();
    return !cancelled.has(ask);
  }
  cancelled.delete(ask);
  tell({ kind: 'exported', ask, answer: { blob, exchanges: done, missing: rows.length - done } });
}

/** Of a file that tells no time of day: when it was written. */
const beganOf = (id: LogId): number => files.get(id)?.lastModified ?? run.began;

async function obey(command: WireCommand): Promise<void> {
  switch (command.kind) {
    case 'run':
      return begin(command.swarms, command.trackerUrl, command.events);
    case 'watch foreign':
      run.foreign.watch(command.peer);
      return reportWatched();
    case 'line':
      return line(command.port);
    case 'composer':
      return composer(command.port);
    case 'observe':
      run.watcher = new SourceLine(command.port, now);
      return;
    case 'open':
      return open(command.log, command.file);
    case 'close':
      logs.delete(command.log);
      reports.delete(command.log);
      files.delete(command.log);
      return;
    case 'query':
      watched = command.log;
      logs.get(watched)?.ask(command.turn, command.query, now());
      return report();
    case 'hold':
      logs.get(command.log)?.hold(command.held, now());
      return report();
    case 'rows': {
      const { ask, log, from, to } = command;
      const status = logs.get(log)?.status;
      const rows = logs.get(log)?.window(from, to) ?? [];
      const { turn = 0, version = 0 } = status ?? {};
      return tell({ kind: 'rows', ask, answer: { turn, version, rows } });
    }
    case 'exchange': {
      const answer = await logs.get(command.log)?.exchange(command.row);
      return tell({ kind: 'exchange', ask: command.ask, answer });
    }
    case 'hints': {
      const log = logs.get(command.log);
      const answer = log === undefined ? [] : hintsFor(log.store, reports.get(command.log));
      return tell({ kind: 'hints', ask: command.ask, answer });
    }
    case 'steps': {
      const log = logs.get(command.log);
      const answer = (await log?.steps(command.peers, command.from)) ?? { steps: [], omitted: 0, next: 0 };
      return tell({ kind: 'steps', ask: command.ask, answer });
    }
    case 'peers': {
      const log = logs.get(command.log);
      const answer = log === undefined ? [] : peersIn(log.store, command.text, command.most);
      return tell({ kind: 'peers', ask: command.ask, answer });
    }
    case 'find rows': {
      const answer = logs.get(command.log)?.find(command.wanted) ?? [];
      return tell({ kind: 'found rows', ask: command.ask, answer });
    }
    case 'export': {
      const log = logs.get(command.log);
      return log?.reading((rows) => exportRows(command.ask, log, rows, command.format));
    }
    case 'cancel export':
      cancelled.add(command.ask);
      return;
    default:
      command satisfies never;
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

function fault(cause: unknown): void {
  tell({ kind: 'fault', message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
}

self.onmessage = ({ data }: MessageEvent<WireCommand>) => void obey(data).catch(fault);

setInterval(() => {
  try {
    witnesses.settle(now());
    reportForeign();
    observeForeign();
    report();
  } catch (cause) {
    fault(cause);
  }
}, STEP);
