/** What holds of every case, whoever wrote it. */
import { describe, expect, it } from 'vitest';
import { EDITIONS } from '../../protocol/message.ts';
import { encodeText } from '../../protocol/text.ts';
import { WoundClock } from '../../testing/wound-clock.ts';
import type { WireAnswer } from '../../transport/transport.ts';
import { createTrackerBench } from '../http-tracker-bench.ts';
import type { TrackerTarget } from '../http-tracker-bench.ts';
import { runCases } from '../run.ts';
import { TRACKER_CASES } from './index.ts';

it('gives every case an id of its own', () => {
  const ids = TRACKER_CASES.map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

describe.each(EDITIONS)('the cases of %s', (edition) => {
  const cases = TRACKER_CASES.filter((one) => one.edition === edition);

  it('are there', () => expect(cases.length).toBeGreaterThan(0));

  it('are named by edition, section and name', () => {
    const named = /^[\w.-]+\/[\w.-]+\/[a-z0-9]+(?:-[a-z0-9.]+)*$/;
    expect(cases.filter(({ id }) => !named.test(id) || !id.startsWith(`${edition}/`))).toEqual([]);
  });

  it('cite a section, demand something in a sentence, and advise', () => {
    const poor = cases.filter(
      ({ section, requirement, advice }) =>
        !/§|digest/.test(section) || !/^[A-Z].*\.$/.test(requirement) || !/\w.*\.$/.test(advice),
    );
    expect(poor.map(({ id }) => id)).toEqual([]);
  });

  it('demand nothing as a MUST that is of our making', () => {
    expect(cases.filter(({ ours, level }) => ours === true && level === 'MUST')).toEqual([]);
  });
});

/** Cases that pass before a tracker whose every request comes to this. */
async function passing(answer: WireAnswer): Promise<readonly string[]> {
  const clock = new WoundClock();
  const target: TrackerTarget = {
    url: 'http://tracker.example/',
    transport: { send: () => Promise.resolve(answer) },
    clock,
    run: 'test',
    trackTimer: 90,
    timeout: 1000,
  };
  const passed: string[] = [];
  const run = async (): Promise<void> => {
    const running = runCases(TRACKER_CASES, {
      clock,
      benchFor: (info, index, record) => createTrackerBench(target, info.edition, index, record),
      concurrency: TRACKER_CASES.length,
      limit: 3_600_000,
      trackTimer: 90,
    });
    for await (const { info, verdict } of running)
      if (verdict.verdict === 'pass' || verdict.verdict === 'fault') passed.push(info.id);
  };
  await clock.until(run());
  return passed;
}

describe('no case passes, and none is at fault itself, before a tracker', () => {
  it('that gives no answer', async () => {
    expect(await passing({ kind: 'failed', failure: 'timeout', detail: 'No answer.' })).toEqual([]);
  });

  it('that answers with a page of HTML', async () => {
    const body = encodeText('<!doctype html><title>It works!</title>');
    const answer = { kind: 'answered', status: 200, reason: 'OK', contentType: 'text/html', body } as const;
    expect(await passing(answer)).toEqual([]);
  });

  it('that answers with the same 4 KiB of noise', async () => {
    const body = Uint8Array.from({ length: 4096 }, (_, i) => (i * 89) % 256);
    const contentType = 'application/octet-stream';
    expect(await passing({ kind: 'answered', status: 200, reason: '', contentType, body })).toEqual([]);
  });
});
