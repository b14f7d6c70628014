import { describe, expect, test } from 'vitest';
import type { CaseResult } from '../../conformance/case.ts';
import { PEER_CASES } from '../../conformance/peers/index.ts';
import { runPeers } from '../../conformance/run-peers.ts';
import { ownPeers, PATIENCE } from '../own-peers.ts';
import { WoundClock } from '../wound-clock.ts';
import { PEER_MUTANTS } from './peers.ts';
import type { PeerMutant } from './peers.ts';

async function judged(mutant: PeerMutant): Promise<CaseResult[]> {
  const clock = new WoundClock();
  const results: CaseResult[] = [];
  const run = async (): Promise<void> => {
    const cases = PEER_CASES.filter(({ edition }) => edition === mutant.edition);
    const source = ownPeers(clock, mutant);
    const options = { source, clock, patience: PATIENCE, concurrency: 1, limit: 3_600_000 };
    for await (const result of runPeers(cases, options)) results.push(result);
  };
  await clock.until(run());
  return results;
}

const lastPart = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

describe('a peer of ours with one thing wrong is caught by the cases that are there for it, and by no other', () => {
  test.each(PEER_MUTANTS.map((mutant) => [`${mutant.edition}: ${mutant.name}`, mutant] as const))(
    '%s',
    async (_name, mutant) => {
      const results = await judged(mutant);
      const faults = results.filter(({ verdict }) => verdict.verdict === 'fault');
      expect(faults).toEqual([]);
      const caught = results
        .filter(({ verdict }) => verdict.verdict === 'fail')
        .map(({ info }) => lastPart(info.id));
      expect(caught.toSorted()).toEqual([...mutant.caught].toSorted());
    },
  );
});
