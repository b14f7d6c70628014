/** Shell around a run on the virtual clock: commands in, snapshots out; further parts are in workers of their own. */
import type { Scenario } from '../simulation/scenario/schema.ts';
import type { Snapshot } from '../simulation/report.ts';
import { LocalDesk, PortDesk } from '../simulation/virtual/port.ts';
import { VirtualRun } from '../simulation/virtual/run.ts';
import { FELL_BEHIND, SourceLine } from './observe/source-line.ts';
import { Conductor } from './virtual/conductor.ts';
import { LogKeeper } from './virtual/log-keeper.ts';
import type { VirtualCommand, VirtualEnd, VirtualReport } from './virtual/messages.ts';
import { overPort } from './virtual/port-like.ts';
import { Recorder } from './virtual/recorder.ts';
import { outcomeOf, resultFiles, inSeconds } from './virtual/results.ts';
import { rest } from './virtual/rest.ts';

const now = (): number => performance.now();
const tell = (report: VirtualReport, transfer: Transferable[] = []): void =>
  self.postMessage(report, { transfer });

interface Playing {
  readonly scenario: Scenario;
  readonly run: VirtualRun;
  readonly conductor: Conductor;
  readonly log: LogKeeper;
  readonly began: number;
}
let playing: Playing | undefined;
let over: { readonly end: VirtualEnd; readonly wallSeconds: number; readonly started: string } | undefined;

async function start({
  order,
  record,
  observe,
  parts,
}: Extract<VirtualCommand, { kind: 'start' }>): Promise<void> {
  const { scenario, speed, inspected } = order;
  const log = new LogKeeper();
  const recorder = new Recorder(record);
  const run = new VirtualRun({
    scenario,
    watched: true,
    desks: parts.length === 0 ? [new LocalDesk(recorder)] : parts.map((port) => new PortDesk(overPort(port))),
    onLog: (bytes) => log.take(bytes),
  });
  let watcher: SourceLine | undefined = new SourceLine(observe, now);
  /** `last`: there is nothing to come after it. */
  const tellWatcher = async (last = false): Promise<void> => {
    if (watcher === undefined) return;
    await watcher.room();
    if (!watcher.free && !last) return;
    const began = now();
    const observations = await run.observations(watcher.standingDue);
    watcher.tell(observations, now() - began);
    // A part that has too much to tell tells nothing any more.
    if (observations.length === run.parts) return;
    watcher = undefined;
    tell({ kind: 'fault', message: FELL_BEHIND });
  };
  const onLook = async (snapshots: readonly Snapshot[], pace: number): Promise<void> => {
    const { time, duration, events, messages } = run.progress;
    recorder.flush(time / 1000);
    tell(
      {
        kind: 'look',
        snapshots,
        progress: {
          time: inSeconds(time),
          duration: inSeconds(duration),
          events,
          messages,
          pace,
          unrecorded: recorder.omitted,
          log: { bytes: log.bytes, kept: log.kept },
        },
      },
      snapshots.flatMap(buffers),
    );
    await tellWatcher();
  };
  const conductor = new Conductor({
    run,
    speed,
    now,
    rest,
    onLook,
    onDetail: (detail) => tell({ kind: 'detail', detail }),
  });
  conductor.inspect(inspected);
  playing = { scenario, run, conductor, log, began: now() };
  const { began } = playing;
  const complete = await conductor.play();
  await tellWatcher(true);
  const end = { complete, eventsSha256: run.eventsSha256(), scenarioSha256: run.scenarioSha256 };
  const started = new Date(performance.timeOrigin + began).toISOString();
  over = { end, wallSeconds: (now() - began) / 1000, started };
  tell({ kind: 'ended', end });
}

async function makeFiles(): Promise<void> {
  const log = playing?.log.blob();
  if (playing === undefined || over === undefined || log === undefined) {
    tell({ kind: 'files', files: [] });
    return;
  }
  const { scenario, run } = playing;
  const { end, ...times } = over;
  const { scenarioSha256, eventsSha256 } = end;
  const reached = inSeconds(run.progress.time);
  const outcome = await outcomeOf(log, scenario, { scenarioSha256, eventsSha256, reached, ...times });
  tell({ kind: 'files', files: resultFiles(scenario, outcome, log, navigator) });
}

const buffers = ({ peers, links, handedOut }: Snapshot): Transferable[] => [
  ...Object.values(peers).map((column: Float32Array<ArrayBuffer>) => column.buffer),
  links.buffer,
  handedOut.buffer,
];

async function obey(command: VirtualCommand): Promise<void> {
  const conductor = playing?.conductor;
  switch (command.kind) {
    case 'start':
      return start(command);
    case 'pause':
      return conductor?.pause();
    case 'resume':
      return conductor?.resume();
    case 'end':
      return conductor?.end();
    case 'speed':
      return conductor?.setSpeed(command.speed);
    case 'step':
      return conductor?.step(command.by);
    case 'inspect':
      return conductor?.inspect(command.peer);
    case 'files':
      return makeFiles();
    default:
      return command satisfies never;
  }
}

self.onmessage = ({ data }: MessageEvent<VirtualCommand>) => {
  obey(data).catch((cause: unknown) => {
    const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    tell({ kind: 'fault', message });
  });
};
