/** Shell around one run after the other, each as fast as it goes, with the measures of each. */
import { VirtualRun } from '../simulation/virtual/run.ts';
import { LogKeeper } from './virtual/log-keeper.ts';
import type { LabCommand, LabReport } from './virtual/messages.ts';
import { inSeconds, Outcome } from './virtual/results.ts';

/** Milliseconds between two reports. */
const REPORT = 125;

const tell = (report: LabReport): void => self.postMessage(report);

async function run({ scenario, alone }: LabCommand): Promise<void> {
  const began = performance.now();
  const outcome = new Outcome(scenario, alone);
  const log = new LogKeeper(alone ? undefined : 0);
  const run = new VirtualRun({
    scenario,
    onLog(bytes) {
      log.take(bytes);
      outcome.read(bytes);
    },
  });
  let told = began;
  await run.advance({ until: Infinity }, ({ time, duration, events }) => {
    if (performance.now() - told < REPORT) return;
    told = performance.now();
    tell({ kind: 'progress', time: inSeconds(time), duration: inSeconds(duration), events });
  });
  tell({
    kind: 'done',
    outcome: outcome.finish({
      started: new Date(performance.timeOrigin + began).toISOString(),
      reached: scenario.duration,
      scenarioSha256: run.scenarioSha256,
      eventsSha256: run.eventsSha256(),
      wallSeconds: (performance.now() - began) / 1000,
    }),
    log: log.blob(),
  });
}

self.onmessage = ({ data }: MessageEvent<LabCommand>) => {
  run(data).catch((cause: unknown) => {
    const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    tell({ kind: 'fault', message });
  });
};
