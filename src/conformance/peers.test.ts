import { describe, expect, test } from 'vitest';
import { EDITIONS } from '../protocol/message.ts';
import { ownPeers, PATIENCE } from '../testing/own-peers.ts';
import { WoundClock } from '../testing/wound-clock.ts';
import type { CaseResult } from './case.ts';
import type { PeerCase } from './peer-bench.ts';
import type { PeerSource } from './peer-source.ts';
import { PEER_CASES } from './peers/index.ts';
import { runPeers } from './run-peers.ts';

async function resultsOf(cases: readonly PeerCase[]): Promise<CaseResult[]> {
  const clock = new WoundClock();
  const results: CaseResult[] = [];
  const run = async (): Promise<void> => {
    const running = runPeers(cases, {
      source: ownPeers(clock),
      clock,
      patience: PATIENCE,
      concurrency: 4,
      limit: 3_600_000,
    });
    for await (const result of running) results.push(result);
  };
  await clock.until(run());
  return results;
}

describe.each(EDITIONS)('our own peer of %s', (edition) => {
  test('passes every case', async () => {
    const results = await resultsOf(PEER_CASES.filter((one) => one.edition === edition));
    const rest = results.filter(({ verdict }) => verdict.verdict !== 'pass');
    expect(rest.map(({ info, verdict }) => [info.id, verdict])).toEqual([]);
  });
});

test('every case has an id of its own that begins with its edition, and none is both ours and a MUST', () => {
  expect(new Set(PEER_CASES.map(({ id }) => id)).size).toBe(PEER_CASES.length);
  for (const { id, edition, level, ours } of PEER_CASES) {
    expect(id.startsWith(`${edition}/peer/`)).toBe(true);
    expect(ours === true && level === 'MUST').toBe(false);
  }
});

test('a peer that cannot be had is no failure: the case is skipped', async () => {
  const clock = new WoundClock();
  const source: PeerSource = { bring: () => Promise.reject(new Error('no peer of that edition')) };
  const [one] = PEER_CASES;
  const options = { source, clock, patience: PATIENCE, concurrency: 1, limit: 1000 };
  const results: CaseResult[] = [];
  const run = async (): Promise<void> => {
    for await (const result of runPeers(one === undefined ? [] : [one], options)) results.push(result);
  };
  await clock.until(run());
  expect(results.map(({ verdict }) => verdict)).toEqual([
    { verdict: 'skipped', why: 'no peer of that edition' },
  ]);
});

test('a result has every exchange of its case, with what was left without an answer', async () => {
  const [result] = await resultsOf(
    PEER_CASES.filter(({ id }) => id === 'rfc7846/peer/4.3/repeats-after-no-answer'),
  );
  expect(result?.exchanges.map(({ step, failure }) => [step, failure])).toEqual([
    ['CONNECT', 'left without an answer'],
    ['CONNECT', 'left without an answer'],
  ]);
});
