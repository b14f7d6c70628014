import { expect, test } from 'vitest';
import type { Snapshot } from '../../simulation/report.ts';
import { checkScenario } from '../../simulation/scenario/read.ts';
import type { Scenario } from '../../simulation/scenario/schema.ts';
import { SECOND } from '../../simulation/virtual/events.ts';
import { VirtualRun } from '../../simulation/virtual/run.ts';
import { Conductor } from './conductor.ts';

function scenario(): Scenario {
  const read = checkScenario({
    name: 'small',
    seed: 3,
    duration: 60,
    peers: { maxLinks: 0 },
    swarms: [
      {
        id: 'film',
        kind: 'vod',
        chunks: 8,
        chunkBytes: 1000,
        arrivals: { process: 'poisson', rate: 2 },
        seedTime: { distribution: 'exponential', mean: 10 },
        upload: { distribution: 'constant', value: 1000 },
        download: { distribution: 'constant', value: 1000 },
      },
    ],
  });
  if (!read.ok) throw new Error(read.problems[0]?.problem);
  return read.scenario;
}

/** A conductor on a clock that only goes on while it rests: as if events took no time. */
function conducted(speed: number) {
  const run = new VirtualRun({ scenario: scenario(), watched: true });
  const looks: { readonly at: number; readonly time: number; readonly pace: number }[] = [];
  let clock = 0;
  let onRest: (() => void) | undefined;
  const waiting: (() => void)[] = [];
  const conductor = new Conductor({
    run,
    speed,
    now: () => clock,
    async rest(milliseconds) {
      // A turn of others takes a little, too.
      clock += Math.max(1, milliseconds);
      onRest?.();
      await Promise.resolve();
    },
    onLook(_: readonly Snapshot[], pace) {
      looks.push({ at: clock, time: run.progress.time, pace });
      waiting.shift()?.();
    },
    onDetail: () => undefined,
  });
  return {
    run,
    conductor,
    looks,
    atRest: (call: () => void) => (onRest = call),
    clock: () => clock,
    nextLook: () => new Promise<void>((resolve) => waiting.push(resolve)),
  };
}

async function straight(): Promise<string> {
  const run = new VirtualRun({ scenario: scenario() });
  await run.advance({ until: Infinity });
  return run.eventsSha256();
}

test.each([0.5, 10, Infinity])(
  'at %f virtual seconds a second: the same bytes, in that time',
  async (speed) => {
    const { run, conductor, looks, clock } = conducted(speed);
    expect(await conductor.play()).toBe(true);
    expect(run.eventsSha256()).toBe(await straight());
    if (speed < Infinity) {
      expect(Math.abs(clock() / 1000 - 60 / speed)).toBeLessThan(1);
      expect(looks.at(-2)?.pace).toBeCloseTo(speed, 0);
    }
    // The first and the last come when they come.
    const between = looks.slice(1, -1).map(({ at }, place) => at - (looks[place]?.at ?? 0));
    expect(Math.min(125, ...between)).toBe(125);
  },
);

test('steps go as far as they say, and leave the run paused where it is; then it goes on to the same end', async () => {
  const { run, conductor, nextLook } = conducted(Infinity);
  conductor.pause();
  const played = conductor.play();
  await nextLook();
  expect(run.progress.events).toBe(0);
  conductor.step('event');
  await nextLook();
  expect(run.progress.events).toBe(1);
  const { time } = run.progress;
  conductor.step('second');
  await nextLook();
  expect(run.progress.time).toBe(time + SECOND);
  conductor.resume();
  expect(await played).toBe(true);
  expect(run.eventsSha256()).toBe(await straight());
});

test('pausing, another speed and an early end take hold at the next turn', async () => {
  const { run, conductor, atRest, clock } = conducted(1);
  let faster = false;
  atRest(() => {
    if (clock() >= 500 && !faster) {
      faster = true;
      conductor.setSpeed(10);
    }
    if (clock() >= 1000) conductor.end();
  });
  expect(await conductor.play()).toBe(false);
  // Half a second at 1, half a second at 10.
  expect(run.progress.time / SECOND).toBeGreaterThan(4.5);
  expect(run.progress.time / SECOND).toBeLessThan(6);
});
