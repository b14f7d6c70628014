/** What peers tell of their states, against what the tracker of the same run really held. */
import { describe, expect, test } from 'vitest';
import { Observatory } from '../../analysis/live/observatory.ts';
import type { StatesAnswer, StatesAsk } from '../../analysis/live/state-questions.ts';
import { STEPS, type Step } from '../../analysis/live/steps.ts';
import type { EditionId } from '../../protocol/message.ts';
import type { RunEvent } from '../../simulation/virtual/events.ts';
import { LogReader } from '../../simulation/virtual/log-reader.ts';
import { VirtualRun } from '../../simulation/virtual/run.ts';
import { scenarioOf } from '../../testing/eventful.ts';

const TRACK_TIMER = 40;

interface Ran {
  readonly answer: StatesAnswer;
  /** As the tracker's own events tell it. */
  readonly held: number;
  readonly ended: number;
  readonly joins: number;
}

async function run(edition: EditionId, crash: number): Promise<Ran> {
  const scenario = scenarioOf({
    name: 'states',
    clock: 'virtual',
    duration: 200,
    seed: 5,
    edition,
    tracker: { trackTimer: TRACK_TIMER },
    peers: { reportInterval: 15, crash },
    measure: { detail: 'full' },
    swarms: [
      {
        id: 'film',
        kind: 'vod',
        chunks: 32,
        chunkBytes: 16_384,
        seeds: 2,
        arrivals: { process: 'poisson', rate: 0.4 },
        patience: { distribution: 'never' },
        seedTime: { distribution: 'exponential', mean: 20 },
        upload: { distribution: 'constant', value: 125_000 },
        download: { distribution: 'constant', value: 500_000 },
      },
    ],
  });
  const members = new Set<number>();
  let [ended, joins] = [0, 0];
  const reader = new LogReader((event: RunEvent) => {
    if (event.kind === 'joined') {
      if (!members.has(event.peer)) joins++;
      members.add(event.peer);
    }
    if (event.kind !== 'unjoined') return;
    if (members.delete(event.peer)) ended++;
  });
  const virtual = new VirtualRun({ scenario, watched: true, onLog: (bytes) => reader.read(bytes) });
  const observatory = new Observatory({ seed: 5, swarms: scenario.swarms });
  observatory.join(0, 0);
  const ask: StatesAsk = { trackTimer: TRACK_TIMER * 1000, initTimer: 10_000 };
  for (let until = 10; until <= 200; until += 10) {
    await virtual.advance({ until: until * 1_000_000 });
    for (const observation of await virtual.observations(false)) observatory.tell(observation, until * 1000);
    observatory.settle(until * 1000);
  }
  observatory.settle(1e7);
  const answer = observatory.answer({ kind: 'states', ask }) as StatesAnswer;
  return { answer, held: members.size, ended, joins };
}

const total = ({ steps }: StatesAnswer, step: Step): number => {
  const code = STEPS.indexOf(step);
  return steps.reduce((sum, count, place) => (place % STEPS.length === code ? sum + count : sum), 0);
};
/** Answers that are on their way when the run ends, and timers that run out on the tracker's next look. */
const CLOSE = 1;

describe('what peers tell is what the tracker holds', () => {
  test.each(['rfc7846', 'extended-1.1', 'base-1.0', 'gu-04'] as const)('%s', async (edition) => {
    const { answer, held, ended, joins } = await run(edition, 0.3);
    expect(joins).toBeGreaterThan(40);
    const tracking = (answer.present[2] ?? 0) + (answer.silent[2] ?? 0);
    expect(Math.abs(tracking - held)).toBeLessThanOrEqual(CLOSE);
    expect(Math.abs(answer.tracker.held - held)).toBeLessThanOrEqual(CLOSE);
    const came = total(answer, 'registers and joins') + total(answer, 'joins');
    expect(Math.abs(came - joins)).toBeLessThanOrEqual(CLOSE);
    // Who vanished is out when the track timer has run out, and not before.
    const expired = total(answer, 'track timer ran out');
    expect(expired).toBeGreaterThan(5);
    const gone = total(answer, 'leaves the last swarm') + total(answer, 'disconnects') + expired;
    expect(Math.abs(gone - ended)).toBeLessThanOrEqual(CLOSE);
  });
});
