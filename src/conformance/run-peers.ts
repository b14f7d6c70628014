/** Runs cases about peers: the runner's, with a peer that goes when its case is over. */
import type { CaseResult } from './case.ts';
import type { PeerCase } from './peer-bench.ts';
import { runCases } from './run.ts';
import type { RunOptions } from './run.ts';
import { Lives, ServedPeerBench } from './served-peer-bench.ts';
import type { PeerTarget } from './served-peer-bench.ts';

export interface PeerRun
  extends PeerTarget, Omit<RunOptions<ServedPeerBench>, 'benchFor' | 'clock' | 'trackTimer'> {}

/** As `runCases`. A case's time includes that of the life it looks at. */
export function runPeers(
  cases: readonly PeerCase[],
  options: PeerRun,
): AsyncGenerator<CaseResult, void, void> {
  const lives = new Lives(options);
  const guarded = cases.map((one) => ({
    ...one,
    run: async (bench: ServedPeerBench) => {
      try {
        await one.run(bench);
      } finally {
        bench.end();
      }
    },
  }));
  return runCases(guarded, {
    ...options,
    benchFor: (info, _index, record) => new ServedPeerBench(options, lives, info, record),
  });
}
